"""Name the pages about persons, roles and one's own account."""

from django.urls import path

from diapason.context.people.views import administration, invitation, own, roles

app_name = "people"
urlpatterns = [
    path("accounts/", administration.accounts, name="accounts"),
    path("accounts/new/", administration.new_invitation, name="new_invitation"),
    path("accounts/invite/", administration.invite, name="invite"),
    path("accounts/<str:identifier>/", administration.person, name="person"),
    path("accounts/<str:identifier>/correct/", administration.correct, name="correct"),
    path("accounts/<str:identifier>/renew/", administration.renew, name="renew"),
    path("accounts/<str:identifier>/end/", administration.end, name="end"),
    path("accounts/<str:identifier>/roles/new/", roles.new_role, name="new_role"),
    path("accounts/<str:identifier>/roles/grant/", roles.grant, name="grant_role"),
    path("held/<str:reference>/", roles.held, name="held"),
    path("held/<str:reference>/end/", roles.end, name="end_role"),
    path("held/<str:reference>/stand-in/", roles.stand_in, name="name_stand_in"),
    path("roles/", roles.declared, name="roles"),
    path("me/", own.me, name="me"),
    path("me/language/", own.language, name="language"),
    path("me/views/keep/", own.keep, name="keep_view"),
    path("me/views/forget/", own.forget, name="forget_view"),
    path("invitation/accept/", invitation.accept, name="accept"),
    path("invitation/<str:token>/", invitation.invited, name="invitation"),
]
