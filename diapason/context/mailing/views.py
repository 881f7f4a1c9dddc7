"""Answer for the outbox: the list, one message, sending it again."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from diapason.context.mailing import acts, permissions, queries, wording
from diapason.context.mailing.models import OutgoingMessage
from diapason.kernel import words
from diapason.kernel.clock import now
from diapason.ui.listing import Filter, Listing
from diapason.ui.views import page, reads, writes


@reads
def messages_listed(request: HttpRequest) -> HttpResponse:
    """List the messages, the latest first."""
    permissions.may_read_messages(by=request.user).require()
    filters = [
        Filter("state", words.message("State"), "state", choices=queries.state_choices()),
        Filter("address", words.message("Address"), apply=queries.addressed_to),
    ]
    shown = OutgoingMessage.objects.visible_to(request.user)
    listing = Listing(request, shown, order=("-queued_at",), filters=filters)
    for each in listing:
        each.kind_label = wording.label_of(each.kind)
    return page(request, "mailing/messages.html", listing=listing, **_departure())


def _departure() -> dict[str, Any]:
    return {"departure": queries.departure(), "text_days": settings.DIAPASON["mail_text_days"]}


def _found(request: HttpRequest, key: str) -> OutgoingMessage:
    return get_object_or_404(OutgoingMessage.objects.visible_to(request.user), key=key)


@reads
def message(request: HttpRequest, key: str) -> HttpResponse:
    """Show one message with its words and its story."""
    found = _found(request, key)
    permissions.may_read_messages(by=request.user).require()
    context: dict[str, Any] = {
        "outgoing": found,
        "kind_label": wording.label_of(found.kind),
        "text": queries.shown_text(found),
        "may_send_again": permissions.may_send_again(found, by=request.user),
    }
    response = page(request, "mailing/message.html", **context, **_departure())
    response.headers["Cache-Control"] = "no-store"
    return response


@writes
def send_again(request: HttpRequest, key: str) -> HttpResponse:
    """Put a message into the outbox again."""
    found = _found(request, key)
    permissions.may_read_messages(by=request.user).require()
    version = int(request.POST.get("version") or 0)
    queued = acts.queue_again(outgoing=found, version=version, by=request.user, at=now())
    if queued.next_attempt_at:
        messages.success(request, _("The message leaves in a moment."))
    else:
        messages.info(request, _("The message is kept here: nothing leaves this machine."))
    return redirect(queued)
