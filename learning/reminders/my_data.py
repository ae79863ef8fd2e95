"""Everything that the system holds about one person, for that person: one JSON object, told piece by piece.

Left out are secrets (passwords, PINs, keys of apps and passkeys, codes of slips), what is right in a quiz, and names of
others. Evidence of accounts that were merged into this one is the person's too.
"""

import json

from allauth.mfa.models import Authenticator
from django.core.serializers.json import DjangoJSONEncoder

from courses.models import Enrolment, Feedback, StepProgress
from courses.models.enrolment import BlockProgress
from learning.assignments.models import Assignment
from learning.people.models import Employment, Invitation, LeavePeriod, Person, PositionHeld, Slip
from learning.records.models import TrainingRecord
from quizzes.models import Attempt, ExtraTime, Mark, Response

from .models import Notice

ROWS_AT_A_TIME = 500
PERSON = "uuid number first_name last_name email phone badge language time_zone is_active to_confirm last_login"
RECORD = (
    "uuid code subject__number subject__first_name subject__last_name subject__email course course_key edition_number "
    "edition_hash topics criteria language blanks position sensitive facility employer employment_kind company "
    "began_at completed_at recorded_at expires_on minutes_active minutes_nominal place score pass_mark attempts method "
    "check_kind source attribution sign_in_origin cause retention_class corrects__uuid withdraws reason"
)


def sets(person):
    """`[(name, queryset of dicts)]`: nothing is asked of the database before somebody reads them."""
    people = Person.objects.accounts_of(person)
    of = {"person__in": people}
    graded = Attempt.objects.filter(state=Attempt.State.GRADED, **of)
    return [
        ("accounts", _rows(people, PERSON)),
        ("tags", _rows(people.exclude(tags=None), "number tags__name")),
        ("roles", _rows(people.exclude(groups=None), "number groups__name")),
        ("employments", _rows(Employment.ever.filter(**of), "company__name employer__name kind " + _dated())),
        (
            "positions",
            _rows(PositionHeld.ever.filter(**of), "position__title facility__name company__name " + _dated()),
        ),
        ("leave", _rows(LeavePeriod.ever.filter(**of), _dated())),
        ("sign_in_methods", _rows(Authenticator.objects.filter(user__in=people), "type created_at last_used_at")),
        ("slips", _rows(Slip.objects.filter(**of), "uuid kind issued_at expires_at used_at cancelled_at")),
        ("invitations", _rows(Invitation.objects.filter(**of), "uuid channel invited_at sent_at cancelled_at")),
        ("assignments", _rows(Assignment.objects.filter(**of), _assigned())),
        ("notices", _rows(Notice.objects.filter(**of), "uuid occasion stage channel planned_at sent_at dropped_at")),
        ("enrolments", _rows(Enrolment.objects.filter(**of), "uuid course_key edition__number language " + _run())),
        ("steps", _rows(StepProgress.objects.filter(enrolment__person__in=people), _step())),
        ("blocks", _rows(BlockProgress.objects.filter(step__enrolment__person__in=people), _block())),
        ("feedback", _rows(Feedback.objects.filter(enrolment__person__in=people), "uuid step_key kind " + _said())),
        ("extra_time", _rows(ExtraTime.objects.filter(**of), "percent reason given_at ended_at end_reason")),
        ("attempts", _rows(Attempt.objects.filter(**of), "uuid quiz_key context number state language " + _attempt())),
        ("answers", _rows(Response.objects.filter(attempt__person__in=people), "attempt__uuid item answer saved_at")),
        ("marks", _rows(Mark.objects.filter(attempt__in=graded), "attempt__uuid item credit marked_at note parts")),
        ("records", _rows(TrainingRecord.objects.filter(**of), RECORD)),
    ]


def _rows(queryset, fields):
    return queryset.order_by("pk").values(*fields.split())


def _dated():
    return "starts_on ends_on recorded_at superseded_at"


def _assigned():
    return "uuid requirement__name course_key cycle assigned_on due_on withdrawn_on record__uuid recorded_at"


def _run():
    return "started_at completed_at closed_at cause"


def _step():
    return "enrolment__uuid step_key opened_at completed_at active_seconds blanks"


def _block():
    return "step__enrolment__uuid step__step_key block position watched answer answered_at"


def _said():
    return "useful text language sent_at"


def _attempt():
    return "started_at deadline submitted_at points max_points score passed attribution voided_at void_reason"


def json_text(person):
    """The object in pieces: `{"accounts": [row, …], "tags": […], …}`, one row to a line."""
    encode = json.JSONEncoder(ensure_ascii=False, default=DjangoJSONEncoder().default).encode
    yield "{"
    for number, (name, rows) in enumerate(sets(person)):
        yield f"{',' if number else ''}\n{encode(name)}: ["
        for place, row in enumerate(rows.iterator(chunk_size=ROWS_AT_A_TIME)):
            yield f"{',' if place else ''}\n{encode(row)}"
        yield "]"
    yield "\n}\n"
