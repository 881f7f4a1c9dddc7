"""Recognise a member of the network behind the names that registers use for places and sponsors."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from diapason.context.network.rules import sort_key
from diapason.context.studies.rules.countries import HOME

GENERIC: Final = frozenset(
    """
    a and au aux d de del des du e et en for fur in l la le les of pour s the un une
    centre center centres institut institute insitut ins hopital hospital site sites section ensemble hospitalier
    medical medicale medicales oncology oncologie oncologique hematology hematologie thoracic radiotherapie
    service services departement department dept unite unit pole comite clinical clinique recherche research
    regional regionale lutte lute contre cancer cancers cancerologie anticancereux comprehensive campus
    clcc crlcc crlc clc unicancer fondation direction delegation developpement innovation federation national
    cedex france grand
    """.split()
)
"""Words that do not tell one establishment from another."""
FOREIGN: Final = frozenset(
    "ch chu chr chru chi hcl hus hospices civils aphp aphm assistance publique universitaire university universite "
    "polyclinique prive privee private laboratoire cabinet ghu groupe".split()
)
"""Words that speak of another house, even where a member's name stands beside them."""
_PARENTHESES: Final = re.compile(r"[()]")
_CITY_NOISE: Final = re.compile(r"\b(cedex|st|ste)\b|\d+")
_DEPARTMENT: Final = re.compile(r"(\d{2})\d{3}")


@dataclass(frozen=True)
class MemberName:
    """Hold one name under which a member, or one of its sites, is known."""

    name: str
    organization_id: int
    site_id: int | None = None


@dataclass(frozen=True)
class MemberSite:
    """Hold one site of a member with what locates it."""

    site_id: int
    organization_id: int
    city: str = ""
    department: str = ""


@dataclass(frozen=True)
class Match:
    """Hold whom a name is recognised as: surely, perhaps (a person confirms), or nobody."""

    organization_id: int | None = None
    site_id: int | None = None
    is_sure: bool = False

    def __bool__(self) -> bool:
        return self.organization_id is not None


NOBODY: Final = Match()


@dataclass
class _Known:
    member: MemberName
    telling: frozenset[str]
    whole: frozenset[str]


@dataclass
class Directory:
    """Know the members by their names and places; `confirmed` holds what persons decided, by place key."""

    names: Iterable[MemberName]
    sites: Iterable[MemberSite]
    confirmed: dict[str, Match] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sites = list(self.sites)
        self._known: list[_Known] = []
        for member in self.names:
            for part in _PARENTHESES.split(member.name):
                whole = frozenset(sort_key(part).split()) - _SMALL
                if whole:
                    self._known.append(_Known(member, whole - GENERIC, whole))
        self._answers: dict[tuple[str, str, str, str], Match] = {}

    def place(self, name: str, city: str, postcode: str, country: str, key: str) -> Match:
        """Return the member's site that a register's place is."""
        if key in self.confirmed:
            return self.confirmed[key]
        if country not in {HOME, ""} or not name:
            return NOBODY
        asked = (name, city, postcode, country)
        if asked not in self._answers:
            self._answers[asked] = self._place(name, city, postcode)
        return self._answers[asked]

    def sponsor(self, name: str, key: str) -> Match:
        """Return the member that a register's sponsor is; a single telling word has to stand alone."""
        if key in self.confirmed:
            return self.confirmed[key]
        words = frozenset(sort_key(name).split()) - _SMALL
        best = NOBODY
        for known in self._known:
            found = known.telling <= words if known.telling else known.whole == words
            if not found or words & FOREIGN - known.whole:
                continue
            extra = words - known.whole - GENERIC
            if len(known.telling) >= 2 or not extra:
                return Match(known.member.organization_id, is_sure=True)
            best = best or Match(known.member.organization_id)
        return best

    def _place(self, name: str, city: str, postcode: str) -> Match:
        words, town = frozenset(sort_key(name).split()) - _SMALL, _town(city)
        department = _department(postcode)
        best = NOBODY
        for known in self._known:
            certainty = _certainty(known, words, frozenset(town.split()))
            if not certainty:
                continue
            near = self._near(known.member, town, department)
            if near is None:
                best = best or (
                    NOBODY if words & FOREIGN - known.whole else Match(known.member.organization_id)
                )
                continue
            sure = certainty == 2 and not words & FOREIGN - known.whole
            found = Match(known.member.organization_id, near or known.member.site_id, sure)
            if sure:
                return found
            best = found if not best.site_id else best
        return best

    def _near(self, member: MemberName, town: str, department: str) -> int | None:
        """Return the site of the member in that town or department, None when it has none there."""
        sites = [site for site in self.sites if site.organization_id == member.organization_id]
        if member.site_id is not None:
            sites = [site for site in sites if site.site_id == member.site_id]
        for site in sites:
            if town and _town(site.city) == town:
                return site.site_id
        for site in sites:
            if department and site.department == department:
                return site.site_id
        return None


_SMALL: Final = frozenset("a au aux d de des du e et en l la le les of s the".split())


def _town(city: str) -> str:
    return " ".join(_CITY_NOISE.sub(" ", sort_key(city)).replace("saint", " ").split())


def _department(postcode: str) -> str:
    match = _DEPARTMENT.search(postcode)
    return match[1] if match else ""


def _certainty(known: _Known, words: frozenset[str], town: frozenset[str]) -> int:
    """Return 2 when the words surely name the member, 1 perhaps, 0 not.

    Two telling words besides the town suffice; a single one, or a name made of the town and general words only,
    must stand without other telling words.
    """
    telling = known.telling - town
    extra = words - known.whole - GENERIC - town
    if len(telling) >= 2:
        return 2 if telling <= words else 0
    if telling:
        return 0 if not telling <= words else 1 if extra else 2
    if len(known.whole) < 3 or not known.whole <= words:
        return 0
    return 1 if extra else 2
