"""How editors say what a page teaches."""

from django.db.models import Case, Q, When
from django.forms import CheckboxSelectMultiple
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.models import Locale


def boxes(name):
    """A panel with a box for each choice: in a plain list a click without Ctrl takes back all others."""
    return FieldPanel(name, widget=CheckboxSelectMultiple, classname="boxes")


class OneLanguageForm(WagtailAdminPageForm):
    """Offers each criterion and objective once: the row of the default language, which pages of all languages name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.fields.keys() & {"criteria", "objectives"}:
            field, chosen = self.fields[name], [row.pk for row in self.initial.get(name, ())]
            # What was chosen in another language stays until somebody takes it back.
            offered = field.queryset.filter(Q(locale=Locale.get_default()) | Q(pk__in=chosen))
            chosen_first = Case(When(pk__in=chosen, then=0), default=1)
            field.queryset = offered.order_by(chosen_first, *offered.model._meta.ordering)
