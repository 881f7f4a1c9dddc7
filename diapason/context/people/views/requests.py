"""Say that a request comes from somebody signed in: what @reads and @writes make sure of."""

from django.http import HttpRequest

from diapason.context.people.models import Account


class SignedIn(HttpRequest):
    """Be the request of an account."""

    user: Account
