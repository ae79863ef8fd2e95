from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("", include("learning.reminders.health_urls")),
    # Before Wagtail's own addresses, so that no other door takes a password.
    path("", include("learning.people.signing_in.doors")),
    path("", include("learning.people.signing_in.sso_urls")),
    path("", include("content.media_urls")),
    path("", include("content.installing_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]
urlpatterns += i18n_patterns(
    path("", include("learning.people.signing_in.urls")),
    path("", include("learning.people.urls")),
    path("", include("learning.reminders.urls")),
    path("", include("learning.assignments.urls")),
    path("", include("learning.records.urls")),
    path("", include("quizzes.urls")),
    path("", include("courses.urls")),
    path("", include("content.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
