"""Setting up a kiosk."""

from django import forms

from ..models import Kiosk


class KioskForm(forms.ModelForm):
    """Which device this is. `facilities` are those that the supervisor may choose from."""

    class Meta:
        model = Kiosk
        fields = ["name", "facility"]
        widgets = {
            "name": forms.TextInput({"class": "input", "autocomplete": "off"}),
            "facility": forms.Select({"class": "input"}),
        }

    def __init__(self, *args, facilities, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["facility"]
        field.queryset, field.empty_label = facilities, None
