"""Sessions as the pages record them, and files as phones send them."""

import io
import uuid

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from learning.people.models import Person
from learning.records.models import SessionFile
from learning.records.sessions import actions, uploads
from tests.people.factory import AT

from .. import factory


def minutes(number):
    return factory.minutes(number)


def photo(kind="JPEG", size=(60, 40), exif=None, name="sheet.jpg"):
    file = io.BytesIO()
    Image.new("RGB", size, "white").save(file, kind, **({"exif": exif} if exif else {}))
    return SimpleUploadedFile(name, file.getvalue())


def pdf(content=b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"):
    return SimpleUploadedFile("sheet.pdf", content, "application/pdf")


def boss(number="boss", at=None, first_name="Marta", last_name="Reyes"):
    who = factory.hire(number, "Yard supervisor", at=at, first_name=first_name, last_name=last_name)
    who.groups.add(Group.objects.get(name="Supervisors"))
    return who


def crew(number, manager, first_name="Daniel", last_name="Olmos", at=None):
    who = factory.hire(number, at=at, first_name=first_name, last_name=last_name)
    who.employments.update(manager=manager)
    return who


def session(people=(), by=None, facility=None, present=True, happened_at=None, edition=None, **says):
    """A toolbox talk of 15 minutes that ended half an hour ago, without a check unless told otherwise."""
    by = by or Person.objects.get(number="boss")
    named = uuid.uuid4()
    about = {
        "course_key": edition.course_key if edition else named,
        "edition": edition,
        "title": "Seal security" if edition else "Ladders",
        "area": 6 if edition else None,
        "topics": factory.TOPICS if edition else ["Ladders"],
        "criteria": factory.CRITERIA if edition else [],
    }
    usual = {
        "kind": "toolbox_talk",
        "language": "en",
        "minutes": 15,
        "check_kind": "none",
        "no_check_reason": "" if says.get("check_kind", "none") != "none" else "A reminder before the shift",
        "instructor": by,
        "instructor_name": by.get_full_name(),
    }
    return actions.record_session(
        uuid=named,
        people=list(people),
        present=present,
        by=by,
        at=AT,
        facility=facility or factory.facility(),
        happened_at=happened_at or AT - minutes(45),
        **(about | usual | says),
    )


def sheet(session, file=None):
    upload = uploads.checked(file or photo())
    return actions.attach(session=session, kind=SessionFile.Kind.SHEET, upload=upload, by=session.recorder, at=AT)


def quiz(pass_mark=75):
    """What a session says whose check is a quiz on paper."""
    return {"check_kind": "quiz", "quiz_way": "paper", "pass_mark": pass_mark}
