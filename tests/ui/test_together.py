"""Questions asked together: the same rows, joined records, values and numbers as asked one by one, in one statement."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import BigAutoField, CharField, Count, DateField, Max, Q
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from diapason.audit_trail.models import Entry
from diapason.context.network.models import FormerName, Organization, Site, VisibilityRule
from diapason.context.studies.models import Study, StudyRevision
from diapason.ui.asking import load_related
from diapason.ui.readings import kept, once
from diapason.ui.together import (
    LONGEST,
    MOST_COLUMNS,
    FirstOf,
    Given,
    HowMany,
    Prepared,
    Totals,
    ask_together,
    load_related_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def everything(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.fixture
def alpha(network: Any, stage: Any) -> Organization:
    def build() -> None:
        FormerName.objects.create(organization=network.alpha, name="Hôpital d’avant", until=date(2015, 1, 1))
        Organization.objects.filter(pk=network.alpha.pk).update(
            latitude=Decimal("48.117266"), opened_on=date(2001, 2, 3)
        )

    stage(build)
    return Organization.objects.get(pk=network.alpha.pk)


def test_rows_come_out_as_if_asked_alone(alpha: Organization, django_assert_num_queries: Any) -> None:
    questions = [
        lambda: Organization.objects.select_related("parent").order_by("-sort_key"),
        lambda: Site.objects.select_related("organization").order_by("code"),
        lambda: VisibilityRule.objects.all()[:3],
        lambda: FormerName.objects.filter(organization=alpha),
        lambda: Entry.objects.order_by("-number"),
    ]
    alone = [list(question()) for question in questions]
    with django_assert_num_queries(1):
        together = ask_together(*(question() for question in questions))
        named = [site.organization.name for site in together[1]]
    assert [[everything(row) for row in rows] for rows in together] == [
        [everything(row) for row in rows] for rows in alone
    ]
    assert named == [site.organization.name for site in alone[1]]
    assert isinstance(next(o for o in together[0] if o.pk == alpha.pk).opened_on, date)
    assert together[4], "moments are compared too"


def test_values_numbers_and_kept_rows(alpha: Organization, django_assert_num_queries: Any) -> None:
    kinds = Organization.objects.order_by().values_list("kind").annotate(Count("pk"), Max("opened_on"))
    codes = Organization.objects.order_by("code").values_list("code", flat=True)
    dates = Organization.objects.filter(pk=alpha.pk).values("opened_on", "is_sponsor")
    expected = [set(kinds.all()), list(codes.all()), list(dates.all()), Organization.objects.count()]
    with django_assert_num_queries(1):
        found = ask_together(kinds, codes, dates, HowMany(Organization.objects.all()))
        assert list(codes) == expected[1]
    assert [set(found[0]), *found[1:]] == expected
    assert ask_together(HowMany(Organization.objects.all()[:2]))[0] == 2


def test_stored_json_stays_what_it_was(network: Any, stage: Any) -> None:
    told = [["title", "old “é”", None], ["size", 1, 2.5]]

    def build() -> None:
        study = Study.objects.create(key="ET-JSON", title_fr="Étude", sponsor=network.alpha)
        StudyRevision.objects.create(study=study, on=date(2020, 1, 1), changes=told)

    stage(build)
    assert ask_together(StudyRevision.objects.all())[0][0].changes == told


def test_the_first_rows_come_with_their_number(django_assert_num_queries: Any) -> None:
    many = 5
    types = ContentType.objects.order_by("-model", "pk")
    expected = list(types[:3])
    with django_assert_num_queries(1):
        (first, number), (own, up_to) = ask_together(FirstOf(types, 3), FirstOf(types[:many], 2))
    assert first == expected and own == expected[:2]
    assert number == ContentType.objects.count() > many == up_to
    assert ask_together(FirstOf(ContentType.objects.none(), 3)) == [([], 0)]
    assert ask_together(FirstOf(types.filter(model="no such"), 3)) == [([], 0)]


def test_a_prepared_question_is_made_once_and_answers_each_time_anew(
    alpha: Organization, django_assert_num_queries: Any
) -> None:
    made: list[int] = []

    def make() -> list[Any]:
        made.append(1)
        who, day = Given("who", BigAutoField()), Given("day", DateField())
        opened = Organization.objects.filter(opened_on__lte=day).order_by("pk")
        return [
            Organization.objects.select_related("parent").filter(pk=who),
            opened.values_list("pk", "opened_on"),
        ]

    prepared = Prepared(make)
    with django_assert_num_queries(3):
        found, opened = prepared.ask(who=alpha.pk, day=date(2001, 2, 3))
        other, _ = prepared.ask(who=alpha.parent_id, day=date(2001, 2, 3))
        nobody, too_early = prepared.ask(who=0, day=date(2001, 2, 2))
    assert made == [1]
    assert everything(found[0]) == everything(alpha) and found[0].parent == alpha.parent
    assert [one.pk for one in other] == [alpha.parent_id]
    assert opened == [(alpha.pk, date(2001, 2, 3))]
    assert (nobody, too_early) == ([], [])
    found[0].name = "changed"
    assert prepared.ask(who=alpha.pk, day=date(2001, 2, 3))[0][0].name == alpha.name


def test_a_prepared_question_alone_is_asked_as_django_asks_it(alpha: Organization) -> None:
    prepared = Prepared(lambda: [Organization.objects.filter(code=Given("code", CharField()))])
    assert everything(prepared.ask(code=alpha.code)[0][0]) == everything(alpha)
    assert prepared.ask(code="' OR 1=1 --") == [[]]


def test_totals_say_what_aggregate_says(alpha: Organization, django_assert_num_queries: Any) -> None:
    named = {
        "every": Count("pk"),
        "kinds": Count("kind", distinct=True),
        "opened": Count("pk", filter=Q(opened_on__isnull=False)),
        "last": Max("opened_on"),
        "north": Max("latitude"),
    }
    members = Organization.objects.members().order_by("-sort_key")
    expected, number = members.aggregate(**named), members.count()
    with django_assert_num_queries(1):
        assert ask_together(Totals(members, **named), HowMany(members)) == [expected, number]
    assert expected["last"] == date(2001, 2, 3) and isinstance(expected["north"], Decimal)
    nobody = Organization.objects.filter(code="no such")
    assert ask_together(Totals(nobody, **named)) == [nobody.aggregate(**named)]
    with django_assert_num_queries(0):
        impossible = Organization.objects.none()
        assert ask_together(Totals(impossible, **named)) == [impossible.aggregate(**named)]


@pytest.mark.parametrize(
    "rows",
    [Organization.objects.all()[:2], Organization.objects.distinct()],
    ids=["cut", "distinct"],
)
def test_totals_of_a_part_are_refused(rows: Any) -> None:
    with pytest.raises(ValueError, match="Organization: totals"):
        Totals(rows, every=Count("pk"))
    with pytest.raises(ValueError, match="default"):
        Totals(Organization.objects.all(), last=Max("opened_on", default=date(2000, 1, 1)))


def test_long_questions_go_in_as_few_statements_as_hold_them(alpha: Organization) -> None:
    wanted = [
        Organization.objects.filter(name__in=[f"{number}{'x' * size}" for number in range(10)])
        for size in (400, 480, 40, 300, 20)
    ]
    alone = [list(each.all()) for each in wanted]
    with CaptureQueriesContext(connection) as queries:
        assert ask_together(*wanted, HowMany(Organization.objects.all()))[:5] == alone
    lengths = [len(query["sql"]) for query in queries.captured_queries]
    assert len(lengths) == 3 and max(lengths) <= LONGEST
    with CaptureQueriesContext(connection) as queries:
        ask_together(Organization.objects.filter(name__in=["x" * (LONGEST + 1)]), ContentType.objects.all())
    assert len(queries) == 2, "what is longer than a statement may be goes alone"


def test_a_question_alone_is_asked_as_django_asks_it(alpha: Organization) -> None:
    rows = Organization.objects.filter(code=alpha.code)
    with CaptureQueriesContext(connection) as queries:
        assert everything(ask_together(rows)[0][0]) == everything(alpha)
        assert ask_together(HowMany(rows.all())) == [1]
        assert ask_together(FirstOf(rows.all(), 1)) == [([alpha], 1)]
    statements = [query["sql"] for query in queries.captured_queries]
    assert [statement.startswith("WITH") for statement in statements] == [False, False, True]


def test_what_cannot_match_is_not_asked(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        nothing = Organization.objects.none()
        assert ask_together(nothing, Organization.objects.filter(pk__in=[]), HowMany(nothing)) == [[], [], 0]


def test_a_question_of_too_many_columns_goes_alone(
    network: Any, stage: Any, django_assert_num_queries: Any
) -> None:
    stage(lambda: Study.objects.create(key="ET-WIDE", title_fr="Étude", sponsor=network.alpha))
    wide = Study.objects.select_related("sponsor__parent", "lead__parent", "holder__parent", "partner")
    with django_assert_num_queries(2):
        types, studies, number = ask_together(
            ContentType.objects.all(), wide, HowMany(Organization.objects.all())
        )
        assert [study.sponsor.parent for study in studies] == [network.net]
    assert len(types) == ContentType.objects.count() and number == Organization.objects.count()
    with pytest.raises(ValueError, match=r"Study: \d+ columns") as refused:
        ask_together(FirstOf(wide.all(), 2))
    assert int(str(refused.value).split()[1]) > MOST_COLUMNS


def test_related_sets_are_loaded_once(alpha: Organization, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        number = load_related(alpha, "sites", "former_names", also=(HowMany(ContentType.objects.all()),))[0]
        assert [former.name for former in alpha.former_names.all()] == ["Hôpital d’avant"]
        assert {site.organization_id for site in alpha.sites.all()} <= {alpha.pk}
    assert number == ContentType.objects.count()
    several = list(Organization.objects.members())
    with django_assert_num_queries(1):
        load_related_of(several, "sites", "former_names")
        names = {one.code: [former.name for former in one.former_names.all()] for one in several}
    assert names[alpha.code] == ["Hôpital d’avant"]
    assert sum(map(len, names.values())) == 1
    load_related_of([], "sites")


def test_a_reading_is_kept_within_one_snapshot_only() -> None:
    asked: list[int] = []
    request = RequestFactory().get("/")

    def question(number: int) -> int:
        asked.append(number)
        return number * 2

    with kept(request):
        assert [once(request, question, 1), once(request, question, 1), once(request, question, 2)] == [
            2,
            2,
            4,
        ]
    assert asked == [1, 2]
    assert [once(request, question, 1), once(request, question, 1)] == [2, 2]
    assert asked == [1, 2, 1, 1]
