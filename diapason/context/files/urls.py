"""Name the only address of the chapter."""

from django.urls import path

from diapason.context.files import views

app_name = "files"
urlpatterns = [path("<str:number>/", views.file, name="file")]
