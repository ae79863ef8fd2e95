"""The help pages: one for each role, for everybody, and no link of theirs leads nowhere."""

import re

import pytest
from django.urls import resolve, reverse

from content.help import PAGES

pytestmark = pytest.mark.django_db


def test_the_first_page_leads_to_each_role(client):
    html = client.get("/help/").content.decode()
    assert re.findall(r'href="(/help/[a-z]+/)"', html) == [f"/help/{role}/" for role in PAGES]
    assert list(PAGES) == ["learner", "supervisor", "hr", "compliance", "editor", "operator"]


@pytest.mark.parametrize("role", PAGES)
@pytest.mark.parametrize("prefix", ["", "/es"])
def test_each_answers_its_questions(client, role, prefix):
    html = client.get(f"{prefix}/help/{role}/").content.decode()
    anchors = re.findall(r'<section class="stack stack--s anchor" id="([^"]+)"', html)
    assert anchors == [answer.anchor for answer in PAGES[role].answers]
    assert len(set(anchors)) == len(anchors)
    assert re.findall(r'<li><a href="#([^"]+)">', html) == anchors


@pytest.mark.parametrize("role", PAGES)
def test_links_lead_somewhere(role):
    for answer in PAGES[role].answers:
        for _words, name in answer.links:
            assert resolve(reverse(name))


def test_there_is_no_other_page(client):
    assert client.get("/help/nobody/").status_code == 404


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/sign-in/", 'href="/help/learner/#sign-in"'),
        ("/nothing-here/", 'href="/help/"'),
        ("/verify/", '<li><a href="/help/">Help</a></li>'),
    ],
)
def test_one_comes_to_it_from_where_one_is_stuck(client, path, link):
    assert link in client.get(path).content.decode()


def test_it_costs_no_query_of_its_own(client, django_assert_num_queries):
    client.get("/help/learner/")
    # The name of the company.
    with django_assert_num_queries(1):
        client.get("/help/learner/")
