"""What HR fills in on the way of a file."""

import uuid
import zoneinfo

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from ..models import Company, DateFormat, Employer, Employment, ImportSource, PeopleImport
from ..names import folded
from . import columns
from .lookups import REFUSE
from .refused import Refused

# A page with more choices than that is of no use to anybody.
MAX_CHOICES = 20_000


class UploadForm(WagtailAdminModelForm):
    file = forms.FileField(label=_("File"), help_text=_("CSV or XLSX, one row for each position held."))
    changes_only = forms.TypedChoiceField(
        label=_("What the file holds"),
        coerce=lambda value: value == "changes",
        choices=[
            ("full", _("Everybody: whoever is missing from it leaves")),
            ("changes", _("Only people who changed: nobody leaves by being missing")),
        ],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = PeopleImport
        fields = ["source"]
        help_texts = {"source": _("The system that it comes from, if it is saved. It says whom the file speaks for.")}

    field_order = ["file", "source", "changes_only"]


class ColumnsForm(forms.Form):
    """Which heading of the file is which column of ours."""

    def __init__(self, *args, head, mapping, **kwargs):
        super().__init__(*args, **kwargs)
        self._headings = head["headings"]
        samples = list(zip(*[[*row, *[""] * (len(self._headings) - len(row))] for row in head["sample"]], strict=True))
        choices = [("", _("– not in the file –"))]
        for place, heading in enumerate(self._headings):
            shown = ", ".join(dict.fromkeys(filter(None, samples[place]))) if samples else ""
            choices.append((heading, f"{heading} ({shown[:60]})" if shown else heading))
        for column, label in columns.LABELS.items():
            self.fields[column] = forms.ChoiceField(
                label=label,
                choices=choices,
                required=column in columns.REQUIRED,
                initial=mapping.get(column, ""),
                help_text=column,
            )

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            try:
                columns.places(cleaned, self._headings)
            except Refused as refused:
                raise forms.ValidationError(str(refused))
        return cleaned

    def mapping(self):
        return {column: heading for column, heading in self.cleaned_data.items() if heading}


class QuestionsForm(forms.Form):
    """What the file leaves open: the order of dates, from when, and words that are not known here."""

    def __init__(self, *args, questions, lookups, ask_since, today, may_create, **kwargs):
        super().__init__(*args, **kwargs)
        self._lookups, self._may_create = lookups, may_create
        self.unknown = questions.get("unknown", [])
        if dates := questions.get("dates"):
            self.fields["date_format"] = forms.ChoiceField(
                label=_("Which day is %(text)s?") % {"text": dates["text"]},
                choices=DateFormat.choices,
                widget=forms.RadioSelect,
                help_text=_("Row %(row)d, %(column)s. The answer counts for the whole file.") % dates,
            )
        if ask_since:
            self.fields["since"] = forms.DateField(
                label=_("From when?"),
                widget=AdminDateInput,
                initial=today,
                help_text=_("Positions and employments whose first day the file does not give begin on that day."),
            )
        for place, about in enumerate(self.unknown):
            self._ask(place, about)
        for column, label in (("position", _("Make all positions")), ("employer", _("Make all employers"))):
            if may_create and sum(about["column"] == column for about in self.unknown) > 1:
                self.fields[f"all_{column}"] = forms.BooleanField(
                    label=label, required=False, help_text=_("All that nothing else is chosen for.")
                )

    def _ask(self, place, about):
        column, words = about["column"], about["words"]
        choices = [("", _("Choose"))]
        if self._may_create:
            choices.append(("create", _("Make it")))
        choices.append((REFUSE, _("Refuse these rows, and so the file")))
        likely = self._lookups.suggestions(column, words)
        known = self._lookups.of(column)
        if len(known) * len(self.unknown) > MAX_CHOICES:
            known = []
        names = [*likely, *(thing.uuid for thing in known if thing.uuid not in likely)]
        choices += [(name, self._lookups.label(name)) for name in names]
        self.fields[f"means_{place}"] = forms.ChoiceField(
            label=words,
            choices=choices,
            required=False,
            help_text=ngettext("%(count)d row: row %(row)d", "%(count)d rows, first in row %(row)d", about["count"])
            % about,
        )
        if column == "facility" and self._may_create:
            self._ask_facility(place, words)
        elif column == "employer" and self._may_create:
            self.fields[f"kind_{place}"] = forms.ChoiceField(label=_("Kind"), choices=Employer.Kind, required=False)

    def _ask_facility(self, place, words):
        companies = Company.objects.order_by("name")
        first = companies.first()
        zones = sorted(zoneinfo.available_timezones() - {"localtime", "Factory"})
        self.fields |= {
            f"code_{place}": forms.CharField(label=_("Code"), max_length=20, required=False, initial=words[:20]),
            f"name_{place}": forms.CharField(label=_("Name"), max_length=200, required=False, initial=words),
            f"country_{place}": forms.CharField(
                label=_("Country"),
                max_length=2,
                required=False,
                help_text=_("Two letters: US, MX, CA."),
                validators=[RegexValidator("^[A-Za-z]{2}$")],
            ),
            f"time_zone_{place}": forms.ChoiceField(
                label=_("Time zone"),
                choices=[(name, name) for name in zones],
                required=False,
                initial=first and first.time_zone,
            ),
            f"company_{place}": forms.ModelChoiceField(companies, label=_("Company"), required=False, initial=first),
        }

    def groups(self):
        """For the page: the fields of each unknown word, by what it stands for."""
        titles = {"facility": _("Facilities"), "employer": _("Employers"), "position": _("Positions")}
        for column, title in titles.items():
            rows = [
                (self[f"means_{place}"], [field for field in self if field.name.endswith(f"_{place}")][1:])
                for place, about in enumerate(self.unknown)
                if about["column"] == column
            ]
            if rows:
                yield title, rows, self[f"all_{column}"] if f"all_{column}" in self.fields else None

    def plain(self):
        return [self[name] for name in ("date_format", "since") if name in self.fields]

    def clean(self):
        cleaned = super().clean()
        codes = [thing.label.lower() for thing in self._lookups.of("facility")]
        for place, about in enumerate(self.unknown):
            chosen = cleaned.get(f"means_{place}") or self._all(about)
            if not chosen:
                self.add_error(f"means_{place}", _("Choose what this is."))
            elif chosen == "create" and about["column"] == "facility":
                self._clean_facility(place, cleaned, codes)
            cleaned[f"means_{place}"] = chosen
        return cleaned

    def _all(self, about):
        return "create" if self.cleaned_data.get(f"all_{about['column']}") else ""

    def _clean_facility(self, place, cleaned, codes):
        for name in ("code", "name", "country", "time_zone", "company"):
            if not cleaned.get(f"{name}_{place}") and f"{name}_{place}" not in self.errors:
                self.add_error(f"{name}_{place}", _("A new facility needs this."))
        code = (cleaned.get(f"code_{place}") or "").lower()
        if code in codes:
            self.add_error(f"code_{place}", _("Another facility has this code."))
        codes.append(code)

    def answers(self):
        """`{column: {folded words: uuid, "refuse" or what to make}}`."""
        said = {}
        for place, about in enumerate(self.unknown):
            column, key = about["column"], folded(about["words"])
            chosen = self.cleaned_data[f"means_{place}"]
            if chosen == "create" and key not in said.get(column, {}):
                chosen = self._made(place, about)
            said.setdefault(column, {}).setdefault(key, chosen)
        return said

    def _made(self, place, about):
        made = {"uuid": str(uuid.uuid4()), "label": about["words"]}
        given = self.cleaned_data
        if about["column"] == "employer":
            made["kind"] = given[f"kind_{place}"] or Employer.Kind.OWN
        if about["column"] == "facility":
            made |= {"label": given[f"code_{place}"], "name": given[f"name_{place}"]}
            made |= {"country": given[f"country_{place}"].upper(), "time_zone": given[f"time_zone_{place}"]}
            made["company"] = str(given[f"company_{place}"].uuid)
        return made


class ConfirmForm(forms.Form):
    """The number of those who leave, typed, when they are many."""

    leaving = forms.IntegerField(label=_("How many leave?"))

    def __init__(self, *args, brake, **kwargs):
        super().__init__(*args, **kwargs)
        self._brake = brake
        if not brake:
            del self.fields["leaving"]

    def clean_leaving(self):
        if self.cleaned_data["leaving"] != self._brake:
            raise forms.ValidationError(_("That is not the number. Nothing was written."))
        return self.cleaned_data["leaving"]


class SourceForm(WagtailAdminModelForm):
    kinds = forms.MultipleChoiceField(
        label=_("Speaks for these kinds"),
        choices=Employment.Kind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means all. A full file archives nobody of another kind."),
    )

    date_format = forms.ChoiceField(
        label=_("Dates"),
        choices=[("", _("always like 2026-04-03")), *DateFormat.choices],
        required=False,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = ImportSource
        fields = ["name", "number_prefix", "employers", "kinds", "facilities", "date_format"]
        widgets = {"employers": forms.CheckboxSelectMultiple, "facilities": forms.CheckboxSelectMultiple}
        help_texts = {
            "employers": _("None chosen means all. A full file archives nobody of another employer."),
            "facilities": _("None chosen means all. A full file archives nobody of another facility."),
        }
