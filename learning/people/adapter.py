from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

NO_MATCH = _("Number and password do not match. Mind capital letters.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": NO_MATCH,
        "email_password_mismatch": NO_MATCH,
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request):
        """People come from HR, never from a sign-up form."""
        return False

    def get_login_redirect_url(self, request):
        # Whatever language the browser brought them in with, from here on the profile's counts.
        with translation.override(request.user.language):
            return reverse(settings.SIGNED_IN_HOME)

    def respond_user_inactive(self, request, user):
        messages.error(request, _("This account may not sign in any more. If that is wrong, ask HR."))
        return redirect("account_login")
