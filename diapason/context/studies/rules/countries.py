"""Turn the country names of registers into ISO 3166 codes, and codes into names of either language."""

from functools import cache
from typing import Final

from babel import Locale

from diapason.context.network.rules import sort_key

HOME: Final = "FR"
OVERSEAS: Final = frozenset({"GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "NC", "PF", "WF", "TF"})
"""French territories that registers list as countries of their own: not abroad."""

_OTHER_NAMES: Final = {
    "korea republic of": "KR", "republic of korea": "KR", "korea": "KR", "korea democratic people s republic of": "KP",
    "russian federation": "RU", "iran islamic republic of": "IR", "moldova republic of": "MD",
    "tanzania united republic of": "TZ", "venezuela bolivarian republic of": "VE", "bolivia plurinational state of": "BO",
    "viet nam": "VN", "lao people s democratic republic": "LA", "syrian arab republic": "SY", "czech republic": "CZ",
    "macedonia the former yugoslav republic of": "MK", "macedonia": "MK", "north macedonia": "MK", "turkey turkiye": "TR",
    "turkey": "TR", "hong kong": "HK", "macau": "MO", "taiwan province of china": "TW", "united states of america": "US", "usa": "US",
    "uk": "GB", "great britain": "GB", "cote d ivoire": "CI", "ivory coast": "CI", "libyan arab jamahiriya": "LY",
    "palestinian territory occupied": "PS", "palestinian territories occupied": "PS", "palestine": "PS",
    "congo the democratic republic of the": "CD", "democratic republic of the congo": "CD", "congo": "CG", "republic of the congo": "CG",
    "burma": "MM", "myanmar": "MM", "swaziland": "SZ", "cape verde": "CV", "east timor": "TL", "brunei darussalam": "BN",
    "micronesia federated states of": "FM", "holy see vatican city state": "VA", "virgin islands u s": "VI", "virgin islands british": "VG",
    "former serbia and montenegro": "RS", "serbia and montenegro": "RS", "former yugoslavia": "RS", "bosnia": "BA", "the gambia": "GM",
    "bahamas the": "BS", "the bahamas": "BS", "netherlands antilles": "CW", "saint barthelemy": "BL", "saint martin": "MF",
}  # fmt: skip


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in ("fr", "en"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                found[sort_key(name)] = code
    return {**found, **_OTHER_NAMES}


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
    """Tell whether the country is another than France, its overseas territories included; unknown is not abroad."""
    return bool(code) and code != HOME and code not in OVERSEAS
