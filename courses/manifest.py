"""The manifest of a course: all that a learner sees, as canonical data, without Wagtail's bookkeeping.

    {"schema": 1, "course": uuid, "area": int, "criteria": [str], "topics": [str], "valid_months": int,
     "objectives": [{"code", "criterion", "text": {language: str}}],
     "files": {path: sha256}, "blanks": {name: {language: fallback}} where its texts have any,
     "languages": {language: {"title", "slug", "summary", "about", "takers", "steps": [step],
                              "topics": [str] where it says them in other words}}}

A step is `{"key", "kind": "lesson", "title", "slug", "minutes", "completion": rule, "blocks": [{"id", "type",
"value"}]}` (see `completion.py`; the rule "time" has `"seconds"` too) or
`{…, "kind": "quiz", "completion": "passed", "quiz": blueprint}`. Keys are translation keys.
"""

import hashlib

import rfc8785
from django.utils.translation import override

from content import kept_files
from content.blanks import fallbacks, names_in
from content.blocks import plain_stream
from content.models import Objective
from quizzes import blueprints
from quizzes.models import Question, QuestionVersion

from . import tree

SCHEMA = 1
FOLDER = "editions"


def build(course):
    """The manifest of the live rows of a course page and its translations. Files are kept under their hash."""
    pages = {row: row.steps() for row in _translations(course).live()}
    return _build(course, pages, _keep)


def build_next(course):
    """The manifest that a release would make now, drafts included; nothing is published, no file is kept."""
    pages = {row: row.steps() for row in _translations(course).live().exclude(pk=course.pk)}
    course, *steps = [tree.as_released(page) for page in tree.to_release(course)]
    return _build(course, {course: steps} | pages, _describe)


def _translations(course):
    return course.get_translations(inclusive=True).select_related("locale").order_by("locale_id")


def _build(course, pages, keep):
    files = {}
    order = [step.translation_key for step in next(iter(pages.values()))]
    languages = {
        row.locale.language_code: _language(row, course, _in_order(steps, order), lambda row: keep(row, files))
        for row, steps in pages.items()
    }
    named = names_in(languages)
    declared = fallbacks(named) if named else {}
    # Stated only where there are any, so that a course without blanks is the edition that it was.
    blanks = {"blanks": {name: declared.get(name, {}) for name in sorted(named)}} if named else {}
    return blanks | {
        "schema": SCHEMA,
        "course": str(course.translation_key),
        "area": course.area.number,
        "criteria": [criterion.number for criterion in sorted(course.criteria.all(), key=lambda row: row.position)],
        "topics": course.topic_list,
        "valid_months": course.valid_months,
        "objectives": _objectives(course.objectives.all()),
        "files": files,
        "languages": languages,
    }


def _in_order(steps, order):
    """In the order of the first language: moving a page moves none of its translations. Others come last."""
    places = {key: place for place, key in enumerate(order)}
    return sorted(steps, key=lambda step: places.get(step.translation_key, len(order)))


def _language(row, course, steps, keep):
    # What pictures show is told in the language of the words around them.
    with override(row.locale.language_code):
        steps = [_step(step, keep) for step in steps]
    # Stated only where they differ, so that a course in one language is the edition that it was.
    topics = {"topics": row.topic_list} if row.topic_list != course.topic_list else {}
    says = {name: getattr(row, name) for name in ("title", "slug", "summary", "about", "takers")}
    return says | topics | {"steps": steps}


def canonical(manifest):
    """(text, hash): the RFC 8785 form and its SHA-256 in hex."""
    data = rfc8785.dumps(manifest)
    return data.decode(), hashlib.sha256(data).hexdigest()


def _objectives(chosen):
    """In the order of their criteria, each in every language that there is."""
    rows = Objective.objects.filter(translation_key__in=[row.translation_key for row in chosen])
    found = {}
    for row in rows.select_related("locale", "criterion").order_by("criterion__position", "code", "locale_id"):
        objective = {"code": row.code, "criterion": row.criterion.number, "text": {}}
        found.setdefault(row.translation_key, objective)["text"][row.locale.language_code] = row.text
    return list(found.values())


def _step(page, keep):
    row = {"key": str(page.translation_key), "title": page.title, "slug": page.slug}
    if hasattr(page, "quiz"):
        blueprint = blueprints.of(page.quiz)
        return row | {
            "kind": "quiz",
            "minutes": page.quiz.minutes,
            "completion": "passed",
            "quiz": blueprint | {"key": str(page.quiz.translation_key)},
        }
    return (
        row
        | {
            "kind": "lesson",
            "minutes": page.minutes,
            "completion": page.completion,
            "blocks": plain_stream(page.body, keep),
        }
        | ({"seconds": 60 * page.least_minutes} if page.completion == "time" else {})
    )


def _question(question):
    """The version that learners are asked: the newest released one, in all its languages; "" when there is none."""
    version = QuestionVersion.objects.newest().filter(question_key=question.translation_key).first()
    return {"key": str(question.translation_key), "version": str(version.uuid) if version else ""}


def _describe(row, files):
    """The plain form of what a block names. A file goes by its hash, so that it can neither change nor be replaced."""
    if isinstance(row, Question):
        return _question(row)
    path, digest = kept_files.place(row, FOLDER)
    files[path] = digest
    return {"path": path} | kept_files.described(row)


def _keep(row, files):
    """Keeps the file where neither an editor nor a clean-up can change it."""
    if not isinstance(row, Question):
        kept_files.keep(row, FOLDER)
    return _describe(row, files)
