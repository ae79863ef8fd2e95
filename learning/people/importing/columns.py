"""The columns of a file of people: pure. The same for import and export; a contract with whoever writes the file.

One row for each position held. Dates are ISO 8601 unless the format is stated; `…_until` and `left_on` name the last
day that counts. Only the first three columns must be there, and `last_name` may be empty.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ..names import folded
from .refused import Refused

LABELS = {
    "number": _lazy("Staff number"),
    "first_name": _lazy("First name"),
    "last_name": _lazy("Last name"),
    "email": _lazy("Email"),
    "phone": _lazy("Phone"),
    "badge": _lazy("Badge"),
    "language": _lazy("Language"),
    "company": _lazy("Company"),
    "kind": _lazy("Kind of employment"),
    "employer": _lazy("Employer"),
    "position": _lazy("Position"),
    "position_from": _lazy("Position held from"),
    "position_until": _lazy("Position held until"),
    "facility": _lazy("Facility"),
    "manager_number": _lazy("Staff number of the manager"),
    "hired_on": _lazy("Hired on"),
    "left_on": _lazy("Last day of work"),
    "leave_from": _lazy("On leave from"),
    "leave_until": _lazy("On leave until"),
}
COLUMNS = tuple(LABELS)
REQUIRED = COLUMNS[:3]
DATES = ("position_from", "position_until", "hired_on", "left_on", "leave_from", "leave_until")

# Headings that other systems use, folded; a suggestion that a person confirms, never more.
ALSO = {
    "number": "staff number|employee number|employee id|employee no|emp id|emp no|personnel number|staff id|staff no|"
    "payroll number|id|no|numero|numero de empleado|numero de personal|no empleado|legajo|nomina",
    "first_name": "first name|first|given name|given names|forename|name|nombre|nombres",
    "last_name": "last name|last|surname|family name|apellido|apellidos",
    "email": "email|e-mail|mail|email address|work email|correo|correo electronico",
    "phone": "phone|phone number|mobile|cell|cell phone|telephone|telefono|celular|movil",
    "badge": "badge|badge number|card|card number|gafete|credencial",
    "language": "language|preferred language|idioma",
    "company": "company|legal entity|company name|empresa|razon social",
    "kind": "kind|employment type|worker type|contract type|tipo|tipo de contrato",
    "employer": "employer|agency|vendor|empleador|agencia|patron",
    "position": "position|job title|job|title|role name|puesto|cargo",
    "position_from": "position from|position since|in position since|position start|en el puesto desde",
    "position_until": "position until|position end|en el puesto hasta",
    "facility": "facility|site|location|plant|work location|planta|centro de trabajo|ubicacion|sitio",
    "manager_number": "manager number|manager id|supervisor id|supervisor number|reports to|manager|"
    "jefe|numero del jefe",
    "hired_on": "hired on|hire date|start date|date hired|employment start|fecha de ingreso|fecha de alta|fecha de "
    "contratacion",
    "left_on": "left on|end date|termination date|last day|last day of work|leaving date|fecha de baja|ultimo dia",
    "leave_from": "leave from|leave start|on leave from|ausencia desde",
    "leave_until": "leave until|leave end|on leave until|ausencia hasta",
}
_KNOWN = {folded(column.replace("_", " ")): column for column in COLUMNS} | {
    words: column for column, listed in ALSO.items() for words in listed.split("|")
}

# No file makes anybody more than a person, whatever its columns are called.
_POWERS = {"password", "passwort", "contrasena", "pin", "is superuser", "superuser", "is staff", "staff", "admin"}
_POWERS |= {"is admin", "administrator", "groups", "group", "role", "roles", "permissions", "user permissions"}
_POWERS |= {"is active", "limited to", "last login"}


def _words(heading):
    return folded(heading.replace("_", " ").replace(".", " "))


def meant_by(heading):
    """The column that a heading may stand for, or None."""
    return _KNOWN.get(_words(heading))


def suggested(headings):
    """`{column: heading}`: our own names first, then names that other systems use."""
    found = {heading: heading for heading in headings if heading in LABELS}
    for heading in headings:
        column = meant_by(heading)
        if column and column not in found:
            found[column] = heading
    return {column: found[column] for column in COLUMNS if column in found}


def named_ours(headings):
    """`{column: heading}` for headings that are our columns' own names, in any case: all that no person confirmed."""
    ours = {folded(column): column for column in COLUMNS}
    found = {}
    for heading in headings:
        if column := ours.get(folded(heading)):
            found.setdefault(column, heading)
    return found


def places(mapping, headings):
    """`{column: place in a row}`. Raises Refused for a mapping that does not fit the headings."""
    found = {}
    for column in COLUMNS:
        heading = mapping.get(column)
        if not heading:
            continue
        count = headings.count(heading)
        if count == 0:
            raise Refused(_("The file has no column “%(heading)s”.") % {"heading": heading})
        if count > 1:
            raise Refused(
                _("The file has %(count)d columns called “%(heading)s”: rename all but the one that counts.")
                % {"count": count, "heading": heading}
            )
        found[column] = headings.index(heading)
    if missing := [column for column in REQUIRED if column not in found]:
        raise Refused(
            _("Missing: %(columns)s. A file needs number, first_name and last_name.") % {"columns": ", ".join(missing)}
        )
    twice = [heading for heading in mapping.values() if heading and list(mapping.values()).count(heading) > 1]
    if twice:
        raise Refused(_("“%(heading)s” cannot be two things at once.") % {"heading": twice[0]})
    return found


def notes(mapping, headings):
    """Sentences about columns that are not used."""
    unused = [heading for heading in headings if heading and heading not in mapping.values()]
    powers = [heading for heading in unused if _words(heading) in _POWERS]
    others = [heading for heading in unused if heading not in powers]
    said = [
        _("Column “%(heading)s” is refused: no file sets a password, gives a role or makes anybody an administrator.")
        % {"heading": heading}
        for heading in powers
    ]
    if others:
        said.append(_("Not used: %(headings)s.") % {"headings": ", ".join(others)})
    return said
