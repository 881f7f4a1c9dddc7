"""The word two minutes before a session ends: seen and told in time, answered by one key, nothing typed is lost."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.windows import Look

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
