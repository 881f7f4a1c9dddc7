"""Name the screens of quality events."""

from django.urls import path

from diapason.improvement.quality_events.views import events, handling

app_name = "quality_events"
urlpatterns = [
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
