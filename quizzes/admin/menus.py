"""What this room has in the admin's menus beside its rows, each for who may open it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem


class PermittedMenuItem(MenuItem):
    """Shown to whoever has `permission`."""

    def __init__(self, label, name, permission, **kwargs):
        self.permission = permission
        super().__init__(label, reverse(name), name=name.replace("_", "-"), **kwargs)

    def is_shown(self, request):
        return request.user.has_perm(self.permission)


# (label, address, permission, icon, order)
REPORTS = [
    (_("Attempts"), "attempts_report", "quizzes.view_attempt", "tasks", 120),
    (_("Mastery"), "mastery_report", "quizzes.view_attempt", "success", 125),
    (_("Questions in figures"), "questions_figures", "quizzes.view_questionversion", "help", 130),
]
TO_MARK = (_("To mark"), "marking", "quizzes.add_mark", "edit", 305)


# Beside what else there is of a person.
OF_PEOPLE = (_("Extra time"), "extra_time", "quizzes.view_extratime", "time", 900)


def item(label, name, permission, icon, order):
    return PermittedMenuItem(label, name, permission, icon_name=icon, order=order)
