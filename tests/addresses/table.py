"""The words in which the tables of addresses say who may open what. How to add a line: see the head of `ours.py`."""

import re
from dataclasses import dataclass, field

ANONYMOUS, LEARNER, SUPERVISOR, HR, LIMITED = "anonymous", "learner", "supervisor", "HR", "HR of one facility"
COMPLIANCE, EDITOR, ADMINISTRATOR = "compliance", "editor", "administrator"
ROLES = (ANONYMOUS, LEARNER, SUPERVISOR, HR, LIMITED, COMPLIANCE, EDITOR, ADMINISTRATOR)
IN_ADMIN = ROLES[3:]
# Who must never read of the person of the other facility, wherever it may be.
UNSEEING = (ANONYMOUS, LEARNER, SUPERVISOR, LIMITED, EDITOR)

# What may come back, beside a number, or "→ name" for a redirect to the address of that name.
OPENS = 200
SIGN_IN = "to sign-in, and back"
REFUSED = "refused in words, to the admin's first page"
DENIED = 403
MISSING = 404
NOT_SO = 405
REFUSALS = (SIGN_IN, REFUSED, DENIED, MISSING)


def admin(*roles, refused=REFUSED, sign_in=SIGN_IN):
    """Within the admin: these roles get in, the others of the admin are refused, everybody else has to sign in."""
    return {role: OPENS if role in roles else refused if role in IN_ADMIN else sign_in for role in ROLES}


def signed_in(*roles, others=MISSING):
    """Outside of the admin: these roles (none named: all) get in, others that have signed in get `others`."""
    roles = roles or ROLES[1:]
    return {role: SIGN_IN if role == ANONYMOUS else OPENS if role in roles else others for role in ROLES}


EVERYBODY = dict.fromkeys(ROLES, OPENS)
ALL_OF_ADMIN = admin(*IN_ADMIN)
SEE_PEOPLE = admin(HR, LIMITED, COMPLIANCE, ADMINISTRATOR)
KEEP_PEOPLE = admin(HR, LIMITED, ADMINISTRATOR)
# What facilities share is kept by those who see all of them.
KEEP_SHARED = admin(HR, ADMINISTRATOR)
WRITE = admin(EDITOR, ADMINISTRATOR)
SET_UP = admin(ADMINISTRATOR)
NOBODY_IN_ADMIN = admin()


@dataclass(frozen=True)
class Row:
    """One address, who gets what of it, and how it is made."""

    name: str
    who: dict
    others: dict = field(default_factory=dict)
    kwargs: dict = field(default_factory=dict)
    args: tuple = ()
    query: str = ""
    post: dict = field(default_factory=dict)
    lists: tuple = ()
    at: str = ""
    public: bool = False
    form: bool = False


def rows(
    names,
    who,
    *,
    answer=None,
    others=None,
    args=(),
    query="",
    post=None,
    lists=(),
    at="",
    public=False,
    form=False,
    **kwargs,
):
    """Rows for names apart by spaces; `a:{b,c}` is two.

    - `who`: `{role: outcome}`, from the functions and constants above.
    - `answer`: what comes in the place of a page (200) for those who get in, such as a redirect or 405.
    - `others`: `{role: outcome}` that differ for the object of the other facility and crew.
    - `at`: the path, for an address without a name; its name here is its route.
    - keywords and `args`: what fills the address: "record.uuid" of the world's own or other object; any other text
      or number as it is. `query` in the same way, "id={person.pk}".
    - `post`: `{role: outcome}` for POST. Without, whoever is refused with GET must be refused alike with POST (405 is
      refused, too), and whoever gets in is not asked.
    - `form`: it only takes forms: GET is 405 for whoever comes through the outer door, and `who` is about POST.
    - `public`: whoever knows the address may read the names on it.
    - `lists`: queries with which HR reads the name of the person of the other facility here, as a check that the
      limited would; "" is none.
    """
    post = dict(post or {})
    if form:
        post = {role: outcome for role, outcome in who.items() if outcome in REFUSALS} | post
        who = {role: outcome if outcome == SIGN_IN else NOT_SO for role, outcome in who.items()}
    if answer is not None:
        who = {role: answer if outcome == OPENS else outcome for role, outcome in who.items()}
    return [
        Row(name, who, dict(others or {}), kwargs, tuple(args), query, post, tuple(lists), at, public, form)
        for name in expanded(names)
    ]


def expanded(names):
    """Names apart by spaces, each with its braces opened out."""
    for name in names.split():
        if braces := re.search(r"\{([^}]*)\}", name):
            for part in braces[1].split(","):
                yield from expanded(name[: braces.start()] + part + name[braces.end() :])
        else:
            yield name
