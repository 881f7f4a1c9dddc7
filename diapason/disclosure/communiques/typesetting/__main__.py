"""Read a document as JSON, write it as a tagged PDF."""

import sys
from pathlib import Path

import fontpkg_inter
import typst

FOLDER = Path(__file__).resolve().parent


def main() -> None:
    """Typeset standard input to standard output; the font comes out of its package, the template from this folder."""
    fonts = Path(str(fontpkg_inter.__file__)).parent / "files"
    pdf = typst.compile(
        str(FOLDER / "communique.typ"),
        root=str(FOLDER),
        font_paths=[str(fonts)],
        ignore_system_fonts=True,
        sys_inputs={"document": sys.stdin.buffer.read().decode()},
        pdf_standards=["ua-1", "a-2a"],
    )
    assert pdf is not None  # noqa: S101  typst answers bytes when no output file is named
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
