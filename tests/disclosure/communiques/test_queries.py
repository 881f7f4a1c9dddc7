"""What a communiqué says, and the PDF made of it."""

import io
import re
from datetime import date
from typing import Any

import pypdf
import pytest
from django.conf import settings
from django.utils.translation import override

from diapason.context.indicators.models import Claim
from diapason.disclosure.communiques import queries
from diapason.disclosure.communiques.queries.printing import NotTypeset, pdf_of


def document(communique: Any, language: str = "en") -> dict[str, Any]:
    with override(language):
        found: dict[str, Any] = queries.document_of(queries.content_of(communique))
        return found


class TestDocument:
    def test_each_number_has_its_note_and_its_address(self, draft: Any) -> None:
        lines = document(draft())["figures"]
        for line in lines:
            assert line["url"].startswith(f"{settings.DIAPASON['address']}/figures/")
            assert "2017" in line["note"] and "version 1" in line["note"]
        whole = {line["name"]: line for line in lines}
        assert "Signed off" in whole["Cancer centres"]["note"]

    def test_what_is_not_whole_or_not_signed_is_marked(self, draft: Any) -> None:
        marks = {line["name"]: line["marks"] for line in document(draft())["figures"]}
        assert marks["Cancer centres"] == []
        assert marks["Share of the oncology PHRC grants awarded"] == ["provisional: not signed off"]
        assert marks["Patients cared for in the year"] == [
            "incomplete: 1 of 2",
            "provisional: not signed off",
        ]

    def test_the_sentence_is_cut_at_its_number(self, draft: Any) -> None:
        line = document(draft("patients_in_trials_release"))["figures"][0]
        assert (line["before"], line["value"]) == ("", "More than 15%")
        assert line["after"] == " of patients included in a clinical trial"

    def test_the_checklist(self, draft: Any, today: date) -> None:
        checklist = queries.checklist_of(queries.content_of(draft()), on=today)
        assert [one.definition.indicator.code for one in checklist.incomplete] == ["patients_per_year"]
        assert not checklist.is_clear
        assert queries.checklist_of(queries.content_of(draft("centres")), on=today).is_clear

    def test_a_claim_is_told_as_a_claim(self, draft: Any) -> None:
        claim = Claim.objects.get(code="largest_academic_sponsor")
        found = document(draft("centres", claims=[claim]))
        assert found["claims"][0]["source"] == "Press release of the network, 9 October 2018"

    def test_the_fact_sheet_names_the_centres(self, draft: Any) -> None:
        assert [one["city"] for one in document(draft(kind="fact_sheet"))["places"]] == [
            "Alphaville",
            "Bêtaville",
        ]

    def test_texts_are_proposed_in_both_languages(self, edition: Any) -> None:
        texts = queries.proposed_texts("communique", edition)
        assert texts["title_fr"] != texts["title_en"]
        assert "3" in texts["opening_fr"] and "3" in texts["opening_en"]


class TestPdf:
    @pytest.mark.parametrize(("language", "kind"), [("fr", "communique"), ("en", "fact_sheet")])
    def test_it_is_tagged_archivable_and_linked(self, draft: Any, language: str, kind: str) -> None:
        made = document(draft(kind=kind), language)
        reader = pypdf.PdfReader(io.BytesIO(pdf_of(made)))
        root = reader.trailer["/Root"]
        assert root["/StructTreeRoot"] and root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == language
        assert reader.metadata is not None and reader.metadata.title == made["title"]
        metadata = reader.xmp_metadata.stream.get_data().decode()  # type: ignore[union-attr]
        assert re.search(r"pdfuaid:part>1<", metadata)
        assert re.search(r"pdfaid:part>2<", metadata) and re.search(r"pdfaid:conformance>A<", metadata)
        links = {
            str(note.get_object()["/A"]["/URI"])
            for page in reader.pages
            for note in page.get("/Annots", [])
            if "/A" in note.get_object() and "/URI" in note.get_object()["/A"]
        }
        assert {line["url"] for line in made["figures"]} <= links
        fonts = {
            str(font.get_object()["/BaseFont"])
            for page in reader.pages
            for font in page["/Resources"]["/Font"].values()
        }
        assert fonts and all("Inter" in font for font in fonts)

    def test_the_fictional_banner_and_the_marks_are_on_paper(self, draft: Any) -> None:
        made = document(draft(), "fr")
        text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf_of(made))).pages)
        plain = " ".join(text.split()).replace("\xa0", " ")
        assert made["fictional"] and made["fictional"].replace("\xa0", " ") in plain
        assert made["mark"] in plain

    def test_hostile_text_stays_text(self, draft: Any) -> None:
        made = document(draft("centres"))
        made["title"] = '#read("/etc/passwd") $x$ *bold* \\ <label> @ref "'
        reader = pypdf.PdfReader(io.BytesIO(pdf_of(made)))
        assert '#read("/etc/passwd")' in reader.pages[0].extract_text().replace("\n", " ")

    def test_a_document_without_its_parts_is_refused(self) -> None:
        with pytest.raises(NotTypeset):
            pdf_of({"title": "x"})
