"""From sign-in to the communiqué as a PDF, every number of which opens where it comes from."""

import io
import re
from collections.abc import Callable
from typing import Any

from pypdf import PdfReader

from tests.journeys.windows import SIGN_IN

NUMBERS = ("18", "20", "516 000", "569", "15,8 %", "86", "44", "5 000", "216", "52", "30 000")
"""What the release of 9 October 2018 says of 2017."""


def plain(text: str) -> str:
    """Return a text with one kind of space."""
    return re.sub(r"\s+", " ", text)


def test_a_newcomer_makes_the_communique(visitor: Callable[..., Any], site: Any) -> None:
    who, account = visitor(), site.account("network_coordinator")
    page = who.open("/")
    assert SIGN_IN in page.url
    page.locator("input[name=login]").fill(account["email"])
    page.locator("input[name=password]").fill(account["password"])
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.get_by_role("navigation").get_by_role("link", name="Communiqués").click()
    page.get_by_role("link", name="Préparer un communiqué").first.click()
    page.get_by_role("button", name="Préparer le projet").click()
    who.check_page()
    page.get_by_role("button", name="Enregistrer le projet").click()
    page.get_by_role("button", name="Émettre comme provisoire").click()
    page.get_by_role("button", name="Émettre comme provisoire").wait_for(state="detached")
    who.check_page()
    text = plain(page.locator("article").inner_text())
    assert [number for number in NUMBERS if number not in text] == []
    check_doors(page)
    french = page.get_by_role("link", name="PDF en français").get_attribute("href")
    english = page.get_by_role("link", name="PDF en anglais").get_attribute("href")
    check_pdf(page.request.get(french), site.address, "fr")
    check_pdf(page.request.get(english), site.address, "en")


def check_doors(page: Any) -> None:
    """Expect that each number is a link to its own page, which says the same number."""
    doors = page.locator("article li[id^='figure-'] > a")
    assert doors.count() == page.locator("article li[id^='figure-']").count()
    for number, address in doors.evaluate_all("all => all.map(each => [each.innerText, each.href])"):
        answer = page.request.get(address)
        assert answer.status == 200, address
        digits = re.sub(r"[^\d,]", "", number)
        assert digits in re.sub(r"(?<=\d)(\s|&nbsp;|&#8239;)+(?=\d)", "", answer.text()), (number, address)


def check_pdf(answer: Any, address: str, language: str) -> None:
    """Expect a tagged and archival PDF in its language, whose numbers are links to where they come from."""
    assert answer.headers["content-type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.body()))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"].startswith(language)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfuaid:part\W+1", metadata)
    assert re.search(r"pdfaid:part\W+2", metadata)
    text = re.sub(r"(?<=\d)\s(?=%)", "", plain("".join(sheet.extract_text() for sheet in reader.pages)))
    numbers = NUMBERS if language == "fr" else [each.replace(" 000", ",000") for each in NUMBERS]
    said = [re.sub(r" (?=%)", "", each) for each in numbers]
    if language == "en":
        said = [each.replace("15,8", "15.8") for each in said]
    assert [number for number in said if number not in text] == []
    links = [
        note.get_object()["/A"]["/URI"]
        for sheet in reader.pages
        for note in sheet.get("/Annots", [])
        if "/URI" in note.get_object().get("/A", {})
    ]
    doors = [link for link in links if "/figures/" in link]
    assert len(doors) >= 10
    assert all(link.startswith(address) for link in doors)


def test_a_number_opens_its_records(visitor: Callable[..., Any]) -> None:
    who = visitor("network_coordinator")
    page = who.open("/figures/?year=2017")
    who.check_page()
    page.locator("main a[href='/figures/studies_sponsored_active-2017-NET-v1/']").first.click()
    text = page.locator("main").inner_text()
    assert "569" in text
    assert "en inclusion" in text
    who.check_page()
    page.locator("main a[href^='/studies/?']").first.click()
    assert "569 études" in plain(page.locator("main").inner_text())
    page.locator("main tbody a").first.click()
    assert page.locator("main .story").count()
    who.check_page()
