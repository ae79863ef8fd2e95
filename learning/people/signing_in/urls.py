"""Sign-in and the person's own ways of signing in: allauth's pages at our addresses, under allauth's names."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path

from . import profile, views

urlpatterns = [
    path("sign-in/", views.SignInView.as_view(), name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-in/code/", views.CodeView.as_view(), name="account_request_login_code"),
    path("sign-in/code/confirm/", views.ConfirmCodeView.as_view(), name="account_confirm_login_code"),
    path("sign-in/passkey/", views.PasskeySignInView.as_view(), name="mfa_login_webauthn"),
    path("sign-in/second-factor/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/reset/", views.ResetView.as_view(), name="account_reset_password"),
    path("sign-in/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^sign-in/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.NewPasswordView.as_view(),
        name="account_reset_password_from_key",
    ),
    path("profile/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("profile/confirm/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("profile/confirm/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("profile/password/", profile.PasswordView.as_view(), name="account_change_password"),
    path("profile/second-factor/app/", profile.AppView.as_view(), name="mfa_activate_totp"),
    path("profile/second-factor/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("profile/second-factor/passkey/", profile.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path("profile/second-factor/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("profile/second-factor/codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    # allauth's names for its list of factors and passkeys, which stand on the profile.
    path("profile/", profile.profile, name="mfa_index"),
    path("profile/", profile.profile, name="mfa_list_webauthn"),
]
