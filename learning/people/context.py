from django.conf import settings
from django.utils import translation
from django.utils.functional import cached_property

from content.prepared import Prepared

from .models import Company

_names = Prepared(lambda: Company.objects.values_list("name", flat=True)[:1])


def site(request):
    """What every page shows: mode, company, languages."""
    current = translation.get_language()
    code, name = next((code, name) for code, name in settings.LANGUAGES if code != current)
    return {
        "demo_mode": settings.DEMO,
        "company_name": CompanyName(),
        "language_choices": settings.LANGUAGES,
        "other_language": {"code": code, "name": name},
        "kiosk": getattr(request, "kiosk", None),
    }


class CompanyName:
    """Read once, when a template shows it, so that the admin's many small requests do not pay for it."""

    def __str__(self):
        return self._name

    @cached_property
    def _name(self):
        return next(iter(_names()), "Gatehouse")
