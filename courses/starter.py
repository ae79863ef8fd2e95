"""The starter rows of this room: courses with their lessons and quizzes, released."""

import itertools
from dataclasses import dataclass

from django.db import transaction

from content.models import StarterRow
from content.starter import all_areas, all_criteria, all_objectives, load_page
from content.starter_files import need, pick, pick_one
from content.upkeep import Row, StarterError, bring, put

from . import actions, starter_words
from .models import CourseIndexPage, CoursePage, Edition, LessonPage, QuizStepPage, ReviewPoint


@dataclass
class Course:
    """The files of one course as they were read."""

    name: str
    file: str
    data: dict
    lessons: list


def read(files):
    """The courses in the files, as people see them: by area, but for one that has a `place` of its own.

    Quizzes, objectives and pages are all made of these.
    """
    found = []
    for path in files.find("courses/*/course.yaml"):
        lessons = [files.text(lesson) for lesson in files.find(f"courses/{path.parent.name}/[0-9]*.md")]
        found.append(Course(path.parent.name, files.name(path), files.yaml(path), lessons))
    return sorted(found, key=lambda course: (course.data.get("place", course.data.get("area", 0)), course.name))


def objectives_of(courses):
    """A course states its objectives; a refresher names those of another course by their ids."""
    rows = [(course.file, row) for course in courses for row in course.data.get("objectives", [])]
    return [(file, row) for file, row in rows if isinstance(row, dict)]


def quizzes_of(courses):
    return [(course.file, course.name, course.data["quiz"]) for course in courses if "quiz" in course.data]


@transaction.atomic
def load_courses(courses, files, report, *, home, pictures, quizzes, words, at):
    """Bring each course and release what changed; `words` are their translations, `{language: courses}`.

    Returns sentences about courses that were left to the company.
    """
    index = load_page(
        CourseIndexPage, "courses", "courses", files, report, add=lambda page, row: home.add_child(instance=page)
    )
    if courses and not index:
        raise StarterError("There is no page to put courses under; add a course index in the admin.")
    areas, criteria, objectives = all_areas(), all_criteria(), all_objectives()
    named = pictures | _questions()
    rows = [_course(course, areas, criteria, objectives) for course in courses]
    pages = bring(CoursePage, rows, kind="courses", report=report, add=lambda page, row: index.add_child(instance=page))
    sentences = []
    for course in courses:
        if page := pages.get(f"course/{course.name}"):
            lessons = [_lesson(course, text, named, criteria, objectives) for text in course.lessons]
            steps = _load_steps(course, page, report, lessons, quizzes)
            own = {f"course/{course.name}", f"quiz/{course.name}", *steps}
            edited = own & report.kept or _has_others(page, steps)
            for language, said in words.items():
                if said := next((row for row in said if row.name == course.name), None):
                    english = {f"course/{course.name}": page} | steps
                    own |= starter_words.load(said, course, english, report, named, language, edited=edited)
            sentences.append(_release(page, own, steps, report, at))
    _load_review_points(courses, pages, report, words)
    return [sentence for sentence in sentences if sentence]


def _has_others(page, steps):
    """Whether the course has lessons of the company's own."""
    return page.get_children().exclude(pk__in=[step.pk for step in steps.values()]).exists()


def _course(course, areas, criteria, objectives):
    title, summary, about, area, topics = need(
        course.data, ["title", "summary", "about", "area", "topics"], course.file
    )
    says = {
        "title": title,
        "slug": course.name,
        "summary": summary,
        "about": about.strip(),
        "takers": course.data.get("takers", ""),
        "area": pick_one(areas, area, course.file, "area"),
        "topics": "\n".join(topics),
        "criteria": pick(criteria, course.data.get("criteria", []), course.file, "criterion"),
        "objectives": pick(objectives, _objective_ids(course), course.file, "objective"),
        "valid_months": course.data.get("valid_months", 12),
    }
    return Row(f"course/{course.name}", course.file, says)


def _objective_ids(course):
    return [row["id"] if isinstance(row, dict) else row for row in course.data.get("objectives", [])]


def _load_steps(course, page, report, rows, quizzes):
    """Lessons in the order of their `rows`, then the quiz. Pages that are there keep the place that they have."""
    before = {row.key: earlier.key for earlier, row in itertools.pairwise(rows)}

    def add(lesson, row):
        parent = CoursePage.objects.get(pk=page.pk)
        earlier = StarterRow.objects.filter(key=before.get(row.key, "")).values_list("target", flat=True)
        siblings = parent.get_children()
        if place := siblings.filter(pk__in=[int(pk) for pk in earlier]).first():
            place.add_sibling(pos="right", instance=lesson)
        elif first := siblings.first():
            first.add_sibling(pos="left", instance=lesson)
        else:
            parent.add_child(instance=lesson)

    steps = bring(LessonPage, rows, kind="lessons", report=report, add=add)
    if quiz := quizzes.get(course.name):
        row = Row(
            f"quiz-step/{course.name}",
            course.file,
            {"title": course.data["quiz"]["title"], "slug": "quiz", "quiz": quiz},
        )
        steps |= bring(
            QuizStepPage,
            [row],
            kind="quiz steps",
            report=report,
            add=lambda step, row: CoursePage.objects.get(pk=page.pk).add_child(instance=step),
        )
    return steps


def _load_review_points(courses, pages, report, words):
    """What the company should hold against its own rules; one that says something new is open again."""
    said = _review_words(words)
    rows = [
        Row(
            f"review/{course.name}/{code}",
            course.file,
            {"course_key": page.translation_key, "place": place, "text": text} | said.get((course.name, code), {}),
        )
        for course in courses
        if (page := pages.get(f"course/{course.name}"))
        for place, data in enumerate(course.data.get("review", []))
        for code, text in [need(data, ["id", "text"], course.file)]
    ]

    def write(point, row):
        if point.text != row.says["text"]:
            point.ticked_at = point.ticked_by = None
        put(point, row)

    bring(ReviewPoint, rows, kind="points to review", report=report, write=write)


def _review_words(words):
    """`{(course, point): {"text_es": …}}`: a point is one row, and says what it asks in every language."""
    found = {}
    for language, courses in words.items():
        for course in courses:
            for data in course.data.get("review", []):
                code, text = need(data, ["id", "text"], course.file)
                found.setdefault((course.name, code), {})[f"text_{language}"] = text
    return found


def _questions():
    """Questions of the starter banks by the names that manuscripts give them."""
    notes = StarterRow.objects.filter(key__startswith="question/")
    return {key: int(target) for key, target in notes.values_list("key", "target")}


def _lesson(course, text, pictures, criteria, objectives):
    title, minutes = need(text.head, ["title", "minutes"], text.file)
    slug = text.stem.split("-", 1)[-1]
    row = Row(f"lesson/{course.name}/{slug}", text.file, {})
    body, row.lines = text.blocks(row.identity, pictures)
    row.says = {"title": title, "slug": slug, "minutes": minutes, "body": body}
    row.says["objectives"] = pick(objectives, text.head.get("objectives", []), text.file, "objective")
    row.says["criteria"] = pick(criteria, text.head.get("criteria", []), text.file, "criterion")
    row.says |= {name: text.head[name] for name in ("completion", "least_minutes") if name in text.head}
    return row


def _release(page, own, steps, report, at):
    """Release a course that is all ours; one that the company has edited is the company's to release.

    `own` are the keys of its rows in all languages, `steps` its lessons and quiz by key.
    """
    page = CoursePage.objects.get(pk=page.pk)
    first = not Edition.objects.filter(course_key=page.translation_key).exists()
    edited = own & report.kept or _has_others(page, steps)
    if edited and not first:
        if own & report.written:
            return f"“{page.title}” has news, but was not released, because you have edited it; do it in the admin."
    elif first or report.written:
        try:
            actions.release(
                course_page=page,
                by=None,
                at=at,
                kind=Edition.Kind.MATERIAL if first else Edition.Kind.MINOR,
                note="Starter content" if first else "Starter content, brought up to date",
            )
        except actions.NotReady as error:
            raise StarterError(f"“{page.title}” cannot be released: {error}") from error
