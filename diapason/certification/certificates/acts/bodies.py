"""Keep the register of certification bodies."""

from datetime import date
from typing import Any

from diapason.audit_trail.acts import act, record
from diapason.certification.certificates import permissions
from diapason.certification.certificates.facts import certificates as facts
from diapason.certification.certificates.models import BodyGrade, CertificationBody
from diapason.certification.certificates.queries import tables
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


@act
def record_body(
    *,
    code: str,
    name: str,
    vocabulary: str,
    major_days: int | None = None,
    minor_days: int | None = None,
    by: Any,
    on: date,
    **description: Any,
) -> CertificationBody:
    """Record a certification body with its vocabulary of findings and the days its contract gives to answer."""
    permissions.may_record_body(by=by).require()
    if CertificationBody.objects.filter(code=code).exists():
        Verdict.no(message("A certification body with this code is known already.")).require()
    body = CertificationBody(code=code, name=name, **description)
    body.full_clean()
    body.save()
    days = {"major": major_days, "minor": minor_days}
    BodyGrade.objects.bulk_create(
        BodyGrade(
            body=body,
            code=grade["code"],
            label_fr=grade["fr"],
            label_en=grade["en"],
            severity=grade["severity"],
            answer_days=days.get(grade["severity"]),
            position=position,
        )
        for position, grade in enumerate(tables.vocabularies()[vocabulary]["grades"])
    )
    record(facts.CertificationBodyRecorded(subject=body.subject, name=name), by=by)
    return body
