"""The courses of this room in the files that the loader reads: the other direction of `starter.py`."""

from content import starter_writing
from quizzes.models import Quiz

from .models import CourseIndexPage, CoursePage, LessonPage, QuizStepPage, ReviewPoint

# What a file says of a quiz, and what a quiz says that says no more than that.
PLAIN = {"wait_minutes": 0, "counts": "best", "time_limit": None, "feedback": "submit", "layout": "one"}


def write(shelf, banks):
    """`banks` are `{id: name of the file}`."""
    starter_writing.site(shelf, courses=shelf.of(CourseIndexPage).first())
    pages = list(shelf.of(CoursePage).live().select_related("area").order_by("path"))
    stated, early = set(), _out_of_turn(pages)
    for number, page in enumerate(pages):
        said = _course(page, stated)
        if shelf.is_original and number < early:
            # Areas count from 1, and nothing else has a place before them.
            said["place"] = number - early + 1
        if review := _review(shelf, page):
            said["review"] = review
        _steps(shelf, page, said, banks)
        shelf.put(f"courses/{page.slug}/course.yaml", said)


def _review(shelf, page):
    points = ReviewPoint.objects.filter(course_key=page.translation_key).order_by("place", "pk")
    words = "text" if shelf.is_original else f"text_{shelf.language}"
    return [{"id": _code(shelf, point), "text": getattr(point, words)} for point in points if getattr(point, words)]


def _code(shelf, point):
    return shelf.names.of("review", point, f"/{point.pk}").rpartition("/")[2]


def _out_of_turn(pages):
    """How many stand before those that are in order by themselves: by area and name."""
    turns = [(page.area.number, page.slug) for page in pages]
    return next(number for number in range(len(turns) + 1) if turns[number:] == sorted(turns[number:]))


def _course(page, stated):
    said = {
        "title": page.title,
        "summary": page.summary,
        "about": page.about,
        "area": page.area.number,
        "criteria": [row.number for row in sorted(page.criteria.all(), key=lambda row: row.position)],
        "topics": page.topic_list,
        "takers": page.takers,
        "valid_months": page.valid_months,
        "objectives": [_objective(row, page, stated) for row in page.objectives.select_related("criterion")],
    }
    return {name: value for name, value in said.items() if value not in ("", [])}


def _objective(row, page, stated):
    """The first course that has it states it; another one names it."""
    if row.code in stated:
        return row.code
    stated.add(row.code)
    words = type(row).objects.filter(translation_key=row.translation_key, locale=page.locale).first() or row
    return {"id": row.code, "criterion": row.criterion.number, "text": words.text}


def _steps(shelf, page, said, banks):
    number = 0
    for step in page.steps():
        if isinstance(step, LessonPage):
            number += 1
            _lesson(shelf, page, step, number)
        elif isinstance(step, QuizStepPage) and "quiz" not in said:
            said["quiz"] = _quiz(shelf, step, banks)
        else:
            shelf.said.append(f"“{page.title}” has more than one quiz, or a step that the files do not know: {step}.")


def _lesson(shelf, page, lesson, number):
    head = {
        "title": lesson.title,
        "minutes": lesson.minutes,
        "objectives": sorted(row.code for row in lesson.objectives.all()),
        "criteria": [row.number for row in sorted(lesson.criteria.all(), key=lambda row: row.position)],
    }
    if lesson.completion != LessonPage.Completion.SEEN:
        head |= {"completion": lesson.completion, "least_minutes": lesson.least_minutes}
    # Two digits only where there are ten: files are read in the order of their names.
    place = f"{number:02}" if page.get_children().count() > 9 else str(number)
    shelf.manuscript(f"courses/{page.slug}/{place}-{lesson.slug}.md", head, lesson.body)


def _quiz(shelf, step, banks):
    quiz = Quiz.objects.filter(translation_key=step.quiz.translation_key, locale=step.locale).first() or step.quiz
    asks = _asks(step.quiz, banks)
    if not asks or any(getattr(step.quiz, name) != value for name, value in PLAIN.items()) or len(step.quiz.minimums):
        shelf.said.append(f"“{quiz.title}” has rules that the files cannot say; they say the nearest.")
    said = {
        "title": quiz.title,
        "intro": quiz.intro,
        "minutes": quiz.minutes,
        **(asks or {"bank": next(iter(banks.values()), ""), "draw": 1}),
        "pass_mark": quiz.pass_mark,
        "attempts": quiz.attempts_allowed,
        "shuffle": "" if quiz.shuffle else False,
        "pass_message": quiz.pass_message,
        "fail_message": quiz.fail_message,
    }
    return {name: value for name, value in said.items() if value != ""}


def _asks(quiz, banks):
    """What a file says of one draw from a bank, or of one for each objective; None for all else."""
    rows = [row.value for row in quiz.draws if row.block_type == "draw"]
    used = {banks[row["bank"].pk] for row in rows}
    if len(used) != 1 or len(rows) != len(quiz.draws) or not all(row["by_key_only"] for row in rows):
        return None
    more = [{name: row[name] for name in ("kind", "of_kind", "unseen_first") if row[name]} for row in rows]
    if len(rows) == 1 and not rows[0]["objective"]:
        return {"bank": used.pop(), "draw": rows[0]["count"], **more[0]}
    if all(row["objective"] for row in rows) and not any(more):
        return {"bank": used.pop(), "draw": {row["objective"].code: row["count"] for row in rows}}
    return None
