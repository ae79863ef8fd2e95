from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from . import mail, standing
from .backend import find

NO_MATCH = _("Number and password do not match. Mind capital letters.")
FRESH = 300


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": NO_MATCH,
        "email_password_mismatch": NO_MATCH,
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
        "rate_limited": _("Too many tries. Wait five minutes, then try again."),
        "incorrect_code": _("That code is not right, or not right any more. Use the newest one."),
        "incorrect_password": _("That is not your password. Mind capital letters."),
        "enter_current_password": _("That is not your password. Mind capital letters."),
    }

    def is_open_for_signup(self, request):
        """People come from HR, never from a sign-up form."""
        return False

    def get_login_redirect_url(self, request):
        # Whatever language the browser brought them in with, from here on the profile's counts.
        with translation.override(request.user.language):
            return reverse(settings.SIGNED_IN_HOME)

    def get_password_change_redirect_url(self, request):
        return reverse("people:profile")

    def pre_login(self, request, user, **kwargs):
        """Every way in comes past here: password, code, passkey, single sign-on."""
        if standing.admits(user, timezone.now()):
            return None
        clear_login(request)
        return self.respond_user_inactive(request, user)

    def respond_user_inactive(self, request, user):
        messages.error(request, _("This account may not sign in any more. If that is wrong, ask HR."))
        return redirect("account_login")

    def set_password(self, user, password):
        # Only the password: HR may be saving the rest of the row at this moment.
        user.set_password(password)
        user.save(update_fields=["password"])

    def is_reauthentication_required(self, *, app, **kwargs):
        """Who signed in just now has shown who they are, whatever they showed."""
        records = get_authentication_records(self.request, self.request.user)
        return not any(timezone.now().timestamp() - record["at"] < FRESH for record in records)

    def _get_login_attempts_cache_key(self, request, **credentials):
        return account_key(credentials.get("username") or credentials.get("email") or "")

    def forgive(self, request, person):
        """The tries that failed do not count any more."""
        ratelimit.clear(request, app="allauth.account", action="login_failed", key=_key_of(person))

    def send_mail(self, template_prefix, email, context):
        mail.send(template_prefix, find(email), context)


def account_key(login):
    """Tries by number and by mail are tries at one person; what fits nobody counts for itself, in the same way."""
    person = find(login)
    return _key_of(person) if person else f"nobody:{login.strip().casefold()}"


def _key_of(person):
    return f"person:{person.pk}"
