"""Check the screens of whoever reports: three fields, four questions, what became of it, a photo, one's day."""

import io
import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from diapason.audit_trail.models import Entry
from diapason.context.files import store
from diapason.context.files.models import KeptFile
from diapason.improvement.quality_events.acts import messages, photos
from diapason.improvement.quality_events.days import sort_by
from diapason.improvement.quality_events.forms.photos import token_of
from diapason.improvement.quality_events.models import Declarer, Obligation, QualityEvent, ReportSetting
from diapason.improvement.quality_events.views import reporting as reporting_views
from diapason.kernel.verdicts import Refused

from .conftest import ON

pytestmark = pytest.mark.django_db

SAID = {"description": "La V3 a été signée au lieu de la V4.", "where": "ALP", "consequence": "annoying"}


@pytest.fixture
def staff(client_as: Any, network: Any) -> Any:
    """Return somebody of the first house at a browser."""
    return client_as("research_staff", network.alpha)


@pytest.fixture
def manager(client_as: Any, network: Any) -> Any:
    """Return the quality manager of the first house at a browser."""
    return client_as("quality_manager", network.alpha)


def send(client: Any, **more: str) -> Any:
    """Send the three fields."""
    return client.post(reverse("quality_events:send"), {**SAID, **more})


def sent(client: Any, **more: str) -> QualityEvent:
    """Send the three fields and return what was entered."""
    answer = send(client, **more)
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return QualityEvent.objects.get(number=answer.url.split("/")[-2])


def picture() -> SimpleUploadedFile:
    """Return a white picture with a place and a comment in its metadata."""
    stream, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = "chambre 12"
    Image.new("RGB", (160, 80), "white").save(stream, "JPEG", exif=exif, comment=b"Madame Untel")
    return SimpleUploadedFile("Madame Untel.jpg", stream.getvalue(), "image/jpeg")


def test_the_button_stands_on_every_page_of_whoever_may_report(staff: Any, client_as: Any) -> None:
    assert 'class="report"' in staff.get("/day/").content.decode()
    funder = client_as("funder")
    assert 'class="report"' not in funder.get("/day/").content.decode()
    assert funder.get(reverse("quality_events:report")).status_code == 403


def test_three_fields_are_asked_for_and_three_suffice(staff: Any) -> None:
    shown = staff.get(reverse("quality_events:report")).content.decode()
    form = re.search(r'<form class="panel narrow reporting".*?</form>', shown, re.DOTALL)
    assert form and form[0].count('class="field"') == 4, (
        "three fields, and who may know the name, folded away"
    )
    assert "<details" in form[0].split('name="consequence"')[-1].split('name="level"')[0]
    event = sent(staff)
    assert (event.level, event.consequence, event.place.code) == ("confidential", "annoying", "ALP")
    assert Declarer.objects.get(event=event).person == staff.account.person


def test_a_report_sent_again_is_entered_once(staff: Any) -> None:
    key = str(uuid4())
    assert sent(staff, sent_key=key) == sent(staff, sent_key=key)
    assert QualityEvent.objects.count() == 1


def test_words_that_look_like_a_participant_are_asked_about(staff: Any) -> None:
    text = "Mme Dupont née le 12/03/1961 a signé la V3."
    refused = send(staff, description=text)
    assert refused.status_code == 422 and "12/03/1961" in refused.content.decode()
    digest = re.search(r'name="kept_as_typed"[^>]*value="([0-9a-f]{64})"', refused.content.decode())
    assert digest and not QualityEvent.objects.exists()
    assert sent(staff, description=text, kept_as_typed=digest[1]).description == text


def test_nobody_reports_for_another_house(staff: Any, client_as: Any, network: Any) -> None:
    assert send(staff, where="BET").status_code == 422
    assert not QualityEvent.objects.exists()


def test_the_place_is_guessed_from_the_last_report(staff: Any) -> None:
    sent(staff, where="ALP/site/ALP-1")
    shown = staff.get(reverse("quality_events:report")).content.decode()
    assert '<option value="ALP/site/ALP-1" selected>' in shown


def test_the_receipt_then_four_questions_then_what_to_do_outside(staff: Any, monkeypatch: Any) -> None:
    event = sent(staff)
    page = reverse("quality_events:declared", args=[event.number])
    assert event.number in staff.get(page).content.decode()
    asked = {
        "care": "no",
        "adverse_event": "yes",
        "data_leak": "no",
        "elsewhere": "no",
        "external_number": "FEI-12",
    }
    assert staff.post(reverse("quality_events:route", args=[event.number]), {"care": "no"}).status_code == 422
    assert staff.post(reverse("quality_events:route", args=[event.number]), asked).status_code == 302
    event.refresh_from_db()
    assert (event.channel, event.external_number) == ("adverse_event", "FEI-12")
    duty = Obligation.objects.get(event=event)
    assert duty.code == "tell_sponsor_sae" and duty.name in staff.get(page).content.decode()
    late = {"met_at": "2020-01-01T10:00", "reference": "", "version": duty.version}
    done = reverse("quality_events:done", args=[event.number, duty.code])
    staff.post(done, late)
    duty.refresh_from_db()
    assert duty.met_at is None, "not before one was aware of it"
    monkeypatch.setattr(reporting_views, "now", lambda: duty.starts_at + timedelta(hours=3))
    local = (duty.starts_at + timedelta(hours=2)).astimezone(ZoneInfo(event.place.timezone))
    staff.post(done, {**late, "met_at": local.strftime("%Y-%m-%dT%H:%M"), "reference": "courriel"})
    duty.refresh_from_db()
    assert duty.met_at is not None and duty.reference == "courriel"


def test_others_do_not_find_a_report_in_their_own(
    staff: Any, manager: Any, client_as: Any, network: Any
) -> None:
    event = sent(staff)
    other = client_as("research_staff", network.alpha)
    for name in ("declared", "route", "add"):
        url = reverse(f"quality_events:{name}", args=[event.number])
        assert (other.get(url) if name == "declared" else other.post(url, {})).status_code == 404
        assert (manager.get(url) if name == "declared" else manager.post(url, {})).status_code == 404
    assert event.number not in other.get(reverse("quality_events:mine")).content.decode()
    assert event.number in staff.get(reverse("quality_events:mine")).content.decode()


def test_the_declarers_name_is_in_no_trail_line_of_a_confidential_report(staff: Any) -> None:
    event = sent(staff)
    staff.post(reverse("quality_events:add", args=[event.number]), {"text": "Deux autres dossiers aussi."})
    asked = {"care": "no", "adverse_event": "no", "data_leak": "no", "elsewhere": "no"}
    staff.post(reverse("quality_events:route", args=[event.number]), asked)
    told = "\n".join(
        text for text in Entry.objects.values_list("statement", flat=True) if event.number in text
    )
    assert staff.account.person.identifier not in told and staff.account.person.family_name not in told
    assert "DeclarerAdded" in told and "RoutingAnswered" in told


def test_statements_are_few_and_do_not_grow(staff: Any) -> None:
    event = sent(staff)
    limits = {"report": 8, "mine": 8, "declared": 10, "charter": 4}
    for _ in range(2):
        for name, limit in limits.items():
            args = [event.number] if name == "declared" else []
            with CaptureQueriesContext(connection) as asked:
                assert staff.get(reverse(f"quality_events:{name}", args=args)).status_code == 200
            asked_for = [
                one for one in asked.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))
            ]
            assert len(asked_for) <= limit, (
                name,
                len(asked_for),
                "\n".join(q["sql"][:160] for q in asked_for),
            )
        for _ in range(4):
            sent(staff)


def test_my_day_tells_the_manager_what_to_sort_and_the_declarer_what_is_new(
    staff: Any, manager: Any, people: Any, settings: Any
) -> None:
    event = sent(staff, consequence="serious")
    shown = manager.get("/day/").content.decode()
    assert event.title in shown and event.number in shown and "jours ouvrés" in shown
    assert staff.account.person.family_name not in shown
    assert "Quatre questions" in staff.get("/day/").content.decode()
    messages.answer_declarer(
        event=event, text="Merci, nous cherchons.", by=manager.account, on=event.reported_on
    )
    assert "Un message au sujet de votre déclaration" in staff.get("/day/").content.decode()
    shown = staff.get(reverse("quality_events:declared", args=[event.number])).content.decode()
    assert "Merci, nous cherchons." in shown


def test_my_day_asks_as_many_statements_for_many_reports(
    staff: Any, manager: Any, assert_fixed_queries: Any
) -> None:
    sent(staff)
    assert_fixed_queries(lambda: manager.get("/day/"), lambda: [sent(staff) for _ in range(20)])
    assert "D’autres déclarations attendent" in manager.get("/day/").content.decode()


def test_photos_are_off_until_the_house_decides(
    staff: Any, manager: Any, client_as: Any, network: Any
) -> None:
    event = sent(staff)
    add = reverse("quality_events:add_photo", args=[event.number])
    assert (
        "Ajouter une photo"
        not in staff.get(reverse("quality_events:declared", args=[event.number])).content.decode()
    )
    assert staff.post(add, {"photo": picture()}).status_code == 403
    assert staff.get(reverse("quality_events:settings")).status_code == 403
    decide = reverse("quality_events:set_photos", args=["ALP"])
    assert staff.post(decide, {"ALP-organization": "ALP", "ALP-photo": "on"}).status_code == 403
    assert manager.get(reverse("quality_events:settings")).status_code == 200
    assert manager.post(decide, {"ALP-organization": "ALP", "ALP-photo": "on"}).status_code == 302
    assert ReportSetting.objects.get().photo
    assert json.loads(Entry.objects.latest("number").statement)["facts"][0]["name"] == "PhotosAllowed"
    with pytest.raises(Refused):
        photos.allow_photos(organization=network.beta, photo=True, version=None, by=manager.account, on=ON)


def test_a_photo_is_masked_and_loses_its_metadata(
    staff: Any,
    manager: Any,
    client_as: Any,
    network: Any,
    settings: Any,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.DIAPASON = {**settings.DIAPASON, "files": tmp_path}
    photos.allow_photos(organization=network.alpha, photo=True, version=None, by=manager.account, on=ON)
    event = sent(staff)
    masking = staff.post(reverse("quality_events:add_photo", args=[event.number]), {"photo": picture()})
    shown = masking.content.decode()
    assert (
        masking.status_code == 200 and shown.count('name="squares"') == 64 and not KeptFile.objects.exists()
    )
    token = re.search(r'name="token" value="([^"]+)"', shown)
    assert token
    keep = reverse("quality_events:keep_photo", args=[event.number])
    assert staff.post(keep, {"token": token[1], "squares": ["0"]}).status_code == 422, "sure is not ticked"
    [handed_in] = [path.name for path in (tmp_path / "kept").glob("??/*")]
    whole = {"token": token[1], "squares": ["0", "63"], "sure": "on"}
    with django_capture_on_commit_callbacks(execute=True):
        assert staff.post(keep, whole).status_code == 302
        assert store.holds(handed_in), "nothing goes before the commit"
    kept = KeptFile.objects.get()
    assert [path.name for path in (tmp_path / "kept").glob("??/*")] == [kept.digest] != [handed_in]
    assert staff.post(keep, whole).status_code == 302 and KeptFile.objects.count() == 1, (
        "what is gone is not masked again"
    )
    assert kept.name == "photo.jpg" and kept.added_by is None
    data = store.path_of(kept.digest).read_bytes()
    assert b"chambre 12" not in data and b"Untel" not in data
    image = Image.open(io.BytesIO(data))
    assert max(image.getpixel((3, 3))) < 40 and min(image.getpixel((80, 40))) > 215
    told = "\n".join(Entry.objects.values_list("statement", flat=True).order_by("-number")[:1])
    assert staff.account.person.identifier not in told
    for reader, status in ((staff, 200), (manager, 200), (client_as("research_staff", network.alpha), 404)):
        assert reader.get(kept.get_absolute_url()).status_code == status
    assert "Retirer la photo" in manager.get(event.get_absolute_url()).content.decode()
    remove = reverse("quality_events:remove_photo", args=[event.number, kept.number])
    assert staff.post(remove, {"reason": "x"}).status_code == 404
    assert manager.post(remove, {"reason": "Un nom se lit"}).status_code == 302
    kept.refresh_from_db()
    assert kept.removed_on is not None


def test_a_token_is_good_for_one_report_only(
    staff: Any, manager: Any, network: Any, settings: Any, tmp_path: Path
) -> None:
    settings.DIAPASON = {**settings.DIAPASON, "files": tmp_path}
    photos.allow_photos(organization=network.alpha, photo=True, version=None, by=manager.account, on=ON)
    event, other = sent(staff), sent(staff)
    digest = store.stage(picture().file, "photo").digest
    keep = reverse("quality_events:keep_photo", args=[event.number])
    staff.post(keep, {"token": token_of(digest, other.number), "sure": "on"})
    staff.post(keep, {"token": "made up", "sure": "on"})
    assert not KeptFile.objects.exists()
    staff.post(reverse("quality_events:add_photo", args=[event.number]),
               {"photo": SimpleUploadedFile("x.pdf", b"%PDF-1.7 x", "application/pdf")})  # fmt: skip
    assert not KeptFile.objects.exists()


def test_the_charter_says_what_it_does_not_cover(staff: Any) -> None:
    shown = staff.get(reverse("quality_events:charter")).content.decode()
    assert "aucune sanction" in shown and "alertes éthiques" in shown


def test_late_days_are_working_days(staff: Any, manager: Any) -> None:
    event = sent(staff)
    assert sort_by(event) - event.reported_on >= timedelta(days=5)
