"""Invent studies whose state at the end of 2017 gives the release's totals, and a portfolio alive today."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from diapason.context.studies.rules.drafts import PlaceDraft, SiteDraft, StudyDraft
from diapason.context.studies.rules.history import UNDATED, StatusDraft
from diapason.demonstration.invention import day_between, draw, pick, shares
from diapason.kernel.dates import PartialDate

TURN = date(2017, 12, 31)
"""The day on which the release's figures are read."""
SPONSORED, CENTRAL, CENTRAL_RECRUITING = 569, 86, 44
BY_OTHERS, BY_OTHERS_SINCE = 1_080, 420
RECRUITING_PLACES, PLACES_ABROAD = 216, 52
SINCE_THEN, BEFORE = 620, 45
"""Studies begun after the turn, and ended before it: they make the first step alive, further steps go without."""


@dataclass(frozen=True)
class Member:
    """Hold a member: its identifier in the database, its code and its sites (identifiers)."""

    organization_id: int
    code: str
    site_ids: tuple[int, ...]


@dataclass(frozen=True)
class Life:
    """Hold the days of a study: opened, closed to inclusion, ended (None: not yet)."""

    opens: date
    closes: date | None
    ends: date | None


@dataclass
class Invention:
    """Hold what studies are invented from."""

    words: dict[str, Any]
    centres: Sequence[Member]
    central: Member
    today: date
    scale: int = 1
    places: list[PlaceDraft] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.places = _places(self.words["places"])
        self.weights = list(accumulate(design["weight"] for design in self.words["designs"]))

    def all(self) -> Iterator[StudyDraft]:
        """Give every study, those of each scale step with a number of their own."""
        for step in range(self.scale):
            chance = draw(f"studies {step}")
            yield from self._central(chance, step)
            yield from self._of_centres(chance, step)
            yield from self._of_others(chance, step)
            if step == 0:
                yield from self._newer_and_older(chance, step)

    def _central(self, chance: random.Random, step: int) -> Iterator[StudyDraft]:
        open_places = self._recruiting_places(chance)
        for position in range(CENTRAL):
            recruiting = position < CENTRAL_RECRUITING
            life = _life_at_turn(chance, self.today, recruiting=recruiting)
            sites = (
                open_places[position]
                if recruiting
                else self._sites(chance, pick(chance, self.centres, chance.randint(4, 14)), abroad=1)
            )
            yield self._study(chance, self.central, life, sites, f"{self.central.code}-{step}-{position}")

    def _recruiting_places(self, chance: random.Random) -> list[list[SiteDraft]]:
        """Return the sites of each recruiting study of R&D: together 216 distinct places, 52 of them abroad."""
        home = [
            SiteDraft(organization_id=m.organization_id, site_id=s) for m in self.centres for s in m.site_ids
        ]
        france = [place for place in self.places if place.country == "FR"]
        abroad = [place for place in self.places if place.country != "FR"]
        chosen = pick(chance, france, RECRUITING_PLACES - PLACES_ABROAD - len(home))
        every = home + [
            SiteDraft(place=place, country=place.country)
            for place in chosen + pick(chance, abroad, PLACES_ABROAD)
        ]
        groups: list[list[SiteDraft]] = [[] for _ in range(CENTRAL_RECRUITING)]
        for position, site in enumerate(every):
            groups[position % CENTRAL_RECRUITING].append(site)
        for group in groups:
            known = {(site.site_id, site.place) for site in group}
            group.extend(site for site in pick(chance, home, 6) if (site.site_id, site.place) not in known)
        return groups

    def _of_centres(self, chance: random.Random, step: int) -> Iterator[StudyDraft]:
        counts = shares(chance, SPONSORED - CENTRAL, len(self.centres), least=8)
        for member, count in zip(self.centres, counts, strict=True):
            for position in range(count):
                life = _life_at_turn(chance, self.today, recruiting=chance.random() < 0.52)
                sites = self._own_sites(chance, member)
                yield self._study(chance, member, life, sites, f"{member.code}-{step}-{position}")

    def _newer_and_older(self, chance: random.Random, step: int) -> Iterator[StudyDraft]:
        for position in range(SINCE_THEN + BEFORE):
            member = self.central if position % 7 == 0 else chance.choice(self.centres)
            if position < SINCE_THEN:
                life = _life_from(chance, day_between(chance, date(2018, 1, 8), self.today), self.today)
            else:
                opens = day_between(chance, date(2009, 1, 5), date(2012, 12, 20))
                life = Life(
                    opens, opens + timedelta(days=620), opens + timedelta(days=chance.randint(1100, 1700))
                )
            sites = self._own_sites(chance, member)
            if member is self.central:
                sites = self._sites(
                    chance, pick(chance, self.centres, chance.randint(4, 14)), abroad=chance.randint(6, 14)
                )
            yield self._study(chance, member, life, sites, f"{member.code}-{step}-n{position}")
        for position in range(BY_OTHERS_SINCE):
            life = _life_from(chance, day_between(chance, date(2019, 1, 7), self.today), self.today)
            yield self._of_other(chance, life, f"EXT-{step}-n{position}")

    def _of_others(self, chance: random.Random, step: int) -> Iterator[StudyDraft]:
        for position in range(BY_OTHERS):
            life = _life_at_turn(chance, self.today, recruiting=chance.random() < 0.6)
            yield self._of_other(chance, life, f"EXT-{step}-{position}")

    def _of_other(self, chance: random.Random, life: Life, reference: str) -> StudyDraft:
        sponsor = chance.choice(self.words["sponsors"])
        members = pick(chance, self.centres, chance.choice((1, 1, 1, 2, 2, 3, 5)))
        return self._study(chance, sponsor, life, self._sites(chance, members, abroad=0), reference)

    def _own_sites(self, chance: random.Random, member: Member) -> list[SiteDraft]:
        others = pick(chance, self.centres, chance.choice((0, 0, 0, 1, 2, 3)))
        own = [] if member is self.central else [member]
        return self._sites(chance, own + [other for other in others if other is not member], abroad=0)

    def _sites(self, chance: random.Random, members: Sequence[Member], *, abroad: int) -> list[SiteDraft]:
        sites = [
            SiteDraft(organization_id=member.organization_id, site_id=chance.choice(member.site_ids))
            for member in members
        ]
        places = pick(chance, self.places, abroad) if abroad else []
        return sites + [SiteDraft(place=place, country=place.country) for place in places]

    def _study(
        self,
        chance: random.Random,
        sponsor: Member | dict[str, str],
        life: Life,
        sites: Sequence[SiteDraft],
        reference: str,
    ) -> StudyDraft:
        design = chance.choices(self.words["designs"], cum_weights=self.weights)[0]
        disease = chance.choice(self.words["diseases"])
        planned = chance.choice((24, 40, 60, 90, 120, 180, 240, 360, 480, 600))
        statuses, status = _statuses(life, self.today)
        opened, closed = PartialDate.day(life.opens), PartialDate.day(life.ends) if life.ends else UNDATED
        own = sponsor.organization_id if isinstance(sponsor, Member) else None
        outside = {} if isinstance(sponsor, Member) else sponsor
        return StudyDraft(
            title_fr=design["fr"].format(disease=disease["fr"]),
            title_en=design["en"].format(disease=disease["en"]),
            acronym=f"{chance.choice(self.words['acronyms'])}-{chance.randint(1, 99)}",
            sponsor_id=own,
            sponsor_name=outside.get("name", ""),
            sponsor_kind=outside.get("kind", ""),
            funding=outside.get("kind", ""),
            lead_id=own or sites[0].organization_id,
            kind=design["kind"],
            category=design["category"],
            phase=design["phase"],
            conditions=disease["en"],
            is_therapeutic=design["category"] in {"CTR", "RIPH1"},
            planned_enrolment=planned,
            actual_enrolment=int(planned * chance.uniform(0.7, 1.1))
            if life.ends and life.ends <= self.today
            else None,
            starts=opened,
            ends=closed,
            identifiers=(("sponsor", f"FICTIF-{reference}"),),
            statuses=statuses,
            sites=tuple(_dated(site, status, opened, closed) for site in sites),
        )


def _life_at_turn(chance: random.Random, today: date, *, recruiting: bool) -> Life:
    """Return a life that is in inclusion, or in follow-up, on the last day of 2017."""
    if recruiting:
        opens = day_between(chance, date(2014, 3, 3), date(2017, 11, 30))
        closes = day_between(chance, date(2018, 2, 1), date(2020, 10, 30))
    else:
        opens = day_between(chance, date(2010, 1, 11), date(2015, 6, 30))
        closes = day_between(chance, opens + timedelta(days=500), date(2017, 11, 30))
    ends = closes + timedelta(days=chance.randint(900, 4300))
    return Life(opens, closes, max(ends, date(2018, 1, 15)) if ends <= today else None)


def _life_from(chance: random.Random, opens: date, today: date) -> Life:
    """Return a life that begins on that day, told up to today."""
    closes = opens + timedelta(days=chance.randint(500, 1600))
    ends = closes + timedelta(days=chance.randint(900, 3600))
    return Life(opens, closes if closes <= today else None, ends if ends <= today else None)


def _statuses(life: Life, today: date) -> tuple[tuple[StatusDraft, ...], str]:
    story = [("authorised", life.opens - timedelta(days=75)), ("recruiting", life.opens)]
    if life.closes and life.closes <= today:
        story.append(("in_follow_up", life.closes))
    if life.ends and life.ends <= today:
        story.append(("completed", life.ends))
    drafts = tuple(StatusDraft(status, PartialDate.day(day)) for status, day in story if day <= today)
    return drafts, drafts[-1].status


def _dated(site: SiteDraft, status: str, opened: PartialDate, closed: PartialDate) -> SiteDraft:
    return SiteDraft(
        organization_id=site.organization_id,
        site_id=site.site_id,
        place=site.place,
        country=site.country or "FR",
        status=status,
        opened=opened,
        closed=closed,
    )


def _places(words: dict[str, Any]) -> list[PlaceDraft]:
    places = [
        PlaceDraft(name=f"{name} de {town}", city=town, country="FR")
        for name in words["france"]["names"]
        for town in words["france"]["towns"]
    ]
    for country in words["abroad"]:
        places += [
            PlaceDraft(name=f"{name} {town}", city=town, country=country["country"])
            for name in country["names"]
            for town in country["towns"]
        ]
    return places
