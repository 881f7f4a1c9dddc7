"""Charts: handed over by the page, drawn by a process of its own, cleaned, served to who knows the key."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from diapason.ui import chart_store, render_chart
from diapason.ui.charts import TEAL, Chart, drawn
from diapason.ui.svg_cleaning import cleaned


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: Any) -> Path:
    settings.DIAPASON = {**settings.DIAPASON, "chart_store": tmp_path / "charts"}
    return tmp_path / "charts"


def chart(**more: Any) -> Chart:
    values = [
        {"year": "2025", "n": 3, "url": "/certificates/A/"},
        {"year": "2026", "n": 5, "url": "/certificates/B/"},
    ]
    spec = {
        "data": {"values": values},
        "mark": {"type": "point", "color": TEAL},
        "encoding": {
            "x": {"field": "year", "type": "ordinal"},
            "y": {"field": "n", "type": "quantitative"},
            "href": {"field": "url"},
        },
        **more,
    }
    return Chart("points", "Five rather than three.", spec, ["Year", "Number"], [["2025", 3], ["2026", 5]])


def shown(one: Chart) -> str:
    request = RequestFactory().get("/")
    return Template("{% load ui %}{% chart chart %}").render(Context({"chart": one, "request": request}))


def test_the_page_has_the_table_at_once_and_waits_for_nothing() -> None:
    one = chart()
    text = shown(one)
    assert "<table" in text
    assert 'hx-trigger="load"' in text
    assert f"/charts/{one.key()}.svg?wait=1" in text
    assert chart_store.picture(one.key()) == ""


def test_the_same_content_has_the_same_key_and_another_has_not() -> None:
    assert chart().key() == chart().key()
    assert chart(width=300).key() != chart().key()


def test_a_chart_is_drawn_cleaned_and_then_stands_in_the_page() -> None:
    one = chart()
    svg = drawn(one)
    assert 'href="/certificates/A/"' in svg
    assert "vega.github.io" not in svg
    assert "style=" not in svg
    assert "f-teal" in svg
    assert 'aria-label="Five rather than three."' in svg
    assert "year: 2025" in svg
    text = shown(one)
    assert svg in text
    assert "hx-get" not in text


def test_a_chart_that_cannot_be_drawn_says_so_and_stops_nobody() -> None:
    bad = chart(mark={"type": "no such mark"}, data={"values": "nonsense"}, encoding=3)
    good = chart()
    key = bad.key()
    drawn(good)
    assert chart_store.has_failed(key)
    with pytest.raises(chart_store.ChartNotDrawn):
        chart_store.draw_now(key)


def test_numbers_and_dates_follow_the_language() -> None:
    from django.utils import translation

    with translation.override("fr"):
        french = chart().key()
    with translation.override("en"):
        english = chart().key()
    assert french != english
    places = {key: next(chart_store.folder().glob(f"*/{key}.json")) for key in (french, english)}
    assert json.loads(places[french].read_text())["language"] == "fr"


@pytest.mark.django_db
def test_the_picture_is_served_to_those_signed_in(client_as: Any, client: Any) -> None:
    one = chart()
    drawn(one)
    address = f"/charts/{one.key()}.svg"
    assert client.get(address).status_code == 302
    answer = client_as("research_staff").get(address)
    assert answer["Content-Type"].startswith("image/svg+xml")
    assert "immutable" in answer["Cache-Control"]
    assert client_as("research_staff").get(f"/charts/{'0' * 64}.svg").status_code == 404
    assert client_as("research_staff").get("/charts/..svg").status_code == 404


@pytest.mark.django_db
def test_what_is_not_drawn_yet_is_asked_for_again(client_as: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(chart_store, "start_drawing", lambda: None)
    text = client_as("research_staff").get(f"/charts/{chart().key()}.svg").content.decode()
    assert "load delay:400ms" in text


def test_old_charts_are_forgotten(store: Path) -> None:
    import os

    chart().key()
    assert render_chart.sweep(store) == 0
    for path in store.glob("*/*"):
        os.utime(path, (0, 0))
    assert render_chart.sweep(store) == 1


def test_a_page_survives_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(chart_store, "write", full)
    assert "<table" in shown(chart())


def test_one_renderer_at_a_time(store: Path) -> None:
    chart().key()
    (store / ".drawing").touch()
    assert render_chart.main(store) == 1
    assert not list(store.glob("*/*.svg"))


def test_a_hostile_svg_keeps_no_script_and_no_foreign_link() -> None:
    svg = cleaned(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="x()">'
        '<script>x()</script><style>a{}</style><a xlink:href="https://example.org/x"><text style="x" fill="#b9bdc7">t'
        '</text></a><a href="//example.org"/><a href="javascript:x()"/></svg>'
    )
    for bad in ("script", "style", "example.org", "onload"):
        assert bad not in svg
    assert "f-mute" in svg
