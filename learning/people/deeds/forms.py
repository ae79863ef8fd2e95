"""What HR says when somebody leaves, stays after all, comes back, or is one person with two accounts."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from .. import actions
from ..choosers import PersonChooser
from ..dated_forms import FirstWorkMixin, day_after, reason_field, refuse_unseen
from ..models import Person
from ..quick_add import actions as quick
from ..quick_add.forms import ConfirmForm as QuickConfirmForm


class DeedForm(forms.Form):
    """About `person`, filled in by `for_user`."""

    def __init__(self, *args, person, for_user, **kwargs):
        super().__init__(*args, **kwargs)
        self.person, self.for_user = person, for_user


class LeaveForm(DeedForm):
    last_day = forms.DateField(
        label=_("Last day"), widget=AdminDateInput, help_text=_("The last day that counts. Sign-in ends after it.")
    )
    reason = reason_field()

    def save_as(self, *, by, at):
        ends_on = day_after(self.cleaned_data["last_day"])
        actions.end_employment(person=self.person, ends_on=ends_on, at=at, by=by, reason=self.cleaned_data["reason"])


class UndoForm(DeedForm):
    reason = reason_field()

    def save_as(self, *, by, at):
        actions.undo_leaving(person=self.person, at=at, by=by, reason=self.cleaned_data["reason"])


class HireAgainForm(FirstWorkMixin, DeedForm):
    reason = reason_field()

    field_order = [*FirstWorkMixin.WORK, "reason"]

    def __init__(self, *args, **kwargs):
        self.for_user = kwargs["for_user"]
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].help_text = ""

    def must_work(self):
        return True

    def save_as(self, *, by, at):
        actions.hire_again(
            person=self.person,
            employment=self.employment(),
            held=self.held(),
            at=at,
            by=by,
            reason=self.cleaned_data["reason"],
        )


class ConfirmForm(QuickConfirmForm):
    def __init__(self, *args, person, for_user, **kwargs):
        super().__init__(*args, instance=person, **kwargs)
        self.person, self.for_user = person, for_user

    def save_as(self, *, by, at):
        quick.confirm(person=self.person, at=at, by=by, **self.cleaned_data)


class OtherForm(DeedForm):
    """Which account is the other one."""

    other = forms.ModelChoiceField(
        label=_("The other account of the same person"), queryset=Person.objects.all(), widget=PersonChooser
    )

    def clean(self):
        cleaned = super().clean()
        refuse_unseen(self, "other")
        return cleaned


class MergeForm(DeedForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("How you know; it stands in the history of both.")
    )
    sure = forms.BooleanField(label=_("Yes, these two are one person. This cannot be undone."))
