import pytest

from learning.people.models import Person

from . import factory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", ["10", "20"]),
        ("ruiz", ["10"]),
        ("ana ruiz", ["10"]),
        ("RUIZ 10", ["10"]),
        ("ana soto", []),
        ("yard@", ["20"]),
    ],
)
def test_matching_wants_every_word_somewhere(words, expected):
    factory.person("10", "Ana", last_name="Ruiz")
    factory.person("20", "Luz", last_name="Soto", email="yard@example.com")
    assert [person.number for person in Person.objects.matching(words).order_by("number")] == expected
