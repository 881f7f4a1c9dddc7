"""Route the screens of the chapter."""

from django.urls import path

from diapason.context.standards import views

app_name = "standards"
urlpatterns = [
    path("", views.standards, name="list"),
    path("load/", views.loading, name="loading"),
    path("load/confirm/", views.load, name="load"),
    path("clauses/<path:key>/", views.clause, name="clause"),
    path("<slug:code>/", views.edition, name="edition"),
    path("<slug:code>/correspondence/", views.correspondence, name="correspondence"),
    path("<slug:code>/changes/", views.changes, name="changes"),
]
