"""Turn the country names of registers into ISO 3166 codes, and codes into names of either language."""

from functools import cache
from typing import Final

from babel import Locale

from diapason.context.network.rules import sort_key

HOME: Final = "FR"
OVERSEAS: Final = frozenset({"GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "NC", "PF", "WF", "TF"})
"""French territories that registers list as countries of their own: not abroad."""

_OTHER_NAMES: Final = """
BA: bosnia
BL: saint barthelemy
BN: brunei darussalam
BO: bolivia plurinational state of
BS: bahamas the | the bahamas
CD: congo the democratic republic of the | democratic republic of the congo
CG: congo | republic of the congo
CI: cote d ivoire | ivory coast
CV: cape verde
CW: netherlands antilles
CZ: czech republic
FM: micronesia federated states of
GB: uk | great britain
GM: the gambia
HK: hong kong
IR: iran islamic republic of
KP: korea democratic people s republic of
KR: korea republic of | republic of korea | korea
LA: lao people s democratic republic
LY: libyan arab jamahiriya
MD: moldova republic of
MF: saint martin
MK: macedonia the former yugoslav republic of | macedonia | north macedonia
MM: burma | myanmar
MO: macau
PS: palestinian territory occupied | palestinian territories occupied | palestine
RS: former serbia and montenegro | serbia and montenegro | former yugoslavia
RU: russian federation
SY: syrian arab republic
SZ: swaziland
TL: east timor
TR: turkey turkiye | turkey
TW: taiwan province of china
TZ: tanzania united republic of
US: united states of america | usa
VA: holy see vatican city state
VE: venezuela bolivarian republic of
VG: virgin islands british
VI: virgin islands u s
VN: viet nam
"""
"""The names that registers use and the CLDR does not, folded, by code."""


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in ("fr", "en"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                found[sort_key(name)] = code
    for line in _OTHER_NAMES.strip().splitlines():
        code, names = line.split(": ")
        found.update(dict.fromkeys(names.split(" | "), code))
    return found


@cache
def country_code(name: str) -> str:
    """Return the two-letter code of a country name in English or French, "" when it is not known."""
    if len(name) == 2 and name.isalpha() and name.isupper():
        return name
    return _codes().get(sort_key(name), "")


@cache
def country_name(code: str, language: str) -> str:
    """Return the name of the country in the language, the code itself when it has none."""
    return str(Locale("en" if language.startswith("en") else "fr").territories.get(code, code))


def is_abroad(code: str) -> bool:
    """Tell whether it is another country than France with its overseas territories; unknown is not abroad."""
    return bool(code) and code != HOME and code not in OVERSEAS
