from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..grading import share
from .kind import Kind, KindBlock, PartBlock, rows, same


class StoryChoiceBlock(PartBlock):
    text = blocks.CharBlock(label=_("What one may do"), max_length=200)
    points = blocks.IntegerBlock(min_value=0, max_value=10, default=0, label=_("Points"))
    consequence = blocks.TextBlock(rows=2, required=False, label=_("What happens then, shown at once"))
    to = blocks.CharBlock(
        required=False,
        max_length=40,
        label=_("Goes on at"),
        help_text=_("The name of a screen. Empty ends the story."),
    )
    reason = blocks.TextBlock(rows=2, label=_("Why this is better or worse, shown after the quiz"))


class ScreenBlock(blocks.StructBlock):
    name = blocks.CharBlock(
        max_length=40, label=_("Name"), help_text=_("Choices lead here by it. Learners never see it.")
    )
    text = blocks.TextBlock(rows=3, label=_("What happens"))
    choices = blocks.ListBlock(StoryChoiceBlock(), min_num=1, max_num=4, label=_("Choices"))


class ScenarioBlock(KindBlock):
    screens = blocks.ListBlock(
        ScreenBlock(), min_num=2, max_num=20, label=_("Screens"), help_text=_("The story begins at the first one.")
    )
    debrief = blocks.TextBlock(rows=3, label=_("Debrief, shown after the quiz"))

    def problems(self, value):
        sentence = _names_problem(value["screens"]) or _ways_problem(_screens(value))
        return {"screens": sentence} if sentence else {}


def _names_problem(screens):
    names = [_folded(screen["name"]) for screen in screens]
    if len(set(names)) < len(names):
        return _("Two screens have the same name.")
    for screen in screens:
        said = {"screen": screen["name"]}
        if same([choice["text"] for choice in screen["choices"]]):
            return _("Two choices of “%(screen)s” say the same.") % said
        for choice in screen["choices"]:
            if choice["to"] and _folded(choice["to"]) not in names:
                return _("“%(screen)s” goes on at “%(to)s”, but there is no such screen.") % (
                    said | {"to": choice["to"]}
                )
    return None


def _ways_problem(screens):
    """The names lead somewhere; now each way must end, each screen be reached, and one way be better than another."""
    best, least, waiting = {}, {}, dict(screens)
    while waiting:
        ready = [name for name, row in waiting.items() if all(c["to"] not in waiting for c in row["choices"])]
        if not ready:
            return _("The story goes round in a circle: from “%(screen)s” one can come back to it.") % {
                "screen": _in_circle(waiting)
            }
        for name in ready:
            ways = waiting.pop(name)["choices"]
            best[name] = max(way["points"] + best.get(way["to"], 0) for way in ways)
            least[name] = min(way["points"] + least.get(way["to"], 0) for way in ways)
    reached = {way["to"] for row in screens.values() for way in row["choices"]}
    first, *others = screens
    for name in others:
        if name not in reached:
            return _("No choice leads to “%(screen)s”.") % {"screen": screens[name]["name"]}
    if best[first] == least[first]:
        return _("Every way through the story earns the same. Give better choices more points.")
    return None


def _in_circle(waiting):
    """The name of a screen from which the story comes back to it: following what never ends leads there."""
    seen, here = set(), next(iter(waiting))
    while here not in seen:
        seen.add(here)
        here = next(way["to"] for way in waiting[here]["choices"] if way["to"] in waiting)
    return waiting[here]["name"]


def _folded(name):
    return " ".join(name.casefold().split())


def _screens(value):
    """`{screen id: {"id", "name", "text", "choices": [{"id", …, "to": screen id or None}]}}`, the first one first."""
    found = rows(value["screens"])
    ids = {_folded(screen["name"]): screen["id"] for screen in found}
    return {
        screen["id"]: screen
        | {"choices": [way | {"to": ids.get(_folded(way["to"] or ""))} for way in rows(screen["choices"])]}
        for screen in found
    }


class Scenario(Kind):
    """A branching story. An answer is the choices made so far, `[id, …]`; it only grows, one choice at a time.

    `shown` holds the whole story, of which a page gets what was reached. The key is `{"points": {choice: points},
    "best": points of the best way, "path": that way}`. The credit is what the way earned of the best; a story that was
    not told to its end earns what it has earned so far.
    """

    name = "scenario"
    label = _("Story with choices")
    instruction = _("Choose what you do. The story goes on from there, and no choice can be taken back.")
    icon = "openquote"
    grows = True
    block_class = ScenarioBlock
    template = "quizzes/kinds/scenario.html"
    told_template = "quizzes/kinds/scenario_told.html"

    def shown(self, value):
        return {
            "screens": [
                {
                    "id": screen["id"],
                    "text": screen["text"],
                    "choices": [
                        {name: way[name] for name in ("id", "text", "consequence", "to")} for way in screen["choices"]
                    ],
                }
                for screen in _screens(value).values()
            ]
        }

    def key(self, values):
        screens = _screens(values[0])
        points = {way["id"]: way["points"] for screen in screens.values() for way in screen["choices"]}
        path = _best_path(screens, points)
        return {"points": points, "best": sum(points[way] for way in path), "path": path}

    def reasons(self, value):
        screens = _screens(value).values()
        return {"": value["debrief"]} | {way["id"]: way["reason"] for screen in screens for way in screen["choices"]}

    def arrange(self, shown, chance, shuffle):
        """The order of the choices on each screen, and which of them end the story: it is open until one is chosen."""
        order = {screen["id"]: [way["id"] for way in screen["choices"]] for screen in shown["screens"]}
        if shuffle:
            for ways in order.values():
                chance.shuffle(ways)
        ends = [way["id"] for screen in shown["screens"] for way in screen["choices"] if not way["to"]]
        return {"choices": order, "ends": ends}

    def complete(self, answer, arranged):
        return bool(answer) and answer[-1] in arranged["ends"]

    def moving(self, data, field="answer"):
        return field in data

    def parse(self, data, shown, arranged, field="answer"):
        """The way that the page showed, with the choice that was pressed."""
        path = [way for way in data.get(f"{field}-path", "").split(",") if way]
        try:
            screen = _walk(shown, path)[1]
        except KeyError:
            return None
        if screen and data.get(field) in {way["id"] for way in screen["choices"]}:
            path.append(data[field])
        return path or None

    def partial(self, key):
        return True

    def solution(self, key):
        return key["path"]

    def credit(self, answer, key):
        return share(sum(key["points"][way] for way in answer), key["best"])

    def offered(self, shown, key):
        worth = _worth({screen["id"]: screen for screen in shown["screens"]}, key["points"])
        return [
            {"id": way["id"], "text": way["text"], "right": way in _best(screen, key["points"], worth)}
            for screen in shown["screens"]
            for way in screen["choices"]
        ]

    def picked(self, answer, key):
        return answer

    def ask(self, shown, arranged, answer, field="answer"):
        trail, screen = _walk(shown, answer or [])
        choices = {way["id"]: way["text"] for way in screen["choices"]} if screen else {}
        return {
            "field": field,
            "path": ",".join(answer or []),
            "trail": [
                {"text": here["text"], "chosen": way["text"], "consequence": way["consequence"]} for here, way in trail
            ],
            "screen": screen and screen["text"],
            "choices": [{"id": way, "text": choices[way]} for way in arranged["choices"][screen["id"]]]
            if screen
            else [],
        }

    def tell(self, shown, arranged, answer, key, reasons):
        trail, screen = _walk(shown, answer or [])
        screens = {row["id"]: row for row in shown["screens"]}
        words = {way["id"]: way["text"] for row in shown["screens"] for way in row["choices"]}
        worth = _worth(screens, key["points"])
        return {
            "parts": [_told(here, way, key["points"], worth, reasons) for here, way in trail],
            "unfinished": bool(answer and screen),
            "best": [{"text": words[way], "reason": reasons.get(way, "")} for way in key["path"]],
            "debrief": reasons.get("", ""),
        }


def _told(screen, way, points, worth, reasons):
    """One step of the way: what was chosen, what it earned, and what would have led to more."""
    best = _best(screen, points, worth)
    better = [] if way in best else best
    return {
        "text": screen["text"],
        "given": way["text"],
        "points": points[way["id"]],
        "right": way in best,
        "reason": reasons.get(way["id"], ""),
        "better": [{"text": other["text"], "reason": reasons.get(other["id"], "")} for other in better],
    }


def _best(screen, points, worth):
    """The choices of a screen after which the most can be earned."""
    return [way for way in screen["choices"] if points[way["id"]] + worth.get(way["to"], 0) == worth[screen["id"]]]


def _walk(shown, path):
    """`([(screen, choice made there)], the screen one is at or None at the end)`. KeyError for no way of the story."""
    screens = {screen["id"]: screen for screen in shown["screens"]}
    here, trail = shown["screens"][0], []
    for step in path:
        if not here:
            raise KeyError(step)
        way = {way["id"]: way for way in here["choices"]}[step]
        trail.append((here, way))
        here = screens[way["to"]] if way["to"] else None
    return trail, here


def _worth(screens, points):
    """`{screen id: points of the best way from there}`. Stories are short, and none goes in a circle."""
    found = {}

    def worth(name):
        if name and name not in found:
            found[name] = max(points[way["id"]] + worth(way["to"]) for way in screens[name]["choices"])
        return found[name] if name else 0

    for name in screens:
        worth(name)
    return found


def _best_path(screens, points):
    """The first of the best ways, as their editor wrote them."""
    worth, path, here = _worth(screens, points), [], next(iter(screens))
    while here:
        way = max(screens[here]["choices"], key=lambda way: points[way["id"]] + worth.get(way["to"], 0))
        path.append(way["id"])
        here = way["to"]
    return path
