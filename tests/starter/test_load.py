"""Loading a small folder: what comes of it, what a second load does, and what is left to the company."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Locale, Page, Site

from content.models import Blank, Criterion, GuideIndexPage, GuidePage, HomePage, Objective, Picture
from content.upkeep import StarterError, identity
from courses.models import CoursePage, Edition, LessonPage, QuizStepPage
from learning.assignments import starter
from learning.assignments.actions import set_requirement
from learning.assignments.models import Requirement
from quizzes.models import Question, QuestionVersion, Quiz

from . import factory

pytestmark = pytest.mark.django_db

AT = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
LATER = datetime.datetime(2026, 5, 4, 12, tzinfo=datetime.UTC)
KINDS = {
    "criteria areas": 1,
    "criteria": 3,
    "company blanks": 1,
    "pictures": 1,
    "home page": 1,
    "objectives": 1,
    "question banks": 1,
    "questions": 2,
    "quizzes": 1,
    "course index": 1,
    "courses": 1,
    "lessons": 2,
    "quiz steps": 1,
    "guide index": 1,
    "guides": 1,
    "requirements": 1,
}


@pytest.fixture
def folder(tmp_path):
    return factory.small(tmp_path)


def load(folder, at=AT):
    return starter.load(at=at, folder=folder)


def outcomes(report, outcome):
    return {kind: counts[outcome] for kind, counts in report.counts.items() if counts[outcome]}


def edit(page, **fields):
    """What an editor does: a new revision, published."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_a_first_load_creates_every_row(folder):
    report, sentences = load(folder)

    assert (outcomes(report, "created"), sentences) == (KINDS, [])
    criterion = Criterion.objects.get(number="6.10")
    assert (criterion.area.number, criterion.level, criterion.position) == (6, "should", 2)
    picture = Picture.objects.get()
    assert (picture.title, picture.description, picture.width, picture.height) == (
        "A bolt",
        "A bolt & its barrel.",
        40,
        20,
    )
    guide = GuidePage.objects.get()
    assert (guide.slug, guide.live, guide.review_by) == ("checking", True, datetime.date(2030, 5, 1))
    assert [criterion.number for criterion in guide.criteria.all()] == ["6.1"]
    assert Objective.objects.get().translation_key == identity("objective/seal-fit")
    assert Requirement.objects.get().versions.get().active is False


def test_the_home_page_takes_the_place_of_the_welcome_page(folder):
    load(folder)

    site = Site.objects.get()
    assert (site.root_page.specific, site.site_name) == (HomePage.objects.get(), "Gatehouse")
    assert [page.title for page in Page.objects.filter(depth=2)] == ["Gatehouse"]


def test_a_welcome_page_that_somebody_made_use_of_stays(folder):
    welcome = Site.objects.get().root_page
    edit(welcome, title="Our company")

    load(folder)

    assert Site.objects.get().root_page_id == welcome.pk
    assert HomePage.objects.get().get_parent().is_root()


def test_a_course_is_released_with_its_steps_in_order_and_its_questions(folder):
    load(folder)

    edition = Edition.objects.get()
    steps = edition.content["languages"]["en"]["steps"]
    assert [(step["slug"], step["kind"]) for step in steps] == [
        ("what", "lesson"),
        ("fitting", "lesson"),
        ("quiz", "quiz"),
    ]
    assert [block["type"] for block in steps[0]["blocks"]] == ["text", "figure", "monday"]
    assert (edition.number, edition.kind, edition.released_at) == (1, "material", AT)
    versions = QuestionVersion.objects.order_by("criterion")
    assert [(version.criterion, version.released_at) for version in versions] == [("6.1", AT), ("6.2", AT)]
    assert versions[0].key["right"] == ["false"]
    assert [len(draw["pool"]) for draw in steps[2]["quiz"]["draws"]] == [2]


def test_a_second_load_writes_nothing(folder):
    load(folder)
    revisions = [page.latest_revision_id for page in Page.objects.order_by("pk")]

    report, sentences = load(folder, at=LATER)

    assert (outcomes(report, "unchanged"), report.written, sentences) == (KINDS, set(), [])
    assert [page.latest_revision_id for page in Page.objects.order_by("pk")] == revisions
    assert (Edition.objects.count(), QuestionVersion.objects.count()) == (1, 2)


def test_a_changed_lesson_is_updated_and_the_course_released_again(folder):
    load(folder)
    factory.lesson(folder, "2-fitting", text="Fit it with care.")

    report, sentences = load(folder, at=LATER)

    assert (outcomes(report, "updated"), sentences) == ({"lessons": 1}, [])
    first, second = Edition.objects.order_by("number")
    assert (second.kind, second.released_at) == ("minor", LATER)
    texts = [edition.content["languages"]["en"]["steps"][1]["blocks"][0] for edition in (first, second)]
    assert [text["value"] for text in texts] == ["<p>Fit it.</p>", "<p>Fit it with care.</p>"]
    assert texts[0]["id"] == texts[1]["id"]


def test_a_changed_question_has_a_new_version_with_the_same_options(folder):
    load(folder)
    factory.write(folder, "banks/seals.yaml", factory.BANK.replace("Which seal goes on?", "Which seal is it?"))

    report, _sentences = load(folder, at=LATER)

    assert outcomes(report, "updated") == {"questions": 1}
    first, second = QuestionVersion.objects.filter(question_key=identity("question/seal-class")).order_by("number")
    assert second.shown["en"]["prompt"] == "Which seal is it?"
    assert first.shown["en"]["options"] == second.shown["en"]["options"]


def test_a_changed_picture_keeps_its_row(folder, django_capture_on_commit_callbacks):
    load(folder)
    before = Picture.objects.get()
    factory.picture(folder, colour="gold")

    with django_capture_on_commit_callbacks(execute=True):
        load(folder, at=LATER)

    after = Picture.objects.get()
    assert (after.pk, b"gold" in after.file.read()) == (before.pk, True)
    assert not before.file.storage.exists(before.file.name)
    assert Edition.objects.count() == 2


def test_a_new_lesson_finds_its_place(folder):
    load(folder)
    factory.lesson(folder, "1b-custody", title="Custody")
    factory.lesson(folder, "0-start", title="Start")

    load(folder, at=LATER)

    course = CoursePage.objects.get()
    assert [page.title for page in course.get_children()] == [
        "Start",
        "What a seal does",
        "Custody",
        "Fitting",
        "Seals quiz",
    ]


def test_what_the_company_edited_is_kept_and_its_course_is_left_to_it(folder):
    load(folder)
    edit(LessonPage.objects.get(slug="fitting"), title="Fitting, our way")
    edit(GuidePage.objects.get(), summary="Our four checks.")
    Criterion.objects.filter(number="6.1").update(summary="Our own words.")
    factory.lesson(folder, "1-what", title="What a seal can do")
    factory.lesson(folder, "2-fitting", text="Another text.")
    factory.guide(folder, text="Another text.")

    report, sentences = load(folder, at=LATER)

    assert outcomes(report, "kept") == {"criteria": 1, "lessons": 1, "guides": 1}
    assert outcomes(report, "updated") == {"lessons": 1}
    assert LessonPage.objects.get(slug="fitting").title == "Fitting, our way"
    assert GuidePage.objects.get().summary == "Our four checks."
    assert Criterion.objects.get(number="6.1").summary == "Our own words."
    assert sentences == ["“Seals” has news, but was not released, because you have edited it; do it in the admin."]
    assert Edition.objects.count() == 1


def test_a_draft_is_not_buried_and_not_published(folder):
    load(folder)
    lesson = LessonPage.objects.get(slug="fitting")
    lesson.title = "Not ready"
    lesson.save_revision()
    factory.lesson(folder, "2-fitting", text="Another text.")

    report, _sentences = load(folder, at=LATER)

    lesson.refresh_from_db()
    assert outcomes(report, "kept") == {"lessons": 1}
    assert (lesson.title, lesson.get_latest_revision_as_object().title) == ("Fitting", "Not ready")
    assert Edition.objects.count() == 1


def test_an_unpublished_guide_stays_off_the_site(folder):
    load(folder)
    GuidePage.objects.get().unpublish()
    factory.guide(folder, text="Another text.")

    report, _sentences = load(folder, at=LATER)

    assert outcomes(report, "kept") == {"guides": 1}
    assert GuidePage.objects.get().live is False


def test_what_the_company_deleted_does_not_come_back(folder):
    load(folder)
    GuidePage.objects.get().delete()
    LessonPage.objects.get(slug="fitting").delete()
    Picture.objects.get().delete()
    Criterion.objects.filter(number="6.10").delete()

    report, _sentences = load(folder, at=LATER)

    assert outcomes(report, "deleted") == {"criteria": 1, "pictures": 1, "lessons": 1, "guides": 1}
    assert (report.written, GuidePage.objects.count(), LessonPage.objects.count()) == (set(), 0, 1)


def test_a_requirement_that_was_renamed_and_switched_on_stays(folder):
    load(folder)
    requirement = Requirement.objects.get()
    version = requirement.versions.get()
    set_requirement(
        requirement=requirement,
        name="Seals for drivers",
        course_key=requirement.course_key,
        audience=version.audience,
        due_days=10,
        repeat_months=6,
        starts_on=version.starts_on,
        at=LATER,
    )

    load(folder, at=LATER)

    assert [(row.name, row.versions.count()) for row in Requirement.objects.all()] == [("Seals for drivers", 2)]


def test_a_blank_stands_with_its_fallback_in_the_edition_and_the_company_s_own_is_left_alone(folder):
    theirs = Blank.objects.create(name="seal store", help="Where?", fallback="in room 4", locale=Locale.get_default())
    row = "    - {name: seal store, help: Where., fallback: in a cabinet}\n"
    factory.write(folder, "blanks.yaml", factory.BLANKS + row)
    factory.lesson(folder, "2-fitting", text="Call {{dispatch phone}}. It is kept {{seal store}}.")

    report, _sentences = load(folder)

    theirs.refresh_from_db()
    assert (report.counts["company blanks"], theirs.fallback) == ({"created": 1}, "in room 4")
    assert Edition.objects.get().content["blanks"] == {
        "dispatch phone": {"en": "the number on your papers"},
        "seal store": {"en": "in room 4"},
    }
    assert load(folder, at=LATER)[0].written == set()


def test_pages_of_the_company_s_own_are_used(folder):
    home = Page.get_first_root_node().add_child(instance=HomePage(title="Ours", slug="ours"))
    home.add_child(instance=GuideIndexPage(title="Our guides", slug="our-guides"))

    load(folder)

    assert GuidePage.objects.get().get_parent().title == "Our guides"
    assert [page.title for page in home.get_children()] == ["Our guides", "Courses"]


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        (
            "guides/checking.md",
            lambda text: text + "\n::: figure bolts\nX\n:::\n",
            "en/guides/checking.md, line 9: there is no picture “bolts”.",
        ),
        (
            "guides/checking.md",
            lambda text: text.replace("'6.1'", "'6.3'"),
            "en/guides/checking.md: there is no criterion 6.3.",
        ),
        (
            "guides/checking.md",
            lambda text: text.replace("summary: Four checks.\n", ""),
            "en/guides/checking.md: “summary” is missing.",
        ),
        (
            "guides/checking.md",
            lambda text: text + "\n::: steps One\n1. Only one.\n:::\n",
            "en/guides/checking.md, line 9: items: The minimum number of items is 2",
        ),
        (
            "guides/checking.md",
            lambda text: text + "\n::: monday\n- Look at a seal.\n:::\n",
            "en/guides/checking.md, line 9: “monday” is not possible here.",
        ),
        (
            "criteria.yaml",
            lambda text: text.replace("'6.10'", "6.10"),
            "en/criteria.yaml: write the criterion 6.1 in quotes; 4.1 and 4.10 differ.",
        ),
        (
            "criteria.yaml",
            lambda text: text.replace("level: should", "level: may"),
            "en/criteria.yaml: level: Value 'may' is not a valid choice.",
        ),
        (
            "banks/seals.yaml",
            lambda text: text.replace("right: true", "right: false"),
            "en/banks/seals.yaml, seal-class: options: Mark exactly one answer as right.",
        ),
        (
            "banks/seals.yaml",
            lambda text: text.replace("seal-alone", "seal-class"),
            "en/banks/seals.yaml, seal-class: another question has the same id.",
        ),
        (
            "banks/seals.yaml",
            lambda text: text.replace("title: Seals", "title: [Seals"),
            "en/banks/seals.yaml, line 2: not valid YAML (did not find expected ',' or ']').",
        ),
        (
            "courses/seals/course.yaml",
            lambda text: text.replace("draw: 2", "draw: 3"),
            "“Seals” cannot be released: “Seals quiz” draws 3 questions, but its bank has only 2 published.",
        ),
        (
            "courses/seals/course.yaml",
            lambda text: text.replace("bank: seals", "bank: doors"),
            "en/courses/seals/course.yaml: there is no bank doors.",
        ),
    ],
)
def test_a_broken_file_is_named(folder, name, change, says):
    path = folder / "en" / name
    path.write_text(change(path.read_text()))

    with pytest.raises(StarterError) as error:
        load(folder)

    assert str(error.value) == says


def test_the_command_says_what_it_did(folder):
    out = StringIO()
    call_command("load_starter_content", folder=folder, stdout=out)
    edit(GuidePage.objects.get(), summary="Our four checks.")
    again = StringIO()
    call_command("load_starter_content", folder=folder, stdout=again)

    lines = out.getvalue().splitlines()
    assert (len(lines), lines[1]) == (len(KINDS), "criteria              3 created")
    assert again.getvalue().splitlines()[-3:] == [
        "requirements          1 unchanged",
        "Kept as you edited them: guide/checking",
        "Nothing to do: everything is as the starter files say, or as you made it.",
    ]


def test_the_command_refuses_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(CommandError) as error:
        call_command("load_starter_content", folder=tmp_path)

    assert str(error.value) == f"{tmp_path}/en: there is no such folder."


def test_a_quiz_and_its_step_have_the_rules_of_the_file(folder):
    load(folder)

    quiz, step = Quiz.objects.get(), QuizStepPage.objects.get()
    assert (quiz.pass_mark, quiz.attempts_allowed, quiz.draws[0].value["count"]) == (80, 3, 2)
    assert (step.quiz, step.title) == (quiz, "Seals quiz")
    assert Question.objects.get(prompt__startswith="Which").difficulty == 2
