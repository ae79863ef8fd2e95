from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, TextField, Value, When
from django.db.models.functions import Cast

from .append_only import AppendOnlyQuerySet
from .words import IN_PERSON, Check, Status


class TrainingRecordQuerySet(AppendOnlyQuerySet):
    def completed(self, *, since=None, until=None):
        """Records by the instant of completion: `since` inclusive, `until` exclusive, both aware datetimes."""
        if since:
            self = self.filter(completed_at__gte=since)
        if until:
            self = self.filter(completed_at__lt=until)
        return self

    def in_area(self, number):
        """Records whose criteria touch that area."""
        return self.filter(areas__contains=f",{number},")

    def held(self, position):
        """Records of people who held that position when they completed."""
        # SQLite has no containment for JSON; a uuid in quotes occurs nowhere else in the list.
        return self.alias(held_text=Cast("position_uuids", TextField())).filter(
            held_text__contains=f'"{position.uuid}"'
        )

    def visible_to(self, user, on):
        """A person's own records; for who may view records all, or those of the people within their limits that day."""
        own = Q(person__in=get_user_model().objects.accounts_of(user))
        if not user.has_perm("records.view_trainingrecord"):
            return self.filter(own)
        if not user.facility_limits:
            return self
        return self.filter(own | Q(person__in=get_user_model().objects.within_limits_of(user, on)))

    def for_ledger(self):
        """With what a ledger entry says of other rows, and without the text of the course."""
        return self.select_related("edition", "corrects").defer("edition__manifest", "edition__outline")

    def recorded(self, before):
        """Records as they were known at that instant (exclusive)."""
        return self.filter(recorded_at__lt=before)

    def standing(self, known=None):
        """Records that count: they withdraw none, and no correction (recorded before `known`) takes their place."""
        corrections = self.model._default_manager.filter(corrects=OuterRef("pk"))
        if known:
            corrections = corrections.recorded(known)
        return self.filter(~Exists(corrections), withdraws=False)

    def without_presence_only(self):
        """Records that say that a course was done: who was only present in a room has not done it (criterion 12.4)."""
        return self.exclude(check_kind=Check.NONE, method__in=IN_PERSON)

    def with_status(self, on, known=None):
        """Each with its `status` on that local date, by the rows recorded before the instant `known` (None: by all).

        withdrawn: it withdraws another, or a correction withdraws it.
        superseded: a correction replaces it, or a later completion of the same course by the same person is good on
        that date and itself neither withdrawn nor replaced; mere presence takes the place of nothing.
        expired: the last day that it was good for has passed.
        valid: otherwise; on `expires_on` itself too.
        """
        rows = self.model._default_manager.all()
        if known:
            rows = rows.recorded(known)
        corrections = rows.filter(corrects=OuterRef("pk"))
        newer = (
            rows.standing(known)
            .without_presence_only()
            .filter(
                Q(completed_at__gt=OuterRef("completed_at"))
                | Q(completed_at=OuterRef("completed_at"), pk__gt=OuterRef("pk")),
                Q(expires_on__isnull=True) | Q(expires_on__gte=on),
                person=OuterRef("person"),
                course_key=OuterRef("course_key"),
            )
        )
        return self.annotate(
            status=Case(
                When(Q(withdraws=True) | Exists(corrections.filter(withdraws=True)), then=Value(Status.WITHDRAWN)),
                When(Exists(corrections) | Exists(newer), then=Value(Status.SUPERSEDED)),
                When(expires_on__lt=on, then=Value(Status.EXPIRED)),
                default=Value(Status.VALID),
                output_field=models.CharField(),
            )
        )
