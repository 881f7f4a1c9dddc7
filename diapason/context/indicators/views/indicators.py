"""Answer the page of an indicator and the check of its definition."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from diapason.context.indicators import acts, permissions, queries
from diapason.context.indicators.charts import history_chart
from diapason.context.indicators.forms import CheckForm
from diapason.context.indicators.models import Indicator, IndicatorDefinition
from diapason.kernel.clock import today
from diapason.ui.views import page, reads, writes


@reads
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """Show what an indicator means, its history, and one's own value beside the network's spread."""
    permissions.may_read_live_figures(by=request.user).require()
    found = queries.indicator_page(get_object_or_404(Indicator, code=code), request.user)
    return page(
        request,
        "indicators/indicator.html",
        found=found,
        latest=next((one for one in reversed(found.history) if one.is_known), None),
        chart=history_chart(found.definition, found.history, found.own_history),
        is_due=found.definition.is_due_for_review(on=today()),
        may_check=permissions.may_check_definition(by=request.user),
    )


def current_definition(code: str) -> IndicatorDefinition:
    """Return the definition in force."""
    return get_object_or_404(
        IndicatorDefinition.objects.select_related("indicator"), indicator__code=code, is_current=True
    )


@reads
def check_form(request: HttpRequest, code: str) -> HttpResponse:
    """Show the definition to check and ask who checked it."""
    permissions.may_check_definition(by=request.user).require()
    definition = current_definition(code)
    form = CheckForm(initial={"version": definition.version})
    return page(request, "indicators/check.html", definition=definition, form=form)


@writes
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Record that a definition was checked."""
    permissions.may_check_definition(by=request.user).require()
    definition = current_definition(code)
    form = CheckForm(request.POST)
    if not form.is_valid():
        return page(request, "indicators/check.html", definition=definition, form=form)
    acts.check_definition(definition=definition, by=request.user, on=today(), **form.cleaned_data)
    messages.success(request, _("Check recorded."))
    return redirect(definition.indicator)
