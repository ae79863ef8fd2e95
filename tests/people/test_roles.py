import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Workflow

from learning.people import roles
from learning.people.models import Person, RoleGrant

from . import factory

pytestmark = pytest.mark.django_db


def test_the_table_names_permissions_that_exist_and_all_are_given():
    for role, grants in roles.ROLES.items():
        assert set(RoleGrant.objects.filter(group__name=role).values_list("grant", flat=True)) == set(grants), role


def test_who_may_what():
    """One deed of each kind, and the roles that may do it."""
    people = {role: factory.person(role, role=role) for role in roles.ROLES}

    def may(permission):
        return [role for role, who in people.items() if who.has_perm(permission)]

    assert may("wagtailadmin.access_admin") == ["Human resources", "Compliance", "Editors", "Administrators"]
    assert may("people.change_person") == ["Human resources", "Administrators"]
    assert may("people.view_person") == ["Human resources", "Compliance", "Administrators"]
    assert may("assignments.change_requirement") == ["Human resources", "Administrators"]
    assert may("people.change_leaveperiod") == ["Human resources", "Administrators"]
    assert may("people.add_peopleimport") == ["Human resources", "Administrators"]
    assert may("courses.view_enrolment") == ["Human resources", "Compliance", "Administrators"]
    assert may("courses.change_enrolment") == ["Human resources", "Administrators"]
    assert may("records.view_trainingrecord") == ["Human resources", "Compliance", "Administrators"]
    assert may("quizzes.publish_question") == ["Editors", "Administrators"]
    assert may("auth.change_group") == ["Administrators"]
    assert may("people.delete_person") == []
    assert not Person.objects.filter(is_superuser=True).exists()


def test_editors_and_administrators_work_on_all_pages_and_files():
    def on_root(model, field):
        rows = model.objects.filter(**{f"{field}__depth": 1}).order_by("group__name", "permission__codename")
        return list(rows.values_list("group__name", "permission__codename"))

    pages = ["add_page", "change_page", "lock_page", "publish_page", "unlock_page"]
    assert on_root(GroupPagePermission, "page") == [
        (role, permission) for role in ("Administrators", "Editors") for permission in pages
    ]
    files = ["add_document", "add_image", "change_document", "change_image", "choose_document", "choose_image"]
    collections = ["add_collection", "change_collection", "delete_collection"]
    assert on_root(GroupCollectionPermission, "collection") == [
        *(("Administrators", permission) for permission in sorted(files + collections)),
        *(("Editors", permission) for permission in files),
    ]


def test_review_is_by_editors_and_wagtails_moderators_are_gone():
    assert not Group.objects.filter(name="Moderators").exists()
    task = GroupApprovalTask.objects.get()
    assert (task.name, [group.name for group in task.groups.all()]) == ("Review", ["Editors"])
    assert [workflow.name for workflow in Workflow.objects.all()] == ["Review"]


def test_what_an_administrator_took_away_stays_away_after_the_next_migrate():
    group = Group.objects.get(name="Human resources")
    taken = Permission.objects.get(codename="add_company")
    group.permissions.remove(taken)
    before = group.permissions.count()
    call_command("migrate", verbosity=0)
    assert group.permissions.count() == before
    assert taken not in group.permissions.all()


def test_what_an_administrator_added_stays():
    group = Group.objects.get(name="Compliance")
    added = Permission.objects.get(codename="change_company")
    group.permissions.add(added)
    roles.apply()
    assert added in group.permissions.all()


def test_what_a_later_release_adds_arrives(monkeypatch):
    later = "reminders.view_notice"
    assert not factory.person("1", role="Compliance").has_perm(later)
    monkeypatch.setitem(roles.ROLES, "Compliance", [*roles.ROLES["Compliance"], later])
    roles.apply()
    assert Person.objects.get().has_perm(later)


def test_a_grant_without_its_permission_waits(monkeypatch):
    monkeypatch.setitem(roles.ROLES, "Compliance", ["records.not_yet"])
    roles.apply()
    assert not RoleGrant.objects.filter(grant="records.not_yet").exists()


def test_a_role_that_was_deleted_comes_back_whole():
    Group.objects.get(name="Compliance").delete()
    roles.apply()
    group = Group.objects.get(name="Compliance")
    assert group.permissions.count() == len(roles.ROLES["Compliance"])
