"""Normalise and check the identifiers of a study, whatever register gave them."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from diapason.context.network.rules import BadIdentifier
from diapason.kernel.words import message


@dataclass(frozen=True)
class Kind:
    """Hold one kind of identifier: code, label (message id), canonical shape and what finds it in a text.

    `shape` matches the canonical form; `loose` finds dirty forms, its groups are joined by `joint`
    after `lead`. `is_unique`: two studies cannot bear the same one.
    """

    code: str
    label: str
    example: str
    shape: re.Pattern[str]
    loose: re.Pattern[str]
    lead: str = ""
    joint: str = "-"
    is_unique: bool = True


def _kind(
    code: str, label: str, example: str, shape: str, loose: str, lead: str = "", joint: str = "-"
) -> Kind:
    return Kind(code, label, example, re.compile(shape), re.compile(loose), lead, joint)


_GAP = r"[\s:.#°/_-]*"
_PART = r"\s*-?\s*"

KINDS: Final[dict[str, Kind]] = {
    kind.code: kind
    for kind in (
        _kind(
            "nct",
            message("ClinicalTrials.gov number"),
            "NCT03275311",
            r"NCT\d{8}",
            rf"\bNCT{_GAP}(\d{{8}})(?!\d)",
            "NCT",
        ),
        _kind(
            "eu_ct",
            message("EU CT number"),
            "2023-505575-69-01",
            r"20\d{2}-5\d{5}-\d{2}(-\d{2})?",
            rf"(?<!\d)(20\d{{2}}){_PART}(5\d{{5}}){_PART}(\d{{2}})(?:{_PART}(\d{{2}}))?(?!\d)",
        ),
        _kind(
            "eudract",
            message("EudraCT number"),
            "2005-003091-38",
            r"20(0[4-9]|[1-9]\d)-[0-46-9]\d{5}-\d{2}|20(0[4-9]|1\d|2[0-3])-5\d{5}-\d{2}",
            rf"(?<!\d)(20\d{{2}}){_PART}(\d{{6}}){_PART}(\d{{2}})(?!\d)",
        ),
        _kind(
            "id_rcb",
            message("ID-RCB number"),
            "2018-A01234-51",
            r"(19|20)\d{2}-A\d{5}-\d{2}",
            rf"(?<!\d)((?:19|20)\d{{2}}){_PART}(A\d{{5}}){_PART}(\d{{2}})(?!\d)",
        ),
        _kind(
            "isrctn",
            message("ISRCTN number"),
            "ISRCTN65282717",
            r"ISRCTN\d{8}",
            rf"\bISRCTN{_GAP}(\d{{8}})(?!\d)",
            "ISRCTN",
        ),
        _kind(
            "utn",
            message("WHO universal trial number"),
            "U1111-1234-5678",
            r"U1111-\d{4}-\d{4}",
            rf"\b(U1111){_PART}(\d{{4}}){_PART}(\d{{4}})(?!\d)",
        ),
        _kind(
            "drks",
            message("German register number"),
            "DRKS00004156",
            r"DRKS\d{8}",
            rf"\bDRKS{_GAP}(\d{{8}})(?!\d)",
            "DRKS",
        ),
        _kind(
            "jrct",
            message("Japanese register number"),
            "jRCT2031200001",
            r"jRCTs?\d{9,10}",
            rf"\bJRCT{_GAP}(S?\d{{9,10}})(?!\d)",
            "jRCT",
        ),
        _kind(
            "actrn",
            message("Australian and New Zealand register number"),
            "ACTRN12605000001606",
            r"ACTRN126\d{11}",
            rf"\bACTRN{_GAP}(126\d{{11}})(?!\d)",
            "ACTRN",
        ),
        _kind(
            "chictr",
            message("Chinese register number"),
            "ChiCTR2000029308",
            r"ChiCTR[A-Z0-9-]{8,20}",
            rf"\bCHICTR{_GAP}([A-Z]{{0,6}}-?\d{{8,10}})(?!\d)",
            "ChiCTR",
        ),
        _kind(
            "ctri",
            message("Indian register number"),
            "CTRI/2018/04/013155",
            r"CTRI/20\d{2}/\d{2,3}/\d{6}",
            r"\bCTRI\s*/\s*(20\d{2})\s*/\s*(\d{2,3})\s*/\s*(\d{6})(?!\d)",
            "CTRI/",
            "/",
        ),
        _kind(
            "ansm",
            message("ANSM file number"),
            "MEDAECNAT-2019-09-00012",
            r"(MED|MSA)AEC[A-Z]{3}-20\d{2}-\d{2}-\d{4,5}",
            r"\b((?:MED|MSA)AEC[A-Z]{3})-(20\d{2})-(\d{2})-(\d{4,5})(?!\d)",
        ),
    )
}
"""The kinds that have a check rule, the most telling first (none of them publishes its control digits)."""

SPONSOR_CODE: Final = "sponsor_code"
OTHER: Final = "other"
LABELS: Final[dict[str, str]] = {
    **{code: kind.label for code, kind in KINDS.items()},
    SPONSOR_CODE: message("Sponsor’s own code"),
    OTHER: message("Other identifier"),
}
PREFERENCE: Final = ("nct", "eu_ct", "eudract", "id_rcb", "isrctn")
"""The order in which one identifier is chosen to name a study in its address."""

LONGEST: Final = 60
_DASHES = re.compile(r"[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D\u00AD]")


def cleaned(text: str) -> str:
    """Return the text in upper case with plain digits, plain hyphens and single spaces."""
    plain = unicodedata.normalize("NFKC", text)
    plain = _DASHES.sub("-", plain).replace("\u200b", "").replace("\ufeff", "")
    return " ".join(plain.upper().split())


def _joined(kind: Kind, match: re.Match[str]) -> str:
    parts = [part for part in match.groups() if part]
    body = kind.joint.join(parts)
    if kind.code == "jrct":
        body = body.lower()
    return kind.lead + body


def check(kind_code: str, text: str) -> str:
    """Return the identifier in its canonical form; raise BadIdentifier when it is not one of that kind."""
    value = cleaned(text)
    if not value:
        raise BadIdentifier(message("An identifier cannot be empty."))
    if kind_code not in KINDS:
        return _free(kind_code, text)
    kind = KINDS[kind_code]
    match = kind.loose.search(value)
    found = _joined(kind, match) if match else ""
    if not match or not kind.shape.fullmatch(found) or _rest_is_doubtful(value, match):
        raise BadIdentifier(
            message("“%(text)s” is not written like this kind of identifier (example: %(example)s)."),
            text=text.strip()[:LONGEST],
            example=kind.example,
        )
    return found


def _rest_is_doubtful(value: str, match: re.Match[str]) -> bool:
    """Tell whether digits stand beside the identifier: then two things were typed into one field."""
    return any(sign.isdigit() for sign in value[: match.start()] + value[match.end() :])


def _free(kind_code: str, text: str) -> str:
    if kind_code not in LABELS:
        raise BadIdentifier(message("There is no kind of identifier “%(kind)s”."), kind=kind_code)
    value = " ".join(unicodedata.normalize("NFKC", text).split())
    return _DASHES.sub("-", value)[:LONGEST]


def recognised(text: str) -> tuple[str, str]:
    """Return (kind, canonical form) of a text whose kind nobody said: ("other", text) when none fits.

    A EudraCT-shaped number whose sequence begins with 5 is an EU CT number from 2022 on.
    """
    value = cleaned(text)
    for code, kind in KINDS.items():
        match = kind.loose.search(value)
        if not match or _rest_is_doubtful(value, match):
            continue
        found = _joined(kind, match)
        if kind.shape.fullmatch(found) and not (code == "eu_ct" and int(found[:4]) < 2022):
            return code, found
    return OTHER, _free(OTHER, text)


def is_unique(kind_code: str) -> bool:
    """Tell whether two studies can never bear the same identifier of that kind."""
    return kind_code in KINDS


def same_trial(kind_code: str, value: str) -> str:
    """Return the part by which two identifiers are compared: an EU CT number without its version pair."""
    return value[:14] if kind_code == "eu_ct" else value


def naming(identifiers: "list[tuple[str, str]] | tuple[tuple[str, str], ...]") -> str:
    """Return the identifier that names the study in its address, "" when none is fit."""
    for wanted in PREFERENCE:
        for kind, value in identifiers:
            if kind == wanted:
                return value
    return ""
