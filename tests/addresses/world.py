"""One small company with two facilities and two crews, in which every address of the site leads somewhere.

`own` holds what there is of the learner, who works in the yard and in the supervisor's crew; `other` the same of
somebody in the port and in another crew, whose names occur nowhere else. What belongs to nobody (pages, pictures,
groups) is in both.
"""

import datetime
import zipfile
from types import SimpleNamespace

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.documents.models import Document
from wagtail.log_actions import log
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    Locale,
    PageViewRestriction,
    Site,
    UploadedFile,
    Workflow,
)

from content.models import Blank, CriteriaArea, Criterion, Objective
from learning.assignments.actions import apply_requirements, set_requirement
from learning.people.models import ImportSource, Kiosk, LeavePeriod, PeopleImport, Tag
from learning.records.actions import append_entry
from learning.records.correcting.actions import request_correction
from learning.records.models import CompletionExport, ErasureRequest, EvidencePack, PastImport, TrainingRecord
from quizzes.actions import give_extra_time, receive_import, regrade
from quizzes.models import Bank, Question, QuestionVersion, Quiz
from tests.content import factory as content
from tests.courses import factory as courses
from tests.people import factory as people
from tests.people.factory import AT, TODAY
from tests.quizzes import factory as quizzes
from tests.records.sessions import factory as sessions

from . import table

HIDDEN = {
    "number": "9041",
    "first_name": "Xochitl",
    "last_name": "Quetzalplanted",
    "email": "xq@example.com",
    "badge": "B-7741",
}
GROUPS = {
    table.SUPERVISOR: "Supervisors",
    table.HR: "Human resources",
    table.LIMITED: "Human resources",
    table.COMPLIANCE: "Compliance",
    table.EDITOR: "Editors",
    table.ADMINISTRATOR: "Administrators",
}


def build():
    """`own` and `other` objects, and a signed-in client for each role."""
    actors = {role: _actor(role, group) for role, group in GROUPS.items()}
    actors[table.LIMITED].limited_to.add(people.facility("YARD"))
    boss = people.hire("boss", "Dispatcher", "PORT", first_name="Bo")
    shared = {"boss": boss} | _programme() | _site(actors[table.EDITOR])
    here = _hire("YARD", actors[table.SUPERVISOR], number="100", first_name="Ana", last_name="Herrera")
    there = _hire("PORT", boss, **HIDDEN)
    own, other = (
        SimpleNamespace(**shared, **_of(who, shared, actors[table.HR], actors[table.LIMITED])) for who in (here, there)
    )
    deed = regrade(version=shared["version"], key_of=shared["version"], by=boss, at=AT, reason="A try")
    requirement = _owe(shared["edition"], actors[table.HR])
    for side in (own, other):
        side.requirement, side.audience = requirement, requirement.versions.get().audience
        side.regrade = deed
        side.assignment = side.person.assignments.first()
    actors[table.LEARNER] = here
    return SimpleNamespace(own=own, other=other, clients={role: _client(actors.get(role)) for role in table.ROLES})


def _actor(role, group):
    return people.hire(role.replace(" ", "-"), "Clerk", first_name=role.title(), role=group)


def _hire(code, manager, **fields):
    who = people.person(**fields)
    people.employ(who, manager=manager)
    people.place(who, "Dock hand", code)
    return who


def _of(who, shared, hr, limited):
    """What there is of one person: work, a course done, one in which they are stuck, one under way."""
    log(instance=who, action="wagtail.edit", user=hr)
    courses.finish(who, shared["edition"])
    taking = courses.start(who, shared["long_edition"])
    courses.read_lessons(taking)
    held = who.positions_held.get()
    leave = LeavePeriod.objects.create(person=who, starts_on=TODAY, recorded_at=AT)
    record = TrainingRecord.objects.get(person=who)
    code = held.facility.code
    kiosk = {"facility": held.facility, "name": "Gate", "token_hash": who.number}
    return {
        "person": who,
        "facility": held.facility,
        "held": held,
        "employment": who.employments.get(),
        "leave": leave,
        "kiosk": Kiosk.objects.create(enrolled_at=AT, enrolled_by=hr, **kiosk),
        "sent": _import(who, limited if code == "YARD" else hr),
        "export": _export(who, limited if code == "YARD" else hr),
        "past": _past(who, limited if code == "YARD" else hr),
        "colleague": people.hire(f"{who.number}-2", "Dock hand", code),
        "newcomer": people.hire(f"{who.number}-3", "Dock hand", code, to_confirm=True, last_name=who.last_name),
        "leaver": (leaver := _leaver(f"{who.number}-4", code, last_name=who.last_name)),
        "erasure": ErasureRequest.objects.create(person=leaver, reason="Asked", requested_by=hr, requested_at=AT),
        "record": record,
        "correction": request_correction(record=record, kind="duplicate", reason="Sent twice", by=hr, at=AT),
        "stuck": courses.block(who, shared["hard_edition"]),
        "attempt": courses.begin_quiz(taking),
        "extra_time": give_extra_time(person=who, percent=50, reason="Reading", by=hr, at=AT),
        "essay": quizzes.essay(who),
        "skill": quizzes.skill(who),
    } | _session(who, held.facility)


def _session(who, facility):
    """A talk that the person's manager gave them, with its sheet."""
    boss = who.employments.get().manager
    made = sessions.session(people=[who], facility=facility, by=boss)
    return {"session": made, "sheet": sessions.sheet(made)}


def _import(who, by):
    """A file from HR that waits to be confirmed, with a line about somebody."""
    head = {"headings": ["number"], "sample": [[who.number]], "notes": []}
    counts = {"new": 0, "changed": 1, "leaving": 0, "unchanged": 0}
    made = PeopleImport.objects.create(
        file_name="people.csv",
        size=1,
        by=by,
        started_at=AT,
        state="planned",
        changes_only=True,
        head=head,
        counts=counts,
    )
    made.lines.create(kind="changed", row=2, person_uuid=who.uuid, number=who.number, name=who.get_full_name())
    return made


def _export(who, by):
    """An export in which somebody was looked for."""
    about = {"file_format": "csv", "query": {"q": [who.number]}, "asked_at": AT, "state": "sending"}
    return CompletionExport.objects.create(by=by, **about)


def _past(who, by):
    """A file of past training that waits to be confirmed, with a line about somebody."""
    file = {"file_name": "past.csv", "sha256": who.number, "size": 1, "by": by, "started_at": AT, "state": "planned"}
    made = PastImport.objects.create(**file)
    says = {"course": "Forklift", "completed_on": "2026-01-02", "method": "classroom", "check": "none", "score": None}
    made.lines.create(row=2, person=who, course_key=made.uuid, known=False, says=says)
    return made


def _leaver(number, code, **fields):
    who = people.person(number, **fields)
    people.employ(who, ends_on=TODAY)
    people.place(who, "Dock hand", code, ends_on=TODAY)
    return who


def _owe(edition, by):
    required = set_requirement(
        name="Seals for all",
        course_key=edition.course_key,
        audience=people.audience(),
        due_days=30,
        repeat_months=12,
        starts_on=datetime.date(2026, 1, 1),
        at=AT,
        by=by,
    )
    apply_requirements(on=TODAY, at=AT)
    return required


def _evidence_pack():
    """One that was issued, without anybody in it."""
    path = default_storage.save("packs/world.zip", ContentFile(b""))
    with zipfile.ZipFile(default_storage.path(path), "w") as archive:
        archive.writestr("report.pdf", b"%PDF")
    return EvidencePack.objects.create(
        entry=append_entry(kind="pack", data={}, at=AT),
        scope={},
        title="The whole training programme",
        rows=0,
        to_whom="CBP",
        why="Validation",
        issued_at=AT,
        file=path,
        bytes=1,
        sha256="0" * 64,
        manifest="0" * 64,
        epoch=1,
        size=1,
    )


def _programme():
    edition, hard, long = (courses.released_course(title) for title in ("Seal security", "Agility", "Containers"))
    course = courses.CoursePage.objects.get(title="Seal security")
    question = Question.objects.first()
    return {
        "pack": _evidence_pack(),
        "edition": edition,
        "hard_edition": hard,
        "long_edition": long,
        "course": course,
        "lesson": course.get_children().first(),
        "step": SimpleNamespace(**courses.steps(edition)[0]),
        "quiz_step": SimpleNamespace(**courses.steps(edition)[-1]),
        "quiz": Quiz.objects.first(),
        "question": question,
        "question_revision": question.save_revision(),
        "version": QuestionVersion.objects.filter(question_key=question.translation_key).first(),
        "bank": Bank.objects.first(),
        "brought": receive_import(data=b"Q?{T#a#b}", name="q.gift", bank=Bank.objects.first(), language="en", at=AT),
        "criteriaarea": CriteriaArea.objects.get(),
        "criterion": Criterion.objects.get(),
        "blank": Blank.objects.create(name="dispatch phone", help="Its number.", fallback="the number of dispatch"),
        "objective": Objective.objects.get(),
        "position": people.position(),
        "source": ImportSource.objects.create(name="Payroll"),
        "tag": Tag.objects.create(name="Forklift"),
        "employer": people.employer(),
        "company": people.company(),
    }


def _site(editor):
    """Wagtail's own rows: a guide with two revisions and in review, files, an upload half done, a page for few."""
    guide, reviewed = content.guide(), content.guide("Reviewed")
    guide.title = "Checking a seal twice"
    workflow, task = Workflow.objects.get(), GroupApprovalTask.objects.get()
    reviewed.save_revision(user=editor)
    page_state = workflow.start(reviewed, editor)
    question = Question.objects.last()
    question.save_revision(user=editor)
    question_state = workflow.start(question, editor)
    document = Document.objects.create(title="Seal log", file=ContentFile(b"seals", name="log.txt"))
    return {
        "guide": guide,
        "guides": guide.get_parent(),
        "root": guide.get_root(),
        "revision": guide.save_revision(user=editor),
        "reviewed": reviewed,
        "workflow": workflow,
        "task": task,
        "workflow_state": page_state,
        "task_state": page_state.current_task_state,
        "reviewed_question": question,
        "question_workflow_state": question_state,
        "question_task_state": question_state.current_task_state,
        "document": document,
        "picture": content.drawing(),
        "upload": UploadedFile.objects.create(file=ContentFile(b"x", name="x.txt"), uploaded_by_user=editor),
        "restriction": PageViewRestriction.objects.create(page=content.guide("Kept"), restriction_type="login"),
        "collection": Collection.get_first_root_node().add_child(name="Yard"),
        "group": Group.objects.get(name="Compliance"),
        "site": Site.objects.get(),
        "locale": Locale.objects.get(language_code="en"),
        "editing": EditingSession.objects.create(
            user=editor, content_object=guide, object_id=str(guide.pk), last_seen_at=timezone.now()
        ),
    }


def _client(who):
    client = Client(raise_request_exception=False)
    if who:
        client.force_login(who)
    return client
