"""/me/: what is owed, by when, in whose language; and what other pages show from this room."""

import re
import uuid
from datetime import date

import pytest
import time_machine
from django.test import RequestFactory
from wagtail.models import PageViewRestriction

from content import slots
from content.models import Criterion
from courses.models import Edition, Enrolment, StepProgress
from learning.assignments.actions import apply_requirements
from learning.assignments.models import Assignment
from learning.people.models import Position
from tests.content import factory as content

from . import factory
from .factory import AT, TODAY, days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver")]


@pytest.fixture
def noon_in_denver():
    # Sessions and pages read the clock themselves.
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def dock(client):
    who = factory.hire("1", first_name="Daniel")
    client.force_login(who)
    return who


def owe(who, due_on, title="Seal security", **course):
    """One open assignment with that due date; returns the course's key."""
    key = factory.course(title, **course)
    required = factory.requirement(key, name=title)
    Assignment.objects.create(
        requirement=required,
        version=required.versions.get(),
        person=who,
        course_key=key,
        assigned_on=TODAY,
        due_on=due_on,
        recorded_at=AT,
    )
    return key


def test_a_stranger_signs_in_first(client):
    response = client.get("/me/")
    assert response.status_code == 302
    assert response.headers["Location"].endswith("?next=/me/")


def test_rows_are_sorted_into_owed_and_later(client, dock):
    owe(dock, TODAY + days(7), "Seal security")
    owe(dock, TODAY - days(4), "Inspection", area=5)
    owe(dock, TODAY + days(52), "Fences", area=9)
    stranger = factory.hire("2")
    owe(stranger, TODAY, "Not mine")

    context = client.get("/me/").context
    shown = [(row["course"]["title"], row["days"], row["standing"], row["words"]) for row in context["owed"]]
    assert shown == [
        ("Inspection", -4, "late", "Overdue by 4 days"),
        ("Seal security", 7, "due", "Due Tuesday 1 December, in 7 days"),
    ]
    assert [(row["course"]["title"], row["standing"], row["words"]) for row in context["later"]] == [
        ("Fences", "later", "Due 15 January 2027")
    ]
    assert (context["today"], context["late"], context["minutes_owed"]) == (TODAY, 1, 36)
    assert context["owed"][0]["course"] == {
        "title": "Inspection",
        "url": "/courses/inspection/",
        "slug": "inspection",
        "area": 5,
        "summary": "",
        "minutes": 18,
        "minutes_left": 18,
        "steps_total": 3,
        "steps_done": 0,
        "minutes_words": "18 minutes",
        "size": "2 lessons and a quiz",
        "language": "en",
    }
    assert (context["owed"][0]["started"], context["owed"][0]["action_url"]) == (False, "/courses/inspection/")


def test_two_requirements_for_one_course_are_owed_once_at_the_earlier_date(client, dock):
    key = owe(dock, TODAY + days(9))
    second = factory.requirement(key, name="Guards too")
    Assignment.objects.create(
        requirement=second,
        version=second.versions.get(),
        person=dock,
        course_key=key,
        assigned_on=TODAY,
        due_on=TODAY + days(2),
        recorded_at=AT,
    )
    assert [row["days"] for row in client.get("/me/").context["owed"]] == [2]


def test_a_course_under_way_goes_on_at_its_next_step(client, dock):
    key = owe(dock, TODAY + days(7))
    edition = Edition.objects.get(course_key=key)
    run = Enrolment.objects.create(person=dock, course_key=key, edition=edition, language="en", started_at=AT)
    first = edition.in_language("en").steps[0]["key"]
    StepProgress.objects.create(enrolment=run, step_key=first, opened_at=AT, completed_at=AT)

    row = client.get("/me/").context["owed"][0]
    assert row["started"] is True
    assert row["action_url"] == "/courses/seal-security/steps/two/"
    assert (row["course"]["steps_done"], row["course"]["minutes_left"]) == (1, 13)


def test_a_course_that_is_not_released_is_not_shown(client, dock):
    owe(dock, TODAY)
    Assignment.objects.update(course_key="6c1f3f2e-1111-4222-8333-444455556666")
    context = client.get("/me/").context
    assert (context["owed"], context["later"]) == ([], [])


def test_titles_are_in_the_language_of_the_page(client, dock):
    dock.language = "es"
    dock.save()
    owe(dock, TODAY + days(7), spanish="Seguridad de sellos")
    context = client.get("/es/me/").context
    assert context["owed"][0]["course"]["title"] == "Seguridad de sellos"
    assert context["owed"][0]["course"]["url"] == "/es/courses/seal-security/"


def test_done_says_what_became_of_a_corrected_record(client, dock):
    key = factory.course()
    wrong = factory.record(dock, key, AT - days(3), score=80, pass_mark=80)
    right = factory.record(
        dock, key, AT - days(3), recorded_at=AT, corrects=wrong, reason="score", score=90, expires_on=TODAY - days(1)
    )
    factory.record(factory.hire("2"), key, AT)
    both = client.get("/me/").context["done"]
    assert [row["status"] for row in both] == ["expired", "superseded"]
    assert both[1]["certificate_url"] == f"/records/{wrong.uuid}/certificate/"
    assert both[:1] == [
        {
            "title": "Seal security",
            "completed_on": date(2026, 11, 21),
            "score": 90,
            "pass_mark": None,
            "expires_on": TODAY - days(1),
            "status": "expired",
            "presence_only": False,
            "imported": False,
            "certificate_url": f"/records/{right.uuid}/certificate/",
            "pdf_url": f"/records/{right.uuid}/certificate.pdf",
        }
    ]


def test_done_is_limited_and_the_rest_is_on_pages(client, dock):
    key = factory.course()
    for number in range(60):
        factory.record(dock, key, AT - days(number))
    context = client.get("/me/").context
    assert (len(context["done"]), context["records_url"]) == (20, "/me/records/")
    context = client.get("/me/records/?page=2").context
    assert (len(context["done"]), context["page"].paginator.count) == (10, 60)
    assert context["done"][-1]["completed_on"] == TODAY - days(59)


def number_of_queries(client, address, django_assert_max_num_queries):
    client.get(address)
    with django_assert_max_num_queries(12) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("address", ["/me/", "/me/records/"])
def test_queries_are_the_same_at_one_row_and_at_many(address, client, dock, django_assert_max_num_queries):
    def add(number):
        key = owe(dock, TODAY + days(number % 40), f"Course {number}")
        factory.record(dock, key, AT - days(number), tell=False)
        edition = Edition.objects.get(course_key=key)
        Enrolment.objects.create(person=dock, course_key=key, edition=edition, language="en", started_at=AT)
        content.guide(f"Guide {number}", criteria=[content.criterion()])

    add(1)
    one = number_of_queries(client, address, django_assert_max_num_queries)
    for number in range(2, 101):
        add(number)
    assert number_of_queries(client, address, django_assert_max_num_queries) == one


@pytest.mark.parametrize(
    ("due_on", "standing", "words", "by"),
    [
        (TODAY - days(1), "late", "Overdue by 1 day", ["Was due Monday 23 November."]),
        (TODAY, "due", "Due today", []),
        (TODAY + days(1), "due", "Due in 1 day", ["By Wednesday 25 November."]),
        (TODAY + days(30), "due", "Due in 30 days", ["By Thursday 24 December."]),
        (TODAY + days(31), "later", "Due 25 Dec 2026", []),
        (TODAY + days(60), "later", "Due 23 Jan 2027", []),
    ],
)
def test_the_course_page_says_by_when(dock, due_on, standing, words, by):
    key = owe(dock, due_on)
    (found,) = slots.fill("course_standings", person=dock, course_keys=[key, uuid.uuid4()], on=AT)
    html = found.pop(key)
    assert found == {}
    assert f"tag--{standing}" in html
    assert f"{words}</span>" in html
    assert re.findall(r'<span class="small">(.*?)</span>', html) == by
    assert slots.fill("course_standings", person=factory.hire("2"), course_keys=[key], on=AT) == []


def test_the_list_of_courses_says_by_when_and_costs_the_same_for_many(client, dock, django_assert_max_num_queries):
    owe(dock, TODAY + days(7))
    one = number_of_queries(client, "/courses/", django_assert_max_num_queries)
    for number in range(20):
        owe(dock, TODAY + days(60), f"Course {number}")
    assert number_of_queries(client, "/courses/", django_assert_max_num_queries) == one
    html = client.get("/courses/").content.decode()
    assert [html.count(words) for words in ("Due in 7 days", "By Tuesday 1 December.", "Due 23 Jan 2027")] == [1, 1, 20]


def test_an_enrolment_is_caused_by_the_assignment_that_is_due_first(dock):
    key = owe(dock, TODAY + days(7))
    assignment = Assignment.objects.get()
    assert slots.fill("enrolment_cause", person=dock, course_key=key, on=AT) == [
        {
            "assignment": str(assignment.uuid),
            "requirement": str(assignment.requirement.uuid),
            "requirement_version": 1,
        }
    ]
    assert slots.fill("enrolment_cause", person=factory.hire("2"), course_key=key, on=AT) == []


def completed(run, **says):
    request = RequestFactory().get("/")
    vars(request).update(says)
    return slots.fill("course_completed", enrolment=run, request=request)


def test_the_completion_page_says_when_it_is_due_again(dock):
    key = factory.course()
    factory.requirement(key)
    apply_requirements(on=TODAY, at=AT)
    factory.record(dock, key, AT)
    run = Enrolment.objects.create(
        person=dock, course_key=key, edition=Edition.objects.get(), language="en", started_at=AT, completed_at=AT
    )
    (html,) = [answer for answer in completed(run) if "Next time" in answer]
    assert "<span>Next time: by Wednesday 24 November 2027. We remind you before.</span>" in html
    assert "Next on your list" not in html


def test_after_a_course_one_is_told_what_comes_next(dock):
    done = owe(dock, TODAY + days(40))
    owe(dock, TODAY - days(4), "Inspection", area=5)
    owe(dock, TODAY + days(7), "Fences", area=9)
    run = Enrolment(person=dock, course_key=done)
    (html,) = completed(run)
    assert '<a href="/courses/inspection/">Inspection</a>' in html
    assert "Overdue by 4 days" in html
    assert "18 minutes, 2 lessons and a quiz" in html
    assert "Fences" not in html
    # One press into its first lesson, as on /me/; a shared tablet only names it, for it signs them out.
    begins = '<form method="post" action="/courses/inspection/start/"><input type="hidden" name="csrfmiddlewaretoken"'
    assert begins in html
    (html,) = completed(run, kiosk_finished=True)
    assert ("<strong>Inspection</strong>" in html, "<form" in html, "<a " in html) == (True, False, False)


def test_what_is_due_much_later_begins_at_one_press_too(dock):
    done, _next = owe(dock, TODAY + days(40)), owe(dock, TODAY + days(90), "Inspection", area=5)
    (html,) = completed(Enrolment(person=dock, course_key=done))
    assert 'action="/courses/inspection/start/"' in html
    assert '<button class="btn btn--line">Start early<span class="vh">: Inspection</span>' in html


def test_what_is_begun_already_goes_on_after_another_course(dock):
    done, key = owe(dock, TODAY + days(40)), owe(dock, TODAY + days(7), "Inspection", area=5)
    edition = Edition.objects.get(course_key=key)
    Enrolment.objects.create(person=dock, course_key=key, edition=edition, language="en", started_at=AT)
    (html,) = completed(Enrolment(person=dock, course_key=done))
    assert 'href="/courses/inspection/steps/one/">Continue' in html


def test_what_nobody_asked_for_goes_on_too(client, dock):
    key = factory.course("Fences", area=9)
    edition = Edition.objects.get(course_key=key)
    run = Enrolment.objects.create(person=dock, course_key=key, edition=edition, language="en", started_at=AT)
    first = edition.in_language("en").steps[0]["key"]
    StepProgress.objects.create(enrolment=run, step_key=first, opened_at=AT, completed_at=AT)
    stranger = factory.hire("2")
    Enrolment.objects.create(person=stranger, course_key=key, edition=edition, language="en", started_at=AT)

    response = client.get("/me/")
    assert (response.context["owed"], response.context["later"]) == ([], [])
    (row,) = response.context["begun"]
    assert (row["course"]["title"], row["action_url"]) == ("Fences", "/courses/fences/steps/two/")
    html = response.content.decode()
    assert "Begun by yourself" in html
    assert "Nothing is assigned to you" not in html


def guide(title, number, roles, **fields):
    criterion = content.criterion(number, position=int(float(number) * 100))
    Criterion.objects.filter(pk=criterion.pk).update(roles=roles)
    return content.guide(title, criteria=[criterion], **fields)


def test_guides_are_those_for_ones_position_the_nearest_first(client, dock):
    Position.objects.filter(title="Dock hand").update(roles=["dock_and_warehouse"])
    guide("A for everybody", "12.1", ["all_personnel"])
    guide("Loading", "6.1", ["dock_and_warehouse", "drivers"])
    guide("Firewalls", "4.2", ["it"])
    secret = guide("Secret", "6.2", ["dock_and_warehouse"])
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    guide("Not yet", "6.3", ["dock_and_warehouse"]).unpublish()

    guides = client.get("/me/").context["guides"]
    assert [(row["title"], row["url"]) for row in guides] == [
        ("Loading", "/guides/loading/"),
        ("A for everybody", "/guides/a-for-everybody/"),
    ]
    PageViewRestriction.objects.create(page=content.guide_index(), restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/me/").context["guides"] == []
