"""What differs between two manifests, for people who are about to release: pure."""

COURSE_FIELDS = ("title", "slug", "summary", "about", "takers")
SHARED_FIELDS = ("area", "criteria", "topics", "valid_months", "objectives")


def between(old, new):
    """Rows of (what, title); what is "course", "order", "new", "changed" or "removed". `old` None: not released yet."""
    after = _steps(new)
    if old is None:
        return [("new", step["title"]) for step in after.values()]
    before = _steps(old)
    rows = []
    if any(old[name] != new[name] for name in SHARED_FIELDS) or _texts(old) != _texts(new):
        rows.append(("course", ""))
    if [key for key in before if key in after] != [key for key in after if key in before]:
        rows.append(("order", ""))
    rows += [("new", step["title"]) for key, step in after.items() if key not in before]
    rows += [
        ("changed", step["title"])
        for key, step in after.items()
        if key in before and _everywhere(old, key) != _everywhere(new, key)
    ]
    return rows + [("removed", step["title"]) for key, step in before.items() if key not in after]


def lessons_changed(old, new):
    """Keys (strings) of the lessons that both have and that differ in any language."""
    return [
        key
        for key, step in _steps(new).items()
        if step["kind"] == "lesson" and key in _steps(old) and _everywhere(old, key) != _everywhere(new, key)
    ]


def told(old, new, language):
    """What a person in the course is told: `{"new", "removed": [title], "changed": [{"title", "blocks"}]}`.

    `blocks` are those of a changed lesson that are new or say something new, in that language or the first there is.
    """
    before, after = _in_language(old, language), _in_language(new, language)
    return {
        "new": [step["title"] for key, step in after.items() if key not in before],
        "removed": [step["title"] for key, step in before.items() if key not in after],
        "changed": [
            {"title": after[key]["title"], "blocks": _other_blocks(before[key], after[key])}
            for key in lessons_changed(old, new)
        ],
    }


def _other_blocks(before, after):
    known = [(block["type"], block["value"]) for block in before["blocks"]]
    return [block for block in after["blocks"] if (block["type"], block["value"]) not in known]


def _in_language(manifest, language):
    texts = manifest["languages"]
    return {step["key"]: step for step in texts.get(language, texts[min(texts)])["steps"]}


def _steps(manifest):
    """Steps by key, in the first language (by code, as manifests are stored)."""
    first = min(manifest["languages"])
    return {step["key"]: step for step in manifest["languages"][first]["steps"]}


def _texts(manifest):
    return {
        code: {name: text[name] for name in COURSE_FIELDS} | {"topics": text.get("topics", manifest["topics"])}
        for code, text in manifest["languages"].items()
    }


def _everywhere(manifest, key):
    return {code: step for code, text in manifest["languages"].items() for step in text["steps"] if step["key"] == key}
