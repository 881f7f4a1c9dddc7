"""Read a ClinicalTrials.gov record in the classic XML (`<clinical_study>`).

Of contacts, officials and investigators nothing is taken over: `overall_contact`, `overall_official`,
`contact`, `investigator` and `responsible_party` are never looked at.
"""

from collections.abc import Iterable
from io import BytesIO
from typing import Any, Final

from lxml import etree

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
    date_in,
    place_of,
    sponsor_kind,
    word,
)

ROOT: Final = "clinical_study"
PRUNED_FROM: Final = 2 * 1024 * 1024
"""From this size on, results are dropped while the document is being parsed, to bound the memory."""
_SAFE: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
    "remove_blank_text": True,
}
_NOT_KEPT: Final = frozenset(
    {"clinical_results", "brief_summary", "detailed_description", "eligibility", "reference", "results_reference",
     "overall_official", "overall_contact", "overall_contact_backup", "responsible_party", "contact", "contact_backup",
     "investigator", "arm_group", "primary_outcome", "secondary_outcome", "other_outcome"}
)  # fmt: skip


def record_from(raw: bytes) -> RegistryRecord:
    """Return the record of one document; raise Unreadable with the reason when it is none."""
    root = _root(raw)
    if root.tag != ROOT:
        raise Unreadable("summary" if root.tag == "search_results" else "foreign")
    return _Study(root).record()


def _root(raw: bytes) -> Any:
    if not raw.strip():
        raise Unreadable("empty")
    try:
        return _pruned(raw) if len(raw) > PRUNED_FROM else _whole(raw)
    except etree.XMLSyntaxError as error:
        raise _unreadable(raw, error) from None
    except Unreadable:
        raise
    except (LookupError, ValueError) as error:
        raise Unreadable("malformed", detail=tidy(str(error), 120)) from None


def _whole(raw: bytes) -> Any:
    root: Any = etree.fromstring(raw, etree.XMLParser(**_SAFE))
    if root.getroottree().docinfo.doctype:
        raise Unreadable("doctype")
    return root


def _pruned(raw: bytes) -> Any:
    walk = etree.iterparse(BytesIO(raw), events=("end",), tag=tuple(_NOT_KEPT), **_SAFE)
    for _, element in walk:
        element.clear()
    root = walk.root
    if root.getroottree().docinfo.doctype:
        raise Unreadable("doctype")
    return root


_PLACE: Final = ("name", "city", "state", "zip", "country", "status")
_ENCODING_ERRORS: Final = frozenset(
    etree.ErrorTypes.__dict__[name]
    for name in (
        "ERR_INVALID_ENCODING",
        "ERR_INVALID_CHAR",
        "ERR_UNSUPPORTED_ENCODING",
        "ERR_UNKNOWN_ENCODING",
    )
)


def _unreadable(raw: bytes, error: Any) -> Unreadable:
    if error.code in _ENCODING_ERRORS:
        return Unreadable("encoding")
    if b"<!DOCTYPE" in raw[:4096]:
        return Unreadable("doctype")
    if b"<clinical_study" in raw and not raw.rstrip().endswith(b"</clinical_study>"):
        return Unreadable("truncated")
    return Unreadable("malformed", detail=tidy(str(error.msg), 120))


def _text(element: Any, path: str, longest: int = 300) -> str:
    return "" if element is None else tidy(element.findtext(path), longest)


def _texts(elements: Iterable[Any], longest: int = 300) -> list[str]:
    return [text for element in elements if (text := tidy(element.text, longest))]


class _Study:
    """Walk one document; `first` holds the first child of each name, `all` the children of each name."""

    def __init__(self, root: Any) -> None:
        self.all: dict[str, list[Any]] = {}
        for child in root:
            self.all.setdefault(child.tag, []).append(child)
        self.seen = Understanding()

    def text(self, name: str, longest: int = 300) -> str:
        """Return the text of the first child of that name."""
        found = self.all.get(name)
        return tidy(found[0].text, longest) if found else ""

    def child(self, name: str) -> Any:
        """Return the first child of that name, or None."""
        found = self.all.get(name)
        return found[0] if found else None

    def texts(self, name: str, path: str) -> list[str]:
        """Return the texts at `path` below each child of that name."""
        return _texts(below for child in self.all.get(name, ()) for below in child.iterfind(path))

    def record(self) -> RegistryRecord:
        """Return the canonical record; raise Unreadable when identifier or title are missing."""
        seen = self.seen
        number, title = self._number(), self.text("brief_title", 600) or self.text("official_title", 600)
        if not title:
            raise Unreadable("no_title")
        kind = seen.kind(self.text("study_type"))
        enrolment = self.child("enrollment")
        return RegistryRecord(
            identifier=number,
            identifiers=self._identifiers(number),
            title=title,
            official_title=self.text("official_title", 1200),
            acronym=self.text("acronym", 60),
            **self._sponsor(),
            collaborators=tuple(self.texts("sponsors", "collaborator/agency")),
            kind=kind,
            phase=seen.phase(self.text("phase")),
            purpose=word(_text(self.child("study_design_info"), "primary_purpose"))
            if kind == StudyKind.INTERVENTIONAL
            else "",
            interventions=tuple(sorted({word(t) for t in self.texts("intervention", "intervention_type")})),
            conditions=tuple(_texts(self.all.get("condition", ()), 120)),
            **self._life(),
            enrolment=seen.count(tidy(enrolment.text)) if enrolment is not None else None,
            enrolment_is_actual=actual(enrolment.get("type", "")) if enrolment is not None else None,
            sites=gathered(self._sites()),
            data_on=date_in(_text(self.child("required_header"), "download_date")),
            doubts=tuple(seen.doubts),
        )

    def _life(self) -> dict[str, Any]:
        seen, last_known = self.seen, self.text("last_known_status")
        first = self._first("study_first_submitted", "firstreceived_date")
        updated = self._first("last_update_submitted", "last_update_posted", "lastchanged_date")
        return {
            "status": seen.status(self.text("overall_status")),
            "last_known_status": seen.status(last_known) if last_known else "",
            "start": self._date("start_date"),
            "primary_end": self._date("primary_completion_date"),
            "end": self._date("completion_date"),
            "verified": seen.partial(self.text("verification_date"), "verification_date"),
            "first_seen": seen.day(first, "study_first_submitted"),
            "version_on": seen.day(updated, "last_update_submitted"),
        }

    def _number(self) -> str:
        found = _text(self.child("id_info"), "nct_id", 40)
        kind, number = identifiers.recognised(found)
        if kind != "nct":
            raise Unreadable("no_identifier", found=found or "–")
        return number

    def _identifiers(self, number: str) -> tuple[tuple[str, str], ...]:
        info = self.child("id_info")
        return all_identifiers(
            number,
            _texts(info.iterfind("nct_alias")),
            _text(info, "org_study_id"),
            _texts(info.iterfind("secondary_id")),
        )

    def _sponsor(self) -> dict[str, Any]:
        kind = sponsor_kind(_text(self.child("sponsors"), "lead_sponsor/agency_class"))
        name = _text(self.child("sponsors"), "lead_sponsor/agency")
        return {"sponsor": "" if kind == "person" else name, "sponsor_kind": kind}

    def _date(self, name: str) -> RegistryDate:
        element = self.child(name)
        if element is None:
            return RegistryDate()
        return RegistryDate(self.seen.partial(tidy(element.text, 60), name), actual(element.get("type", "")))

    def _first(self, *names: str) -> str:
        return next((text for name in names if (text := self.text(name, 60))), "")

    def _sites(self) -> Iterable[RegistrySite]:
        for location in self.all.get("location", ()):
            found = {below.tag: below.text for below in location.iter(*_PLACE)}.get
            place = place_of(found("name"), found("city"), found("state"), found("zip"), found("country"))
            yield RegistrySite(*place, self.seen.site_status(tidy(found("status"))))
