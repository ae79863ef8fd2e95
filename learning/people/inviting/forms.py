from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from ..models import Invitation


class InviteForm(forms.Form):
    channel = forms.ChoiceField(
        label=_("How"),
        choices=[
            (Invitation.Channel.MAIL, _("By mail; a slip for those without an address")),
            (Invitation.Channel.SLIP, _("A slip for everybody")),
        ],
        widget=forms.RadioSelect,
        initial=Invitation.Channel.MAIL,
    )
    send_at = forms.DateTimeField(
        label=_("When"), required=False, widget=AdminDateTimeInput, help_text=_("Empty means now.")
    )
