from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from learning.people import local_days
from learning.people.audiences.preview import in_short
from learning.people.models import Audience

from . import actions
from .models import Requirement
from .shown import course_choices


class RequirementForm(WagtailAdminModelForm):
    """What a requirement says from a date on. Saving goes through `set_requirement`; what it said before is kept."""

    course_key = forms.ChoiceField(label=_("Course"), help_text=_("Fixed once the requirement exists."))
    audience = forms.ModelChoiceField(
        label=_("Audience"), queryset=Audience.objects.all(), help_text=_("A saved rule that selects people.")
    )
    due_days = forms.IntegerField(
        label=_("Due, days after hire"),
        min_value=1,
        max_value=3650,
        initial=30,
        help_text=_("Or after the day somebody comes into the audience, or the day below, whichever is last."),
    )
    repeat_months = forms.IntegerField(
        label=_("Again every … months"),
        min_value=1,
        max_value=120,
        initial=12,
        help_text=_("Counted from each completion."),
    )
    starts_on = forms.DateField(label=_("Counts from"), widget=AdminDateInput)
    active = forms.BooleanField(
        label=_("Switched on"),
        required=False,
        initial=True,
        help_text=_("Switched off, nobody owes it; what was done and owed before stays on record."),
    )

    class Meta:
        model = Requirement
        fields = ["name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["course_key"].choices = course_choices()
        if not self.instance.pk:
            self.initial["starts_on"] = local_days.company_day(timezone.now())
            return
        newest = self.instance.versions.order_by("-number").first()
        self.fields["course_key"].disabled = True
        self.initial |= {"course_key": str(self.instance.course_key)}
        if str(self.instance.course_key) not in dict(self.fields["course_key"].choices):
            self.fields["course_key"].choices = [(str(self.instance.course_key), _("A course that is not released"))]
        if newest:
            for name in ("due_days", "repeat_months", "starts_on", "active"):
                self.initial[name] = getattr(newest, name)
            self.initial["audience"] = newest.audience_id
            on = local_days.company_day(timezone.now())
            self.fields["audience"].help_text = in_short(newest.audience, on=on, user=self.for_user)

    def save_as(self, *, by, at):
        """The requirement as the form says it, with its assignments; `counts` holds what the sweep did."""
        instance = self.instance if self.instance.pk else None
        requirement = actions.set_requirement(requirement=instance, by=by, at=at, **self.cleaned_data)
        self.counts = actions.apply_requirements_today(at=at)
        return requirement
