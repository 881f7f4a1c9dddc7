"""Give the tests of studies drafts of studies."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from diapason.audit_trail.acts import automaton
from diapason.context.studies import acts
from diapason.context.studies.models import Study
from diapason.context.studies.rules.drafts import PlaceDraft, SiteDraft, StudyDraft
from diapason.context.studies.rules.history import StatusDraft
from diapason.kernel.dates import PartialDate


def since(year: int, month: int = 1, day: int = 1) -> PartialDate:
    """Return a day."""
    return PartialDate.day(date(year, month, day))


@pytest.fixture
def study(db: None, today: date) -> Callable[..., Study]:
    """Return `study(acronym, status="recruiting", **draft)` → a registered study, open since 2016."""

    def make(
        acronym: str, status: str = "recruiting", opened: PartialDate | None = None, **more: Any
    ) -> Study:
        statuses = more.pop("statuses", (StatusDraft(status, opened or since(2016, 3, 1)),))
        draft = StudyDraft(
            key=f"ET-{acronym}", acronym=acronym, title_fr=f"Étude {acronym}", statuses=statuses, **more
        )
        return acts.register_studies(drafts=[draft], by=automaton("tests"), on=today)[0]

    return make


@pytest.fixture
def outside() -> Callable[..., SiteDraft]:
    """Return `outside(name, city, country)` → the draft of a site outside the network."""

    def make(name: str, city: str = "Lyre", country: str = "FR", **more: Any) -> SiteDraft:
        return SiteDraft(place=PlaceDraft(name, city, country), country=country, **more)

    return make
