"""A real download of the register, some of it broken, is previewed, taken over and explained line by line."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.journeys.downloads import BROKEN, broken_download

COUNT = 40


def test_a_registry_download_with_broken_files(visitor: Callable[..., Any], tmp_path: Path) -> None:
    who = visitor("network_coordinator")
    file = tmp_path / "lymphoma.zip"
    file.write_bytes(broken_download(count=COUNT))
    page = who.open("/imports/")
    who.check_page()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Lire le fichier").click()
    page.wait_for_url(re.compile(r"/imports/[^/]+/$"))
    confirm = page.get_by_role("button", name="Reprendre les études")
    confirm.wait_for(timeout=60_000)
    assert facts(page) == {"Lues": str(COUNT + 3), "Créées": str(COUNT), "Refusées": "3"}
    for name in BROKEN:
        assert name in page.locator("main").inner_text(), name
    who.check_page()
    confirm.click()
    page.get_by_text("40 études créées").first.wait_for(timeout=60_000)
    assert facts(page) == {"Lues": str(COUNT + 3), "Créées": str(COUNT), "Refusées": "3"}
    page.get_by_role("link", name="Toutes les lignes refusées").click()
    for name in BROKEN:
        assert page.locator("main tbody tr", has_text=name).locator("td").last.inner_text().strip(), name
    who.check_page()
    page.go_back()
    page.locator("main a[href^='/studies/']").first.click()
    assert "NCT" in page.locator("main").inner_text()
    who.check_page()


def facts(page: Any) -> dict[str, str]:
    """Return the counts that the page of an import states."""
    terms, values = page.locator("dl.facts dt"), page.locator("dl.facts dd")
    stated = dict(zip(terms.all_inner_texts(), values.all_inner_texts(), strict=True))
    return {name: stated[name] for name in ("Lues", "Créées", "Refusées")}
