"""Name the screens of studies."""

from django.urls import path

from diapason.context.studies import views

app_name = "studies"
urlpatterns = [
    path("", views.studies, name="studies"),
    path("registration/", views.registration, name="registration"),
    path("register/", views.register, name="register"),
    path("<str:key>/", views.study, name="study"),
    path("<str:key>/correction/", views.correction, name="correction"),
    path("<str:key>/correct/", views.correct, name="correct"),
    path("<str:key>/status/", views.status, name="status"),
    path("<str:key>/status/record/", views.record_status, name="record_status"),
    path("<str:key>/confidentiality/", views.confidentiality, name="confidentiality"),
    path("<str:key>/confidentiality/set/", views.set_confidentiality, name="set_confidentiality"),
]
