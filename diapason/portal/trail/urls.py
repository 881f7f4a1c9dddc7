"""Name the addresses of the trail's screens."""

from django.urls import path

from diapason.portal.trail import views

app_name = "trail"
urlpatterns = [
    path("", views.entries, name="entries"),
    path("<int:number>/", views.entry, name="entry"),
    path("<int:number>/proof/", views.proof, name="proof"),
    path("heads/", views.signed_heads, name="heads"),
    path("heads/file/", views.heads_file, name="heads_file"),
    path("verification/", views.verification, name="verification"),
    path("verification/run/", views.verify, name="verify"),
    path("verification/export/", views.export, name="export"),
    path("verification/verifier/", views.verifier, name="verifier"),
]
