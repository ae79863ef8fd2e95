import functools

from django.contrib.auth.models import Permission
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.models import register_snippet

from .admin import menus
from .admin.urls import urlpatterns
from .admin.viewsets import QuizzesGroup
from .deleting import why_not
from .marking import urls as marking

register_snippet(QuizzesGroup)


@hooks.register("register_admin_urls")
def register_screens():
    return urlpatterns + marking.urlpatterns


hooks.register("register_admin_menu_item", functools.partial(menus.item, *menus.TO_MARK))

for report in menus.REPORTS:
    hooks.register("register_reports_menu_item", functools.partial(menus.item, *report))
hooks.register("register_people_menu_item", functools.partial(menus.item, *menus.OF_PEOPLE))


@hooks.register("register_permissions")
def register_permissions_of_screens():
    models = ["attempt", "mark", "regrade", "extratime", "questionversion"]
    named = ["view_attempt", "change_attempt", "add_mark", "add_regrade", "view_questionversion"]
    named += [f"{verb}_extratime" for verb in ("view", "add", "change")]
    return Permission.objects.filter(
        content_type__app_label="quizzes", content_type__model__in=models, codename__in=named
    )


@hooks.register("before_delete_snippet")
def keep_what_evidence_names(request, instances):
    """For one and for many: say why not, before Wagtail asks whether one is sure."""
    if reason := why_not(list(instances)):
        messages.error(request, reason)
        return redirect(instances[0].snippet_viewset.get_url_name("list"))
