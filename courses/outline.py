"""The short form of a manifest: all that lists and the course page show. Plain data in, plain data out."""

import uuid

STEP_FIELDS = ("key", "kind", "title", "slug", "minutes", "completion")
COURSE_FIELDS = ("title", "slug", "summary", "about", "takers")


def make(manifest):
    """The outline of a manifest: `{"area", "criteria", …, "languages": {code: {"title", …, "steps": […]}}}`."""
    return {name: manifest[name] for name in ("course", "area", "criteria", "topics", "valid_months", "objectives")} | {
        "languages": {
            code: {name: text[name] for name in COURSE_FIELDS}
            | {"topics": text.get("topics", manifest["topics"])}
            | {"steps": [_step(step) for step in text["steps"]]}
            for code, text in manifest["languages"].items()
        }
    }


def _step(step):
    row = {name: step[name] for name in STEP_FIELDS}
    if step["kind"] == "quiz":
        quiz = step["quiz"]
        row |= {name: quiz[name] for name in ("pass_mark", "attempts_allowed")}
        row["questions"] = sum(draw["count"] for draw in quiz["draws"])
    return row


class Outline:
    """An outline in one language; falls back to the first that the edition has."""

    def __init__(self, data, language):
        self.language = language if language in data["languages"] else next(iter(data["languages"]))
        self.languages = list(data["languages"])
        self.data = data
        text = data["languages"][self.language]
        self.title, self.slug, self.summary = text["title"], text["slug"], text["summary"]
        self.about, self.takers, self.steps = text["about"], text["takers"], text["steps"]
        self.key = uuid.UUID(data["course"])
        self.area, self.valid_months = data["area"], data["valid_months"]
        # Outlines of older editions say them in one language.
        self.topics = text.get("topics", data["topics"])
        self.criteria = data["criteria"]
        self.objectives = [
            row["text"].get(self.language) or next(iter(row["text"].values())) for row in data["objectives"]
        ]

    @property
    def minutes(self):
        return sum(step["minutes"] for step in self.steps)

    @property
    def pass_mark(self):
        """Of the last quiz, percent; None for a course without one."""
        marks = [step["pass_mark"] for step in self.steps if step["kind"] == "quiz"]
        return marks[-1] if marks else None

    def count(self, kind):
        return sum(step["kind"] == kind for step in self.steps)
