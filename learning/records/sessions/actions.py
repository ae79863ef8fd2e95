"""Deeds on a session while it is open. Each locks it first, so that none falls between closing and its records."""

from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Attendance, SessionFile, TrainingSession
from ..models.words import Attribution


class NotDone(Exception):
    """Why nothing was changed, in words."""


def locked(session):
    """The session, held until the transaction ends. Raises NotDone when it is closed."""
    held = TrainingSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if not held.is_open:
        raise NotDone(_("This session is closed: nothing in it changes any more."))
    return held


@transaction.atomic
def record_session(*, uuid, people, present, by, at, sheet=None, material=None, **says):
    """A session with its roster. `uuid` is that of the form: sent twice, there is one session. Returns it.

    `people` are expected; `present` says that they were there. `sheet` and `material` are uploads (`uploads.checked`);
    who was there is accounted for by the sheet.
    """
    defaults = {"recorder": by, "recorded_at": at} | says
    session, made = TrainingSession.objects.get_or_create(uuid=uuid, defaults=defaults)
    if not made:
        return session
    add_people(session=session, people=people, present=present, at=at)
    if material:
        attach(session=session, kind=SessionFile.Kind.MATERIAL, upload=material, by=by, at=at)
    if sheet:
        attach(session=session, kind=SessionFile.Kind.SHEET, upload=sheet, by=by, at=at)
        account_by_sheet(session=session, people=[person.uuid for person in people], at=at)
    return session


@transaction.atomic
def add_people(*, session, people, present, at):
    """People on the roster; who is on it already stays as they are."""
    locked(session)
    rows = [Attendance(session=session, person=person, present=present, recorded_at=at) for person in people]
    Attendance.objects.bulk_create(rows, ignore_conflicts=True)


def _rows(session, people):
    """Attendances of these people (uuids)."""
    return session.attendances.filter(person__uuid__in=people)


@transaction.atomic
def say_present(*, session, people):
    locked(session)
    return _rows(session, people).update(present=True)


@transaction.atomic
def say_absent(*, session, people):
    """They were not there after all: how they were accounted for goes, and so does their result."""
    locked(session)
    nothing = {"attested": "", "attested_at": None, "attribution": "", "typed_name": "", "signed_by": None}
    return _rows(session, people).update(present=False, score=None, seen_by=None, seen_at=None, **nothing)


@transaction.atomic
def account_by_sheet(*, session, people, at):
    """These people have signed the sheet that is attached. Raises NotDone when none is."""
    locked(session)
    if not session.files.filter(kind=SessionFile.Kind.SHEET).exists():
        raise NotDone(_("Attach a photo of the signed sheet first."))
    return _attest(session, people, Attendance.How.SHEET, Attribution.PAPER, at)


@transaction.atomic
def sign_for(*, session, people, by, at):
    """Somebody signs for these people; both names are kept. Nobody signs for themselves in this way."""
    locked(session)
    others = [uuid for uuid in people if str(uuid) != str(by.uuid)]
    return _attest(session, others, Attendance.How.SIGNED_FOR, Attribution.SUPERVISOR, at, signed_by=by)


def _attest(session, people, how, attribution, at, **says):
    """How many are accounted for now who were not before: the first way in which somebody was stays."""
    rows = _rows(session, people).filter(attested="")
    return rows.update(present=True, attested=how, attribution=attribution, attested_at=at, **says)


@transaction.atomic
def type_name(*, session, person, typed_name, at):
    """A person types their name on the instructor's phone; whether it is their name was looked at before."""
    locked(session)
    return _attest(session, [person.uuid], Attendance.How.TYPED_NAME, Attribution.SUPERVISOR, at, typed_name=typed_name)


@transaction.atomic
def check_in(*, session, person, attribution, at):
    """Somebody who has signed in says that they are there. Raises NotDone in words that they can act on.

    Who was not expected comes onto the roster as a walk-in, if the session takes those. Twice is once.
    """
    held = locked(session)
    if not held.takes_check_ins(at):
        raise NotDone(_("This session takes no check-ins now. See the instructor."))
    if not held.walk_ins and not held.attendances.filter(person=person).exists():
        raise NotDone(_("You are not on the list of this session. See the instructor, who can add you."))
    held.attendances.get_or_create(person=person, defaults={"walk_in": True, "recorded_at": at})
    how = Attendance.How.KIOSK if attribution == Attribution.PIN_KIOSK else Attendance.How.CHECK_IN
    return _attest(held, [person.uuid], how, attribution, at)


@transaction.atomic
def give_scores(*, session, scores):
    """Scores of the quiz on paper, `{uuid of a person: percent or None}`; who has one was there."""
    locked(session)
    rows = {str(row.person.uuid): row for row in _rows(session, list(scores)).select_related("person")}
    for uuid, row in rows.items():
        row.score = scores[uuid]
        row.present = row.present or row.score is not None
    Attendance.objects.bulk_update(rows.values(), ["score", "present"])


@transaction.atomic
def see_skill(*, session, people, by, at):
    """Somebody watched these people do it."""
    locked(session)
    return _rows(session, people).filter(seen_by=None).update(present=True, seen_by=by, seen_at=at)


@transaction.atomic
def attach(*, session, kind, upload, by, at):
    """Keep a file (`uploads.checked`) with the session; the same file again changes nothing."""
    locked(session)
    what = {"media_type": upload.media_type, "content": upload.content, "size": len(upload.content)}
    return SessionFile.objects.get_or_create(
        session=session,
        kind=kind,
        sent_sha256=upload.sent_sha256,
        defaults=what | {"sha256": upload.sha256, "attached_by": by, "attached_at": at},
    )[0]


@transaction.atomic
def detach(*, session, uuid):
    """Take away a file that was attached by mistake. Raises NotDone while somebody is accounted for by it alone."""
    locked(session)
    others = session.files.filter(kind=SessionFile.Kind.SHEET).exclude(uuid=uuid)
    if not others.exists() and session.attendances.filter(attested=Attendance.How.SHEET).exists():
        raise NotDone(_("People are accounted for by this sheet. Attach the right one first, then remove this one."))
    session.files.filter(uuid=uuid).delete()
