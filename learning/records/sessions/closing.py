"""Closing a session: a record for each person who was there, and the session itself in the ledger. Once.

Or cancelling it: no records, and the ledger says so.
"""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import slots
from learning.people.signing_in import origin

from .. import canonical, completions
from ..actions import append_entry, write_record
from ..models import Attendance, LedgerEntry, TrainingSession
from ..models.words import Check, Source
from . import quizzing
from .actions import NotDone


def _end(session, at):
    """When it ended, as far as we know at that instant."""
    return min(session.happened_at + datetime.timedelta(minutes=session.minutes), at)


def obstacles(session, at):
    """Why it cannot be closed yet, as sentences; none when it can."""
    if session.happened_at > at:
        return [_("It has not begun yet.")]
    present = session.attendances.filter(present=True)
    missing = present.filter(attested="").select_related("person").in_order()
    if names := [row.person.get_full_name() for row in missing]:
        words = ngettext(
            "%(names)s was marked present and is not accounted for: a signature, a check-in or the sheet is missing.",
            "%(names)s were marked present and are not accounted for: signatures, check-ins or the sheet are missing.",
            len(names),
        )
        return [words % {"names": _joined(names)}]
    return [] if present.exists() else [_("Nobody was marked present. Tick who was there.")]


def _joined(names):
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


@transaction.atomic
def close_session(*, session, by, at):
    """Write the records of a session and its entry in the ledger, all or nothing. Returns how many records.

    Of two who close at once the second finds it closed and writes none. Raises NotDone with the obstacles.
    """
    # Compare and set: the row stays locked until the records are there.
    if not TrainingSession.objects.open().filter(pk=session.pk, happened_at__lte=at).update(closed_at=at, closed_by=by):
        if TrainingSession.objects.open().filter(pk=session.pk).exists():
            raise NotDone(" ".join(obstacles(session, at)))
        return 0
    session = _again(session)
    if found := obstacles(session, at):
        raise NotDone(" ".join(found))
    there = session.attendances.filter(present=True).select_related("person", "seen_by").order_by("pk")
    there = quizzing.with_results(session, list(there))
    for attendance in there:
        attendance.record = write_record(**says(session, attendance, by, at))
    Attendance.objects.bulk_update(there, ["record", "score"])
    append_entry(kind=LedgerEntry.Kind.SESSION, data=_data(session), at=at)
    return len(there)


def _again(session):
    """As it stands now that its row is ours."""
    return TrainingSession.objects.select_related("edition", "facility").defer("edition__manifest").get(pk=session.pk)


@transaction.atomic
def cancel_session(*, session, reason, by, at):
    """It does not take place, or does not count: nobody gets a record of it. Raises NotDone when it is closed."""
    says = {"closed_at": at, "closed_by": by, "cancel_reason": reason}
    if not TrainingSession.objects.open().filter(pk=session.pk).update(**says):
        raise NotDone(_("This session is closed: nothing in it changes any more."))
    # The reason stays out of the ledger: it may well say who was ill.
    append_entry(kind=LedgerEntry.Kind.SESSION, data=_data(_again(session)), at=at)


def says(session, attendance, by, at):
    """What the record of one person says. Whose check went wrong, or who took none, was present and no more."""
    passed = attendance.passed(session)
    attempt = attendance.attempt if passed else None
    return (
        _subject(session)
        | _result(session, attendance, passed, attempt)
        | {
            "person": attendance.person,
            "recorder": by,
            "recorded_at": at,
            "began_at": session.happened_at,
            "completed_at": max(_end(session, at), attempt.submitted_at) if attempt else _end(session, at),
            "minutes_nominal": session.minutes,
            "place": session.facility.name,
            "instructor": session.instructor_name,
            "observer": attendance.seen_by.get_full_name() if passed and attendance.seen_by else "",
            "method": session.kind,
            "attribution": (attempt and attempt.attribution) or attendance.attribution,
            "sign_in_origin": canonical.plain(_origin(attendance, attempt)),
            "cause": _cause(session, attendance.person, at),
            "valid_months": _valid_months(session) if passed else None,
        }
    )


def _subject(session):
    edition = session.edition
    return {
        "course_key": session.course_key,
        "course": session.title,
        "edition": edition,
        "edition_number": edition and edition.number,
        "edition_hash": edition.hash if edition else "",
        "area": session.area,
        "areas": completions.areas_of(session.criteria, session.area),
        "topics": session.topics,
        "criteria": session.criteria,
        "language": session.language,
    }


def _result(session, attendance, passed, attempt):
    """How the check went; of a quiz on a device the server is the witness."""
    return {
        "check_kind": session.check_kind if passed else Check.NONE,
        "score": attendance.score if passed else None,
        "pass_mark": session.pass_mark if passed else None,
        "attempts": attendance.tries if attempt else None,
        "question_versions": [row["version"] for row in attempt.drawn] if attempt else [],
        "source": Source.SERVER_GRADED if attempt else Source.INSTRUCTOR_ATTESTED,
    }


def _origin(attendance, attempt):
    """Of who signed in for the quiz or the check-in, the slip behind that sign-in; a signature goes back to none."""
    if attempt:
        return origin.of(attendance.person, attempt.attribution)
    checked_in = attendance.attested in (Attendance.How.CHECK_IN, Attendance.How.KIOSK)
    return origin.of(attendance.person, attendance.attribution) if checked_in else None


def _cause(session, person, at):
    """The requirement under which the person owed the course, if any, and the session."""
    owed = session.edition and slots.fill("enrolment_cause", person=person, course_key=session.course_key, on=at)
    return (owed[0] if owed else {}) | {"session": str(session.uuid)}


def _valid_months(session):
    return session.edition and session.edition.in_language(session.language).valid_months


def _data(session):
    return stated(session, session.files.described().order_by("pk"), _everybody(session))


def stated(session, files, attendances):
    """What the ledger holds of a closed session: everything but names. Files and attendances in the order of keys."""
    fields = ("uuid", "kind", "course_key", "title", "area", "topics", "criteria", "language", "happened_at", "minutes")
    fields += ("check_kind", "quiz_way", "pass_mark", "no_check_reason", "recorded_at", "closed_at")
    people = {"instructor": session.instructor, "recorder": session.recorder, "closed_by": session.closed_by}
    return {
        **{name: canonical.plain(getattr(session, name)) for name in fields},
        **{name: person and str(person.uuid) for name, person in people.items()},
        "edition": session.edition and str(session.edition.uuid),
        "facility": str(session.facility.uuid),
        "files": [_file(file) for file in files],
        "attendances": [_attendance(row) for row in attendances],
    } | ({"cancelled": True} if session.is_cancelled else {})


def _everybody(session):
    return session.attendances.select_related("person", "signed_by", "seen_by", "record").order_by("pk")


def _file(file):
    return {"uuid": str(file.uuid), "kind": file.kind, "sha256": file.sha256, "sent_sha256": file.sent_sha256}


def _attendance(row):
    return {
        "person": str(row.person.uuid),
        "present": row.present,
        "attested": row.attested,
        "attested_at": canonical.plain(row.attested_at),
        "signed_by": row.signed_by and str(row.signed_by.uuid),
        "score": canonical.plain(row.score),
        "seen_by": row.seen_by and str(row.seen_by.uuid),
        "record": row.record and str(row.record.uuid),
    }
