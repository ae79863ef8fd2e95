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


def _steps(manifest):
    """Steps by key, in the first language (by code, as manifests are stored)."""
    first = min(manifest["languages"])
    return {step["key"]: step for step in manifest["languages"][first]["steps"]}


def _texts(manifest):
    return {code: {name: text[name] for name in COURSE_FIELDS} for code, text in manifest["languages"].items()}


def _everywhere(manifest, key):
    return {code: step for code, text in manifest["languages"].items() for step in text["steps"] if step["key"] == key}
