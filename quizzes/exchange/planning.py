"""What an import would do: each question of a file held against the rules, against the others of the file, and against
what is in the bank."""

import uuid

from django.utils.translation import gettext as _

from content.models import Criterion, Objective

from ..models import ImportedQuestion, Question, QuestionImport
from .checking import check
from .contents import content_of, fingerprint

State = ImportedQuestion.State


def plan(read, bank):
    """Rows of an import into that bank, in the order of the file; nothing is saved."""
    known, objectives, criteria, above = Known(bank), _codes(Objective, "code"), _codes(Criterion, "number"), {}
    rows = []
    for number, found in enumerate(read.found, 1):
        check(found, uuid.uuid4())
        _check_subject(found, "objective", objectives)
        _check_subject(found, "criterion", criteria)
        row = _row(number, found)
        if row.state == State.NEW:
            _look_for(row, known)
        if row.state == State.NEW:
            _look_above(row, above)
        rows.append(row)
    return rows


def _codes(model, field):
    return set(model.objects.values_list(field, flat=True))


def _check_subject(found, name, codes):
    code = getattr(found, name)
    if code and code not in codes:
        words = {
            "objective": _("There is no objective “%(code)s”."),
            "criterion": _("There is no criterion “%(code)s”."),
        }
        found.problems.append(words[name] % {"code": code})


def _row(number, found):
    content = found.content()
    state = State.LEFT_OUT if found.left_out else State.WRONG if found.problems else State.NEW
    return ImportedQuestion(
        number=number,
        where=found.where,
        title=found.title[:200],
        state=state,
        content=content | {"tags": found.tags},
        category=found.category,
        source_id=found.source_id,
        hash=fingerprint(content),
        notes=[found.left_out] if found.left_out else found.notes,
        problems=[] if found.left_out else found.problems,
    )


def _look_for(row, known):
    question, same = known.question(row)
    if question is None:
        return
    row.state, row.question_id = State.KNOWN, question
    row.notes = [
        _("It is in the bank already.")
        if same
        else _(
            "It came in before, and here or in the file it was changed since. It is left as it is here: change it here."
        )
    ]


def _look_above(row, above):
    """The first of two that are the same is imported; of two that only have the same name, neither is trusted."""
    if first := above.get(row.hash):
        row.state, row.notes = State.KNOWN, [_("The same question stands in %(where)s.") % {"where": first.where}]
        return
    if row.source_id and (first := above.get(_name(row))):
        row.state = State.WRONG
        row.problems = [_("The id “%(id)s” stands in %(where)s already.") % {"id": row.source_id, "where": first.where}]
        return
    above[row.hash] = row
    if row.source_id:
        above[_name(row)] = row


def _name(row):
    """Ids of Moodle are unique in their category."""
    return row.source_id, *row.category


class Known:
    """The questions in a bank and in those below it, and what came in before and is still there."""

    def __init__(self, bank):
        banks = bank.with_below()
        self._by_hash, self._by_name, self._keys = {}, {}, {}
        questions = Question.objects.filter(bank__in=banks).select_related("locale", "objective", "criterion")
        for question in questions:
            self._by_hash[fingerprint(content_of(question))] = question.pk
        came = ImportedQuestion.objects.filter(
            of__state=QuestionImport.State.DONE, state=State.NEW, question__bank__in=banks
        )
        for row in came.only("hash", "source_id", "category", "question_id"):
            self._by_hash.setdefault(row.hash, row.question_id)
            if row.source_id:
                self._by_name[_name(row)] = row.question_id
        keys = Question.objects.values_list("translation_key", "locale__language_code", "pk")
        self._keys = {(str(key), language): pk for key, language, pk in keys}

    def question(self, row):
        """`(primary key of the question that a row already is, whether it says the same)`, or `(None, False)`."""
        if found := self._by_hash.get(row.hash):
            return found, True
        found = self._keys.get((row.source_id.lower(), row.content["language"]))
        if not found and row.source_id:
            found = self._by_name.get(_name(row))
        return found, False
