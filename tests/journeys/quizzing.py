"""Attempts at small quizzes of every kind, on a running site; `made` and `responses` run there."""

KINDS = ["single_choice", "multiple_response", "ordering", "number", "blanks"]


def begin(site, number, kinds=KINDS, **rules):
    """Starts an attempt of that person and returns the path of its page. `rules` are fields of the quiz."""
    return f"/quizzes/attempts/{site.ask(made, number, kinds, rules)}/"


def kept(site, path):
    """`[[item, answer], …]`: every response of the attempt on that page, in order."""
    return site.ask(responses, path.split("/")[3])


def responses(uuid):
    from quizzes.models import Response

    rows = Response.objects.filter(attempt__uuid=uuid).order_by("pk")
    return [list(row) for row in rows.values_list("item", "answer")]


def made(number, kinds, rules):
    import uuid

    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from quizzes import actions, blueprints
    from quizzes.models import Bank
    from tests.quizzes import answers, factory

    where = Bank.objects.create(title=f"Bank {uuid.uuid4()}")
    for kind in kinds:
        raw = answers.RAW[kind]()
        factory.released(factory.question(f"A question of {kind.replace('_', ' ')}?", kind, raw, where=where))
    fields = {"shuffle": False, "shuffle_answers": False, "pass_mark": 50} | rules
    quiz = factory.quiz(f"Seal check {uuid.uuid4().hex[:6]}", where, count=len(kinds), **fields)
    blueprint = blueprints.of(quiz)
    # One draw for each, so that they come in the order of their kinds.
    blueprint["draws"] = [{"count": 1, "pool": [name]} for name in _in_order(blueprint, kinds)]
    attempt = actions.start_attempt(
        person=get_user_model().objects.get(number=number),
        quiz_key=quiz.translation_key,
        context="",
        blueprint=blueprint,
        language="en",
        at=timezone.now(),
    )
    return str(attempt.uuid)


def _in_order(blueprint, kinds):
    from quizzes.models import QuestionVersion

    versions = QuestionVersion.objects.filter(uuid__in=blueprint["draws"][0]["pool"])
    names = {version.kind: str(version.uuid) for version in versions}
    return [names[kind] for kind in kinds]
