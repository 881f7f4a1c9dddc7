"""Show that what the trail stated under a name that is no longer used still opens its record and stays in its story."""

from typing import Any

import pytest
from django.utils import translation

from diapason.audit_trail.acts import act, automaton, record
from diapason.audit_trail.stories import story_of
from diapason.context.indicators.facts import EditionFrozen
from diapason.ui import links


@pytest.mark.parametrize(
    ("subject", "opens"),
    [
        ("edition:ED-NET-2017-0001", "frozen-edition:ED-NET-2017-0001"),
        ("edition:iso-9001-2015", "edition:iso-9001-2015"),
        ("edition:ED-note", "edition:ED-note"),
        ("study:ED-NET-2017-0001", "study:ED-NET-2017-0001"),
    ],
)
def test_a_frozen_edition_is_found_under_its_old_name_and_a_standard_under_its_own(
    subject: str, opens: str
) -> None:
    assert links.present_name(subject) == opens
    assert links.url_of(subject) == links.url_of(opens)
    with translation.override("fr"):
        assert links.kind_label(subject) == links.kind_label(opens)


def test_its_address_is_that_of_the_frozen_edition() -> None:
    assert links.url_of("edition:ED-NET-2017-0001").endswith("/editions/ED-NET-2017-0001/")
    assert links.every_name("frozen-edition:ED-NET-2017-0001")[1:] == ["edition:ED-NET-2017-0001"]
    assert links.every_name("edition:iso-9001-2015")[1:] == []


@pytest.mark.django_db
@pytest.mark.database
def test_what_was_stated_under_the_old_name_stays_in_the_story(account: Any) -> None:
    frozen(by=automaton("tests"))
    lines, more = story_of("frozen-edition:ED-NET-2017-0001", user=account("network_coordinator"))
    assert len(lines) == 1 and len(lines[0].sentences) == 1 and not more


@act
def frozen(*, by: Any) -> None:
    """State what a release of old stated."""
    subject = "edition:ED-NET-2017-0001"
    record(EditionFrozen(subject=subject, year=2017, figures=13, content_hash="0" * 64), by=by)
