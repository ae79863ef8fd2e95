"""HR's screens of inviting, in the Wagtail admin."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from .. import choosers
from ..filters import today
from ..models import Person
from ..signing_in import slips
from . import actions, states
from .filters import InvitingFilterSet
from .forms import InviteForm


def invitable(user, at):
    """People for whom this user may issue a slip, with their state."""
    # Wagtail looks for some objects before it asks whether the user may be there at all.
    if not user.has_perm("people.change_person"):
        raise PermissionDenied
    return states.with_state(slips.issuable_by(user, at))


def _day(name):
    def shown(person):
        at = getattr(person, name)
        return date_format(timezone.localtime(at), "SHORT_DATE_FORMAT") if at else ""

    return shown


def _uuid(text):
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _deed(person):
    return _("Invite") if person.state == states.State.NEVER else _("Invite again")


def _invite_one(person):
    return f"{reverse('people_invite')}?person={person.uuid}"


class InvitingMixin(PermissionCheckedMixin):
    permission_policy = ModelPermissionPolicy(Person)
    any_permission_required = ["change"]
    header_icon = "mail"


class InvitationsView(InvitingMixin, generic.IndexView):
    """Everybody whom one may invite, with how far they are."""

    model = Person
    page_title = _("Invitations")
    index_url_name = "people_invitations"
    index_results_url_name = "people_invitations_results"
    filterset_class = InvitingFilterSet
    is_searchable = True
    default_ordering = "last_name"
    paginate_by = 50
    columns = [
        Column("get_full_name", label=_("Name")),
        Column("number", label=_("Number")),
        Column("position", label=_("Position"), accessor=choosers.positions),
        Column("facility", label=_("Facility"), accessor=choosers.facilities),
        Column("state", label=_("Invitation"), accessor=lambda row: states.State(row.state).label),
        Column("invited_at", label=_("Invited"), accessor=_day("invited_at")),
        Column("last_login", label=_("Last seen"), accessor=_day("last_login")),
        TitleColumn("again", label=_("One alone"), accessor=_deed, get_url=_invite_one),
    ]

    def get_base_queryset(self):
        return choosers.with_work(invitable(self.request.user, timezone.now()), today())

    def order_queryset(self, queryset):
        return queryset.order_by("last_name", "first_name", "number")

    def search_queryset(self, queryset):
        return queryset.matching(self.search_query) if self.is_searching else queryset

    @cached_property
    def header_buttons(self):
        query = self.request.GET.urlencode()
        invite = f"{reverse('people_invite')}?{query}" if query else reverse("people_invite")
        buttons = [HeaderButton(_("Invite these people"), url=invite, icon_name="mail")]
        if actions.due_slips(invitable(self.request.user, timezone.now()), timezone.now()).exists():
            buttons.append(HeaderButton(_("Print slips"), url=reverse("people_print_slips"), icon_name="print"))
        return buttons


class InviteView(InvitingMixin, WagtailAdminTemplateMixin, FormView):
    """How and when those that the list shows are invited. Who is activated is left out, unless they were asked for."""

    template_name = "people/inviting/invite.html"
    form_class = InviteForm
    page_title = _("Invite")

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("people_invitations"), "label": _("Invitations")},
            {"url": "", "label": self.get_page_title()},
        ]

    @cached_property
    def people(self):
        query = self.request.GET
        people = invitable(self.request.user, timezone.now())
        if "person" in query:
            one = _uuid(query["person"])
            return people.filter(uuid=one) if one else people.none()
        filters = InvitingFilterSet(query, queryset=people, request=self.request)
        # A filter that was not understood must not end in a mail to everybody.
        people = filters.qs if filters.is_valid() else people.none()
        if words := query.get("q", ""):
            people = people.matching(words)
        if not query.get("unseen") and query.get("state") != states.State.ACTIVATED:
            people = people.exclude(state=states.State.ACTIVATED)
        return people

    def get_context_data(self, **kwargs):
        shown = choosers.with_work(self.people.order_by("last_name", "first_name", "number"), today())[:10]
        context = super().get_context_data(**kwargs)
        return context | {
            "media": context["form"].media,
            "number": self.people.count(),
            "without_mail": self.people.filter(email="").count(),
            "sample": [choosers.described(person) for person in shown],
        }

    def form_valid(self, form):
        at = timezone.now()
        send_at = max(form.cleaned_data["send_at"] or at, at)
        number = actions.invite(
            people=self.people, channel=form.cleaned_data["channel"], send_at=send_at, by=self.request.user, at=at
        )
        words = ngettext("%(number)d person is invited.", "%(number)d people are invited.", number)
        messages.success(self.request, words % {"number": number})
        slips_wait = actions.due_slips(invitable(self.request.user, at), at).exists()
        return HttpResponseRedirect(reverse("people_print_slips" if slips_wait else "people_invitations"))


class PrintSlipsView(InvitingMixin, WagtailAdminTemplateMixin, TemplateView):
    """The slips that are due, made and shown once, each on a card of its own."""

    template_name = "people/inviting/print.html"
    page_title = _("Print slips")

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("people_invitations"), "label": _("Invitations")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs):
        at = timezone.now()
        return super().get_context_data(**kwargs) | {
            "number": actions.due_slips(invitable(self.request.user, at), at).count(),
            "at_once": actions.PRINT_BATCH,
        }

    def post(self, request):
        at = timezone.now()
        made = actions.print_slips(people=invitable(request.user, at), by=request.user, at=at)
        cards = [slips.card(slip, code) for slip, code in made]
        response = render(request, "people/slips.html", {"cards": cards, "one": None})
        add_never_cache_headers(response)
        return response
