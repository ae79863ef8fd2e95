"""The roles that come with Gatehouse: what each may do, in one table that is applied after every migrate.

Everybody is a learner: that needs no group, and opens nothing but one's own pages. Supervisors see the line under them
(`Person.objects.visible_to`) outside of the admin; the group says who may act for it. Any role can be limited to
facilities (`Person.limited_to`, and `limits.py`).

A grant is a permission ("people.view_person"), or one on all pages or all files ("page:…", "collection:…", given on the
root). Each is given once and remembered in `RoleGrant`: what an administrator takes from a role stays away, what a
later release adds to the table arrives. A grant whose permission does not exist yet waits for the next migrate.
"""

from django.contrib.auth.models import Group, Permission
from django.db import connections, transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from .models import RoleGrant


def _may(app, models, *verbs):
    return [f"{app}.{verb}_{model}" for model in models for verb in verbs]


ENTER = ["wagtailadmin.access_admin"]

ABOUT_PEOPLE = [
    *("person", "employment", "positionheld", "leaveperiod", "tag", "audience"),
    *("position", "facility", "employer", "company"),
    *("importsource", "peopleimport"),
]
SEE_PEOPLE = _may("people", ABOUT_PEOPLE, "view")
KEEP_PEOPLE = _may("people", ABOUT_PEOPLE, "add", "change")
# Asking and approving: whoever does the one is refused the other. Compliance too, so that a small company has two.
CORRECT = _may("records", ["correctionrequest"], "view", "add", "change")
# Two of these as well; what HR may not do alone with the people it keeps.
ERASE = _may("records", ["erasurerequest"], "view", "add", "change")
SEE_PROGRAMME = [
    "assignments.view_requirement",
    "assignments.view_assignment",
    "courses.view_enrolment",
    "courses.view_edition",
    *_may("records", ["trainingrecord", "trainingsession", "completionexport"], "view"),
    *_may("quizzes", ["attempt", "extratime"], "view"),
]
RUN_PROGRAMME = [
    "assignments.add_requirement",
    "assignments.change_requirement",
    "courses.change_enrolment",
    "records.change_blankvalue",
    "records.change_trainingsession",
    *_may("records", ["pastimport"], "add", "view"),
    # To void one.
    "quizzes.change_attempt",
    "quizzes.add_regrade",
    *_may("quizzes", ["extratime"], "add", "change"),
    # Reading what people wrote, and judging it: not for those who write the questions.
    "quizzes.add_mark",
]

# What leaves the house for validators and customers.
ISSUE_EVIDENCE = _may("records", ["evidencepack"], "add", "view")

# Statistics of questions: figures only, and nobody's name.
SEE_FIGURES = ["quizzes.view_questionversion"]

# Deleting is left out where evidence may name a thing; the screens refuse it in words as well.
WRITE = [
    *_may("content", ["criteriaarea", "criterion", "objective", "blank"], "add", "change", "view"),
    *_may("quizzes", ["bank", "question", "quiz"], "add", "change", "delete", "view"),
    *(f"quizzes.{verb}_question" for verb in ("publish", "lock", "unlock")),
    *_may("courses", ["feedback", "reviewpoint"], "view", "change"),
    "wagtail_localize.submit_translation",
    *(f"page:wagtailcore.{verb}_page" for verb in ("add", "change", "publish", "lock", "unlock")),
    *(f"collection:wagtailimages.{verb}_image" for verb in ("add", "change", "choose")),
    *(f"collection:wagtaildocs.{verb}_document" for verb in ("add", "change", "choose")),
]
SET_UP = [
    # Not delete: without the role Administrators nobody could give roles any more.
    *_may("auth", ["group"], "add", "change", "view"),
    *_may("wagtailcore", ["workflow", "task", "groupapprovaltask"], "add", "change", "delete", "view"),
    *_may("wagtailcore", ["site"], "change", "view"),
    *_may("wagtailcore", ["locale"], "add", "change", "view"),
    *(f"collection:wagtailcore.{verb}_collection" for verb in ("add", "change", "delete")),
]

ROLES = {
    # Of the line under them, and outside of the admin.
    "Supervisors": ["quizzes.view_attempt"],
    "Human resources": [*ENTER, *SEE_PEOPLE, *KEEP_PEOPLE, *SEE_PROGRAMME, *RUN_PROGRAMME, *CORRECT, *SEE_FIGURES],
    "Compliance": [
        *ENTER,
        *SEE_PEOPLE,
        *SEE_PROGRAMME,
        *CORRECT,
        *ERASE,
        *SEE_FIGURES,
        *ISSUE_EVIDENCE,
        # They know what holds in the company.
        *_may("courses", ["reviewpoint"], "view", "change"),
    ],
    "Editors": [*ENTER, *WRITE, *SEE_FIGURES, "courses.view_edition"],
    "Administrators": [
        *ENTER,
        *SEE_PEOPLE,
        *KEEP_PEOPLE,
        *SEE_PROGRAMME,
        *RUN_PROGRAMME,
        *ISSUE_EVIDENCE,
        *CORRECT,
        *ERASE,
        *WRITE,
        *SEE_FIGURES,
        *SET_UP,
    ],
}


def apply_after_migrate(using, **kwargs):
    tables = set(connections[using].introspection.table_names())
    needed = (RoleGrant, Page, GroupPagePermission, Collection, GroupCollectionPermission)
    # A migrate of a few apps only: the next whole one comes here again.
    if tables.issuperset(model._meta.db_table for model in needed):
        apply(using)


def apply(using="default"):
    """Give every role what the table says and it was never given."""
    with transaction.atomic(using=using):
        for role, grants in ROLES.items():
            group, _new = Group.objects.using(using).get_or_create(name=role)
            given = set(group.role_grants.values_list("grant", flat=True))
            for grant in grants:
                if grant not in given and _give(group, grant, using):
                    group.role_grants.create(grant=grant)


def _give(group, grant, using):
    """Whether it could be given."""
    where, _colon, name = grant.rpartition(":")
    label, codename = name.split(".")
    permission = Permission.objects.using(using).filter(content_type__app_label=label, codename=codename).first()
    if permission is None:
        return False
    if where == "page":
        return _on_root(GroupPagePermission, Page, "page", group, permission, using)
    if where == "collection":
        return _on_root(GroupCollectionPermission, Collection, "collection", group, permission, using)
    group.permissions.add(permission)
    return True


def _on_root(model, tree, field, group, permission, using):
    root = tree.objects.using(using).filter(depth=1).first()
    if root is None:
        return False
    model.objects.using(using).get_or_create(group=group, permission=permission, **{field: root})
    return True
