"""A list without rows says so in a sentence, and where its rows come from."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("corrections", "No record was corrected. Whoever finds a wrong one opens it and asks for a correction there."),
        ("erasures", "Nobody was erased. It is asked for on the page of a person, under “People”."),
        ("evidence", "No pack was issued yet. “Issue a pack” makes one for the program, a criterion or named people."),
        (
            "past-training",
            "Nothing was imported yet. Training from before, or from elsewhere, comes in with “Import a file”.",
        ),
        (
            "exports",
            "Nothing was exported yet. The report of completions has the buttons; each download is listed here.",
        ),
    ],
)
def test_an_empty_list_says_where_its_rows_come_from(admin_client, address, sentence):
    assert sentence in admin_client.get(f"/admin/{address}/").content.decode()
