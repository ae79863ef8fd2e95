"""Single sign-on by OpenID Connect: it says who somebody is, and nothing else.

An existing person is found by the staff number in the claim that the settings name, else by a mail address that the
provider has verified. Nobody is created, no link is kept, and no other claim is looked at.
"""

import logging
from functools import wraps

import requests
from allauth.account.internal import flows
from allauth.account.models import Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.db.models import Value
from django.db.models.functions import Lower
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ..models import Person

logger = logging.getLogger(__name__)


def person_of(claims):
    """The person whom these claims name, or None.

    A staff number that nobody has names nobody: the address is not asked then, as it may be somebody else's by now.
    """
    number = claims.get(settings.GATEHOUSE_OIDC_NUMBER_CLAIM) if settings.GATEHOUSE_OIDC_NUMBER_CLAIM else None
    if number not in (None, ""):
        return _only("number", str(number).strip())
    # Some providers write the truth as a text.
    if claims.get("email") and claims.get("email_verified") in (True, "true"):
        return _only("email", str(claims["email"]).strip())
    return None


def _only(field, value):
    if not value or "\x00" in value:
        return None
    return Person.objects.alias(low=Lower(field)).filter(low=Lower(Value(value)), merged_into__isnull=True).first()


class Adapter(DefaultSocialAccountAdapter):
    def list_apps(self, request, provider=None, client_id=None):
        """Only the provider of the settings: none can come in through a table."""
        apps = [app for app in _configured() if provider in (None, app.provider, app.provider_id)]
        return [app for app in apps if client_id in (None, app.client_id)]

    def pre_social_login(self, request, sociallogin):
        """All that happens with an answer of the provider; allauth's own sign-up and linking are never reached."""
        answer = sociallogin.account.extra_data
        token, info = answer.get("id_token") or {}, answer.get("userinfo") or {}
        # What the provider tells about somebody else is not about whoever signed in there.
        about_one = not (token and info) or token.get("sub") == info.get("sub")
        person = person_of(token | info) if about_one else None
        if person is None:
            logger.warning("single sign-on named nobody whom we know")
            messages.error(request, _("Your company account is not linked to a staff number here. Ask HR."))
            raise ImmediateHttpResponse(redirect("account_login"))
        if request.user.is_authenticated:
            logout(request)
        flows.login.record_authentication(request, person, "socialaccount", provider=sociallogin.account.provider)
        login = Login(user=person, redirect_url=sociallogin.get_redirect_url(request))
        raise ImmediateHttpResponse(flows.login.perform_login(request, login))

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        raise ImmediateHttpResponse(_refuse(request, type(exception).__name__ if exception else error))


def _refuse(request, why):
    # Only the kind of error: its words may hold tokens and claims.
    logger.warning("single sign-on failed: %s", why)
    messages.error(request, _("The company account did not let you in. Try again, or sign in another way."))
    return redirect("account_login")


def in_words(view):
    """A provider that is gone, or answers what is no answer, is not an error of this site."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except (requests.RequestException, OAuth2Error, KeyError, TypeError, ValueError) as error:
            return _refuse(request, type(error).__name__)

    return answered


def _configured():
    from allauth.socialaccount.models import SocialApp

    for app in settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        yield SocialApp(provider="openid_connect", **app)
