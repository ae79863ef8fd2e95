"""Which quizzes ask what: by a fixed place, or by drawing from a bank."""

from django.apps import apps


def of_question(question):
    """`[(quiz, fixed)]`: the quizzes that may ask it; `fixed` tells whether everybody is asked."""
    above = banks_above(question.bank_id)
    found = []
    for quiz in _quizzes(question):
        rows = list(quiz.draws.raw_data)
        fixed = any(_fixes(row, question) for row in rows)
        if fixed or any(_may_draw(row, question, above) for row in rows):
            found.append((quiz, fixed))
    return found


def fixed_in(questions):
    """`{question: [quizzes]}` of those among these questions that everybody is asked somewhere."""
    quizzes = list(apps.get_model("quizzes", "Quiz").objects.order_by("title"))
    found = {
        question: [quiz for quiz in quizzes if any(_fixes(row, question) for row in quiz.draws.raw_data)]
        for question in questions
    }
    return {question: quizzes for question, quizzes in found.items() if quizzes}


def versions(question):
    """The released versions of a question, the newest first, without what they say."""
    rows = apps.get_model("quizzes", "QuestionVersion").objects.filter(question_key=question.translation_key)
    return rows.only("uuid", "number", "released_at").order_by("-number")


def banks_above(pk):
    """Ids of a bank and of those that it is part of. There are few banks: one query for the tree."""
    parents = dict(apps.get_model("quizzes", "Bank").objects.values_list("pk", "parent"))
    found = set()
    while pk is not None and pk not in found:
        found.add(pk)
        pk = parents.get(pk)
    return found


def _quizzes(question):
    quizzes = apps.get_model("quizzes", "Quiz").objects
    return quizzes.filter(locale=question.locale_id).order_by("title")


def _fixes(row, question):
    return row["type"] == "fixed" and row["value"].get("question") == question.pk


def _may_draw(row, question, above):
    value = row["value"]
    if row["type"] != "draw" or value.get("bank") not in above:
        return False
    if value.get("kind") not in (None, "", question.kind) and value.get("of_kind") == value.get("count"):
        return False
    return not value.get("objective") or value["objective"] == question.objective_id
