"""What a browser may run in the admin: Wagtail's own initialisers, and no other inline script."""

import re

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from learning.middleware import ContentSecurityPolicyMiddleware

from . import factory


def scripts_with_nonce(body, path="/admin/"):
    """How many scripts of the page carry the nonce that its policy names."""
    response = ContentSecurityPolicyMiddleware(lambda request: HttpResponse(body))(RequestFactory().get(path))
    found = re.search(r"script-src [^;]*'nonce-([^']+)'", response.headers["Content-Security-Policy"])
    page = response.content.decode()
    assert int(response.headers.get("Content-Length", len(response.content))) == len(response.content)
    return page.count(f'<script nonce="{found[1]}">') if found else 0


@pytest.mark.parametrize(
    "script",
    [
        'initDateChooser("id_starts_on", {"dayOfWeekStart": 0, "format": "Y-m-d"});',
        'initDateTimeChooser("id_x", {});',
        'new Chooser("id_person", {"modalUrl": "/admin/choose-person/"});',
        'new PageChooser("id_page", {"canChooseRoot": false});',
        'createTaskChooser("id_task");',
        '\n(function() {\n var panel = new InlinePanel(JSON.parse("{\\u0022a\\u0022: 1}"));\n})();\n',
    ],
)
def test_an_initialiser_of_wagtail_runs(script):
    assert scripts_with_nonce(f"<p>é</p><script>{script}</script>") == 1
    assert scripts_with_nonce(f"<script>{script}</script>", path="/me/") == 0


@pytest.mark.parametrize(
    "script",
    [
        "alert(1)",
        'initDateChooser("x", {}); alert(1);',
        "initDateChooser(alert(1), {});",
        'new Chooser("x", {"a": alert(1)});',
        'new Chooser("x", {});</script><script>alert(1);',
        'new Function("alert(1)");',
        '(function() { var panel = new InlinePanel(JSON.parse("{}")); alert(1); })();',
        "(function() { var panel = new InlinePanel(JSON.parse(alert(1))); })();",
        "",
    ],
)
def test_nothing_else_does(script):
    assert scripts_with_nonce(f"<script>{script}</script>") == script.startswith('new Chooser("x", {});<')


@pytest.mark.django_db
def test_a_form_of_ours_is_whole(client):
    """Choosers and dates start: every inline script of the page may run."""
    client.force_login(factory.person("hr", role="Human resources"))
    response = client.get("/admin/employments/new/")
    nonce = re.search(r"'nonce-([^']+)'", response.headers["Content-Security-Policy"])[1]
    page = response.content.decode()
    assert page.count(f'<script nonce="{nonce}">') == 4
    assert "<script>" not in page
