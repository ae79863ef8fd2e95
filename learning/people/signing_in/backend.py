from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Lower
from django.utils import timezone

from . import standing


def find(login):
    """The person who signs in by that staff number or mail address, or None. Case does not matter: phones begin
    with a capital letter. Of a number that looks like somebody else's address, the number counts.
    """
    login = login.strip()
    if not login:
        return None
    text = Lower(Value(login))
    found = standing.people(timezone.now()).alias(low_number=Lower("number"), low_email=Lower("email"))
    return (
        found.filter(Q(low_number=text) | Q(low_email=text))
        .order_by(Case(When(low_number=text, then=0), default=1))
        .first()
    )


class Backend(AuthenticationBackend):
    """allauth's, which takes equally long for known and unknown accounts, with our own way to look people up."""

    def _authenticate(self, request, **credentials):
        person = find(credentials.get("username") or credentials.get("email") or "")
        return self._check_password(person, credentials.get("password") or "")

    def user_can_authenticate(self, user):
        return standing.admits(user, timezone.now())

    def get_user(self, user_id):
        at = timezone.now()
        person = standing.person_with(user_id, at)
        return person if person and standing.may_sign_in(person, at) else None
