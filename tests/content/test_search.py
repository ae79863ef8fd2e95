"""Search: learners find what was released, in its released words, and nothing else."""

import pytest
from wagtail.models import PageViewRestriction

from content import indexing
from content.search import clean
from courses.models import CoursePage
from tests.courses import factory as courses

from . import factory

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]

GUIDE = ("Guide", "Checking a seal", "/guides/checking-a-seal/")
COURSE = ("Course", "Seal security", "/courses/seal-security/")
# Areas, released courses, site and its language, number of results, those of the page, their guides and editions,
# company.
SEARCH_QUERIES = 10


def found(client, query, prefix=""):
    context = client.get(f"{prefix}/search/", {"q": query}).context
    return [(hit.kind, hit.title, hit.url) for hit in context["hits"]]


@pytest.fixture
def site():
    factory.guide_index()


@pytest.mark.parametrize("query", ["checking", "Checking a seal", "seals", "hinges", "hinge", 'check "seal"', "(seal)"])
def test_a_guide_is_found_by_its_words_in_either_number(client, site, query):
    factory.guide(title="Checking a seal", body=[("text", "<p>Check the hinges.</p>")])
    assert found(client, query) == [GUIDE]


def test_all_words_must_be_there(client, site):
    factory.guide("Checking a seal")
    assert found(client, "seal checking") == [GUIDE]
    assert found(client, "seal unicorn") == []


def test_a_course_is_found_once_it_is_released(client, site):
    page = courses.course(quiz=False)
    page.save_revision().publish()
    assert found(client, "security") == []
    courses.release(page)
    assert found(client, "security") == [COURSE]


def test_a_course_is_shown_in_the_words_of_its_edition(client, site):
    courses.released_course(quiz=False)
    page = CoursePage.objects.get()
    page.summary = "Not released yet."
    page.save_revision().publish()
    [hit] = client.get("/search/?q=security").context["hits"]
    assert hit.summary == "What Seal security is good for."


def test_a_course_is_found_by_the_words_of_its_edition_and_no_others(client, site):
    page = courses.course(lessons=("Hinges",), quiz=False)
    courses.release(page)
    page = CoursePage.objects.get()
    page.title = "Zebras"
    page.about = "Unicorns."
    page.save_revision().publish()
    assert found(client, "zebras") == found(client, "unicorns") == []
    assert found(client, "security") == found(client, "hinges") == found(client, "of hinges text") == [COURSE]
    courses.release(page)
    assert found(client, "zebras") == found(client, "unicorns") == [("Course", "Zebras", COURSE[2])]


def test_what_a_title_says_comes_before_what_is_said_below(client, site):
    courses.released_course("Yard walk", lessons=("Bolts", "Bolt again"), quiz=False)
    factory.guide("Peñas y bolt", body=[("text", "<p>One word among many others that are of no use here.</p>")])
    courses.released_course("Gates", lessons=("The bolt",), quiz=False)
    titles = [title for _kind, title, _url in found(client, "bolts")]
    assert (titles[0], sorted(titles)) == ("Peñas y bolt", ["Gates", "Peñas y bolt", "Yard walk"])
    assert [title for _kind, title, _url in found(client, "pena bolt")] == ["Peñas y bolt"]


def test_of_titles_that_say_it_the_shortest_comes_first_however_long_the_page(client, site):
    courses.released_course("Seal security", lessons=[f"Hinge {number}" for number in range(9)], quiz=False)
    factory.guide("Keeping a seal log for the year", body=[("text", "<p>Seal, seals, seal.</p>")])
    factory.guide("Seals at the gate", body=[("text", "<p>Seal, seals, seal, seals.</p>")])
    assert [title for _kind, title, _url in found(client, "seal")] == [
        "Seal security",
        "Seals at the gate",
        "Keeping a seal log for the year",
    ]


def test_the_title_that_says_most_of_what_was_asked_comes_first(client, site):
    below = [("text", "<p>Trailer, seal, trailer, seal, trailer: the seal of a trailer.</p>")]
    factory.guide("Gates", body=below)
    factory.guide("A trailer in the yard on a long and windy Monday", body=below)
    factory.guide("Seal of a trailer and what to look at on a windy day", summary="Once.")
    titles = [title for _kind, title, _url in found(client, "trailer seal")]
    assert [title.split()[0] for title in titles] == ["Seal", "A", "Gates"]


def test_what_learners_do_not_find(client, site):
    courses.course(lessons=("Hinges",), quiz=False)
    draft = factory.guide("Draft on hinges")
    draft.unpublish()
    secret = factory.guide("Secret hinges")
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    shown = factory.guide("Plain guide")
    shown.title = "Hinges"
    shown.save_revision()
    assert found(client, "hinges") == []


def test_a_hidden_course_is_not_found(client, site):
    courses.released_course(quiz=False)
    CoursePage.objects.get().unpublish()
    assert found(client, "security") == []


def test_spanish_addresses_lead_to_what_there_is(client, site):
    factory.guide("Checking a seal")
    courses.released_course(quiz=False)
    assert sorted(url for _kind, _title, url in found(client, "seal", "/es")) == [
        "/es/courses/seal-security/",
        "/es/guides/checking-a-seal/",
    ]
    assert '<h2 lang="en">' in client.get("/es/search/?q=seal").content.decode()


@pytest.mark.parametrize("query", ['"', "'", "*", "%", "\\", "é😀", "AND", "NOT", "NEAR(", "a:b", "^", "{}", "-"])
def test_signs_are_no_error(client, site, query):
    response = client.get("/search/", {"q": query})
    assert (response.status_code, response.context["total"]) == (200, 0)


def test_without_a_query_nothing_is_searched(client, site):
    for address in ("/search/", "/search/?q=", "/search/?q=%20", "/search/?q=%00"):
        response = client.get(address)
        assert "hits" not in response.context
        assert "<h1>What are you looking for?</h1>" in response.content.decode()


def test_a_query_is_one_short_line():
    assert clean("  two\n words\0 ") == "two words"
    assert clean("x" * 101) == "x" * 100


def test_the_query_is_shown_and_inert(client, site):
    html = client.get("/search/", {"q": "<b>"}).content.decode()
    assert "<h1>Nothing found for “&lt;b&gt;”</h1>" in html
    assert 'value="&lt;b&gt;"' in html


def test_results_come_in_pages(client, site):
    for number in range(10):
        factory.guide(f"Seal {number}")
    factory.guide("Last", summary="Of a seal.")
    first = client.get("/search/?q=seal")
    assert (first.context["total"], len(first.context["hits"])) == (11, 10)
    assert 'href="?q=seal&amp;page=2"' in first.content.decode()
    assert [hit.title for hit in client.get("/search/?q=seal&page=2").context["hits"]] == ["Last"]


def test_queries_are_the_same_for_one_result_and_for_many_and_read_one_page(client, site, django_assert_num_queries):
    factory.guide("Hinge alone")
    courses.released_course("Hinge course", quiz=False)
    with indexing.once():
        for number in range(100):
            factory.guide(f"Guide {number}", summary="Of a seal.")
    courses.released_course("Seal course", quiz=False)
    client.get("/search/?q=seal")
    for query, total in (("hinge", 2), ("seal", 101)):
        with django_assert_num_queries(SEARCH_QUERIES) as captured:
            assert client.get("/search/", {"q": query}).context["total"] == total
        assert sum("COUNT(*)" in row["sql"] for row in captured) == 1


def narrowed(client, **filters):
    response = client.get("/search/", {"q": "seal"} | filters)
    return sorted(hit.title for hit in response.context["hits"])


def test_results_are_narrowed_to_a_kind_and_an_area(client, site):
    factory.guide("Seal at the gate", criteria=[factory.criterion("6.1"), factory.criterion("6.2", 2)])
    factory.guide("Seal of a badge", criteria=[factory.criterion("10.1", 3)])
    courses.released_course(quiz=False)
    assert narrowed(client) == ["Seal at the gate", "Seal of a badge", "Seal security"]
    assert narrowed(client, kind="courses") == ["Seal security"]
    assert narrowed(client, kind="guides") == ["Seal at the gate", "Seal of a badge"]
    assert narrowed(client, area="6") == ["Seal at the gate", "Seal security"]
    assert narrowed(client, kind="guides", area="10") == ["Seal of a badge"]
    assert narrowed(client, kind="courses", area="10") == []


@pytest.mark.parametrize("filters", [{"kind": "people"}, {"area": "99"}, {"area": "x"}, {"area": "-1"}, {"kind": "\0"}])
def test_a_filter_that_there_is_not_narrows_nothing(client, site, filters):
    factory.guide("Seal at the gate")
    assert narrowed(client, **filters) == ["Seal at the gate"]


def test_who_finds_nothing_there_is_led_to_everything(client, site):
    factory.guide("Seal at the gate", criteria=[factory.criterion("6.1")])
    html = client.get("/search/?q=seal&kind=courses&area=6").content.decode()
    assert "Nothing found for “seal”" in html
    assert 'href="?q=seal"' in html
    assert '<option value="courses" selected>Courses</option>' in html
    assert '<option value="6" selected>6. Seal security</option>' in html


@pytest.mark.parametrize("query", ["camion", "camión", "CAMIÓN", "anden", "pena"])
def test_accents_do_not_matter(client, site, query):
    factory.guide("El camión en el andén", summary="Vale la peña.")
    assert [title for _kind, title, _url in found(client, query)] == ["El camión en el andén"]
