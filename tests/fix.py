"""Put code and templates in shape, mend what mends itself, write the pages made from code: `python3 run.py fix`."""

import subprocess
import sys
from pathlib import Path

from tests.conventions import glossary

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


def main(paths: list[str]) -> int:
    """Run each tool that rewrites; what it cannot mend is left for `check`."""
    where = paths or ["."]
    subprocess.run([BIN / "ruff", "check", "--fix", "--quiet", "--exit-zero", *where], cwd=ROOT, check=True)
    subprocess.run([BIN / "ruff", "format", *where], cwd=ROOT, check=True)
    templates = sorted(str(path) for path in ROOT.glob("diapason/**/templates/**/*.html"))
    if templates and not paths:
        # djade ends with 1 when it has changed a file.
        subprocess.run([BIN / "djade", "--target-version", "5.2", *templates], cwd=ROOT, check=False)
    if not paths:
        glossary.MERGED.write_text(glossary.merge(), encoding="utf-8")
        subprocess.run([sys.executable, "-m", "tests.access_document"], cwd=ROOT, check=False)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
