"""Name the few pages that the interface itself answers."""

from django.urls import path

from diapason.ui import pages

urlpatterns = [
    path("charts/<str:key>.svg", pages.chart_picture, name="ui_chart"),
    path("preferences/language/", pages.choose_language, name="ui_language"),
    path("preferences/theme/", pages.choose_theme, name="ui_theme"),
    path("gallery/", pages.gallery, name="ui_gallery"),
]
