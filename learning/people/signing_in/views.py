"""allauth's pages, where they must do something else than allauth does. What is said on them is in the templates."""

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core.internal import ratelimit
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import flows
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse, reverse_lazy

from .adapter import account_key

TOO_MANY = {"too_many_login_attempts", "too_many"}


class StartAgainMixin:
    """Who comes back to the beginning begins again; allauth would hold them at the code they never got."""

    def _redirect_to_pending_stage(self, request, stage):
        clear_login(request)


class LimitedMixin:
    """Says in the status, too, that there were too many tries."""

    def form_invalid(self, form):
        response = super().form_invalid(form)
        codes = {error.code for errors in form.errors.as_data().values() for error in errors}
        if codes & TOO_MANY:
            response.status_code = 429
        return response


class SignInView(LimitedMixin, StartAgainMixin, account.LoginView):
    def dispatch(self, request, *args, **kwargs):
        # Wagtail sends whoever may not enter its admin here, and allauth would send them back there.
        going_to = request.GET.get("next", "")
        if (
            request.user.is_authenticated
            and going_to.startswith(reverse("wagtailadmin_home"))
            and not request.user.works_in_admin
        ):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        sso = settings.GATEHOUSE_OIDC_NAME if settings.GATEHOUSE_OIDC_ISSUER else ""
        return super().get_context_data(sso=sso, **kwargs)


class CodeView(LimitedMixin, StartAgainMixin, account.RequestLoginCodeView):
    def form_valid(self, form):
        if form._user is None:
            adapter = get_adapter()
            adapter.send_mail(
                "account/email/login_code", form.cleaned_data["email"], {"code": adapter.generate_login_code()}
            )
        return super().form_valid(form)


class ConfirmCodeView(account.ConfirmLoginCodeView):
    """A code lives in the session, and of many requests at once each reads it before any counts: so tries are counted
    as for passwords, per person and outside the session."""

    def post(self, request, *args, **kwargs):
        key = account_key(self._process.state["email"])
        self._try = ratelimit.consume(request, app="allauth.account", action="login_failed", key=key)
        return super().post(request, *args, **kwargs) if self._try else ratelimit.respond_429(request)

    def _verify_form_valid(self, form):
        self._try.rollback()
        return super()._verify_form_valid(form)


class ResetView(LimitedMixin, account.PasswordResetView):
    def form_valid(self, form):
        # The form has counted already.
        form.save(self.request)
        return HttpResponseRedirect(self.get_success_url())


class NewPasswordView(account.PasswordResetFromKeyView):
    success_url = reverse_lazy("account_login")

    def form_valid(self, form):
        get_adapter().forgive(self.request, self.reset_user)
        return super().form_valid(form)


class PasskeySignInView(StartAgainMixin, webauthn.LoginWebAuthnView):
    def form_valid(self, form):
        passkey = form.cleaned_data["credential"]
        login = Login(user=passkey.user, redirect_url=get_next_redirect_url(self.request))
        return flows.perform_passwordless_login(self.request, passkey, login)
