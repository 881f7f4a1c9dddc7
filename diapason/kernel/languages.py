"""Hold what is said in French and in English side by side."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bilingual:
    """Hold the same text in both languages."""

    fr: str
    en: str

    def text(self, language: str) -> str:
        """Return the text in `language` ("fr", "en-gb", …), the other one when it is empty."""
        wanted, other = (self.en, self.fr) if language.startswith("en") else (self.fr, self.en)
        return wanted or other
