"""What somebody sets with a slip."""

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import pins


def _secret(label, autocomplete, **attributes):
    attributes |= {"class": "input", "autocomplete": autocomplete, "maxlength": "128"}
    # Never filled in again: a password does not belong into a page.
    return forms.CharField(label=label, required=False, strip=False, widget=forms.PasswordInput(attributes))


class MeansForm(forms.Form):
    """A password, a PIN, or both; who works in the administration has no choice."""

    password = _secret(_("Password"), "new-password")
    password_again = _secret(_("The same password again"), "new-password")
    pin = _secret(_("PIN, six digits"), "off", inputmode="numeric")
    pin_again = _secret(_("The same PIN again"), "off", inputmode="numeric")

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person
        self.must_have_password = person.works_in_admin
        # An account that may do everything has no PIN: six digits are too few for it.
        if person.is_superuser:
            del self.fields["pin"], self.fields["pin_again"]

    def clean_password(self):
        password = self.cleaned_data["password"]
        if password:
            password_validation.validate_password(password, self.person)
        return password

    def clean_pin(self):
        pin = self.cleaned_data["pin"].strip()
        if pin and (objection := pins.objection(pin, self.person)):
            raise ValidationError(objection)
        return pin

    def clean(self):
        cleaned = super().clean()
        password, pin = cleaned.get("password", ""), cleaned.get("pin", "")
        if password and cleaned.get("password_again") != password:
            self.add_error("password_again", _("The two passwords differ."))
        if pin and cleaned.get("pin_again", "").strip() != pin:
            self.add_error("pin_again", _("The two PINs differ."))
        if not self.errors and not password and (self.must_have_password or not pin):
            raise ValidationError(
                _("Choose a password.") if self.must_have_password else _("Choose a password, a PIN, or both.")
            )
        return cleaned
