from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from learning.people.choosers import PersonChooser
from learning.people.dated_forms import refuse_unseen
from learning.people.models import Person

from ..models import CorrectionRequest
from .actions import request_correction

Kind = CorrectionRequest.Kind
KINDS = [
    (Kind.WRONG_PERSON, _("Wrong person: somebody else did this training")),
    (Kind.WRONG_DATE, _("Wrong date: it was done on another day")),
    (Kind.WITHDRAWN_PASS, _("Withdrawn pass: it must not count, as after help with the answers")),
    (Kind.DUPLICATE, _("Duplicate: the same training stands in another record")),
]


class RequestForm(forms.Form):
    """What is wrong with a record, filled in by `for_user`."""

    kind = forms.ChoiceField(label=_("What is wrong"), choices=KINDS, widget=forms.RadioSelect)
    person = forms.ModelChoiceField(
        label=_("Who did it"),
        queryset=Person.objects.all(),
        widget=PersonChooser,
        required=False,
        help_text=_("Only where the person is wrong."),
    )
    completed_on = forms.DateField(
        label=_("On which day it was done"),
        widget=AdminDateInput,
        required=False,
        help_text=_("Only where the date is wrong; the day at the facility."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What happened, so that somebody understands it years later. It stays for good: name nobody."),
    )

    # What is filled in for a kind, and for no other.
    ASKED = {Kind.WRONG_PERSON: "person", Kind.WRONG_DATE: "completed_on"}

    def __init__(self, *args, for_user, **kwargs):
        super().__init__(*args, **kwargs)
        self.for_user = for_user

    def clean(self):
        cleaned = super().clean()
        refuse_unseen(self, "person")
        if kind := cleaned.get("kind"):
            asked = self.ASKED.get(kind)
            if asked and not cleaned.get(asked) and asked not in self.errors:
                self.add_error(asked, _("This is needed for what you chose above."))
            for field in set(self.ASKED.values()) - {asked}:
                if cleaned.get(field):
                    self.add_error(field, _("This does not go with what you chose above. Leave it empty."))
        return cleaned

    def save_as(self, *, record, by, at):
        return request_correction(record=record, by=by, at=at, **self.cleaned_data)


class DecisionForm(forms.Form):
    APPROVE, DECLINE = "approve", "decline"

    decision = forms.ChoiceField(choices=[(APPROVE, APPROVE), (DECLINE, DECLINE)])
    comment = forms.CharField(
        label=_("Comment"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
