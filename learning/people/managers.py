from django.contrib.auth.models import BaseUserManager
from django.db import models
from django.db.models import Q


class DatedQuerySet(models.QuerySet):
    """Rows that hold from `starts_on` until the day before `ends_on` (half-open; no end means still)."""

    def on(self, day):
        """Rows that hold on `day`, a local date."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


class PersonQuerySet(models.QuerySet):
    def employed(self, on):
        """People with an employment on that local date; a merged account counts as the one it was merged into."""
        from .models import Employment

        employed = Employment.objects.on(on).filter(person=models.OuterRef("pk"))
        return self.filter(models.Exists(employed), merged_into__isnull=True)


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):
    def get_by_natural_key(self, number):
        return self.get(number=number)

    def create_user(self, number, password=None, **fields):
        person = self.model(number=number, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, number, password=None, **fields):
        return self.create_user(number, password, is_superuser=True, **fields)
