"""From sign-in to the communiqué as a PDF, every number of which opens where it comes from."""

import io
import re
from collections.abc import Callable
from typing import Any

from pypdf import PdfReader


def test_a_newcomer_makes_the_communique(visitor: Callable[..., Any], site: Any) -> None:
    who = visitor("network_coordinator")
    page = who.open("/network/")
    page.get_by_role("navigation").get_by_role("link", name="Communiqués").click()
    page.get_by_role("link", name="Préparer un communiqué").first.click()
    page.get_by_role("button", name="Préparer le projet").click()
    page.get_by_role("button", name="Enregistrer le projet").click()
    text = page.locator("main").inner_text()
    for number in ("18", "20", "516 000", "569", "15,8 %", "86", "44", "5 000", "216", "52", "30 000"):
        assert re.sub(r"\s", " ", number) in re.sub(r"\s", " ", text), number
    page.get_by_role("button", name="Émettre comme provisoire").click()
    page.wait_for_load_state()
    who.check_page()
    address = page.get_by_role("link", name="PDF en français").get_attribute("href")
    answer = page.request.get(address)
    assert answer.headers["content-type"] == "application/pdf"
    check_pdf(answer.body(), site.address)


def check_pdf(raw: bytes, address: str) -> None:
    """Expect a tagged PDF in French, archived form, whose numbers are links."""
    reader = PdfReader(io.BytesIO(raw))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"].startswith("fr")
    metadata = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfuaid:part\W+1", metadata)
    assert re.search(r"pdfaid:part\W+2", metadata)
    links = [
        note.get_object()["/A"]["/URI"]
        for sheet in reader.pages
        for note in sheet.get("/Annots", [])
        if "/URI" in note.get_object().get("/A", {})
    ]
    assert sum("/figures/" in link for link in links) >= 10
    assert "569" in reader.pages[0].extract_text()


def test_a_number_opens_its_records(visitor: Callable[..., Any]) -> None:
    who = visitor("network_coordinator")
    page = who.open("/figures/?year=2017")
    page.get_by_role("link", name="Études promues par le réseau, en inclusion ou en suivi").click()
    text = page.locator("main").inner_text()
    assert "569" in text
    assert "en inclusion" in text
    who.check_page()
