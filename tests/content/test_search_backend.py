import pytest
from wagtail.models import Page

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]


@pytest.mark.parametrize("query", ['"', "\0", 'zeb"ra', "zebra\0"])
def test_no_character_is_an_error(query):
    assert list(Page.objects.search(query)) == list(Page.objects.autocomplete(query)) == []


def test_words_are_found_beside_a_lone_quotation_mark():
    root = Page.objects.get(depth=1)
    root.add_child(instance=Page(title="Bolt cutters", slug="bolt-cutters"))
    assert [page.title for page in Page.objects.search('"bolt')] == ["Bolt cutters"]
