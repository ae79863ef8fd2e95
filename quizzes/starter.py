"""The starter rows of this room: banks of questions, published and released, and quizzes that draw from them."""

from django.db import transaction

from content.starter import all_criteria, all_objectives
from content.starter_files import need, pick_one
from content.translating import bring_words
from content.upkeep import Row, StarterError, bring

from .actions import release_question
from .models import Bank, Question, Quiz
from .starter_values import Values, child_id
from .starter_words import rows_of_words


@transaction.atomic
def load_banks(files, report, *, pictures, at):
    """The banks and their questions, which count as released at `at`. Returns `{file name without ending: bank}`.

    `pictures` are `{name: id}`; `beside: {picture: name}` shows one beside a question.
    """
    paths = files.find("banks/*.yaml")
    contents = {path.stem: (files.name(path), files.yaml(path)) for path in paths}
    rows = [
        Row(f"bank/{stem}", file, {"title": need(data, ["title"], file)[0]}) for stem, (file, data) in contents.items()
    ]
    brought = bring(Bank, rows, kind="question banks", report=report)
    banks = {key.removeprefix("bank/"): bank for key, bank in brought.items()}
    criteria, objectives = all_criteria(), all_objectives()
    questions = [
        _question(data, f"{file}, {data.get('id', 'a question')}", banks[stem], criteria, objectives, pictures)
        for stem, (file, bank) in contents.items()
        if stem in banks
        for data in need(bank, ["questions"], file)[0]
    ]
    _once(questions)

    there = bring(Question, questions, kind="questions", report=report)
    written = report.written & set(there)
    for said in files.translations():
        words = rows_of_words(said, contents, {row.key: row for row in questions})
        bring_words(there, words, language=said.language, kind="questions", report=report)
        written |= {row.key for row in words if f"{said.language}/{row.key}" in report.written}
    for key in sorted(written):
        release_question(question_key=there[key].translation_key, at=at)
    return banks


def _once(rows):
    seen = set()
    for row in rows:
        if row.key in seen:
            raise StarterError(f"{row.file}: another question has the same id.")
        seen.add(row.key)


def _question(data, where, bank, criteria, objectives, pictures):
    code, kind, prompt, objective, criterion = need(data, ["id", "kind", "prompt", "objective", "criterion"], where)
    row = Row(f"question/{code}", where, {})
    values = Values(where, row.identity, pictures)
    row.says = {
        "bank": bank,
        "prompt": prompt,
        "answer": [{"type": kind, "id": values.id("answer"), "value": values.answer(kind, data)}],
        "explanation": data.get("explanation", ""),
        "objective": pick_one(objectives, objective, where, "objective"),
        "criterion": pick_one(criteria, criterion, where, "criterion"),
        "difficulty": data.get("difficulty", Question.Difficulty.MIDDLE),
    }
    if "beside" in data:
        row.says["beside"] = [values.beside(data["beside"])]
    return row


@transaction.atomic
def load_quizzes(rows, report, *, banks, words):
    """`rows` are (file, name, dict of `quiz:` in a course's file), `words` the same by language where there is a
    translation. Returns `{name: quiz}`.
    """
    quizzes = bring(Quiz, [_quiz(*row, banks) for row in rows], kind="quizzes", report=report)
    for language, said in words.items():
        texts = [Row(f"quiz/{name}", file, _texts(file, data)) for file, name, data in said]
        bring_words(quizzes, texts, language=language, kind="quizzes", report=report)
    return {key.removeprefix("quiz/"): quiz for key, quiz in quizzes.items()}


def _texts(file, data):
    messages = {name: data.get(name, "") for name in ("intro", "pass_message", "fail_message")}
    return {"title": need(data, ["title"], file)[0]} | messages


def _draws(data, file):
    """`draw: 8` from the whole bank, or so many of each objective: `draw: {seal-fit: 2, seal-vvtt: 1}`.

    The first may say more by the names of the block's parts: `kind: scenario`, `of_kind: 1`, `unseen_first: true`.

    A pass is told at once, so what a person marks stays in the bank for the company's own quizzes.
    """
    count, more = data["draw"], {name: data[name] for name in ("kind", "of_kind", "unseen_first") if name in data}
    if not isinstance(count, dict):
        return [("", {"count": count, "by_key_only": True} | more)]
    if more:
        raise StarterError(f"{file}: {', '.join(more)}: only a draw from the whole bank says that.")
    known = all_objectives()
    objectives = {code: pick_one(known, code, file, "objective") for code in count}
    return [
        (f"/{code}", {"count": count[code], "objective": objective.pk, "by_key_only": True})
        for code, objective in objectives.items()
        if objective
    ]


def _quiz(file, name, data, banks):
    bank, _count, minutes = need(data, ["bank", "draw", "minutes"], file)
    row = Row(f"quiz/{name}", file, {})
    bank_id = pick_one(banks, bank, file, "bank").pk
    row.says = _texts(file, data) | {
        "minutes": minutes,
        "draws": [
            {"type": "draw", "id": child_id(row.identity, f"draw/{bank}{part}"), "value": {"bank": bank_id} | value}
            for part, value in _draws(data, file)
        ],
        "pass_mark": data.get("pass_mark", 80),
        "attempts_allowed": data.get("attempts", 3),
        "shuffle": data.get("shuffle", True),
    }
    return row
