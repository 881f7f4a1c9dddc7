"""Check that a gap's action is one of the action plan: it rules figures and days, and ends by asking for an answer."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override

from diapason.audit_trail.models import EntrySubject
from diapason.certification.readiness import acts, panels, queries
from diapason.certification.readiness.models import Assessment
from diapason.certification.readiness.queries.origins import gap_behind
from diapason.certification.readiness.rules.entry import Entry
from diapason.certification.readiness.rules.following import Followed, followed
from diapason.context.standards.models import Clause
from diapason.improvement.action_plan.acts import carrying, planning
from diapason.improvement.action_plan.models import Action
from diapason.kernel.verdicts import Conflict, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.database]

KEY = "ALP/iso-9001-2015/7.2"
WORDS = "Former les attachées de recherche\nDeux séances, puis une évaluation."


@pytest.fixture
def people(network: Any, account: Any) -> Any:
    """Return the accounts of a house and of another."""

    class People:
        manager = account("quality_manager", network.alpha)
        owner = account("process_owner", network.alpha)
        staff = account("research_staff", network.alpha)
        elsewhere = account("quality_manager", network.beta)

    return People


@pytest.fixture
def gap(answered: Any, network: Any, people: Any, today: date) -> Any:
    """Return a function that records a gap, and gives it as it stands."""

    def stored(due_on: date | None = None, **more: Any) -> Assessment:
        words = {"action": WORDS, "owner": people.owner.person, "due_on": due_on or today + timedelta(40)}
        answered(network.alpha, 1, "7.2", gap="Pas de matrice des compétences", **{**words, **more})
        return now()

    return stored


def now() -> Assessment:
    """Return the answer as it stands."""
    related = ("organization", "clause__edition", "plan_action__owner", "action_owner")
    return Assessment.objects.select_related(*related).get(organization__code="ALP", clause__number="7.2")


@pytest.fixture
def corrective(answered: Any, network: Any, people: Any, today: date) -> Any:
    """Return a function that plans, for a gap without words, an action whose effectiveness is checked."""
    answered(network.alpha, 1, "7.2", gap="Pas de matrice des compétences")

    def make(**more: Any) -> Action:
        judged = planning.Criterion("sample", "dix dossiers conformes", today + timedelta(70))
        draft = planning.Draft(
            organization=network.alpha, kind="corrective", title="Matrice des compétences", owner=people.owner.person,
            due_on=today + timedelta(30), origin=f"assessment:{KEY}", criterion=judged, **more,
        )  # fmt: skip
        return planning.open_action(draft=draft, by=people.manager, on=today)

    return make


def carried(action: Action, people: Any, today: date, *, effective: bool | None = None) -> Action:
    """Carry an action out; judge it where that is asked."""
    action = carrying.start_action(action=action, version=None, by=people.owner, on=today)
    action = carrying.finish_action(
        action=action, result="Fait.", evidence="", version=None, by=people.owner, on=today + timedelta(20)
    )
    if effective is None:
        return action
    return carrying.check_effectiveness(
        action=action, effective=effective, comment="Dix dossiers vus.", figures=[], version=None,
        by=people.manager, on=today + timedelta(80),
    )  # fmt: skip


def day_of(account: Any) -> list[Any]:
    """Return what this chapter puts on somebody's day."""
    request = RequestFactory().get("/")
    request.user = account
    with override("en"):
        panel = panels.actions_of_the_day(request, None)
    return list(panel.tasks) if panel else []


DAYS = (date(2026, 12, 1), None, date(2027, 2, 1))
DONE = (date(2026, 12, 1), date(2026, 11, 30), date(2027, 2, 1))


@pytest.mark.parametrize(
    ("kind", "state", "days", "said"),
    [
        ("improvement", "planned", DAYS, Followed(date(2026, 12, 1))),
        ("corrective", "started", DAYS, Followed(date(2026, 12, 1))),
        ("improvement", "done", DONE, Followed(date(2026, 12, 1), date(2026, 11, 30))),
        ("corrective", "done", DONE, Followed(date(2027, 2, 1), None, unproven=True)),
        ("corrective", "effective", DONE, Followed(date(2026, 12, 1), date(2026, 11, 30))),
        ("corrective", "not_effective", DONE, Followed()),
        ("improvement", "cancelled", DAYS, Followed()),
    ],
)
def test_what_an_action_says_of_its_gap(kind: str, state: str, days: Any, said: Followed) -> None:
    assert followed(kind, state, *days) == said


def test_words_become_an_action_with_text_owner_and_day(gap: Any, people: Any, today: date) -> None:
    stored = gap()
    action = acts.plan_action(assessment=stored, version=stored.version, by=people.manager, on=today)
    assert (action.title, action.description) == ("Former les attachées de recherche", WORDS)
    assert (action.owner, action.due_on) == (people.owner.person, today + timedelta(40))
    assert action.origin == f"assessment:{KEY}" and "§ 7.2" in action.origin_label
    found = now()
    assert (found.plan_action, found.action, found.action_owner, found.action_due_on) == (
        action,
        "",
        None,
        None,
    )
    assert (found.gap, found.maturity) == ("Pas de matrice des compétences", 1)
    told = EntrySubject.objects.filter(subject=found.subject, fact="GapActionPlanned")
    assert told.count() == 1 and told.get().organization == "ALP"


def test_a_late_text_moves_with_its_day_and_is_as_late_as_before(
    gap: Any, people: Any, network: Any, iso: Any, today: date
) -> None:
    late = today - timedelta(5)
    stored = gap(due_on=late)
    before = queries.readiness_of(network.alpha, iso, today)
    action = acts.plan_action(assessment=stored, version=stored.version, by=people.manager, on=today)
    assert action.due_on == late and action.is_late(on=today)
    assert queries.readiness_of(network.alpha, iso, today) == before and before.late_actions == 1


def test_what_cannot_be_moved_is_refused_with_the_reason(gap: Any, people: Any, today: date) -> None:
    stored = gap()
    for by in (people.staff, people.elsewhere):
        with pytest.raises(Refused, match="Only the quality manager"):
            acts.plan_action(assessment=stored, version=stored.version, by=by, on=today)
    with pytest.raises(Conflict):
        acts.plan_action(assessment=stored, version=stored.version + 1, by=people.manager, on=today)
    acts.plan_action(assessment=stored, version=stored.version, by=people.manager, on=today)
    with pytest.raises(Refused, match="closes this gap already"):
        acts.plan_action(assessment=now(), version=now().version, by=people.manager, on=today)
    with pytest.raises(Refused, match="say there that it is done"):
        acts.complete_action(assessment=now(), version=now().version, by=people.manager, on=today)
    assert Action.objects.count() == 1


def test_a_gap_without_words_or_already_done_has_nothing_to_move(gap: Any, people: Any, today: date) -> None:
    stored = gap()
    acts.complete_action(assessment=stored, version=stored.version, by=people.manager, on=today)
    with pytest.raises(Refused, match="already done"):
        acts.plan_action(assessment=now(), version=now().version, by=people.manager, on=today)
    stored.action, stored.action_done_on = "", None
    with pytest.raises(Refused, match="No action is planned"):
        acts.plan_action(assessment=stored, version=now().version, by=people.manager, on=today)


def test_an_action_planned_for_the_gap_is_named_by_it(corrective: Any) -> None:
    action = corrective()
    assert now().plan_action == action
    assert EntrySubject.objects.filter(subject=f"assessment:{KEY}", fact="GapActionPlanned").count() == 1


def test_an_action_of_another_house_closes_no_gap_here(
    gap: Any, people: Any, network: Any, today: date
) -> None:
    gap()
    draft = planning.Draft(
        organization=network.beta,
        kind="improvement",
        title="Ailleurs",
        due_on=today,
        origin=f"assessment:{KEY}",
    )
    planning.open_action(draft=draft, by=people.elsewhere, on=today)
    assert now().plan_action is None and now().action == WORDS
    assert gap_behind(KEY, people.elsewhere) is None and gap_behind(KEY, people.manager) is not None
    client = Client()
    client.force_login(people.elsewhere)
    assert client.get(reverse("action_plan:opening"), {"origin": f"assessment:{KEY}"}).status_code == 404


def test_the_readiness_counts_the_real_lateness(
    corrective: Any, people: Any, network: Any, iso: Any, today: date
) -> None:
    def figures(day: date) -> tuple[int, int, int]:
        found = queries.readiness_of(network.alpha, iso, day)
        return found.acting, found.gaps + len(found.blocking), found.late_actions

    action = corrective()
    planned, behind = figures(today), figures(today + timedelta(31))
    assert planned[2] == 0 and behind[2] == 1
    carried(action, people, today)
    waiting = figures(today + timedelta(31))
    assert waiting == planned, "done, its check to come: it is not late"


def test_a_proven_action_asks_for_a_new_answer_and_closes_nothing(
    corrective: Any, people: Any, network: Any, today: date
) -> None:
    carried(corrective(), people, today, effective=True)
    assert now().maturity == 1 and now().asks_again
    task = day_of(people.manager)[0]
    assert task.title.startswith("Assess ISO 9001:2015 § 7.2 again") and task.url == now().get_absolute_url()
    assert not any("again" in each.title for each in day_of(people.elsewhere))
    acts.assess_clause(
        organization=network.alpha, clause=Clause.objects.select_related("edition").get(pk=now().clause_id),
        entry=Entry(clause="7.2", maturity=3, evidence="Matrice à jour"), version=now().version, by=people.manager,
        on=today + timedelta(81),
    )  # fmt: skip
    assert now().plan_action is None and not any("again" in each.title for each in day_of(people.manager))
    assert Action.objects.filter(origin_kind="assessment", origin_key=KEY).count() == 1


def test_an_action_that_did_not_work_asks_for_another_one(corrective: Any, people: Any, today: date) -> None:
    failed = carried(corrective(), people, today, effective=False)
    task = day_of(people.manager)[0]
    assert task.title.startswith("Plan another action") and task.url == failed.get_absolute_url()
    second = corrective(replaces=failed)
    assert now().plan_action == second
    assert not any(each.title.startswith("Plan another") for each in day_of(people.manager))


def test_whoever_carries_it_finds_it_once_on_the_day(gap: Any, people: Any, today: date) -> None:
    stored = gap(due_on=today + timedelta(3))
    acts.plan_action(assessment=stored, version=stored.version, by=people.manager, on=today)
    title = "Former les attachées de recherche"
    assert title in [task.title for task in day_of(people.manager)]
    assert title not in [task.title for task in day_of(people.owner)], "the action plan says it"


def test_the_screen_moves_it_and_shows_it(gap: Any, people: Any) -> None:
    stored = gap()
    client = Client(headers={"accept-language": "fr"})
    client.force_login(people.manager)
    page = client.get(reverse("readiness:answer", args=[KEY])).content.decode()
    assert "Mettre au plan d’actions" in page and "Former les attachées" in page
    moved = client.post(reverse("readiness:plan", args=[KEY]), {"version": stored.version})
    assert moved.url == reverse("readiness:answer", args=[KEY])
    page = client.get(moved.url).content.decode()
    action = Action.objects.get()
    assert action.get_absolute_url() in page and "Mettre au plan d’actions" not in page
    assert reverse("readiness:answer", args=[KEY]) in client.get(action.get_absolute_url()).content.decode()
    client.post(
        reverse("readiness:save", args=[KEY]), {"level": "2", "gap": "Reste", "version": now().version}
    )
    assert now().plan_action == action and now().maturity == 2


def test_the_form_records_and_plans_at_once(iso: Any, people: Any, today: date) -> None:
    client = Client()
    client.force_login(people.manager)
    due = today + timedelta(20)
    form = {
        "level": "1", "gap": "Rien", "action": "Écrire la procédure", "owner": people.owner.person.pk,
        "due_on": due.isoformat(), "plan": "1",
    }  # fmt: skip
    sent = client.post(reverse("readiness:save", args=[KEY]), form)
    assert sent.url == reverse("readiness:answer", args=[KEY])
    assert now().plan_action is not None and now().plan_action.due_on == due


def test_those_who_do_not_read_the_plan_see_the_action_without_a_link(
    gap: Any, people: Any, account: Any, network: Any, today: date
) -> None:
    stored = gap()
    action = acts.plan_action(assessment=stored, version=stored.version, by=people.manager, on=today)
    client = Client()
    client.force_login(people.elsewhere)
    assert client.get(reverse("readiness:answer", args=[KEY])).status_code == 404
    for role in ("internal_auditor", "research_staff"):
        client.force_login(account(role, network.alpha))
        page = client.get(reverse("readiness:answer", args=[KEY])).content.decode()
        reads = client.get(action.get_absolute_url()).status_code == 200
        assert action.title in page and (f'href="{action.get_absolute_url()}"' in page) is reads


def test_the_page_costs_the_same_for_several_actions(
    corrective: Any, people: Any, assert_fixed_queries: Any
) -> None:
    corrective()
    client = Client()
    client.force_login(people.manager)
    page = reverse("readiness:answer", args=[KEY])
    assert assert_fixed_queries(lambda: client.get(page), lambda: [corrective() for _ in range(3)]) <= 10


def test_the_figures_cost_one_statement_whatever_is_planned(
    corrective: Any, network: Any, iso: Any, today: date, assert_fixed_queries: Any
) -> None:
    assert assert_fixed_queries(lambda: queries.readiness_of(network.alpha, iso, today), corrective) == 1


def test_another_house_keeps_its_figures(
    gap: Any, people: Any, network: Any, iso: Any, answered: Any, today: date
) -> None:
    words = {"gap": "Aussi", "action": "Former", "owner": people.elsewhere.person}
    answered(network.beta, 1, "7.2", due_on=today + timedelta(9), **words)
    before = queries.readiness_of(network.beta, iso, today)
    stored = gap()
    acts.plan_action(assessment=stored, version=stored.version, by=people.manager, on=today)
    assert queries.readiness_of(network.beta, iso, today) == before
