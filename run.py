#!/usr/bin/env python3
"""Start Diapason, check it, look after it: `python3 run.py demo`, `… test`, `… --help`.

Standard library only, on the Python that the machine has; neither root nor a compiler is needed. What is
installed goes into .venv beside this file, what is made into var and .cache.
"""

import os
import sys

FRENCH = (
    os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
).startswith("fr")


def words(french, english):
    """Return the sentence in the language of the terminal."""
    return french if FRENCH else english


if sys.version_info < (3, 11):
    sys.exit(
        words(
            "Diapason a besoin de Python 3.11 ou plus récent ; cette machine lance Python {}.{}. "
            "Essayez : python3.11 run.py demo",
            "Diapason needs Python 3.11 or newer; this machine runs Python {}.{}. "
            "Try: python3.11 run.py demo",
        ).format(*sys.version_info[:2])
    )

if os.name == "nt":
    sys.exit(
        words(
            "Sous Windows, lancez Diapason dans WSL (le sous-système Linux).",
            "On Windows, run Diapason inside WSL (the Linux subsystem).",
        )
    )

import argparse
import contextlib
import errno
import hashlib
import importlib.util
import json
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
import webbrowser
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
CACHE = ROOT / ".cache"
REQUIREMENTS = ROOT / "requirements"
PYTHON = VENV / "bin" / "python"
ROOM = {"app": 1_000, "test": 1_600}  # MB that an installation from nothing takes
SERVER = ("--interface", "wsgi", "--workers", "2", "--blocking-threads", "2", "--workers-kill-timeout", "10s")
DIRECTLY = urllib.request.build_opener(
    urllib.request.ProxyHandler({})
)  # never by way of the hospital's proxy
FULL_DISK = re.compile(r"No space left on device|database or disk is full|Errno 28|Disk quota exceeded")
NO_NETWORK = re.compile(
    r"NewConnectionError|ConnectTimeout|Name or service not known|Temporary failure in name resolution|"
    r"getaddrinfo|Network is unreachable|Connection refused|Could not find a version that satisfies|"
    r"No matching distribution|ProxyError|dns error|error sending request|EAI_AGAIN|ENOTFOUND|ECONNREFUSED"
)


class Trouble(Exception):
    """Say in one sentence why we stop; what the failing program said may follow."""


class Stopped(KeyboardInterrupt):
    """The terminal was closed, or somebody asked us to end."""


# --------------------------------------------------------------------------------------- words and progress


def say(french, english):
    """Print one line now."""
    print(words(french, english), flush=True)


class Progress:
    """Show how far a long step is: one moving line on a terminal, one line at its end elsewhere."""

    def __init__(self, label, total):
        self.label, self.total, self.done, self.began = label, total, 0, time.monotonic()
        self.moving = sys.stdout.isatty()
        if not self.moving:
            print(f"{label} …", flush=True)

    def step(self, name):
        """Count one more piece."""
        self.done = min(self.done + 1, self.total)
        if self.moving:
            bar = "█" * (24 * self.done // max(self.total, 1))
            print(
                f"\r\033[K{self.label}  {bar:·<24} {self.done}/{self.total}  {name[:30]}", end="", flush=True
            )

    def end(self):
        """Leave the line as it should stay."""
        seconds = time.monotonic() - self.began
        start = "\r\033[K" if self.moving else "  "
        print(f"{start}{self.label if self.moving else ''} ✓ {seconds:.1f} s".replace("   ", " "), flush=True)


def explain(text, otherwise):
    """Turn what a failing program said into the one sentence that helps."""
    if FULL_DISK.search(text):
        return Trouble(full_disk())
    if NO_NETWORK.search(text):
        return Trouble(
            words(
                "Le registre de paquets ne répond pas : vérifiez le réseau (ou le miroir réglé pour pip), "
                "puis relancez ; ce qui est déjà installé est gardé.",
                "The package registry does not answer: check the network (or the mirror set for pip) "
                "and run this again; what is already installed is kept.",
            )
        )
    return Trouble(otherwise + "\n" + "\n".join(text.splitlines()[-20:]))


def full_disk():
    """Return the sentence for a full disk."""
    free = shutil.disk_usage(ROOT).free // 2**20
    return words(
        f"Le disque est plein ({free} Mo libres là où est Diapason) : libérez de la place, puis relancez.",
        f"The disk is full ({free} MB free where Diapason is): make room, then run this again.",
    )


# ---------------------------------------------------------------------------------------------- environment


def environment(extra=None):
    """Return the variables that a child gets: ours first on the path, nothing of another Python.

    Bytecode is kept beside the sources: without it each start compiles the whole application again.
    """
    foreign = {"PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}
    variables = {key: value for key, value in os.environ.items() if key not in foreign}
    variables["PATH"] = f"{VENV / 'bin'}{os.pathsep}{variables.get('PATH', os.defpath)}"
    variables["VIRTUAL_ENV"] = str(VENV)
    variables.update(extra or {})
    return variables


def listen(command, on_line, log, **options):
    """Run a program, give each line to `on_line`, keep all in `log`; return its code and last lines."""
    log.parent.mkdir(parents=True, exist_ok=True)
    tail = deque(maxlen=60)
    with log.open("w", encoding="utf-8") as file:
        child = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            cwd=ROOT,
            **options,
        )
        for line in child.stdout:
            file.write(line)
            tail.append(line)
            on_line(line)
        return child.wait(), "".join(tail)


def ensure_python():
    """Make .venv when absent or broken; bare Debian has no ensurepip, so pip may stay outside of it."""
    check = [str(PYTHON), "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
    if PYTHON.exists() and subprocess.run(check, capture_output=True).returncode == 0:
        return
    need_room("app")
    without_pip = [] if importlib.util.find_spec("ensurepip") else ["--without-pip"]
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", *without_pip, str(VENV)], capture_output=True, text=True
    )
    if made.returncode:
        otherwise = words(
            "L’environnement Python n’a pas pu être créé :", "The Python environment could not be made:"
        )
        raise explain(made.stdout + made.stderr, otherwise)


def installer(requirements):
    """Return the command that installs a hashed list: uv where it may stand in for pip, else pip."""
    checked = ["--require-hashes", "--only-binary", ":all:"]
    uv = shutil.which("uv")
    if uv and not pip_has_a_mirror():
        return [uv, "pip", "sync", "--python", str(PYTHON), *checked, str(requirements)]
    quiet = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    inside = subprocess.run([str(PYTHON), "-m", "pip", "--version"], capture_output=True).returncode == 0
    if inside:
        return [str(PYTHON), "-m", "pip", "install", *quiet, *checked, "-r", str(requirements)]
    if importlib.util.find_spec("pip"):
        return [
            sys.executable,
            "-m",
            "pip",
            "--python",
            str(PYTHON),
            "install",
            *quiet,
            *checked,
            "-r",
            str(requirements),
        ]
    raise Trouble(
        words(
            "Il manque pip : installez le paquet python3-pip (ou python3-venv, ou uv), puis relancez.",
            "pip is missing: install the package python3-pip (or python3-venv, or uv), then run this again.",
        )
    )


def pip_has_a_mirror():
    """Say whether pip is told where to look: uv would not read that."""
    if any(
        name.startswith(("PIP_INDEX", "PIP_EXTRA", "PIP_FIND", "PIP_CERT", "PIP_PROXY"))
        for name in os.environ
    ):
        return True
    told = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True)
    return bool(re.search(r"index-url|find-links|cert|proxy|no-index", told.stdout))


def need_room(name):
    """Refuse to begin an installation that cannot end."""
    with contextlib.suppress(FileNotFoundError):
        if shutil.disk_usage(ROOT).free < ROOM[name] * 2**20:
            raise Trouble(full_disk())


def stamp(name):
    """Return the file that says which list is installed, and the hash it should hold."""
    digest = hashlib.sha256((REQUIREMENTS / f"{name}.txt").read_bytes()).hexdigest()
    return VENV / f"diapason-{name}.sha256", digest


def is_installed(name):
    """Say whether the stamp of this list is the list's own hash."""
    path, digest = stamp(name)
    return path.exists() and path.read_text(encoding="ascii").strip() == digest


def ensure_installed(name):
    """Install the list `name` unless its stamp says that it is there; `test` contains `app`."""
    ensure_python()
    with one_at_a_time():
        if is_installed(name):
            return
        fresh = not is_installed("app")
        if fresh:
            need_room(name)
        requirements = REQUIREMENTS / f"{name}.txt"
        total = len(re.findall(r"^\S+==", requirements.read_text(encoding="utf-8"), re.M))
        label = words("Installation des paquets", "Installing packages")
        progress = Progress(label, total)

        def on_line(line):
            found = re.match(r"(?:Collecting|Requirement already satisfied:| \+) ([\w.\-\[\]]+)", line)
            if found:
                progress.step(found.group(1))

        code, tail = listen(installer(requirements), on_line, CACHE / "install.log", env=environment())
        if code:
            print()
            raise explain(tail, words("L’installation a échoué :", "The installation failed:"))
        progress.end()
        for covered in ("app", name):
            path, digest = stamp(covered)
            path.write_text(digest, encoding="ascii")


@contextlib.contextmanager
def one_at_a_time():
    """Let one installation run at a time in this folder."""
    import fcntl

    CACHE.mkdir(exist_ok=True)
    with (CACHE / "install.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


# --------------------------------------------------------------------------------------------- the instance


# Django's own entry point, speaking the language of the terminal. What is loaded stays: it is not garbage to look for.
MANAGE = """
import gc, sys
gc.disable()
import django
from django.core.management import execute_from_command_line
from django.utils.translation import activate
django.setup()
gc.freeze()
gc.enable()
activate(sys.argv[1])
execute_from_command_line(["run.py manage", *sys.argv[2:]])
"""


# The web server, which parts into its processes once the application is loaded: loaded once, its memory shared.
WEB = """
import multiprocessing, sys
if multiprocessing.get_start_method() == "fork":
    import diapason.portal.wsgi
from granian.cli import entrypoint
sys.argv[0] = "granian"
entrypoint()
"""


class Instance:
    """One network with its folder of data: the database, keys, files and logs of one running Diapason."""

    def __init__(self, network="fictional", scale=1, today="", data=None):
        self.network, self.scale, self.today = network, scale, today
        name = network + (f"-x{scale}" if scale != 1 else "") + (f"-{today}" if today else "")
        self.data = Path(data).resolve() if data else ROOT / "var" / name
        self.log = self.data / "logs"

    def variables(self, data=None, **extra):
        """Return the environment of this instance's programs."""
        values = {
            "DJANGO_SETTINGS_MODULE": "diapason.settings."
            + ("public" if self.network == "public" else "demo"),
            "DIAPASON_DATA": str(data or self.data),
            "PYTHONUNBUFFERED": "1",
            **({"DIAPASON_TODAY": self.today} if self.today else {}),
            **extra,
        }
        return {key: value for key, value in environment(values).items() if key != "DIAPASON_DATABASE"}

    @property
    def database(self):
        """Return where the embedded database is."""
        return self.data / "database" / "diapason.sqlite3"

    def holds_a_network(self):
        """Say whether somebody is registered in the database."""
        with contextlib.closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            try:
                return connection.execute("SELECT 1 FROM network_organization LIMIT 1").fetchone() is not None
            except sqlite3.OperationalError:
                return False

    def manage(self, *arguments, data=None, **options):
        """Run one management command to its end and return what happened."""
        command = [str(PYTHON), "-c", MANAGE, "fr" if FRENCH else "en", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.variables(data), **options)

    def load(self):
        """Make the tables and the network's records in a folder beside, then put it in place in one move."""
        loading = self.data.with_name(self.data.name + ".loading")
        self.refuse_foreign_folder()
        shutil.rmtree(loading, ignore_errors=True)
        loading.mkdir(parents=True)
        self.succeed(
            "migrate", "--verbosity", "0", data=loading, fr="Création des tables", en="Making the tables"
        )
        self.fill(loading)
        with contextlib.suppress(OSError):
            self.data.rmdir()
        loading.rename(self.data)

    def fill(self, data):
        """Load the network's records into the tables of a folder, saying how far it is."""
        label = words("Chargement du réseau de démonstration …", "Loading the demonstration network …")
        print(label, flush=True)
        began = time.monotonic()
        arguments = ["load_demo", "--network", self.network, "--scale", str(self.scale)]
        loaded = self.manage(*arguments, data=data, stderr=subprocess.PIPE, text=True)
        if loaded.returncode:
            raise explain(loaded.stderr, words("Le chargement a échoué :", "Loading failed:"))
        print(f"  ✓ {time.monotonic() - began:.1f} s", flush=True)

    def refuse_foreign_folder(self):
        """Refuse a folder that holds something else."""
        if self.data.is_dir() and any(self.data.iterdir()):
            raise Trouble(
                words(
                    f"Le dossier {self.data} n’est pas vide et ne contient pas de données de Diapason : "
                    "choisissez-en un autre.",
                    f"The folder {self.data} is not empty and holds no data of Diapason: choose another one.",
                )
            )

    def succeed(self, *arguments, fr, en, data=None):
        """Run one management command under its label; a failure ends everything."""
        progress = Progress(words(fr, en), 1)
        result = self.manage(*arguments, data=data, capture_output=True, text=True)
        if result.returncode:
            raise explain(result.stdout + result.stderr, words(f"Échec : {fr}.", f"Failed: {en}."))
        progress.end()

    def prepare(self):
        """Bring an existing or new instance up to date: tables, records, static files."""
        compile_translations()
        if not self.database.exists():
            self.load()
        else:
            self.succeed(
                "migrate", "--verbosity", "0", fr="Vérification des tables", en="Checking the tables"
            )
            if not self.holds_a_network():
                self.fill(self.data)
        if not is_fresh(self.data / "static.sha256", static_sources()):
            self.succeed(
                "collectstatic", "--noinput", "--verbosity", "0", fr="Fichiers statiques", en="Static files"
            )
            (self.data / "static.sha256").write_text(static_sources(), encoding="ascii")

    def accounts(self):
        """Return the demonstration accounts, as the application lists them."""
        result = self.manage("demo_accounts", "--format", "json", capture_output=True, text=True)
        if result.returncode:
            raise explain(
                result.stderr, words("Comptes de démonstration illisibles :", "Demo accounts not readable:")
            )
        return json.loads(result.stdout)

    def serve(self, port):
        """Start the web server and, once it answers, the job worker; return both processes."""
        self.log.mkdir(parents=True, exist_ok=True)
        variables = self.variables(DIAPASON_ADDRESS=f"http://localhost:{port}")
        web = [str(PYTHON), "-c", WEB, *SERVER, "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
        # Pages go first, from the very start: what waits for a job does not mind.
        worker = ["nice", "-n", "5", str(PYTHON), "-m", "django", "worker", "--no-startup-delay"]
        children = {"web": self.start("web", [*web, "diapason.portal.wsgi:application"], variables)}
        try:
            wait_until_it_answers(port, children, self.log)
            children["worker"] = self.start("worker", worker, variables)
        except BaseException:
            stop(children)
            raise
        return children

    def start(self, name, command, variables):
        """Start one program of this instance, its words in a log of its own; return the process."""
        with (self.log / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=ROOT,
                env=variables,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )


def is_fresh(path, digest):
    """Say whether a stamp file holds this digest."""
    return path.exists() and path.read_text(encoding="ascii") == digest


def static_sources():
    """Return a digest of what static files are made from: ours by size and time, the wheels' by list."""
    ours = sorted(path for path in (ROOT / "diapason").glob("**/static/**/*") if path.is_file())
    seen = [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in ours]
    return hashlib.sha256("\n".join([*seen, stamp("app")[1]]).encode()).hexdigest()


COMPILE = """
import pathlib, sys
from babel.messages import mofile, pofile
for name in sys.argv[1:]:
    source = pathlib.Path(name)
    with source.open("rb") as file:
        catalogue = pofile.read_po(file, locale=source.parts[-3])
    made = source.with_suffix(".mo.new")
    with made.open("wb") as file:
        mofile.write_mo(file, catalogue)
    made.replace(source.with_suffix(".mo"))
"""


def compile_translations():
    """Make each .mo that is absent or older than its .po."""
    sources = [
        *(ROOT / "diapason").glob("**/locale/*/LC_MESSAGES/*.po"),
        *ROOT.glob("locale/*/LC_MESSAGES/*.po"),
    ]
    stale = []
    for source in sources:
        made = source.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime_ns < source.stat().st_mtime_ns:
            stale.append(str(source))
    if stale:
        result = subprocess.run(
            [str(PYTHON), "-c", COMPILE, *stale], capture_output=True, text=True, cwd=ROOT
        )
        if result.returncode:
            raise explain(
                result.stderr, words("Une traduction est illisible :", "A translation cannot be read:")
            )


def refuse_taken_port(port):
    """Refuse a port on which something else listens."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
            raise Trouble(
                words(
                    f"Le port {port} est déjà pris (ou réservé) : prenez-en un autre : --port {port + 1}.",
                    f"Port {port} is already taken (or reserved): choose another one: --port {port + 1}.",
                )
            ) from None


def wait_until_it_answers(port, children, log, seconds=60):
    """Wait for the first page with status 200; a dead child, or silence, is an error with its last words."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        refuse_dead(children, log)
        try:
            with DIRECTLY.open(f"http://127.0.0.1:{port}/", timeout=10) as answer:
                if answer.status == 200:
                    return
        except urllib.error.HTTPError as error:
            lines = tail_of(log / "web.log")
            raise explain(
                lines,
                words(f"La première page répond {error.code} :", f"The first page answers {error.code}:"),
            ) from None
        except OSError:
            time.sleep(0.05)
    lines = tail_of(log / "web.log")
    raise explain(lines, words("Le serveur ne répond pas :", "The server does not answer:"))


def tail_of(path):
    """Return the last lines of a log."""
    return (
        "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-20:])
        if path.exists()
        else ""
    )


def refuse_dead(children, log):
    """Raise when a child has ended by itself."""
    for name, child in children.items():
        if child.poll() is not None:
            sentence = words(f"Le programme « {name} » s’est arrêté :", f"The program “{name}” has stopped:")
            raise explain(tail_of(log / f"{name}.log"), sentence)


def stop(children, seconds=15):
    """Ask each child to end in order, then make it."""
    for child in children.values():
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
    limit = time.monotonic() + seconds
    for child in children.values():
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, limit - time.monotonic()))
        if child.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


# ---------------------------------------------------------------------------------------------------- verbs


def demo(options):
    """Run the demonstration until Ctrl-C."""
    began = time.monotonic()
    instance = Instance(options.network, options.scale, options.today, options.data)
    refuse_taken_port(options.port)
    ensure_installed("app")
    instance.prepare()
    refuse_taken_port(options.port)
    with ThreadPoolExecutor(1) as meanwhile:
        accounts = meanwhile.submit(instance.accounts)
        children = instance.serve(options.port)
    try:
        present(options, accounts.result(), time.monotonic() - began)
        while True:
            refuse_dead(children, instance.log)
            time.sleep(0.3)
    except KeyboardInterrupt:
        say("\nArrêt …", "\nStopping …")
    finally:
        stop(children)
    say(
        "Diapason est arrêté. Les données sont gardées dans " + str(instance.data),
        "Diapason has stopped. Its data stay in " + str(instance.data),
    )
    return 0


def present(options, accounts, seconds):
    """Print the address and who can sign in, and open the browser when there is one."""
    address = f"http://localhost:{options.port}"
    say(
        f"\nDiapason est prêt ({seconds:.1f} s) :  {address}\n",
        f"\nDiapason is ready ({seconds:.1f} s):  {address}\n",
    )
    if accounts:
        say("Comptes de démonstration :", "Demonstration accounts:")
        columns = [
            (each["email"], each["password"], f"{each['role']}, {each['organization']}".rstrip(", "))
            for each in accounts
        ]
        widths = [max(len(row[place]) for row in columns) for place in range(2)]
        for email, password, role in columns:
            print(f"  {email:<{widths[0]}}  {password:<{widths[1]}}  {role}")
    say("\nCtrl-C arrête tout.", "\nCtrl-C stops everything.")
    has_screen = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if not options.no_browser and has_screen:
        webbrowser.open(address)


def manage(options):
    """Run a management command on the demonstration's data (or on --data, --network)."""
    ensure_installed("app")
    compile_translations()
    instance = Instance(options.network, data=options.data or os.environ.get("DIAPASON_DATA"))
    return instance.manage(*options.arguments).returncode


def migrate(options):
    """Bring the tables of the demonstration's data up to date."""
    options.arguments = ["migrate", *options.arguments]
    return manage(options)


def module(name, needs="test"):
    """Return the verb that runs a module of this project in the environment."""

    def verb(options):
        ensure_installed(needs)
        compile_translations()
        variables = environment({"PYTHONUNBUFFERED": "1"})
        child = subprocess.Popen([str(PYTHON), "-m", name, *options.arguments], cwd=ROOT, env=variables)
        try:
            return child.wait()
        except KeyboardInterrupt as request:
            if isinstance(request, Stopped):
                child.terminate()  # Ctrl-C has reached it already, with the rest of the terminal's programs
            child.wait()
            raise

    return verb


def lock(options):
    """Make the hashed lists again from the two .in files (a maintainer's act; needs uv)."""
    uv = shutil.which("uv")
    if not uv:
        raise Trouble(
            words(
                "Il faut uv pour refaire les listes : pipx install uv",
                "uv is needed to make the lists: pipx install uv",
            )
        )
    common = [
        uv,
        "pip",
        "compile",
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-header",
    ]
    common += ["--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--quiet", *options.arguments]
    for name, sources in {"app": ["app"], "test": ["app", "test"]}.items():
        inputs = [f"requirements/{source}.in" for source in sources]
        made = subprocess.run([*common, *inputs, "-o", f"requirements/{name}.txt"], cwd=ROOT)
        if made.returncode:
            return made.returncode
        text = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")
        if re.search(r"://|^--(?:index|extra|find)", text, re.M):
            raise Trouble(
                words(
                    f"requirements/{name}.txt contient une adresse.",
                    f"requirements/{name}.txt records an address.",
                )
            )
    say("Les deux listes sont refaites.", "Both lists are made again.")
    return 0


VERBS = {
    "test": (
        module("tests.everything"),
        words(
            "tout vérifier : contrôles, tests, navigateur, PostgreSQL",
            "check everything: checks, tests, browser, PostgreSQL",
        ),
    ),
    "check": (
        module("tests.checks"),
        words(
            "les contrôles sans les tests (--fast : les plus rapides)",
            "the checks without the tests (--fast: the quick ones)",
        ),
    ),
    "fix": (
        module("tests.fix"),
        words("mettre en forme et corriger ce qui se corrige seul", "format, and mend what mends itself"),
    ),
    "bench": (module("benchmarks"), words("mesurer : bench [nom]", "measure: bench [name]")),
    "messages": (
        module("tests.conventions.catalogues"),
        words("relever les textes à traduire", "collect the texts to translate"),
    ),
    "keep": (
        module("tests.upgrade.keep"),
        words(
            "garder une petite base pour l’essai des mises à niveau : keep NOM",
            "keep a small database to try upgrades on: keep NAME",
        ),
    ),
    "screenshots": (
        module("tests.journeys.screenshots"),
        words("refaire les images du README", "make the README's pictures"),
    ),
}


def arguments():
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="run.py",
        description=words(
            "Diapason : démarrer, vérifier, entretenir.", "Diapason: start, check, look after."
        ),
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    show = verbs.add_parser("demo", help=words("lancer la démonstration", "run the demonstration"))
    show.add_argument("--port", type=int, default=8000)
    show.add_argument("--no-browser", action="store_true")
    show.add_argument("--network", choices=["fictional", "public"], default="fictional")
    show.add_argument("--scale", type=int, default=1, metavar="N")
    show.add_argument("--today", default="", metavar="YYYY-MM-DD")
    show.add_argument("--data", metavar="FOLDER")
    show.set_defaults(action=demo)
    for name, (action, text) in VERBS.items():
        verb = verbs.add_parser(name, help=text, add_help=False)
        verb.set_defaults(action=action, takes_all=True)
    for name, action in {"manage": manage, "migrate": migrate, "lock": lock}.items():
        verb = verbs.add_parser(
            name, help=words("commande d’administration", "management command") if name == "manage" else None
        )
        verb.add_argument("--network", choices=["fictional", "public"], default="fictional")
        verb.add_argument("--data", metavar="FOLDER")
        verb.add_argument("arguments", nargs=argparse.REMAINDER)
        verb.set_defaults(action=action)
    return parser


def stopped(number, frame):
    """Turn a request to end into the way Ctrl-C takes."""
    raise Stopped


def main():
    """Do what the command line asks and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a terminal that knows no ✓ shows a question mark
    parser = arguments()
    options, rest = parser.parse_known_args()
    if getattr(options, "takes_all", False):
        options.arguments = rest
    elif rest:
        parser.error(" ".join(rest))
    signal.signal(signal.SIGTERM, stopped)
    signal.signal(signal.SIGHUP, stopped)
    try:
        return options.action(options)
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
    except KeyboardInterrupt:
        say(
            "\nInterrompu ; relancez la même commande, elle reprendra.",
            "\nInterrupted; run the same command again, it will carry on.",
        )
        return 130
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        print(f"\n{full_disk()}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
