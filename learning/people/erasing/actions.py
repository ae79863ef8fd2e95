"""What this room forgets of a person in a lawful erasure. The row stays, as evidence points to it, and says nothing."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F, Q, TextField
from django.db.models.functions import Cast
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import APIToken, ModelLogEntry, PageLogEntry
from wagtail.users.models import UserProfile

from .. import change_log
from ..models import ImportLine, Invitation, LeavePeriod, PeopleImport, Person, Pin, Slip
from .known import ERASED, as_stored, log_entries, scrubbed

CHUNK = 500
LEFTOVERS = ("answers", "head", "questions", "notes", "errors")


@transaction.atomic
def erase(*, known, at, by):
    """Clear everything that this room says of the person. Returns names of stored files that are to be deleted.

    Employments and positions stay, under a number that says nothing: what was owed, and by how many, rests on them.
    """
    files = _end_sign_in(known)
    _empty_history(known)
    _empty_imports(known)
    LeavePeriod.ever.filter(person__in=known.accounts, version_of__isnull=False).delete()
    LeavePeriod.ever.filter(person__in=known.accounts).delete()
    for person in Person.objects.select_for_update(no_key=True).filter(pk__in=known.accounts).order_by("pk"):
        _empty(person)
        change_log.write(person, "erase", at=at, by=by)
    return files


def _empty(person):
    # The uuid stays: records state it, and it says nothing by itself.
    person.number, person.first_name = f"erased-{person.uuid.hex[:12]}", ERASED
    person.last_name = person.email = person.phone = person.badge = person.time_zone = ""
    person.is_active = person.is_superuser = person.to_confirm = False
    person.last_login = None
    person.set_unusable_password()
    person.save()
    for name in ("tags", "limited_to", "groups", "user_permissions"):
        getattr(person, name).clear()


def _end_sign_in(known):
    """Sessions and every means of sign-in; returns the names of pictures."""
    people = known.accounts
    Person.objects.filter(pk__in=people).update(session_generation=F("session_generation") + 1)
    for model, field in (
        (Authenticator, "user"),
        (SocialAccount, "user"),
        (EmailAddress, "user"),
        (APIToken, "user"),
        (EditingSession, "user"),
        (Pin, "person"),
        (Slip, "person"),
        (Invitation, "person"),
    ):
        model.objects.filter(**{f"{field}__in": people}).delete()
    about = Q(content_type=ContentType.objects.get_for_model(Person), object_id__in=[str(pk) for pk in people])
    FormState.objects.filter(Q(user__in=people) | about).delete()
    profiles = UserProfile.objects.filter(user__in=people)
    pictures = [name for name in profiles.values_list("avatar", flat=True) if name]
    profiles.delete()
    Session.objects.filter(
        pk__in=[session.pk for session in Session.objects.iterator() if _is_of(session, known)]
    ).delete()
    return pictures


def _is_of(session, known):
    """Of the person, or of somebody who typed their number or mail at the door."""
    data = session.get_decoded()
    return data.get("_auth_user_id") in {str(pk) for pk in known.accounts} or scrubbed(data, known.telling) != data


def _empty_history(known):
    """The person's own change log keeps when and what kind; that of others loses the name."""
    log_entries(known.accounts).update(label=ERASED, data={})
    for model in (ModelLogEntry, PageLogEntry):
        found = model.objects.alias(text=Cast("data", TextField())).filter(_mentions(known, "label", "text"))
        for entry in found.iterator(chunk_size=CHUNK):
            entry.label, entry.data = scrubbed(entry.label, known.telling), scrubbed(entry.data, known.telling)
            model.objects.filter(pk=entry.pk).update(label=entry.label, data=entry.data)


def _mentions(known, *fields):
    """Rows worth a look: the pattern itself decides."""
    found = Q(pk__in=[])
    texts = {*known.names, *known.values["first_name"], *known.values["email"], *known.values["phone"]}
    for text in texts | known.values["badge"]:
        for stored in as_stored(text):
            for field in fields:
                found |= Q(**{f"{field}__icontains": stored})
    return found


def _empty_imports(known):
    """Lines about the person say only that there was one; of files that came, nothing of this person is left."""
    uuids = Person.objects.filter(pk__in=known.accounts).values("uuid")
    empty = {"number": ERASED, "name": ERASED, "changes": [], "search_key": "", "writes": ""}
    ImportLine.objects.filter(person_uuid__in=uuids).update(**empty)
    led = Q(pk__in=[])
    for number in known.values["number"]:
        led |= Q(text__contains=f'"{number}"')
    for line in ImportLine.objects.alias(text=Cast("changes", TextField())).filter(led).iterator(chunk_size=CHUNK):
        ImportLine.objects.filter(pk=line.pk).update(changes=_without_manager(line.changes, known))
    for one in PeopleImport.objects.only("pk", *LEFTOVERS).iterator(chunk_size=CHUNK):
        said = {name: scrubbed(getattr(one, name), known.everything) for name in LEFTOVERS}
        if any(said[name] != getattr(one, name) for name in LEFTOVERS):
            PeopleImport.objects.filter(pk=one.pk).update(**said)


def _without_manager(changes, known):
    """Of somebody whose manager this person was, the number."""
    numbers = known.values["number"]
    return [
        [column, *(ERASED if column == "manager_number" and value in numbers else value for value in pair)]
        for column, *pair in changes
    ]
