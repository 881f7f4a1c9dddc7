"""@reads cannot write and sees one snapshot; @writes answers POST only; refusals become pages."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from diapason.kernel.verdicts import Conflict, Refused, Verdict
from diapason.ui.middleware import Refusals
from diapason.ui.snapshot import read_only
from diapason.ui.views import page, reads, writes

pytestmark = pytest.mark.database

somebody = SimpleNamespace(is_authenticated=True, scope=None, email="a.b@example.org", person=None)


def request(method: str = "get", user: Any = somebody) -> Any:
    made = getattr(RequestFactory(), method)("/somewhere/")
    made.user = user
    made.session = {}
    return made


def insert() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_content_type (app_label, model) VALUES ('x', 'y')")


def count() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_content_type WHERE app_label = 'x'")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_reading_view_cannot_write() -> None:
    @reads
    def view(request: Any) -> HttpResponse:
        insert()
        return HttpResponse()

    with pytest.raises(DatabaseError), transaction.atomic():
        view(request())


@pytest.mark.django_db
def test_writing_is_possible_again_after_a_reading_view() -> None:
    @reads
    def view(request: Any) -> HttpResponse:
        return HttpResponse(str(count()))

    assert view(request()).content == b"0"
    insert()
    assert count() == 1


def test_outside_a_transaction_the_snapshot_is_deferred_and_put_back(
    django_db_setup: None, django_db_blocker: Any
) -> None:
    # Without the tests' own transaction, and without a flush at the end: nothing is written.
    with django_db_blocker.unblock():
        with read_only():
            assert connection.in_atomic_block
            with pytest.raises(DatabaseError), transaction.atomic():
                insert()
        assert not connection.in_atomic_block
        if connection.vendor == "sqlite":
            assert connection.transaction_mode == "IMMEDIATE"
            with connection.cursor() as cursor:
                assert cursor.execute("PRAGMA query_only").fetchone() == (0,)
        connection.close()


@pytest.mark.django_db
def test_the_page_is_rendered_inside_the_snapshot() -> None:
    @reads
    def view(request: Any) -> HttpResponse:
        return page(request, "ui/errors/500.html")

    assert view(request()).is_rendered


@pytest.mark.django_db
@pytest.mark.parametrize(("decorator", "right", "wrong"), [(reads, "get", "post"), (writes, "post", "get")])
def test_each_kind_answers_its_own_methods(decorator: Any, right: str, wrong: str) -> None:
    view = decorator(lambda request: HttpResponse("done"))
    assert view(request(right)).content == b"done"
    assert view(request(wrong)).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(("decorator", "method"), [(reads, "get"), (writes, "post")])
def test_sign_in_is_required_unless_public(decorator: Any, method: str) -> None:
    closed = decorator(lambda request: HttpResponse("done"))
    answer = closed(request(method, AnonymousUser()))
    assert answer.status_code == 302
    assert "login" in answer.url
    opened = decorator(public=True)(lambda request: HttpResponse("done"))
    assert opened(request(method, AnonymousUser())).content == b"done"


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("http://testserver/actions/plan/?origin=a#b", "/actions/plan/?origin=a"),
        ("http://elsewhere.example/actions/plan/", "/"),
        ("http://testserver/", "/"),
        ("", "/"),
    ],
)
def test_a_form_sent_without_a_session_leads_back_to_its_page(came_from: str, leads_to: str) -> None:
    asked = request("post", AnonymousUser())
    asked.META["HTTP_REFERER"] = came_from
    answer = writes(lambda request: HttpResponse("done"))(asked)
    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer.url).query)["next"] == [leads_to]


@pytest.mark.django_db
def test_a_refusal_is_a_page_with_its_reason(client_as: Any) -> None:
    asked = request(user=client_as("administrator").account)
    answer = Refusals(lambda r: HttpResponse()).process_exception(
        asked, Refused(Verdict.no("Only %(who)s may do this.", who="the pilot"))
    )
    assert answer is not None
    assert answer.status_code == 403
    assert "Only the pilot may do this." in answer.content.decode()


@pytest.mark.django_db
def test_a_stale_form_is_a_page_with_both_values(client_as: Any) -> None:
    asked = request(user=client_as("administrator").account)
    error = Conflict("organization:ALP", {"city": ("Bêtaville", "Alphaville")})
    answer = Refusals(lambda r: HttpResponse()).process_exception(asked, error)
    assert answer is not None
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Bêtaville" in text
    assert "Alphaville" in text
    assert "/organizations/ALP/" in text


@pytest.mark.django_db
def test_other_errors_are_left_to_django() -> None:
    assert Refusals(lambda r: HttpResponse()).process_exception(request(), ValueError()) is None
