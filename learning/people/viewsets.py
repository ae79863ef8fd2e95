"""The admin's listings of this room, declared."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSetGroup

from . import admin_views as views
from . import choosers, dated_forms, filters, forms, training_roles
from .audiences.viewsets import AudienceViewSet
from .classifying import views as classifying
from .classifying.forms import PositionForm
from .deeds import urls as deeds
from .importing.viewsets import ImportSourceViewSet, ImportViewSet
from .kept import DayColumn, DeedCreateView, DeedEditView, KeptViewSet
from .models import Company, Employer, Employment, Facility, LeavePeriod, Person, Position, PositionHeld, Tag

MENU = "register_people_menu_item"


class PersonViewSet(KeptViewSet):
    """In the place of Wagtail's own screens for users, which would hand out passwords and superusers."""

    model = Person
    icon = "user"
    menu_hook = MENU
    menu_label = _("People")
    # First of the group, which counts from one.
    menu_order = 0
    index_view_class = views.PersonIndexView
    add_view_class = views.PersonCreateView
    edit_view_class = views.PersonEditView
    inspect_view_class = views.PersonInspectView
    history_view_class = views.PersonHistoryView
    delete_view_class = views.PersonDeleteView
    create_template_name = "people/admin/person_create.html"
    edit_template_name = "people/admin/person_edit.html"
    inspect_template_name = "people/admin/person_inspect.html"
    inspect_view_fields = [
        "number",
        "first_name",
        "last_name",
        "email",
        "phone",
        "badge",
        "language",
        "time_zone",
        "tags",
        "is_active",
    ]
    filterset_class = filters.PersonFilterSet
    ordering = ["last_name", "first_name", "number"]
    delete_refusal = _("People are not deleted: their records stay. Say “Leaves on …”, and the sign-in ends that day.")
    list_display = [
        "get_full_name",
        "number",
        Column("position", label=_("Position"), accessor=choosers.positions),
        Column("facility", label=_("Facility"), accessor=choosers.facilities),
        Column("employer", label=_("Employer")),
        Column("state", label=_("Standing")),
        BooleanColumn("is_active", label=_("May sign in"), sort_key="is_active"),
    ]

    def __init__(self, name=None, **kwargs):
        super().__init__(name, **kwargs | {"url_prefix": "people"})

    def get_form_class(self, for_update=False):
        return forms.PersonForm if for_update else forms.NewPersonForm

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), *deeds.urlpatterns]


class OfPersonViewSet(KeptViewSet):
    """Dated rows of people whom the user may see."""

    add_view_class = views.OfPersonCreateView
    edit_view_class = views.OfPersonEditView
    inspect_view_class = views.OfPersonInspectView
    history_view_class = views.OfPersonHistoryView
    delete_view_class = views.OfPersonDeleteView
    ordering = ["-starts_on", "-pk"]
    form_classes = ()

    def get_form_class(self, for_update=False):
        new, changed = self.form_classes
        return changed if for_update else new


class EmploymentViewSet(OfPersonViewSet):
    model = Employment
    name = "employments"
    icon = "calendar"
    form_classes = (dated_forms.NewEmploymentForm, dated_forms.EmploymentForm)
    index_view_class = views.EmploymentIndexView
    inspect_view_fields = ["person", "company", "employer", "kind", "manager", "starts_on", "until"]
    filterset_class = filters.EmploymentFilterSet
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


class PositionHeldViewSet(OfPersonViewSet):
    model = PositionHeld
    name = "positions-held"
    icon = "history"
    form_classes = (dated_forms.NewPositionHeldForm, dated_forms.PositionHeldForm)
    index_view_class = views.PositionHeldIndexView
    inspect_view_fields = ["person", "position", "facility", "starts_on", "until"]
    filterset_class = filters.PositionHeldFilterSet
    delete_refusal = _("A position held is not deleted: records rest on it. Say until when it was held.")
    list_display = [
        "person",
        "position",
        "facility",
        DayColumn("starts_on", label=_("From"), sort_key="starts_on"),
        DayColumn("until", label=_("Until"), sort_key="ends_on"),
    ]


class LeaveViewSet(OfPersonViewSet):
    model = LeavePeriod
    name = "leaves"
    icon = "time"
    form_classes = (dated_forms.NewLeaveForm, dated_forms.LeaveForm)
    index_view_class = views.LeaveIndexView
    inspect_view_fields = ["person", "starts_on", "until"]
    filterset_class = filters.LeaveFilterSet
    delete_refusal = _("A leave is not deleted: what was owed rests on it. Say until when it lasted.")
    list_display = [
        "person",
        DayColumn("starts_on", label=_("Away from"), sort_key="starts_on"),
        DayColumn("until", label=_("Until"), sort_key="ends_on"),
    ]


class TagViewSet(KeptViewSet):
    model = Tag
    name = "tags"
    icon = "tag"
    form_fields = ["name"]
    inspect_view_fields = ["name"]
    search_fields = ["name"]
    ordering = ["name"]
    delete_refusal = _("A tag is not deleted: audiences may name it. Take it away from the people instead.")
    list_display = ["name"]


class PositionViewSet(KeptViewSet):
    model = Position
    name = "positions"
    icon = "clipboard-list"
    index_view_class = classifying.PositionIndexView
    add_view_class = DeedCreateView
    edit_view_class = DeedEditView
    inspect_view_fields = ["title", "sensitive"]
    filterset_class = filters.PositionFilterSet
    search_fields = ["title"]
    ordering = ["title"]
    list_display = [
        "title",
        BooleanColumn("sensitive", label=_("Sensitive"), sort_key="sensitive"),
        Column("roles", label=_("Training roles"), accessor=lambda row: training_roles.in_words(row.roles)),
        Column("state", label=_("Standing"), accessor=lambda row: "" if row.classified_at else _("to classify")),
        Column("holders", label=_("People"), sort_key="holders"),
    ]

    def get_form_class(self, for_update=False):
        return PositionForm

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("classify/", classifying.ClassifyView.as_view(), name="classify")]


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
        ImportViewSet,
        EmploymentViewSet,
        PositionHeldViewSet,
        LeaveViewSet,
        AudienceViewSet,
        PositionViewSet,
        TagViewSet,
        FacilityViewSet,
        EmployerViewSet,
        CompanyViewSet,
        ImportSourceViewSet,
    )
