from allauth.account.forms import UserTokenForm
from allauth.account.utils import user_pk_to_url_str
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from . import mail, standing
from .adapter import account_key
from .backend import find

RESET = "account/email/password_reset_key"


class LimitedForm(forms.Form):
    """Number or mail of whoever wants a mail. What it says is the same whether or not that is somebody."""

    # allauth's name for what it passes on; a staff number does as well.
    email = forms.CharField(max_length=254, error_messages={"required": _("Enter your staff number or work email.")})
    limit = ""

    def clean_email(self):
        login = self.cleaned_data["email"].strip()
        key = account_key(login)
        if not ratelimit.consume(context.request, app="allauth.account", action=self.limit, key=key):
            raise ValidationError(_("Too many tries. Wait five minutes, then try again."), code="too_many")
        return login


class ResetForm(LimitedForm):
    limit = "reset_password"

    def save(self, request, **kwargs):
        person = find(self.cleaned_data["email"])
        mail.send(RESET, person, {"address": _reset_address(person or mail.nobody())})


def _reset_address(person):
    """Built on the public address, never on the host that a request claims to be for."""
    with translation.override(person.language):
        path = reverse(
            "account_reset_password_from_key",
            kwargs={"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)},
        )
    return settings.GATEHOUSE_PUBLIC_URL + path


class ResetTokenForm(UserTokenForm):
    """Django's tokens, as allauth's own keep addresses in a table of theirs, where HR's changes would not reach them;
    and none for leavers."""

    token_generator = default_token_generator

    def _get_user(self, uidb36):
        person = super()._get_user(uidb36)
        return person if person and standing.admits(person, timezone.now()) else None


class CodeForm(LimitedForm):
    limit = "request_login_code"

    def clean_email(self):
        login = super().clean_email()
        person = find(login)
        may = person and person.email and standing.may_sign_in(person, timezone.now())
        self._user = person if may else None
        return login


class OnceMixin:
    """A code of an app works once. allauth forgets after one period, while ours are good for three."""

    def clean_code(self):
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            cache.touch(self.authenticator.wrap()._get_used_cache_key(code), 120)
        return code


class FactorForm(OnceMixin, AuthenticateForm):
    pass


class FactorAgainForm(OnceMixin, ReauthenticateForm):
    pass
