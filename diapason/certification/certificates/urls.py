"""Name the screens of certificates."""

from django.urls import path

from diapason.certification.certificates.views import audits, certificates, declarations, deeds

app_name = "certificates"
urlpatterns = [
    path("", certificates.certificates, name="certificates"),
    path("coverage/", certificates.whole_coverage, name="coverage"),
    path("calculator/", audits.calculator, name="calculator"),
    path("bodies/", declarations.bodies, name="bodies"),
    path("bodies/record/", declarations.record, name="record_body"),
    path("of/<str:code>/activities/", declarations.activities, name="activities"),
    path("of/<str:code>/declare/", declarations.declare, name="declare"),
    path("of/<str:code>/recording/", certificates.recording, name="recording"),
    path("of/<str:code>/record/", certificates.record, name="record"),
    path("audits/<str:reference>/", audits.audit, name="audit"),
    path("audits/<str:reference>/<slug:name>/", deeds.audit_deed, name="audit_deed"),
    path("audits/<str:reference>/<slug:name>/do/", deeds.audit_do, name="audit_do"),
    path("<str:reference>/", certificates.certificate, name="certificate"),
    path("<str:reference>/planning/", audits.planning, name="planning"),
    path("<str:reference>/plan/", audits.plan, name="plan"),
    path("<str:reference>/<slug:name>/", deeds.deed, name="deed"),
    path("<str:reference>/<slug:name>/do/", deeds.do, name="do"),
]
