"""Read a document as JSON, write it as a tagged PDF; the template is the first argument."""

import shutil
import sys
import tempfile
from pathlib import Path

import fontpkg_inter
import typst

LOOK = Path(__file__).resolve().parent / "paper.typ"


def main() -> None:
    """Typeset standard input to standard output; the font comes out of its package, the look from this folder."""
    fonts = Path(str(fontpkg_inter.__file__)).parent / "files"
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        shutil.copy(LOOK, root / "paper.typ")
        shutil.copy(sys.argv[1], root / "document.typ")
        pdf = typst.compile(
            str(root / "document.typ"),
            root=str(root),
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            sys_inputs={"document": sys.stdin.buffer.read().decode()},
            pdf_standards=["ua-1", "a-2a"],
        )
    assert pdf is not None  # noqa: S101  typst answers bytes when no output file is named
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
