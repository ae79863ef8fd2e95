from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from ..filters import today
from ..models import Position, PositionHeld
from . import actions
from .forms import ClassifyForm

PER_PAGE = 20


def with_holders(positions, on):
    """Positions with how many people hold them on that local date: `holders`."""
    held = PositionHeld.objects.on(on).filter(position=OuterRef("pk")).order_by().values("position")
    number = Subquery(held.annotate(number=Count("person", distinct=True)).values("number"))
    return positions.annotate(holders=Coalesce(number, 0))


def waiting():
    """Positions of which nobody has said what they must be trained for."""
    return Position.objects.filter(classified_at__isnull=True)


def people_in_waiting(on):
    """How many people hold such a position on that local date: each is a gap that no requirement can see."""
    held = PositionHeld.objects.on(on).filter(position__classified_at__isnull=True)
    return held.aggregate(number=Count("person", distinct=True))["number"]


class PositionIndexView(generic.IndexView):
    def get_base_queryset(self):
        return with_holders(Position.objects.all(), today())

    @cached_property
    def header_buttons(self):
        buttons = super().header_buttons
        number = waiting().count()
        if number and self.request.user.has_perm("people.change_position"):
            label = _("Classify %(number)d") % {"number": number}
            buttons.append(HeaderButton(label, url=reverse("positions:classify"), icon_name="tasks"))
        return buttons


class ClassifyView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Positions that came with an import or by quick add, many in one page."""

    template_name = "people/admin/classify.html"
    page_title = _("Positions to classify")
    header_icon = "tasks"
    permission_policy = ModelPermissionPolicy(Position)
    permission_required = "change"

    def get_breadcrumbs_items(self):
        positions = {"url": reverse("positions:index"), "label": _("Positions")}
        return [*self.breadcrumbs_items, positions, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        on = today()
        positions = with_holders(waiting(), on).order_by("-holders", "title")
        page = Paginator(positions, PER_PAGE).get_page(self.request.GET.get("p"))
        forms = kwargs.get("forms") or [ClassifyForm(position=position) for position in page]
        context = {"forms": forms, "page": page, "people": people_in_waiting(on)}
        return super().get_context_data(**kwargs) | context

    def post(self, request, *args, **kwargs):
        listed = [value for value in request.POST.getlist("position") if value.isdecimal()][:PER_PAGE]
        forms = [ClassifyForm(request.POST, position=position) for position in waiting().filter(pk__in=listed)]
        # All of them, so that each shows what is wrong with it.
        if False in [form.is_valid() for form in forms]:
            return self.render_to_response(self.get_context_data(forms=forms))
        said = [
            (form.position, form.cleaned_data["sensitive"], form.cleaned_data["roles"])
            for form in forms
            if form.cleaned_data["accept"]
        ]
        number = actions.classify(said=said, at=timezone.now(), by=request.user)
        if number:
            text = ngettext("%(number)d position classified.", "%(number)d positions classified.", number)
            messages.success(request, text % {"number": number})
        else:
            messages.warning(request, _("Nothing was ticked as right, so nothing was changed."))
        there = "positions:classify" if waiting().exists() else "positions:index"
        return HttpResponseRedirect(reverse(there))


class ToClassifySummaryItem(SummaryItem):
    """On the admin's first page: people whose training nobody has decided."""

    order = 310
    template_name = "people/admin/to_classify_summary.html"

    def is_shown(self):
        if not self.request.user.has_perm("people.change_position"):
            return False
        self.positions = waiting().count()
        return bool(self.positions)

    def get_context_data(self, parent_context):
        return {"positions": self.positions, "people": people_in_waiting(today())}
