"""What whoever is limited to some facilities may not do, whatever their role.

They see people of those facilities only (`Person.objects.visible_to`), and only read what all facilities share: a
change to it would change what people owe and may do whom they cannot see.
"""

SHARED = (
    "people.company",
    "people.facility",
    "people.employer",
    "people.position",
    "people.tag",
    "people.audience",
    "people.importsource",
    "assignments.requirement",
    # Grading again changes the results of everybody who was asked.
    "quizzes.regrade",
    # What one erases is in packs, files and sheets of all facilities.
    "records.erasurerequest",
    "auth.group",
)


def forbids(permission):
    """Whether nobody who is limited has this permission ("people.change_company")."""
    label, _dot, codename = permission.partition(".")
    verb, _line, model = codename.partition("_")
    return verb != "view" and f"{label}.{model}" in SHARED
