"""Answer the screens of the audit trail."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from diapason.audit_trail import heads, jobs, proofs, stories, verification_progress
from diapason.audit_trail.models import Entry, Head
from diapason.audit_trail.signing.models import SigningKey
from diapason.kernel.words import message
from diapason.portal.trail import queries
from diapason.portal.trail.permissions import (
    may_export_trail,
    may_prove,
    may_read_trail,
    may_start_verification,
    may_verify_trail,
)
from diapason.ui.exports import Column
from diapason.ui.listing import Listing
from diapason.ui.snapshot import read_only
from diapason.ui.views import page, reads, writes

LINES = "application/x-ndjson"
ENTRY_COLUMNS = (
    Column(message("Entry"), lambda row: row[0].number),
    Column(message("What happened"), lambda row: " ".join(row[1].sentences)),
    Column(message("Organization"), lambda row: row[0].organization),
    Column(message("Who"), lambda row: row[1].by),
    Column(message("Recorded"), lambda row: row[0].recorded_at),
)
HEAD_COLUMNS = (
    Column(message("Entries"), "size"),
    Column(message("Signed"), "signed_at"),
    Column(message("Root of the tree"), "root"),
)


@reads
def entries(request: HttpRequest) -> HttpResponse:
    """List the entries that this person may read, newest first."""
    may_read_trail(by=request.user).require()
    listing = Listing(
        request,
        queries.entries_read_by(request.user),
        order=("-number",),
        filters=queries.filters(request.user),
        columns=ENTRY_COLUMNS,
        prepare=lambda found: zip(found, stories.told(found, user=request.user), strict=True),
    )
    lines = stories.told(listing.rows, user=request.user)
    return page(
        request, "trail/entries.html", listing=listing, rows=list(zip(listing.rows, lines, strict=True))
    )


@reads
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """Show one entry: what happened, who, when, old → new, and its proof."""
    may_read_trail(by=request.user).require()
    found = get_object_or_404(queries.entries_read_by(request.user), number=number)
    return page(
        request,
        "trail/entry.html",
        told=queries.entry_told(found, user=request.user),
        may_prove=may_prove(found, by=request.user),
    )


@writes
def proof(request: HttpRequest, number: int) -> HttpResponse:
    """Give the proof of one entry as a file, its head signed first when none covers it."""
    may_verify_trail(by=request.user).require()
    found = get_object_or_404(Entry, number=number)
    if not may_prove(found, by=request.user):
        get_object_or_404(queries.entries_read_by(request.user), number=number)
    may_prove(found, by=request.user).require()
    heads.sign_head("export")
    with read_only():
        first = Head.objects.order_by("size").first()
        own = queries.is_own(json.loads(found.statement), user=request.user)
        text = proofs.proof_of(found, older=first, opened="texts" if own else "")
    return _file(text, f"diapason-proof-{number}.json", "application/json")


@reads
def signed_heads(request: HttpRequest) -> HttpResponse:
    """List the signed heads, which every organization may keep as a witness of the others."""
    may_verify_trail(by=request.user).require()
    listing = Listing(request, Head.objects.all(), order=("-size",), columns=HEAD_COLUMNS)
    return page(request, "trail/heads.html", listing=listing, keys=SigningKey.objects.order_by("pk"))


@reads
def heads_file(request: HttpRequest) -> HttpResponseBase:
    """Give the signed heads as a file; with ?hashes=1 also the hash of each entry, which names a wrong one."""
    may_verify_trail(by=request.user).require()
    return _spooled(proofs.heads_lines(leaves="hashes" in request.GET), "diapason-heads.jsonl")


@reads
def verification(request: HttpRequest) -> HttpResponse:
    """Show what the last verification found, and how an outsider verifies without us."""
    may_verify_trail(by=request.user).require()
    busy = queries.is_verifying(jobs.verify_whole.module_path)
    return page(
        request,
        "trail/verification.html",
        last=queries.last_verification(),
        head=heads.last_head(),
        busy=busy,
        progress=verification_progress.present() if busy else None,
        first_key=SigningKey.objects.order_by("pk").first(),
        may_verify=may_start_verification(busy=busy, by=request.user),
        may_export=may_export_trail(by=request.user),
    )


@writes
def verify(request: HttpRequest) -> HttpResponse:
    """Have the jobs verify the whole trail."""
    by: Any = request.user
    may_verify_trail(by=by).require()
    if not queries.is_verifying(jobs.verify_whole.module_path):
        jobs.verify_whole.enqueue(on_behalf=by.trail_name)
    return redirect(reverse("trail:verification"))


@writes
def export(request: HttpRequest) -> HttpResponseBase:
    """Give the trail as a file for the stand-alone verifier: what this person may not read by its hash only."""
    may_export_trail(by=request.user).require()
    heads.sign_head("export")
    with read_only():
        taken, is_own = queries.entries_taken_by(request.user), partial(queries.is_own, user=request.user)
        return _spooled(proofs.trail_lines_for(taken, is_own), "diapason-trail.jsonl")


@reads
def verifier(request: HttpRequest) -> HttpResponseBase:
    """Give the stand-alone verifier: one file that anybody can read."""
    may_verify_trail(by=request.user).require()
    text = (settings.ROOT / "verifier" / "diapason_verify.py").read_bytes()
    return _file(text, "diapason_verify.py", "text/x-python; charset=utf-8")


def _file(text: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(
        text, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


class _Spool:
    """Hold lines in a file of our own until they are sent; the file ends with the answer, sent or not."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self.file = tempfile.SpooledTemporaryFile(max_size=4_000_000)  # noqa: SIM115  closed below
        for line in lines:
            self.file.write(line)
        self.file.seek(0)

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self.file.read(65_536), b"")

    def close(self) -> None:
        """Let go of the file."""
        self.file.close()

    __del__ = close


def _spooled(lines: Iterable[bytes], name: str) -> StreamingHttpResponse:
    """Answer with lines gathered beforehand, so that they all come from one snapshot."""
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(_Spool(lines), content_type=LINES, headers=disposition)
