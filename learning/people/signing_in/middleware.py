from django.contrib.auth import SESSION_KEY
from django.http import HttpResponseRedirect
from django.urls import reverse

from . import second_factor

# What a session that owes a second factor may open: the ways to set one up or show it, and the way out.
OPEN = {
    "account_logout",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "people:second_factor",
    "people:switch_language",
}


class SignedInMiddleware:
    """Leaves nothing of a session that has ended, and leads those who owe a second factor to it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # The person left, was stopped, or lost a role: the next one on this device starts afresh.
        if SESSION_KEY in request.session and not request.user.is_authenticated:
            request.session.flush()
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        # Whether a session is open is asked first: visitors and health checks cost no query.
        if SESSION_KEY not in request.session or request.resolver_match.view_name in OPEN:
            return None
        return HttpResponseRedirect(reverse("people:second_factor")) if second_factor.owed(request) else None
