import uuid
from typing import NamedTuple

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from .. import faults, preview
from ..beside import BLOCKS
from ..kinds import KINDS
from ..panels import WhereUsedPanel


class Bank(models.Model):
    """A shelf of questions that quizzes draw from; a draw takes from the banks below it too."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=160, unique=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )

    panels = [FieldPanel("title"), FieldPanel("parent")]

    class Meta:
        ordering = ["title"]
        verbose_name = _("question bank")
        verbose_name_plural = _("question banks")

    def __str__(self):
        return self.title

    @classmethod
    def tree(cls):
        """`{id: path}` of all banks, each after the one that it is part of: "Seals › VVTT". One query."""
        titles, children = {}, {}
        for pk, title, parent in cls.objects.order_by("title").values_list("pk", "title", "parent"):
            titles[pk] = title
            children.setdefault(parent, []).append(pk)
        found, waiting = {}, [(pk, "") for pk in reversed(children.get(None, []))]
        while waiting:
            pk, above = waiting.pop()
            found[pk] = f"{above} › {titles[pk]}" if above else titles[pk]
            waiting += [(child, found[pk]) for child in reversed(children.get(pk, []))]
        return found

    def clean(self):
        super().clean()
        if self.pk and self.parent_id in self.with_below():
            raise ValidationError({"parent": _("A bank cannot be part of itself or of a bank below it.")})

    def with_below(self):
        """Ids of this bank and of all below it. There are few banks: one query for the tree."""
        children = {}
        for pk, parent in Bank.objects.values_list("pk", "parent"):
            children.setdefault(parent, []).append(pk)
        found, waiting = set(), [self.pk]
        while waiting:
            pk = waiting.pop()
            if pk not in found:
                found.add(pk)
                waiting += children.get(pk, [])
        return found


class QuestionTag(TagBase):
    """A word by which editors find questions again; learners never see it."""

    free_tagging = True

    class Meta:
        ordering = ["name"]
        verbose_name = _("tag of questions")
        verbose_name_plural = _("tags of questions")


class TaggedQuestion(ItemBase):
    tag = models.ForeignKey(QuestionTag, models.CASCADE, related_name="tagged_questions")
    content_object = ParentalKey("quizzes.Question", on_delete=models.CASCADE, related_name="tagged_items")


class Question(
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    index.Indexed,
    ClusterableModel,
):
    """What editors write. Its identity in every language is `translation_key`; quizzes use its released versions."""

    class Difficulty(models.IntegerChoices):
        EASY = 1, _("easy")
        MIDDLE = 2, _("middle")
        HARD = 3, _("hard")

    bank = models.ForeignKey(
        Bank,
        models.PROTECT,
        related_name="questions",
        verbose_name=_("bank"),
        help_text=_("The shelf it stands on. Quizzes draw from banks."),
    )
    prompt = models.TextField(
        _("question"), max_length=600, help_text=_("What is asked, in one or two short sentences.")
    )
    beside = StreamField(
        BLOCKS,
        verbose_name=_("beside the question"),
        blank=True,
        default=list,
        max_num=1,
        help_text=_("A picture, a video or a sound that belongs to the question."),
    )
    answer = StreamField(
        [(name, kind.block()) for name, kind in KINDS.items()],
        verbose_name=_("kind and answers"),
        max_num=1,
        help_text=_("Press + and choose what kind of question it is. Then fill in its answers."),
    )
    explanation = models.TextField(_("explanation"), blank=True, help_text=_("Shown to everyone after the quiz."))
    objective = models.ForeignKey(
        "content.Objective",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("objective"),
        help_text=_("What whoever answers it rightly can do. Mastery is counted by it."),
    )
    criterion = models.ForeignKey(
        "content.Criterion", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("criterion")
    )
    difficulty = models.PositiveSmallIntegerField(_("difficulty"), choices=Difficulty, default=Difficulty.MIDDLE)

    tags = ClusterTaggableManager(
        through=TaggedQuestion,
        blank=True,
        verbose_name=_("tags"),
        help_text=_("Words of your own to find it again. Learners do not see them."),
    )

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="question")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="question",
        for_concrete_model=False,
    )

    panels = [
        FieldPanel("prompt"),
        FieldPanel("beside"),
        FieldPanel("answer"),
        FieldPanel("explanation"),
        MultiFieldPanel(
            [
                FieldPanel("bank"),
                FieldPanel("objective"),
                FieldPanel("criterion"),
                FieldPanel("difficulty"),
                FieldPanel("tags"),
            ],
            heading=_("Where it belongs"),
        ),
        WhereUsedPanel(heading=_("Where it is used")),
    ]
    search_fields = [
        index.SearchField("prompt"),
        index.AutocompleteField("prompt"),
        index.FilterField("bank_id"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        ordering = ["bank__title", "id"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self):
        return self.prompt

    @property
    def revisions(self):
        return self._revisions

    @property
    def kind(self):
        return KINDS[self.answer[0].block_type]

    def publish(self, revision, **kwargs):
        """Raises ValidationError: a review or a translation would publish what a draft may be and a question may not.

        What was scheduled was looked at when it was, and one fault must not hold up what else is due.
        """
        if not revision.approved_go_live_at:
            revision.as_object().check_whole()
        super().publish(revision, **kwargs)

    def check_whole(self):
        """Raises ValidationError, by field, for what is missing or wrong."""
        self.full_clean()
        found = {name: faults.of_stream(getattr(self, name)) for name in ("beside", "answer")}
        if wrong := {name: sentences for name, sentences in found.items() if sentences}:
            raise ValidationError(wrong)

    @property
    def preview_modes(self):
        return [("", _("Asked, and answered rightly")), (preview.OPEN, _("Asked, and left open"))]

    def get_preview_template(self, request, mode_name):
        return "quizzes/question_preview.html"

    def get_preview_context(self, request, mode_name):
        return preview.of(self, left_open=mode_name == preview.OPEN)


# What learners may read of the versions that this process was asked for, by uuid. Room for some hundred quizzes.
READ, KEPT = {}, 5_000


class Shown(NamedTuple):
    """The part of a version that learners' pages may read; the key is not there to be shown by mistake."""

    kind: str
    shown: dict


class QuestionVersionQuerySet(models.QuerySet):
    def shown(self, names):
        """`{uuid, as a string: Shown}`, for reading only. A version does not change, so each process reads it once."""
        found = {name: READ.get(name) for name in names}
        if unread := [name for name, version in found.items() if version is None]:
            if len(READ) >= KEPT:
                READ.clear()
            for name, *row in self.filter(uuid__in=unread).values_list("uuid", "kind", "shown"):
                found[str(name)] = READ[str(name)] = Shown(*row)
        return found

    def newest(self):
        """The newest version of every published question."""
        newest = (
            QuestionVersion.objects.filter(question_key=models.OuterRef("question_key"))
            .order_by("-number")
            .values("number")[:1]
        )
        published = Question.objects.filter(translation_key=models.OuterRef("question_key"), live=True)
        return self.filter(models.Exists(published), number=models.Subquery(newest))


class QuestionVersion(models.Model):
    """A question as released, in all its languages. Guarded: never updated, never deleted.

    `shown` is what learners' pages may read: `{language: {"prompt": str, …}}`, the rest as its kind needs it.
    `key` stays on the server until release: `{"right": …, "reasons": {language: {id: str}},
    "explanation": {language: str}}`.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question_key = models.UUIDField()
    number = models.PositiveIntegerField()
    bank = models.ForeignKey(Bank, models.PROTECT, related_name="versions")
    kind = models.CharField(max_length=40)
    criterion = models.CharField(max_length=10, blank=True)
    objective = models.CharField(max_length=80, blank=True)
    shown = models.JSONField()
    key = models.JSONField()
    hash = models.CharField(max_length=64)
    released_at = models.DateTimeField()

    objects = QuestionVersionQuerySet.as_manager()

    class Meta:
        ordering = ["question_key", "number"]
        constraints = [
            models.UniqueConstraint(fields=["question_key", "number"], name="quizzes_questionversion_number_once"),
        ]

    def __str__(self):
        return f"{self.question_key} {self.number}"
