"""Give templates the words, states, buttons and charts of the interface."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import template
from django.forms import BoundField
from django.http import HttpRequest
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.i18n import do_translate
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from diapason.kernel.dates import PartialDate
from diapason.kernel.verdicts import Verdict
from diapason.ui import chart_store, icons, links, maps, refusals, wording
from diapason.ui.cards import as_cards
from diapason.ui.charts import Chart
from diapason.ui.listing import Listing

register = template.Library()


class Said(template.Node):
    """Write a sentence of ours in the reader's language."""

    def __init__(self, message_id: str, name: str) -> None:
        self.message_id = message_id.replace("%", "%%")
        self.name = name

    def render(self, context: Any) -> SafeString:
        """Return the sentence, or keep it under its name."""
        text = mark_safe(gettext(self.message_id).replace("%%", "%"))  # noqa: S308
        if not self.name:
            return text
        context[self.name] = text
        return mark_safe("")


@register.tag
def translate(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """Be Django's own tag; for a plain sentence, as most are, at a fifth of its work (a page has forty)."""
    words = token.split_contents()
    node: template.Node = do_translate(parser, token)
    plain = len(words) == 2 or (len(words) == 4 and words[2] == "as")
    sentence = getattr(node, "filter_expression", None)
    if not plain or sentence is None or sentence.filters or not isinstance(sentence.var.literal, str):
        return node
    return Said(sentence.var.literal, words[3] if len(words) == 4 else "")


class Rewritten(template.Node):
    """Lay out anew what stands between two tags."""

    def __init__(self, nodelist: template.NodeList, way: Callable[[str], SafeString]) -> None:
        self.nodelist = nodelist
        self.way = way

    def render(self, context: Any) -> SafeString:
        """Return the markup as it is laid out."""
        return self.way(self.nodelist.render(context))


def _between(parser: template.base.Parser, end: str, way: Callable[[str], SafeString]) -> template.Node:
    nodes = parser.parse((end,))
    parser.delete_first_token()
    return Rewritten(nodes, way)


@register.tag
def cards(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """Show the rows of the table up to `endcards` as cards on a telephone."""
    return _between(parser, "endcards", as_cards)


@register.tag
def gathered(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """Say the reason of refused acts up to `endgathered` once for all that share it."""
    return _between(parser, "endgathered", refusals.gathered)


@register.simple_tag
def icon(name: str, label: str = "", size: int = 16) -> SafeString:
    """Draw an icon of the lucide set; give a `label` when it stands without a word."""
    return icons.icon(str(name), size, str(label))


@register.simple_tag
def state(kind: str, label: Any = "", hint: str = "") -> SafeString:
    """Draw a state as icon, word and colour; kind is ok, warn, bad, unk or run."""
    return icons.state(kind, label, hint)


@register.simple_tag(takes_context=True)
def page_heading(context: Any) -> str:
    """Return the page's `title` block once more, for its first heading."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block("title")
    with context.push():
        return mark_safe(block.nodelist.render(context)) if block else ""  # noqa: S308


@register.simple_tag
def glyph(kind: str) -> SafeString:
    """Draw the small shape of a state in a cell; conforming stays empty, so that the eye finds the rest."""
    return mark_safe("") if kind == "ok" else icons.icon(icons.STATE_ICONS.get(kind, "circle-dashed"), 12)


@register.inclusion_tag("ui/components/act_button.html", takes_context=True)
def act_button(
    context: Mapping[str, Any],
    verdict: Verdict | bool,
    url: str,
    label: str,
    look: str = "quiet",
    version: int | str = "",
    icon: str = "",
    confirm: str = "",
    gives_file: bool = False,
    **values: Any,
) -> dict[str, Any]:
    """Draw a button that posts to `url`, or its greyed form with the reason; look is next or quiet."""
    return {
        "allowed": bool(verdict),
        "reason": _reason(verdict),
        "url": url,
        "label": label,
        "look": look,
        "version": version,
        "icon": icon,
        "confirm": confirm,
        "gives_file": gives_file,
        "values": values,
        "csrf_token": context.get("csrf_token", ""),
    }


@register.inclusion_tag("ui/components/act_link.html")
def act_link(
    verdict: Verdict | bool, url: str, label: str, look: str = "quiet", icon: str = ""
) -> dict[str, Any]:
    """Draw a link to the form of an act, or its greyed form with the reason."""
    reason = _reason(verdict)
    return {
        "allowed": bool(verdict),
        "reason": reason,
        "url": url,
        "label": label,
        "look": look,
        "icon": icon,
    }


def _reason(verdict: Verdict | bool) -> str:
    return wording.reason_text(verdict) if isinstance(verdict, Verdict) and not verdict else ""


@register.inclusion_tag("ui/components/chart.html")
def chart(chart: Chart, heading: bool = False) -> dict[str, Any]:
    """Show a chart: sentence, picture when it is drawn, table at once."""
    key = chart.key()
    spec = chart.whole_spec
    width, height = (spec[side] if isinstance(spec[side], int) else size for side, size in _SIZES)
    return {
        "chart": chart,
        "key": key,
        "body": _table_body(chart.rows),
        "heading": heading,
        "picture": mark_safe(chart_store.picture(key)),  # noqa: S308
        "width": width + 60,
        "height": height + 50,
    }


def _table_body(rows: Sequence[Sequence[Any]]) -> SafeString:
    """Return the rows of the table beside a chart; a template would take ten times as long."""
    heads = ((wording.shown(row[0]), _cells(row[1:])) for row in rows if row)
    return format_html_join("", '<tr><th scope="row">{}</th>{}</tr>', heads)


def _cells(values: Sequence[Any]) -> SafeString:
    return format_html_join("", "<td>{}</td>", ((wording.shown(value),) for value in values))


_SIZES = (("width", 560), ("height", 220))


@register.inclusion_tag("ui/components/field.html")
def field(field: BoundField, hint: str = "") -> dict[str, Any]:
    """Draw a form field with label, hint and errors tied to it."""
    return {"field": field, "hint": hint}


@register.inclusion_tag("ui/components/errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """Draw the summary of what has to be mended in a form, each line a link to its field."""
    fields = [each for each in form if each.errors]
    return {"form": form, "fields": fields, "any": bool(form.errors)}


@register.inclusion_tag("ui/components/pager.html")
def pager(listing: Listing) -> dict[str, Any]:
    """Draw how many rows there are and the links to the pages before and after."""
    return {"listing": listing}


@register.inclusion_tag("ui/components/filters.html", takes_context=True)
def filters(context: Mapping[str, Any], listing: Listing) -> dict[str, Any]:
    """Draw the filters of a list as a form, those in use as removable chips, and one's kept views of the list."""
    return {"listing": listing, "csrf_token": context.get("csrf_token")}


@register.simple_tag
def sentence(message_id: str, parameters: Mapping[str, Any] | None = None) -> str:
    """Translate a message id that arrives as data, with its parameters."""
    return wording.sentence(message_id, dict(parameters or {}))


@register.filter
def reason(verdict: Verdict) -> str:
    """Say why a verdict refuses."""
    return wording.reason_text(verdict)


@register.filter
def figure(value: Any, decimals: int | None = None) -> str:
    """Write a number in the reader's language."""
    return wording.figure(value, decimals)


@register.filter
def share(value: Any, decimals: int = 1) -> str:
    """Write a proportion between 0 and 1 as a percentage."""
    return wording.share(value, decimals)


@register.filter
def said(value: Any) -> str:
    """Write a partial date, a day, a moment, a number or any plain value."""
    return wording.shown(value)


@register.filter
def date_said(value: Any) -> str:
    """Write a day in full, a dash when there is none."""
    return wording.shown(value) if value else "–"


@register.filter
def placed(points: Sequence[maps.Point]) -> list[maps.Point]:
    """Return the places of a map with the side on which each name finds room."""
    return maps.placed(points)


@register.filter
def short_day(value: Any) -> str:
    """Write a day briefly, for tables; a dash when there is none."""
    return wording.short_day(value) if value else "–"


@register.filter
def known(value: Any) -> SafeString | str:
    """Write a value, or « not known » quietly when there is none."""
    if value is None or value == "" or (isinstance(value, PartialDate) and not value.is_known):
        return format_html('<span class="quiet">{}</span>', gettext("not known"))
    return wording.shown(value)


@register.filter
def record_link(subject: str, label: str = "") -> SafeString | str:
    """Draw the link to a record from its subject ("kind:key"); plain text when it has no page."""
    text = label or links.key_of(subject)
    url = links.url_of(subject)
    return format_html('<a href="{}">{}</a>', url, text) if url else text


@register.filter
def kind_label(subject: str) -> str:
    """Return what the kind of a subject is called."""
    return links.kind_label(subject)


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """Return the value of a mapping, None when it is absent."""
    return mapping.get(key) if mapping else None


@register.simple_tag
def subject_link(kind: str, key: str, label: str = "") -> SafeString | str:
    """Draw the link to the record of that kind and key."""
    return record_link(f"{kind}:{key}", label)


@register.simple_tag(takes_context=True)
def query(context: Mapping[str, Any], **changes: Any) -> str:
    """Return this page's query string with some parameters changed ("" removes one)."""
    request: HttpRequest = context["request"]
    parameters = request.GET.copy()
    for name, value in changes.items():
        parameters.pop(name, None)
        if value not in (None, ""):
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}"
