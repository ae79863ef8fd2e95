import datetime
import uuid

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..dated_forms import DAY
from ..models import Employer, Facility, Person, Position
from . import actions

DAYS = 30


def _text(label, **attributes):
    return forms.CharField(label=label, widget=forms.TextInput({"class": "input", **attributes}))


def _choice(label, queryset, **kwargs):
    kwargs = {"empty_label": _("Choose one")} | kwargs
    return forms.ModelChoiceField(label=label, queryset=queryset, widget=forms.Select({"class": "input"}), **kwargs)


class QuickAddForm(forms.Form):
    """What is known at the gate at 05:00. `token` is the uuid that the person will have: sent twice, added once."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    first_name = _text(_("First name"), autocomplete="off", maxlength=120)
    last_name = _text(_("Last name"), autocomplete="off", maxlength=120)
    employer = _choice(
        _("Agency or employer"), Employer.objects.all(), required=False, empty_label=_("Another one: write its name")
    )
    agency = _text(_("Name of another agency"), autocomplete="off", maxlength=200)
    position = _choice(_("Position"), Position.objects.all())
    facility = _choice(_("Facility"), Facility.objects.none())
    until = forms.DateField(
        label=_("Until"),
        widget=forms.DateInput({"class": "input", "type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day that counts. HR can change it."),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, widget=forms.Select({"class": "input"})
    )
    phone = _text(_("Phone, if there is one"), autocomplete="off", maxlength=40, inputmode="tel")

    def __init__(self, *args, facilities, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["facility"].queryset = facilities
        self.fields["agency"].required = self.fields["phone"].required = self.fields["last_name"].required = False
        self.initial |= {"token": uuid.uuid4(), "until": today + datetime.timedelta(days=DAYS - 1)}
        if len(only := list(facilities[:2])) == 1:
            self.initial["facility"] = only[0]

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until < self.today:
            raise forms.ValidationError(_("This day is over."))
        if until > self.today + datetime.timedelta(days=366):
            raise forms.ValidationError(_("More than a year is for HR to enter."))
        return until

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("employer") and not cleaned.get("agency", "").strip() and "employer" not in self.errors:
            self.add_error("agency", _("Choose the agency, or write its name."))
        return cleaned

    def work(self):
        """Where the person works and until when, as the actions take it."""
        said = self.cleaned_data
        return {
            "employer": said["employer"] or said["agency"],
            "position": said["position"],
            "facility": said["facility"],
            "starts_on": self.today,
            "ends_on": said["until"] + DAY,
        }

    def person(self):
        """Who it is, as the actions take it."""
        return {name: self.cleaned_data[name] for name in ("first_name", "last_name", "language", "phone")}


class ConfirmForm(forms.ModelForm):
    """What HR puts right about somebody who was added at the gate."""

    class Meta:
        model = Person
        fields = ["number", "first_name", "last_name", "email", "phone", "badge", "language"]
        help_texts = {"number": _("The real one, from payroll. The history keeps the number that the system made.")}

    def clean_email(self):
        return Person.objects.normalize_email(self.cleaned_data["email"])

    def clean_number(self):
        number = self.cleaned_data["number"]
        actions.refuse_number(self.instance, number, self.for_user)
        return number
