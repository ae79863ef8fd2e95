"""What of a course the company should hold against its own rules: loaded, shown to editors, ticked and opened again."""

import pytest
import time_machine
from wagtail.users.models import UserProfile

from courses.models import CoursePage, ReviewPoint
from learning.assignments import starter
from tests.people.factory import AT
from tests.people.factory import person as with_role
from tests.starter import factory, spanish

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/reviews/"
REVIEW = """
    review:
      - {id: mark, text: Where do your seals bear their mark?}
      - {id: place, text: On which door does yours go?}
"""


@pytest.fixture
def folder(tmp_path):
    folder = factory.small(tmp_path)
    factory.write(folder, "courses/seals/course.yaml", factory.COURSE + REVIEW)
    starter.load(at=AT, folder=folder)
    return folder


@pytest.fixture
def editor(client, folder):
    who = with_role("7", "Ed", role="Editors")
    client.force_login(who)
    with time_machine.travel(AT, tick=False):
        yield who


def address(point):
    return f"{REPORT}{point.uuid}/tick/"


def test_an_editor_sees_the_points_on_the_course_and_ticks_one(client, editor):
    course = CoursePage.objects.get()
    mark, place = ReviewPoint.objects.filter(course_key=course.translation_key)
    edit = f"/admin/pages/{course.pk}/edit/"
    assert "Tick what is right: 2 points are open" in client.get(edit).content.decode()

    answer = client.post(address(mark))

    assert answer.url == f"{REPORT}?course_key={course.translation_key}"
    mark.refresh_from_db()
    assert (mark.ticked_at, mark.ticked_by, place.ticked_at) == (AT, editor, None)
    html = client.get(edit).content.decode()
    assert "Tick what is right: 1 point is open" in html
    assert f"Ticked by {editor.get_full_name()}, " in html
    still_open = client.get(f"{REPORT}?open=true").content.decode()
    assert (place.text in still_open, mark.text in still_open) == (True, False)


def test_whoever_ticks_second_changes_nothing_and_a_point_can_be_opened_again(client, editor):
    point = ReviewPoint.objects.first()
    client.post(address(point))
    client.force_login(with_role("8", "Eve", role="Compliance"))
    client.post(address(point))
    point.refresh_from_db()
    assert point.ticked_by == editor

    client.post(address(point), {"again": "yes"})

    point.refresh_from_db()
    assert (point.ticked_at, point.ticked_by) == (None, None)


def test_hr_neither_sees_nor_ticks(client, folder):
    client.force_login(with_role("9", "Hank", role="Human resources"))
    point = ReviewPoint.objects.first()
    course = CoursePage.objects.get()

    assert client.get(REPORT).status_code == 302
    assert client.post(address(point)).status_code == 302
    point.refresh_from_db()
    assert point.ticked_at is None
    assert client.get(f"/admin/pages/{course.pk}/edit/").status_code == 302


def test_learners_never_see_them(client, folder):
    client.force_login(with_role("1"))

    assert "Where do your seals bear" not in client.get("/courses/seals/").content.decode()


def test_a_point_that_says_something_new_is_open_again_and_others_stay_ticked(client, editor, folder):
    for point in ReviewPoint.objects.all():
        client.post(address(point))
    factory.write(folder, "courses/seals/course.yaml", factory.COURSE + REVIEW.replace("On which door", "Where"))

    report, _sentences = starter.load(at=AT, folder=folder)

    assert report.written == {"review/seals/place"}
    assert list(ReviewPoint.objects.order_by("place").values_list("text", "ticked_by")) == [
        ("Where do your seals bear their mark?", editor.pk),
        ("Where does yours go?", None),
    ]
    assert starter.load(at=AT, folder=folder)[0].written == set()


def test_the_queries_of_the_list_do_not_grow(client, editor, django_assert_max_num_queries):
    def count():
        with django_assert_max_num_queries(60) as captured:
            client.get(REPORT)
        return len(captured)

    count()
    few = count()
    key = CoursePage.objects.get().translation_key
    ReviewPoint.objects.bulk_create(
        ReviewPoint(course_key=key, text=f"Point {number}", ticked_at=AT, ticked_by=editor) for number in range(30)
    )
    assert count() == few


def test_who_reads_spanish_is_asked_in_spanish_and_in_english_where_nobody_has_said_it(client, folder):
    spanish.whole(folder)
    review = REVIEW.replace("Where do your seals bear their mark?", "¿Dónde llevan la marca?")
    first_alone = "\n".join(review.splitlines()[:-1]) + "\n"
    spanish.write(folder, "courses/seals/course.yaml", spanish.COURSE + first_alone)
    starter.load(at=AT, folder=folder)
    reader = with_role("7", "Eva", role="Editors")
    UserProfile.objects.create(user=reader, preferred_language="es")
    client.force_login(reader)
    course = CoursePage.objects.get(locale__language_code="en")

    for address in (REPORT, f"/admin/pages/{course.pk}/edit/"):
        html = client.get(address).content.decode()
        assert ("¿Dónde llevan la marca?" in html, "Where do your seals bear" in html) == (True, False)
        assert "On which door does yours go?" in html
