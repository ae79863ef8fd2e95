from django.template.loader import render_to_string

from content.slots import fills

from .as_they_were import as_they_were
from .models import BlankValue, TrainingRecord
from .pack import own
from .sessions import attending


@fills("course_completed")
def certificate_of(enrolment, request):
    """The way to the certificate of a run that was just completed."""
    # A run has no link to its record; the same deed wrote both, at the same instant.
    record = TrainingRecord.objects.filter(
        person=enrolment.person_id, course_key=enrolment.course_key, completed_at=enrolment.completed_at
    )
    uuid = record.values_list("uuid", flat=True).order_by("pk").first()
    return uuid and render_to_string("records/course_completed.html", {"uuid": uuid})


@fills("blank_values")
def blanks_of(person, names, language, at):
    """What the person's company says in these blanks; their facility's own words come first."""
    was = as_they_were(person, at)
    rows = BlankValue.objects.at(was["company_uuid"], was["facility_uuid"]).filter(name__in=names, language=language)
    # The company's first, so that the facility's stay.
    found = sorted(rows.values_list("facility", "name", "text"), key=lambda row: row[0] is not None)
    return {name: text for _facility, name, text in found}


@fills("evidence_section")
def evidence_section(section, selection):
    return own.SECTIONS[section](selection) if section in own.SECTIONS else None


@fills("attempt_onward")
def back_to_the_session(attempt):
    """An attempt that was begun at a training session belongs to its page."""
    return attending.onward(attempt)
