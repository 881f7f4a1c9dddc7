"""Give studies under way at a house, and months of counts."""

from datetime import date
from typing import Any

import pytest

from diapason.context.studies.models import InvestigatorSite, Study, StudyStatus
from diapason.improvement.deviation_sheets.acts.keeping import Entry, keep_sheets
from diapason.improvement.deviation_sheets.rules.cells import Cell, months_until

ON = date(2026, 11, 23)
LAST = date(2026, 10, 1)


@pytest.fixture
def studies(network: Any, stage: Any) -> Any:
    """Return `studies(number, house)`: studies recruiting there since 2025."""

    def make(number: int = 2, house: Any = None, first: int = 1) -> list[Study]:
        place = house or network.alpha

        def build() -> list[Study]:
            found = []
            for each in range(first, first + number):
                study = Study.objects.create(
                    key=f"ST-{place.code}-{each}", acronym=f"ESSAI{place.code}{each}", title_fr=f"Essai {each}",
                    title_en=f"Trial {each}", sponsor_name="Promoteur", status="recruiting",
                )  # fmt: skip
                StudyStatus.objects.create(study=study, status="recruiting", since_on=date(2025, 1, 1))
                InvestigatorSite.objects.create(study=study, organization=place)
                found.append(study)
            return found

        return stage(build)

    return make


@pytest.fixture
def staff(account: Any, network: Any) -> Any:
    """Return somebody who keeps the sheets of alpha."""
    return account("research_staff", network.alpha)


@pytest.fixture
def manager(account: Any, network: Any) -> Any:
    """Return the quality manager of alpha."""
    return account("quality_manager", network.alpha)


@pytest.fixture
def fill(network: Any, staff: Any) -> Any:
    """Return `fill(study, "3 4/1 …", category)`: counts of months up to October; "-" not known."""

    def make(study: Study, counts: str, category: str = "consent", last: date = LAST) -> None:
        written = counts.split()
        entries = []
        for month, text in zip(months_until(last, len(written)), written, strict=True):
            count, _slash, major = text.partition("/")
            if count != "-":
                entries.append(Entry(study, month, {category: Cell(int(count), int(major or 0))}))
        keep_sheets(organization=network.alpha, entries=entries, by=staff, on=ON)

    return make
