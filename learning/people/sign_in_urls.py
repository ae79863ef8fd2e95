"""Sign-in by staff number or mail and a password. allauth's other pages come with the features that need them."""

from allauth.account import views
from django.urls import path

urlpatterns = [
    path("sign-in/", views.login, name="account_login"),
    path("sign-out/", views.logout, name="account_logout"),
]
