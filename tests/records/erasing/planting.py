"""A person with a string of their own in every field that can hold one, and a search for these strings everywhere."""

import io
import zipfile

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.db import connection
from wagtail.admin.models import FormState
from wagtail.users.models import UserProfile

from courses import actions as courses
from learning.people import actions as people
from learning.people.merging.actions import merge
from learning.people.models import ImportLine, Invitation, PeopleImport, Person, Pin, Slip
from learning.records.correcting.actions import decline, request_correction
from learning.records.models import CompletionExport, SavedView, SessionFile
from learning.records.sessions import actions as sessions
from learning.records.sessions import changing, closing, uploads
from learning.reminders import mailbox
from quizzes import actions as quizzes
from tests.quizzes import factory as asked

from .. import factory
from ..factory import AT, TODAY, days
from ..pack import making
from ..sessions import factory as talks

# Each holds PLANT, so that what is found anywhere can be told from all else.
NOW = {"first_name": "Plantfirst", "last_name": "Plántlast", "email": "plantmail@yard.example"}
MORE = {"phone": "+1 555 PLANT 88", "badge": "PLANTBADGE7"}
NUMBER, OTHER_NUMBER, OLD_NAME, WORDS = "PLANT-0077", "PLANT-OTHER", "Plantmaiden", "PLANTWORDS of my own"


def plant(hr, boss):
    """The person, with a history in every room; `boss` gave them a talk and has them as manager for a while."""
    with_name = {"first_name": NOW["first_name"], "last_name": OLD_NAME}
    who = factory.hire(NUMBER, email=NOW["email"], **with_name, **MORE)
    factory.record(who, AT - days(400))
    people.change_person(person=who, at=AT, by=hr, last_name=NOW["last_name"], reason=WORDS)
    people.change_employment(employment=boss.employments.get(), manager=who, at=AT, by=hr)
    people.add_leave(person=who, starts_on=TODAY - days(9), ends_on=TODAY - days(7), at=AT, by=hr, reason=WORDS)
    other = factory.person(OTHER_NUMBER, first_name=NOW["first_name"], last_name="Plantmarried")
    factory.record(other, AT - days(300))
    merge(kept=who, merged=other, at=AT, by=hr, reason=WORDS)
    _sign_in(who, hr)
    _learn(who, hr)
    _attend(who, boss)
    _import(who, boss)
    _mail(who)
    _export(hr)
    making.issue(at=AT)
    return who


def _sign_in(who, hr):
    EmailAddress.objects.create(user=who, email=who.email)
    SocialAccount.objects.create(user=who, provider="sso", uid=NUMBER, extra_data={"name": OLD_NAME})
    Authenticator.objects.create(user=who, type="totp", data={"secret": "PLANTSECRET"})
    Pin.objects.create(person=who, secret="PLANTPIN", set_at=AT, place="/PLANTPLACE/")
    Slip.objects.create(person=who, code_hash="PLANTHASH", issued_at=AT, issued_by=hr, expires_at=AT)
    Invitation.objects.create(person=who, channel="mail", send_at=AT, invited_at=AT, invited_by=hr)
    UserProfile.objects.create(user=who, avatar=ContentFile(b"PLANTFACE", "PLANTFACE.png"))
    kind = ContentType.objects.get_for_model(Person)
    FormState.objects.create(user=hr, content_type=kind, object_id=str(who.pk), data=WORDS, last_updated_at=AT)
    for data in ({"_auth_user_id": str(who.pk), "note": WORDS}, {"account_login_code": {"email": who.email}}):
        session = SessionStore()
        session.update(data)
        session.save()


def _learn(who, hr):
    edition = factory.edition()
    run = factory.enrol(who, edition, at=AT - days(20))
    factory.finish(run, at=AT - days(20), answers=(2, 4))
    lesson = edition.in_language("en").steps[0]["key"]
    courses.tell_unclear_or_wrong(enrolment=run, step_key=lesson, kind="unclear", text=WORDS, language="en", at=AT)
    essay = asked.essay(who)
    essay.responses.update(answer=WORDS)
    quizzes.void_attempt(attempt=essay, by=hr, at=AT, reason=WORDS)
    quizzes.give_extra_time(person=who, percent=50, reason=WORDS, by=hr, at=AT)
    record = who.training_records.order_by("pk").first()
    asked_for = request_correction(record=record, kind="duplicate", reason=WORDS, by=hr, at=AT)
    decline(request=asked_for, by=factory.hr(), at=AT, comment=f"No, {NUMBER} is right")


def _attend(who, boss):
    talk = talks.session(people=[who, factory.hire()], by=boss)
    sessions.type_name(session=talk, person=who, typed_name=f"{NOW['first_name']} {NOW['last_name']}", at=AT)
    changing.change_session(session=talk, minutes=20, reason=f"{NOW['first_name']} was late", by=boss, at=AT)
    off = talks.session(people=[who], by=boss, present=False)
    closing.cancel_session(session=off, reason=f"{NOW['first_name']} was ill", by=boss, at=AT)
    given = talks.session(people=[factory.hire()], by=who, present=False)
    closing.cancel_session(session=given, reason="Fog", by=boss, at=AT)
    upload = uploads.checked(talks.pdf(b"%PDF-1.7\n% PLANTSIGNATURE\n%%EOF\n"))
    sessions.attach(session=talk, kind=SessionFile.Kind.SHEET, upload=upload, by=boss, at=AT)


def _import(who, boss):
    sample = {"headings": ["number", "first_name"], "sample": [[NUMBER, NOW["first_name"]]], "notes": []}
    file = PeopleImport.objects.create(
        file_name="people.csv",
        size=1,
        started_at=AT,
        state="done",
        changes_only=True,
        head=sample,
        errors=[[2, "email", f"“{NOW['email']}” is somebody else’s"]],
    )
    said = {"kind": "changed", "search_key": "plantfirst"}
    changes = [["last_name", "PLANTBEFORE", NOW["last_name"]], ["phone", "", MORE["phone"]]]
    ImportLine.objects.create(of=file, person_uuid=who.uuid, number=NUMBER, name=OLD_NAME, changes=changes, **said)
    led = [["manager_number", "", NUMBER]]
    ImportLine.objects.create(of=file, person_uuid=boss.uuid, number="boss", name="Reyes", changes=led, kind="changed")


def _mail(who):
    for to, words in ((who.email, "You owe one course."), ("hr@yard.example", f"{who} got a slip.")):
        message = EmailMessage("News", words, to=[to], headers={"Message-ID": f"<{to}>"}).message()
        mailbox.store(message)


def _export(hr):
    kept = default_storage.save("exports/kept.csv", ContentFile(NUMBER))
    done = {"state": "done", "rows": 1, "sha256": "0" * 64, "file": kept, "expires_at": AT}
    CompletionExport.objects.create(by=hr, file_format="csv", query={"q": [NUMBER]}, asked_at=AT, **done)
    SavedView.objects.create(owner=hr, name="One of them", query={"q": [NUMBER]})


def in_database():
    """`{table: how often}` of every table in whose rows something planted stands, sessions decoded."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found[table] = sum(_count(value) for row in cursor.fetchall() for value in row)
    found["django_session"] += sum(_count(str(session.get_decoded())) for session in Session.objects.all())
    return {table: count for table, count in found.items() if count}


def in_files(*roots):
    """Paths under these folders, archives opened, in whose own name or bytes something planted stands."""
    files = [path for root in roots for path in ([root] if root.is_file() else root.rglob("*")) if path.is_file()]
    return sorted(str(path) for path in files if _count(path.name) or _count_bytes(path.read_bytes()))


def _count_bytes(data):
    if not data.startswith(b"PK"):
        return _count(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(_count(archive.read(name)) for name in archive.namelist())


def _count(value):
    if isinstance(value, bytes | memoryview):
        value = bytes(value).decode("latin-1")
    return str(value).upper().count("PLANT")
