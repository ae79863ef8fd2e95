"""Which kinds of question a lesson may ask: those that can be told at once."""

import pytest
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.blocks import CheckBlock
from quizzes.kinds import KINDS
from tests.quizzes import answers
from tests.quizzes import factory as quizzes

pytestmark = pytest.mark.django_db

IN_A_QUIZ_ONLY = ["long_answer", "scenario", "observed_skill"]


def chosen(kind):
    block = CheckBlock()
    return block, block.to_python({"question": quizzes.question(f"A {kind}?", kind, answers.RAW[kind]()).pk})


@pytest.mark.parametrize("kind", IN_A_QUIZ_ONLY)
def test_what_cannot_be_told_at_once_is_refused_in_words(kind):
    block, value = chosen(kind)
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    assert refused.value.block_errors["question"].messages == [
        "This kind cannot be told at once: it goes on over several screens, or a person marks it. Ask it in a quiz."
    ]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in IN_A_QUIZ_ONLY])
def test_every_other_kind_may_be_asked(kind):
    block, value = chosen(kind)
    assert block.clean(value) == value
