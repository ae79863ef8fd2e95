"""Wagtail's own doors lead to ours: a password is taken in one place only, and people change on our screens only."""

from allauth.account.views import logout
from django.urls import path, re_path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView
from wagtail.admin.auth import require_admin_access

from . import admin_views

to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)


def _for_admin(view):
    return never_cache(require_admin_access(view))


urlpatterns = [
    path("admin/login/", to_sign_in),
    re_path(r"^(?:es/)?_util/login/$", to_sign_in),
    path("admin/logout/", logout),
    path("admin/account/", _for_admin(admin_views.OwnAccountView.as_view())),
    path("admin/bulk/people/person/<slug:action>/", _for_admin(admin_views.refuse_bulk_action)),
]
