"""Give the pages made of many chapters what certificates have to say: one register per request, five questions."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.certification.certificates.charts import status_map
from diapason.certification.certificates.permissions import scope_of, sees_details
from diapason.certification.certificates.queries.coverage import network_answer
from diapason.certification.certificates.queries.register import Register, register_of
from diapason.certification.certificates.queries.sentences import answer_sentence
from diapason.certification.certificates.queries.standing import Raised, standing, standings_of, to_decide
from diapason.certification.certificates.rules import words
from diapason.context.network.models import Organization
from diapason.kernel.clock import today
from diapason.ui import wording
from diapason.ui.asking import Asking, asks
from diapason.ui.panels import Panel, Task


@asks
def network_map(request: HttpRequest, thing: None) -> Asking[Panel | None]:
    """Show the sentence "certified since", the map of states, and what needs a decision."""
    on = today()
    yield register_of(request).questions
    each = standings_of(request, on)
    if not each:
        return None
    answer = network_answer(register_of(request), on)
    return Panel(
        title=_("Where the establishments stand"),
        template="certificates/panels/map.html",
        context={"chart": status_map(each), "standings": each},
        link=reverse("certificates:coverage"),
        link_label=_("What is covered"),
        slot="half",
        sentence=answer_sentence(answer, len(each)),
        tasks=[task_of(raised) for raised in to_decide(each)],
    )


def task_of(raised: Raised) -> Task:
    """Return an alarm as one thing to decide."""
    look, word = words.ALARM[raised.alarm.level]
    if raised.certificate:
        url = reverse("certificates:certificate", args=[raised.certificate])
    else:
        url = reverse("certificates:audit", args=[raised.audit])
    text = wording.sentence(raised.alarm.sentence, {"due": raised.alarm.due_on, **raised.alarm.parameters})
    return Task(
        title=_("%(organization)s: %(text)s")
        % {"organization": raised.organization.name, "text": _lower(text)},
        url=url,
        detail=raised.certificate or raised.audit,
        due=raised.alarm.due_on,
        state=look,
        state_label=_(word),
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


@asks
def organization_certificates(request: HttpRequest, organization: Organization) -> Asking[Panel]:
    """Show an organization's certificates and what they need."""
    on = today()
    register = Register(organization)
    yield register.questions
    stands = standing(register, organization.code, on) if organization.code in register.members else None
    if stands and not sees_details(scope_of(request.user), organization.pk):
        stands = stands.public
    return Panel(
        title=_("Certificates"),
        template="certificates/panels/organization.html",
        context={
            "organization": organization,
            "stands": stands,
            "entries": register.of(organization.code)[:4],
            "more": max(0, len(register.of(organization.code)) - 4),
            "today": on,
        },
        link=f"{reverse('certificates:certificates')}?organization={organization.code}",
        link_label=_("All its certificates"),
    )


@asks
def alarms_of_mine(request: HttpRequest, thing: Any) -> Asking[Panel | None]:
    """List what the certificates of my organizations need, for whoever keeps them."""
    scope = scope_of(request.user)
    if not scope.may_somewhere("record_certificate"):
        return None
    yield register_of(request).questions
    each = standings_of(request, today())
    mine = [s for s in each if scope.may("record_certificate", s.member.pk)]
    return Panel(tasks=[task_of(raised) for raised in to_decide(mine)])
