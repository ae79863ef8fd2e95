from django.db import transaction

from .. import snapshot
from ..models import Question, QuestionVersion


@transaction.atomic
def release_question(*, question_key, at):
    """Write a new version of a question if it says something new; returns the version that counts, or None.

    None when no language of it is published.
    """
    # The lock makes two people who publish at once number their versions one after the other.
    rows = list(
        Question.objects.select_for_update(of=("self",))
        .filter(translation_key=question_key, live=True)
        .select_related("locale", "bank", "objective", "criterion")
        .order_by("locale__language_code")
    )
    if not rows:
        return None
    kind, shown, key = snapshot.take(rows)
    says = {
        "bank": rows[0].bank,
        "criterion": rows[0].criterion.number if rows[0].criterion else "",
        "objective": rows[0].objective.code if rows[0].objective else "",
        "hash": snapshot.fingerprint(kind, shown, key),
    }
    latest = (
        QuestionVersion.objects.filter(question_key=question_key).select_related("bank").order_by("-number").first()
    )
    if latest and all(getattr(latest, name) == value for name, value in says.items()):
        return latest
    return QuestionVersion.objects.create(
        question_key=question_key,
        number=latest.number + 1 if latest else 1,
        kind=kind,
        shown=shown,
        key=key,
        released_at=at,
        **says,
    )
