"""Who may do what with which row, for parts of Wagtail that ask about one: links to edit, editing sessions."""

from django.utils import timezone
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from .local_days import company_day
from .models import Employment, LeavePeriod, Person, PositionHeld


class OfPeoplePolicy(ModelPermissionPolicy):
    """Permissions on rows about people count for the people whom the user may see."""

    def user_has_permission_for_instance(self, user, action, instance):
        if not self.user_has_permission(user, action):
            return False
        # Who is not limited sees everybody: many rows of a listing must not cost as many queries.
        return not user.facility_limits or self.instances_user_has_permission_for(user, action).contains(instance)

    def instances_user_has_any_permission_for(self, user, actions):
        rows = super().instances_user_has_any_permission_for(user, actions)
        seen = Person.objects.visible_to(user, company_day(timezone.now()))
        return rows.filter(**{"pk__in" if self.model is Person else "person__in": seen})


def register():
    for model in (Person, Employment, PositionHeld, LeavePeriod):
        register_permission_policy(model, OfPeoplePolicy(model))
