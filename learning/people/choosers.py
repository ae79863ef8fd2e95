"""Choosing a person in the admin: of several Anas the right one, by number, position and facility."""

from django import forms
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import BaseChooser

from .local_days import company_day
from .models import Person, PositionHeld


def with_work(people, on):
    """People with `holds`: the positions that they hold on that local date."""
    held = PositionHeld.objects.on(on).select_related("position", "facility")
    return people.prefetch_related(Prefetch("positions_held", held, to_attr="holds"))


def positions(person):
    return ", ".join(dict.fromkeys(held.position.title for held in person.holds))


def facilities(person):
    return ", ".join(dict.fromkeys(held.facility.name for held in person.holds))


def described(person):
    """Name, number, positions and facilities of one of `with_work`, in a line."""
    return " · ".join(part for part in (str(person), positions(person), facilities(person)) if part)


def _described_now(person):
    (found,) = with_work(Person.objects.filter(pk=person.pk), company_day(timezone.now()))
    return described(found)


class PersonFilterForm(BaseFilterForm):
    q = forms.CharField(
        label=_("Search"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Name, number or mail")})
    )

    def filter(self, objects):
        objects = super().filter(objects)
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        return objects.matching(self.search_query)


class OfPeopleMixin(PermissionCheckedMixin):
    """Wagtail lets everybody in the admin choose anything; names of people are for those who may see people."""

    any_permission_required = ["add", "change", "view"]

    def get_people(self):
        on = company_day(timezone.now())
        people = Person.objects.filter(merged_into__isnull=True).visible_to(self.request.user, on)
        return with_work(people, on)

    def get_display_title(self, instance):
        return described(instance)


class ListingMixin(OfPeopleMixin):
    filter_form_class = PersonFilterForm

    @property
    def columns(self):
        return [
            *super().columns,
            Column("position", label=_("Position"), accessor=positions),
            Column("facility", label=_("Facility"), accessor=facilities),
        ]

    def get_object_list(self):
        return self.get_people()


class ChooseView(ListingMixin, chooser.ChooseView):
    pass


class ChooseResultsView(ListingMixin, chooser.ChooseResultsView):
    pass


def _keys(values):
    """Of what an address says, what may be a primary key."""
    return [value for value in values if value.isascii() and value.isdecimal() and len(value) < 19]


class ChosenView(OfPeopleMixin, chooser.ChosenView):
    def get_object(self, pk):
        return self.get_people().get(pk__in=_keys([pk]))


class ChosenMultipleView(OfPeopleMixin, chooser.ChosenMultipleView):
    def get_objects(self, pks):
        return self.get_people().filter(pk__in=_keys(pks))


class PersonChooserWidget(BaseChooser):
    def get_instance(self, value):
        # A form comes back with whatever somebody made up.
        return super().get_instance(value if isinstance(value, Person) else next(iter(_keys([str(value)])), None))

    def get_display_title(self, instance):
        return _described_now(instance)


class PersonChooserViewSet(ChooserViewSet):
    model = Person
    icon = "user"
    choose_one_text = _("Choose a person")
    choose_another_text = _("Choose another person")
    edit_item_text = _("Edit this person")
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
    base_widget_class = PersonChooserWidget


viewset = PersonChooserViewSet("person_chooser", url_prefix="choose-person")
PersonChooser = viewset.widget_class
