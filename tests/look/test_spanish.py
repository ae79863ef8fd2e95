"""The Spanish of the interface: whole, with the same places for values, and as it stands on pages."""

import ast
import datetime
import re

import polib
import pytest
import time_machine
from django import forms
from django.conf import settings
from django.utils.translation import override
from django.utils.translation.template import templatize

from learning import borrowed
from learning.records.shown import short_date
from tests.look.test_templates import name
from tests.reminders import factory

CATALOG = polib.pofile(str(settings.BASE_DIR / "learning" / "locale" / "es" / "LC_MESSAGES" / "django.po"))
KNOWN = {(entry.msgctxt, entry.msgid) for entry in CATALOG}
VALUE = re.compile(r"%\(\w+\)[sd]|%%")
SOURCES = [
    path
    for app in ("content", "courses", "quizzes", "learning")
    for pattern in ("templates/**/*.html", "templates/**/*.txt", "**/*.py")
    for path in sorted((settings.BASE_DIR / app).glob(f"**/{pattern}"))
]
PLAIN = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy", "npgettext"}
# What templatize leaves of a template is no Python, but its calls of gettext are.
CALL = re.compile(r"""\b(?:n?p?gettext|_)\((?:u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")(?:, )?)+""")


def said(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def used_in(path):
    """`{(context, message)}` of a template or module."""
    text = path.read_text()
    if path.suffix != ".py":
        text = "\n".join(f"{call[0]})" for call in CALL.finditer(templatize(text, origin=str(path))))
    return {found for node in ast.walk(ast.parse(text)) if (found := message(node))}


def message(node):
    function = getattr(getattr(node, "func", None), "id", None)
    if function not in PLAIN | WITH_CONTEXT:
        return None
    said = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
    if function in WITH_CONTEXT:
        return tuple(said[:2])
    # A message that is looked up under a name stands elsewhere.
    return (None, said[0]) if said else None


def test_everything_is_translated():
    assert [entry.msgid for entry in CATALOG if not all(said(entry))] == []
    assert [entry.msgid for entry in CATALOG if "fuzzy" in entry.flags or entry.obsolete] == []


def test_plurals_are_counted_as_django_counts_them_in_spanish():
    assert CATALOG.metadata["Plural-Forms"] == ("nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;")
    assert [entry.msgid for entry in CATALOG if entry.msgid_plural and len(entry.msgstr_plural) != 3] == []


def test_translations_hold_the_same_values():
    """A singular may leave its number out ("El criterio que abarca"); nothing else may be left out or added."""
    wrong = []
    for entry in CATALOG:
        source = sorted(VALUE.findall(entry.msgid_plural or entry.msgid))
        forms = said(entry)
        if entry.msgid_plural:
            wrong += [entry.msgid] if not set(VALUE.findall(forms.pop(0))) <= set(source) else []
        wrong += [entry.msgid for form in forms if sorted(VALUE.findall(form)) != source]
    assert wrong == []


def test_what_is_said_is_found():
    found = {name(path): used_in(path) for path in SOURCES}
    assert (None, "Lesson, %(minutes)s min") in found["courses/templates/courses/steps.html"]
    assert ("header, short", "Sign in") in found["learning/templates/site_head.html"]
    assert (None, "Open the course:") in found["learning/reminders/templates/reminders/mail/base.txt"]
    assert (None, "Overdue by %(days)d day") in found["learning/assignments/wording.py"]
    assert ("date format: Tuesday 1 December", "l j F") in found["learning/assignments/wording.py"]


def test_all_that_is_said_is_in_the_catalog():
    assert {name(path): new for path in SOURCES if (new := used_in(path) - KNOWN)} == {}


def test_a_short_date_has_its_month_in_letters():
    with override("es"):
        assert short_date(datetime.date(2027, 1, 15)) == "15 ene 2027"
    assert short_date(datetime.date(2027, 1, 15)) == "15 Jan 2027"


# Orders to "usted" that Django's messages give.
USTED = re.compile(
    r"\b(usted|introduzca|ingrese|asegúrese|escoja|envíe|corrija|compruebe|su contraseña)\b", re.IGNORECASE
)


def test_messages_of_others_say_tu_as_ours_do():
    values = {"limit_value": 2, "show_value": 3, "max": 2, "num": 2, "length": 3}
    values |= {"field": "x", "protocol": "IPv4", "value": "x"}
    fields = [getattr(forms, name) for name in forms.fields.__all__]
    with override("es"):
        said = [words % values for words in borrowed.SENTENCES]
        said += [str(words) for field in fields for words in field.default_error_messages.values()]
    assert [words for words in said if USTED.search(words)] == []


def heading(html):
    return " ".join(re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)[1].split())


@pytest.fixture
def driver(client):
    with time_machine.travel(factory.AT, tick=False):
        who = factory.hire("driver", first_name="Daniel")
        client.force_login(who)
        yield who


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("/es/me/", "Paso libre. No debes nada."),
        ("/es/verify/", "Verificar un certificado"),
        ("/es/search/?q=sello", "No se encontró nada para «sello»"),
        ("/es/nada/", "En esta dirección no hay ninguna página para ti"),
    ],
)
def test_pages_answer_in_spanish(client, driver, address, answer):
    html = client.get(address).content.decode()
    assert heading(html) == answer
    assert '<html lang="es">' in html


@pytest.mark.django_db
def test_dates_and_numbers_are_said_in_spanish(client, driver):
    factory.owe(driver, factory.TODAY - factory.days(4), title="Seal security")
    factory.owe(driver, factory.TODAY + factory.days(7), title="Education")
    html = client.get("/es/me/").content.decode()
    assert heading(html) == "Te faltan dos, Daniel"
    for words in (
        "Martes 24 de noviembre de 2026",
        "Uno ya venció.",
        "Venció hace 4 días",
        "Venció el viernes 20 de noviembre.",
        "martes 1 de diciembre.",
    ):
        assert words in html
