"""Guides: what is published is shown, in whose interface, with what it says about itself."""

import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Locale, PageViewRestriction
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from content.models import Criterion, GuidePage
from content.shown import reading_minutes
from content.tasks import publish_scheduled
from courses.models import CoursePage
from tests.courses import factory as courses
from tests.people.factory import person
from tests.queries import queries

from . import factory

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]

AT = datetime.datetime(2030, 11, 24, 19, 0, tzinfo=datetime.UTC)
# The page, its restrictions in two, pictures, their renditions, criteria, courses on them, company.
GUIDE_QUERIES = 8


def paragraph(text):
    return ("text", f"<p>{text}</p>")


def test_a_guide_shows_what_is_published_and_no_draft(client):
    page = factory.guide(body=[paragraph("Look twice.")])
    page.title = "Another title"
    page.body = [("text", "Draft words.")]
    page.save_revision()
    html = client.get("/guides/checking-a-seal/").content.decode()
    assert '<h1 lang="en">Checking a seal</h1>' in html
    assert "Look twice." in html
    assert "Another title" not in html
    assert "Draft words." not in html


def test_an_unpublished_guide_is_not_there(client):
    page = factory.guide()
    page.unpublish()
    assert client.get("/guides/checking-a-seal/").status_code == 404
    assert list(client.get("/guides/").context["guides"]) == []


def test_what_a_guide_says_about_itself(client):
    criteria = [factory.criterion("6.7", 3), factory.criterion("12.1", 9), factory.criterion("6.1", 1)]
    factory.guide(author="Ana Ruiz", review_by=datetime.date(2027, 5, 1), criteria=criteria)
    context = client.get("/guides/checking-a-seal/").context
    assert (context["criteria"], context["areas"]) == (["6.1", "6.7", "12.1"], [6, 12])
    assert context["revised"] == GuidePage.objects.get().last_published_at
    html = client.get("/guides/checking-a-seal/").content.decode()
    assert "Guide · areas 6, 12 · revised" in html
    assert "<dt>Author</dt><dd>Ana Ruiz</dd>" in html
    assert "<dt>To be reviewed by</dt><dd>1 May 2027</dd>" in html
    assert "<dt>Criteria</dt><dd>6.1, 6.7, 12.1</dd>" in html


def test_spanish_readers_are_told_that_the_text_is_english(client):
    factory.guide()
    html = client.get("/es/guides/checking-a-seal/").content.decode()
    assert '<html lang="es">' in html
    assert '<h1 lang="en">Checking a seal</h1>' in html
    context = client.get("/es/guides/checking-a-seal/").context
    assert (context["content_language"], context["content_language_differs"]) == ("en", True)
    assert 'href="/es/guides/checking-a-seal/"' in client.get("/es/guides/").content.decode()
    assert client.get("/guides/checking-a-seal/").context["content_language_differs"] is False


def test_the_index_lists_published_guides_by_title_and_in_pages(client):
    for number in range(26):
        factory.guide(f"Guide {number:02}")
    secret = factory.guide("Guide secret")
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    first = client.get("/guides/").context["guides"]
    assert [page.title for page in first][:2] == ["Guide 00", "Guide 01"]
    assert (len(first), first.paginator.count) == (24, 26)
    assert [page.title for page in client.get("/guides/?page=2").context["guides"]] == ["Guide 24", "Guide 25"]


def test_queries_are_the_same_for_one_picture_and_for_many(client, django_assert_num_queries):
    def figure():
        return ("figure", {"image": factory.photograph().pk, "caption": "", "points": []})

    criterion = factory.criterion()
    factory.guide("One", body=[figure()], criteria=[criterion])
    factory.guide("Many", body=[figure() for _ in range(5)], criteria=[criterion, factory.criterion("6.2", 2)])
    for address in ("/guides/one/", "/guides/many/"):
        client.get(address)  # makes the renditions and warms the sites
        with django_assert_num_queries(GUIDE_QUERIES):
            client.get(address)


def test_a_guide_is_published_at_its_time():
    page = factory.guide()
    page.title = "New title"
    with time_machine.travel(AT, tick=False) as clock:
        page.go_live_at = AT + datetime.timedelta(hours=1)
        page.save_revision().publish()
        publish_scheduled()
        assert GuidePage.objects.get().title == "Checking a seal"
        clock.shift(datetime.timedelta(hours=1, seconds=1))
        publish_scheduled()
        assert GuidePage.objects.get().title == "New title"


def test_a_preview_shows_the_draft_and_leaves_the_live_page():
    page = factory.guide(body=[paragraph("Look twice.")], criteria=[factory.criterion()])
    page.title = "Draft title"
    response = page.make_preview_request()
    assert "Draft title</h1>" in response.rendered_content
    assert GuidePage.objects.get().title == "Checking a seal"


def test_search_index_can_be_built_again(client):
    factory.guide(body=[paragraph("Look twice.")])
    call_command("update_index", verbosity=0)
    assert client.get("/search/?q=twice").context["total"] == 1


def test_an_editor_cannot_move_the_guides_elsewhere(admin_client):
    index = factory.guide_index()
    form = {"title": "Good guides", "intro": "Print them.", "slug": "elsewhere", "comments-TOTAL_FORMS": "0"}
    form |= {"comments-INITIAL_FORMS": "0", "action-publish": "1"}
    admin_client.post(reverse("wagtailadmin_pages:edit", args=[index.pk]), form)
    index.refresh_from_db()
    assert (index.title, index.intro, index.slug) == ("Good guides", "Print them.", "guides")


def test_an_editor_publishes_a_guide_and_anybody_finds_it(admin_client, client):
    index = factory.guide_index()
    criterion = factory.criterion()
    body = nested_form_data({"body": streamfield([("text", rich_text("<p>Look at the hinges.</p>"))])})
    form = {"title": "Hinges", "summary": "Where to look.", "author": "Ana Ruiz", "review_by": "2027-05-01"}
    form |= {"slug": "hinges", "criteria": [criterion.pk], "action-publish": "1", "comments-TOTAL_FORMS": "0"}
    address = reverse("wagtailadmin_pages:add", args=["content", "guidepage", index.pk])
    admin_client.post(address, form | body | {"comments-INITIAL_FORMS": "0"})
    assert "<p>Look at the hinges.</p>" in client.get("/guides/hinges/").content.decode()
    assert [hit.title for hit in client.get("/search/?q=hinges").context["hits"]] == ["Hinges"]


def test_an_editor_is_offered_each_criterion_once_and_the_chosen_first(admin_client):
    criterion = factory.criterion()
    spanish = Locale.objects.get_or_create(language_code="es")[0]
    other = criterion.copy_for_translation(spanish)
    other.area = criterion.area.copy_for_translation(spanish)
    other.area.save()
    other.save()
    new = admin_client.get(reverse("wagtailadmin_pages:add", args=["content", "guidepage", factory.guide_index().pk]))
    assert list(new.context["form"].fields["criteria"].queryset) == [criterion]
    old = admin_client.get(reverse("wagtailadmin_pages:edit", args=[factory.guide(criteria=[other]).pk]))
    assert list(old.context["form"].fields["criteria"].queryset) == [other, criterion]


def test_a_guide_says_how_long_it_takes_and_when_it_was_reviewed(client):
    factory.guide(body=[paragraph("word " * 400)], reviewed_on=datetime.date(2026, 11, 1))
    html = client.get("/guides/checking-a-seal/").content.decode()
    assert "3 min to read" in html
    assert "<dt>Last reviewed</dt><dd>1 November 2026</dd>" in html


def test_words_are_counted_wherever_they_stand_but_not_in_files():
    steps = {"type": "steps", "value": {"title": "word " * 100, "items": ["<p>" + "word " * 200 + "</p>"]}}
    picture = {"type": "figure", "value": {"image": {"url": "/a", "title": "word " * 900}, "caption": "", "points": []}}
    assert reading_minutes([steps, picture]) == 2
    assert reading_minutes([picture]) == 1


def test_a_guide_leads_to_the_courses_on_its_criteria(client):
    courses.released_course("Seal security", quiz=False)
    courses.released_course("Hidden course", quiz=False)
    CoursePage.objects.get(title="Hidden course").unpublish()
    factory.guide(criteria=[Criterion.objects.get(number="6.1")])
    (course,) = client.get("/guides/checking-a-seal/").context["courses"]
    assert course == {
        "title": "Seal security",
        "url": "/courses/seal-security/",
        "area": 6,
        "minutes": 10,
        "language": "en",
    }
    factory.guide("Other", criteria=[factory.criterion("10.1", 3)])
    assert client.get("/guides/other/").context["courses"] == []


def test_a_guide_for_few_asks_who_one_is(client):
    secret = factory.guide()
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/guides/checking-a-seal/").headers["Location"].startswith("/sign-in/?next=")
    client.force_login(person("1"))
    assert client.get("/guides/checking-a-seal/").status_code == 200


@pytest.mark.parametrize("address", ["/guides/", "/guides/guide-00/"])
def test_pages_cost_at_most_twelve_queries_for_one_and_for_many(client, address):
    client.force_login(person("1"))

    def add(number):
        criterion = factory.criterion(f"6.{number}", number)
        body = [paragraph("Look twice.")]
        return factory.guide(f"Guide {number:02}", body=body, criteria=[criterion])

    add(0)
    client.get(address)
    one = len(queries(lambda: client.get(address)))
    for number in range(1, 24):
        add(number)
    assert len(queries(lambda: client.get(address))) == one <= 12
