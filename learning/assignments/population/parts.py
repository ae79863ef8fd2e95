"""What many records have in common: their fields, and the pieces of their ledger entries, encoded once for all."""

from learning.records import canonical
from learning.records.completions import areas_of
from learning.records.models import TrainingRecord

from .copying import empty

STATED = set(canonical.stated_fields(TrainingRecord))


class Part:
    """Some fields of a record; `pieces` are those that its entry states. Parts are put together by `|`."""

    def __init__(self, says, pieces):
        self.says, self.pieces = says, pieces

    @classmethod
    def of(cls, says, **identities):
        """`identities` of other rows stand in the entry and not in the record, which has their keys."""
        stated = {name: value for name, value in says.items() if name in STATED}
        return cls(says, canonical.pieces(stated | identities))

    def __or__(self, other):
        return Part(self.says | other.says, self.pieces | other.pieces)


class Course:
    """What is the same of all records of an edition, by language and by where they come from."""

    def __init__(self, edition):
        self.edition = edition
        self.released_at = canonical.plain(edition.released_at)
        nothing = Part.of(empty(TrainingRecord), edition_uuid=None, corrects_uuid=None)
        how = {"method": "online", "source": "server_graded", "attribution": "password"}
        which = {"edition_id": edition.pk, "edition_number": edition.number, "edition_hash": edition.hash}
        taken_here = Part.of(how | which, edition_uuid=edition.uuid)
        # From before there was this course: brought along from an older system.
        brought_along = Part.of({"method": "classroom", "source": "imported", "attribution": "import"})
        self.taken_here, self.brought_along, self.valid_months = {}, {}, {}
        for language in ("en", "es"):
            outline = edition.in_language(language)
            about = nothing | Part.of(_about(edition, outline))
            self.taken_here[language], self.brought_along[language] = about | taken_here, about | brought_along
            self.valid_months[language] = outline.valid_months


def _about(edition, outline):
    return {
        "course_key": str(edition.course_key),
        "course": outline.title,
        "area": outline.area,
        "areas": areas_of(outline.criteria, outline.area),
        "topics": outline.topics,
        "criteria": outline.criteria,
        "language": outline.language,
        "minutes_nominal": outline.minutes,
        "pass_mark": outline.pass_mark,
        "check_kind": "none" if outline.pass_mark is None else "quiz",
    }


def place(worker, position, facility, company):
    """Who somebody was and where, as their records of that time say it."""
    return Part.of(
        {
            "person_id": worker.key,
            "person_uuid": worker.uuid,
            "position": position.title,
            "position_uuids": [str(position.uuid)],
            "sensitive": position.sensitive,
            "facility": facility.name,
            "facility_uuid": str(facility.uuid),
            "facility_zone": facility.time_zone,
            "employer": worker.employer,
            "employment_kind": worker.kind,
            "company": company.name,
            "company_uuid": str(company.uuid),
        }
    )
