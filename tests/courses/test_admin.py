"""What editors and HR do with courses in the admin: release, open again, and what they cannot delete."""

import re

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission

from courses.models import CourseIndexPage, CoursePage, Edition, Enrolment, LessonPage, QuizStepPage
from quizzes.models import Attempt
from tests.people import factory as people
from tests.queries import queries

from . import factory
from .factory import AT, minutes

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]


@pytest.fixture(autouse=True)
def hours_later():
    with time_machine.travel(AT + minutes(600), tick=False):
        yield


@pytest.fixture
def admin(client):
    client.force_login(get_user_model().objects.create_superuser("admin", "x", first_name="Admin"))
    return client


def member(client, *page_permissions, model_permissions=()):
    """Somebody who comes into the admin with these permissions, and signs in."""
    group = Group.objects.create(name="Group")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    group.permissions.add(*Permission.objects.filter(codename__in=model_permissions))
    for codename in page_permissions:
        permission = Permission.objects.get(codename=codename)
        GroupPagePermission.objects.create(group=group, page=factory.index(), permission=permission)
    who = factory.person("member")
    who.groups.add(group)
    client.force_login(who)
    return who


def release_url(page):
    return reverse("course_release", args=[page.pk])


def said(response):
    return [str(message).strip() for message in response.context["messages"]]


RELEASE = {"kind": "material", "note": "First release"}


# Releasing


def test_a_release_is_confirmed_with_what_learners_would_get(admin):
    page = factory.course()
    response = admin.get(release_url(page))
    assert response.context["changes"] == [("new", "One"), ("new", "Two"), ("new", "Quiz")]
    assert (response.context["problem"], Edition.objects.exists()) == (None, False)

    response = admin.post(release_url(page), RELEASE, follow=True)
    assert said(response) == ["Edition 1 of “Seal security” released."]
    edition = Edition.objects.get()
    assert (edition.kind, edition.note, edition.released_by.number) == ("material", "First release", "admin")
    assert edition.released_at == AT + minutes(600)
    response = admin.get(release_url(page))
    assert response.context["changes"] == []
    assert "Nothing has changed since edition 1." in response.content.decode()

    lesson = LessonPage.objects.get(title="Two")
    lesson.title = "Two, clearer"
    lesson.save_revision()
    assert admin.get(release_url(page)).context["changes"] == [("changed", "Two, clearer")]


def test_a_release_sent_twice_makes_one_edition_and_says_so(admin):
    page = factory.course()
    admin.post(release_url(page), RELEASE, follow=True)
    with time_machine.travel(AT + minutes(601)):
        response = admin.post(release_url(page), RELEASE, follow=True)
    assert said(response) == ["Nothing has changed since edition 1 of “Seal security”, so it stays the newest."]
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "wrong"),
    [({"kind": "material"}, "note"), ({"kind": "material", "note": "  "}, "note"), ({"note": "x"}, "kind")],
)
def test_a_release_states_its_kind_and_reason(admin, data, wrong):
    page = factory.course()
    response = admin.post(release_url(page), data)
    assert list(response.context["form"].errors) == [wrong]
    assert not Edition.objects.exists()


def test_a_course_that_is_not_ready_is_not_released_in_words(admin):
    page = factory.course(lessons=(), quiz=False)
    response = admin.get(release_url(page))
    assert "The course has no lessons." in response.content.decode()
    assert "<textarea" not in response.content.decode()
    response = admin.post(release_url(page), RELEASE, follow=True)
    assert said(response)[0].startswith("The course has no lessons.")
    assert not Edition.objects.exists()


def test_releasing_needs_the_right_to_publish(client):
    page = factory.course()
    there = release_url(page)
    assert client.post(there, RELEASE).headers["Location"] == f"/sign-in/?next={there}"
    client.force_login(factory.person("dock"))
    client.post(there, RELEASE)
    member(client, "change_page", "add_page")
    client.post(there, RELEASE)
    assert client.get(there).status_code == 302
    assert not Edition.objects.exists()
    Group.objects.get(name="Group").delete()
    get_user_model().objects.filter(number="member").delete()
    member(client, "change_page", "publish_page")
    client.post(there, RELEASE)
    assert Edition.objects.get().released_by.number == "member"


@pytest.mark.parametrize("page_of", [factory.index, lambda: LessonPage.objects.first()])
def test_only_courses_are_released(admin, page_of):
    factory.course()
    assert admin.get(release_url(page_of())).status_code == 404


def buttons(client, *addresses):
    return [re.findall(r'href="([^"]+/release/)"', client.get(address).content.decode()) for address in addresses]


def test_the_button_is_where_editors_look_for_it(admin):
    page = factory.course()
    lesson = LessonPage.objects.first()
    edit = [reverse("wagtailadmin_pages:edit", args=[row.pk]) for row in (page, lesson)]
    listing = reverse("wagtailadmin_explore", args=[factory.index().pk])
    assert buttons(admin, *edit, listing) == [[release_url(page)]] * 3
    assert "Learners see none of this before the course is released." in admin.get(edit[0]).content.decode()


def test_the_button_is_for_those_who_may_publish(client):
    page = factory.course()
    member(client, "change_page")
    assert buttons(client, reverse("wagtailadmin_pages:edit", args=[page.pk])) == [[]]


# Opening again


def reopen_url(run):
    return reverse("enrolment_reopen", args=[run.uuid])


REPORT = "/admin/reports/enrolments/"


def rows(response):
    return [(row.person.number, row.course_title, str(row.state)) for row in response.context["object_list"]]


def test_the_report_lists_runs_and_finds_those_that_are_stuck(admin):
    edition, other = factory.released_course(), factory.released_course("Fences")
    stuck = factory.block(factory.person("101"), edition)
    factory.finish(factory.person("102"), edition)
    factory.start(factory.person("103"), other)
    response = admin.get(REPORT)
    assert rows(response) == [
        ("103", "Fences", "under way"),
        ("102", "Seal security", "finished"),
        ("101", "Seal security", "all attempts failed"),
    ]
    assert re.findall(r'href="([^"]+/reopen/)"', response.content.decode()) == [reopen_url(stuck)]
    assert rows(admin.get(f"{REPORT}?state=blocked")) == [("101", "Seal security", "all attempts failed")]
    assert rows(admin.get(f"{REPORT}?state=completed")) == [("102", "Seal security", "finished")]
    assert rows(admin.get(f"{REPORT}?q=103")) == [("103", "Fences", "under way")]
    assert rows(admin.get(f"{REPORT}results/?state=closed")) == []


def test_a_run_is_opened_again_after_a_question(admin):
    run = factory.block(factory.person("101"), factory.released_course())
    response = admin.get(reopen_url(run))
    assert [attempt.number for attempt in response.context["attempts"]] == [1, 2]
    assert "Yes, open it again" in response.content.decode()
    assert Enrolment.objects.get() == run

    response = admin.post(reopen_url(run), follow=True)
    assert said(response) == ["“Seal security” is open again for Daniel · 101."]
    run.refresh_from_db()
    assert (run.closed_by.number, run.closed_at) == ("admin", AT + minutes(600))
    assert Enrolment.objects.running().count() == 1
    assert Attempt.objects.filter(context=str(run.uuid)).count() == 2

    response = admin.post(reopen_url(run), follow=True)
    assert said(response) == ["Nothing was changed: “Seal security” is open for Daniel · 101."]
    assert Enrolment.objects.count() == 2
    assert "Yes, open it again" not in admin.get(reopen_url(run)).content.decode()


def test_a_run_that_goes_on_by_itself_is_left_alone(admin):
    run = factory.start(factory.person("101"), factory.released_course())
    assert "There is nothing to open" in admin.get(reopen_url(run)).content.decode()
    admin.post(reopen_url(run))
    assert Enrolment.objects.get().ended is False


def test_opening_again_needs_its_permission(client):
    run = factory.block(factory.person("101"), factory.released_course())
    there = reopen_url(run)
    assert client.post(there).headers["Location"] == f"/sign-in/?next={there}"
    client.force_login(factory.person("dock"))
    client.post(there)
    assert client.get(REPORT).status_code == 302
    member(client, model_permissions=["view_enrolment"])
    assert rows(client.get(REPORT)) == [("101", "Seal security", "all attempts failed")]
    assert "/reopen/" not in client.get(REPORT).content.decode()
    client.post(there)
    assert Enrolment.objects.get().ended is False
    Group.objects.get(name="Group").permissions.add(Permission.objects.get(codename="change_enrolment"))
    client.post(there)
    assert Enrolment.objects.count() == 2


def test_a_run_that_is_not_there(admin):
    assert admin.get("/admin/reports/enrolments/6c1f3f2e-1111-4222-8333-444455556666/reopen/").status_code == 404


def test_the_report_costs_the_same_with_one_row_and_with_many(admin):
    edition = factory.released_course()
    factory.block(factory.person("0"), edition)
    admin.get(REPORT)
    one = len(queries(lambda: admin.get(REPORT)))
    for number in range(1, 60):
        factory.start(factory.person(str(number)), edition)
    assert len(admin.get(REPORT).context["object_list"]) == 50
    assert len(queries(lambda: admin.get(REPORT))) == one


# Deleting


def delete(client, *pages):
    data = {"wagtaildelete_confirm": "", "confirm_site_name": "Gatehouse"}
    return client.post(reverse("wagtailadmin_pages:delete", args=[pages[0].pk]), data, follow=True)


def delete_all(client, *pages):
    there = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    chosen = "&".join(f"id={page.pk}" for page in pages)
    data = {"confirm_site_name": "Gatehouse"}
    return client.post(f"{there}?next=/admin/&{chosen}", data, follow=True)


COURSE_STAYS = (
    "Nothing was deleted. “Seal security” was released to learners, and training records name it. "
    "Unpublish it instead: nobody can start it then, and who has begun may finish."
)
LESSON_STAYS = (
    "Nothing was deleted. “One” is part of a released edition. Unpublish it instead: the next release is without it."
)
QUIZ_STAYS = LESSON_STAYS.replace("One", "Quiz")


@pytest.mark.parametrize("way", [delete, delete_all])
@pytest.mark.parametrize(
    ("model", "title", "sentence"),
    [
        (CoursePage, "Seal security", COURSE_STAYS),
        (LessonPage, "One", LESSON_STAYS),
        (QuizStepPage, "Quiz", QUIZ_STAYS),
    ],
)
def test_what_was_released_is_kept_in_words(admin, way, model, title, sentence):
    factory.released_course()
    response = way(admin, model.objects.get(title=title))
    assert (response.status_code, said(response)) == (200, [sentence])
    assert model.objects.filter(title=title).exists()


@pytest.mark.parametrize("way", [delete, delete_all])
def test_a_page_above_a_released_course_is_kept(admin, way):
    factory.released_course()
    way(admin, factory.home())
    assert CourseIndexPage.objects.exists()
    assert CoursePage.objects.exists()


def test_of_many_pages_none_goes_when_one_must_stay(admin):
    factory.released_course()
    draft = factory.course("Draft", quiz=False)
    assert said(delete_all(admin, draft, CoursePage.objects.get(title="Seal security"))) == [COURSE_STAYS]
    assert CoursePage.objects.count() == 2


@pytest.mark.parametrize("way", [delete, delete_all])
def test_what_was_never_released_goes(admin, way):
    page = factory.course()
    way(admin, LessonPage.objects.get(title="One"))
    way(admin, CoursePage.objects.get(pk=page.pk))
    assert (LessonPage.objects.count(), CoursePage.objects.count()) == (0, 0)


def test_a_lesson_that_came_after_the_release_goes(admin):
    page = factory.course()
    factory.release(page)
    new = factory.lesson(CoursePage.objects.get(pk=page.pk), "Three")
    delete(admin, new)
    assert not LessonPage.objects.filter(title="Three").exists()


def test_a_quiz_that_a_course_asks_is_kept(admin, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        factory.course()
    quiz = QuizStepPage.objects.get().quiz
    response = admin.post(reverse(quiz.snippet_viewset.get_url_name("delete"), args=[quiz.pk]), follow=True)
    assert said(response) == ["Nothing was deleted. These are needed by others: Quiz steps."]
    QuizStepPage.objects.get()


# Copying


def test_a_copied_course_is_another_course(admin):
    page = factory.course()
    factory.release(page)
    copied = CoursePage.objects.get(pk=page.pk).copy(
        recursive=True, update_attrs={"title": "Copy", "slug": "copy"}, keep_live=False
    )
    assert copied.translation_key != page.translation_key
    assert {row.translation_key for row in copied.get_children()}.isdisjoint(
        row.translation_key for row in page.get_children()
    )
    factory.release(copied)
    assert sorted(Edition.objects.values_list("number", flat=True)) == [1, 1]


def test_report_and_opening_again_keep_to_the_facilities_of_the_user(client):
    who = member(client, model_permissions=["view_enrolment", "change_enrolment"])
    edition = factory.released_course()
    runs = {code: factory.block(factory.person(code), edition) for code in ("YARD", "PORT")}
    for code, run in runs.items():
        people.place(run.person, code=code)
    who.limited_to.add(people.facility("YARD"))
    client.force_login(who)
    assert [row.person.number for row in client.get(REPORT).context["object_list"]] == ["YARD"]
    assert client.get(reopen_url(runs["YARD"])).status_code == 200
    assert client.post(reopen_url(runs["PORT"])).status_code == 404
    assert Enrolment.objects.closed().count() == 0
