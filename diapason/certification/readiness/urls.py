"""Route the screens of the chapter."""

from django.urls import path

from diapason.certification.readiness import views

app_name = "readiness"
urlpatterns = [
    path("", views.home, name="home"),
    path("map/", views.heat, name="heat"),
    path("transition/<slug:code>/", views.transition, name="transition"),
    path("organizations/<str:code>/<slug:edition>/", views.sheet, name="sheet"),
    path("answers/save/<path:key>/", views.save, name="save"),
    path("answers/plan/<path:key>/", views.plan, name="plan"),
    path("answers/done/<path:key>/", views.complete, name="complete"),
    path("answers/<path:key>/", views.answer, name="answer"),
]
