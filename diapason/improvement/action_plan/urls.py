"""Name the screens of the action plan."""

from django.urls import path

from diapason.improvement.action_plan.views import actions, boards, printing, taking_over

app_name = "action_plan"
urlpatterns = [
    path("", actions.actions, name="actions"),
    path("board/", boards.board, name="board"),
    path("plan/", actions.opening, name="opening"),
    path("plan/do/", actions.open_one, name="open"),
    path("print/", printing.paper, name="paper"),
    path("workbook/", printing.workbook, name="workbook"),
    path("take-over/", taking_over.taking_over, name="taking_over"),
    path("take-over/do/", taking_over.take_over, name="take_over"),
    path("take-over/model/", taking_over.model_of, name="model"),
    path("<str:number>/", actions.action, name="action"),
    path("<str:number>/<slug:name>/", actions.deed, name="deed"),
    path("<str:number>/<slug:name>/do/", actions.do, name="do"),
]
