"""Deeds of this room: planning notices and sending them. `at` is the instant of the deed, taken once by the caller."""

import logging
from collections import Counter
from itertools import islice
from smtplib import SMTPException

from django.core.mail import get_connection
from django.db import transaction
from django.db.models import Exists, F, OuterRef

from courses.models import Edition
from learning.assignments.models import Assignment
from learning.people import local_days
from learning.people.models import Employment, Person

from . import ladder
from .mail import Courses, message
from .models import CLAIM_LASTS, Notice

logger = logging.getLogger(__name__)

PLAN_BATCH = 2000
# Few enough that a mail server which answers each message only at the time-out does not outlast the claim.
CLAIM_BATCH = 25
AWAY = ["left", "withdrawn"]


def plan_notices(*, at):
    """Insert the notices that are due by then and not planned yet. Returns how many.

    Two ticks at the same moment plan the same occasions: the unique occasion lets one row through.
    """
    planned = 0
    for today, people in local_days.everybody(at):
        for stage in Notice.Stage:
            reached = _reached(stage, today, people)
            planned += _revive(reached, stage, at) + _insert(reached, stage, at)
    return planned


def _reached(stage, today, people):
    """Assignments that have reached the stage, of people who are at work."""
    first, last = ladder.due_dates(stage, today)
    employed = Person.objects.employed(today).filter(pk=OuterRef("person"))
    released = Edition.objects.filter(course_key=OuterRef("course_key"))
    rows = Assignment.objects.open().filter(Exists(employed), Exists(released), due_on__gte=first, due_on__lte=last)
    return rows if people is None else rows.filter(person__in=people)


def _revive(reached, stage, at):
    """What was dropped because somebody was away is owed again when they are back: it never reached them."""
    back = Notice.objects.filter(stage=stage, dropped_because__in=AWAY, assignment__in=reached)
    # Asked first: an idle tick must not take SQLite's write lock.
    if not back.exists():
        return 0
    return back.update(dropped_at=None, dropped_because="", claimed_at=None, failures=0, planned_at=at)


def _insert(reached, stage, at):
    planned = Notice.objects.filter(assignment=OuterRef("pk"), stage=stage)
    lacking = reached.filter(~Exists(planned)).order_by("due_on", "pk")
    # A list: rows of the same table must not be inserted while a cursor reads on.
    rows = list(lacking.values_list("pk", "uuid", "person", "person__email"))
    notices = (
        Notice(
            occasion=f"{uuid}:{stage}",
            assignment_id=assignment,
            person_id=person,
            stage=stage,
            channel=Notice.Channel.MAIL if email else Notice.Channel.IN_APP,
            planned_at=at,
        )
        for assignment, uuid, person, email in rows
    )
    while batch := list(islice(notices, PLAN_BATCH)):
        Notice.objects.bulk_create(batch, ignore_conflicts=True)
    return len(rows)


def verdict(notice, at):
    """Whether a notice is still right: (reason to drop it or "", the employment, the person's local date)."""
    today = local_days.day_of(notice.person, at)
    employment = (
        Employment.objects.on(today).filter(person=notice.person_id).select_related("company", "manager").first()
    )
    assignment = notice.assignment
    if assignment.record_id:
        reason = "completed"
    elif assignment.withdrawn_on:
        reason = "withdrawn"
    elif not employment or notice.person.merged_into_id:
        reason = "left"
    elif ladder.overtaken(notice.stage, assignment.due_on, today):
        reason = "overtaken"
    else:
        reason = ""
    return reason, employment, today


def send_notices(*, at, limit=None, each=None):
    """Send what waits, at most `limit`; `each(notice)` hears of every one sent. Returns counts.

    1. Claim a few: one conditional UPDATE, so that of two workers one gets each notice.
    2. Recheck each: still owed, still employed; else drop it with the reason.
    3. Send it. What fails is counted on its row and retried after a growing pause; the sweep goes on.
    4. Mark it. Only a crash between the mail server's acceptance and this commit repeats a mail, with its Message-ID.

    When the mail server cannot be reached at all, claims are given back and no failure is counted: only time is lost.
    """
    counts = Counter(sent=0, mail=0, in_app=0, dropped=0, failed=0)
    sender = Sender(at)
    left = limit
    try:
        while batch := _claim(at, CLAIM_BATCH if left is None else min(CLAIM_BATCH, left)):
            for place, pk in enumerate(batch):
                try:
                    _handle(pk, sender, at, counts, each)
                except Unreachable:
                    logger.warning("The mail server cannot be reached; notices wait.")
                    Notice.objects.filter(pk__in=batch[place:], sent_at__isnull=True).update(claimed_at=None)
                    return dict(counts)
            left = None if left is None else left - len(batch)
    finally:
        sender.close()
    return dict(counts)


def _claim(at, number):
    # Asked first without a transaction: an idle tick must not take SQLite's write lock.
    if not Notice.objects.waiting(at).exists():
        return []
    with transaction.atomic():
        waiting = Notice.objects.waiting(at).select_for_update(skip_locked=True).order_by("planned_at", "pk")
        batch = list(waiting.values_list("pk", flat=True)[:number])
        Notice.objects.waiting(at).filter(pk__in=batch).update(claimed_at=at)
    return batch


def _handle(pk, sender, at, counts, each):
    notice = Notice.objects.select_related("assignment", "person").get(pk=pk)
    try:
        reason, employment, today = verdict(notice, at)
        channel = None if reason else sender.send(notice, employment, today)
    except Unreachable:
        raise
    except Exception as error:
        # Without the text of the error: it may hold an address.
        logger.warning("Notice %s failed: %s", notice.uuid, type(error).__name__)
        _fail(notice, at)
        counts["failed"] += 1
        return
    if reason:
        _drop(notice, reason, at)
        counts["dropped"] += 1
        return
    Notice.objects.filter(pk=pk, sent_at__isnull=True).update(sent_at=at, channel=channel)
    counts["sent"] += 1
    counts[channel] += 1
    if each:
        each(notice)


def _drop(notice, reason, at):
    Notice.objects.filter(pk=notice.pk, sent_at__isnull=True).update(dropped_at=at, dropped_because=reason)


def _fail(notice, at):
    pause = ladder.pause_after(notice.failures + 1)
    waiting = Notice.objects.filter(pk=notice.pk, sent_at__isnull=True)
    if pause is None:
        waiting.update(failures=F("failures") + 1, dropped_at=at, dropped_because="failed")
    else:
        # Dated so that the claim runs out when the pause does.
        waiting.update(failures=F("failures") + 1, claimed_at=at + pause - CLAIM_LASTS)


class Unreachable(Exception):
    """The mail server does not answer, which is no fault of the notice."""


class Sender:
    """One mail connection for a sweep, opened for the first mail; reads each course once."""

    def __init__(self, at):
        self.at = at
        self.courses = Courses()
        self.connection = None

    def send(self, notice, employment, today):
        """Send by the channel that the person has now, and say which."""
        if not notice.person.email:
            return Notice.Channel.IN_APP
        outline = self.courses.outline(notice.assignment.course_key, notice.person.language)
        self._open()
        mail = message(
            notice=notice,
            employment=employment,
            outline=outline,
            today=today,
            at=self.at,
            connection=self.connection,
        )
        try:
            mail.send()
        except (OSError, SMTPException):
            # Whatever state the connection is in, the next notice gets a fresh one.
            self.close()
            raise
        return Notice.Channel.MAIL

    def _open(self):
        if self.connection is None:
            connection = get_connection()
            try:
                connection.open()
            except (OSError, SMTPException) as error:
                raise Unreachable from error
            self.connection = connection

    def close(self):
        if self.connection is not None:
            connection, self.connection = self.connection, None
            try:
                connection.close()
            except (OSError, SMTPException):
                logger.info("The mail connection was gone before it was closed.")
