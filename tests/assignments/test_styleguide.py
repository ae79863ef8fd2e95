import re

import pytest

from content.blocks import GUIDE
from courses.blocks import LESSON
from learning.assignments.styleguide import blocks, examples, questions
from quizzes.kinds import KINDS

pytestmark = pytest.mark.django_db


def test_no_kind_of_question_is_left_out():
    assert [row["kind"] for row in examples.read("questions")] == list(KINDS)


def test_no_block_is_left_out():
    shown = {row["type"] for row in examples.read("blocks")}
    assert shown == {name for name, _block in [*LESSON, *GUIDE]}


def test_answers_are_worth_what_is_said_of_them():
    told = {
        (kind["label"], state["name"]): state["question"]["told"]
        for kind in questions.shown()
        for state in kind["states"]
        if "told" in state["question"]
    }
    assert [name for name, row in told.items() if name[1] == "right" and not row["right"]] == []
    assert [name for name, row in told.items() if name[1] == "partly right" and not row["part"]] == []
    assert [name for name, row in told.items() if name[1] == "not right" and (row["right"] or row["part"])] == []
    assert [name for name, row in told.items() if name[1] == "left open" and row["answered"]] == []


def test_every_state_stands_on_its_page(client):
    html = client.get("/styleguide/questions/").content.decode()
    for kind in questions.shown():
        for state in kind["states"]:
            assert f'aria-label="{kind["label"]}: {state["name"]}"' in html
    html = client.get("/styleguide/blocks/").content.decode()
    names = [state["name"] for block in blocks.shown() for state in block["states"]]
    said = [name.replace("&#x27;", "'") for name in re.findall(r'<p class="example__name" lang="en">([^<]+)</p>', html)]
    assert said == names + [rule["name"] for rule in blocks.rules()]
    assert "{{" not in html


def test_the_parts_carry_the_words_of_the_language(client):
    html = client.get("/es/styleguide/").content.decode()
    assert "Venció hace 4 días" in html
    assert "Certificado" in html


@pytest.mark.parametrize("path", ["/styleguide/", "/styleguide/blocks/", "/styleguide/questions/"])
def test_a_real_company_has_none(client, settings, path):
    assert client.get(path).status_code == 200
    settings.DEMO = False
    assert client.get(path).status_code == 404


def test_other_pages_are_not_there(client):
    assert client.get("/styleguide/nothing/").status_code == 404
