"""The starter content and the demo company, whole."""

import datetime
from collections import Counter
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page, WorkflowState

from content.models import Criterion, GuidePage
from content.upkeep import identity
from courses.models import Edition, Enrolment, Feedback, ReviewPoint, StepProgress
from learning.assignments import demo, schedule
from learning.assignments.demo import handed_out, seal_check
from learning.assignments.demo.cast import CAST, CREW, EVERYBODY, PASSWORD, PINS
from learning.assignments.models import Assignment, RequirementVersion
from learning.people.inviting import states
from learning.people.models import Employment, Facility, LeavePeriod, PeopleImport, Person, Position, PositionHeld, Tag
from learning.records.models import (
    BlankValue,
    CompletionExport,
    CorrectionRequest,
    ErasureRequest,
    EvidencePack,
    LedgerEntry,
    PastImport,
    RecordSubject,
    TrainingRecord,
    TrainingSession,
)
from learning.settings import sign_in
from quizzes.models import Attempt, Bank, ExtraTime, Question, QuestionVersion, Quiz
from quizzes.statistics import answers, items
from tests.services import copies

# Course and bank of the same title: how many lessons, how many questions.
COURSES = {
    "Security vision and responsibility": (5, 36),
    "Risk assessment": (5, 42),
    "Business partners": (5, 44),
    "Cybersecurity": (5, 53),
    "Conveyance and transport-equipment security": (5, 41),
    "Seal security": (6, 36),
    "Procedural security and incident reporting": (5, 44),
    "Agricultural security": (5, 37),
    "Physical security": (5, 41),
    "Physical access controls": (6, 45),
    "Personnel security and code of conduct": (5, 43),
    "Security awareness for everybody": (6, 30),
    "Education, training and awareness": (6, 36),
}
REFRESHED = [course for course in COURSES if course != "Security awareness for everybody"]
GUIDES = {
    "admitting-a-visitor",
    "assessing-one-lane",
    "auditing-one-procedure",
    "checking-a-seal",
    "checking-an-odd-message",
    "checking-pallets-and-packing-wood",
    "closing-a-corrective-action",
    "handing-a-load-to-a-driver",
    "inspecting-an-empty-unit",
    "keeping-a-seal-log",
    "our-code-of-conduct",
    "our-statement-of-support",
    "planning-a-drill",
    "reporting-something-suspicious",
    "reviewing-camera-footage",
    "running-a-toolbox-talk",
    "screening-a-new-partner",
    "walking-the-site",
    "when-somebody-leaves",
    "writing-an-incident-report",
}
ACCOUNTS = ["driver", "dock", "guard", "office", "supervisor", "hr", "compliance", "editor", "admin"]
SEALS, TRAINING = "Seal security, every year", "Education, training and awareness, every year"


def run(command):
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture(scope="module", autouse=True)
def said(company, django_db_blocker):
    """What the commands said, with the database that they made in use."""
    site, database = company
    with django_db_blocker.unblock(), copies.copy_in_use(database):
        yield {"load": site.said("load_starter_content"), "demo": site.said("demo")}


@pytest.fixture(scope="module")
def today(said):
    return timezone.now().astimezone(demo.HOME_ZONE).date()


def rows():
    """How many rows each table has, and the newest of each that has numbers."""
    return {
        model._meta.label: (model.objects.count(), model.objects.order_by("pk").values_list("pk", flat=True).last())
        for model in apps.get_models()
        if model._meta.app_label not in ("sessions",) and hasattr(model, "objects")
    }


def owed(number, today):
    """(requirement, due on) of what a person owes within a month, or is late with."""
    due = Assignment.objects.open().filter(person__number=number, due_on__lte=schedule.notice_ends(today))
    return list(due.order_by("requirement__name").values_list("requirement__name", "due_on"))


def a_year_after(today, days):
    """A year after the day that a year later is so many days from now: another day only around a 29 February."""
    return schedule.add_months(schedule.add_months(today + datetime.timedelta(days=days), -12), 12)


def test_all_content_is_there(said):
    released = [edition.content["languages"]["en"] for edition in Edition.objects.all()]
    kinds = {course["title"]: [step["kind"] for step in course["steps"]] for course in released}
    live = Question.objects.filter(live=True)
    english, spanish = (
        {bank.title: live.filter(bank=bank, locale__language_code=language).count() for bank in Bank.objects.all()}
        for language in ("en", "es")
    )

    lessons = {course: lessons for course, (lessons, _questions) in COURSES.items()}
    lessons |= {f"{course}: refresher": 1 for course in REFRESHED}
    assert kinds == {course: ["lesson"] * number + ["quiz"] for course, number in lessons.items()}
    assert english == {course: number for course, (_lessons, number) in COURSES.items()}
    assert spanish == english
    assert QuestionVersion.objects.count() == sum(english.values())
    assert f"questions             {sum(english.values())} created" in said["load"]
    assert set(GuidePage.objects.live().values_list("slug", flat=True)) == GUIDES
    assert Criterion.objects.filter(locale__language_code="en").count() == 102


def test_search_finds_the_guides():
    assert [page.title for page in GuidePage.objects.live().search("toolbox")] == ["Running a toolbox talk"]
    assert Page.objects.live().search("seal security").count() >= 1


def test_loading_again_and_making_the_demo_again_change_nothing(said):
    before = rows()

    loaded, made = run("load_starter_content"), run("demo")

    assert rows() == before
    assert loaded[-1] == "Nothing to do: everything is as the starter files say, or as you made it."
    assert made == ["The demo company is there already."]


def test_the_accounts_sign_in_and_only_the_last_four_enter_the_admin(settings):
    # The company was made by a site as people run it.
    settings.PASSWORD_HASHERS = sign_in.PASSWORD_HASHERS
    people = Person.objects.in_bulk(ACCOUNTS, field_name="number")

    assert [number for number in ACCOUNTS if people[number].check_password(PASSWORD)] == ACCOUNTS
    assert [number for number in ACCOUNTS if people[number].has_perm("wagtailadmin.access_admin")] == ACCOUNTS[5:]
    assert Person.objects.exclude(number__in=ACCOUNTS).exclude(password__startswith="!").count() == 0


def test_the_company_has_sixty_people_of_every_kind(said, today):
    kinds = Employment.objects.on(today).values_list("kind", flat=True)
    moved = PositionHeld.objects.filter(ends_on__lte=today, person__in=Person.objects.employed(today))

    assert said["demo"][-1] == f"Corvina Freight: 60 people, {TrainingRecord.objects.count()} training records."
    assert Facility.objects.count() == 2
    assert Counter(kinds) == {"employee": 47, "contractor": 4, "temporary": 4, "partner": 2}
    assert Counter(Person.objects.values_list("language", flat=True)) == {"es": 33, "en": 27}
    assert Person.objects.filter(email="").count() == 11
    assert sorted(person.number for person in Person.objects.leavers(today)) == ["1988", "4027", "4112"]
    assert sorted(moved.values_list("person__number", flat=True)) == ["2229", "2415", "4019", "4031"]
    assert Employment.objects.filter(person__number="2415").count() == 2
    assert Employment.objects.get(manager=None).person.number == "compliance"


def test_somebody_is_on_leave_and_somebody_waits_to_be_confirmed(today):
    assert LeavePeriod.objects.on(today).get().person.number == "4063"
    added = Person.objects.get(to_confirm=True)
    assert (added.number, added.positions_held.get().facility.code) == ("T-0001", "ELP")
    assert set(Tag.objects.values_list("name", flat=True)) == {"First aid", "Forklift", "Night shift"}


def test_a_position_waits_to_be_classified_with_somebody_in_it(today):
    position = Position.objects.get(classified_at=None)
    assert PositionHeld.objects.on(today).get(position=position).person.number == "3024"


def test_the_line_is_three_deep(today):
    boss, middle = (Person.objects.get(number=number) for number in ("supervisor", "2231"))
    assert {person.number for person in Person.objects.under(middle, today)} >= {"2107", "2140", "driver"}
    assert {person.number for person in Person.objects.under(boss, today)} >= {"2231", "2107", "driver", "T-0001"}


def test_the_driver_owes_seals_in_days_has_not_begun_and_has_last_year_s_record(today):
    assert owed("driver", today) == [(SEALS, a_year_after(today, 5))]
    assert Enrolment.objects.running().filter(person__number="driver").count() == 0
    record = TrainingRecord.objects.get(person__number="driver", course="Seal security")
    assert (record.course, record.score, record.position) == ("Seal security", 87.5, "Driver")


@pytest.mark.parametrize(
    ("number", "expected"),
    [("guard", [(SEALS, 12)]), ("supervisor", [(TRAINING, 20)]), ("1988", []), ("hr", [])],
)
def test_what_others_owe(number, expected, today):
    assert owed(number, today) == [(name, a_year_after(today, days)) for name, days in expected]


def test_who_stands_at_the_dock_for_long_owes_a_refresher_that_somebody_reads_in_spanish_at_a_tablet(today):
    open_ones = Assignment.objects.open().filter(requirement__name="Seal security: refresher, every year")

    assert owed("dock", today) == [("Seal security: refresher, every year", today + datetime.timedelta(days=12))]
    assert sorted(open_ones.values_list("person__number", flat=True)) == ["2402", "2408", "2421", "2427", "dock"]
    assert Person.objects.get(number="2408").language == "es"
    assert set(Person.objects.exclude(pin=None).values_list("number", flat=True)) == set(PINS) == {"2408", "3020"}


def test_who_is_new_owes_what_is_for_everybody_and_for_the_dock(today):
    names = Assignment.objects.open().filter(person__number="T-0001").values_list("requirement__name", flat=True)

    assert {name.removesuffix(", every year") for name in names} == {
        "Security awareness for everybody",
        "Cybersecurity",
        "Conveyance and transport-equipment security",
        "Seal security",
        "Procedural security and incident reporting",
        "Agricultural security",
        "Physical security",
        "Physical access controls",
        "Personnel security and code of conduct",
    }


@pytest.mark.parametrize("number", ["2107", "4117", "4058", "4002"])
def test_some_are_overdue(number, today):
    assert Assignment.objects.overdue(today).filter(person__number=number).exists()


def test_most_are_in_time_in_every_course_and_some_are_not(today):
    for version in RequirementVersion.objects.in_force(today).select_related("requirement"):
        members = set(version.requirement.assignments.open().values_list("person", flat=True))
        late = set(Assignment.objects.overdue(today).filter(requirement=version.requirement).values_list("person"))

        assert len(members) >= 5
        assert len(late) <= len(members) / 3, version.requirement.name
    assert RequirementVersion.objects.in_force(today).count() == 14
    assert len(set(Assignment.objects.overdue(today).values_list("requirement"))) >= 4
    assert Assignment.objects.overdue(today).earliest("due_on").due_on > today - datetime.timedelta(days=130)


def test_one_is_in_the_middle_one_is_stuck_and_one_was_helped():
    middle = Enrolment.objects.running().get(person__number="guard")
    helped = Enrolment.objects.get(person__number="4063", closed_at__isnull=False)

    assert StepProgress.objects.filter(enrolment=middle, completed_at__isnull=False).count() == 3
    assert [enrolment.person.number for enrolment in Enrolment.objects.blocked()] == ["4058"]
    assert helped.closed_by.number == "hr"


def test_a_fail_and_a_retry_are_on_record():
    first = Enrolment.objects.filter(person__number="dock").order_by("started_at").first()
    attempts = Attempt.objects.filter(context=str(first.uuid)).order_by("number")

    assert [(attempt.points, attempt.passed) for attempt in attempts] == [(5, False), (7, True)]
    assert TrainingRecord.objects.filter(person__number="dock").order_by("completed_at").first().attempts == 2


def test_records_span_two_years_and_none_is_of_the_future(today):
    completed = [record.completed_at for record in TrainingRecord.objects.order_by("completed_at")]
    begun = Edition.objects.order_by("released_at").first().released_at

    assert completed[-1] - completed[0] > datetime.timedelta(days=730)
    assert begun < completed[0]
    assert completed[-1] < timezone.now()
    assert not Assignment.objects.filter(assigned_on__gt=today).exists()
    records = TrainingRecord.objects.count()
    assert records == RecordSubject.objects.count() >= 250
    told = LedgerEntry.objects.filter(kind__in=["record", "correction"])
    assert told.count() == records


def test_records_were_made_in_every_way():
    ways = Counter(TrainingRecord.objects.values_list("method", "check_kind"))

    assert min(ways["online", "quiz"], ways["classroom", "quiz"], ways["toolbox_talk", "quiz"]) >= 30
    assert ways["on_the_job", "observed"] >= 20
    # Who failed on paper was present, and no more.
    assert ways["classroom", "none"] >= 1


def test_sessions_have_their_sheet_and_some_wait():
    held, waiting = TrainingSession.objects.exclude(closed_at=None), TrainingSession.objects.open()

    assert held.count() >= 12
    assert not held.exclude(files__kind="sheet").exists()
    assert [row.happened_at > timezone.now() for row in waiting.order_by("happened_at")] == [False, True, True]
    assert waiting.order_by("happened_at").first().attendances.counts()["there"] >= 5


def test_questions_have_figures():
    rows = answers.analysed(answers.of_newest(Attempt.objects.all()), "en")
    often = [row["sums"] for row in rows if row["sums"].answers >= 8]

    assert len(often) >= 30
    assert len({round(sums.facility, 1) for sums in often}) >= 3
    assert [sums for sums in often if sums.discrimination is not None]


def test_some_questions_have_answers_enough_to_be_flagged_for_what_is_odd_about_them():
    quiz = Quiz.objects.get(title=seal_check.TITLE)
    rows = answers.analysed(answers.of_newest(Attempt.objects.filter(quiz_key=quiz.translation_key)), "en")
    found = {row["version"].question_key: row for row in rows}
    of = {name: found[identity(f"question/{name}")] for name in seal_check.ASKED}

    assert {row["sums"].answers for row in of.values()} == {48}
    assert {name for name, row in of.items() if items.GIVE_AWAY in row["flags"]} == {"seal-class"}
    assert {name for name, row in of.items() if items.TRAP in row["flags"]} == {"seal-customs-cuts"}
    assert {name for name, row in of.items() if items.DEAD in row["flags"]} >= {"seal-class"}
    assert of["seal-spoiled"]["sums"].discrimination > 0.2


def test_something_waits_on_every_desk():
    asked = CorrectionRequest.objects.order_by("requested_at", "pk")

    assert [row.outcome for row in asked] == ["approved", "declined", ""]
    assert {attempt.person.number for attempt in Attempt.objects.to_watch()} >= {"2402"}
    assert [attempt.person.number for attempt in Attempt.objects.waiting_for_marks()] == ["2105"]
    assert set(Feedback.objects.filter(closed_at=None).values_list("kind", flat=True)) == {"unclear", "wrong", "rating"}
    assert BlankValue.objects.filter(company__name="Corvina Freight").count() == 2 * 18


def test_points_were_reviewed_and_a_guide_waits_for_approval():
    open_points = ReviewPoint.objects.filter(ticked_at=None)

    assert set(ReviewPoint.objects.exclude(ticked_at=None).values_list("ticked_by__number", flat=True)) == {
        "compliance"
    }
    assert 20 <= open_points.count() < ReviewPoint.objects.count()
    assert [row.content_object.slug for row in WorkflowState.objects.active()] == ["planning-a-drill"]


def test_who_was_invited_and_who_has_come_in(today):
    employed = states.with_state(Person.objects.employed(today))
    counts = Counter(employed.values_list("state", flat=True))

    assert set(employed.filter(state="invited").values_list("number", flat=True)) == {"2146", "4117", "3024"}
    assert counts["activated"] >= 40
    assert sorted(Facility.objects.exclude(kiosks=None).values_list("code", flat=True)) == ["ELP", "NLD"]


def test_files_came_in_and_went_out_and_one_asks_to_be_erased():
    assert list(PeopleImport.objects.values_list("state", "counts__changed")) == [("done", 2)]
    assert list(PastImport.objects.values_list("state", "lines__record__course").order_by("lines")) == [
        ("done", course) for course in ("Forklift safety", "Forklift safety", "First aid on the yard")
    ]
    assert [row.rows for row in CompletionExport.objects.filter(state="done")] == [TrainingRecord.objects.count()]
    assert [row.person.number for row in ExtraTime.objects.running()] == ["2112"]
    assert [row.person.number for row in ErasureRequest.objects.open()] == ["1988"]


def test_packs_were_issued_and_documents_can_be_fetched():
    packs = list(EvidencePack.objects.order_by("pk"))
    offered = get_document_model().objects.filter(file_size__gt=0, uploaded_by_user__number="editor")

    assert [(pack.scope["value"], pack.to_whom, pack.by.number) for pack in packs] == [
        (criterion, to_whom, "compliance") for criterion, _days, to_whom, _why in handed_out.PACKS
    ]
    assert min(pack.rows for pack in packs) >= 30
    assert {document.title for document in offered} == set(handed_out.DOCUMENTS)


def test_records_say_who_people_were_then():
    records = TrainingRecord.objects.filter(person__number="4031", method="online").order_by("completed_at")

    assert [(record.position, record.facility) for record in records] == [
        ("Dock hand", "Nuevo Laredo yard"),
        ("Dispatcher", "El Paso terminal"),
    ]


def test_every_completion_that_was_demanded_satisfied_its_assignment():
    passed = TrainingRecord.objects.without_presence_only().filter(corrects=None, corrections=None)
    demanded = [record for record in passed.prefetch_related("assignments") if "assignment" in record.cause]

    assert len(demanded) >= 250
    assert [record for record in demanded if not record.assignments.all()] == []


def test_people_are_told_apart():
    numbers = [member.number for member in EVERYBODY]
    emails = [member.email for member in EVERYBODY if member.mailbox]

    assert (len(CAST), len(CREW), len(set(numbers))) == (19, 40, 59)
    assert len(set(emails)) == len(emails) == 49
