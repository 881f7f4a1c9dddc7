"""Keep the claims: sentences that the records cannot compute, each with source, method, owner and review date."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from diapason.audit_trail.acts import act, record, reread
from diapason.context.indicators import facts, permissions
from diapason.context.indicators.models import Claim
from diapason.context.indicators.rules.declarations import ClaimDeclaration
from diapason.kernel.languages import Bilingual
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


@act
def record_claim(
    *,
    code: str,
    sentence: Bilingual,
    source: Bilingual,
    method: Bilingual,
    owner: Bilingual,
    stated_on: date,
    review_by: date,
    theme: str = "network",
    order: int = 0,
    by: Any,
    on: date,
) -> Claim:
    """Record a claim with what stands behind it; the sentence stays in the words of its source."""
    permissions.may_manage_claims(by=by).require()
    claim = Claim(code=code, theme=theme, order=order, stated_on=stated_on, review_by=review_by)
    for name, text in (("sentence", sentence), ("source", source), ("method", method), ("owner", owner)):
        setattr(claim, f"{name}_fr", text.fr)
        setattr(claim, f"{name}_en", text.en)
    claim.save()
    record(facts.ClaimRecorded(subject=claim.subject, review_by=review_by.isoformat()), by=by)
    return claim


@act
def load_claims(*, declarations: Sequence[ClaimDeclaration], by: Any, on: date) -> list[str]:
    """Record the claims of the catalogue that are not there yet; return their codes."""
    permissions.may_manage_claims(by=by).require()
    known = set(Claim.objects.values_list("code", flat=True))
    fresh = [one for one in declarations if one.code not in known]
    for one in fresh:
        record_claim(
            code=one.code, theme=one.theme, order=one.order, sentence=one.sentence, source=one.source,
            method=one.method, owner=one.owner, stated_on=one.stated_on, review_by=one.review_by, by=by, on=on,
        )  # fmt: skip
    return [one.code for one in fresh]


@act
def review_claim(
    *, claim: Claim, verdict: str, reason: str, review_by: date, version: int | None, by: Any, on: date
) -> Claim:
    """Decide what becomes of a claim: kept, to be reworded or withdrawn, with the reason and the next review."""
    permissions.may_manage_claims(by=by).require()
    if verdict not in (Claim.Verdict.KEPT, Claim.Verdict.REVISED, Claim.Verdict.WITHDRAWN):
        Verdict.no(message("A review keeps the claim, has it reworded or withdraws it.")).require()
    if verdict != Claim.Verdict.WITHDRAWN and review_by <= on:
        Verdict.no(message("The next review must lie after today.")).require()
    claim = reread(claim, version)
    claim.verdict, claim.verdict_reason, claim.reviewed_on, claim.review_by = verdict, reason, on, review_by
    claim.save(update_fields=["verdict", "verdict_reason", "reviewed_on", "review_by"])
    record(facts.ClaimReviewed(subject=claim.subject, verdict=verdict, reason=reason), by=by)
    return claim
