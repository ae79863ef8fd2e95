"""One example of each kind of question as its editor would leave it, and what a browser posts of its form."""

import random
import uuid

from django.http import QueryDict

from content.models import Picture
from quizzes.kinds import KINDS
from tests.content import factory as content


def _id(*words):
    return str(uuid.uuid5(uuid.NAMESPACE_URL, " ".join(words)))


def _items(rows, *where):
    return [
        {"id": _id(*where, str(row.get("text", row.get("mark", "")))), "type": "item", "value": row} for row in rows
    ]


def accepted(*texts):
    return [{"id": _id("accepted", text), "type": "item", "value": text} for text in texts]


def _options(right, texts=("View", "Verify", "Tug"), where="options"):
    rows = [{"text": text, "right": text in right, "reason": f"Reason of {text}"} for text in texts]
    return {"options": _items(rows, where)}


def _pairs(matches=("cut", "glued", "bent"), texts=("Pin", "Barrel", "Cable")):
    rows = [
        {"text": text, "match": match, "reason": f"Reason of {text}"}
        for text, match in zip(texts, matches, strict=True)
    ]
    return _items(rows, "pairs")


def _bins(names=("Hold", "Go on"), things=(("Loose pin", "Wrong number"), ("Clean seal",))):
    rows = [
        {"text": name, "items": _items([{"text": text, "reason": f"Reason of {text}"} for text in texts], "things")}
        for name, texts in zip(names, things, strict=True)
    ]
    return _items(rows, "bins")


def _gap(mark, right, words):
    rows = [{"text": word, "right": word in right} for word in words]
    return {"mark": mark, "words": _items(rows, mark), "reason": f"Reason of {mark}"}


def _gaps(first=("bolt",), second=("high",)):
    gaps = [_gap("one", first, ("bolt", "strap")), _gap("two", second, ("high", "low"))]
    return [row | {"value": {"words": row["value"]["words"], "reason": row["value"]["reason"]}} for row in _items(gaps)]


def _steps(order=("View", "Verify", "Tug")):
    return _items([{"text": text, "reason": f"Reason of {text}"} for text in order], "steps")


def _rubric(points=(1, 2), texts=("Numbers compared", "Supervisor told")):
    rows = [
        {"text": f"Reason of {text}", "description": f"Reason of {text}, in full", "points": number}
        for text, number in zip(texts, points, strict=True)
    ]
    return _items(rows, "rubric")


def _ways(name, *ways):
    """Choices of one screen: (words, points, the screen they go on at)."""
    rows = [
        {"text": text, "points": points, "to": to, "consequence": f"After {text}.", "reason": f"Reason of {text}"}
        for text, points, to in ways
    ]
    return _items(rows, name)


def _screens(call=2, drive=0, inside="", screens=3):
    """A story of three screens: from the gate one comes to the phone, or at once into the trailer."""
    rows = [
        {
            "name": "gate",
            "text": "The numbers differ.",
            "choices": _ways("gate", ("Call", call, "phone"), ("Drive", drive, "trailer")),
        },
        {
            "name": "phone",
            "text": "Nobody answers.",
            "choices": _ways("phone", ("Wait", 1, ""), ("Give up", 0, "Trailer")),
        },
        {"name": "trailer", "text": "Boxes are missing.", "choices": _ways("trailer", ("Report", 1, inside))},
    ]
    return _items(rows[:screens], "screens")


def _lost(name, *words):
    ways = _ways(name, *((text, 1, "") for text in words or ["Report"]))
    return _items([{"name": name, "text": f"At {name}.", "choices": ways}], "lost")


def _checklist(texts=("Looks at it", "Pulls at it")):
    rows = [{"text": f"Reason of {text}", "description": f"Reason of {text}, told"} for text in texts]
    return _items(rows, "checklist")


def picture():
    found = Picture.objects.filter(title="A trailer").first()
    return (found or content.drawing("A trailer", "A trailer from behind.")).pk


def _spots(places=((10, 20, 20, 30), (60, 20, 20, 30)), texts=("Left hinge", "Right hinge")):
    sides = ("left", "top", "width", "height")
    rows = [
        {"text": text, "reason": f"Reason of {text}"} | dict(zip(sides, place, strict=True))
        for text, place in zip(texts, places, strict=True)
    ]
    return _items(rows, "places")


RAW = {
    "single_choice": lambda: _options(["Verify"]),
    "multiple_response": lambda: _options(["View", "Tug"]) | {"credit": "all"},
    "true_false": lambda: {"answer": "true", "reason_true": "It is.", "reason_false": "It is not."},
    "matching": lambda: {"pairs": _pairs(), "strays": _items([{"text": "new"}], "strays"), "credit": "all"},
    "ordering": lambda: {"items": _steps(), "credit": "all"},
    "categorise": lambda: {"bins": _bins(), "credit": "all"},
    "blanks": lambda: {"text": "A {1} seal of {2} security.", "blanks": _gaps(), "credit": "all"},
    "number": lambda: {"value": "18", "tolerance": "0.5", "unit": "mm", "reason": "So the standard says."},
    "short_text": lambda: {
        "accepted": accepted("seal"),
        "mind_case": False,
        "mind_accents": False,
        "reason": "It is called so.",
    },
    "long_answer": lambda: {"rubric": _rubric(), "example": "Reason of all."},
    "scenario": lambda: {"screens": _screens(), "debrief": "Reason of the story."},
    "observed_skill": lambda: {"checklist": _checklist(), "credit": "all"},
    "hotspot": lambda: {
        "picture": {"image": picture(), "description": "A trailer from behind."},
        "spots": _spots(),
        "decoys": _items([{"text": "Roof lamp"}, {"text": "Number plate"}], "places"),
        "credit": "all",
    },
}


def value(kind, **changes):
    """The StreamField value of the example, with changes in raw form."""
    return KINDS[kind].block().to_python(RAW[kind]() | changes)


# The same question with something else right.
TURNED = {
    "single_choice": lambda: _options(["Tug"]),
    "multiple_response": lambda: _options(["View", "Verify"]),
    "true_false": lambda: {"answer": "false"},
    "ordering": lambda: {"items": _steps(("Tug", "View", "Verify"))},
    "blanks": lambda: {"blanks": _gaps(("strap",), ("low",))},
    "number": lambda: {"value": "20"},
    "short_text": lambda: {"accepted": accepted("lock")},
    "categorise": lambda: {"bins": _bins(things=(("Loose pin", "Clean seal"), ("Wrong number",)))},
    "matching": lambda: {"pairs": _pairs()[::-1], "credit": "each"},
    "long_answer": lambda: {"rubric": _rubric((3, 3))},
    "hotspot": lambda: {"spots": _spots(((0, 0, 5, 5), (60, 20, 20, 30)))},
    "scenario": lambda: {"screens": _screens(call=0, drive=5)},
    "observed_skill": lambda: {"credit": "each"},
}


def turned(kind):
    return value(kind, **TURNED[kind]())


def posted(kind, asked):
    """What a browser sends of the form that `ask` describes."""
    data = QueryDict(mutable=True)
    field = asked["field"]
    if kind == "scenario":
        data[f"{field}-path"] = asked["path"]
    elif kind == "observed_skill":
        pass
    elif "options" in asked:
        data.setlist(field, [option["id"] for option in asked["options"] if option["checked"]])
        data.setlist(f"{field}-point", [point["value"] for point in asked.get("points", [])])
    elif kind == "ordering":
        data.setlist(field, [str(row["number"]) for row in asked["rows"]])
    elif "rows" in asked:
        for row in asked["rows"]:
            data[row["name"]] = next((str(place["number"]) for place in row["places"] if place["chosen"]), "")
    elif "pieces" in asked:
        for _piece, gap in asked["pieces"][:-1]:
            data[gap["name"]] = next((word["id"] for word in gap["words"] if word["chosen"]), "")
    else:
        data[field] = asked["value"] or ""
    return data


# (kind, changes, field, sentence)
REFUSED = [
    ("single_choice", _options(["View", "Tug"]), "options", "Mark exactly one answer as right."),
    ("single_choice", _options([]), "options", "Mark exactly one answer as right."),
    ("multiple_response", _options([]), "options", "Mark at least one answer as right."),
    ("multiple_response", _options(["View", "Verify", "Tug"]), "options", "At least one answer must be wrong."),
    ("single_choice", _options(["View"], ("View", " view ", "Tug")), "options", "Two answers say the same."),
    (
        "multiple_response",
        _options(["View"], ("View", "Tug", "All of the above")),
        "options",
        "Answers are shuffled, so none can point at others (“all of the above”). Name what it means.",
    ),
    ("matching", {"pairs": _pairs(texts=("Pin", "pin", "Cable"))}, "pairs", "Two questions of the pairs say the same."),
    (
        "matching",
        {"pairs": _pairs(matches=("cut", "cut", "bent"))},
        "pairs",
        "Two answers of the pairs say the same: nobody could tell them apart.",
    ),
    (
        "matching",
        {"strays": _items([{"text": "Cut"}], "strays")},
        "strays",
        "One of these says the same as an answer of the pairs, or as another of these.",
    ),
    ("categorise", {"bins": _bins(names=("Hold", "hold"))}, "bins", "Two groups have the same name."),
    (
        "categorise",
        {"bins": _bins(things=(("Loose pin",), ("loose pin",)))},
        "bins",
        "The same thing stands twice, so nobody could tell where it belongs.",
    ),
    (
        "ordering",
        {"items": _steps(("View", "view", "Tug"))},
        "items",
        "Two of them say the same, so nobody could tell which comes first.",
    ),
    ("blanks", {"text": "A {1} seal."}, "text", "Each gap below stands in the text once, in order: {1}, {2}, …"),
    ("blanks", {"text": "{2} and {1}"}, "text", "Each gap below stands in the text once, in order: {1}, {2}, …"),
    ("blanks", {"blanks": _gaps(first=())}, "blanks", "Gap 1 needs exactly one right choice."),
    ("blanks", {"blanks": _gaps(second=("high", "low"))}, "blanks", "Gap 2 needs exactly one right choice."),
    ("short_text", {"accepted": accepted("seal", "Seal")}, "accepted", "Two accepted answers say the same."),
    (
        "long_answer",
        {"rubric": _rubric(texts=("Told", "told"))},
        "rubric",
        "The rubric looks for the same thing twice.",
    ),
    (
        "scenario",
        {"screens": _screens(call=0)},
        "screens",
        "Every way through the story earns the same. Give better choices more points.",
    ),
    (
        "scenario",
        {"screens": _screens(screens=2)},
        "screens",
        "“gate” goes on at “trailer”, but there is no such screen.",
    ),
    (
        "scenario",
        {"screens": _screens(inside="phone")},
        "screens",
        "The story goes round in a circle: from “phone” one can come back to it.",
    ),
    ("scenario", {"screens": _screens()[:2] + _lost("GATE")}, "screens", "Two screens have the same name."),
    ("scenario", {"screens": _screens() + _lost("lost")}, "screens", "No choice leads to “lost”."),
    (
        "scenario",
        {"screens": _screens()[:2] + _lost("trailer", "Report", "report")},
        "screens",
        "Two choices of “trailer” say the same.",
    ),
    (
        "observed_skill",
        {"checklist": _checklist(("Looks", "looks"))},
        "checklist",
        "The checklist says the same thing twice.",
    ),
    (
        "hotspot",
        {"decoys": _items([{"text": "left hinge"}, {"text": "Lamp"}], "places")},
        "decoys",
        "Two places have the same name, so nobody could tell them apart.",
    ),
    (
        "hotspot",
        {"spots": _spots(((90, 20, 20, 30), (0, 0, 5, 5)))},
        "spots",
        "“Left hinge” goes beyond the edge of the picture.",
    ),
    (
        "hotspot",
        {"spots": _spots(((10, 10, 20, 20), (29, 29, 5, 5)))},
        "spots",
        "“Left hinge” and “Right hinge” lie on each other.",
    ),
]


def form(**fields):
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name.replace("_", "-"), value if isinstance(value, list) else [value])
    return data


def made(kind, **changes):
    """`(kind, shown, key, arranged)` of the example of a kind."""
    kind = KINDS[kind]
    written = value(kind.name, **changes)
    shown, key = kind.shown(written), kind.key([written])
    return kind, shown, key, kind.arrange(shown, random.Random(3), shuffle=True)
