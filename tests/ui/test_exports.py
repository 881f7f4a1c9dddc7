"""Lists as tables: every row that the filters keep, the page's right, nothing that a spreadsheet runs."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import RequestFactory
from django.urls import reverse

from diapason.kernel.dates import PartialDate
from diapason.kernel.words import message
from diapason.ui import exports
from diapason.ui.exports import Column, written
from diapason.ui.listing import Filter, Listing

COLUMNS = (Column(message("Name"), "model"), Column(message("State"), lambda row: row.app_label.upper()))


def table(answer: Any) -> list[list[str]]:
    body = b"".join(answer.streaming_content)
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


@pytest.mark.django_db
@pytest.mark.database
def test_the_table_holds_every_row_that_the_filters_keep_and_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exports, "ROWS_AT_ONCE", 7)
    ContentType.objects.bulk_create(ContentType(app_label=f"app{n % 2}", model=f"m{n:02}") for n in range(60))
    request = RequestFactory().get("/list/?app=app1&after=x")
    rows = ContentType.objects.filter(app_label__startswith="app")
    which = Filter("app", "Which", "app_label")
    batches: list[int] = []

    def prepare(batch: list[Any]) -> list[Any]:
        batches.append(len(batch))
        return batch

    listing = Listing(request, rows, ("model",), [which], size=10, columns=COLUMNS, prepare=prepare)
    assert listing.export_url == "/list/?app=app1&export=csv"
    answer = listing.exported("list.csv")
    lines = table(answer)
    answer.file_to_stream.close()
    assert len(lines) == 31
    assert lines[1] == ["m01", "APP1"]
    assert {line[1] for line in lines[1:]} == {"APP1"}
    assert batches == [7, 7, 7, 7, 2]


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "|calc", "%0A=1"])
def test_a_text_that_a_spreadsheet_would_run_is_disarmed(text: str) -> None:
    assert written(text) == f"'{text}"


def test_values_are_written_for_machines() -> None:
    assert written(-3) == -3
    assert written(Decimal("12.0000")) == 12
    assert written(Decimal("0.1580")) == Decimal("0.158")
    assert written(date(2026, 11, 3)) == "2026-11-03"
    assert written(None) == ""
    assert str(written(PartialDate(date(2018, 1, 1), date(2018, 12, 31)))) == "2018"
    assert written("Institut de la Rade") == "Institut de la Rade"


def test_a_column_reads_a_path_and_stops_at_nothing() -> None:
    class Row:
        holder = None

    assert Column(message("Name"), "holder.short_name").of(Row()) is None


@pytest.mark.django_db
def test_a_page_gives_its_list_to_whoever_may_see_the_page(client_as: Any, client: Any) -> None:
    url = reverse("certificates:certificates") + "?export=csv"
    answer = client_as("network_coordinator").get(url)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "diapason-certificates-" in answer["Content-Disposition"]
    assert len(table(answer)[0]) == 8
    assert client.get(url).status_code == 302
    refused = client_as("research_staff").get(reverse("trail:entries") + "?export=csv")
    assert refused.status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("studies:studies", "network_coordinator"),
        ("indicators:published", "network_coordinator"),
        ("trail:entries", "network_coordinator"),
        ("trail:heads", "network_coordinator"),
        ("registry_imports:imports", "network_coordinator"),
        ("registry_imports:places", "network_coordinator"),
        ("people:accounts", "administrator"),
    ],
)
def test_each_list_declares_its_columns(client_as: Any, name: str, role: str) -> None:
    answer = client_as(role).get(reverse(name), {"export": "csv"})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv"), name
    rows = table(answer)
    assert all(len(row) == len(rows[0]) for row in rows)


@pytest.mark.django_db
def test_a_page_without_a_list_answers_as_ever(client_as: Any) -> None:
    answer = client_as("network_coordinator").get(reverse("portal_administration"), {"export": "csv"})
    assert answer["Content-Type"].startswith("text/html")
