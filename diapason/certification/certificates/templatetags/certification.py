"""Draw the states of certificates, cells and organizations, and say their alarms."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from diapason.certification.certificates.models import Certificate
from diapason.certification.certificates.queries import tables
from diapason.certification.certificates.rules import words
from diapason.certification.certificates.rules.cycle import Alarm
from diapason.ui import icons, wording
from diapason.ui.templatetags.ui import state as draw

register = template.Library()


@register.simple_tag
def certificate_state(certificate: Certificate, on: date) -> SafeString:
    """Draw the state of a certificate on a day."""
    look, word = words.CERTIFICATE[certificate.state_on(on)]
    return draw(look, gettext(word))


@register.simple_tag
def organization_state(name: str) -> SafeString:
    """Draw the state of an organization."""
    look, word = words.ORGANIZATION[name]
    return draw(look, gettext(word))


@register.simple_tag
def alarm_state(alarm: Alarm) -> SafeString:
    """Draw how pressing an alarm is."""
    look, word = words.ALARM[alarm.level]
    return draw(look, gettext(word))


@register.filter
def alarm_text(alarm: Alarm) -> str:
    """Say what an alarm asks for, with its limit."""
    return wording.sentence(alarm.sentence, {"due": alarm.due_on, **alarm.parameters})


@register.simple_tag
def cell_state(name: str) -> SafeString:
    """Draw one square of the coverage matrix: icon, colour and a word for those who hear it."""
    look, word = words.CELL[name]
    if not look:
        return format_html('<i><span class="visually-hidden">{}</span>·</i>', gettext(word))
    drawing = icons.icon(icons.STATE_ICONS[look], 13, gettext(word))
    return format_html('<i class="{}" title="{}">{}</i>', look, gettext(word), drawing)


@register.filter
def activity_label(code: str) -> str:
    """Return what an activity is called."""
    found = tables.activities().get(code)
    return found.label if found else code


@register.filter
def days(value: Any) -> str:
    """Write a number of days, halves included."""
    if isinstance(value, Fraction):
        value = round(Decimal(value.numerator) / Decimal(value.denominator), 2)
    return wording.figure(value)


@register.simple_tag
def sampling_reason(code: str) -> str:
    """Say why sampling chose a site."""
    return gettext(words.SAMPLING_REASONS.get(code, code))


@register.simple_tag
def audit_kind(kind: str) -> str:
    """Return what a kind of audit is called."""
    return gettext(words.AUDIT_KINDS[kind])
