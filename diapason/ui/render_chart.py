"""Draw every chart of a store that has no picture yet.

A short-lived process, and the only place that loads the renderer.

Usage: python -m diapason.ui.render_chart FOLDER
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from diapason.ui.chart_theme import CONFIG, DATES, NUMBERS
from diapason.ui.svg_cleaning import cleaned

LOCK_SECONDS = 60


def main(folder: Path) -> int:
    """Draw what is missing; return 0, or 1 when another process is at it."""
    lock = folder / ".drawing"
    try:
        if time.time() - lock.stat().st_mtime > LOCK_SECONDS:
            lock.unlink(missing_ok=True)
    except FileNotFoundError:
        pass
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return 1
    try:
        sweep(folder)
        draw_all(folder)
    finally:
        lock.unlink(missing_ok=True)
    return 0


def draw_all(folder: Path) -> None:
    """Draw until nothing is missing, also what was handed over meanwhile."""
    import vl_convert
    from fontpkg_inter import __file__ as package

    vl_convert.register_font_directory(str(Path(package).parent / "files"))
    while waiting := [path for path in sorted(folder.glob("*/*.json")) if not _is_done(path)]:
        for path in waiting:
            draw(path, vl_convert.vegalite_to_svg)


def sweep(folder: Path, days: int = 30) -> int:
    """Forget what was drawn or handed over more than `days` days ago; return how many files went.

    A page that still shows such a chart hands it over again.
    """
    limit = time.time() - days * 86_400
    old = [path for path in folder.glob("*/*") if path.stat().st_mtime < limit]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _is_done(path: Path) -> bool:
    return path.with_suffix(".svg").exists() or path.with_suffix(".failed").exists()


def draw(path: Path, convert: Any) -> None:
    """Draw one specification; what cannot be drawn leaves a note in the place of its picture."""
    ending, text = ".svg", ""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        language = given["language"]
        svg = convert(
            {"config": CONFIG, **given["spec"]},
            format_locale=NUMBERS[language],
            time_format_locale=DATES[language],
            allowed_base_urls=[],
        )
        text = cleaned(svg, str(given["spec"].get("description", "")))
    except Exception as error:  # noqa: BLE001  a bad chart must not stop the others
        ending, text = ".failed", f"{type(error).__name__}: {error}"
    draft = path.with_name(f".{path.stem}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path.with_suffix(ending))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
