from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "learning.people"
    label = "people"
    verbose_name = _("People")

    def ready(self):
        from . import sign_in  # noqa: F401  (connects its receiver)
