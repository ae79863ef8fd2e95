from django.contrib.auth.models import BaseUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from . import line, names
from .audiences import selection


class DatedQuerySet(models.QuerySet):
    """Rows that hold from `starts_on` until the day before `ends_on` (half-open; no end means still)."""

    def on(self, day):
        """Rows that hold on `day`, a local date."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)

    def known(self, at):
        """Of `ever`: rows as they stood at that instant."""
        return self.filter(Q(superseded_at__isnull=True) | Q(superseded_at__gt=at), recorded_at__lte=at)


class DatedManager(models.Manager.from_queryset(DatedQuerySet)):
    """What we know now; `on` can also ask what we knew then."""

    def get_queryset(self):
        return super().get_queryset().filter(superseded_at__isnull=True)

    def on(self, day, known_at=None):
        """Rows that hold on `day`, a local date; with `known_at` as they stood on record at that instant."""
        if known_at is None:
            return self.get_queryset().on(day)
        # What Django gives the manager of one person's rows: it must not answer for everybody.
        of_one = getattr(self, "core_filters", {})
        return self.model.ever.filter(**of_one).known(known_at).on(day)


class FacilityQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Facilities whose people this user may see, and at which they may place somebody."""
        return self.filter(pk__in=user.facility_limits) if user.facility_limits else self


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

    def leavers(self, on):
        """People who worked here and whose every employment ended before that local date: archived, never deleted."""
        return self.filter(Exists(self._left(on)), merged_into__isnull=True)

    def staying(self, on):
        """Everybody else: who works here, begins later, or only administers."""
        return self.filter(~Exists(self._left(on)), merged_into__isnull=True)

    def _left(self, on):
        """Employments of one person that ended, without any that has not."""
        rows = self.model.employments.rel.related_model.objects
        others = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), person=OuterRef("person"))
        return rows.filter(~Exists(others), person=OuterRef("pk"), ends_on__lte=on)

    def accounts_of(self, person):
        """The account of a person (or of an id) and those merged into it: evidence stays where it was made."""
        pk = getattr(person, "pk", person)
        return self.filter(Q(pk=pk) | Q(merged_into=pk))

    def in_audience(self, rule, on, *, few=False):
        """People employed on that local date whom an audience's rule selects by what holds on it.

        `few` says that only a few people will be asked about.
        """
        return self.employed(on).filter(selection.condition(rule, on, few=few))

    def under(self, manager, on):
        """The line of a manager on that local date, at any depth, without the manager; one query."""
        return self.filter(pk__in=line.below(manager.pk, on), merged_into__isnull=True)

    def visible_to(self, user, on):
        """People whom this user may see by their role, on that local date.

        Who may view people sees all of them, anybody else the line under them; either way only people of the
        facilities that the user is limited to, if there are any.
        """
        seen = self
        if not user.has_perm("people.view_person"):
            below = line.below(user.pk, on)
            seen = seen.filter(Q(pk__in=below) | Q(merged_into__in=below))
        return seen.within_limits_of(user, on)

    def within_limits_of(self, user, on):
        """People of the facilities that this user is limited to, on that local date; everybody if to none."""
        return self.of_facilities(user.facility_limits, on) if user.facility_limits else self

    def of_facilities(self, facilities, on):
        """People with a position there on that date or later; who holds none any more counts by the last one.

        A merged account, whose positions went along, counts by those of the one it was merged into.
        """
        rows = self.model.positions_held.rel.related_model.objects
        of_same = rows.filter(person=OuterRef("person")).exclude(pk=OuterRef("pk"))
        later = of_same.filter(
            Q(ends_on__isnull=True)
            | Q(ends_on__gt=OuterRef("ends_on"))
            | Q(ends_on=OuterRef("ends_on"), starts_on__gt=OuterRef("starts_on"))
            | Q(ends_on=OuterRef("ends_on"), starts_on=OuterRef("starts_on"), pk__gt=OuterRef("pk"))
        )
        still = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
        there = rows.filter(still | ~Exists(later), facility__in=facilities)
        return self.alias(account=Coalesce("merged_into", "pk")).filter(account__in=there.order_by().values("person"))

    def workplace(self, person, on, user):
        """The name of the facility where somebody works on that local date, or did last, as an expression.

        `person` is the path to them. Of facilities only those whose people the user may see. Of several positions the
        newest counts; a merged account's went along to the one it was merged into.
        """
        rows = self.model.positions_held.rel.related_model.objects.filter(starts_on__lte=on)
        if user.facility_limits:
            rows = rows.filter(facility__in=user.facility_limits)
        account = Coalesce(OuterRef(f"{person}__merged_into"), OuterRef(person))
        newest = rows.filter(person=account).order_by(F("ends_on").desc(nulls_first=True), "-starts_on", "-pk")
        return Subquery(newest.values("facility__name")[:1])

    def workplaces(self, user):
        """`[(key, name)]` of the facilities whose people the user may see, for `of_facilities`."""
        facilities = self.model.positions_held.rel.related_model._meta.get_field("facility").related_model
        return list(facilities.objects.visible_to(user).order_by("name").values_list("pk", "name"))


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
