"""How editors say what a page teaches."""

from django.db.models import Q
from django.forms import CheckboxSelectMultiple
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.models import Locale


def boxes(name):
    """A panel with a box for each choice: in a plain list a click without Ctrl takes back all others."""
    return FieldPanel(name, widget=CheckboxSelectMultiple)


class OneLanguageForm(WagtailAdminPageForm):
    """Offers each criterion and objective once: the row of the default language, which pages of all languages name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.fields.keys() & {"criteria", "objectives"}:
            field, chosen = self.fields[name], [row.pk for row in self.initial.get(name, ())]
            # What was chosen in another language stays until somebody takes it back.
            field.queryset = field.queryset.filter(Q(locale=Locale.get_default()) | Q(pk__in=chosen))
