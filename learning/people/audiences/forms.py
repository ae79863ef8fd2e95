import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from ..local_days import company_day
from ..models import Audience
from . import actions, rules
from .editor import RuleField

EARLIEST, LATEST = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """The date to count on; today where none is given."""

    widget = DayInput

    def __init__(self, **kwargs):
        super().__init__(required=False, label=_("Count on"), **kwargs)

    def clean(self, value):
        day = super().clean(value)
        if day is None:
            return company_day(timezone.now())
        if not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("Enter a date between 1900 and 2199."))
        return day


class DayForm(forms.Form):
    on = DayField()


class AudienceForm(WagtailAdminModelForm):
    """Who is selected. A change is a new version of the rule; what it said before is kept."""

    rule = RuleField(label=_("Rule"))
    on = DayField()

    class Meta:
        model = Audience
        fields = ["name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.version = self.instance.versions.order_by("-number").first() if self.instance.pk else None
        self.initial.setdefault("rule", self.version.rule if self.version else rules.EVERYBODY)
        self.initial.setdefault("on", company_day(timezone.now()))

    @property
    def changes_rule(self):
        return self.version is not None and self.cleaned_data["rule"] != rules.normal(self.version.rule)

    def save_as(self, *, by, at):
        return actions.set_audience(
            audience=self.instance if self.instance.pk else None,
            name=self.cleaned_data["name"],
            rule=self.cleaned_data["rule"],
            at=at,
            by=by,
        )
