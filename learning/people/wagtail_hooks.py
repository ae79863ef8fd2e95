from django.urls import path
from wagtail import hooks

from . import change_log, choosers, policies
from .classifying.views import ToClassifySummaryItem
from .importing import hooks as importing  # noqa: F401  (registers its own)
from .inviting import hooks as inviting  # noqa: F401  (registers its own)
from .quick_add.summary import ToConfirmSummaryItem
from .quick_add.views import QuickAddView
from .viewsets import PeopleGroup

# After Wagtail's own for users, which these replace.
policies.register()


@hooks.register("register_admin_viewset")
def register_people():
    return [PeopleGroup(), choosers.viewset]


@hooks.register("construct_help_menu")
def leave_out_news_of_wagtail(request, items):
    items[:] = [item for item in items if not item.name.startswith("whats-new")]


@hooks.register("register_admin_urls")
def register_quick_add():
    # Not among the addresses of the listing: "people/add/" reads like its form for HR.
    return [path("quick-add/", QuickAddView.as_view(), name="people_quick_add")]


@hooks.register("register_log_actions")
def register_deeds(actions):
    change_log.register(actions)


@hooks.register("construct_homepage_summary_items")
def add_what_waits_for_hr(request, items):
    items += [ToConfirmSummaryItem(request), ToClassifySummaryItem(request)]
