from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.chooser import ChooserViewSet

from .models import Person


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


class ListingMixin(OfPeopleMixin):
    filter_form_class = PersonFilterForm

    @property
    def columns(self):
        return [*super().columns, Column("email", label=_("Email"))]

    def get_object_list(self):
        return Person.objects.filter(merged_into__isnull=True)


class ChooseView(ListingMixin, chooser.ChooseView):
    pass


class ChooseResultsView(ListingMixin, chooser.ChooseResultsView):
    pass


class ChosenView(OfPeopleMixin, chooser.ChosenView):
    pass


class ChosenMultipleView(OfPeopleMixin, chooser.ChosenMultipleView):
    pass


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


viewset = PersonChooserViewSet("person_chooser", url_prefix="choose-person")
PersonChooser = viewset.widget_class
