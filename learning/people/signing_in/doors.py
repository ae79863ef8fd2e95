"""Wagtail's own doors lead to ours: a password is taken in one place only, and people change on our screens only."""

from allauth.account.views import logout
from django.urls import path, re_path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView
from wagtail.admin.auth import require_admin_access

from .. import admin_views

to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)
to_home = RedirectView.as_view(pattern_name="wagtailadmin_home")


def _for_admin(view):
    return never_cache(require_admin_access(view))


urlpatterns = [
    path("admin/login/", to_sign_in),
    re_path(r"^(?:es/)?_util/login/$", to_sign_in),
    path("admin/logout/", logout),
    path("admin/account/", _for_admin(admin_views.OwnAccountView.as_view())),
    path("admin/bulk/people/person/<slug:action>/", _for_admin(admin_views.refuse_bulk_action)),
    # Wagtail's pages for trying out its error pages.
    path("admin/failwhale/", _for_admin(to_home)),
    path("admin/test404/", _for_admin(to_home)),
    path("admin/reports/site-history/", _for_admin(admin_views.SiteHistoryView.as_view())),
    path("admin/reports/site-history/results/", _for_admin(admin_views.SiteHistoryView.as_view(results_only=True))),
]
