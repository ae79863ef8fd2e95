"""What HR fills in. Every form saves through an action; `until` is the last day that counts, as people write it."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from . import actions, rules
from .choosers import PersonChooser
from .models import Audience, Company, Employment, Facility, Person, Position, PositionHeld
from .models.company import time_zones

DAY = datetime.timedelta(days=1)


def _zones():
    return [(name, name.replace("_", " ")) for name in time_zones()]


class ZoneField(forms.ChoiceField):
    def __init__(self, **kwargs):
        super().__init__(choices=_zones, **kwargs)


class CompanyForm(WagtailAdminModelForm):
    time_zone = ZoneField(label=_("Time zone"))

    class Meta:
        model = Company
        fields = ["name", "ctpat_account", "time_zone"]


class FacilityForm(WagtailAdminModelForm):
    time_zone = ZoneField(label=_("Time zone"))

    class Meta:
        model = Facility
        fields = ["company", "code", "name", "country", "time_zone"]


class PersonForm(WagtailAdminModelForm):
    """Nobody's password is here. Roles are given by those who may change groups."""

    # What decides who somebody is at sign-in, and what they may do then.
    ACCOUNT = ["number", "email", "is_active", "groups"]

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        help_text=_("Only for somebody who lives in another one than the facility."),
    )

    class Meta:
        model = Person
        fields = [
            "number",
            "first_name",
            "last_name",
            "email",
            "phone",
            "badge",
            "language",
            "time_zone",
            "is_active",
            "groups",
        ]
        field_permissions = {"groups": "auth.change_group"}
        labels = {"groups": _("Roles")}
        help_texts = {"groups": "", "number": _("Signs in with it; capital letters do not matter.")}
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = [("", _("As the facility")), *_zones()]
        if self.instance.pk:
            self._lock()

    def _lock(self):
        """Nobody takes over an account that may do more than theirs, or shuts the door on themselves."""
        if self.instance == self.for_user:
            locked, why = ["is_active", "groups"], _("Not for your own account: ask another administrator.")
        elif not _may_change_account(self.for_user, self.instance):
            locked, why = self.ACCOUNT, _("This person works in the administration: only an administrator changes it.")
        else:
            return
        for name in locked:
            if name in self.fields:
                self.fields[name].disabled = True
                self.fields[name].help_text = why

    def clean_email(self):
        return Person.objects.normalize_email(self.cleaned_data["email"])

    def save_as(self, *, by, at):
        fields = dict(self.cleaned_data)
        groups = fields.pop("groups", None)
        names = None if groups is None else [group.name for group in groups]
        if self.instance.pk:
            return actions.change_person(person=self.instance, at=at, groups=names, **fields)
        return actions.register_person(at=at, groups=names or (), **fields)


def _may_change_account(user, person):
    if person.is_superuser:
        return user.is_superuser
    return user.has_perm("auth.change_group") or not person.works_in_admin


class DatedForm(WagtailAdminModelForm):
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=AdminDateInput,
        help_text=_("The last day that counts. Empty while it goes on."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["until"] = self.instance.until

    def clean(self):
        cleaned = super().clean()
        starts_on, until = cleaned.get("starts_on"), cleaned.get("until")
        if starts_on and until and until < starts_on:
            self.add_error("until", _("This is before the first day."))
        if until == datetime.date.max:
            # The day after it, which is what is stored, does not exist.
            self.add_error("until", self.fields["until"].help_text)
        return cleaned

    def fields_to_save(self):
        fields = dict(self.cleaned_data)
        until = fields.pop("until")
        return fields | {"ends_on": until and until + DAY}


class EmploymentForm(DatedForm):
    class Meta:
        model = Employment
        fields = ["company", "employer", "kind", "manager", "starts_on", "until"]
        widgets = {"manager": PersonChooser, "starts_on": AdminDateInput}

    field_order = Meta.fields

    def clean_manager(self):
        manager = self.cleaned_data["manager"]
        if manager and manager.pk == self.instance.person_id:
            raise forms.ValidationError(_("Nobody is their own manager."))
        return manager

    def save_as(self, *, by, at):
        return actions.change_employment(employment=self.instance, at=at, **self.fields_to_save())


class NewEmploymentForm(EmploymentForm):
    class Meta(EmploymentForm.Meta):
        fields = ["person", *EmploymentForm.Meta.fields]
        labels = {"person": _("Person")}
        widgets = {"person": PersonChooser, **EmploymentForm.Meta.widgets}

    field_order = Meta.fields

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["company"] = Company.objects.first()

    def save_as(self, *, by, at):
        return actions.employ(at=at, **self.fields_to_save())


class PositionHeldForm(DatedForm):
    class Meta:
        model = PositionHeld
        fields = ["position", "facility", "starts_on", "until"]
        widgets = {"starts_on": AdminDateInput}

    field_order = Meta.fields

    def save_as(self, *, by, at):
        fields = self.fields_to_save()
        return actions.change_position_held(held=self.instance, at=at, company=fields["facility"].company, **fields)


class NewPositionHeldForm(PositionHeldForm):
    class Meta(PositionHeldForm.Meta):
        fields = ["person", *PositionHeldForm.Meta.fields]
        labels = {"person": _("Person")}
        widgets = {"person": PersonChooser, **PositionHeldForm.Meta.widgets}

    field_order = Meta.fields

    def save_as(self, *, by, at):
        return actions.place(at=at, **self.fields_to_save())


class AudienceForm(WagtailAdminModelForm):
    """Who is selected. A change is a new version of the rule; what it said before is kept."""

    positions = forms.ModelMultipleChoiceField(
        label=_("Positions"),
        queryset=Position.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means any position."),
    )
    facilities = forms.ModelMultipleChoiceField(
        label=_("Facilities"),
        queryset=Facility.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means any facility."),
    )

    class Meta:
        model = Audience
        fields = ["name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        newest = self.instance.versions.order_by("-number").first() if self.instance.pk else None
        if newest is None:
            return
        listed = rules.listed(newest.rule)
        if listed is None:
            # Nothing here could say such a rule, so that saving would change it.
            for name in ("positions", "facilities"):
                del self.fields[name]
            return
        self.initial["positions"] = Position.objects.filter(uuid__in=listed[0])
        self.initial["facilities"] = Facility.objects.filter(uuid__in=listed[1])

    def save_as(self, *, by, at):
        said = self.cleaned_data
        if "positions" in self.fields:
            rule = rules.positions_and_facilities(positions=said["positions"], facilities=said["facilities"])
        else:
            rule = self.instance.rule(at)
        return actions.set_audience(
            audience=self.instance if self.instance.pk else None, name=said["name"], rule=rule, at=at, by=by
        )
