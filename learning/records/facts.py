"""All that one record and its ledger entry say, in the order of their fields, for HR's page."""

import zoneinfo

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from learning.people import codes
from learning.people.models import Employment, Person, Slip

from .models.words import Status
from .shown import language_name


def of(record):
    """`[(heading, [(label, value), …]), …]`; what was never stated is left out."""
    groups = [
        (_("Person"), _person(record)),
        (_("Training"), _training(record)),
        (_("When and where"), _when(record)),
        (_("How it was checked"), _check(record)),
        (_("Why"), _why(record)),
        (_("Ledger entry"), _ledger(record)),
    ]
    return [(heading, [row for row in rows if row[1] not in (None, "")]) for heading, rows in groups]


def _instant(at, record):
    if at is None:
        return None
    local = at.astimezone(zoneinfo.ZoneInfo(record.facility_zone))
    return f"{date_format(local.date())}, {local:%H:%M:%S} ({record.facility_zone})"


def _person(record):
    return [
        (_("Name"), record.name or _("Erased")),
        (_("Number"), record.number),
        (_("Person"), record.person_uuid),
        (_("Position"), record.position),
        (_("Sensitive position"), _("yes") if record.sensitive else _("no")),
        (_("Facility"), record.facility),
        (_("Employer"), record.employer),
        (_("Kind of employment"), dict(Employment.Kind.choices).get(record.employment_kind)),
        (_("Company"), record.company),
    ]


def _training(record):
    return [
        (_("Course"), record.course),
        (_("Edition"), record.edition_number),
        (_("Hash of the edition"), record.edition_hash),
        (_("Areas"), ", ".join(record.areas.strip(",").split(","))),
        (_("Criteria"), ", ".join(record.criteria)),
        (_("Topics"), "; ".join(record.topics)),
        (_("Blanks as shown"), "; ".join(f"{blank['name']}: {blank['text']}" for blank in record.blanks)),
        (_("Language"), language_name(record.language)),
    ]


def _when(record):
    return [
        (_("Began"), _instant(record.began_at, record)),
        (_("Completed"), _instant(record.completed_at, record)),
        (_("Recorded"), _instant(record.recorded_at, record)),
        (_("Good until"), record.expires_on and date_format(record.expires_on)),
        (_("Status"), Status(record.status).label),
        (_("Active minutes"), record.minutes_active),
        (_("Planned minutes"), record.minutes_nominal),
        (_("Place"), record.place),
        (_("Instructor"), record.instructor),
        (_("Observer"), record.observer),
    ]


def _check(record):
    return [
        (_("Method"), record.get_method_display()),
        (_("Check"), record.get_check_kind_display()),
        (_("Score, %"), record.score),
        (_("Pass mark, %"), record.pass_mark),
        (_("Attempts"), record.attempts),
        (_("Versions of the questions"), ", ".join(record.question_versions)),
        (_("Source"), record.get_source_display()),
        (_("Attribution"), record.get_attribution_display()),
        (_("Goes back to"), _origin(record)),
        (_("Recorded by"), record.recorder and record.recorder.get_full_name()),
    ]


def _origin(record):
    """Who handed over the slip behind this sign-in: the name of today beside the uuid of then."""
    origin = record.sign_in_origin
    if not origin:
        return None
    issuer = Person.objects.filter(uuid=origin["issued_by"]).first() if origin["issued_by"] else None
    kind = dict(Slip.Kind.choices).get(origin["kind"], origin["kind"])
    parts = [kind, issuer and issuer.get_full_name(), origin["issued_by"]]
    at = parse_datetime(origin["issued_at"])
    return ", ".join(str(part) for part in [*parts, _instant(at, record)] if part)


def _why(record):
    return [
        (_("Cause"), "; ".join(f"{name} {value}" for name, value in record.cause.items())),
        (_("Corrects"), record.corrects and record.corrects.uuid),
        (_("Withdraws it"), _("yes") if record.withdraws else None),
        (_("Reason"), record.reason),
        (_("Retention"), record.retention_class),
    ]


def _ledger(record):
    return [
        (_("Record"), record.uuid),
        (_("Check code"), codes.spoken(record.code)),
        (_("Commitment to the personal values"), record.commitment),
        (_("Entry"), record.entry.uuid),
        (_("Schema"), record.entry.schema_version),
        (_("Leaf"), record.entry.leaf),
    ]
