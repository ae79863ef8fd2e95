"""Company blanks: a learner sees what their facility or company says, or the fallback, and never braces."""

import json

import pytest
import time_machine
from django.contrib.auth.models import Group
from wagtail.models import Locale

from content import blanks
from content.models import Blank
from courses.actions import NotReady, open_step, show_blanks
from courses.models import Edition, LessonPage, StepProgress
from learning.people.models import Facility
from learning.records import actions
from learning.records.models import BlankValue, TrainingRecord
from tests.courses import factory as courses

from . import factory
from .factory import AT, minutes

pytestmark = pytest.mark.django_db

TEXT = "Call {{dispatch phone}} or {{ gate }}."
LESSON = "/courses/seal-security/steps/one/"


@pytest.fixture
def declared():
    for name in ("dispatch phone", "gate"):
        Blank.objects.create(name=name, help="A number.", fallback=f"the number of the {name}", locale=english())


def english():
    return Locale.objects.get(language_code="en")


def fill(text, name="dispatch phone", language="en", **place):
    where = place or {"company": factory.company()}
    actions.fill_blanks(texts={name: text}, language=language, by=None, at=AT, **where)


def released():
    page = courses.course(lessons=(), quiz=False)
    page.add_child(instance=LessonPage(title="One", slug="one", body=json.dumps([courses.paragraph(TEXT)])))
    return courses.release(page)


def read(client, who):
    client.force_login(who)
    with time_machine.travel(AT, tick=False):
        return client.get(LESSON).content.decode()


def test_the_facilitys_words_come_first_then_the_companys_then_the_fallback(client, declared):
    who = factory.hire()
    courses.start(who, released())
    assert "Call the number of the dispatch phone or the number of the gate." in read(client, who)
    fill("555-0142")
    assert "Call 555-0142 or the number of the gate." in read(client, who)
    fill("555-0199", facility=Facility.objects.get())
    assert "Call 555-0199 or the number of the gate." in read(client, who)
    fill("cinco", language="es")
    fill("elsewhere", facility=factory.facility("PORT", "The port"))
    assert "Call 555-0199 or the number of the gate." in read(client, who)
    fill("", facility=Facility.objects.get(code="YARD"))
    assert "Call 555-0142 or the number of the gate." in read(client, who)


def test_the_edition_holds_the_template_and_the_record_what_was_shown(client, declared):
    who = factory.hire()
    edition = released()
    assert TEXT in edition.manifest
    assert edition.content["blanks"]["gate"] == {"en": "the number of the gate"}
    fill("555-0142")
    run = courses.start(who, edition)
    read(client, who)
    fill("555-0000")
    courses.read_lessons(run, AT + minutes(5))
    assert TrainingRecord.objects.get().blanks == [
        {"name": "dispatch phone", "text": "555-0142"},
        {"name": "gate", "text": "the number of the gate"},
    ]
    # The lesson of a finished run says what it said.
    assert "Call 555-0142 or" in read(client, who)
    assert StepProgress.objects.get().blanks["dispatch phone"] == "555-0142"


def test_a_finished_lesson_read_again_in_spanish_is_filled_in_spanish(client, declared):
    who = factory.hire()
    fill("Call 7")
    run = courses.start(who, released())
    read(client, who)
    courses.read_lessons(run, AT + minutes(5))
    fill("Llama al 7", language="es")
    progress = StepProgress.objects.select_related("enrolment").get()
    step, known = run.edition.content["languages"]["en"]["steps"][0], run.edition.content["blanks"]
    shown = {
        language: show_blanks(
            progress=progress, step=step, declared=known, person=who, language=language, at=AT + minutes(9)
        )["dispatch phone"]
        for language in ("en", "es")
    }
    assert shown == {"en": "Call 7", "es": "Llama al 7"}


def test_what_was_shown_in_another_language_than_the_run_began_in_stays_in_that(declared):
    who = factory.hire()
    run = courses.start(who, released())
    step, known = run.edition.content["languages"]["en"]["steps"][0], run.edition.content["blanks"]
    open_step(enrolment=run, step_key=step["key"], at=AT)

    def shown(language):
        progress = StepProgress.objects.select_related("enrolment").get()
        return show_blanks(progress=progress, step=step, declared=known, person=who, language=language, at=AT)

    fill("Llama al 7", language="es")
    shown("es")
    courses.read_lessons(run)
    fill("Llama al 8", language="es")
    fill("Call 8")
    assert (shown("es")["dispatch phone"], shown("en")["dispatch phone"]) == ("Llama al 7", "Call 8")
    # What this text names and the other did not is there too.
    StepProgress.objects.update(blanks={"gate": "la caseta"})
    assert shown("es") == {"gate": "la caseta", "dispatch phone": "Llama al 8"}


def test_without_a_sentence_in_any_language_the_bare_name_stands():
    says = {"declared": {"gate": {"en": "", "es": ""}}, "person": None, "at": AT}
    assert blanks.values({"gate"}, language="es", **says) == {"gate": "gate"}


def test_a_blank_that_nobody_declared_is_not_released():
    with pytest.raises(NotReady, match="The blank “dispatch phone” is not declared."):
        released()
    assert not Edition.objects.exists()


def test_another_value_is_no_other_edition(declared):
    edition = released()
    fill("555-0142")
    assert released_again() == edition


def released_again():
    return courses.release(courses.CoursePage.objects.get(), at=AT + minutes(1))


def test_what_stands_in_html_is_escaped_there_and_left_alone_elsewhere():
    texts = {"firm": "Smith & Sons"}
    assert blanks.filled("<p>{{firm}}</p>", texts) == "<p>Smith &amp; Sons</p>"
    assert blanks.filled({"title": "{{ firm }}", "items": ["{{firm}}", 3]}, texts) == {
        "title": "Smith & Sons",
        "items": ["Smith & Sons", 3],
    }


@pytest.mark.parametrize("text", ["<b>1</b>", "{{gate}}", "1" * 201])
def test_what_cannot_stand_in_a_text_is_refused_and_nothing_is_saved(text):
    with pytest.raises(actions.NotPlain, match="Nothing was saved."):
        actions.fill_blanks(texts={"a": "1", "gate": text}, language="en", by=None, at=AT, company=factory.company())
    assert not BlankValue.objects.exists()


def hr(**fields):
    who = factory.person(first_name="Ana", **fields)
    who.groups.add(Group.objects.get(name="Human resources"))
    return who


def test_one_page_fills_them_all_and_says_who_keeps_each(client, declared):
    ana = hr()
    client.force_login(ana)
    place = f"?place=company-{factory.company().uuid}&language=en"
    response = client.post(f"/admin/blanks/{place}", {"blank-0": "555-0142", "blank-1": " "})
    assert response.url == f"/admin/blanks/{place}"
    value = BlankValue.objects.get()
    assert (value.name, value.text, value.owner, value.company) == (
        "dispatch phone",
        "555-0142",
        ana,
        factory.company(),
    )
    html = client.get(response.url).content.decode()
    assert "Kept by Ana" in html
    assert "Until then: “the number of the gate”." in html


def test_who_is_limited_fills_their_own_facilities_only(client, declared):
    ana = hr()
    ana.limited_to.add(factory.facility())
    client.force_login(ana)
    page = client.get("/admin/blanks/")
    assert [label for _key, label in page.context["places"]] == ["Corvina Freight · Otay Mesa yard"]
    other = f"/admin/blanks/?place=company-{factory.company().uuid}"
    assert client.post(other, {"blank-0": "1"}).status_code == 404
    assert not BlankValue.objects.exists()
