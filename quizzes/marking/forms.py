from django import forms
from django.utils.translation import gettext_lazy as _

WORDS = 2000


class MarkForm(forms.Form):
    """Points for each part of a rubric (rows of `Marked.rubric`), and a note; what was watched is signed for."""

    def __init__(self, *args, rubric, signer=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.rubric = rubric
        for number, row in enumerate(rubric):
            self.fields[f"part-{number}"] = forms.TypedChoiceField(
                label=row["text"],
                help_text=row["description"],
                choices=row["choices"],
                coerce=int,
                widget=forms.RadioSelect,
            )
        self.fields["note"] = forms.CharField(
            label=_("Note to the person"),
            help_text=_("They read it with their mark."),
            max_length=WORDS,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        if signer:
            self.fields["signed"] = forms.BooleanField(
                label=_("I, %(name)s, watched this with my own eyes.") % {"name": signer.get_full_name()},
                error_messages={"required": _("Only who watched it can sign it.")},
            )

    @property
    def checklist(self):
        """The fields of the parts, bound."""
        return [self[f"part-{number}"] for number in range(len(self.rubric))]

    @property
    def parts(self):
        return {row["id"]: self.cleaned_data[f"part-{number}"] for number, row in enumerate(self.rubric)}
