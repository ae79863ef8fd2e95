"""What the screens of this room in the admin share."""

from django.contrib.auth import get_user_model
from django.forms import ChoiceField, Form
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin

PER_PAGE = 50


class DeskMixin(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page of ours in the admin. `on` is the day on which limits hold, taken once."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.on = timezone.localdate()

    def get_trail(self):
        """(address, label) of the pages above this one."""
        return []

    def get_breadcrumbs_items(self):
        above = [{"url": url, "label": label} for url, label in self.get_trail()]
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, *above, here]


def step(name, label, *args):
    """One of `get_trail`."""
    return reverse(name, args=args), label


def page_of(request, rows):
    """One page of a list that was made here, and the numbers of its neighbours."""
    paginator = WagtailPaginator(rows, PER_PAGE)
    page = paginator.get_page(request.GET.get("p"))
    return {"page_obj": page, "elided_page_range": paginator.get_elided_page_range(page.number)}


class FacilityForm(Form):
    """Narrows a page to the people of one facility, of those whose people the user may see."""

    facility = ChoiceField(label=_("Facility"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = get_user_model().objects.workplaces(user)
        self.fields["facility"].choices = [("", _("All")), *((str(pk), name) for pk, name in self.places)]

    def narrowed(self, attempts, on):
        """The attempts of the people whom the form asks for; none when it asks for what is not there."""
        if not self.is_valid():
            return attempts.none()
        facility = self.cleaned_data["facility"]
        if not facility:
            return attempts
        return attempts.filter(person__in=get_user_model().objects.of_facilities([int(facility)], on))
