"""Run the benchmarks, all or those named: `python3 run.py bench [name …]`.

A benchmark is a file of this folder that prints one table of figures. Times are read by people: nothing fails
here because something was slow.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks import _machine

FOLDER = Path(__file__).resolve().parent


def names() -> list[str]:
    """Return every benchmark by name."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))


def main(wanted: list[str]) -> int:
    """Run each benchmark in a process of its own; the exit code is that of the first that broke."""
    unknown = [name for name in wanted if name not in names()]
    if unknown:
        print(f"No benchmark named {', '.join(unknown)}. There are: {', '.join(names()) or 'none yet'}.")
        return 2
    worst = 0
    for name in wanted or names():
        print(f"\n── {name} " + "─" * max(0, 100 - len(name)), flush=True)
        print(_machine.sentence(), flush=True)
        began = time.monotonic()
        variables = os.environ | {"PYTHONPATH": str(FOLDER.parent)}
        code = subprocess.run(
            [sys.executable, str(FOLDER / f"{name}.py")], env=variables, check=False
        ).returncode
        print(
            f"   {name}: {time.monotonic() - began:.1f} s" + (f", ended with {code}" if code else ""),
            flush=True,
        )
        worst = worst or code
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
