"""What the learner's pages show, as plain data from outlines and editions."""

import functools
import re

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from quizzes import blueprints
from quizzes import standing as quizzes

from . import standing, wording
from .models import Feedback

BLANK_LINE = re.compile(r"\n\s*\n")


def address(name, *slugs):
    """The path of a course's page: the name of the address, the slug of the course and, if it has one, of the step."""
    return _address(name, slugs, get_language())


# Of a row on a page, writing its addresses anew took the longest. Each language has its own.
@functools.lru_cache(maxsize=4096)
def _address(name, slugs, language):
    return reverse(name, args=slugs)


def language(outline):
    """For pages whose words may be in another language than the interface around them."""
    return {
        "content_language": outline.language,
        "content_language_differs": outline.language != get_language(),
    }


def card(outline):
    return {
        "title": outline.title,
        "url": address("courses:course", outline.slug),
        "slug": outline.slug,
        "area": outline.area,
        "summary": outline.summary,
        "minutes": outline.minutes,
        "minutes_words": wording.minutes(outline.minutes),
        "size": wording.size(outline.count("lesson"), outline.count("quiz")),
        "steps_total": len(outline.steps),
        "language": outline.language,
    }


def index(page, runs, standings):
    """The list of courses; `page` is a Paginator page of outlines.

    `runs` (Enrolments) and `standings` (HTML) say by course key how whoever reads it stands.
    """
    other = next((outline for outline in page if outline.language != get_language()), None)
    return {
        "page": page,
        "courses": [
            card(outline) | {"run": runs.get(outline.key), "standing": standings.get(outline.key)} for outline in page
        ],
        "content_language": other.language if other else get_language(),
        "content_language_differs": bool(other),
    }


def course(outline, edition, enrolment, progress, blocked, place=None):
    """The course page. `progress` maps step keys to StepProgress rows of the running run; for `place` see `resume`."""
    done = {key for key, row in progress.items() if row.completed_at}
    by_state = {"now": "blocked"} if blocked else {}
    rows = []
    for number, (step, state) in enumerate(
        zip(outline.steps, standing.states(outline.steps, done), strict=True), start=1
    ):
        opens = enrolment and state != "locked"
        rows.append(
            step
            | {
                "state": by_state.get(state, state) if enrolment else "open",
                "url": address("courses:step", outline.slug, step["slug"]) if opens else None,
                "opens_after": number - 1 if enrolment and state == "locked" else None,
                "completed_on": progress[step["key"]].completed_at if step["key"] in done else None,
            }
        )
    left = [step for step in outline.steps if step["key"] not in done]
    return language(outline) | {
        "course": card(outline)
        | {
            "about": [" ".join(paragraph.split()) for paragraph in BLANK_LINE.split(outline.about)],
            "takers": outline.takers,
            "languages": outline.languages,
            "pass_mark": outline.pass_mark,
            "valid_months": outline.valid_months,
        },
        "objectives": outline.objectives,
        "edition": edition,
        "enrolment": enrolment,
        "steps": rows,
        "steps_done": len(done),
        "steps_total": len(rows),
        "step_now": len(rows) - len(left) + 1,
        "percent": 100 * len(done) // len(rows),
        "minutes_left": sum(step["minutes"] for step in left),
        "blocked": blocked,
        "action": None if blocked else place or _action(outline, enrolment, done),
    }


def _action(outline, enrolment, done):
    if not enrolment:
        return {"label": _("Start"), "url": address("courses:start", outline.slug), "method": "post"}
    step = standing.next_step(outline.steps, done)
    if not step:
        return None
    lessons = [row for row in outline.steps if row["kind"] == "lesson"]
    label = (
        _("Continue with lesson %(number)d") % {"number": lessons.index(step) + 1}
        if step["kind"] == "lesson"
        else _("Go to the quiz")
    )
    return {"label": label, "url": address("courses:step", outline.slug, step["slug"]), "method": "get"}


def step(slug, text, run, states):
    """A lesson or the page before a quiz; `text` is a player.StepText."""
    place = text.steps.index(text.step)
    before = text.steps[place - 1] if place else None
    after = text.steps[place + 1] if place + 1 < len(text.steps) else None
    tally = [states[row["key"]] for row in text.steps]
    return {
        "content_language": text.language,
        "content_language_differs": text.language != get_language(),
        # From there one came: the course's page lists the steps of a run under way, this one those of a finished run.
        "course": {
            "title": text.course_title,
            "url": reverse("courses:complete" if run.ended else "courses:course", args=[slug]),
        },
        "step": {"title": text.step["title"], "minutes": text.step["minutes"], "number": place + 1},
        "state": states[text.step["key"]],
        "ended": run.ended,
        "steps_done": tally.count("done"),
        "steps_total": len(text.steps),
        "tally": tally,
        "previous": before and {"title": before["title"], "url": address("courses:step", slug, before["slug"])},
        "next": after and {"title": after["title"], "url": address("courses:step", slug, after["slug"])},
        "done_url": address("courses:done", slug, text.step["slug"]),
        "feedback_url": address("courses:feedback", slug, text.step["slug"]),
        "start_url": address("courses:attempt", slug, text.step["slug"]),
    }


def complete(enrolment, again):
    """The page after a completed course; `again`: its lessons can be opened, since no newer run is under way."""
    outline = enrolment.edition.in_language(get_language())
    lessons = [step for step in outline.steps if step["kind"] == "lesson"]
    return language(outline) | {
        "course": card(outline),
        "enrolment": enrolment,
        "objectives": outline.objectives,
        "rate_url": address("courses:rate", outline.slug),
        "useful": Feedback.Useful.choices,
        "lessons": [
            {"title": step["title"], "url": address("courses:step", outline.slug, step["slug"])}
            for step in (lessons if again else [])
        ],
    }


def quiz(step, attempts, at):
    """The page before a quiz: its rules, and the attempts of this run, in order of number."""
    rules = blueprints.rules(step["quiz"])
    now = quizzes.of(attempts, rules, at)
    over = [attempt for attempt in attempts if not attempt.in_progress]
    return {
        "quiz": {
            "title": rules["title"],
            "intro": rules["intro"],
            "questions": sum(min(draw["count"], len(draw["pool"])) for draw in step["quiz"]["draws"]),
            "pass_mark": rules["pass_mark"],
            "attempts_allowed": rules["attempts_allowed"],
            "minutes": rules["minutes"],
            "time_limit": rules["time_limit"],
            "feedback": rules["feedback"],
        },
        "attempts": [
            {
                "number": attempt.number,
                "score": attempt.score if attempt.graded else None,
                "result": _result(attempt),
                "url": reverse("quizzes:result", kwargs={"uuid": attempt.uuid}),
            }
            for attempt in over
        ],
        "in_progress": now.running,
        "attempts_left": now.left + now.running,
        "opens_at": now.opens_at,
        "waiting": now.waiting,
        "passed": now.passed,
        "can_start": (now.running or (now.left and not now.opens_at)) and not now.passed,
        "blocked": now.used_up and not now.passed,
    }


def _result(attempt):
    if attempt.voided:
        return _("does not count")
    if attempt.waits_for_marks:
        return _("waits to be marked")
    return _("passed") if attempt.passed else _("not passed")
