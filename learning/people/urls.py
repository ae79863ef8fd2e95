from django.urls import include, path

from . import preferences, views
from .quick_add import views as quick_add
from .signing_in import profile

app_name = "people"
urlpatterns = [
    path("profile/", profile.profile, name="profile"),
    path("profile/preferences/", preferences.preferences, name="preferences"),
    path("profile/second-factor/", profile.lead_to_second_factor, name="second_factor"),
    path("profile/second-factor/passkey/remove/", profile.remove_passkey, name="remove_passkey"),
    path("", include("learning.people.signing_in.device_urls")),
    path("team/add/", quick_add.add_to_team, name="quick_add"),
    path("language/", views.switch_language, name="switch_language"),
]
