"""Read ClinicalTrials.gov records in the JSON of API v2 (`protocolSection`).

Of contacts, officials and investigators nothing is taken over: `centralContacts`, `overallOfficials`,
`contacts` of locations and `responsibleParty` are never looked at.
"""

from collections.abc import Iterable
from typing import Any

import orjson

from diapason.context.studies.rules import identifiers
from diapason.context.studies.rules.vocabulary import StudyKind
from diapason.operation.registry_imports.readers.record import (
    RegistryDate,
    RegistryRecord,
    RegistrySite,
    Unreadable,
    gathered,
    tidy,
)
from diapason.operation.registry_imports.readers.values import (
    Understanding,
    actual,
    all_identifiers,
    partial_date,
    place_of,
    sponsor_kind,
    word,
)

SECTION = "protocolSection"
_PLACE = ("facility", "city", "state", "zip", "country")


def decoded(raw: bytes) -> Any:
    """Return the value of a JSON text; raise Unreadable with the reason."""
    text = raw.removeprefix(b"\xef\xbb\xbf")
    if not text.strip():
        raise Unreadable("empty")
    if text[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in text[:4]:
        raise Unreadable("encoding")
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise _unreadable(text, error) from None


def _unreadable(text: bytes, error: orjson.JSONDecodeError) -> Unreadable:
    try:
        text.decode()
    except UnicodeDecodeError:
        return Unreadable("encoding")
    if error.pos >= len(error.doc.rstrip()) - 1 or "unexpected end" in error.msg:
        return Unreadable("truncated")
    return Unreadable("malformed", detail=tidy(f"{error.msg}, {error.lineno}:{error.colno}", 120))


def record_from(value: Any) -> RegistryRecord:
    """Return the record of one decoded object; raise Unreadable with the reason when it is none."""
    if not isinstance(value, dict):
        raise Unreadable("not_object")
    if not isinstance(value.get(SECTION), dict):
        raise Unreadable("foreign")
    return _Study(value).record()


def _at(value: Any, *path: str) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _text(value: Any, *path: str, longest: int = 300) -> str:
    return tidy(_at(value, *path), longest)


def _list(value: Any, *path: str) -> list[Any]:
    found = _at(value, *path)
    return found if isinstance(found, list) else []


def _texts(values: Iterable[Any], longest: int = 300) -> list[str]:
    return [text for value in values if (text := tidy(value, longest))]


class _Study:
    """Walk one object."""

    def __init__(self, value: dict[str, Any]) -> None:
        self.value = value
        self.section: dict[str, Any] = value[SECTION]
        self.identity = _at(self.section, "identificationModule")
        self.stages = _at(self.section, "statusModule")
        self.design = _at(self.section, "designModule")
        self.seen = Understanding()

    def record(self) -> RegistryRecord:
        """Return the canonical record; raise Unreadable when identifier or title are missing."""
        seen, section, design = self.seen, self.section, self.design
        number = self._number()
        title = _text(self.identity, "briefTitle", longest=600) or _text(
            self.identity, "officialTitle", longest=600
        )
        if not title:
            raise Unreadable("no_title")
        kind = seen.kind(_text(design, "studyType"))
        sponsors = _at(section, "sponsorCollaboratorsModule")
        interventions = _list(section, "armsInterventionsModule", "interventions")
        return RegistryRecord(
            identifier=number,
            identifiers=self._identifiers(number),
            title=title,
            official_title=_text(self.identity, "officialTitle", longest=1200),
            acronym=_text(self.identity, "acronym", longest=60),
            **self._sponsor(sponsors),
            collaborators=tuple(_texts(_at(c, "name") for c in _list(sponsors, "collaborators"))),
            kind=kind,
            phase=seen.phase(" ".join(_texts(_list(design, "phases")))),
            purpose=word(_text(design, "designInfo", "primaryPurpose"))
            if kind == StudyKind.INTERVENTIONAL
            else "",
            interventions=tuple(sorted({word(t) for t in _texts(_at(i, "type") for i in interventions)})),
            conditions=tuple(_texts(_list(section, "conditionsModule", "conditions"), 120)),
            **self._life(),
            enrolment=seen.count(_at(design, "enrollmentInfo", "count")),
            enrolment_is_actual=actual(_text(design, "enrollmentInfo", "type")),
            sites=gathered(self._sites()),
            data_on=self._data_on(),
            doubts=tuple(seen.doubts),
        )

    def _life(self) -> dict[str, Any]:
        seen, stages = self.seen, self.stages
        last_known = _text(stages, "lastKnownStatus")
        updated = _text(stages, "lastUpdateSubmitDate") or _text(stages, "lastUpdatePostDateStruct", "date")
        return {
            "status": seen.status(_text(stages, "overallStatus")),
            "last_known_status": seen.status(last_known) if last_known else "",
            "start": self._date("startDateStruct"),
            "primary_end": self._date("primaryCompletionDateStruct"),
            "end": self._date("completionDateStruct"),
            "verified": seen.partial(_text(stages, "statusVerifiedDate"), "statusVerifiedDate"),
            "first_seen": seen.day(_text(stages, "studyFirstSubmitDate"), "studyFirstSubmitDate"),
            "version_on": seen.day(updated, "lastUpdateSubmitDate"),
        }

    def _number(self) -> str:
        found = _text(self.identity, "nctId", longest=40)
        kind, number = identifiers.recognised(found)
        if kind != "nct":
            raise Unreadable("no_identifier", found=found or "–")
        return number

    def _identifiers(self, number: str) -> tuple[tuple[str, str], ...]:
        return all_identifiers(
            number,
            _texts(_list(self.identity, "nctIdAliases")),
            _text(self.identity, "orgStudyIdInfo", "id"),
            _texts(_at(other, "id") for other in _list(self.identity, "secondaryIdInfos")),
        )

    def _sponsor(self, sponsors: Any) -> dict[str, Any]:
        kind = sponsor_kind(_text(sponsors, "leadSponsor", "class"))
        name = _text(sponsors, "leadSponsor", "name")
        return {"sponsor": "" if kind == "person" else name, "sponsor_kind": kind}

    def _date(self, name: str) -> RegistryDate:
        when = self.seen.partial(_text(self.stages, name, "date", longest=60), name)
        return RegistryDate(when, actual(_text(self.stages, name, "type")))

    def _data_on(self) -> Any:
        found = partial_date(
            _text(self.value, "derivedSection", "miscInfoModule", "versionHolder", longest=40)
        )
        return found.earliest if found else None

    def _sites(self) -> Iterable[RegistrySite]:
        for location in _list(self.section, "contactsLocationsModule", "locations"):
            if isinstance(location, dict):
                given = [location.get(name) for name in _PLACE]
                place = place_of(*[text if isinstance(text, str) else None for text in given])
                yield RegistrySite(*place, self.seen.site_status(_text(location, "status")))
