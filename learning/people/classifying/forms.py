from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from ..models import Position
from ..training_roles import TRAINING_ROLES
from . import actions, suggestions


class RolesField(forms.MultipleChoiceField):
    def __init__(self, **kwargs):
        choices = TRAINING_ROLES.items()
        super().__init__(
            label=_("Training roles"), choices=choices, required=False, widget=forms.CheckboxSelectMultiple, **kwargs
        )


class PositionForm(WagtailAdminModelForm):
    """A position as HR names it. Saving it says what its people must be trained for."""

    roles = RolesField(help_text=_("What people in this position must be trained for, as the criteria name it."))

    class Meta:
        model = Position
        fields = ["title", "sensitive", "roles"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.instance.classified_at:
            self.initial["roles"], self.initial["sensitive"] = suggestions.of(self.instance.title)

    def save_as(self, *, by, at):
        position = self.instance if self.instance.pk else None
        return actions.set_position(position=position, at=at, by=by, **self.cleaned_data)


class ClassifyForm(forms.Form):
    """One position among many: what its title suggests, to be put right and then accepted by a tick."""

    accept = forms.BooleanField(label=_("This is right"), required=False)
    sensitive = forms.BooleanField(
        label=_("Sensitive"), required=False, help_text=Position._meta.get_field("sensitive").help_text
    )
    roles = RolesField()

    def __init__(self, *args, position, **kwargs):
        roles, sensitive = suggestions.of(position.title)
        initial = {"roles": roles, "sensitive": sensitive}
        super().__init__(*args, prefix=str(position.pk), initial=initial, **kwargs)
        self.position = position
        self.suggested = bool(roles)
