"""An upgrade brings new starter files: what the company edited in the admin stays and is told, all else follows."""

import datetime

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import ReferenceIndex, Revision
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from content.models import GuidePage, Objective
from courses.models import CoursePage, Edition, LessonPage
from learning.assignments import starter
from quizzes.models import Question, Quiz

from . import factory, spanish

AT = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
LATER = datetime.datetime(2026, 5, 4, 12, tzinfo=datetime.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    folder = factory.small(tmp_path)
    spanish.whole(folder)
    factory.refresher(folder)
    starter.load(at=AT, folder=folder)
    return folder


@pytest.fixture
def admin(client):
    client.force_login(get_user_model().objects.create_superuser("admin", "x", first_name="Admin"))
    with time_machine.travel(LATER, tick=False):
        yield client


def tables():
    """Every row of every table, `{table: [row, …]}`."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return {model._meta.db_table: list(model._base_manager.order_by("pk").values_list()) for model in models}


def test_loading_again_leaves_every_row_of_every_table_as_it_is(folder):
    before = tables()

    starter.load(at=LATER, folder=folder)

    after = tables()
    assert {name for name in before if before[name] != after[name]} == set()
    assert (len(after[Revision._meta.db_table]), len(after[Edition._meta.db_table])) == (23, 2)


def post(admin, address, **fields):
    """What the browser posts when somebody presses “Publish”."""
    form = nested_form_data(fields) | {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    assert admin.post(address, form | {"action-publish": "1"}).status_code == 302


def edit_lesson(admin, lesson):
    body = streamfield([("text", rich_text("<p>Fit it our way.</p>"))])
    address = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    rules = {"minutes": "5", "completion": "seen", "least_minutes": ""}
    post(admin, address, title="Fitting", slug=lesson.slug, body=body, **rules)


def edit_question(admin, question):
    options = {"count": "2"}
    for place, text in enumerate(("H", "I")):
        options |= {
            f"{place}-order": str(place),
            f"{place}-deleted": "",
            f"{place}-id": "",
            f"{place}-value-text": text,
        }
        options |= {f"{place}-value-reason": "So it is."} | ({} if place else {f"{place}-value-right": "on"})
    address = reverse(Question.snippet_viewset.get_url_name("edit"), args=[question.pk])
    chosen = {"bank": question.bank_id, "objective": question.objective_id, "criterion": question.criterion_id}
    answer = {"answer": streamfield([("single_choice", {"options": options})]), "beside": streamfield([])}
    post(admin, address, prompt="Which one is ours?", explanation="", difficulty="2", **answer, **chosen)


def edit_guide(admin, guide):
    body = streamfield([("text", rich_text("<p>Our four checks.</p>"))])
    chosen = {"criteria": [row.pk for row in guide.criteria.all()], "review_by": "2030-05-01"}
    address = reverse("wagtailadmin_pages:edit", args=[guide.pk])
    post(admin, address, title=guide.title, summary="Ours.", author="", slug=guide.slug, body=body, **chosen)


def everything_new(folder):
    """What another release of Gatehouse could bring: each file says something else."""
    for path in folder.glob("en/**/*.*"):
        text = path.read_text()
        for said, new in NEWS.items():
            text = text.replace(said, new)
        path.write_text(text)


NEWS = {
    "It slows a hand.": "It slows a hand and shows it.",
    "Fit it.": "Fit it with care.",
    "A seal guards by itself.": "A seal guards a load by itself.",
    "Which seal goes on?": "Which seal is it?",
    "View, verify, tug, twist.": "View, verify, tug, twist and turn.",
    "Fit a seal.": "Fit a seal and write it down.",
    "You can fit a seal.": "You can fit and check a seal.",
    "Short quiz": "A short quiz",
}
EDITED = {"lesson/seals/fitting", "question/seal-class", "guide/checking"}


def test_what_was_edited_in_the_admin_stays_and_is_told_and_all_else_follows(admin, folder):
    english = {"locale__language_code": "en"}
    lesson, guide = LessonPage.objects.get(slug="fitting", **english), GuidePage.objects.get(**english)
    question = Question.objects.get(prompt="Which seal goes on?")
    edit_lesson(admin, lesson)
    edit_question(admin, question)
    edit_guide(admin, guide)
    everything_new(folder)

    report, sentences = starter.load(at=LATER, folder=folder)

    assert report.kept == EDITED | {f"es/{key}" for key in EDITED}
    assert sentences == ["“Seals” has news, but was not released, because you have edited it; do it in the admin."]
    lesson.refresh_from_db(), guide.refresh_from_db(), question.refresh_from_db()
    (text,) = lesson.body
    assert "Fit it our way." in text.value.source
    assert (guide.summary, question.prompt) == ("Ours.", "Which one is ours?")
    what = LessonPage.objects.get(slug="what", **english)
    assert what.body[0].value.source == "<p>It slows a hand and shows it.</p>"
    assert Question.objects.filter(prompt="A seal guards a load by itself.").exists()
    assert Objective.objects.get(**english).text == "Fit a seal and write it down."
    assert CoursePage.objects.get(slug="seals", **english).summary == "You can fit and check a seal."
    assert Quiz.objects.filter(title="A short quiz").exists()
    # The course that nobody has edited has its second edition, the edited one waits for the company.
    refresher = CoursePage.objects.get(slug="seals-refresher")
    assert sorted(Edition.objects.values_list("course_key", "number")) == sorted(
        [(refresher.translation_key, 1), (refresher.translation_key, 2), (what.get_parent().translation_key, 1)]
    )


def test_after_the_upgrade_loading_again_writes_nothing_and_tells_the_same(admin, folder):
    edit_guide(admin, GuidePage.objects.get(locale__language_code="en"))
    everything_new(folder)
    starter.load(at=LATER, folder=folder)
    before = tables()

    report, _sentences = starter.load(at=LATER, folder=folder)

    assert (report.written, report.kept) == (set(), {"guide/checking", "es/guide/checking"})
    after = tables()
    assert {name for name in before if before[name] != after[name]} == set()
    assert ReferenceIndex._meta.db_table in after
