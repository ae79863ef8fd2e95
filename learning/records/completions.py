"""What an online run of a course says on its training record: read from the edition, the run and its attempts."""

from courses.actions import quiz_of
from quizzes.kinds import KINDS
from quizzes.models import Attempt, Mark

from .models import TrainingRecord


def areas_of(criteria, area):
    """The areas that criteria ("6.1") touch, with the course's own (or None), as a record stores them: `,5,6,`."""
    own = set() if area is None else {area}
    numbers = sorted(own | {int(number.partition(".")[0]) for number in criteria})
    return f",{','.join(str(number) for number in numbers)},"


def of_enrolment(enrolment):
    """Fields of a training record for a completed enrolment. The language is the one that the text was shown in."""
    edition = enrolment.edition
    outline = edition.in_language(enrolment.language)
    seconds = sum(enrolment.progress.values_list("active_seconds", flat=True))
    return {
        "course_key": enrolment.course_key,
        "course": outline.title,
        "edition": edition,
        "edition_number": edition.number,
        "edition_hash": edition.hash,
        "area": outline.area,
        "areas": areas_of(outline.criteria, outline.area),
        "topics": outline.topics,
        "criteria": outline.criteria,
        "blanks": _blanks(enrolment),
        "language": outline.language,
        "began_at": enrolment.started_at,
        "minutes_active": (seconds + 30) // 60,
        "minutes_nominal": outline.minutes,
        "method": TrainingRecord.Method.ONLINE,
        "source": TrainingRecord.Source.SERVER_GRADED,
        "cause": enrolment.cause,
    } | _check(enrolment, outline)


def _blanks(enrolment):
    """Company blanks as they were shown in the lessons, by name; a lesson opened later says the later text."""
    shown = enrolment.progress.order_by("opened_at", "pk").values_list("blanks", flat=True)
    texts = {name: text for blanks in shown for name, text in blanks.items()}
    return [{"name": name, "text": texts[name]} for name in sorted(texts)]


def _check(enrolment, outline):
    """The last quiz of the course: the attempt that passed it, how many it took in this run, and who watched."""
    quizzes = [step for step in outline.steps if step["kind"] == "quiz"]
    if not quizzes:
        return {"check_kind": TrainingRecord.Check.NONE}
    quiz = quiz_of(enrolment, quizzes[-1]["key"], outline.language)
    attempts = Attempt.objects.of(enrolment.person_id, quiz["key"], str(enrolment.uuid))
    graded = list(attempts.filter(state=Attempt.State.GRADED).order_by("number"))
    passed = [attempt for attempt in graded if attempt.passed][-1]
    watched = _watched(passed)
    only_watched = len(watched) == len(passed.drawn)
    return {
        "check_kind": TrainingRecord.Check.OBSERVED if only_watched else TrainingRecord.Check.QUIZ,
        "observer": ", ".join(dict.fromkeys(mark.marked_by.get_full_name() for mark in watched))[:200],
        "score": passed.score,
        "pass_mark": passed.blueprint["pass_mark"],
        "attempts": len(graded),
        "question_versions": [row["version"] for row in passed.drawn],
    }


def _watched(attempt):
    """The marks that count of what somebody watched being done, with who it was."""
    observed = [name for name, kind in KINDS.items() if kind.observed]
    marks = Mark.objects.newest().filter(attempt=attempt, version__kind__in=observed)
    return list(marks.select_related("marked_by").order_by("item"))
