"""Load the definitions of the catalogue and record that somebody checked them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from diapason.audit_trail.acts import act, record, reread
from diapason.context.indicators import facts, permissions
from diapason.context.indicators.models import Indicator, IndicatorDefinition, PublishedWording
from diapason.context.indicators.rules.declarations import IndicatorDeclaration
from diapason.context.indicators.rules.differences import differences, fields_of, hash_of
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


@dataclass(frozen=True)
class Loaded:
    """Hold what a loading changed, by indicator code."""

    created: tuple[str, ...]
    revised: tuple[str, ...]
    unchanged: tuple[str, ...]


@act
def load_definitions(*, declarations: Sequence[IndicatorDeclaration], by: Any, on: date) -> Loaded:
    """Bring the definitions of the catalogue into force; a changed one needs a higher version.

    Earlier versions stay with the figures made by them. Refused when a text changed and its version did not.
    """
    permissions.may_load_definitions(by=by).require()
    known = {
        one.indicator.code: one
        for one in IndicatorDefinition.objects.filter(is_current=True).select_related("indicator")
    }
    found = differences({code: (one.revision, one.content_hash) for code, one in known.items()}, declarations)
    if found.forgotten:
        raise_forgotten(found.forgotten)
    for declaration in declarations:
        if declaration.code in found.created or declaration.code in found.revised:
            bring_into_force(declaration, known.get(declaration.code), by=by, on=on)
    return Loaded(found.created, found.revised, found.unchanged)


def raise_forgotten(codes: Sequence[str]) -> None:
    """Refuse a definition whose words changed under an old version number."""
    Verdict.no(
        message("These definitions changed without a higher version: %(codes)s."), codes=", ".join(codes)
    ).require()


def bring_into_force(
    declaration: IndicatorDeclaration, former: IndicatorDefinition | None, *, by: Any, on: date
) -> None:
    """Save one version, the former one no longer current."""
    indicator = former.indicator if former else Indicator(code=declaration.code)
    indicator = reread(indicator) if former else indicator
    indicator.theme, indicator.order, indicator.family = (
        declaration.theme,
        declaration.order,
        declaration.family,
    )
    indicator.name_fr, indicator.name_en = declaration.name.fr, declaration.name.en
    indicator.save()
    if former:
        former = reread(former)
        former.is_current = False
        former.save(update_fields=["is_current"])
    definition = IndicatorDefinition.objects.create(
        indicator=indicator,
        revision=declaration.version,
        content_hash=hash_of(declaration),
        loaded_on=on,
        **fields_of(declaration),
    )
    PublishedWording.objects.filter(indicator=indicator).delete()
    PublishedWording.objects.bulk_create(
        [
            PublishedWording(indicator=indicator, scope=one.scope, text=one.text)
            for one in declaration.published_as
        ]
    )
    record(
        facts.DefinitionLoaded(
            subject=indicator.subject, revision=definition.revision, content_hash=definition.content_hash
        ),
        by=by,
    )


@act
def check_definition(
    *,
    definition: IndicatorDefinition,
    checked_by: str,
    next_review: date,
    version: int | None,
    by: Any,
    on: date,
) -> IndicatorDefinition:
    """Record that a definition was checked, by which function, and when it is to be looked at again."""
    permissions.may_check_definition(by=by).require()
    if next_review <= on:
        Verdict.no(message("The next review must lie after today.")).require()
    definition = reread(definition, version)
    definition.checked_by, definition.checked_on, definition.next_review = checked_by, on, next_review
    definition.save(update_fields=["checked_by", "checked_on", "next_review"])
    record(
        facts.DefinitionChecked(
            subject=definition.indicator.subject,
            revision=definition.revision,
            next_review=next_review.isoformat(),
        ),
        by=by,
    )
    return definition
