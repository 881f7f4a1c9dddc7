"""Name the screens of registry imports."""

from django.urls import path

from diapason.operation.registry_imports import views

app_name = "registry_imports"
urlpatterns = [
    path("", views.imports, name="imports"),
    path("upload/", views.upload, name="upload"),
    path("places/", views.places, name="places"),
    path("places/decide/", views.decide, name="decide"),
    path("<str:number>/", views.show, name="import"),
    path("<str:number>/confirm/", views.confirm, name="confirm"),
    path("<str:number>/cancel/", views.cancel, name="cancel"),
    path("<str:number>/refused/", views.refused, name="refused"),
    path("<str:number>/refused.csv", views.refused_csv, name="refused_csv"),
]
