"""What a lawful erasure takes and what it leaves, counted before and said after, in the same words."""

from django.db.models import Q
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from courses.models import Enrolment, Feedback
from quizzes.models import Attempt, ExtraTime

from ..models import Attendance, RecordSubject, SessionFile, TrainingRecord, TrainingSession
from . import packs

# In the order of the page; `%d` is how many. What is not counted always goes.
GOES = {
    "subjects": ngettext_lazy(
        "Name, number and mail on %d training record, and the salt that would let somebody try out names",
        "Name, number and mail on %d training records, and the salts that would let somebody try out names",
    ),
    "attendances": ngettext_lazy("The typed name on %d sign-in", "The typed names on %d sign-ins"),
    "sheets": ngettext_lazy(
        "%d picture of a signed sheet, with the lines of the others on it. Their records stand without it, and the "
        "ledger keeps its hash. If the others need the picture, save it now and black out this line",
        "%d pictures of signed sheets, with the lines of the others on them. Their records stand without them, and the "
        "ledger keeps their hashes. If the others need a picture, save it now and black out this line",
    ),
    "packs": ngettext_lazy(
        "Our copy of %d evidence pack that names the person. The list of packs keeps to whom it went and its hash, and "
        "says that the file was deleted; the copy outside still verifies. Issue the pack again to have it without",
        "Our copies of %d evidence packs that name the person. The list of packs keeps to whom they went and their "
        "hashes, and says that the files were deleted; copies outside still verify. Issue a pack again to have it "
        "without",
    ),
    "attempts": ngettext_lazy(
        "What they wrote in their own words in %d quiz attempt, and notes on it",
        "What they wrote in their own words in %d quiz attempts, and notes on them",
    ),
    "feedback": ngettext_lazy("What they wrote about %d lesson", "What they wrote about %d lessons"),
    "extra_time": ngettext_lazy("The reason for extra time, %d time", "The reasons for extra time, %d times"),
}
ALWAYS_GOES = [
    gettext_lazy("Name, staff number, mail, phone, badge, picture, tags, leave and the change log of the person"),
    gettext_lazy("Password, PIN, second factor, slips, invitations and every session: nobody signs in any more"),
    gettext_lazy("The person’s lines in imports that came, mail in the local mailbox, and exports that are kept here"),
]
STAYS = {
    "records": ngettext_lazy(
        "%d training record: course, score, dates, place and position, with its proof in the ledger",
        "%d training records: course, score, dates, place and position, with their proofs in the ledger",
    ),
    "enrolments": ngettext_lazy("%d run through a course, under no name", "%d runs through courses, under no name"),
    "given": ngettext_lazy(
        "The name as instructor or observer on %d record of somebody else: it is evidence of their training, and a "
        "record cannot be changed",
        "The name as instructor or observer on %d records of others: it is evidence of their training, and a record "
        "cannot be changed",
    ),
}
ALWAYS_STAYS = [
    gettext_lazy("Dates of employment and positions, under a number that says nothing: what was owed rests on them"),
    gettext_lazy("Certificates: their page says that the name was erased on lawful request"),
    gettext_lazy("Backups made before. Delete them when their time is over; after restoring one, erase again"),
]


def counts(known):
    """`{word of GOES or STAYS: how many}`."""
    theirs = {"person__in": known.accounts}
    others = TrainingRecord.objects.exclude(**theirs)
    names = known.names | known.values["name"]
    return {
        "subjects": RecordSubject.objects.filter(record__person__in=known.accounts).count(),
        "attendances": Attendance.objects.filter(**theirs).exclude(typed_name="").count(),
        "sheets": sheets(known).count(),
        "packs": len(packs.holding(known)),
        "attempts": Attempt.objects.filter(**theirs).count(),
        "feedback": Feedback.objects.filter(enrolment__person__in=known.accounts).exclude(text="").count(),
        "extra_time": ExtraTime.objects.filter(**theirs).count(),
        "records": TrainingRecord.objects.filter(**theirs).count(),
        "enrolments": Enrolment.objects.filter(**theirs).count(),
        "given": others.filter(Q(instructor__in=names) | Q(observer__in=names)).count(),
    }


def sheets(known):
    """Pictures of signed sheets on which the person was expected to sign."""
    on_it = TrainingSession.objects.filter(attendances__person__in=known.accounts)
    return SessionFile.objects.described().filter(kind=SessionFile.Kind.SHEET, session__in=on_it)


def goes(found):
    return [*(str(words) for words in ALWAYS_GOES), *_said(GOES, found)]


def stays(found):
    return [*_said(STAYS, found), *(str(words) for words in ALWAYS_STAYS)]


def _said(words, found):
    return [words[name] % found[name] for name in words if found.get(name)]


def retention_words(number, until):
    """The sentence on records that must still be kept; empty for none."""
    if not number:
        return ""
    words = ngettext(
        "%(number)d record must still be kept, until %(day)s.",
        "%(number)d records must still be kept, the last until %(day)s.",
        number,
    )
    return words % {"number": number, "day": until}
