"""Check what comes in from spreadsheets and from sponsors' logs, the real one included."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from diapason.improvement.deviation_sheets.forms import taking
from diapason.improvement.deviation_sheets.models import DeviationCount, DeviationSheet
from diapason.ui.spreadsheets.raw import rows_of_file
from diapason.ui.spreadsheets.reading import read
from tests.improvement.deviation_sheets.conftest import ON

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "rbqm-clindata" / "ctms_protdev.csv.gz"
HEAD = "Étude\tMois\tCatégorie\tDéviations\tdont majeures\n"


def confirmed(client, url, pasted):
    preview = client.post(url, {"pasted": pasted})
    assert preview.status_code == 200
    step = preview.context["taking"]
    return step, client.post(url, {"packed": step.packed, "seal": step.seal}) if step.good else None


def test_pasted_rows_are_shown_then_entered_and_bad_ones_named(client_as, network, studies):
    studies(2)
    client = client_as("research_staff", network.alpha)
    pasted = HEAD + (
        "ESSAIALP1\t2026-10\tConsentement (version, date, signature)\t4\t1\n"
        "ST-ALP-2\t10/2026\tvisit\t0\t\n"
        "ST-ALP-2\t09/2026\tEligibility\t2\t0\n"
        "INCONNUE\t2026-10\tvisit\t1\t0\n"
        "ST-ALP-2\t2026-10\tcuisine\t1\t0\n"
        "ST-ALP-2\t2026-10\tdata\t1\t2\n"
        "ST-ALP-2\t2027-01\tdata\t1\t0\n"
        "ST-ALP-2\t2026-10\tvisit\t3\t0\n"
        "ST-ALP-2\t2026-10\tdata\t-1\t0\n"
    )
    step, done = confirmed(client, "/deviations/taking/do/?organization=ALP", pasted)
    assert [fault.number for fault in step.reading.faults] == [5, 6, 7, 8, 9, 10]
    assert done.status_code == 302
    assert set(DeviationCount.objects.values_list("sheet__key", "category", "count", "major")) == {
        ("ALP_ST-ALP-1_2026-10", "consent", 4, 1),
        ("ALP_ST-ALP-2_2026-10", "visit", 0, 0),
        ("ALP_ST-ALP-2_2026-09", "eligibility", 2, 0),
    }


def test_the_model_and_the_form_are_for_those_who_keep_sheets(client_as, network):
    keeper, reader = client_as("research_staff", network.alpha), client_as("process_owner", network.alpha)
    for path in ("taking/", "taking/model/"):
        assert keeper.get(f"/deviations/{path}").status_code == 200
        assert reader.get(f"/deviations/{path}").status_code == 403
    assert keeper.get("/deviations/taking/model/").content[:2] == b"PK"


def test_a_sponsors_log_is_summed_and_its_rows_are_not_kept(client_as, network, studies):
    studies(1)
    client = client_as("research_staff", network.alpha)
    pasted = (
        "subject\tDeviation date\tCategory\tImportant\tComment\n"
        "0012\t2026-10-03\tInformed Consent\tYes\tsecret words\n"
        "0013\t2026-10-20\tInformed consent\tNo\t\n"
        "0013\t2026-09-20\tMissed visit\tNo\t\n"
        "0014\t\tMissed visit\tNo\t\n"
        "0014\t2026-09-21\tWeather\tNo\t\n"
        "0014\t2027-09-21\tMissed visit\tNo\t\n"
    )
    step, done = confirmed(client, "/deviations/ALP/ST-ALP-1/log/do/", pasted)
    assert [fault.number for fault in step.reading.faults] == [5, 6, 7]
    assert "secret" not in str([row.values for row in step.good])
    assert done.status_code == 302
    assert set(DeviationCount.objects.values_list("sheet__month", "category", "count", "major")) == {
        (date(2026, 10, 1), "consent", 2, 1), (date(2026, 9, 1), "visit", 1, 0)
    }  # fmt: skip


def test_a_table_that_is_none_says_so(client_as, network):
    client = client_as("research_staff", network.alpha)
    answer = client.post("/deviations/taking/do/?organization=ALP", {"pasted": ""})
    assert answer.status_code == 422
    assert not DeviationSheet.objects.exists()


@pytest.mark.skipif(not REAL.exists(), reason="shared data are missing")
@pytest.mark.django_db
def test_the_log_of_a_real_trial_is_read():
    rows = rows_of_file(gzip.decompress(REAL.read_bytes()))
    reading = read(rows, taking.log_columns(), taking.check_log(ON))
    assert reading.total == 3179
    undated = [fault for fault in reading.faults if fault.column == "Date"]
    assert len(undated) == 2248, "a deviation without a date belongs to no month: named, not guessed"
    unknown = {fault.parameters.get("value") for fault in reading.faults if fault.column == "Category"} - {
        None
    }
    assert unknown <= {"out of bound:1085"}
    sums = taking.summed(reading.good)
    assert sum(cell.count for line in sums.values() for cell in line.values()) == len(reading.good) > 800
    assert {code for line in sums.values() for code in line} >= {
        "consent",
        "eligibility",
        "treatment",
        "visit",
        "other",
    }
