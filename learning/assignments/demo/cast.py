"""Who works in the demo company. Plain data; the modules beside this one make it happen.

Days are counted back from the day on which the demo is made, so that it always is about now. CAST are people with a
story of their own, told here; the CREW of `crew.csv` does what `programme.py` says.
"""

import csv
import datetime
from dataclasses import dataclass
from pathlib import Path

from .. import schedule

# The programme began so many days ago; who was hired before that was there already.
BEGAN = 760
PASSWORD = "gatehouse-demo"
COMPANY = "Corvina Freight"
OWN, AGENCY = COMPANY, "Paso del Norte Staffing"
# employer: (its kind, the kind of employment)
EMPLOYERS = {
    OWN: ("own", "employee"),
    AGENCY: ("agency", "temporary"),
    "Sentinel Gate Services": ("contractor", "contractor"),
    "Transportes Leal": ("carrier", "partner"),
}

# code: (name, country, time zone)
FACILITIES = {
    "ELP": ("El Paso terminal", "US", "America/Denver"),
    "NLD": ("Nuevo Laredo yard", "MX", "America/Monterrey"),
}

# title: (sensitive, training roles)
POSITIONS = {
    "Driver": (True, ["drivers"]),
    "Dock hand": (True, ["dock_and_warehouse"]),
    "Gate guard": (True, ["security"]),
    "Dispatcher": (True, ["dispatch"]),
    "Documentation clerk": (True, ["customs_and_shipping"]),
    "Yard supervisor": (True, ["management", "dock_and_warehouse"]),
    "Warehouse lead": (True, ["management", "dock_and_warehouse"]),
    "Operations manager": (True, ["management", "dispatch"]),
    "Maintenance technician": (True, ["facilities"]),
    "Receptionist": (True, ["reception_and_mailroom"]),
    "Purchasing agent": (False, ["purchasing"]),
    "Accounts clerk": (False, ["finance"]),
    "HR manager": (False, ["hr"]),
    "CTPAT coordinator": (True, ["ctpat_poc"]),
    "Training coordinator": (False, ["hr"]),
    "IT administrator": (True, ["it"]),
}

# Came with the last list of the agency; nobody has said yet what it must be trained for.
UNCLASSIFIED = "Yard jockey"

# tag: who has it, since so many days
TAGGED = 22
TAGS = {"First aid": ["office", "4063"], "Forklift": ["dock", "3020", "4058"], "Night shift": ["guard", "3020"]}

# Who has never signed in got a slip, so many days back.
INVITED, SLIPS = 5, ["2146", "4117", "3024"]

# where the shared tablet stands: (since so many days, its name, who set it up)
TABLETS = {"ELP": (180, "Tablet at the gate", "supervisor"), "NLD": (175, "Tableta de la caseta", "4002")}

# who: (from so many days back, until so many days ahead)
ON_LEAVE = {"4063": (11, 24)}

# Have no mailbox and no phone: they sign in at a shared tablet, the second one in Spanish.
PINS = {"3020": "482613", "2408": "295817"}

# Added at the gate at 05:00 yesterday, for HR to confirm.
AT_THE_GATE = {"first_name": "Ramiro", "last_name": "Quiroz Peña", "language": "es", "phone": "+1 915 555 0117"}


@dataclass(frozen=True)
class Run:
    """One go at a course, `ago` days back, or so many days back that its refresher is due in `lapses_in` days.

    `points` of 8 in each attempt at the quiz; without any, the run stopped after `lessons`. `reopened` says that HR
    opened the course again after the last failed attempt.
    """

    course: str
    ago: int = 0
    lapses_in: int | None = None
    points: tuple = ()
    lessons: int | None = None
    reopened: bool = False

    def day(self, today):
        if self.lapses_in is not None:
            return schedule.add_months(today + datetime.timedelta(days=self.lapses_in), -12)
        return workday(today, self.ago)


def workday(today, ago):
    """That many days back, or the Friday before if it was a weekend."""
    day = today - datetime.timedelta(days=ago)
    return day - datetime.timedelta(days=max(0, day.weekday() - 4))


def seals(ago=0, *points, **more):
    return Run("seal-security", ago, points=points, **more)


def training(ago=0, *points, **more):
    return Run("education-training-awareness", ago, points=points, **more)


def aware(ago=0, *points, **more):
    return Run("security-awareness", ago, points=points, **more)


@dataclass(frozen=True)
class Member:
    number: str
    first_name: str
    last_name: str
    position: str
    facility: str = "ELP"
    hired: int = 900
    manager: str = "supervisor"
    language: str = "en"
    mailbox: bool = True
    groups: tuple = ()
    account: bool = False
    employer: str = OWN
    # (days back, new position, new facility, new manager)
    moved: tuple | None = None
    left: int | None = None
    # Hired again so many days back.
    back: int | None = None
    # Stays away from sessions of late, and does nothing by themselves.
    slow: bool = False
    runs: tuple = ()

    @property
    def email(self):
        name = f"{self.first_name}.{self.last_name}".lower().translate(str.maketrans("áéíóúñ ", "aeioun-"))
        return f"{name}@corvina.example" if self.mailbox else ""


# Managers come before those they manage.
CAST = [
    # The accounts that a visitor signs in with.
    Member(
        "compliance",
        "Grace",
        "Okafor",
        "CTPAT coordinator",
        hired=1500,
        manager="",
        groups=("Compliance",),
        account=True,
        runs=(aware(748, 8), training(412, 8), aware(395, 8), seals(201, 8), training(58, 8), aware(34, 8)),
    ),
    Member(
        "supervisor",
        "Marcus",
        "Bell",
        "Yard supervisor",
        hired=1320,
        manager="compliance",
        groups=("Supervisors",),
        account=True,
        runs=(seals(408, 7), training(0, 7, lapses_in=20), seals(47, 8), aware(120, 8)),
    ),
    Member(
        "hr",
        "Elena",
        "Duarte",
        "HR manager",
        hired=1100,
        manager="compliance",
        groups=("Human resources",),
        account=True,
        runs=(aware(747, 7), training(401, 7), aware(396, 8), training(39, 8), aware(31, 8)),
    ),
    Member(
        "editor",
        "Samuel",
        "Ortiz",
        "Training coordinator",
        hired=640,
        manager="compliance",
        groups=("Editors",),
        account=True,
        runs=(aware(620, 8), training(397, 8), aware(268, 8), training(36, 8)),
    ),
    Member(
        "admin",
        "Joanna",
        "Reyes",
        "IT administrator",
        hired=720,
        manager="compliance",
        groups=("Administrators",),
        account=True,
    ),
    # Dispatches the drivers of El Paso, and is in the supervisor's own line.
    Member("2231", "Nina", "Castellanos", "Dispatcher", hired=880, runs=(seals(404, 7), seals(43, 7))),
    # Owes seals in five days and has not begun; last year's certificate is there.
    Member(
        "driver",
        "Daniel",
        "Olmos",
        "Driver",
        hired=385,
        manager="2231",
        account=True,
        runs=(seals(0, 7, lapses_in=5), aware(374, 8), aware(66, 8)),
    ),
    # Failed once and passed an hour later; this year at once.
    Member(
        "dock",
        "Thuy",
        "Nguyen",
        "Dock hand",
        account=True,
        runs=(seals(410, 5, 7), seals(52, 8), aware(400, 8), aware(50, 7)),
    ),
    # In the middle of the refresher.
    Member(
        "guard",
        "Rosa",
        "Medina",
        "Gate guard",
        hired=400,
        account=True,
        runs=(seals(0, 8, lapses_in=12), seals(2, lessons=3), aware(390, 7), aware(45, 8)),
    ),
    Member(
        "office",
        "Karen",
        "Whitfield",
        "Documentation clerk",
        hired=700,
        account=True,
        runs=(seals(405, 7), seals(44, 8), aware(689, 8), aware(340, 8)),
    ),
    # Overdue since last month, and reads Spanish.
    Member("2107", "Luis", "Vega", "Driver", hired=1010, manager="2231", language="es", runs=(seals(409, 8),)),
    # From the agency, hired last month, no mailbox, nothing begun.
    Member("3020", "Joel", "Barnes", "Dock hand", hired=26, mailbox=False, employer=AGENCY),
    # In a position that nobody has classified: owes nothing, and that is a gap.
    Member("3024", "Omar", "Fuentes", "Yard jockey", hired=33, mailbox=False),
    # Left; what was owed is owed no longer, what was done stays.
    Member("1988", "Walter", "Simms", "Driver", hired=800, left=70, runs=(seals(407, 7),)),
    Member(
        "4002",
        "Alicia",
        "Cantú",
        "Yard supervisor",
        "NLD",
        hired=1250,
        manager="compliance",
        language="es",
        groups=("Supervisors",),
        runs=(seals(403, 8), training(0, 7, lapses_in=-9), seals(41, 8)),
    ),
    # Never started.
    Member("4117", "Tomás", "Ibarra", "Driver", "NLD", hired=130, manager="4002", language="es", slow=True),
    # All attempts failed, HR opened the course again, passed. No mailbox.
    Member(
        "4063",
        "Héctor",
        "Salinas",
        "Gate guard",
        "NLD",
        hired=250,
        manager="4002",
        language="es",
        mailbox=False,
        runs=(seals(232, 5, 6, 4), seals(228, 8, reopened=True)),
    ),
    # All attempts failed, and HR has not looked yet.
    Member(
        "4058",
        "Beatriz",
        "Lozano",
        "Dock hand",
        "NLD",
        hired=600,
        manager="4002",
        language="es",
        runs=(seals(400, 7), seals(3, 5, 6, 4)),
    ),
    # Moved from the dock in Nuevo Laredo to dispatch in El Paso.
    Member(
        "4031",
        "Iván",
        "Treviño",
        "Dock hand",
        "NLD",
        hired=760,
        manager="4002",
        language="es",
        moved=(150, "Dispatcher", "ELP", "supervisor"),
        runs=(seals(398, 8), seals(37, 8)),
    ),
]


def _of_file(row):
    moved = row["moved"].split()
    return Member(
        number=row["number"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        position=row["position"],
        facility=row["facility"],
        hired=int(row["hired"]),
        manager=row["manager"],
        language=row["language"],
        mailbox=row["mailbox"] == "yes",
        employer=row["employer"],
        # A position may be two words.
        moved=(int(moved[0]), " ".join(moved[1:-2]), *moved[-2:]) if moved else None,
        left=int(row["left"]) if row["left"] else None,
        back=int(row["back"]) if row["back"] else None,
        slow=row["slow"] == "slow",
    )


with (Path(__file__).parent / "crew.csv").open(encoding="utf-8", newline="") as file:
    CREW = [_of_file(row) for row in csv.DictReader(file)]
EVERYBODY = [*CAST, *CREW]
