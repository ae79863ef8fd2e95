"""Forms about dated rows. `until` is the last day that counts, as people write it; the day after is stored."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from . import actions
from .choosers import PersonChooser
from .local_days import company_day
from .models import Company, Employer, Employment, Facility, LeavePeriod, Person, Position, PositionHeld

DAY = datetime.timedelta(days=1)
UNTIL = _("The last day that counts. Empty while it goes on.")


def until_field(**kwargs):
    return forms.DateField(label=_("Until"), required=False, widget=AdminDateInput, **{"help_text": UNTIL} | kwargs)


def reason_field():
    return forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        help_text=_("Needed when days that are over change; it stands in the history."),
    )


def day_after(until):
    return until and until + DAY


def refuse_until(form, starts_on, until):
    if starts_on and until and until < starts_on:
        form.add_error("until", _("This is before the first day."))
    if until == datetime.date.max:
        # The day after it, which is what is stored, does not exist.
        form.add_error("until", UNTIL)


def refuse_unseen(form, name, unchanged=None):
    """A person whom this user may not see is nobody to them."""
    person = form.cleaned_data.get(name)
    if not person or person.pk == unchanged:
        return
    seen = Person.objects.filter(pk=person.pk).visible_to(form.for_user, company_day(timezone.now()))
    if not seen.exists():
        form.add_error(name, form.fields[name].error_messages["invalid_choice"])
        # Shown again, the form must not say who that is.
        form.data = form.data.copy()
        form.data[form.add_prefix(name)] = ""


class DatedForm(WagtailAdminModelForm):
    until = until_field()
    reason = reason_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["until"] = self.instance.until
        if "facility" in self.fields:
            self.fields["facility"].queryset = Facility.objects.visible_to(self.for_user)

    def clean(self):
        cleaned = super().clean()
        refuse_until(self, cleaned.get("starts_on"), cleaned.get("until"))
        if "person" in self.fields:
            refuse_unseen(self, "person")
        return cleaned

    def _post_clean(self):
        # The constraints are about the day that is stored.
        if "until" in self.cleaned_data:
            self.instance.ends_on = day_after(self.cleaned_data["until"])
        super()._post_clean()

    def said(self):
        """What the form says of the row, as the actions take it."""
        fields = dict(self.cleaned_data)
        return fields | {"ends_on": day_after(fields.pop("until"))}


class EmploymentForm(DatedForm):
    class Meta:
        model = Employment
        fields = ["company", "employer", "kind", "manager", "starts_on", "until", "reason"]
        widgets = {"manager": PersonChooser, "starts_on": AdminDateInput}

    field_order = Meta.fields

    def clean(self):
        cleaned = super().clean()
        refuse_unseen(self, "manager", unchanged=self.initial.get("manager"))
        manager = cleaned.get("manager")
        if manager and manager.pk == self.instance.person_id:
            self.add_error("manager", _("Nobody is their own manager."))
        return cleaned

    def save_as(self, *, by, at):
        return actions.change_employment(employment=self.instance, at=at, by=by, **self.said())


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
        return actions.employ(at=at, by=by, **self.said())


class PositionHeldForm(DatedForm):
    class Meta:
        model = PositionHeld
        fields = ["position", "facility", "starts_on", "until", "reason"]
        widgets = {"starts_on": AdminDateInput}

    field_order = Meta.fields

    def clean(self):
        there = Facility.objects.filter(pk=self.instance.facility_id)
        if there.exists() and not there.visible_to(self.for_user).exists():
            self.add_error(None, _("This position is at a facility that is not yours: nothing was changed."))
        return super().clean()

    def save_as(self, *, by, at):
        fields = self.said()
        company = fields["facility"].company
        return actions.change_position_held(held=self.instance, at=at, by=by, company=company, **fields)


class NewPositionHeldForm(PositionHeldForm):
    class Meta(PositionHeldForm.Meta):
        fields = ["person", *PositionHeldForm.Meta.fields]
        labels = {"person": _("Person")}
        widgets = {"person": PersonChooser, **PositionHeldForm.Meta.widgets}

    field_order = Meta.fields

    def save_as(self, *, by, at):
        return actions.place(at=at, by=by, **self.said())


class LeaveForm(DatedForm):
    class Meta:
        model = LeavePeriod
        fields = ["starts_on", "until", "reason"]
        labels = {"starts_on": _("Away from")}
        widgets = {"starts_on": AdminDateInput}

    field_order = Meta.fields

    def save_as(self, *, by, at):
        return actions.change_leave(leave=self.instance, at=at, by=by, **self.said())


class NewLeaveForm(LeaveForm):
    class Meta(LeaveForm.Meta):
        fields = ["person", *LeaveForm.Meta.fields]
        labels = {"person": _("Person"), **LeaveForm.Meta.labels}
        widgets = {"person": PersonChooser, **LeaveForm.Meta.widgets}

    field_order = Meta.fields

    def save_as(self, *, by, at):
        return actions.add_leave(at=at, by=by, **self.said())


class FirstWorkMixin(forms.Form):
    """Fields of an employment together with a position: for somebody new, and for somebody who is hired again."""

    WORK = ["company", "employer", "kind", "manager", "position", "facility", "starts_on", "until"]
    NEEDED = ["company", "employer", "position", "facility", "starts_on"]

    company = forms.ModelChoiceField(label=_("Company"), queryset=Company.objects.all(), required=False)
    employer = forms.ModelChoiceField(label=_("Employer"), queryset=Employer.objects.all(), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Employment.Kind, initial=Employment.Kind.EMPLOYEE, required=False)
    manager = forms.ModelChoiceField(
        label=_("Manager"), queryset=Person.objects.all(), required=False, widget=PersonChooser
    )
    position = forms.ModelChoiceField(label=_("Position"), queryset=Position.objects.all(), required=False)
    facility = forms.ModelChoiceField(label=_("Facility"), queryset=Facility.objects.none(), required=False)
    starts_on = forms.DateField(
        label=_("Hired on"),
        required=False,
        widget=AdminDateInput,
        help_text=_("Together with employer, position and facility; empty for somebody who only administers."),
    )
    until = until_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["facility"].queryset = Facility.objects.visible_to(self.for_user)
        self.initial["company"] = Company.objects.first()

    def must_work(self):
        """Whoever sees only some facilities would never see again somebody who works nowhere."""
        return bool(self.for_user.facility_limits)

    def clean(self):
        cleaned = super().clean()
        refuse_unseen(self, "manager")
        refuse_until(self, cleaned.get("starts_on"), cleaned.get("until"))
        said = [name for name in ("employer", "position", "facility", "starts_on") if cleaned.get(name)]
        if said or self.must_work():
            for name in self.NEEDED:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        return cleaned

    def _days(self):
        return {
            "starts_on": self.cleaned_data["starts_on"],
            "ends_on": day_after(self.cleaned_data["until"]),
        }

    def employment(self):
        """Fields of the employment, as `actions.employ` takes them."""
        fields = {name: self.cleaned_data[name] for name in ("company", "employer", "manager")}
        return fields | {"kind": self.cleaned_data["kind"] or Employment.Kind.EMPLOYEE} | self._days()

    def held(self):
        """Fields of the position, as `actions.place` takes them."""
        return {name: self.cleaned_data[name] for name in ("position", "facility")} | self._days()
