from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssignmentsConfig(AppConfig):
    name = "learning.assignments"
    label = "assignments"
    verbose_name = _("Assignments")

    def ready(self):
        from . import checks, fillers, receivers  # noqa: F401
