"""Name the screens of the programme."""

from django.urls import path

from diapason.certification.programme.views import deeds, programmes

app_name = "programme"
urlpatterns = [
    path("", programmes.programmes, name="programmes"),
    path("timeline/", programmes.timeline, name="timeline"),
    path("opening/", deeds.opening, name="opening"),
    path("open/", deeds.open_one, name="open"),
    path("<slug:code>/", programmes.programme, name="programme"),
    path("<slug:code>/wave/", deeds.wave, name="wave"),
    path("<slug:code>/define-wave/", deeds.define_wave, name="define_wave"),
    path("<slug:code>/milestones/<str:organization_code>/", deeds.milestone, name="milestone"),
    path("<slug:code>/milestones/<str:organization_code>/keep/", deeds.keep_milestone, name="keep_milestone"),
    path("<slug:code>/sharing/", deeds.sharing, name="sharing"),
    path("<slug:code>/share/", deeds.share, name="share"),
    path("<slug:code>/mentoring/", deeds.mentoring, name="mentoring"),
    path("<slug:code>/accompany/", deeds.accompany, name="accompany"),
]
