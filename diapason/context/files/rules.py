"""Say which files are taken: by what they hold, never by what they are called."""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import Any, Final

from diapason.kernel.words import message

LARGEST: Final = 20 * 1024 * 1024
MOST_UNPACKED: Final = 300 * 1024 * 1024
LONGEST_NAME: Final = 120
OFFICE: Final = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument."
SUFFIXES: Final[dict[str, str]] = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "text/plain": ".txt",
    "text/csv": ".csv",
    f"{OFFICE}spreadsheetml.sheet": ".xlsx",
    f"{OFFICE}wordprocessingml.document": ".docx",
    f"{OPEN_DOCUMENT}spreadsheet": ".ods",
    f"{OPEN_DOCUMENT}text": ".odt",
}
"""Media type → the suffix under which it is given back."""

PICTURES: Final = frozenset({"image/png", "image/jpeg"})
ACCEPT: Final = ",".join(sorted({*SUFFIXES.values(), ".jpeg"}))
"""What a file input offers."""

NOT_TAKEN: Final = message(
    "This kind of file is not taken: give a PDF, a picture (PNG, JPEG), a text, or an office file without macros."
)
EMPTY: Final = message("The file is empty.")
TOO_LARGE: Final = message("The file is larger than %(megabytes)s MB.")


class BadFile(Exception):
    """Refuse a file: a message id and its parameters."""

    def __init__(self, reason: str, **parameters: Any) -> None:
        super().__init__(reason % parameters if parameters else reason)
        self.reason, self.parameters = reason, parameters


@dataclass(frozen=True)
class Box:
    """Hold a rectangle to blacken, in fractions (0 to 1) of the width and height of a picture seen upright."""

    left: float
    top: float
    width: float
    height: float


def media_type_of(data: bytes, name: str = "") -> str:
    """Return the media type of whole bytes, found from them; BadFile when empty, too large or of another kind.

    `name` only tells CSV from other text.
    """
    if not data:
        raise BadFile(EMPTY)
    if len(data) > LARGEST:
        raise BadFile(TOO_LARGE, megabytes=LARGEST // 1024 // 1024)
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    found = _packed(data) if data.startswith(b"PK\x03\x04") else _written(data, name)
    if not found:
        raise BadFile(NOT_TAKEN)
    return found


def _packed(data: bytes) -> str:
    """Return the media type of an office document without macros, "" for any other archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.lower() for name in archive.namelist()}
            unpacked = sum(each.file_size for each in archive.infolist())
            declared = archive.open("mimetype").read(100).decode("ascii") if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, NotImplementedError, RuntimeError, EOFError):
        return ""
    has_macros = any("vbaproject" in name or name.startswith(("basic/", "scripts/")) for name in names)
    if has_macros or unpacked > MOST_UNPACKED:
        return ""
    if declared:
        return declared if declared in SUFFIXES else ""
    if "[content_types].xml" in names:
        kinds = {"xl/workbook.xml": "spreadsheetml.sheet", "word/document.xml": "wordprocessingml.document"}
        return next((OFFICE + kind for part, kind in kinds.items() if part in names), "")
    return ""


def _written(data: bytes, name: str) -> str:
    """Return the media type of text, "" for bytes and for what a browser would take for a page or a drawing."""
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    controls = re.search(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]", text)
    if (
        controls
        or re.match(r"\s*<", text)
        or re.search(r"<\s*(?:script|html|svg|iframe)\b", text, re.IGNORECASE)
    ):
        return ""
    return "text/csv" if name.lower().endswith(".csv") else "text/plain"


def safe_name(name: str, media_type: str) -> str:
    """Return a name without folders and control characters, with the suffix of what the file really is."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    plain = "".join(
        letter for letter in last if unicodedata.category(letter)[0] != "C" and letter not in '<>:"|?*'
    )
    suffix = SUFFIXES[media_type]
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", plain).strip(" .")[: LONGEST_NAME - len(suffix)].rstrip(" .")
    return (stem or "file") + suffix
