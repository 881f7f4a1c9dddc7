"""Name the pages of the sign-in package that we serve: neither sign-up, nor changes of address, nor codes by mail."""

from allauth.account import views as account
from allauth.usersessions import views as sessions
from django.urls import include, path, re_path

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/forgotten/", account.password_reset, name="account_reset_password"),
    path("password/forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/changed/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"
    ),
    path("second-factor/", include("allauth.mfa.urls")),
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
]
