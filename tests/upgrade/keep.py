"""Keep a small populated database as test input: `python3 run.py keep NAME`, at the closing of each issue.

It is made with the real migrations, filled (tests.upgrade.filling) and written to tests/upgrade/NAME.sqlite3.xz;
what it holds and who may do what in it to NAME.json, with the keys of the invented instance: an instance
that is upgraded has its keys beside its database. tests/upgrade/test_upgrade.py brings each to today's tables.
"""

import argparse
import base64
import json
import lzma
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TODAY = "2026-11-23"
MOST_BYTES = 1_500_000


class Broken(RuntimeError):
    """Say what a program answered that should have gone well."""


def run(data: Path, *arguments: str) -> str:
    """Run Python with these arguments on a folder of data; return what it wrote."""
    dropped = {"DIAPASON_DATABASE", "DIAPASON_TEST_DATA", "DIAPASON_TEST_POSTGRES_ADDRESS"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    variables = kept | {
        "DJANGO_SETTINGS_MODULE": "tests.upgrade.settings",
        "DIAPASON_DATA": str(data),
        "DIAPASON_TODAY": TODAY,
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=variables, capture_output=True, text=True
    )
    if done.returncode:
        raise Broken(
            f"{' '.join(arguments)} ended with {done.returncode}:\n{(done.stdout + done.stderr)[-4000:]}"
        )
    return done.stdout


def manage(data: Path, *arguments: str) -> str:
    """Run a management command on a folder of data."""
    return run(data, "-m", "django", *arguments)


def database(data: Path) -> Path:
    """Return where the database of a folder of data lies."""
    return data / "database" / "diapason.sqlite3"


def facts_of(data: Path) -> dict[str, Any]:
    """Return what the database of a folder holds, asked on a copy: asking leaves sessions behind."""
    with tempfile.TemporaryDirectory(prefix="diapason-facts-") as folder:
        copy = Path(folder) / "data"
        shutil.copytree(data, copy)
        return json.loads(run(copy, "-m", "tests.upgrade.facts"))


def keep(name: str, folder: Path = HERE) -> Path:
    """Make, fill and pack a database; return the packed file. Nothing is left when a step fails."""
    with tempfile.TemporaryDirectory(prefix="diapason-keep-") as place:
        data = Path(place) / "data"
        data.mkdir()
        manage(data, "migrate", "--verbosity", "0")
        run(data, "-m", "tests.upgrade.filling")
        whole = Path(place) / "whole.sqlite3"
        with closing(sqlite3.connect(database(data))) as connection, closing(sqlite3.connect(whole)) as copy:
            connection.backup(
                copy
            )  # page by page: to write its rows anew would need the functions of its checks
        said = facts_of(data)
        keys = {
            path.name: base64.b64encode(path.read_bytes()).decode() for path in (data / "keys").glob("*.pem")
        }
        packed = lzma.compress(whole.read_bytes(), preset=9 | lzma.PRESET_EXTREME)
    if said["faults"] or len(packed) > MOST_BYTES:
        raise Broken(f"{len(packed)} bytes, {said['faults']}")
    path = folder / f"{name}.sqlite3.xz"
    path.write_bytes(packed)
    text = json.dumps(said | {"keys": keys}, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    return path


def unpack(name: str, data: Path, folder: Path = HERE) -> dict[str, Any]:
    """Put a kept database and its keys into a folder of data; return its facts."""
    kept = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    database(data).parent.mkdir(parents=True)
    database(data).write_bytes(lzma.decompress((folder / f"{name}.sqlite3.xz").read_bytes()))
    (data / "keys").mkdir(mode=0o700)
    for file, text in kept["keys"].items():
        (data / "keys" / file).touch(mode=0o600)
        (data / "keys" / file).write_bytes(base64.b64decode(text))
    return kept


def main() -> int:
    """Keep one database and say how large it is."""
    parser = argparse.ArgumentParser(prog="run.py keep")
    parser.add_argument("name", help="what the kept database is called, e.g. issue-2")
    try:
        path = keep(parser.parse_args().name)
    except Broken as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
