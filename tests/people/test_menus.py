"""What each role finds in the admin's menus: every item opens, under the heading that the item promises."""

import html
import json
import re

import pytest

from . import factory

pytestmark = pytest.mark.django_db

PEOPLE = [
    "/admin/people/",
    "/admin/employments/",
    "/admin/positions-held/",
    "/admin/leaves/",
    "/admin/tags/",
    "/admin/audiences/",
    "/admin/positions/",
    "/admin/facilities/",
    "/admin/employers/",
    "/admin/companies/",
    "/admin/imports/",
    "/admin/import-sources/",
]
READ_ONLY = [
    *PEOPLE,
    "/admin/requirements/",
    "/admin/extra-time/",
    "/admin/reports/completions/",
    "/admin/exports/",
    "/admin/corrections/",
    "/admin/reports/assignments/",
    "/admin/reports/enrolments/",
    "/admin/reports/attempts/",
    "/admin/reports/mastery/",
    "/admin/reports/questions/",
]
PROGRAMME = [*READ_ONLY, "/admin/past-training/", "/admin/invitations/", "/admin/marking/", "/admin/blanks/"]
EVIDENCE = ["/admin/evidence/", "/admin/erasures/"]
WRITING = [
    "/admin/pages/",
    "/admin/images/",
    "/admin/documents/",
    "/admin/snippets/quizzes/quiz/",
    "/admin/snippets/quizzes/question/",
    "/admin/snippets/quizzes/bank/",
    "/admin/snippets/content/criterion/",
    "/admin/snippets/content/criteriaarea/",
    "/admin/snippets/content/objective/",
    "/admin/snippets/content/blank/",
    "/admin/reports/questions/",
    "/admin/reports/feedback/",
    "/admin/reports/reviews/",
    "/admin/reports/locked/",
    "/admin/reports/workflow/",
    "/admin/reports/workflow_tasks/",
    "/admin/reports/site-history/",
    "/admin/reports/aging-pages/",
    "/admin/reports/page-types-usage/",
    "/admin/localize/reports/translations/",
]
SETTING_UP = [
    "/admin/workflows/list/",
    "/admin/workflows/tasks/index/",
    "/admin/groups/",
    "/admin/sites/",
    "/admin/locales/",
    "/admin/collections/",
]
# Where the heading is not the words of the menu.
HEADINGS = {
    "/admin/pages/": "Exploring: Root",
    "/admin/snippets/content/criteriaarea/": "Criteria areas",
}


def items(response):
    """`{address: label}` of the sidebar, submenus included, without what leads away or opens a dialog."""
    props = re.search(r'<script id="wagtail-sidebar-props" type="application/json">(.*?)</script>', response, re.DOTALL)
    found = {}

    def walk(node):
        if isinstance(node, dict):
            if node.get("_type") in ("wagtail.sidebar.LinkMenuItem", "wagtail.sidebar.PageExplorerMenuItem"):
                definition = node["_args"][0]
                found[definition["url"]] = definition["label"]
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(json.loads(props[1])["modules"])
    return {url: label for url, label in found.items() if url.startswith("/admin/")}


def heading(page):
    found = re.search(r'<h[12][^>]*id="header-title"[^>]*>(.*?)</h[12]>', page, re.DOTALL) or re.search(
        r"<title>(.*?) - ", page, re.DOTALL
    )
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found[1])).split())


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("Human resources", PROGRAMME),
        ("Compliance", [*READ_ONLY, *EVIDENCE, "/admin/reports/reviews/"]),
        ("Editors", WRITING),
        ("Administrators", {*PROGRAMME, *EVIDENCE, *WRITING, *SETTING_UP}),
    ],
)
def test_each_item_opens_what_it_names(client, role, expected):
    factory.hire("100")
    factory.audience()
    client.force_login(factory.person("me", role=role))
    menu = items(client.get("/admin/").content.decode())
    menu.pop("/admin/account/", None)
    opened = {}
    for address in menu:
        response = client.get(address)
        assert response.status_code == 200, address
        opened[address] = heading(response.content.decode())
    assert opened == {address: HEADINGS.get(address, label) for address, label in menu.items()}
    assert sorted(menu) == sorted(expected)


def test_learners_and_supervisors_have_no_admin(client):
    for role in (None, "Supervisors"):
        client.force_login(factory.person(str(role), role=role))
        assert client.get("/admin/").headers["Location"] == "/sign-in/?next=/admin/"


def test_people_come_first_in_their_menu(client):
    client.force_login(factory.person("me", role="Human resources"))
    menu = items(client.get("/admin/").content.decode())
    assert list(menu.values())[:4] == ["People", "Imports", "Invitations", "Employments"]
