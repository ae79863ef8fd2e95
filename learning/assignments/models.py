import datetime
import uuid

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from learning.people.models import Audience
from learning.records.models import TrainingRecord


class RequirementQuerySet(models.QuerySet):
    def with_counts(self, user, on):
        """Each with how many assignments are `open`, and how many of them `overdue`, on that local date.

        Counted are those of the people within the limits of that user.
        """
        is_open = Q(assignments__record__isnull=True, assignments__withdrawn_on__isnull=True)
        if user.facility_limits:
            is_open &= Q(assignments__person__in=get_user_model().objects.within_limits_of(user, on))
        return self.annotate(
            open=Count("assignments", filter=is_open),
            overdue=Count("assignments", filter=is_open & Q(assignments__due_on__lt=on)),
        )


class Requirement(models.Model):
    """The rule that an audience must complete a course. What it says lives in versions; its course never changes."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=160, unique=True)
    course_key = models.UUIDField(_("course"))

    objects = RequirementQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")

    def __str__(self):
        return self.name


class RequirementVersionQuerySet(models.QuerySet):
    def newest(self):
        """The last version of each requirement, whether or not it counts already."""
        numbers = RequirementVersion.objects.filter(requirement=models.OuterRef("requirement")).order_by("-number")
        return self.filter(number=models.Subquery(numbers.values("number")[:1]))

    def in_force(self, on):
        """The version that counts on that local date, one for each requirement, if it is switched on."""
        newest = (
            RequirementVersion.objects.filter(requirement=models.OuterRef("requirement"), starts_on__lte=on)
            .order_by("-number")
            .values("number")[:1]
        )
        return self.filter(number=models.Subquery(newest), active=True)


class RequirementVersion(models.Model):
    """What a requirement said from `starts_on` until the next version. Guarded: never updated."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="requirement_versions")
    due_days = models.PositiveIntegerField(_("due, days after hire"), validators=[MinValueValidator(1)])
    repeat_months = models.PositiveIntegerField(_("again every … months"), validators=[MinValueValidator(1)])
    active = models.BooleanField(_("switched on"), default=True)
    starts_on = models.DateField(_("counts from"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="requirement_versions"
    )

    objects = RequirementVersionQuerySet.as_manager()

    class Meta:
        ordering = ["requirement", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "number"], name="assignments_requirementversion_number_once"
            ),
        ]

    def __str__(self):
        return f"{self.requirement} {self.number}"


class AssignmentQuerySet(models.QuerySet):
    def visible_to(self, user, on):
        """What the people within the limits of that user owe, on that local date."""
        if not user.facility_limits:
            return self
        return self.filter(person__in=get_user_model().objects.within_limits_of(user, on))

    def open(self):
        """Owed by somebody who is still in the audience."""
        return self.filter(record__isnull=True, withdrawn_on__isnull=True)

    def overdue(self, on):
        """Open, and the due date has passed on that local date."""
        return self.open().filter(due_on__lt=on)

    def due_within(self, on, days):
        """Open, not overdue on that local date, and due at most so many days later."""
        return self.open().filter(due_on__gte=on, due_on__lte=on + datetime.timedelta(days=days))

    def due_later(self, on, days):
        """Open, and due more than so many days after that local date."""
        return self.open().filter(due_on__gt=on + datetime.timedelta(days=days))


class Assignment(models.Model):
    """One person, one course, one due date, one cycle. A refresher is a later cycle; nothing is reset.

    `record` is the completion that satisfied it. `withdrawn_on` is set while the person is not in the audience.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="assignments")
    version = models.ForeignKey(RequirementVersion, models.PROTECT, related_name="assignments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments")
    course_key = models.UUIDField()
    cycle = models.PositiveIntegerField(default=1)
    assigned_on = models.DateField(_("assigned on"))
    due_on = models.DateField(_("due on"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    record = models.ForeignKey(TrainingRecord, models.PROTECT, null=True, blank=True, related_name="assignments")
    recorded_at = models.DateTimeField()

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            # The sweep may run any number of times, twice at once too.
            models.UniqueConstraint(
                fields=["requirement", "person", "cycle"], name="assignments_assignment_cycle_once"
            ),
        ]
        indexes = [
            # What is open and due by a date: the sweep of notices.
            models.Index(
                fields=["due_on"],
                condition=Q(record__isnull=True, withdrawn_on__isnull=True),
                name="assignments_open_due",
            ),
            # /me/, and which assignment a new record satisfies.
            models.Index(fields=["person", "course_key"], name="assignments_person_course"),
        ]

    def __str__(self):
        return f"{self.requirement_id} {self.person_id} {self.cycle}"
