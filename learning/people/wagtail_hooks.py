from wagtail import hooks

from . import choosers
from .viewsets import PeopleGroup


@hooks.register("register_admin_viewset")
def register_people():
    return [PeopleGroup(), choosers.viewset]


@hooks.register("construct_help_menu")
def leave_out_news_of_wagtail(request, items):
    items[:] = [item for item in items if not item.name.startswith("whats-new")]
