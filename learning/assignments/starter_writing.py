"""The programme of this room in the file that the loader reads: the other direction of `starter_programme.py`."""

from django.utils.text import slugify

from courses.models import CoursePage
from learning.people.audiences.rules import EVERYBODY
from learning.people.models import AudienceVersion

from .models import RequirementVersion
from .starter_programme import REFRESHER


def write(shelf):
    """What requirements say now. Whether they are switched on stays here: what is loaded begins switched off."""
    if not shelf.is_original:
        return
    audiences, duties, found, rules = {}, {}, _versions(), _rules()
    for page in CoursePage.objects.filter(locale__language_code="en", live=True).order_by("path"):
        for version in found.get(page.translation_key, []):
            said = _audience(shelf, version.audience, rules[version.audience_id])
            if not said or page.slug in duties or version.repeat_months != page.valid_months:
                shelf.said.append(
                    f"“{version.requirement}” is left out. The program says one requirement for each course, for "
                    "everybody or by training roles, as often as the course says; a course left out is for everybody."
                )
                continue
            audiences |= said
            duties[page.slug] = {"audience": next(iter(said)), "due_days": version.due_days}
    rows = [{"course": name} | duty for name, duty in duties.items() if not _goes_without_saying(name, duties)]
    if rows:
        shelf.put("programme.yaml", {"audiences": audiences, "requirements": rows})


def _versions():
    """`{course: the newest version of each of its requirements}`."""
    found = {}
    for version in RequirementVersion.objects.newest().select_related("requirement", "audience").order_by("pk"):
        found.setdefault(version.requirement.course_key, []).append(version)
    return found


def _rules():
    """`{audience: its newest rule}`."""
    return dict(AudienceVersion.objects.order_by("number").values_list("audience", "rule"))


def _audience(shelf, audience, rule):
    """`{key: what the file says}`; None for a rule about more than training roles."""
    if rule == EVERYBODY:
        return {"everybody": {}}
    match rule:
        case {"and": [{"role": [*roles]}]}:
            key = shelf.names.of("audience", audience, f"{slugify(audience.name)}-{audience.pk}")
            return {key: {"name": audience.name, "roles": roles}}
    return None


def _goes_without_saying(name, duties):
    """A refresher has the duty of its course, which the loader gives it unasked."""
    return name.endswith(REFRESHER) and duties.get(name.removesuffix(REFRESHER)) == duties[name]
