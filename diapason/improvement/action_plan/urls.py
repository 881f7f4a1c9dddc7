"""Name the screens of the action plan."""

from django.urls import path

from diapason.improvement.action_plan.views import actions

app_name = "action_plan"
urlpatterns = [
    path("", actions.actions, name="actions"),
    path("plan/", actions.opening, name="opening"),
    path("plan/do/", actions.open_one, name="open"),
    path("<str:number>/", actions.action, name="action"),
    path("<str:number>/<slug:name>/", actions.deed, name="deed"),
    path("<str:number>/<slug:name>/do/", actions.do, name="do"),
]
