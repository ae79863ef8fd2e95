"""What one says to get a pack: about what, over which days, to whom and why."""

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.widgets import AdminDateInput

from content.models import CriteriaArea, Criterion
from content.slots import fill
from learning.people.models import Company, Facility

from . import scope


def _choices(user):
    """`[(group, [("kind:value", words), …]), …]` of all that this user may ask for but people."""
    language = {"locale__language_code": settings.LANGUAGE_CODE}
    areas, criteria = CriteriaArea.objects.filter(**language), Criterion.objects.filter(**language)
    companies = [] if user.facility_limits else Company.objects.all()
    groups = [
        ("", [(f"{scope.PROGRAMME}:", _("The whole program")), (f"{scope.PEOPLE}:", _("The people named below"))]),
        (_("Company"), [(f"{scope.COMPANY}:{row.uuid}", row.name) for row in companies]),
        (_("Facility"), [(f"{scope.FACILITY}:{row.uuid}", row.name) for row in Facility.objects.visible_to(user)]),
        (
            _("Criteria area"),
            [(f"{scope.AREA}:{row.number}", str(row)) for row in areas],
        ),
        (
            _("Criterion"),
            [(f"{scope.CRITERION}:{row.number}", str(row)) for row in criteria],
        ),
    ]
    return [*groups[0][1], *(group for group in [*groups[1:], *fill("evidence_scopes", user=user)] if group[1])]


class OrderForm(forms.Form):
    """`scope(user, on)` after validation."""

    about = forms.ChoiceField(label=pgettext_lazy("of an evidence pack", "About"))
    numbers = forms.CharField(
        label=gettext_lazy("Staff numbers"),
        help_text=gettext_lazy("Only for people: paste their numbers, in lines or with commas."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=100_000,
        required=False,
    )
    since = forms.DateField(label=gettext_lazy("Completed from"), widget=AdminDateInput, required=False)
    until = forms.DateField(label=gettext_lazy("Completed until"), widget=AdminDateInput, required=False)
    to_whom = forms.CharField(
        label=gettext_lazy("To whom"),
        help_text=gettext_lazy("The office rather than a name: this is kept for good."),
        max_length=200,
    )
    why = forms.CharField(label=gettext_lazy("Why"), max_length=500)

    def __init__(self, *args, user, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.on = user, on
        self.fields["about"].choices = _choices(user)

    def clean(self):
        given = super().clean()
        if given.get("since") and given.get("until") and given["since"] > given["until"]:
            self.add_error("until", _("This is before the first day."))
        kind, _colon, value = given.get("about", "").partition(":")
        if kind == scope.PEOPLE:
            value = self._people(given.get("numbers", ""))
        elif given.get("numbers", "").strip():
            self.add_error("numbers", _("To use these numbers, choose “The people named below”."))
        value = int(value) if kind == scope.AREA else value
        self.scope = scope.Scope(kind, value, given.get("since"), given.get("until"))
        return given

    def _people(self, text):
        numbers = scope.numbers_in(text)
        found, unknown = scope.people_with(numbers, user=self.user, on=self.on)
        if unknown:
            named = ", ".join(unknown[:50])
            self.add_error("numbers", _("Nobody has these numbers: %(numbers)s.") % {"numbers": named})
        elif not found:
            self.add_error("numbers", capfirst(_("give at least one number.")))
        return found
