"""How people sign in. What differs from company to company comes from the environment (README, "Settings")."""

from django.core.exceptions import ImproperlyConfigured
from environs import Env

env = Env()

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["learning.people.signing_in.backend.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("number", "first_name", "last_name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# One shift: long enough for a mail that is read at its end.
PASSWORD_RESET_TIMEOUT = 8 * 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SIGNED_IN_HOME = "assignments:me"

ACCOUNT_ADAPTER = "learning.people.signing_in.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "number"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Whoever writes any address into the form must not make us write to it.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_FORMS = {
    "reset_password": "learning.people.signing_in.forms.ResetForm",
    "user_token": "learning.people.signing_in.forms.ResetTokenForm",
    "request_login_code": "learning.people.signing_in.forms.CodeForm",
}
# By address many, as a whole yard shares one; by account few.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "reset_password": "60/m/ip,5/5m/key",
    "reset_password_from_key": "60/m/ip",
    "request_login_code": "60/m/ip,5/5m/key",
}
# How many proxies stand in front and append to X-Forwarded-For: whom the sign-in rate limits count.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("GATEHOUSE_PROXIES", 0)

MFA_ADAPTER = "learning.people.signing_in.second_factor.Adapter"
MFA_FORMS = {
    "authenticate": "learning.people.signing_in.forms.FactorForm",
    "reauthenticate": "learning.people.signing_in.forms.FactorAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
# A phone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}

# Single sign-on exists once an issuer is named. It opens accounts that exist; it never makes one.
GATEHOUSE_OIDC_ISSUER = env.str("GATEHOUSE_OIDC_ISSUER", "").rstrip("/")
GATEHOUSE_OIDC_NAME = env.str("GATEHOUSE_OIDC_NAME", "Company account")
_client_id = env.str("GATEHOUSE_OIDC_CLIENT_ID", "")
if GATEHOUSE_OIDC_ISSUER and not _client_id:
    raise ImproperlyConfigured("Set GATEHOUSE_OIDC_CLIENT_ID: the name under which the provider knows this site.")
# Which claim of the provider is the staff number. Empty: only a mail address that the provider has verified counts.
GATEHOUSE_OIDC_NUMBER_CLAIM = env.str("GATEHOUSE_OIDC_NUMBER_CLAIM", "")
SOCIALACCOUNT_ADAPTER = "learning.people.signing_in.sso.Adapter"
# Nothing of ours changes when somebody is sent there, and a form would need the provider in the policy of the page.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": GATEHOUSE_OIDC_NAME,
                "client_id": _client_id,
                "secret": env.str("GATEHOUSE_OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": GATEHOUSE_OIDC_ISSUER},
            }
        ]
        if GATEHOUSE_OIDC_ISSUER
        else [],
    }
}

# Seconds without touch, key, scroll or playback until a kiosk forgets the person: on a page, on a lesson before it
# asks "Still here?", and how long it asks.
KIOSK_IDLE = env.list("GATEHOUSE_KIOSK_IDLE", [120, 300, 60], subcast=int)
