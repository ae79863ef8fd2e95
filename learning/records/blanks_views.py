"""One page on which a company fills its blanks: choose the place and the language, write, save."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.permission_policies import ModelPermissionPolicy

from content.models import Blank
from learning.people.models import Company, Facility

from . import actions
from .models import BlankValue


def places(user):
    """`{key: (label, {"company" or "facility": row})}` of all that the user may fill; limited ones: facilities."""
    facilities = Facility.objects.select_related("company").order_by("company__name", "name")
    limits = user.facility_limits
    found = {}
    for company in [] if limits else Company.objects.all():
        found[f"company-{company.uuid}"] = (company.name, {"company": company})
    for facility in facilities.filter(pk__in=limits) if limits else facilities:
        found[f"facility-{facility.uuid}"] = (f"{facility.company} · {facility.name}", {"facility": facility})
    return found


class BlanksView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    template_name = "records/admin/blanks.html"
    page_title = _("Fill company blanks")
    header_icon = "placeholder"
    permission_policy = ModelPermissionPolicy(BlankValue)
    permission_required = "change"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.places = places(request.user) if request.user.is_authenticated else {}
        self.place = request.GET.get("place") or next(iter(self.places), "")
        self.language = request.GET.get("language", settings.LANGUAGE_CODE)

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and (
            self.place and self.place not in self.places or self.language not in dict(settings.LANGUAGES)
        ):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def rows(self):
        blanks = {}
        for blank in Blank.objects.select_related("locale").order_by("name", "locale_id"):
            if blank.name not in blanks or blank.locale.language_code == self.language:
                blanks[blank.name] = blank
        where = self.places[self.place][1] if self.place else {}
        filled = BlankValue.objects.filter(**where, language=self.language).select_related("owner")
        values = {value.name: value for value in filled} if where else {}
        return [
            {"blank": blank, "value": values.get(name), "field": f"blank-{number}"}
            for number, (name, blank) in enumerate(blanks.items())
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "places": [(key, label) for key, (label, _where) in self.places.items()],
            "place": self.place,
            "languages": settings.LANGUAGES,
            "language": self.language,
            "rows": self.rows(),
        }

    def post(self, request, *args, **kwargs):
        texts = {row["blank"].name: request.POST.get(row["field"], "").strip() for row in self.rows()}
        try:
            actions.fill_blanks(
                texts=texts, language=self.language, by=request.user, at=timezone.now(), **self.places[self.place][1]
            )
        except actions.NotPlain as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, gettext("The blanks are saved. Learners see them from now on."))
        return redirect(f"{reverse('company_blanks')}?place={self.place}&language={self.language}")
