"""Name the screens of learning committees."""

from django.urls import path

from diapason.improvement.crex.views import meetings

app_name = "crex"
urlpatterns = [
    path("", meetings.meetings, name="meetings"),
    path("plan/", meetings.planning, name="planning"),
    path("plan/do/", meetings.plan, name="plan"),
    path("<str:number>/", meetings.meeting, name="meeting"),
    path("<str:number>/minutes.pdf", meetings.minutes, name="minutes"),
    path("<str:number>/minutes.xlsx", meetings.minutes_workbook, name="minutes_workbook"),
    path("<str:number>/<slug:name>/", meetings.deed, name="deed"),
    path("<str:number>/<slug:name>/do/", meetings.do, name="do"),
]
