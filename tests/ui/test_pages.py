"""The shell in both languages, headers, preferences, error pages, the gallery."""

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_headers_hold_the_policy(client_as: Any, network: Any) -> None:
    answer = client_as("network_coordinator").get("/day/")
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_french_is_spoken_unless_the_browser_or_the_reader_wants_english(
    client_as: Any, network: Any
) -> None:
    client = client_as("network_coordinator")
    assert client.get("/day/")["Content-Language"] == "fr"
    assert client.get("/day/", headers={"accept-language": "en-GB"})["Content-Language"] == "en"
    client.post("/preferences/language/", {"language": "en", "next": "/day/"})
    answer = client.get("/day/", headers={"accept-language": "fr"})
    assert answer["Content-Language"] == "en"
    assert b'lang="en"' in answer.content


def test_the_account_speaks_before_the_browser(client_as: Any, network: Any) -> None:
    client = client_as("network_coordinator")
    client.account.language = "en"
    client.account.save()
    assert client.get("/day/", headers={"accept-language": "fr"})["Content-Language"] == "en"


def test_the_theme_is_remembered_and_unknown_ones_are_not(client_as: Any, network: Any) -> None:
    client = client_as("network_coordinator")
    assert b"data-follow-device" in client.get("/day/").content
    answer = client.post("/preferences/theme/", {"theme": "dark", "next": "/network/"})
    assert answer.url == "/network/"
    assert b'data-bs-theme="dark"' in client.get("/day/").content
    client.cookies["theme"] = '"><script>'
    assert b"data-follow-device" in client.get("/day/").content


@pytest.mark.parametrize("wanted", ["https://example.org/", "//example.org", "", "javascript:x"])
def test_preferences_lead_back_to_our_own_pages_only(wanted: str) -> None:
    assert Client().post("/preferences/theme/", {"theme": "dark", "next": wanted}).url == "/"


def test_an_absent_page_is_404_in_the_shell(client_as: Any, network: Any) -> None:
    answer = client_as("network_coordinator").get("/nothing/here/")
    assert answer.status_code == 404
    assert 'id="sidebar"' in answer.content.decode()


def test_the_gallery_shows_every_component(client_as: Any, network: Any) -> None:
    from diapason.ui import components

    text = client_as("network_coordinator").get("/gallery/").content.decode()
    for component in components.every():
        assert f'id="{component.name}"' in text
        assert component.arguments is not None


def test_pages_have_no_inline_style_nor_script(client_as: Any, network: Any) -> None:
    client = client_as("network_coordinator")
    for address in ("/day/", "/network/", "/gallery/", "/search/?q=al", "/administration/", "/nothing/"):
        text = client.get(address).content.decode()
        assert " style=" not in text, address
        assert "<script>" not in text, address
        assert "onclick" not in text, address
