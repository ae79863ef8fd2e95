"""Single sign-on. Without a language in front: the provider knows one address to come back to."""

from allauth.socialaccount.providers.openid_connect import views
from django.urls import path

from .sso import in_words

urlpatterns = [
    path("sign-in/sso/", in_words(views.login), {"provider_id": "sso"}, name="openid_connect_login"),
    path("sign-in/sso/callback/", in_words(views.callback), {"provider_id": "sso"}, name="openid_connect_callback"),
]
