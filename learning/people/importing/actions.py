"""Deeds of an import, from the file that came to the rows that are written. `at` is the instant of the deed.

1. `receive` keeps the file in pieces in the database, for the worker may be another host.
2. `choose_columns`, `answer`: what people say about it. Each leads to a new check.
3. `check` compares, and leaves lines to look at, questions, or errors. It changes nobody.
4. `confirm`, and then `write`: everything in one transaction, or nothing.

`check` and `write` are jobs. A job claims its import first and shows a sign of life with its progress: one that was
killed is taken up again by the next, and starts from the beginning.
"""

import datetime
import hashlib
import tempfile

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from .. import long_work
from ..actions import lock_line
from ..local_days import company_day
from ..models import Facility, ImportLine, ImportPart, ImportSource, PeopleImport, Person
from ..signals import people_changed
from ..tables import Inserts, Moved
from . import checking, columns, reading
from .checking import Order
from .difference import Line
from .lookups import REFUSE, made_by
from .refused import Refused
from .writing import Writer

State = PeopleImport.State
PART = 512 * 1024
# An upload that nobody confirmed in that time.
STALE = datetime.timedelta(days=7)


class Brake(Exception):
    """More people would leave than anybody confirmed."""


def receive(*, file, name, changes_only, at, by=None, source=None):
    """A file that came. It is kept in pieces until it was imported; one that cannot be read is kept as refused."""
    file.seek(0, 2)
    size = file.tell()
    made = PeopleImport(
        source=source, file_name=name[-255:], size=size, by=by, started_at=at, changes_only=changes_only
    )
    try:
        reading.check_size(size)
        made.sha256 = sha256(file)
        made.head = reading.open_table(file, name).head()
        made.state = State.UPLOADED
    except Refused as refused:
        return _refuse_upload(made, str(refused), at)
    with transaction.atomic():
        made.save()
        file.seek(0)
        for number, content in enumerate(iter(lambda: file.read(PART), b"")):
            ImportPart.objects.create(of=made, number=number, content=content)
    return made


def _refuse_upload(made, words, at):
    made.state, made.finished_at, made.errors, made.error_count = State.REFUSED, at, [[None, "", words]], 1
    made.save()
    return made


def sha256(file):
    file.seek(0)
    return hashlib.file_digest(_Reader(file), "sha256").hexdigest()


class _Reader:
    """What `hashlib` wants of a file; an upload of Django's has no `readinto`."""

    def __init__(self, file):
        self._file = file

    def readable(self):
        return True

    def readinto(self, buffer):
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


@transaction.atomic
def choose_columns(*, this, mapping, at):
    """Which heading is which column. The source remembers it. Raises Refused for what does not fit."""
    columns.places(mapping, this.head["headings"])
    this = _locked(this, State.UPLOADED, State.ASKING, State.PLANNED)
    if this.source and _may_teach(this):
        this.source.mapping = mapping
        this.source.save(update_fields=["mapping"])
    return _recheck(this, mapping=mapping)


def _may_teach(this):
    """Whether a source remembers what this import was told: who is limited to facilities changes nothing for others."""
    return not (this.by and this.by.facility_limits)


@transaction.atomic
def answer(*, this, date_format="", since=None, words=None):
    """Answers to what the check asked. `words` is `{column: {folded words: uuid, "refuse" or what to make}}`."""
    this = _locked(this, State.ASKING)
    answers = dict(this.answers)
    if date_format:
        answers["date_format"] = date_format
    if since:
        answers["since"] = since.isoformat()
    for column, given in (words or {}).items():
        answers.setdefault("words", {}).setdefault(column, {}).update(given)
    return _recheck(this, **answers)


def _locked(this, *states):
    """The import as it stands, for a deed that is due in one of those states."""
    this = PeopleImport.objects.select_for_update(of=("self",)).select_related("source", "by").get(pk=this.pk)
    if this.state not in states:
        raise Refused(_("This import is not waiting for that: %(state)s.") % {"state": this.get_state_display()})
    return this


def _recheck(this, **answers):
    this.answers = this.answers | answers
    this.state, this.questions, this.done, this.total, this.claimed_at = State.CHECKING, {}, 0, 0, None
    this.save(update_fields=["answers", "state", "questions", "done", "total", "claimed_at"])
    return this


@transaction.atomic
def confirm(*, this, at, leaving=None):
    """Somebody looked at the preview and wants it. Raises Brake unless they typed the number of those who leave."""
    this = _locked(this, State.PLANNED)
    if (brake := checking.brake(this.counts)) and leaving != brake:
        raise Brake
    this.state, this.done, this.total, this.claimed_at = State.WRITING, 0, 0, None
    this.save(update_fields=["state", "done", "total", "claimed_at"])
    return this


@transaction.atomic
def cancel(*, this, at):
    """Nothing of it is written; that it was there is kept."""
    this = _locked(this, State.UPLOADED, State.ASKING, State.PLANNED, State.CHECKING)
    this.state, this.finished_at = State.CANCELLED, at
    this.save(update_fields=["state", "finished_at"])
    _throw_away(this)
    return this


def _throw_away(this):
    this.parts.all().delete()
    this.lines.all().delete()


def claim(*, this, state, at):
    """Whether this job has the import from now on: nobody has it, or who had it is dead."""
    mine = PeopleImport.objects.filter(long_work.free(at), pk=this.pk, state=state)
    return bool(mine.update(claimed_at=at, done=0, total=0))


def check(*, this, at, file=None, each=None, **order):
    """Compare the file; leaves the import planned, asking or refused. `order` adds to what was answered."""
    this.lines.all().delete()
    this.checked_at = at
    each = each or long_work.shows_life(PeopleImport.objects.filter(pk=this.pk))
    outcome = None
    with translation.override(this.by.language if this.by else None):
        try:
            with file or _file(this) as opened:
                outcome = checking.check(opened, _order(this, at, order), keep=_keeper(this), each=each)
            errors, count = outcome.errors, outcome.error_count
        except Refused as refused:
            errors, count = [[None, "", str(refused)]], 1
    this.errors, this.error_count = errors, count
    if outcome:
        this.counts, this.questions = outcome.counts, outcome.questions
        this.notes = [*_moved_before(this), *outcome.notes, *_seen_before(this)]
    this.state = State.REFUSED if errors else State.ASKING if this.questions else State.PLANNED
    this.finished_at = at if errors else None
    _finish_check(this)
    return outcome


def _finish_check(this):
    fields = ["checked_at", "errors", "error_count", "counts", "questions", "notes", "state", "finished_at"]
    values = {name: getattr(this, name) for name in fields}
    with transaction.atomic():
        # Somebody may have cancelled it meanwhile.
        if PeopleImport.objects.filter(pk=this.pk, state=State.CHECKING).update(claimed_at=None, **values):
            if this.state == State.REFUSED:
                _throw_away(this)
            elif this.state == State.ASKING:
                this.lines.all().delete()
        else:
            _throw_away(this)


def _moved_before(this):
    if not this.answers.get("moved"):
        return []
    return [_("Somebody changed people in Gatehouse meanwhile: nothing was written. Look again.")]


def _seen_before(this):
    same = PeopleImport.objects.filter(sha256=this.sha256, state=State.DONE).order_by("-finished_at").first()
    if same is None:
        return []
    return [_("This very file was imported on %(day)s.") % {"day": same.finished_at.date().isoformat()}]


def _order(this, at, more):
    said = this.answers
    limits = tuple(this.by.facility_limits) if this.by else ()
    given = {
        "mapping": said.get("mapping"),
        "date_format": said.get("date_format", ""),
        "since": said.get("since") and datetime.date.fromisoformat(said["since"]),
        "answers": said.get("words", {}),
        "sender": this.by,
        "limits": limits,
        "may_change_accounts": bool(this.by and this.by.has_perm("auth.change_group")),
    }
    return Order(file_name=this.file_name, changes_only=this.changes_only, at=at, source=this.source, **(given | more))


def _file(this):
    """The uploaded file, put together again."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the caller closes it)
    for content in this.parts.order_by("number").values_list("content", flat=True).iterator(chunk_size=4):
        file.write(content)
    return file


def _keeper(this):
    def keep(lines):
        inserts = Inserts(ImportLine)
        for line in lines:
            inserts.add(of=this.pk, **{name: getattr(line, name) for name in Line.__slots__})
        with transaction.atomic(), connection.cursor() as cursor:
            inserts.run(cursor)

    return keep


def write(*, this, at, created=None, each=None, told=None):
    """Write what was planned, all of it or nothing. Whether it was written.

    Somebody changed a person meanwhile: then nothing is written, and the file is compared again.
    `told` is shown the progress of rooms above, who hear of it after.
    """
    each = each or long_work.shows_life(PeopleImport.objects.filter(pk=this.pk))
    created = created if created is not None else made_by(this.answers.get("words", {}))
    total = this.lines.count()
    facilities = {str(name): company for name, company in Facility.objects.values_list("uuid", "company__uuid")}
    facilities |= {thing.uuid: thing.extra for column, thing, _about in created if column == "facility"}
    about = _("Import of %(file)s") % {"file": this.file_name}
    today = company_day(at)
    writer = Writer(
        created=created, facilities=facilities, at=at, checked_at=this.checked_at, today=today, by=this.by, about=about
    )
    lines = this.lines.order_by("pk").values_list("person_uuid", "number", "name", "changes", "writes", named=True)
    writer.prepare(lines.iterator(chunk_size=1000), lambda done: each(done, total))
    try:
        with transaction.atomic():
            _write(this, writer, at, told)
    except (Moved, IntegrityError):
        _begin_again(this)
        return False
    this.lines.exclude(writes="").update(writes="")
    this.parts.all().delete()
    return True


def _write(this, writer, at, told):
    done = {"state": State.DONE, "finished_at": at, "claimed_at": None, "done": F("total")}
    # Two jobs with the same import: the second finds it done.
    if not PeopleImport.objects.filter(pk=this.pk, state=State.WRITING).update(**done):
        raise Moved
    lock_line()
    writer.write()
    if this.source and _may_teach(this):
        _remember(this.source, this.answers)
    people = Person.objects.filter(uuid__in=this.lines.values("person_uuid"))
    if ids := list(people.order_by("pk").values_list("pk", flat=True)):
        people_changed.send(
            sender=Person,
            person_ids=ids,
            at=at,
            source=this.source.name if this.source else "",
            sha256=this.sha256,
            told=told,
        )


def _remember(source, answers):
    """What was answered is not asked again: what words mean, and which comes first in a date."""
    source = ImportSource.objects.select_for_update().get(pk=source.pk)
    for column, given in answers.get("words", {}).items():
        known = source.matches.setdefault(column, {})
        for words, meant in given.items():
            if meant != REFUSE:
                known[words] = meant["uuid"] if isinstance(meant, dict) else meant
    source.date_format = answers.get("date_format") or source.date_format
    source.save(update_fields=["matches", "date_format"])


def _begin_again(this):
    found = PeopleImport.objects.filter(pk=this.pk, state=State.WRITING)
    found.update(state=State.CHECKING, claimed_at=None, answers=this.answers | {"moved": True})
    this.refresh_from_db()


@transaction.atomic
def put_away_stale(*, at):
    """Uploads that nobody confirmed hold copies of files about people: they go. Returns how many."""
    states = (State.UPLOADED, State.ASKING, State.PLANNED)
    stale = list(PeopleImport.objects.filter(state__in=states, started_at__lt=at - STALE).order_by("pk"))
    for this in stale:
        cancel(this=this, at=at)
    return len(stale)
