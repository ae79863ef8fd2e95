from wagtail.admin.site_summary import SummaryItem

from ..filters import today
from ..models import Person


class ToConfirmSummaryItem(SummaryItem):
    """On the admin's first page: people added at the gate whom HR has not looked at."""

    order = 300
    template_name = "people/admin/to_confirm_summary.html"

    def is_shown(self):
        if not self.request.user.has_perm("people.change_person"):
            return False
        people = Person.objects.filter(to_confirm=True, merged_into__isnull=True)
        self.number = people.visible_to(self.request.user, today()).count()
        return bool(self.number)

    def get_context_data(self, parent_context):
        return {"number": self.number}
