"""Paths of categories, as Moodle writes them."""

import re

# Where a bank belongs to in Moodle, and its root: nothing that is one here.
CONTEXTS = {"top", ""}
CONTEXT = re.compile(r"\$\w+\$")


def category(path):
    """The steps of "$course$/top/Seals/VVTT"; a slash of a name is doubled."""
    steps = [step.replace("\0", "/").strip() for step in path.strip().replace("//", "\0").split("/")]
    return [step for step in steps if step not in CONTEXTS and not CONTEXT.fullmatch(step)]
