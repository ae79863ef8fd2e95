"""What HR fills in about people, positions and places. Every form saves through an action."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from . import actions, logos
from .dated_forms import FirstWorkMixin
from .models import Company, Facility, Person
from .models.company import time_zones


def _zones():
    return [(name, name.replace("_", " ")) for name in time_zones()]


class ZoneField(forms.ChoiceField):
    def __init__(self, **kwargs):
        super().__init__(choices=_zones, **kwargs)


class CompanyForm(WagtailAdminModelForm):
    time_zone = ZoneField(label=_("Time zone"))
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png, image/jpeg"}),
        help_text=_("A PNG or JPEG picture for certificates. Leave it empty to keep what there is."),
    )
    without_logo = forms.BooleanField(label=_("Take the logo away"), required=False)

    class Meta:
        model = Company
        fields = ["name", "ctpat_account", "time_zone"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not hasattr(self.instance, "logo"):
            del self.fields["without_logo"]

    def clean_logo(self):
        file = self.cleaned_data["logo"]
        return file and logos.drawn_again(file)

    def save(self, commit=True):
        company = super().save(commit)
        actions.set_logo(
            company=company, drawn=self.cleaned_data["logo"], without=self.cleaned_data.get("without_logo", False)
        )
        return company


class FacilityForm(WagtailAdminModelForm):
    time_zone = ZoneField(label=_("Time zone"))

    class Meta:
        model = Facility
        fields = ["company", "code", "name", "country", "time_zone"]


class PersonForm(WagtailAdminModelForm):
    """Nobody's password is here. Roles and limits are given by those who may change groups."""

    # What decides who somebody is at sign-in, and what they may do then.
    ACCOUNT = ["number", "email", "is_active", "groups", "limited_to"]

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
            "tags",
            "is_active",
            "groups",
            "limited_to",
        ]
        field_permissions = {"groups": "auth.change_group", "limited_to": "auth.change_group"}
        labels = {"groups": _("Roles")}
        help_texts = {"groups": "", "number": _("Signs in with it; capital letters do not matter.")}
        widgets = {
            "groups": forms.CheckboxSelectMultiple,
            "limited_to": forms.CheckboxSelectMultiple,
            "tags": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = [("", _("As the facility")), *_zones()]
        if not self.fields["tags"].queryset.exists():
            del self.fields["tags"]
        if self.instance.pk:
            self._lock()

    def _lock(self):
        """Nobody takes over an account that may do more than theirs, or shuts the door on themselves."""
        if self.instance == self.for_user:
            locked = ["is_active", "groups", "limited_to"]
            why = _("Not for your own account: ask another administrator.")
        elif not may_change_account(self.for_user, self.instance):
            locked, why = self.ACCOUNT, _("This person works in the administration: only an administrator changes it.")
        else:
            return
        for name in locked:
            if name in self.fields:
                self.fields[name].disabled = True
                self.fields[name].help_text = why

    def clean_email(self):
        return Person.objects.normalize_email(self.cleaned_data["email"])

    def said(self):
        """What the form says of the person, as the actions take it."""
        names = [name for name in self.Meta.fields if name in self.cleaned_data]
        fields = {name: self.cleaned_data[name] for name in names}
        if "groups" in fields:
            fields["groups"] = [group.name for group in fields["groups"]]
        return fields

    def save_as(self, *, by, at):
        return actions.change_person(person=self.instance, at=at, by=by, **self.said())


class NewPersonForm(FirstWorkMixin, PersonForm):
    """With the first employment and position, so that somebody who is entered also owes something."""

    field_order = [*PersonForm.Meta.fields[:9], *FirstWorkMixin.WORK, *PersonForm.Meta.fields[9:]]

    def save_as(self, *, by, at):
        person = actions.register_person(at=at, **self.said())
        if self.cleaned_data["starts_on"]:
            actions.employ(person=person, at=at, by=by, **self.employment())
            actions.place(person=person, at=at, by=by, **self.held())
        return person


def may_change_account(user, person):
    if person.is_superuser:
        return user.is_superuser
    return user.has_perm("auth.change_group") or not person.works_in_admin
