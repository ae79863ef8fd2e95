from django.contrib.auth.models import Group
from django.db import models


class RoleGrant(models.Model):
    """What a role was given by `roles.py`: once, so that what an administrator takes away stays away."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="role_grants")
    grant = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "grant"], name="people_rolegrant_once")]

    def __str__(self):
        return f"{self.group}: {self.grant}"
