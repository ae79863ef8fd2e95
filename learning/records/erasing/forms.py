from django import forms
from django.utils.translation import gettext_lazy as _


class _RetentionMixin:
    """Whoever erases what must still be kept says so; nobody else is asked."""

    def ask_about(self, retention):
        if retention:
            self.fields["despite_retention"].help_text = retention
        else:
            del self.fields["despite_retention"]


class RequestForm(_RetentionMixin, forms.Form):
    reason = forms.CharField(
        label=_("By what right"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Who asked, when, and which law gives the right, as “Request of the person of 24 November, article 17 "
            "GDPR”. It stays for good: name nobody."
        ),
    )
    despite_retention = forms.BooleanField(
        label=_("Erase it although it must still be kept: the right to erasure comes first here")
    )

    def __init__(self, *args, retention, **kwargs):
        super().__init__(*args, **kwargs)
        self.ask_about(retention)


class DecisionForm(_RetentionMixin, forms.Form):
    APPROVE, DECLINE = "approve", "decline"

    decision = forms.ChoiceField(choices=[(APPROVE, APPROVE), (DECLINE, DECLINE)])
    despite_retention = forms.BooleanField(
        label=_("I too decide that it is erased although it must still be kept"), required=False
    )
    comment = forms.CharField(
        label=_("Comment"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Name nobody."),
    )

    def __init__(self, *args, retention, **kwargs):
        super().__init__(*args, **kwargs)
        self.ask_about(retention)
