"""Questions from files: a file is read and kept as a plan, somebody looks at it, and all of it comes in or nothing."""

import base64
import datetime
import hashlib
import uuid

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.models import Locale, ModelLogEntry, Revision
from wagtail.permissions import policy_registry
from wagtail.search.backends import get_search_backends
from wagtail.signal_handlers import update_reference_index_on_save

from content.models import Criterion, Objective

from ..exchange.plain import raw
from ..exchange.planning import Known, plan
from ..exchange.reading import read
from ..exchange.refused import Refused
from ..kinds.forgiving import block_of
from ..models import Bank, ImportedQuestion, Question, QuestionImport, QuestionTag, TaggedQuestion

State = QuestionImport.State
# A plan that nobody confirmed in that time.
STALE = datetime.timedelta(days=7)


def receive_import(*, data, name, bank, language, at, by=None):
    """Read a file (bytes) of that name and keep what importing it into the bank would do.

    Returns the QuestionImport, to be confirmed. Raises Refused for a file that cannot be read.
    """
    form, found = read(data, name, language)
    if by and not policy_registry.get_by_type(get_image_model()).user_has_permission(by, "add"):
        _leave_pictures(found)
    with transaction.atomic():
        _put_away_stale(at)
        this = QuestionImport.objects.create(
            bank=bank,
            file_name=name[-255:],
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            format=form,
            by=by,
            started_at=at,
            notes=[*found.notes, *_of_categories(found, bank)],
        )
        rows = plan(found, bank)
        for row in rows:
            row.of = this
        ImportedQuestion.objects.bulk_create(rows, batch_size=200)
    return this


def _of_categories(read, bank):
    if not any(found.category for found in read.found):
        return []
    return [
        _("Categories are not carried: all questions come into “%(bank)s”. Each shows its own below.") % {"bank": bank}
    ]


def _leave_pictures(read):
    for found in read.found:
        if found.picture_file:
            words = _("You may not add pictures, so “%(name)s” is not carried.")
            found.note(words % {"name": found.picture_file["name"]})
            found.picture_file = {}


def _put_away_stale(at):
    stale = QuestionImport.objects.filter(state=State.PLANNED, started_at__lt=at - STALE)
    ImportedQuestion.objects.filter(of__in=stale).delete()
    stale.update(state=State.CANCELLED, finished_at=at)


@transaction.atomic
def cancel_import(*, this, at):
    """Nothing comes in, and the plan is forgotten. Raises Refused when it is no longer to be confirmed."""
    this = _locked(this)
    this.rows.all().delete()
    this.state, this.finished_at = State.CANCELLED, at
    this.save(update_fields=["state", "finished_at"])


@transaction.atomic
def confirm_import(*, this, at, by=None, leave_out=False):
    """Make drafts of all new questions of a plan. Returns how many there were.

    Raises Refused when it was confirmed or cancelled before, and when questions have errors and `leave_out` does not
    say that they stay behind.
    """
    this = _locked(this)
    if this.bank is None:
        raise Refused(_("The bank was deleted meanwhile. Import the file once more, into another."))
    # Of two files that bring the same question, the second finds what the first brought.
    bank = Bank.objects.select_for_update().get(pk=this.bank_id)
    if not leave_out and this.rows.filter(state=ImportedQuestion.State.WRONG).exists():
        raise Refused(_("Some questions have errors. Correct the file, or say that they are to be left out."))
    rows = _still_new(this, bank)
    _keep_pictures(rows, by)
    questions = _create(rows, bank)
    _tag(rows, questions)
    _keep_revisions(questions, at, by)
    for row, question in zip(rows, questions, strict=True):
        row.question = question
    ImportedQuestion.objects.bulk_update(rows, ["question", "content"], batch_size=200)
    this.state, this.finished_at = State.DONE, at
    this.save(update_fields=["state", "finished_at"])
    _index(questions)
    return len(rows)


def _locked(this):
    this = QuestionImport.objects.select_for_update(of=("self",)).select_related("bank").get(pk=this.pk)
    if this.state != State.PLANNED:
        raise Refused(_("This import is over: %(state)s.") % {"state": this.get_state_display()})
    return this


def _still_new(this, bank):
    """New rows; those that came in by another way since the plan was made are known now."""
    known, new, late = Known(bank), [], []
    for row in this.rows.filter(state=ImportedQuestion.State.NEW):
        row.question_id, _same = known.question(row)
        (late if row.question_id else new).append(row)
    for row in late:
        row.state, row.notes = ImportedQuestion.State.KNOWN, [_("It came in by another way meanwhile.")]
    ImportedQuestion.objects.bulk_update(late, ["state", "notes", "question"], batch_size=200)
    return new


def _keep_pictures(rows, by):
    """Put the pictures that came along into the library, each file once."""
    pictures = get_image_model().objects
    for row in rows:
        if not (file := row.content.get("picture_file")):
            continue
        data = base64.b64decode(file["data"])
        picture = pictures.filter(file_hash=hashlib.sha1(data).hexdigest()).order_by("pk").first()
        if not picture:
            picture = pictures.create(
                title=file["name"],
                description=file["description"],
                file=ContentFile(data, name=file["name"]),
                uploaded_by_user=by,
            )
            # Wagtail reckons it when somebody first asks.
            picture.get_file_hash()
        row.content |= {"picture": picture.pk, "picture_description": file["description"], "picture_file": {}}


def _create(rows, bank):
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    objectives = {(row.code, row.locale_id): row for row in Objective.objects.all()}
    criteria = {(row.number, row.locale_id): row for row in Criterion.objects.all()}
    questions = []
    for row in rows:
        question = drafted(row, bank, locales[row.content["language"]])
        question.objective = _of(objectives, row.content["objective"], question.locale)
        question.criterion = _of(criteria, row.content["criterion"], question.locale)
        questions.append(question)
    return Question.objects.bulk_create(questions, batch_size=200)


def _tag(rows, questions):
    """Tags that are here already, and those that the file brings; each is made once."""
    said = [row.content.get("tags", []) for row in rows]
    tags = QuestionTag.objects.in_bulk({name for names in said for name in names}, field_name="name")
    for name in dict.fromkeys(name for names in said for name in names):
        if name not in tags:
            tags[name] = QuestionTag.objects.create(name=name)
    pairs = [(question, name) for question, names in zip(questions, said, strict=True) for name in names]
    items = [TaggedQuestion(content_object=question, tag=tags[name]) for question, name in pairs]
    TaggedQuestion.objects.bulk_create(items, batch_size=200)


def drafted(row, bank, locale):
    """The draft that a row of an import becomes, not saved."""
    said, key = row.content, uuid.uuid4()
    value = raw(block_of(said["kind"]), said["value"], key)
    return Question(
        translation_key=key,
        locale=locale,
        bank=bank,
        prompt=said["prompt"],
        beside=_beside(said, key),
        answer=[{"type": said["kind"], "id": str(uuid.uuid5(key, "answer")), "value": value}],
        explanation=said["explanation"],
        difficulty=said["difficulty"],
        live=False,
        has_unpublished_changes=True,
    )


def _beside(said, key):
    if not said.get("picture"):
        return []
    value = {"image": said["picture"], "description": said["picture_description"]}
    return [{"type": "picture", "id": str(uuid.uuid5(key, "beside")), "value": value}]


def _of(subjects, code, locale):
    """In the language of the question, else in any: an objective is the same in all."""
    if not code:
        return None
    return subjects.get((code, locale.pk)) or next(row for (name, _locale), row in subjects.items() if name == code)


def _keep_revisions(questions, at, by):
    """What saving each in the admin leaves behind: a revision, and a line in its history."""
    kind = ContentType.objects.get_for_model(Question)
    # A revision names the tags; else each question would be asked for them.
    prefetch_related_objects(questions, "tagged_items")
    revisions = Revision.objects.bulk_create(
        [
            Revision(
                content_type=kind,
                base_content_type=kind,
                object_id=str(question.pk),
                object_str=str(question),
                content=question.serializable_data(),
                created_at=at,
                user=by,
            )
            for question in questions
        ],
        batch_size=200,
    )
    for question, revision in zip(questions, revisions, strict=True):
        question.latest_revision = revision
    Question.objects.bulk_update(questions, ["latest_revision"], batch_size=200)
    ModelLogEntry.objects.bulk_create(
        [
            ModelLogEntry(
                content_type=kind,
                object_id=str(question.pk),
                label=str(question),
                action="wagtail.create",
                timestamp=at,
                user=by,
                revision=question.latest_revision,
                content_changed=True,
            )
            for question in questions
        ],
        batch_size=200,
    )


def _index(questions):
    """Search and "where used", of which saving in bulk tells nobody."""
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(Question, questions)
    for question in questions:
        update_reference_index_on_save(question)
