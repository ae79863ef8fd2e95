"""One example of each kind of question as its editor would leave it, and what a browser posts of its form."""

import uuid

from django.http import QueryDict

from quizzes.kinds import KINDS


def _id(*words):
    return str(uuid.uuid5(uuid.NAMESPACE_URL, " ".join(words)))


def _items(rows, *where):
    return [
        {"id": _id(*where, str(row.get("text", row.get("mark", "")))), "type": "item", "value": row} for row in rows
    ]


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
        "accepted": _items([{"text": "seal"}], "accepted"),
        "mind_case": False,
        "mind_accents": False,
        "reason": "It is called so.",
    },
}


def value(kind, **changes):
    """The StreamField value of the example, with changes in raw form."""
    raw = RAW[kind]() | changes
    if kind == "short_text":
        accepted = [row["value"]["text"] if isinstance(row, dict) else row for row in raw["accepted"]]
        raw["accepted"] = [{"id": _id("accepted", text), "type": "item", "value": text} for text in accepted]
    return KINDS[kind].block().to_python(raw)


# The same question with something else right.
TURNED = {
    "single_choice": lambda: _options(["Tug"]),
    "multiple_response": lambda: _options(["View", "Verify"]),
    "true_false": lambda: {"answer": "false"},
    "ordering": lambda: {"items": _steps(("Tug", "View", "Verify"))},
    "blanks": lambda: {"blanks": _gaps(("strap",), ("low",))},
    "number": lambda: {"value": "20"},
    "short_text": lambda: {"accepted": ["lock"]},
    "categorise": lambda: {"bins": _bins(things=(("Loose pin", "Clean seal"), ("Wrong number",)))},
    "matching": lambda: {"pairs": _pairs()[::-1], "credit": "each"},
}


def turned(kind):
    return value(kind, **TURNED[kind]())


def posted(kind, asked):
    """What a browser sends of the form that `ask` describes."""
    data = QueryDict(mutable=True)
    field = asked["field"]
    if "options" in asked:
        data.setlist(field, [option["id"] for option in asked["options"] if option["checked"]])
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
    ("short_text", {"accepted": ["seal", "Seal"]}, "accepted", "Two accepted answers say the same."),
]
