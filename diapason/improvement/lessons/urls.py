"""Name the screens of lessons."""

from django.urls import path

from diapason.improvement.lessons.views import answers, lessons, library

app_name = "lessons"
urlpatterns = [
    path("", library.lessons, name="lessons"),
    path("board/", library.board, name="board"),
    path("new/", lessons.proposing_page, name="proposing"),
    path("new/do/", lessons.propose, name="propose"),
    path("answers/<str:key>/", answers.answer, name="answer"),
    path("answers/<str:key>/<slug:name>/", answers.answering, name="answering"),
    path("answers/<str:key>/<slug:name>/do/", answers.give, name="give"),
    path("<str:number>/", lessons.lesson, name="lesson"),
    path("<str:number>/sheet/", lessons.sheet, name="sheet"),
    path("<str:number>/text/", lessons.writing, name="writing"),
    path("<str:number>/text/do/", lessons.write, name="write"),
    path("<str:number>/deed/<slug:name>/", lessons.deed, name="deed"),
    path("<str:number>/deed/<slug:name>/do/", lessons.do, name="do"),
]
