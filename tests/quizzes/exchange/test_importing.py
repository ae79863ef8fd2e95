"""What an import does: nothing before it is confirmed, then everything or nothing, and nothing twice."""

import uuid

import pytest
from wagtail.models import Locale, ModelLogEntry, Revision
from wagtail.signal_handlers import disable_reference_index_auto_update

from content.models import Picture
from quizzes import actions
from quizzes.exchange.contents import content_of
from quizzes.exchange.refused import Refused
from quizzes.exchange.template import writing
from quizzes.kinds import KINDS
from quizzes.models import Bank, ImportedQuestion, Question, QuestionImport, QuestionTag, QuestionVersion
from tests.content import factory as content
from tests.queries import queries

from .. import answers, factory
from ..factory import AT, minutes
from .ways import SAMPLES

pytestmark = pytest.mark.django_db

TWO = "First?{=a#x ~b#y}\n\nSecond?{T#no#yes}\n"
BROKEN = TWO + "\nThird?{=a#x ~A#y}\n"


@pytest.fixture(autouse=True)
def english():
    Locale.objects.get_or_create(language_code="en")


def receive(text, name="q.gift", bank=None, at=AT, by=None):
    data = text if isinstance(text, bytes) else text.encode()
    return actions.receive_import(data=data, name=name, bank=bank or factory.bank(), language="en", at=at, by=by)


def rows(this):
    return list(this.rows.values_list("state", "where"))


def brought(text, **about):
    this = receive(text, **about)
    actions.confirm_import(this=this, at=AT)
    this.refresh_from_db()
    return this


def test_looking_at_a_file_writes_no_question():
    this = receive(TWO)
    assert (this.state, this.format, this.size) == ("planned", "GIFT", len(TWO))
    assert rows(this) == [("new", "line 1"), ("new", "line 3")]
    assert not Question.objects.exists()


def test_a_confirmed_file_comes_in_as_drafts_that_nobody_is_asked():
    editor = factory.person("9")
    this = receive(TWO, by=editor)
    assert actions.confirm_import(this=this, at=AT + minutes(1), by=editor) == 2
    this.refresh_from_db()
    assert (this.state, this.finished_at) == ("done", AT + minutes(1))
    first, second = Question.objects.order_by("pk")
    assert (first.prompt, first.kind.name, first.bank, first.live) == ("First?", "single_choice", factory.bank(), False)
    assert [row["text"] for row in first.answer[0].value["options"]] == ["a", "b"]
    assert second.answer[0].value["answer"] == "true"
    assert [row.question for row in this.rows.all()] == [first, second]
    assert not QuestionVersion.objects.exists()


def test_a_draft_that_came_in_is_what_saving_it_in_the_admin_leaves():
    editor = factory.person("9")
    this = receive(TWO, by=editor)
    actions.confirm_import(this=this, at=AT, by=editor)
    question = Question.objects.order_by("pk").first()
    assert question.latest_revision == Revision.objects.get(object_id=str(question.pk))
    assert question.get_latest_revision_as_object().answer == question.answer
    entry = ModelLogEntry.objects.get(object_id=str(question.pk))
    assert (entry.action, entry.user, entry.timestamp) == ("wagtail.create", editor, AT)
    question.latest_revision.publish()
    assert QuestionVersion.objects.get().question_key == question.translation_key


def test_a_file_with_an_error_brings_nothing_unless_that_question_is_left_out():
    this = receive(BROKEN)
    assert rows(this) == [("new", "line 1"), ("new", "line 3"), ("wrong", "line 5")]
    assert this.rows.last().problems == ["Answers: Two answers say the same."]
    with pytest.raises(
        Refused, match="Some questions have errors. Correct the file, or say that they are to be left out."
    ):
        actions.confirm_import(this=this, at=AT)
    assert not Question.objects.exists()
    assert actions.confirm_import(this=this, at=AT, leave_out=True) == 2


def test_if_one_cannot_be_written_none_is(monkeypatch):
    this = receive(TWO)
    row = this.rows.last()
    row.content["language"] = "fr"
    row.save()
    with pytest.raises(KeyError):
        actions.confirm_import(this=this, at=AT)
    this.refresh_from_db()
    assert (this.state, Question.objects.count()) == ("planned", 0)


@pytest.mark.parametrize("end", [actions.confirm_import, actions.cancel_import])
def test_an_import_that_is_over_is_not_done_again(end):
    this = receive(TWO)
    end(this=this, at=AT)
    for again in (actions.confirm_import, actions.cancel_import):
        with pytest.raises(Refused, match="This import is over: "):
            again(this=this, at=AT)
    assert Question.objects.count() == (2 if end is actions.confirm_import else 0)


def test_a_cancelled_import_forgets_what_it_read():
    this = receive(TWO)
    actions.cancel_import(this=this, at=AT)
    assert (QuestionImport.objects.get().state, ImportedQuestion.objects.count()) == ("cancelled", 0)


def test_a_plan_that_nobody_confirmed_in_a_week_is_put_away():
    old = receive(TWO, at=AT - minutes(60 * 24 * 8))
    receive(TWO)
    old.refresh_from_db()
    assert (old.state, old.rows.count()) == ("cancelled", 0)


def test_the_same_file_twice_makes_no_doubles():
    brought(TWO)
    again = receive(TWO)
    assert [(row.state, row.notes) for row in again.rows.all()] == [("known", ["It is in the bank already."])] * 2
    assert actions.confirm_import(this=again, at=AT) == 0
    assert Question.objects.count() == 2


def test_what_came_in_and_was_edited_since_is_known_all_the_same():
    brought("// [id:one]\nFirst?{T#a#b}\n\nSecond?{T#a#b}")
    Question.objects.update(explanation="Edited here.")
    again = receive("// [id:one]\nFirst, changed there?{T#a#b}\n\nSecond?{T#a#b}")
    first, second = again.rows.all()
    assert (first.state, second.state) == ("known", "known")
    assert first.notes == [
        "It came in before, and here or in the file it was changed since. It is left as it is here: change it here."
    ]


def test_a_draft_that_was_deleted_may_come_in_again():
    brought(TWO)
    Question.objects.all().delete()
    assert [state for state, _where in rows(receive(TWO))] == ["new", "new"]


def test_another_bank_may_have_the_same_questions():
    brought(TWO)
    assert [state for state, _where in rows(receive(TWO, bank=factory.bank("Gate")))] == ["new", "new"]


def test_of_two_that_are_the_same_in_one_file_the_first_comes_in():
    this = brought((SAMPLES / "documented.gift").read_bytes(), name="documented.gift")
    told = [(row.where, *row.notes) for row in this.rows.filter(state="known")]
    doubles = {51: 49, 53: 47, 64: 8, 77: 73, 103: 97, 135: 4}
    assert told == [(f"line {one}", f"The same question stands in line {other}.") for one, other in doubles.items()]
    assert this.rows.filter(state="new").count() == Question.objects.count() == 26
    assert this.rows.filter(state="left_out").count() == 1


def test_of_two_with_one_id_neither_is_guessed_at():
    this = receive("// [id:x]\nFirst?{T#a#b}\n\n// [id:x]\nSecond?{F#a#b}")
    assert rows(this) == [("new", "line 2"), ("wrong", "line 5")]
    assert this.rows.last().problems == ["The id “x” stands in line 2 already."]


def test_two_imports_of_one_file_side_by_side_bring_it_once():
    one, other = receive(TWO), receive(TWO)
    assert (actions.confirm_import(this=one, at=AT), actions.confirm_import(this=other, at=AT)) == (2, 0)
    assert [(row.state, row.notes) for row in other.rows.all()] == [
        ("known", ["It came in by another way meanwhile."])
    ] * 2


def test_moodles_xml_comes_in_whole():
    this = brought((SAMPLES / "every_type.xml").read_bytes(), name="every_type.xml")
    assert this.format == "Moodle XML"
    assert this.notes == ["Categories are not carried: all questions come into “Seals”. Each shows its own below."]
    assert this.rows.first().category == ["Seals", "VV\\TT and I/O"]
    assert Question.objects.count() == this.rows.filter(state="new").count() == 13
    assert this.rows.filter(state="left_out").count() == 3
    picture = Picture.objects.get()
    assert (picture.title, picture.description) == ("seal.png", "A bolt seal")
    (beside,) = this.rows.first().question.beside
    assert (beside.value["image"], beside.value["description"]) == (picture, "A bolt seal")
    # The file is in the library now, and no longer with the plan.
    assert this.rows.first().content["picture_file"] == {}


def test_the_same_picture_is_kept_once_and_only_for_who_may_add_one():
    data = (SAMPLES / "every_type.xml").read_bytes()
    brought(data, name="a.xml")
    brought(data, name="b.xml", bank=factory.bank("Gate"))
    assert Picture.objects.count() == 1
    stranger = receive(data, name="c.xml", bank=factory.bank("Yard"), by=factory.person("9"))
    assert stranger.rows.first().content["picture_file"] == {}
    assert "You may not add pictures, so “seal.png” is not carried." in stranger.rows.first().notes


def test_a_picture_beside_a_question_goes_out_and_comes_in_and_film_is_told():
    question = factory.true_false("With a picture?")
    question.beside = [{"type": "picture", "value": {"image": content.drawing().pk, "description": "Seen from above."}}]
    question.save()
    before = content_of(question)
    text = exported()
    Question.objects.all().delete()
    assert content_of(brought(text, name="q.csv").rows.get().question) == before
    picture = Picture.objects.get().get_file_hash()
    told = receive(text.replace(picture, "(video)"), name="q.csv", bank=factory.bank("Gate")).rows.get()
    assert (told.state, told.notes) == ("new", ["(video) is not carried: add it here."])
    gone = receive(text.replace(picture, "0" * 40), name="q.csv").rows.get()
    assert gone.problems[0].startswith("row 2, `picture`: “" + "0" * 40 + "”: there is no such picture here.")


TAGGED = "".join(f"// [tag:{name}]\n" for name in ("seals", "night shift", "seals", 'a "b" c', "x" * 101))


def test_tags_come_in_once_and_go_out_and_in_again():
    this = brought(f"{TAGGED}First?{{T#a#b}}\n\n// [tag:seals]\nSecond?{{F#a#b}}\n")
    first, second = Question.objects.order_by("pk")
    assert sorted(first.tags.names()) == ["a b c", "night shift", "seals"]
    assert list(second.tags.names()) == ["seals"]
    assert QuestionTag.objects.count() == 3
    assert this.rows.first().notes == [f"The tag “{'x' * 101}” is too long: it is not carried."]
    assert len(first.latest_revision.content["tagged_items"]) == 3
    text = exported()
    assert '"""a b c"", ""night shift"", seals"' in text
    assert [row.state for row in receive(text, name="q.csv").rows.all()] == ["known", "known"]
    Question.objects.all().delete()
    brought(text, name="q.csv")
    assert [sorted(row.tags.names()) for row in Question.objects.order_by("pk")] == [
        ["a b c", "night shift", "seals"],
        ["seals"],
    ]


def test_a_tag_makes_no_other_question():
    brought("First?{T#a#b}")
    assert receive("// [tag:seals]\nFirst?{T#a#b}").rows.get().state == "known"


def exported():
    return "".join(writing.for_excel(writing.rows(Question.objects.order_by("pk"))))


def every_kind():
    content.objective("seals")
    for kind in KINDS:
        raw = KINDS[kind].block().get_prep_value(answers.value(kind))
        factory.question(f"A {kind}?", kind, raw, explanation="So.", difficulty=3)


def test_an_export_into_another_academy_brings_the_same_questions():
    every_kind()
    before = {question.prompt: content_of(question) for question in Question.objects.all()}
    text = exported()
    Question.objects.all().delete()
    this = brought(text, name="questions.csv")
    assert [row.problems for row in this.rows.all() if row.problems] == []
    assert {question.prompt: content_of(question) for question in Question.objects.all()} == before
    assert len(before) == len(KINDS)


def test_an_export_into_the_same_bank_brings_nothing_and_a_changed_row_is_told():
    every_kind()
    assert {state for state, _where in rows(receive(exported(), name="questions.csv"))} == {"known"}
    this = receive(exported().replace("So.", "Otherwise.", 1), name="questions.csv")
    first = this.rows.first()
    assert (first.state, first.question, first.notes) == (
        "known",
        Question.objects.order_by("pk").first(),
        ["It came in before, and here or in the file it was changed since. It is left as it is here: change it here."],
    )


def test_objectives_and_criteria_are_found_by_their_codes_or_told():
    objective = content.objective("seals")
    head = "kind,question,objective,criterion,reason_true,reason_false,answer\n"
    this = brought(head + f"true_false,Q?,seals,{objective.criterion.number},a,b,true\n", name="q.csv")
    question = this.rows.get().question
    assert (question.objective, question.criterion) == (objective, objective.criterion)
    other = receive(head + "true_false,R?,locks,99.9,a,b,true\n", name="q.csv")
    assert other.rows.get().problems == ["There is no objective “locks”.", "There is no criterion “99.9”."]


def test_cost_grows_by_batches_and_not_by_questions():
    def file(count):
        return "\n\n".join(f"Question {uuid.uuid4()}?{{T#a#b}}" for _number in range(count))

    few, many = (
        receive(file(2), bank=Bank.objects.create(title="A")),
        receive(file(60), bank=Bank.objects.create(title="B")),
    )
    # Wagtail's "where used" is written by a task of its own for each, which tests run at once.
    with disable_reference_index_auto_update():
        costs = [len(queries(lambda this=this: actions.confirm_import(this=this, at=AT))) for this in (few, many)]
    # SQLite takes fewer values at a time, and so a statement more.
    assert costs[1] - costs[0] in (0, 1)
