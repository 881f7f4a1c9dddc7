"""What a person of one house meets of another's: nothing, neither name nor existence, where the charter is closed."""

from collections.abc import Callable
from typing import Any

SECRET = "ET-NET-2026-1704"
"""A study of Brest in no public register."""


def test_a_confidential_study_exists_for_its_holder_only(visitor: Callable[..., Any]) -> None:
    outside = visitor("network_coordinator")
    lists = (f"/search/?q={SECRET}", f"/studies/?q={SECRET}")
    for path in lists:
        assert f"/studies/{SECRET}/" in outside.open(path).content(), path
    holder = visitor("quality_manager")
    page = holder.open(f"/studies/{SECRET}/")
    page.get_by_role("link", name="Dire qui peut la connaître").click()
    page.get_by_label("Étude confidentielle").check()
    page.get_by_label("Motif").fill("Invention à breveter")
    page.get_by_role("button", name="Enregistrer").click()
    holder.open(f"/studies/{SECRET}/")
    assert "confidentielle" in page.locator(".page-title").inner_text()
    holder.check_page()
    for path in (f"/studies/{SECRET}/", f"/studies/{SECRET}/status/", f"/enrolment/{SECRET}/"):
        assert outside.page.request.get(path).status == 404, path
    for path in lists:
        assert f"/studies/{SECRET}/" not in outside.open(path).content(), path


def test_another_house_keeps_its_answers(visitor: Callable[..., Any]) -> None:
    for role in ("quality_manager", "research_staff", "internal_auditor"):
        who = visitor(role)
        answer = who.page.request.get("/readiness/answers/PER/iso-9001-2015/8.4.1/")
        assert answer.status == 404, role
        assert who.page.request.get("/readiness/answers/BRE/iso-9001-2015/8.4.1/").status == 200, role


def test_a_missing_role_is_told_with_its_reason(visitor: Callable[..., Any]) -> None:
    who = visitor("research_staff")
    answer = who.page.request.get("/imports/")
    assert answer.status == 403
    assert "import" in answer.text().lower()


def test_a_stranger_is_asked_to_sign_in(visitor: Callable[..., Any], site: Any) -> None:
    who = visitor()
    for path in ("/network/", "/studies/", "/trail/", "/organizations/BRE/", "/communiques/"):
        assert who.page.request.get(path).url.startswith(f"{site.address}/accounts/login/"), path
