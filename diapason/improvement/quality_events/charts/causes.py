"""Draw the causes: the Ishikawa diagram as lines and words, and the five whys as a tree."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext

from diapason.improvement.action_plan.charts import effectiveness_chart
from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.queries import actions_of
from diapason.improvement.quality_events.models import CauseFound, QualityEvent, words
from diapason.improvement.quality_events.models.events import said
from diapason.ui.charts import Chart

WIDTH, HEIGHT, SPINE = 1060, 400, 200
HEAD = 170
"""Width of the box in which the event stands."""
TOP, BOTTOM = 36, HEIGHT - 36
COLUMN, SLANT = 275, 70
LINE = 21
LETTER = 12
MOST_LINES = 6
LONGEST = 31
"""How many signs of a cause are drawn; the list beside the drawing has the whole."""


@dataclass(frozen=True)
class Checked:
    """Hold an action with the chart of the series by which it is judged, None when it is judged by eye."""

    action: Action
    chart: Chart | None


@dataclass(frozen=True)
class Word:
    """Hold a text of the drawing: where, what, how it is anchored, whether it is a root cause."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    kind: str = "cause"


@dataclass(frozen=True)
class Stroke:
    """Hold a line of the drawing."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str = "bone"


@dataclass(frozen=True)
class Drawing:
    """Hold an Ishikawa diagram: strokes and words inside a box of WIDTH × HEIGHT."""

    strokes: tuple[Stroke, ...]
    words: tuple[Word, ...]
    box: str = f"0 0 {WIDTH} {HEIGHT}"


@dataclass
class Branch:
    """Hold a cause with what explains it."""

    cause: CauseFound
    reasons: list["Branch"] = field(default_factory=list)


def effectiveness_of(event: QualityEvent, *, on: date) -> list[Checked]:
    """Return the checked actions of an event, each with its chart."""
    rows = actions_of(event.subject).exclude(criterion_kind="").order_by("opened_on", "number")
    return [Checked(action, effectiveness_chart(action, on=on)) for action in rows]


def tree_of(causes: Sequence[CauseFound]) -> list[Branch]:
    """Return the causes as trees, those that explain the event first."""
    branches = {cause.pk: Branch(cause) for cause in causes}
    roots: list[Branch] = []
    for cause in causes:
        parent = branches.get(cause.parent_id) if cause.parent_id else None
        (parent.reasons if parent else roots).append(branches[cause.pk])
    return roots


def ishikawa(title: str, causes: Sequence[CauseFound]) -> Drawing:
    """Return the diagram of causes by branch: three branches above the spine, three below (Ishikawa 1968)."""
    by_family: dict[str, list[CauseFound]] = defaultdict(list)
    for cause in causes:
        by_family[cause.family].append(cause)
    strokes = [Stroke(20, SPINE, WIDTH - HEAD - 8, SPINE, "spine")]
    texts = [
        Word(WIDTH - HEAD / 2, SPINE - 8 + 18 * place, part, "middle", "event")
        for place, part in enumerate(_folded(title, 19, 3))
    ]
    families = list(words().families.values())
    for place, family in enumerate(families):
        upper = place < (len(families) + 1) // 2
        column = place if upper else place - (len(families) + 1) // 2
        foot = 290 + column * COLUMN
        top = TOP if upper else BOTTOM
        strokes.append(Stroke(foot - SLANT, top, foot, SPINE))
        texts.append(
            Word(foot - SLANT - 8, top - 10 if upper else top + 20, said(family.name), "middle", "family")
        )
        for line, (text, kind) in enumerate(_lines(by_family.get(family.code, []))):
            y = top + 20 + line * LINE if upper else top - 12 - line * LINE
            height = (
                LETTER if upper else 0
            )  # the bone leans towards the head of a letter above, its foot below
            x = foot - SLANT + SLANT * (abs(y - top) - height) / (SPINE - TOP)
            texts.append(Word(x - 8, y, text, "end", kind))
    return Drawing(tuple(strokes), tuple(texts))


def _lines(causes: Sequence[CauseFound]) -> list[tuple[str, str]]:
    """Return what is written along one bone, roots first where not all have room; what has none is counted."""
    if len(causes) <= MOST_LINES:
        shown, left = list(causes), 0
    else:
        shown = sorted(causes, key=lambda cause: not cause.is_root)[: MOST_LINES - 1]
        left = len(causes) - len(shown)
    lines = [(_cut(cause.text), "root" if cause.is_root else "cause") for cause in shown]
    return [*lines, (gettext("and %(count)s more") % {"count": left}, "cause")] if left else lines


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def _folded(text: str, width: int, most: int) -> list[str]:
    lines: list[str] = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1] + "…"]
