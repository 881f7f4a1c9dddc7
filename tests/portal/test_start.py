"""Check what the web processes load before their first page, and that they part only after it is loaded."""

import json
import os
import subprocess
import sys

import run

HEAVY = (
    "altair", "vl_convert", "typst", "polars", "numpy", "scipy", "ortools", "duckdb", "xlsxwriter",
    "python_calamine", "PIL", "holidays", "qrcode", "psycopg", "unittest", "diapason.demonstration.invention",
)  # fmt: skip
"""What few pages need, and takes a while to load: read when such a page is asked for."""
MOST = 1_900
"""How many modules the application may be made of: each costs the start more than half a millisecond."""


def told_by_a_fresh_process(question: str, data: str) -> object:
    """Return what a new Python says after it has loaded the application as the web server does."""
    variables = os.environ | {"DIAPASON_DATA": data, "DJANGO_SETTINGS_MODULE": "diapason.settings.demo"}
    program = f"import gc, json, sys, diapason.portal.wsgi\nprint(json.dumps({question}))"
    command = [sys.executable, "-c", program]
    done = subprocess.run(
        command, cwd=run.ROOT, env=variables, capture_output=True, text=True, check=True, timeout=120
    )
    return json.loads(done.stdout)


def test_the_web_process_loads_what_pages_need_and_no_more(tmp_path: object) -> None:
    loaded = f"[name for name in {HEAVY!r} if name in sys.modules], len(sys.modules)"
    question = f"[{loaded}, gc.isenabled(), gc.get_freeze_count()]"
    heavy, modules, collects, kept = told_by_a_fresh_process(question, str(tmp_path))  # type: ignore[misc]
    assert heavy == []
    assert modules < MOST, f"{modules} modules: does an ordinary page need all of them?"
    assert collects
    assert kept > 100_000, "what was loaded is looked through again and again"


def test_every_page_is_read_before_the_processes_part(tmp_path: object) -> None:
    question = "[name for name in sys.modules if name.endswith('.urls') and name.startswith('diapason.')]"
    addresses = told_by_a_fresh_process(question, str(tmp_path))
    assert len(addresses) > 20  # type: ignore[arg-type]
