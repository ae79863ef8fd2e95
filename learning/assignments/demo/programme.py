"""What the demo company asked of its people, and how it taught them. Plain data, in days back from today."""

from dataclasses import dataclass

from .cast import BEGAN

# From so many days back on these courses are required. The company began with what everybody must know, and switched
# on the rest, with three months' time for it, when the first half stood.
WAVES = {
    BEGAN: ["security-awareness"],
    425: ["seal-security", "education-training-awareness"],
    250: ["conveyance-security"],
    130: ["procedural-security"],
    20: [
        "security-vision-and-responsibility",
        "risk-assessment",
        "business-partners",
        "cybersecurity",
        "agricultural-security",
        "physical-security",
        "physical-access-controls",
        "personnel-security",
    ],
}
LAST_WAVE, LAST_DUE_DAYS = 20, 95

# facility: (who teaches there, in which language)
TEACHERS = {"ELP": ("supervisor", "en"), "NLD": ("4002", "es")}


@dataclass(frozen=True)
class Refresher:
    """Owed from `ago` days back on, within `due_days`, by those in that position who were hired `hired` days ago."""

    course: str
    ago: int
    due_days: int
    audience: str
    position: str
    facility: str
    hired: int


# A seal was found on the wrong lever. Newcomers take the whole course.
REFRESHER = Refresher("seal-security-refresher", 9, 21, "Dock of El Paso, not new", "Dock hand", "ELP", hired=45)


@dataclass(frozen=True)
class Talk:
    """A session for those who owed the course there, due `within` so many days. `check`: quiz (on paper), observed."""

    course: str
    ago: int
    facility: str
    hour: int = 9
    kind: str = "classroom"
    check: str = "quiz"
    minutes: int = 45
    within: int = 45


TALKS = [
    Talk("security-awareness", 741, "ELP"),
    Talk("security-awareness", 738, "NLD"),
    Talk("seal-security", 411, "NLD", hour=7, kind="toolbox_talk", minutes=30),
    Talk("seal-security", 406, "ELP", hour=6, kind="toolbox_talk", minutes=30),
    # Who was ill, or failed on paper, shows it with a seal in hand.
    Talk("seal-security", 394, "ELP", hour=6, kind="on_the_job", check="observed", minutes=30),
    Talk("security-awareness", 386, "ELP", hour=15),
    Talk("security-awareness", 384, "NLD", hour=15),
    Talk("security-awareness", 373, "ELP", hour=15),
    Talk("conveyance-security", 238, "ELP", kind="on_the_job", check="observed", minutes=90),
    Talk("conveyance-security", 236, "NLD", kind="on_the_job", check="observed", minutes=90),
    Talk("procedural-security", 117, "NLD", hour=14),
    Talk("procedural-security", 112, "ELP", hour=14),
    Talk("procedural-security", 95, "ELP", hour=14),
    Talk("procedural-security", 93, "NLD", hour=14),
    Talk("seal-security", 62, "NLD", hour=7, kind="toolbox_talk", minutes=30),
    Talk("seal-security", 55, "ELP", hour=6, kind="toolbox_talk", minutes=30),
    Talk("conveyance-security", 33, "NLD", kind="on_the_job", check="observed", minutes=90),
    Talk("seal-security", 27, "ELP", hour=6, kind="toolbox_talk", minutes=30),
    Talk("conveyance-security", 26, "ELP", kind="on_the_job", check="observed", minutes=90),
    Talk("security-awareness", 23, "NLD", hour=15),
    Talk("security-awareness", 13, "NLD", hour=15),
    Talk("physical-access-controls", 9, "ELP", hour=6, kind="toolbox_talk", minutes=20, within=120),
]


@dataclass(frozen=True)
class Round:
    """Those of a facility who then owe the course take it online, each on a day of their own between the two."""

    course: str
    begins: int
    ends: int
    facility: str


ROUNDS = [
    Round("education-training-awareness", 399, 396, "ELP"),
    Round("education-training-awareness", 399, 396, "NLD"),
    Round("seal-security", 232, 212, "ELP"),
    Round("education-training-awareness", 53, 37, "ELP"),
    Round("education-training-awareness", 53, 37, "NLD"),
    Round("security-awareness", 39, 5, "ELP"),
    Round("seal-security", 29, 16, "NLD"),
    Round("procedural-security", 44, 31, "ELP"),
]
# Who is hired takes the awareness course so many days later.
FIRST_COURSE, AFTER = "security-awareness", 9

# Days back, subject, whether it was held and only not closed yet. Negative: still to come.
OPEN_SESSIONS = [
    ("Winter rules of the yard", 1, "ELP", True),
    ("Drill: a seal that does not match", -6, "ELP", False),
    ("Simulacro: un sello que no coincide", -8, "NLD", False),
]
