"""The word before a session ends: seen and told in time, answered by one key; nothing typed is lost, even too late."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.windows import SIGN_IN, Look, Site

FOCUSED = "() => document.activeElement.getAttribute('name') || document.activeElement.textContent.trim()"


def wait_until_the_word(who: Any, minutes: float = 28) -> Any:
    """Let the clock of the page run, typing nothing; return the notice."""
    who.page.clock.fast_forward(int(minutes * 60_000) + 1_000)
    notice = who.page.locator("#session-notice")
    notice.wait_for()
    return notice


@pytest.mark.parametrize("look", [Look(1440, "light", "fr"), Look(390, "dark", "en")], ids=str)
def test_a_session_is_prolonged_with_one_key(visitor: Callable[..., Any], look: Look) -> None:
    who = visitor("quality_manager", look=look)
    who.page.clock.install()
    page = who.open("/events/report/")
    field = page.locator("textarea[name=description]")
    field.fill("Consentement signé sur une version périmée")
    page.clock.fast_forward(27 * 60_000)
    assert page.locator("#session-notice").is_hidden()
    notice = wait_until_the_word(who, minutes=1)
    assert notice.get_attribute("role") == "alertdialog"
    assert page.evaluate(FOCUSED) == {"fr": "Rester connecté", "en": "Stay signed in"}[look.language]
    who.check_page()
    with page.expect_response(lambda answer: answer.request.method == "HEAD") as asked:
        page.keyboard.press("Enter")
    assert asked.value.status == 200
    notice.wait_for(state="hidden")
    assert page.evaluate(FOCUSED) == "description"
    assert field.input_value() == "Consentement signé sur une version périmée"
    wait_until_the_word(who)


def test_without_a_network_the_word_stays(visitor: Callable[..., Any]) -> None:
    who = visitor("quality_manager")
    who.page.clock.install()
    page = who.open("/day/")
    notice = wait_until_the_word(who)
    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        notice.get_by_role("button").click()
    assert notice.is_visible()
    page.context.set_offline(False)
    notice.get_by_role("button").click()
    notice.wait_for(state="hidden")
    lost = [line for line in who.said if "ERR_INTERNET_DISCONNECTED" in line]
    assert lost
    who.said = [line for line in who.said if line not in lost]


TYPED = {"title": "Relire la feuille de délégation", "due_on": "2027-03-01"}
FORM = "/actions/plan/"


def type_an_action(who: Any) -> Any:
    """Fill in a form as far as it has to be."""
    page = who.open(FORM)
    page.locator("main select[name=owner]").select_option(index=1)
    for name, value in TYPED.items():
        page.locator(f"main [name={name}]").fill(value)
    page.locator("main select[name=priority]").select_option("high")
    return page


def end_the_session(page: Any) -> None:
    """Take the session away, as the server does after half an hour; nothing tells the page."""
    page.context.clear_cookies(name="diapason_session")


def sign_in_again(page: Any, site: Site, role: str) -> None:
    """Sign in at the page that asks for it."""
    account = site.account(role)
    page.wait_for_url(f"**{SIGN_IN}**")
    page.locator("input[name=login]").fill(account["email"])
    page.locator("input[name=password]").fill(account["password"])
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda address: SIGN_IN not in address)


def expect_what_was_typed(page: Any) -> None:
    """Expect the form as it was typed, and a word that it is not saved."""
    page.locator(".typed-note[role=status]").wait_for()
    given = {name: page.locator(f"main [name={name}]").input_value() for name in (*TYPED, "priority")}
    assert given == {**TYPED, "priority": "high"}


def test_what_was_typed_is_back_after_signing_in_again(visitor: Callable[..., Any], site: Site) -> None:
    who = visitor("quality_manager", look=Look(390, "light", "fr"))
    who.page.clock.install()
    page = type_an_action(who)
    end_the_session(page)
    page.clock.fast_forward(31 * 60_000)
    notice = page.locator("#session-notice")
    notice.wait_for()
    assert "terminée" in notice.inner_text()
    assert page.evaluate(FOCUSED) == "Se reconnecter"
    page.keyboard.press("Enter")
    sign_in_again(page, site, "quality_manager")
    assert page.url.endswith(FORM)
    expect_what_was_typed(page)
    who.check_page()
    page.get_by_role("button", name="Repartir de ce qui est enregistré").click()
    assert page.locator("main [name=title]").input_value() == ""


def test_a_form_sent_too_late_is_there_again(visitor: Callable[..., Any], site: Site) -> None:
    who = visitor("quality_manager")
    page = type_an_action(who)
    end_the_session(page)
    page.locator("main form[method=post] button.btn-next").click()
    sign_in_again(page, site, "quality_manager")
    assert page.url.endswith(FORM)
    expect_what_was_typed(page)


def test_nobody_else_finds_what_was_typed(visitor: Callable[..., Any], site: Site) -> None:
    page = type_an_action(visitor("quality_manager"))
    end_the_session(page)
    page.locator("main form[method=post] button.btn-next").click()
    sign_in_again(page, site, "network_coordinator")
    assert page.url.endswith(FORM)
    assert page.locator(".typed-note").count() == 0
    assert page.locator("main [name=title]").input_value() == ""
    assert page.evaluate("sessionStorage.getItem('diapason-typed')") is None


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_end_after_twelve_hours_is_told_ten_minutes_before(
    visitor: Callable[..., Any], language: str
) -> None:
    who = visitor("quality_manager", look=Look(1440, "dark", language))

    def soon(route: Any) -> None:
        answer = route.fetch()
        body, found = re.subn(r'data-left="\d+"', 'data-left="1200"', answer.text())
        assert found == 1
        route.fulfill(response=answer, body=body)

    who.page.route("**/day/", soon)
    who.page.clock.install()
    page = who.open("/day/")
    notice = page.locator("#session-notice")
    page.clock.fast_forward(9 * 60_000)
    assert notice.is_hidden()
    page.clock.fast_forward(61_000)
    notice.wait_for()
    assert {"fr": "douze heures", "en": "twelve hours"}[language] in notice.inner_text()
    assert page.evaluate(FOCUSED) == {"fr": "Terminer d’abord", "en": "Finish first"}[language]
    who.check_page()
    page.keyboard.press("Enter")
    notice.wait_for(state="hidden")
    page.clock.fast_forward(10 * 60_000)
    notice.wait_for()
    assert {"fr": "terminée", "en": "has ended"}[language] in notice.inner_text()
