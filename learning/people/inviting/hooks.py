from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import views


@hooks.register("register_admin_urls")
def register_inviting():
    view = views.InvitationsView
    return [
        path("invitations/", view.as_view(), name="people_invitations"),
        path("invitations/results/", view.as_view(results_only=True), name="people_invitations_results"),
        path("invitations/new/", views.InviteView.as_view(), name="people_invite"),
        path("invitations/print/", views.PrintSlipsView.as_view(), name="people_print_slips"),
    ]


class ForHr(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("people.change_person")


@hooks.register("register_people_menu_item")
def register_invitations_menu_item():
    return ForHr(_("Invitations"), reverse("people_invitations"), name="invitations", icon_name="mail", order=1)


@hooks.register("register_people_menu_item")
def register_kiosks_menu_item():
    return ForHr(_("Shared tablets"), reverse("people:kiosks"), name="kiosks", icon_name="mobile-alt", order=90)
