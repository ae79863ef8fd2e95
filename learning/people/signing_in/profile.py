"""`/profile/`: what a person has set, how they sign in, and changing it."""

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth, flows
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import codes, qr
from ..preferences import PreferencesForm
from . import second_factor


@login_required
def profile(request):
    factor = second_factor.of(request.user)
    context = factor | {
        "has_password": request.user.has_usable_password(),
        "needs_factor": request.user.works_in_admin,
        "has_factor": bool(factor["app"] or factor["passkeys"]),
        "form": PreferencesForm(instance=request.user),
    }
    return render(request, "people/profile.html", context)


@login_required
def lead_to_second_factor(request):
    """Where a session that owes one is led: to show the one there is, or to set one up."""
    if not second_factor.owed(request):
        return redirect("people:profile")
    factor = second_factor.of(request.user)
    return render(request, "people/second_factor.html", factor | {"home": reverse("people:profile")})


class PasswordView(account.PasswordChangeView):
    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_usable_password():
            messages.info(request, _("You have no password yet. Get a mail with which you set one."))
            return redirect("account_reset_password")
        return super().dispatch(request, *args, **kwargs)


class AppView(totp.ActivateTOTPView):
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"qr": qr.drawing(context["totp_url"]), "groups": codes.groups(context["form"].secret)}

    def form_valid(self, form):
        response = super().form_valid(form)
        # Shown in this session, by the code that set it up.
        self.request.session["second_factor"] = True
        return response


class AddPasskeyView(webauthn.AddWebAuthnView):
    """Every passkey signs in by itself: kept on the device, and opened by its PIN, finger or face."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"js_data": {"creation_options": auth.begin_registration(self.request.user, True)}}

    def form_valid(self, form):
        response = super().form_valid(form)
        self.request.session["second_factor"] = True
        return response


@login_required
@require_POST
@reauthentication_required(app="allauth.mfa")
def remove_passkey(request):
    passkeys = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN)
    try:
        passkey = get_object_or_404(passkeys, pk=int(request.POST.get("passkey", "")))
    except ValueError:
        passkey = get_object_or_404(passkeys.none())
    if second_factor.is_last_needed(passkey):
        messages.error(request, second_factor.Adapter.error_messages["cannot_delete_authenticator"])
    else:
        flows.remove_authenticator(request, passkey)
    return HttpResponseRedirect(reverse("people:profile"))
