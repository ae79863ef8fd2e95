"""What holds for every template: no styles or handlers of its own, and only icons that exist."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = sorted(
    path
    for app in ("content", "courses", "quizzes", "learning")
    for path in (settings.BASE_DIR / app).rglob("templates/**/*.html")
)
# Mail programs read no stylesheets: mail alone keeps styles in its tags.
MAIL = {
    settings.BASE_DIR / "learning" / folder
    for folder in ("reminders/templates/reminders/mail", "people/templates/people/mail", "templates/account/email")
}
# A file of static files may be a script; an inline one needs the nonce of the page.
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\s(?:src|nonce)=)", re.IGNORECASE),
    "a script as an address": re.compile(r"(?:href|src|action)=.javascript:", re.IGNORECASE),
    "an address elsewhere": re.compile(r"(?:href|src)=.(?:https?:)?//", re.IGNORECASE),
}
STATIC = settings.BASE_DIR / "learning" / "static" / "gatehouse"
SYMBOLS = set(re.findall(r'<symbol id="i-([\w-]+)"', (STATIC / "icons.svg").read_text()))


def name(path):
    return str(Path(path).relative_to(settings.BASE_DIR))


def test_there_are_templates_to_look_at():
    assert "learning/templates/base.html" in map(name, TEMPLATES)
    assert "content/templates/content/blocks/figure.html" in map(name, TEMPLATES)


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.parent not in MAIL], ids=name)
def test_a_template_keeps_to_the_policy(path):
    text = path.read_text()
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


def test_icons_exist():
    used = {
        (name(path), icon)
        for path in TEMPLATES
        if "admin" not in path.parts
        for icon in re.findall(r'{% icon "([\w-]+)" %}', path.read_text())
    }
    assert {(path, icon) for path, icon in used if icon not in SYMBOLS} == set()


def test_classes_of_the_sprite_and_the_stylesheet_need_nothing_from_elsewhere():
    for file in ("tokens.css", "gatehouse.css", "icons.svg"):
        assert re.findall(r"url\(\s*[\"']?(?:https?:)?//", (STATIC / file).read_text()) == []
