"""The admin's listings of this room, declared."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSetGroup

from . import admin_views as views
from . import filters, forms
from .kept import DayColumn, DeedCreateView, KeptViewSet
from .models import Audience, Company, Employer, Employment, Facility, Person, Position, PositionHeld

MENU = "register_people_menu_item"


class PersonViewSet(KeptViewSet):
    """In the place of Wagtail's own screens for users, which would hand out passwords and superusers."""

    model = Person
    icon = "user"
    menu_hook = MENU
    menu_label = _("People")
    menu_order = 10
    index_view_class = views.PersonIndexView
    add_view_class = views.PersonCreateView
    edit_view_class = views.PersonEditView
    inspect_view_class = views.PersonInspectView
    edit_template_name = "people/admin/person_edit.html"
    inspect_template_name = "people/admin/person_inspect.html"
    inspect_view_fields = ["number", "first_name", "last_name", "email", "phone", "badge", "language", "is_active"]
    filterset_class = filters.PersonFilterSet
    ordering = ["last_name", "first_name", "number"]
    delete_refusal = _("People are not deleted: their records stay. End the employment and take away the sign-in.")
    list_display = [
        "get_full_name",
        "number",
        Column("position", label=_("Position"), accessor=lambda row: _names(row.holds, "position")),
        Column("facility", label=_("Facility"), accessor=lambda row: _names(row.holds, "facility")),
        Column("employer", label=_("Employer"), accessor=lambda row: _names(row.works, "employer")),
        BooleanColumn("is_active", label=_("May sign in"), sort_key="is_active"),
    ]

    def __init__(self, name=None, **kwargs):
        super().__init__(name, **kwargs | {"url_prefix": "people"})

    def get_form_class(self, for_update=False):
        return forms.PersonForm


def _names(rows, field):
    return ", ".join(dict.fromkeys(str(getattr(row, field)) for row in rows))


class EmploymentViewSet(KeptViewSet):
    model = Employment
    name = "employments"
    icon = "calendar"
    index_view_class = views.EmploymentIndexView
    add_view_class = views.OfPersonCreateView
    edit_view_class = views.OfPersonEditView
    inspect_view_fields = ["person", "company", "employer", "kind", "manager", "starts_on", "until"]
    filterset_class = filters.EmploymentFilterSet
    ordering = ["-starts_on", "-pk"]
    delete_refusal = _("An employment is not deleted: records rest on it. Say until when it lasted.")
    list_display = [
        "person",
        "employer",
        "company",
        "kind",
        Column("manager", label=_("Manager"), accessor=lambda row: row.manager or ""),
        DayColumn("starts_on", label=_("Hired on"), sort_key="starts_on"),
        DayColumn("until", label=_("Until"), sort_key="ends_on"),
    ]

    def get_form_class(self, for_update=False):
        return forms.EmploymentForm if for_update else forms.NewEmploymentForm


class PositionHeldViewSet(KeptViewSet):
    model = PositionHeld
    name = "positions-held"
    icon = "history"
    index_view_class = views.PositionHeldIndexView
    add_view_class = views.OfPersonCreateView
    edit_view_class = views.OfPersonEditView
    inspect_view_fields = ["person", "position", "facility", "starts_on", "until"]
    filterset_class = filters.PositionHeldFilterSet
    ordering = ["-starts_on", "-pk"]
    delete_refusal = _("A position held is not deleted: records rest on it. Say until when it was held.")
    list_display = [
        "person",
        "position",
        "facility",
        DayColumn("starts_on", label=_("From"), sort_key="starts_on"),
        DayColumn("until", label=_("Until"), sort_key="ends_on"),
    ]

    def get_form_class(self, for_update=False):
        return forms.PositionHeldForm if for_update else forms.NewPositionHeldForm


class AudienceViewSet(KeptViewSet):
    model = Audience
    name = "audiences"
    icon = "group"
    index_view_class = views.AudienceIndexView
    add_view_class = DeedCreateView
    edit_view_class = views.AudienceEditView
    inspect_view_class = views.AudienceInspectView
    edit_template_name = "people/admin/audience_edit.html"
    inspect_template_name = "people/admin/audience_inspect.html"
    inspect_view_fields = ["name"]
    search_fields = ["name"]
    ordering = ["name"]
    delete_refusal = _("An audience is not deleted: requirements name it. Switch those off instead.")
    list_display = [
        "name",
        Column("positions", label=_("Positions"), accessor=lambda row: row.newest.positions if row.newest else ""),
        Column("facilities", label=_("Facilities"), accessor=lambda row: row.newest.facilities if row.newest else ""),
    ]

    def get_form_class(self, for_update=False):
        return forms.AudienceForm


class PositionViewSet(KeptViewSet):
    model = Position
    name = "positions"
    icon = "clipboard-list"
    form_fields = ["title", "sensitive"]
    inspect_view_fields = ["title", "sensitive"]
    search_fields = ["title"]
    ordering = ["title"]
    list_display = ["title", BooleanColumn("sensitive", label=_("Sensitive"), sort_key="sensitive")]


class FacilityViewSet(KeptViewSet):
    model = Facility
    name = "facilities"
    icon = "home"
    inspect_view_fields = ["name", "code", "company", "country", "time_zone"]
    search_fields = ["name", "code"]
    ordering = ["name"]
    list_display = ["name", "code", "country", "time_zone"]

    def get_form_class(self, for_update=False):
        return forms.FacilityForm


class EmployerViewSet(KeptViewSet):
    model = Employer
    name = "employers"
    icon = "link"
    form_fields = ["name", "kind"]
    inspect_view_fields = ["name", "kind"]
    search_fields = ["name"]
    ordering = ["name"]
    list_display = ["name", "kind"]


class CompanyViewSet(KeptViewSet):
    model = Company
    name = "companies"
    icon = "site"
    inspect_view_fields = ["name", "ctpat_account", "time_zone"]
    search_fields = ["name"]
    ordering = ["name"]
    list_display = ["name", "ctpat_account", "time_zone"]

    def get_form_class(self, for_update=False):
        return forms.CompanyForm


class PeopleGroup(ModelViewSetGroup):
    """Wagtail registers PersonViewSet itself (`apps.py`); the rest is here."""

    menu_label = _("People")
    menu_name = "people"
    menu_icon = "group"
    menu_order = 200
    submenu_hook = MENU
    items = (
        EmploymentViewSet,
        PositionHeldViewSet,
        AudienceViewSet,
        PositionViewSet,
        FacilityViewSet,
        EmployerViewSet,
        CompanyViewSet,
    )
