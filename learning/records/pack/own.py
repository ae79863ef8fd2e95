"""Sections of the report that this room knows about: quizzes, sessions, the content as it was seen, how to check."""

from django.db.models import Avg, Count, Min, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.models import Edition, Enrolment
from learning.people import dates
from quizzes.models import Attempt

from ..models import Checkpoint, TrainingRecord
from ..shown import language_name, long_date, public_form
from . import held, parts


def _records(selection):
    """Those that count."""
    return TrainingRecord.objects.standing().filter(pk__in=selection.chosen().order_by().values("pk"))


def quizzes(selection):
    """None where there is no record at all."""
    if not selection.chosen().exists():
        return None
    asked = _records(selection).filter(check_kind=TrainingRecord.Check.QUIZ)
    by_course = (
        asked.order_by("area", "course_key")
        .values("area", "course_key")
        .annotate(
            course=Min("course"),
            passed=Count("pk"),
            mean=Avg("score"),
            lowest=Min("score"),
            first=Count("pk", filter=Q(attempts=1)),
            mark=Min("pass_mark"),
        )
    )
    titles = {key: one.title for key, one in selection.outlines.items()}
    rows = [
        (
            # As it is called now: records in two languages say two names.
            titles.get(str(row["course_key"]), row["course"]),
            row["passed"],
            f"{row['mean']:.0f} %" if row["mean"] is not None else "",
            f"{row['lowest']:.0f} %" if row["lowest"] is not None else "",
            f"{row['mark']} %" if row["mark"] is not None else "",
            f"{100 * row['first'] / row['passed']:.0f} %",
        )
        for row in by_course
    ]
    none = _records(selection).filter(check_kind=TrainingRecord.Check.NONE).count()
    columns = [
        (4, _("Course")),
        (1, _("Passed")),
        (1, _("Mean score")),
        (1, _("Lowest pass")),
        (1, _("Pass mark")),
        (1, _("Passed at once")),
    ]
    said = [parts.text(_("Each course ends with a check that the training worked (criterion 12.4)."))]
    if none:
        said.append(parts.text(_("%(number)d records have no check: they show presence only.") % {"number": none}))
    imported = _records(selection).filter(source=TrainingRecord.Source.IMPORTED).count()
    if imported:
        words = _("%(number)d records were imported from files: what they say was not checked here.")
        said.append(parts.text(words % {"number": imported}))
    return {
        "heading": _("Quiz results"),
        "parts": [*said, *parts.table(columns, rows), *_fail(asked)],
    }


def _fail(asked):
    """The newest run with a fail in it, and what followed."""
    record = asked.filter(attempts__gt=1).select_related("subject").order_by("-completed_at", "-pk").first()
    run = (
        record
        and Enrolment.objects.filter(
            person=record.person_id, course_key=record.course_key, completed_at=record.completed_at
        ).first()
    )
    if not run:
        return []
    tries = Attempt.objects.filter(context=str(run.uuid), state=Attempt.State.GRADED).order_by("submitted_at", "pk")
    rows = [
        (
            long_date(dates.local_date(attempt.submitted_at, record.facility_zone)),
            f"{attempt.score:.0f} %",
            f"{attempt.blueprint['pass_mark']} %",
            _("passed") if attempt.passed else _("not passed"),
        )
        for attempt in tries
    ]
    facts = {"name": record.name or _("a person whose name was erased"), "course": record.course, "tries": len(rows)}
    words = _(
        "An example of a fail and what followed: %(name)s did not pass “%(course)s” at once. "
        "The record was written only when it was passed, after %(tries)d tries."
    )
    columns = [(2, _("Try of")), (1, _("Score")), (1, _("Pass mark")), (1, _("Result"))]
    return [parts.text(words % facts), *parts.table(columns, rows)]


def content(selection):
    """None where no record is of an edition."""
    editions = Edition.objects.filter(pk__in=_records(selection).order_by().values("edition")).outlines()
    editions = sorted(editions, key=lambda one: (one.outline["area"], one.in_language("en").title, one.number))
    if not editions:
        return None
    rows = []
    for edition in editions[: parts.MOST]:
        outline = edition.in_language(get_language())
        title = _("%(title)s, edition %(number)d") % {"title": outline.title, "number": edition.number}
        languages = ", ".join(language_name(code) for code in outline.languages)
        lessons = "; ".join(step["title"] for step in outline.steps)
        digest = " ".join(edition.hash[at : at + 16] for at in range(0, 64, 16))
        rows.append((f"{title} ({languages})\n{digest}", lessons, ", ".join(outline.criteria)))
    columns = [(4, _("Course as it was seen, and the SHA-256 of its content")), (4, _("Lessons")), (2, _("Criteria"))]
    words = _(
        "An edition is never changed. Its hash stands on each record: what was taught cannot be told otherwise later."
    )
    return {
        "heading": _("The course content as it was seen"),
        "parts": [parts.text(words), *parts.table(columns, rows, total=len(editions), file="records.csv")],
    }


def check(selection):
    head = Checkpoint.objects.order_by("-number").first()
    return {
        "heading": _("How to verify this"),
        "parts": [
            parts.text(
                _(
                    "This report comes in a ZIP file with the records, their entries in a signed ledger and the "
                    "program verify.py, which checks all of it without a network and without us. It also refuses the "
                    "pack if this report was changed."
                )
            ),
            parts.text(
                _(
                    "Each record is an entry of a Merkle tree (RFC 9162) whose head is signed (Ed25519). With an older "
                    "pack beside it, the program also shows that nothing was rewritten in between:"
                )
            ),
            parts.code("python verify.py PACK.zip --also OLDER.zip"),
            parts.text(
                _("A single certificate is checked at %(address)s, where the public key of the ledger stands, too.")
                % {"address": public_form()}
            ),
            *([parts.quiet(_("Public key of the ledger: %(key)s") % {"key": head.public_key})] if head else []),
        ],
    }


SECTIONS = {"quizzes": quizzes, "sessions": held.sessions, "content": content, "check": check}
