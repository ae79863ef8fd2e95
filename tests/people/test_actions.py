import pytest
from django.db import IntegrityError, transaction

from learning.people import actions
from learning.people.models import Employment, Person, PositionHeld
from learning.people.signals import people_changed

from . import factory
from .factory import AT, HIRED, TODAY, days

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard():
    """What `people_changed` said: sets of staff numbers."""
    news = []

    def listen(sender, person_ids, at, **kwargs):
        news.append((set(Person.objects.filter(pk__in=person_ids).values_list("number", flat=True)), at))

    people_changed.connect(listen)
    yield news
    people_changed.disconnect(listen)


def test_register_person(heard):
    who = actions.register_person(
        number="7", first_name="Ana", last_name="Ruiz", email="Ana.Ruiz@Example.com", at=AT, groups=["Compliance"]
    )
    assert (str(who), who.email, who.language) == ("Ana Ruiz · 7", "ana.ruiz@example.com", "en")
    assert [group.name for group in who.groups.all()] == ["Compliance"]
    assert not who.has_usable_password()
    assert heard == [({"7"}, AT)]


def test_change_person_saves_what_it_is_given_and_no_more(heard):
    who = factory.person("7", "Ana", phone="555-0142")
    Person.objects.filter(pk=who.pk).update(badge="B-9")
    actions.change_person(person=who, at=AT, first_name="Anita", email="ANA@example.com", groups=["Editors"])
    who.refresh_from_db()
    assert (who.first_name, who.email, who.phone, who.badge) == ("Anita", "ana@example.com", "555-0142", "B-9")
    assert [group.name for group in who.groups.all()] == ["Editors"]
    actions.change_person(person=who, at=AT, phone="")
    assert who.groups.count() == 1
    assert heard == [({"7"}, AT)] * 2


def test_employ_and_place(heard):
    who, manager = factory.person("7"), factory.person("1")
    employment = actions.employ(
        person=who,
        company=factory.company(),
        employer=factory.employer("Otay Staffing"),
        kind=Employment.Kind.TEMPORARY,
        manager=manager,
        starts_on=HIRED,
        ends_on=TODAY,
        at=AT,
    )
    held = actions.place(
        person=who, position=factory.position(), facility=factory.facility(), starts_on=HIRED, ends_on=TODAY, at=AT
    )
    assert (employment.until, employment.recorded_at) == (TODAY - days(1), AT)
    assert (held.until, held.company, held.recorded_at) == (TODAY - days(1), factory.company(), AT)
    assert heard == [({"7"}, AT)] * 2


def test_changes_of_dated_rows_are_told(heard):
    who = factory.hire("7")
    employment, held = Employment.objects.get(), PositionHeld.objects.get()
    actions.change_employment(employment=employment, at=AT, kind=Employment.Kind.PARTNER, reason="never an employee")
    actions.change_position_held(held=held, at=AT, position=factory.position("Guard"), reason="never on the dock")
    actions.end_position(held=held, ends_on=TODAY, at=AT)
    employment.refresh_from_db()
    held.refresh_from_db()
    assert (employment.kind, employment.starts_on) == ("partner", HIRED)
    assert (held.position.title, held.starts_on, held.ends_on) == ("Guard", HIRED, TODAY)
    assert heard == [({who.number}, AT)] * 3


def test_end_employment_ends_what_still_runs(heard):
    who = factory.person("7")
    old = factory.employ(who, HIRED - days(99), HIRED - days(9))
    now = factory.employ(who)
    held = factory.place(who)
    actions.end_employment(person=who, ends_on=TODAY, at=AT)
    for row in (old, now, held):
        row.refresh_from_db()
    assert (old.ends_on, now.ends_on, held.ends_on) == (HIRED - days(9), TODAY, TODAY)
    assert heard == [({"7"}, AT)]


def test_numbers_and_addresses_differ_in_more_than_case():
    """Both sign in without regard to case: two people would each be the other."""
    factory.person("a-7", email="ana@example.com")
    with pytest.raises(IntegrityError), transaction.atomic():
        factory.person("A-7")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(number="8", first_name="Bo", email="ANA@example.com")
    factory.person("9", email="")
    factory.person("10", email="")


def test_intervals_and_managers_that_cannot_be_are_refused_by_the_database():
    who = factory.person("7")
    with pytest.raises(IntegrityError), transaction.atomic():
        factory.employ(who, TODAY, TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        factory.place(who, on=TODAY, ends_on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        factory.employ(who, manager=who)
