from django.contrib.auth.models import BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from . import line, names, rules


class DatedQuerySet(models.QuerySet):
    """Rows that hold from `starts_on` until the day before `ends_on` (half-open; no end means still)."""

    def on(self, day):
        """Rows that hold on `day`, a local date."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


class PersonQuerySet(models.QuerySet):
    def matching(self, words):
        """People in whose number, name, mail or badge every one of the words occurs; accents do not matter."""
        for word in names.folded(words).split():
            self = self.filter(search_key__contains=word)
        return self

    def employed(self, on):
        """People with an employment on that local date; a merged account counts as the one it was merged into."""
        employed = self.model.employments.rel.related_model.objects.on(on).filter(person=OuterRef("pk"))
        return self.filter(Exists(employed), merged_into__isnull=True)

    def in_audience(self, rule, on):
        """People whom an audience's rule selects by a position held on that local date, and who are employed on it."""
        held = self.model.positions_held.rel.related_model.objects.on(on).filter(
            rules.condition(rule), person=OuterRef("pk")
        )
        return self.employed(on).filter(Exists(held))

    def under(self, manager, on):
        """The line of a manager on that local date, at any depth, without the manager; one query."""
        return self.filter(pk__in=line.below(manager.pk, on), merged_into__isnull=True)

    def visible_to(self, user, on):
        """People whom this user may see by their role, on that local date.

        Who may view people sees all of them, anybody else the line under them; either way only people of the
        facilities that the user is limited to, if there are any.
        """
        seen = self if user.has_perm("people.view_person") else self.filter(pk__in=line.below(user.pk, on))
        return seen.of_facilities(user.facility_limits, on) if user.facility_limits else seen

    def of_facilities(self, facilities, on):
        """People with a position there on that date or later; who holds none any more counts by the last one."""
        held = self.model.positions_held.rel.related_model.objects.filter(person=OuterRef("pk"))
        still = held.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))
        last = held.order_by("-ends_on", "-starts_on", "-pk").values("facility")[:1]
        return self.alias(last_facility=Subquery(last)).filter(
            Exists(still.filter(facility__in=facilities)) | (~Exists(still) & Q(last_facility__in=facilities))
        )


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
