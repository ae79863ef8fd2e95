"""Compiled translations are committed, so that running needs no gettext: they must say what the sources say."""

import polib
import pytest
from django.conf import settings

SOURCES = sorted((settings.BASE_DIR / "learning" / "locale").rglob("*.po"))


def said(catalog):
    return {
        (entry.msgctxt, entry.msgid, entry.msgid_plural): entry.msgstr_plural or entry.msgstr
        for entry in catalog.translated_entries()
    }


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.parts[-3])
def test_the_compiled_file_says_what_the_source_says(source):
    written, compiled = polib.pofile(str(source)), polib.mofile(str(source.with_suffix(".mo")))
    assert said(compiled) == said(written)
    assert said(written)


def test_spanish_is_there():
    assert [source.parts[-3] for source in SOURCES] == ["es"]
