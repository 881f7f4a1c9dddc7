"""Suspect data of a participant in free text: French numbers, and names beside dates of birth.

A suspicion is a question to the writer, never a refusal: the rules look for forms, they know no directory. A name
beside a bare date is suspected up to `LAST_LIKELY_BIRTH_YEAR` only, since later dates in quality records are those of
visits, meetings and signatures; with "né le", "DDN" or "date de naissance" any year counts.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

from diapason.kernel.words import message

NIR: Final = "social_security_number"
INS: Final = "health_identity"
BIRTH: Final = "date_of_birth"
NAME_AND_DATE: Final = "name_and_date"
HOSPITAL_NUMBER: Final = "hospital_number"
PHONE: Final = "phone"
EMAIL: Final = "email"
KIND_LABELS: Final[dict[str, str]] = {
    NIR: message("looks like a social security number"),
    INS: message("looks like a national health identity (INS)"),
    BIRTH: message("looks like a date of birth"),
    NAME_AND_DATE: message("looks like a person’s name beside a date of birth"),
    HOSPITAL_NUMBER: message("looks like a patient’s hospital number"),
    PHONE: message("looks like a telephone number"),
    EMAIL: message("looks like a person’s e-mail address"),
}
WEAK: Final = frozenset({PHONE, EMAIL})
"""Kinds that are more often a colleague's than a participant's."""

LAST_LIKELY_BIRTH_YEAR: Final = 2012
FIRST_BIRTH_YEAR: Final = 1900
LONGEST_EXCERPT: Final = 80


@dataclass(frozen=True, order=True)
class Suspicion:
    """Hold where something of `kind` seems to stand: `text[start:end]`, shortened in `excerpt`."""

    start: int
    end: int
    kind: str
    excerpt: str

    @property
    def is_weak(self) -> bool:
        """Tell whether the kind is more often a colleague's than a participant's."""
        return self.kind in WEAK

    @property
    def label(self) -> str:
        """Return the message id that says what it looks like."""
        return KIND_LABELS[self.kind]


SPACE = "[ \u00a0\u202f\u2009]"
GAP = "[ \u00a0\u202f\u2009.\\-]{0,2}"
UPPER = "A-ZÀ-ÖØ-ÞŒŸ"
LOWER = "a-zà-öø-ÿœ"
MONTHS: Final = (
    ("janvier", "janv", "january", "jan"),
    ("février", "fevrier", "févr", "fevr", "february", "feb"),
    ("mars", "march", "mar"),
    ("avril", "avr", "april", "apr"),
    ("mai", "may"),
    ("juin", "june", "jun"),
    ("juillet", "juil", "july", "jul"),
    ("août", "aout", "august", "aug"),
    ("septembre", "sept", "september", "sep"),
    ("octobre", "oct", "october"),
    ("novembre", "nov", "november"),
    ("décembre", "decembre", "déc", "dec", "december"),
)
MONTH_NUMBERS: Final = {name: number for number, names in enumerate(MONTHS, start=1) for name in names}
MONTH = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
DATE = (
    rf"(?:(?P<day>\d{{1,2}}){SPACE}?[/.\-]{SPACE}?(?P<month>\d{{1,2}}){SPACE}?[/.\-]{SPACE}?(?P<year>\d{{4}}|\d{{2}})"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})"
    rf"|(?P<said_day>\d{{1,2}})(?:er)?{SPACE}(?P<said_month>(?i:{MONTH}))\.?{SPACE}(?P<said_year>\d{{4}}))(?![\d/])"
)

NUMBER_13 = rf"[123478]{GAP}\d\d{GAP}(?:0[1-9]|1[0-2]|[2-9]\d){GAP}(?:\d\d|2[ABab]){GAP}\d{{3}}{GAP}\d{{3}}"
NIR_WITH_KEY = re.compile(rf"(?<![\w.])(?P<number>{NUMBER_13}){GAP}(?P<key>\d\d)(?!\w)")
NIR_LABELLED = re.compile(
    rf"\b(?i:NIR|n[°ºo]?{SPACE}?(?:de{SPACE})?s[ée]cu\w*|s[ée]curit[ée]{SPACE}sociale|num[ée]ro{SPACE}s[ée]cu\w*)"
    rf"[^\d\n]{{0,12}}(?<!\d){NUMBER_13}(?:{GAP}\d\d)?(?!\w)"
)
INS_LABELLED = re.compile(
    rf"\bINS(?:[ -]?(?:NIR|NIA|C|A))?\b(?:{SPACE}?(?i:matricule|n[°ºo]|num[ée]ro|:|=|est)){{0,3}}{SPACE}?"
    rf"\d(?:{GAP}[\dAB]){{12,21}}(?!\w)"
)
HOSPITAL = re.compile(
    rf"\b(?:(?:IPP|NIP|IEP|NDA|I\.P\.P\.|N\.I\.P\.)|(?i:(?:n[°ºo]|num[ée]ro){SPACE}?(?:de{SPACE}|du{SPACE}|d[’'])?"
    rf"(?:dossier{SPACE}(?:m[ée]dical|patient)|s[ée]jour|patient(?:e)?|venue|hospitalisation)))(?!\w)"
    rf"(?:{SPACE}?(?i:patient(?:e)?|du{SPACE}patient|n[°ºo]|num[ée]ro|[:=#(]|est)){{0,3}}{SPACE}?"
    rf"(?P<number>[A-Z]?\d(?:[ \u00a0\u202f.]?\d){{5,13}})(?![\w/])"
)

BIRTH_WORDS = re.compile(
    rf"(?:\bn(?:é|e\u0301)(?:e|\(e\)|\.e|·e)?{SPACE}+(?:[\w’'-]+{SPACE}+)?le{SPACE}*:?"
    r"|\b(?i:date{S}+(?:de|of){S}+(?:naissance|birth)|birth{S}?date|born(?:{S}on)?|DDN|DOB|D\.D\.N\.)\b[^\w\n]{0,4}"
    r"(?:(?i:le|est|is|on|:){S}{0,2}){0,2})".replace("{S}", SPACE)
    + rf"{SPACE}{{0,2}}{DATE}"
)
BORN_THINGS = re.compile(
    r"(?i)\b(?:projets?|r[ée]seaux?|id[ée]es?|initiatives?|[ée]tudes?|soci[ée]t[ée]s?|groupes?|associations?|structures?"
    r"|services?|protocoles?|d[ée]marches?|collaborations?|cohortes?|unit[ée]s?|centres?|consortiums?|proc[ée]dures?)\b"
)
"""What may be "né le" without being a person, when it stands just before."""

BEFORE_BORN: Final = 40
CAPITAL_NAME = rf"[{UPPER}][{UPPER}’'\-]{{2,30}}"
GIVEN = rf"[{UPPER}][{LOWER}]{{1,20}}(?:[-’'][{UPPER}][{LOWER}]{{1,20}})?"
INITIAL = rf"[{UPPER}]\.?"
PARTICLE = rf"(?:(?:de|du|le|la|d[’']){SPACE}?)?"
ANY_NAME = rf"{PARTICLE}(?:{CAPITAL_NAME}|{GIVEN}|{INITIAL})"
BESIDE = rf"{SPACE}?[,;:(\-–]?{SPACE}?"
TITLED = re.compile(
    rf"\b(?:M\.|MM\.|Mr\.?|Mme|Mlle|Madame|Monsieur|Mademoiselle|Mrs\.?|Ms\.?|Miss|[Pp]atient|[Pp]atiente){SPACE}"
    rf"(?P<name>{ANY_NAME}(?:{SPACE}{ANY_NAME}){{0,2}}){BESIDE}{DATE}"
)
UNTITLED = re.compile(
    rf"(?<![\w’'-])(?P<name>(?:{CAPITAL_NAME}(?:{SPACE}{CAPITAL_NAME})?{SPACE}{GIVEN}|{GIVEN}{SPACE}{CAPITAL_NAME}"
    rf"|{GIVEN}{SPACE}{GIVEN})){BESIDE}{DATE}"
)
TITLES_OF_STAFF = re.compile(rf"\b(?:Dr|Pr|Docteur|Professeur|Prof|Me)\.?{SPACE}(?:{GIVEN}{SPACE})?$")
NO_NAMES: Final = frozenset(
    """loi lois décret arrêté ordonnance directive règlement code norme norm guide déclaration charte décision
    convention avenant annexe version versions protocole protocol amendement institut centre center hôpital
    hospital clinique service unité université faculté comité conseil commission journal officiel courrier
    lettre rapport étude study essai trial visite visit réunion meeting audit procédure procedure mode document
    formulaire certificat accord contrat bulletin circulaire instruction avis note dossier plan cahier manuel
    manual formation training bonnes pratiques good clinical practice act regulation law order letter report
    agreement création mise ouverture clôture fermeture début fin signature chu chr ch aphp ap-hp hcl cpp ansm
    afssaps cnil hug hugo drci cic crb girci inserm cnrs has oms ema fda ich iso bpc gcp afnor cofrac eudract
    qualité quality recherche research direction promotion investigation archives réseau network janvier février
    mars avril mai juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi
    samedi dimanche le la les un une du de des par pour avec depuis""".split()
)
"""Words that begin with a capital beside a date without being a person's name."""

PHONE_NUMBER = re.compile(
    rf"(?<![\w.,/\-+])(?:(?:\+|00)33{SPACE}?(?:\(0\))?{SPACE}?[1-9]|0[1-9])"
    r"(?P<s>[ .\-\u00a0\u202f]?)\d\d(?:(?P=s)\d\d){3}(?![\d/])(?!-\d)"
)
EMAIL_ADDRESS = re.compile(r"(?<![\w.+\-])(?P<local>[\w+\-]+(?:\.[\w+\-]+)+)@(?:[\w\-]+\.)+[A-Za-z]{2,15}\b")


def nir_key(number: str) -> int:
    """Return the two-digit key (1 to 97) of the 13 characters of a French social security number.

    97 minus the rest of the number modulo 97; the Corsican 2A and 2B count as 19 and 18 (INSEE). ValueError otherwise.
    """
    return 97 - int(number.upper().replace("2A", "19").replace("2B", "18")) % 97


def suspicions(text: str) -> tuple[Suspicion, ...]:
    """Return what looks like data of a participant in `text`, in reading order, without overlaps."""
    if not text:
        return ()
    found = chain.from_iterable(finder(text) for finder in FINDERS)
    kept: list[Suspicion] = []
    for each in found:  # finders come strongest first
        if all(each.end <= other.start or each.start >= other.end for other in kept):
            kept.append(each)
    return tuple(sorted(kept))


def _suspicion(text: str, kind: str, start: int, end: int) -> Suspicion:
    words = " ".join(text[start:end].split())
    shortened = words if len(words) <= LONGEST_EXCERPT else words[: LONGEST_EXCERPT - 1] + "…"
    return Suspicion(start, end, kind, shortened)


def _social_security_numbers(text: str) -> Iterator[Suspicion]:
    for match in NIR_WITH_KEY.finditer(text):
        number = re.sub(r"[^0-9ABab]", "", match["number"])
        if len(number) == 13 and nir_key(number) == int(match["key"]):
            yield _suspicion(text, NIR, *match.span())
    for match in NIR_LABELLED.finditer(text):
        yield _suspicion(text, NIR, *match.span())


def _health_identities(text: str) -> Iterator[Suspicion]:
    for match in INS_LABELLED.finditer(text):
        yield _suspicion(text, INS, *match.span())


def _hospital_numbers(text: str) -> Iterator[Suspicion]:
    for match in HOSPITAL.finditer(text):
        if not re.fullmatch(DATE, match["number"]):
            yield _suspicion(text, HOSPITAL_NUMBER, *match.span())


def _dates_of_birth(text: str) -> Iterator[Suspicion]:
    for match in BIRTH_WORDS.finditer(text):
        before = text[max(0, match.start() - BEFORE_BORN) : match.start()]
        if date_in(match) and not BORN_THINGS.search(before.rpartition(".")[2]):
            yield _suspicion(text, BIRTH, *match.span())


def _names_beside_dates(text: str) -> Iterator[Suspicion]:
    for match in TITLED.finditer(text):
        if _is_likely_birth(date_in(match)):
            yield _suspicion(text, NAME_AND_DATE, *match.span())
    for match in UNTITLED.finditer(text):
        words = match["name"].lower().replace("\u00a0", " ").split()
        of_staff = TITLES_OF_STAFF.search(text[max(0, match.start() - BEFORE_BORN) : match.start()])
        if _is_likely_birth(date_in(match)) and not of_staff and not NO_NAMES.intersection(words):
            yield _suspicion(text, NAME_AND_DATE, *match.span())


def _phones(text: str) -> Iterator[Suspicion]:
    for match in PHONE_NUMBER.finditer(text):
        yield _suspicion(text, PHONE, *match.span())


def _emails(text: str) -> Iterator[Suspicion]:
    for match in EMAIL_ADDRESS.finditer(text):
        yield _suspicion(text, EMAIL, *match.span())


def date_in(match: re.Match[str]) -> date | None:
    """Return the day that a match of `DATE` says, None for one that no calendar has; 30 to 99 mean 1930 to 1999."""
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["said_day"]:
            month = MONTH_NUMBERS[match["said_month"].lower()]
            return date(int(match["said_year"]), month, int(match["said_day"]))
        year = int(match["year"])
        if len(match["year"]) == 2:
            year += 1900 if year >= 30 else 2000
        return date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _is_likely_birth(day: date | None) -> bool:
    return day is not None and FIRST_BIRTH_YEAR <= day.year <= LAST_LIKELY_BIRTH_YEAR


FINDERS: Final[tuple[Callable[[str], Iterator[Suspicion]], ...]] = (
    _health_identities,
    _social_security_numbers,
    _hospital_numbers,
    _names_beside_dates,
    _dates_of_birth,
    _emails,
    _phones,
)
