"""Wagtail's own doors lead to ours, so that a password is taken in one place only."""

from django.urls import path, re_path
from django.views.generic import RedirectView

to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("admin/login/", to_sign_in),
    re_path(r"^(?:es/)?_util/login/$", to_sign_in),
]
