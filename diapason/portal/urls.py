"""Give each chapter its place among the addresses."""

from django.urls import include, path

from diapason.portal import views

CHAPTERS = [
    ("", "diapason.ui.urls"),
    ("", "diapason.context.network.urls"),
    ("outbox/", "diapason.context.mailing.urls"),
    ("people/", "diapason.context.people.urls"),
    ("files/", "diapason.context.files.urls"),
    ("standards/", "diapason.context.standards.urls"),
    ("studies/", "diapason.context.studies.urls"),
    ("figures/", "diapason.context.indicators.urls"),
    ("actions/", "diapason.improvement.action_plan.urls"),
    ("lessons/", "diapason.improvement.lessons.urls"),
    ("events/", "diapason.improvement.quality_events.urls"),
    ("deviations/", "diapason.improvement.deviation_sheets.urls"),
    ("crex/", "diapason.improvement.crex.urls"),
    ("imports/", "diapason.operation.registry_imports.urls"),
    ("enrolment/", "diapason.operation.enrolment.urls"),
    ("certificates/", "diapason.certification.certificates.urls"),
    ("readiness/", "diapason.certification.readiness.urls"),
    ("programme/", "diapason.certification.programme.urls"),
    ("communiques/", "diapason.disclosure.communiques.urls"),
    ("trail/", "diapason.portal.trail.urls"),
    ("interactions/", "diapason.interactions.urls"),
]


urlpatterns = [
    path("", views.home, name="portal_home"),
    path("day/", views.day, name="portal_day"),
    path("network/", views.network, name="portal_network"),
    path("guide/", views.guide, name="portal_guide"),
    path("search/", views.search, name="portal_search"),
    path("place/", views.place, name="portal_place"),
    path("administration/", views.administration, name="portal_administration"),
    path("health/", views.health, name="portal_health"),
    path("accounts/", include("diapason.context.people.sign_in_urls")),
    *(path(prefix, include(module)) for prefix, module in CHAPTERS),
]

handler400 = "diapason.ui.pages.bad_request"
handler403 = "diapason.ui.pages.not_allowed"
handler404 = "diapason.ui.pages.not_found"
handler500 = "diapason.ui.pages.broken"
