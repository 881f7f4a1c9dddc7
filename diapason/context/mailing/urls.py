"""Name the pages of the outbox."""

from django.urls import path

from diapason.context.mailing import views

app_name = "mailing"
urlpatterns = [
    path("", views.messages_listed, name="messages"),
    path("<str:key>/", views.message, name="message"),
    path("<str:key>/again/", views.send_again, name="send_again"),
]
