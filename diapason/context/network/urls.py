"""Name the screens of the network."""

from django.urls import path

from diapason.context.network import views

app_name = "network"
urlpatterns = [
    path("organizations/", views.organizations, name="organizations"),
    path("organizations/<str:code>/", views.organization, name="organization"),
    path("organizations/<str:code>/correction/", views.correction, name="correction"),
    path("organizations/<str:code>/correct/", views.correct, name="correct"),
    path("charter/", views.charter, name="charter"),
    path("charter/decide/", views.decide, name="decide"),
]
