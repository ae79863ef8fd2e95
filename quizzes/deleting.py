"""Why something of this room must stay. Deleting what evidence names is refused in words, in every view."""

from django.db.models import ProtectedError
from django.db.models.deletion import Collector
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import ReferenceIndex

from . import uses
from .models import Attempt, Bank, Question, QuestionVersion, Quiz

WORDS = {
    Question: gettext_lazy(
        "It was released, and answers to it may be on record. Unpublish it, and it is asked no more."
    ),
    Quiz: gettext_lazy("People have taken it, and their results are on record."),
    Bank: gettext_lazy("Questions are in it, or banks are below it, or a quiz draws from it."),
}


def why_not(instances):
    """A sentence for the editor when one of the instances (all of one model) must stay, else None."""
    if not instances or type(instances[0]) not in WORDS:
        return None
    if kept := _named(instances):
        return _refusal(kept, WORDS[type(kept[0])])
    if isinstance(instances[0], Question) and (fixed := uses.fixed_in(instances)):
        quizzes = dict.fromkeys(str(quiz) for found in fixed.values() for quiz in found)
        reason = _("It stands in %(quizzes)s, where everybody is asked it. Take it out there first.")
        return _refusal(list(fixed), reason % {"quizzes": _some(quizzes)})
    try:
        Collector(using=instances[0]._state.db).collect(instances)
    except ProtectedError as error:
        names = {str(capfirst(row._meta.verbose_name_plural)) for row in error.protected_objects}
        return _("Nothing was deleted. These are needed by others: %(names)s.") % {"names": ", ".join(sorted(names))}
    return None


def _refusal(kept, reason):
    return _("Nothing was deleted. %(kept)s: %(reason)s") % {"kept": _some(kept), "reason": reason}


def _some(rows):
    rows = list(rows)
    return ", ".join(f"“{row}”" for row in rows[:3]) + (" …" if len(rows) > 3 else "")


def _named(instances):
    """Those among the instances that evidence, or a draw, names without a foreign key."""
    if isinstance(instances[0], Bank):
        used = ReferenceIndex.get_grouped_references_to_in_bulk(instances)
        return [bank for bank in instances if len(used[bank])]
    keys = [instance.translation_key for instance in instances]
    if isinstance(instances[0], Question):
        named = set(QuestionVersion.objects.filter(question_key__in=keys).values_list("question_key", flat=True))
    else:
        named = set(Attempt.objects.filter(quiz_key__in=keys).values_list("quiz_key", flat=True))
    return [instance for instance in instances if instance.translation_key in named]
