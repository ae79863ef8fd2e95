"""One Spanish word per thing: what the glossary asks for, and what it forbids, in all Spanish texts."""

import re

import pytest
import yaml

from content.starter_files import FOLDER

from .spelling import texts_of

GLOSSARY = yaml.safe_load((FOLDER / "es" / "glossary.yaml").read_text())
TEXTS = {
    str(path.relative_to(FOLDER)): " ".join(texts_of(path))
    for path in sorted([*(FOLDER / "es").rglob("*.md"), *(FOLDER / "es").rglob("*.yaml")])
    if path.name != "glossary.yaml"
}
ENGLISH = {
    name: " ".join(texts_of(FOLDER / "en" / name.removeprefix("es/")))
    for name in TEXTS
    if (FOLDER / "en" / name.removeprefix("es/")).exists()
}


@pytest.mark.parametrize("row", GLOSSARY["never"], ids=lambda row: row["word"])
def test_a_word_that_the_glossary_replaces_is_nowhere(row):
    pattern = re.compile(rf"\b(?:{row['word']})\b", re.IGNORECASE)

    found = {name: pattern.search(text)[0] for name, text in TEXTS.items() if pattern.search(text)}

    assert found == {}, f"say “{row['instead']}”"


@pytest.mark.parametrize("row", GLOSSARY["terms"], ids=lambda row: row["en"])
def test_what_the_english_names_often_has_its_word_in_the_spanish(row):
    english = re.compile(rf"\b(?:{row['en']})", re.IGNORECASE)
    spanish = re.compile(rf"\b(?:{row['es']})", re.IGNORECASE)

    found = {name: len(english.findall(text)) for name, text in ENGLISH.items()}

    # A word that no English text writes like this guards nothing.
    assert any(found.values())
    assert [name for name, times in found.items() if times >= 3 and not spanish.search(TEXTS[name])] == []


def test_one_person_is_called_tú():
    """Of several, “ustedes” is what everybody says."""
    polite = re.compile(r"\b(usted|vosotros|vuestr[oa]s?)\b", re.IGNORECASE)

    assert {name for name, text in TEXTS.items() if polite.search(text)} == set()
