import json
import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..outline import Outline
from .pages import CoursePage

# Manifests that this process has read, by hash. Room for every edition that people are in the middle of.
READ, KEPT = {}, 200


class EditionQuerySet(models.QuerySet):
    def current(self):
        """The newest edition of each course."""
        newest = (
            Edition.objects.filter(course_key=models.OuterRef("course_key")).order_by("-number").values("number")[:1]
        )
        return self.filter(number=models.Subquery(newest))

    def offered(self):
        """The newest edition of each course, without courses that editors hid by unpublishing their page."""
        return self.current().with_offer().filter(on_offer=True)

    def with_offer(self):
        """Each with `on_offer`: whether people can start its course."""
        pages = CoursePage.objects.filter(translation_key=models.OuterRef("course_key"))
        shown, hidden = models.Exists(pages.filter(live=True)), models.Exists(pages.filter(live=False))
        on_offer = models.ExpressionWrapper(models.Q(shown) | ~models.Q(hidden), output_field=models.BooleanField())
        return self.annotate(on_offer=on_offer)

    def in_order(self):
        """As editors have arranged the courses under their index; those whose page is gone come last."""
        pages = CoursePage.objects.filter(translation_key=models.OuterRef("course_key"))
        place = models.Subquery(pages.order_by("path").values("path")[:1])
        return self.annotate(place=place).order_by(models.F("place").asc(nulls_last=True), "course_key")

    def step_keys(self):
        """Keys (strings) of every lesson and quiz that these editions hold."""
        return {
            step["key"]
            for outline in self.values_list("outline", flat=True)
            for text in outline["languages"].values()
            for step in text["steps"]
        }

    def outlines(self):
        """Without the manifests, which are large and which lists do not need."""
        return self.defer("manifest")


class Edition(models.Model):
    """A course as released: numbered, hashed, immutable (guarded). Learners read nothing else.

    `manifest` is the canonical JSON (RFC 8785) over which `hash` (SHA-256, hex) is taken; see `courses/manifest.py`.
    `outline` repeats what lists and the course page need, so that they need not read the lessons.
    """

    class Kind(models.TextChoices):
        MINOR = "minor", _("minor: wording, typing errors, a better picture")
        MATERIAL = "material", _("material: what people must know or do has changed")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course_key = models.UUIDField()
    number = models.PositiveIntegerField()
    manifest = models.TextField()
    hash = models.CharField(max_length=64)
    outline = models.JSONField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.MATERIAL)
    note = models.CharField(max_length=500, blank=True)
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="editions"
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["course_key", "number"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(fields=["course_key", "number"], name="courses_edition_number_once"),
        ]

    def __str__(self):
        return f"{self.course_key} {self.number}"

    @property
    def content(self):
        """What the manifest says, for reading only: each process keeps what it read last, and never has to read it
        again, for an edition does not change.
        """
        if self.hash not in READ:
            if len(READ) >= KEPT:
                READ.clear()
            READ[self.hash] = json.loads(self.manifest)
        return READ[self.hash]

    def in_language(self, language):
        """The outline in that language, or in the first one that the edition has."""
        return Outline(self.outline, language)
