from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "learning.records"
    label = "records"
    verbose_name = _("Records")

    def ready(self):
        from . import checks, fillers, guards, receivers  # noqa: F401

        # Every migrate ends here: SQLite drops triggers silently when Django rebuilds a table.
        post_migrate.connect(guards.install_after_migrate, sender=self)
