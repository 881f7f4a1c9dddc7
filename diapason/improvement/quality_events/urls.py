"""Name the screens of quality events."""

from django.urls import path

from diapason.improvement.quality_events.views import anonymous, boards, checks, events, figures, handling

# isort: split
from diapason.improvement.quality_events.views import lists, photos, printing, reporting, taking_over

app_name = "quality_events"
urlpatterns = [
    path("", lists.events, name="events"),
    path("board/", boards.board, name="board"),
    path("figures/", figures.figures, name="figures"),
    path("causes/", figures.pareto, name="pareto"),
    path("clauses/", figures.clauses, name="clauses"),
    path("causes/shared/", figures.shared_causes, name="shared_causes"),
    path("checks/", checks.checks, name="checks"),
    path("workbook/", printing.workbook, name="workbook"),
    path("take-over/", taking_over.taking_over, name="taking_over"),
    path("take-over/do/", taking_over.take_over, name="take_over"),
    path("take-over/model/", taking_over.model_of, name="model"),
    path("anonymous/follow/", anonymous.following, name="following"),
    path("anonymous/follow/read/", anonymous.follow_up, name="follow_up"),
    path("anonymous/follow/add/", anonymous.say_more, name="say_more"),
    path("anonymous/<slug:code>/", anonymous.anonymous, name="anonymous"),
    path("anonymous/<slug:code>/send/", anonymous.drop, name="drop"),
    path("poster/<slug:code>/", anonymous.poster, name="poster"),
    path("settings/", photos.settings, name="settings"),
    path("settings/<slug:code>/", photos.set_photos, name="set_photos"),
    path("report/", reporting.report, name="report"),
    path("report/send/", reporting.send, name="send"),
    path("report/charter/", reporting.charter, name="charter"),
    path("mine/", reporting.mine, name="mine"),
    path("mine/<str:number>/", reporting.declared, name="declared"),
    path("mine/<str:number>/route/", reporting.route, name="route"),
    path("mine/<str:number>/add/", reporting.add, name="add"),
    path("mine/<str:number>/done/<slug:code>/", reporting.done, name="done"),
    path("mine/<str:number>/photo/", photos.add_photo, name="add_photo"),
    path("mine/<str:number>/photo/keep/", photos.keep_photo, name="keep_photo"),
    path("<str:number>/photo/<str:file>/remove/", photos.remove_photo, name="remove_photo"),
    path("<str:number>/", events.event, name="event"),
    path("<str:number>/sheet/", printing.sheet, name="sheet"),
    path("<str:number>/sheet/workbook/", printing.sheet_workbook, name="sheet_workbook"),
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
