from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Edition


class ReleaseForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What kind of change"),
        choices=Edition.Kind.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Minor: whoever has begun finishes on their edition. Material: they are told and shown what changed, and "
            "read the changed lessons again."
        ),
    )
    note = forms.CharField(
        label=_("What changed and why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences. They stay with the edition for good."),
    )
