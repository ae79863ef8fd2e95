"""Sign-in by staff number or mail and a password. allauth's other pages come with the features that need them."""

from allauth.account.views import logout
from django.urls import path

from . import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-out/", logout, name="account_logout"),
]
