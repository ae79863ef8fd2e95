import datetime

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Case, Count, F, Q, Value, When, Window
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Length, Replace, RowNumber

from .. import grading
from ..kinds import SKILLS
from .mark import Mark
from .question import QuestionVersion

# What is drawn is JSON, in which the databases look in different ways, but both alike in its text.
WATCHED = '"observed": true'
OBSERVED = Q(drawn_text__contains=WATCHED)


class AttemptQuerySet(models.QuerySet):
    def of(self, person, quiz_key, context):
        """The attempts that limits, best and last are counted over."""
        return self.filter(person=person, quiz_key=quiz_key, context=context)

    def visible_to(self, user, on):
        """Attempts that this user may look into on that local date: of the people whom they see by their role."""
        if not user.has_perm("quizzes.view_attempt"):
            return self.none()
        return self.filter(person__in=get_user_model().objects.visible_to(user, on))

    def with_title(self):
        """With the `title` of the quiz as it was, and without all else that was pinned."""
        return self.defer("blueprint", "drawn").annotate(title=KeyTextTransform("title", "blueprint"))

    def within_limits_of(self, user, on):
        """Attempts that this user may see counted, by nobody's name: all, or those of people within their limits."""
        if not user.facility_limits:
            return self
        return self.filter(person__in=get_user_model().objects.within_limits_of(user, on))

    def first_tries(self):
        """Graded first attempts. Whoever tries again has read the answers, and says nothing about the question."""
        return self.filter(state=self.model.State.GRADED, number=1)

    def that_count(self):
        """Of the graded attempts of each person at each quiz in each context the one that counts by the quiz's rule."""
        rule = Cast(KeyTextTransform("counts", "blueprint"), models.CharField())
        by_rule = Case(
            When(Q(rule="last"), then=-F("number")),
            When(Q(rule="first"), then=F("number")),
            default=Value(0),
            output_field=models.IntegerField(),
        )
        place = Window(
            RowNumber(),
            partition_by=["person", "quiz_key", "context"],
            order_by=[by_rule, F("passed").desc(), F("score").desc(), "number"],
        )
        return self.filter(state=self.model.State.GRADED).annotate(rule=rule).annotate(place=place).filter(place=1)

    def last_failed(self):
        """Failed ones after which the quiz, by its rules at the time, allows no other."""
        allowed = Cast(KeyTextTransform("attempts_allowed", "blueprint"), models.PositiveIntegerField())
        until = (
            self.model.objects.filter(
                person=models.OuterRef("person"),
                quiz_key=models.OuterRef("quiz_key"),
                context=models.OuterRef("context"),
                number__lte=models.OuterRef("number"),
            )
            .exclude(state=self.model.State.VOIDED)
            .order_by()
            .values("person")
            .annotate(used=models.Count("pk"))
            .values("used")
        )
        failed = self.filter(state=self.model.State.GRADED, passed=False)
        return failed.annotate(used=models.Subquery(until)).filter(used__gte=allowed)

    def counting(self, attempt):
        """Of the graded attempts beside this one, the one that counts by its quiz's rule; None without any."""
        graded = self.of(attempt.person_id, attempt.quiz_key, attempt.context).filter(state=self.model.State.GRADED)
        return grading.counting(list(graded.order_by("number")), attempt.blueprint.get("counts", "best"))

    def over(self, at):
        """In progress, and out of time and grace at that instant."""
        # Grace is at most ten minutes: the index finds the few, and each states its own.
        grace = Cast(KeyTextTransform("grace", "blueprint"), models.PositiveIntegerField())
        near = self.filter(state=self.model.State.IN_PROGRESS, deadline__lt=at).annotate(grace=grace)
        rows = near.only("deadline", "state")
        return self.filter(pk__in=[row.pk for row in rows if row.deadline + datetime.timedelta(seconds=row.grace) < at])

    def waiting_for_marks(self):
        """Handed in or out of time, with something that a person must mark."""
        return self.filter(state__in=self.model.WAITING)

    def to_mark(self):
        """Those, and such under way in which something must be watched that nobody has signed."""
        under_way = OBSERVED & Q(state=self.model.State.IN_PROGRESS, unsigned__gt=0)
        return self.with_unsigned().filter(Q(state__in=self.model.WAITING) | under_way)

    def to_watch(self):
        """Those that are not graded, in which something must be watched."""
        states = [self.model.State.IN_PROGRESS, *self.model.WAITING]
        return self.with_drawn_text().filter(OBSERVED, state__in=states)

    def with_unsigned(self):
        """With `unsigned`: how many of its skills nobody has signed yet."""
        without = Replace("drawn_text", Value(WATCHED), Value(""))
        watched = (Length("drawn_text") - Length(without)) / len(WATCHED)
        signed = Mark.objects.filter(attempt=models.OuterRef("pk"), version__kind__in=SKILLS)
        number = signed.order_by().values("attempt").annotate(number=Count("item", distinct=True)).values("number")
        return self.with_drawn_text().annotate(unsigned=watched - Coalesce(models.Subquery(number), 0))

    def with_drawn_text(self):
        return self.alias(drawn_text=Cast("drawn", models.TextField()))

    def waiting_at(self, question_key):
        """Those in which that question was asked and has no mark yet."""
        asked = Q(pk__in=[])
        for name in QuestionVersion.objects.filter(question_key=question_key).values_list("uuid", flat=True):
            asked |= Q(drawn_text__contains=str(name))
        marked = Mark.objects.filter(attempt=models.OuterRef("pk"), version__question_key=question_key)
        return self.with_drawn_text().filter(asked, ~models.Exists(marked))

    def markable_by(self, user, on):
        """Attempts of the people whom this user sees on that local date, if they may mark; never their own."""
        if not user.has_perm("quizzes.add_mark"):
            return self.none()
        people = get_user_model().objects
        return self.filter(person__in=people.visible_to(user, on)).exclude(person__in=people.accounts_of(user))

    def watchable_by(self, user, on):
        """Those of people in this user's line on that local date, or of all whom they may mark; never their own."""
        if user.has_perm("quizzes.add_mark"):
            return self.markable_by(user, on)
        people = get_user_model().objects
        line = people.under(user, on).within_limits_of(user, on)
        return self.filter(person__in=line).exclude(person__in=people.accounts_of(user))
