"""A payroll file of a synthetic company: the same for the same seed."""

import csv
import random

from learning.people.importing.columns import COLUMNS

FIRST = ["Ana", "Bea", "Carlos", "Dolores", "Esteban", "Fátima", "Gabriel", "Héctor", "Inés", "José", "Lucía", "Olga"]
LAST = ["Peña", "Ruiz", "García", "Núñez", "Ortiz", "Muñoz", "Castro", "Díaz", "Flores", "Gómez", "Herrera"]
TITLES = [
    f"{word} {number}" for word in ("Dock hand", "Driver", "Guard", "Clerk", "Mechanic") for number in range(1, 21)
]
PLACES = [f"S{number:02d}" for number in range(1, 21)]


def rows(people, seed=1):
    """One row for each person; every fifteenth leads the fourteen after them, and everybody is under the first."""
    chance = random.Random(seed)
    for number in range(1, people + 1):
        boss = 0 if number == 1 else 1 if number % 15 == 1 else number - (number - 1) % 15
        hired = f"20{chance.randint(10, 25)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        yield {
            "number": f"{number:06d}",
            "first_name": chance.choice(FIRST),
            "last_name": f"{chance.choice(LAST)} {chance.choice(LAST)}",
            "email": f"p{number}@example.com" if number % 3 else "",
            "phone": f"+52 55 {number:08d}",
            "badge": f"B{number:07d}",
            "language": chance.choice(("en", "es")),
            "company": "Corvina Freight",
            "kind": "employee",
            "employer": "Corvina Freight",
            "position": chance.choice(TITLES),
            "position_from": hired,
            "facility": chance.choice(PLACES),
            "manager_number": f"{boss:06d}" if boss else "",
            "hired_on": hired,
        }


def write(path, people, seed=1):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows(people, seed))
    return path
