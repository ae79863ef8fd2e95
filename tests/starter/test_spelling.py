"""Every word of the starter content is one that somebody has looked at (`spelling.py` says how to add new ones)."""

import pytest

from . import spelling


@pytest.mark.parametrize("language", spelling.DICTIONARIES)
def test_every_word_has_been_looked_at(language):
    found = spelling.words_of(language)
    listed = spelling.looked_at(language)

    assert {word: file for word, file in found.items() if word not in listed} == {}
    # What nobody writes any more leaves the list, or it would hide the next mistake.
    assert listed - set(found) == set()
    assert len(found) > 4000
