"""What the learner's pages show, as plain data from outlines and editions."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import standing


def language(outline):
    """For pages whose words may be in another language than the interface around them."""
    return {
        "content_language": outline.language,
        "content_language_differs": outline.language != get_language(),
    }


def card(outline):
    return {
        "title": outline.title,
        "url": reverse("courses:course", args=[outline.slug]),
        "slug": outline.slug,
        "area": outline.area,
        "summary": outline.summary,
        "minutes": outline.minutes,
        "steps_total": len(outline.steps),
        "lessons": outline.count("lesson"),
        "quizzes": outline.count("quiz"),
        "language": outline.language,
    }


def course(outline, edition, enrolment, progress):
    """The course page. `progress` maps step keys to StepProgress rows of the running enrolment."""
    done = {key for key, row in progress.items() if row.completed_at}
    rows = []
    for step, state in zip(outline.steps, standing.states(outline.steps, done), strict=True):
        url = reverse("courses:step", args=[outline.slug, step["slug"]])
        rows.append(
            step
            | {
                "state": state if enrolment else "open",
                "url": url if enrolment and state != "locked" else None,
                "locked_reason": _("Opens after the step before it") if enrolment and state == "locked" else "",
                "completed_on": progress[step["key"]].completed_at if step["key"] in done else None,
            }
        )
    left = [step for step in outline.steps if step["key"] not in done]
    return language(outline) | {
        "course": card(outline)
        | {
            "about": outline.about,
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
        "percent": 100 * len(done) // len(rows),
        "minutes_left": sum(step["minutes"] for step in left),
        "action": _action(outline, enrolment, done),
    }


def _action(outline, enrolment, done):
    if not enrolment:
        return {"label": _("Start"), "url": reverse("courses:start", args=[outline.slug]), "method": "post"}
    step = standing.next_step(outline.steps, done)
    number = outline.steps.index(step) + 1
    label = _("Go to the quiz") if step["kind"] == "quiz" else _("Continue with lesson %(number)d") % {"number": number}
    return {"label": label, "url": reverse("courses:step", args=[outline.slug, step["slug"]]), "method": "get"}


def step(slug, text, done, states):
    """A lesson or the page before a quiz; `text` is a player.StepText."""
    place = text.steps.index(text.step)
    before = text.steps[place - 1] if place else None
    after = text.steps[place + 1] if place + 1 < len(text.steps) else None
    return {
        "content_language": text.language,
        "content_language_differs": text.language != get_language(),
        "course": {"title": text.course_title, "url": reverse("courses:course", args=[slug])},
        "step": {"title": text.step["title"], "minutes": text.step["minutes"], "number": place + 1},
        "state": states[text.step["key"]],
        "steps_done": len(done),
        "steps_total": len(text.steps),
        "tally": [states[row["key"]] for row in text.steps],
        "previous": before and {"title": before["title"], "url": reverse("courses:step", args=[slug, before["slug"]])},
        "next": after and {"title": after["title"], "url": reverse("courses:step", args=[slug, after["slug"]])},
        "done_url": reverse("courses:done", args=[slug, text.step["slug"]]),
        "start_url": reverse("courses:attempt", args=[slug, text.step["slug"]]),
    }


def quiz(step, attempts):
    """The page before a quiz: its rules, and the attempts of this run."""
    rules = step["quiz"]
    graded = [attempt for attempt in attempts if not attempt.in_progress]
    passed = any(attempt.passed for attempt in graded)
    left = rules["attempts_allowed"] - len(graded)
    return {
        "quiz": {
            "title": rules["title"],
            "intro": rules["intro"],
            "questions": sum(min(draw["count"], len(draw["pool"])) for draw in rules["draws"]),
            "pass_mark": rules["pass_mark"],
            "attempts_allowed": rules["attempts_allowed"],
            "minutes": rules["minutes"],
        },
        "attempts": [
            {
                "number": attempt.number,
                "score": attempt.score,
                "passed": attempt.passed,
                "url": reverse("quizzes:result", kwargs={"uuid": attempt.uuid}),
            }
            for attempt in graded
        ],
        "in_progress": len(graded) < len(attempts),
        "attempts_left": left,
        "passed": passed,
        "can_start": left > 0 and not passed,
        "blocked": left <= 0 and not passed,
    }
