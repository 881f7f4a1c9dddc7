"""Name the screen of the table."""

from django.urls import path

from diapason.interactions import views

app_name = "interactions"
urlpatterns = [path("", views.table, name="table")]
