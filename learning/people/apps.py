from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "learning.people"
    label = "people"
    verbose_name = _("People")

    def ready(self):
        from . import roles
        from .signing_in import attribution, origin, second_factor, sessions  # noqa: F401  (they connect receivers)

        # Wagtail's own screens for users would hand out passwords and superusers.
        apps.get_app_config("wagtailusers").user_viewset = "learning.people.viewsets.PersonViewSet"
        # Permissions are created app by app after a migrate: roles have their turn with the last one.
        last = [app for app in apps.get_app_configs() if app.models_module][-1]
        post_migrate.connect(roles.apply_after_migrate, sender=last)
