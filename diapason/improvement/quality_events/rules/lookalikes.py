"""Find look-alikes among one's own events, by words and by facts; each score says why."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

STEM: Final = 6
"""How many letters of a word are kept: enough to join singular and plural, verb and noun."""
LEAST: Final = 0.22
"""Below this score, two events are not called look-alikes."""
STOP: Final = frozenset(
    "avec aucun aussi autre avant apres cette celui dans deux donc elle elles encore entre etait etre faire fait "
    "leur mais meme moins notre nous pour plus quand sans sont sous suite toute tous tres votre vous "
    "about after also been before between from have into more other same than that their them then there "
    "they this were when which with without would".split()
)
WEIGHTS: Final = {
    "study": 0.18,
    "site": 0.06,
    "category": 0.12,
    "process": 0.1,
    "document": 0.16,
    "kind": 0.05,
}
"""What each fact in common adds; the words in common count for the rest."""
WORDS: Final = 0.6


@dataclass(frozen=True)
class Traits:
    """Hold what is compared of an event: its words and its facts ("" where unknown)."""

    key: str
    text: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Alike:
    """Hold one look-alike: the score from 0 to 1, the facts and the words in common."""

    key: str
    score: float
    facts: tuple[str, ...]
    words: tuple[str, ...]


def stems(text: str) -> frozenset[str]:
    """Return the word stems of a text: accents folded, short and empty words left out."""
    folded = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return frozenset(word[:STEM] for word in re.findall(r"[a-z0-9]{4,}", plain) if word not in STOP)


def alike(one: Traits, others: Iterable[Traits], *, limit: int = 5) -> list[Alike]:
    """Return the look-alikes of an event, best first; a word that many share counts less than a rare one.

    Words are weighed by their rarity among the candidates (inverse document frequency); the share of the weight
    in common is the generalized Jaccard index.
    """
    candidates = [(other, stems(other.text)) for other in others if other.key != one.key]
    mine = stems(one.text)
    if not candidates:
        return []
    spread = Counter(stem for _, theirs in candidates for stem in theirs)
    found = [_compared(one, mine, other, theirs, spread, len(candidates)) for other, theirs in candidates]
    kept = [item for item in found if item.score >= LEAST and (item.words or len(item.facts) > 2)]
    return sorted(kept, key=lambda item: (-item.score, item.key))[:limit]


def _compared(
    one: Traits, mine: frozenset[str], other: Traits, theirs: frozenset[str], spread: Counter[str], total: int
) -> Alike:
    common = mine & theirs
    weight = {stem: log(1 + total / (1 + spread[stem])) for stem in mine | theirs}
    whole = sum(weight.values())
    share = sum(weight[stem] for stem in common) / whole if whole else 0.0
    facts = _facts_in_common(one.facts, other.facts)
    score = WORDS * min(1.0, 2 * share) + sum(WEIGHTS.get(name, 0.0) for name in facts)
    words = sorted(common, key=lambda stem: (-weight[stem], stem))[:4]
    return Alike(other.key, round(min(1.0, score), 3), facts, tuple(words))


def _facts_in_common(one: Sequence[tuple[str, str]], other: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    theirs = dict(other)
    return tuple(name for name, value in one if value and theirs.get(name) == value)
