"""Name the screens of quality events."""

from django.urls import path

from diapason.improvement.quality_events.views import anonymous, events, handling, lists, reporting

app_name = "quality_events"
urlpatterns = [
    path("", lists.events, name="events"),
    path("anonymous/follow/", anonymous.following, name="following"),
    path("anonymous/follow/read/", anonymous.follow_up, name="follow_up"),
    path("anonymous/follow/add/", anonymous.say_more, name="say_more"),
    path("anonymous/<slug:code>/", anonymous.anonymous, name="anonymous"),
    path("anonymous/<slug:code>/send/", anonymous.drop, name="drop"),
    path("poster/<slug:code>/", anonymous.poster, name="poster"),
    path("report/", reporting.report, name="report"),
    path("report/send/", reporting.send, name="send"),
    path("report/charter/", reporting.charter, name="charter"),
    path("mine/", reporting.mine, name="mine"),
    path("mine/<str:number>/", reporting.declared, name="declared"),
    path("mine/<str:number>/route/", reporting.route, name="route"),
    path("mine/<str:number>/add/", reporting.add, name="add"),
    path("mine/<str:number>/done/<slug:code>/", reporting.done, name="done"),
    path("<str:number>/", events.event, name="event"),
    path("<str:number>/causes/", events.causes, name="causes"),
    path("<str:number>/actions/", events.actions, name="actions"),
    path("<str:number>/effectiveness/", events.effectiveness, name="effectiveness"),
    path("<str:number>/lesson/", events.lesson, name="lesson"),
    path("<str:number>/outside/<slug:code>/", handling.settling, name="settling"),
    path("<str:number>/outside/<slug:code>/settle/", handling.settle, name="settle"),
    path("<str:number>/outside/<slug:code>/waive/", handling.waive, name="waive"),
    path("<str:number>/deed/<slug:name>/", handling.deed, name="deed"),
    path("<str:number>/deed/<slug:name>/do/", handling.do, name="do"),
]
