"""Name the screens of enrolment."""

from django.urls import path

from diapason.operation.enrolment import views

app_name = "enrolment"
urlpatterns = [
    path("<str:key>/", views.entry, name="entry"),
    path("<str:key>/record/", views.record, name="record"),
]
