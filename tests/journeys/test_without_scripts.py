"""What a browser that runs no scripts can do: everything below, by plain links, forms and reloads."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.journeys.downloads import broken_download


def test_sign_in_and_filter_the_portfolio(visitor: Callable[..., Any], site: Any) -> None:
    page, account = visitor(java_script_enabled=False).open("/studies/"), site.account("quality_manager")
    page.locator("input[name=login]").fill(account["email"])
    page.locator("input[name=password]").fill(account["password"])
    page.get_by_role("button", name="Se connecter", exact=True).click()
    everything = page.locator(".pager").inner_text()
    wanted = page.locator("main tbody th .clause").nth(3).inner_text()
    page.get_by_label("Titre, acronyme ou numéro").fill(wanted)
    page.get_by_role("button", name="Filtrer").click()
    assert page.locator(".pager").inner_text() != everything
    page.locator("main tbody a").first.click()
    assert page.url.endswith(f"/studies/{wanted}/")
    page.locator(".me-pop summary").click()
    page.get_by_role("button", name="Se déconnecter").click()
    assert page.request.get("/studies/").url.startswith(f"{site.address}/accounts/login/")


def test_assess_a_clause(visitor: Callable[..., Any]) -> None:
    who = visitor("quality_manager", java_script_enabled=False)
    page = who.open("/readiness/answers/BRE/iso-9001-2015/6.3/")
    page.get_by_label("Ce qui le prouve").fill("Modifications décidées en comité, compte rendu n° 12")
    page.locator("input[name=level]").nth(3).check()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page = who.open("/readiness/answers/BRE/iso-9001-2015/6.3/")
    assert "compte rendu n° 12" in page.get_by_label("Ce qui le prouve").input_value()
    assert page.locator("input[name=level]").nth(3).is_checked()


def test_choose_language_and_theme(visitor: Callable[..., Any]) -> None:
    page = visitor("research_staff", java_script_enabled=False).open("/day/")
    page.locator("button[name=language]").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator("button.to-dark").click()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"


def test_preview_an_import_by_reloading(visitor: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "download.zip"
    file.write_bytes(broken_download(first=60, count=5))
    page = visitor("network_coordinator", java_script_enabled=False).open("/imports/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Lire le fichier").click()
    again = page.get_by_role("link", name="Montrer où il en est")
    for _ in range(300):
        if not again.count():
            break
        page.wait_for_timeout(200)
        again.click()
    assert page.get_by_role("button", name="Reprendre les études").count()
    text = page.locator("main").inner_text()
    assert "truncated.xml" in text
    page.get_by_role("button", name="Arrêter l’import").click()
    assert not page.get_by_role("button", name="Reprendre les études").count()
