from django.contrib.auth.models import BaseUserManager
from django.db import models
from django.db.models import Q

from . import rules


class DatedQuerySet(models.QuerySet):
    """Rows that hold from `starts_on` until the day before `ends_on` (half-open; no end means still)."""

    def on(self, day):
        """Rows that hold on `day`, a local date."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


class PersonQuerySet(models.QuerySet):
    def matching(self, words):
        """People in whose number, name or mail every one of the words occurs."""
        for word in words.split():
            self = self.filter(
                Q(number__icontains=word)
                | Q(first_name__icontains=word)
                | Q(last_name__icontains=word)
                | Q(email__icontains=word)
            )
        return self

    def employed(self, on):
        """People with an employment on that local date; a merged account counts as the one it was merged into."""
        employed = self.model.employments.rel.related_model.objects.on(on).filter(person=models.OuterRef("pk"))
        return self.filter(models.Exists(employed), merged_into__isnull=True)

    def in_audience(self, rule, on):
        """People whom an audience's rule selects by a position held on that local date, and who are employed on it."""
        held = self.model.positions_held.rel.related_model.objects.on(on).filter(
            rules.condition(rule), person=models.OuterRef("pk")
        )
        return self.employed(on).filter(models.Exists(held))


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):
    def get_by_natural_key(self, number):
        return self.get(number=number)

    @classmethod
    def normalize_email(cls, email):
        """In small letters: sign-in looks an address up that way, and nobody tells Ana@ from ana@."""
        return (email or "").strip().lower()

    def create_user(self, number, password=None, email="", **fields):
        person = self.model(number=number, email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, number, password=None, **fields):
        return self.create_user(number, password, is_superuser=True, **fields)
