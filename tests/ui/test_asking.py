"""Parts of a page that say what they ask: rounds, shared questions, what they cost, what happens when one fails."""

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import RequestFactory

from diapason.context.network.models import Organization, VisibilityRule
from diapason.ui import panels
from diapason.ui.asking import Asking, answer_to, answered, asks, load_related, side_by_side
from diapason.ui.panels import Panel
from diapason.ui.together import HowMany

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@asks
def named_like(code: str) -> Asking[tuple[str, int]]:
    """Ask for an organization, and, once it is known, how many have its kind."""
    (found,) = yield [Organization.objects.filter(code=code)]
    if not found:
        return "", 0
    (number,) = yield [HowMany(Organization.objects.filter(kind=found[0].kind))]
    return found[0].name, number


@asks
def how_many_types() -> Asking[int]:
    """Ask once."""
    (number,) = yield [HowMany(ContentType.objects.all())]
    return int(number)


@asks
def silent() -> Asking[str]:
    """Ask nothing."""
    yield from ()
    return "said"


def test_a_part_called_as_a_function_asks_for_itself(network: Any, django_assert_num_queries: Any) -> None:
    kind = Organization.objects.filter(kind=network.alpha.kind).count()
    with django_assert_num_queries(2):
        assert named_like(network.alpha.code) == (network.alpha.name, kind)
    with django_assert_num_queries(1):
        assert named_like("no such") == ("", 0)
    with django_assert_num_queries(0):
        assert silent() == "said"
    assert named_like.__name__ == "named_like" and "once it is known" in (named_like.__doc__ or "")


def test_side_by_side_each_round_is_one_statement(network: Any, django_assert_num_queries: Any) -> None:
    alone = [named_like(network.alpha.code), named_like("no such"), how_many_types(), "said"]
    parts = [
        named_like.asking(network.alpha.code),
        named_like.asking("no such"),
        how_many_types.asking(),
        silent.asking(),
    ]
    with django_assert_num_queries(2):
        assert answered(side_by_side(*parts)) == alone
    assert answered(side_by_side()) == []


def test_parts_stand_within_parts(network: Any, django_assert_num_queries: Any) -> None:
    def page() -> Asking[list[Any]]:
        rules, pair = yield from side_by_side(
            answer_to(VisibilityRule.objects.all()[:2]),
            side_by_side(how_many_types.asking(), named_like.asking(network.beta.code)),
        )
        return [len(rules), *pair]

    with django_assert_num_queries(2):
        found = answered(page())
    assert found == [
        len(VisibilityRule.objects.all()[:2]),
        ContentType.objects.count(),
        named_like(network.beta.code),
    ]


def test_a_question_of_two_parts_is_asked_once(network: Any, django_assert_num_queries: Any) -> None:
    shared = Organization.objects.order_by("pk")
    asked: list[int] = []

    @asks
    def counts() -> Asking[int]:
        (rows,) = yield [shared]
        asked.append(len(rows))
        return len(rows)

    expected = Organization.objects.count()
    with django_assert_num_queries(1):
        first, second, known = answered(side_by_side(counts.asking(), counts.asking(), answer_to(shared)))
    assert first == second == len(known) == expected > 1
    assert asked == [first, first]


def test_a_question_that_has_its_rows_is_not_asked_again(django_assert_num_queries: Any) -> None:
    shared = ContentType.objects.order_by("pk")
    expected = list(shared)
    with django_assert_num_queries(0):
        assert answered(answer_to(shared)) == expected


def test_what_one_part_raises_ends_the_page(network: Any) -> None:
    class Stop(Exception):
        pass

    @asks
    def fails() -> Asking[None]:
        yield [ContentType.objects.all()[:1]]
        raise Stop

    with pytest.raises(Stop):
        answered(side_by_side(how_many_types.asking(), fails.asking()))
    assert how_many_types() > 0


def test_related_sets_are_loaded_beside_other_questions(network: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        _, number = answered(
            side_by_side(load_related.asking(network.alpha, "sites"), how_many_types.asking())
        )
    with django_assert_num_queries(0):
        assert {site.organization_id for site in network.alpha.sites.all()} <= {network.alpha.pk}
    assert number == ContentType.objects.count()


def test_the_panels_of_a_page_are_asked_together(
    monkeypatch: pytest.MonkeyPatch, network: Any, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(panels, "_MAKERS", {})

    @asks
    def of_type(request: Any, thing: Any) -> Asking[Panel | None]:
        (number,) = yield [HowMany(ContentType.objects.all())]
        return Panel(f"{number} types")

    @asks
    def of_house(request: Any, thing: Any) -> Asking[Panel | None]:
        name, _ = yield from named_like.asking(thing)
        return Panel(name) if name else None

    def plain(request: Any, thing: Any) -> Panel:
        return Panel(f"{Organization.objects.filter(code=thing).count()} plain")

    for order, function in enumerate((of_house, plain, of_type)):
        panels.register("organization", function, order)
    request = RequestFactory().get("/")
    with django_assert_num_queries(3):
        given = panels.collect("organization", request, network.alpha.code)
    assert [panel.title for panel in given] == [
        network.alpha.name,
        "1 plain",
        f"{ContentType.objects.count()} types",
    ]
    assert [panel.title for panel in panels.collect("organization", request, "no such")][:1] == ["0 plain"]
