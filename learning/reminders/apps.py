from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RemindersConfig(AppConfig):
    name = "learning.reminders"
    label = "reminders"
    verbose_name = _("Reminders")

    def ready(self):
        from . import fillers, receivers  # noqa: F401  (registers them)
