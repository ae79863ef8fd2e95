"""Answers: saved as they change, never rewritten."""

from django.db import IntegrityError, transaction
from django.db.models import BigIntegerField, Exists, Subquery

from content.prepared import Prepared

from ..models import Attempt, RefusedSave, Response


class AttemptClosed(Exception):
    """The attempt was handed in; answers no longer change."""


class TooLate(AttemptClosed):
    """The time limit and its grace are over by the server's clock; nothing was saved."""


class AnswerChecked(Exception):
    """The person was told what is right here; the answer no longer changes."""


class StepTaken(Exception):
    """The answer only grows, and something else was chosen there before; nothing was saved."""


class OtherTab(Exception):
    """A newer window writes this attempt; nothing was saved."""


@transaction.atomic
def claim_tab(*, attempt, tab):
    """From now on the window of that name (uuid) writes, and windows that claimed before are refused."""
    if not Attempt.objects.filter(pk=attempt.pk, state=Attempt.State.IN_PROGRESS).update(tab=tab):
        raise AttemptClosed


@transaction.atomic
def save_answer(*, attempt, item, answer, at, save_id=None, tab=None, final=False, waited=None, grows=False):
    """Add an answer to the question in place `item` (from 0); None takes the answer back.

    The same `save_id` again adds nothing and returns the row of the first time. Without a `tab` the save comes from a
    page without a script, where a person pressed a button: it always writes. `final` means that the person is told
    what is right. `waited` are the seconds that it waited for the line, as the page says; they are only told. An answer
    that `grows` is what was saved before with one part more; the same as before adds nothing.
    Raises AttemptClosed, TooLate, OtherTab, AnswerChecked, StepTaken, and IndexError for no such place.
    """
    held = _hold(attempt, at, tab, item)
    if held.checked:
        raise AnswerChecked
    _check_places(attempt, [item])
    if grows and not final and answer and answer == held.before:
        return Response.objects.filter(attempt=attempt, item=item).latest("pk")
    response = Response(
        attempt=attempt, item=item, answer=answer, saved_at=at, save_id=save_id, final=final, waited=waited
    )
    response.step = _step(held.before, answer) if grows else None
    try:
        with transaction.atomic():
            response.save()
    except IntegrityError:
        # The constraints saw what is there already: this very save, a part chosen, or the answer that was checked.
        before = _there(response)
        if not before:
            raise StepTaken if response.step else AnswerChecked
        return before
    return response


def _there(response):
    """The row that says the same: this very save, or the same part chosen at the same moment in another window."""
    rows = Response.objects.filter(attempt=response.attempt)
    if response.save_id and (found := rows.filter(save_id=response.save_id).first()):
        return found
    found = rows.filter(item=response.item, step=response.step).first() if response.step else None
    return found if found and found.answer == response.answer else None


def _step(before, answer):
    """The number of the part that is new in an answer that grows; None when it is what was saved before."""
    if answer and answer == before:
        return None
    if not answer or answer[:-1] != (before or []):
        raise StepTaken
    return len(answer)


def _grown(attempt, given, grow):
    """`(answers to save, {item: step})`: one whose next part was chosen elsewhere is left out, unless it is all."""
    before = answers(attempt) if grow else {}
    kept, steps = dict(given), {}
    for item in grow:
        try:
            steps[item] = _step(before.get(item), given[item])
        except StepTaken:
            del kept[item]
            if not kept:
                raise
    return kept, steps


@transaction.atomic
def save_answers(*, attempt, given, at, tab=None, final=None, grow=()):
    """Add answers `{item: answer}` to several questions at once, of which that in place `final` is checked.

    Those in the places `grow` only grow. Raises as `save_answer` does, but for AnswerChecked: an answer that was
    checked before stands, and the others are saved.
    """
    first = not _hold(attempt, at, tab, final).checked
    _check_places(attempt, given)
    given, steps = _grown(attempt, given, grow)

    def rows(first):
        return [
            Response(
                attempt=attempt,
                item=item,
                answer=answer,
                saved_at=at,
                final=first and item == final,
                step=steps.get(item),
            )
            for item, answer in given.items()
        ]

    try:
        with transaction.atomic():
            return Response.objects.bulk_create(rows(first))
    except IntegrityError:
        # It was checked while this waited for the lock.
        return Response.objects.bulk_create(rows(first=False))


def note_refused(*, attempt, item, why, at):
    """Keep that an answer came at that instant and was not kept; `item` is None for a page with all questions."""
    RefusedSave.objects.create(attempt=attempt, item=item, why=why, refused_at=at)


def _hold(attempt, at, tab, item):
    """Take the attempt's lock if it still accepts answers.

    `checked` and `before` (the answer that was saved last) on it tell about the question in that place.
    """
    saved = Response.objects.filter(attempt=attempt, item=item)
    # The lock keeps a submit from grading, and another window from claiming, between this check and the insert.
    fresh = (
        Attempt.objects.select_for_update(of=("self",))
        .only("state", "deadline", "blueprint", "tab")
        .annotate(
            checked=Exists(saved.filter(final=True)),
            before=Subquery(saved.order_by("-pk").values("answer")[:1]),
        )
        .get(pk=attempt.pk)
    )
    if not fresh.in_progress:
        raise AttemptClosed
    if fresh.is_over(at):
        raise TooLate
    if tab and fresh.tab and tab != fresh.tab:
        raise OtherTab
    return fresh


def _check_places(attempt, items):
    for item in items:
        if not 0 <= item < len(attempt.drawn):
            raise IndexError(item)


def answers(attempt):
    """The answer that counts for each answered question: `{item: answer}`."""
    return _that_count(_given(attempt=attempt.pk)).get(attempt.pk, {})


def answers_of(attempts):
    """The same of many, given by id: `{attempt id: {item: answer}}`."""
    return _that_count(_in_order(Response.objects.filter(attempt__in=attempts)))


def _in_order(responses):
    # A checked answer counts, then the last. An answer that waited for the lock while another was checked is late.
    return responses.order_by("final", "id").values_list("attempt", "item", "answer")


_given = Prepared(lambda attempt: _in_order(Response.objects.filter(attempt=attempt)), attempt=BigIntegerField())


def _that_count(rows):
    found = {}
    for attempt, item, answer in rows:
        found.setdefault(attempt, {})[item] = answer
    return {
        attempt: {item: answer for item, answer in given.items() if answer is not None}
        for attempt, given in found.items()
    }


def checked(attempt):
    """Places of the questions whose answer was checked, in a quiz that tells after each."""
    if attempt.blueprint.get("feedback") != "each":
        return set()
    return set(Response.objects.filter(attempt=attempt, final=True).values_list("item", flat=True))
