"""The words of the starter content, and the lists of those that somebody has looked at.

A test holds the content against `words/<language>.txt`. After writing, run

    python -m tests.starter.spelling

which adds the new words that hunspell knows (Debian: hunspell, hunspell-en-us, hunspell-es) and tells the others: mend
them, or add them by hand when they are right.
"""

import re
import subprocess
import sys
from pathlib import Path

import yaml

FOLDER = Path(__file__).resolve().parents[2] / "content" / "starter"
LISTS = Path(__file__).parent / "words"
DICTIONARIES = {"en": "en_US", "es": "es_MX"}
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Values that are names or choices, and those of links and directives: nobody reads them as words.
NAMES = {
    *("id", "kind", "objective", "criterion", "criteria", "bank", "draw", "image", "picture", "credit", "to", "name"),
    *("applies_to", "training_topics", "trains", "completion", "author", "level", "objectives"),
}
# What the loader does not show to anybody.
APART = {"glossary.yaml"}
DIRECTIVE = re.compile(r"^::: *([a-z]+)(.*)$", re.MULTILINE)
NAMED = ("figure", "annotated", "check", "video", "audio", "document")


def words_of(language):
    """`{word in small letters: a file that has it}`."""
    found = {}
    folder = FOLDER / language
    for path in sorted([*folder.rglob("*.md"), *folder.rglob("*.yaml")]):
        if path.name in APART:
            continue
        for text in texts_of(path):
            for word in WORD.findall(text):
                found.setdefault(word.replace("’", "'").lower(), path.name)
    return found


def texts_of(path):
    """The texts of a file that people read."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".yaml":
        yield from _values(yaml.load(text, yaml.CSafeLoader))
        return
    _begin, head, body = text.split("---\n", 2)
    yield from _values(yaml.load(head, yaml.CSafeLoader))
    body = DIRECTIVE.sub(lambda found: "" if found[1] in NAMED else found[2], body)
    yield re.sub(r"\]\([^)]*\)|\{\{[^}]*\}\}|^Do(?: not)?:$", " ", body, flags=re.MULTILINE)


def _values(data):
    """What people read of YAML: its values, without names and choices."""
    if isinstance(data, dict):
        for name, value in data.items():
            if name not in NAMES:
                yield from _values(value)
    elif isinstance(data, list):
        for value in data:
            yield from _values(value)
    elif isinstance(data, str):
        yield re.sub(r"\{\{[^}]*\}\}", " ", data)


def looked_at(language):
    return set((LISTS / f"{language}.txt").read_text(encoding="utf-8").split())


def _unknown(words, dictionary):
    """Those that hunspell does not know, in small letters nor with a capital."""
    asked = "\n".join(form for word in words for form in (word, word.capitalize(), word.upper()))
    command = ["hunspell", "-l", "-i", "utf-8", "-d", dictionary]
    said = subprocess.run(command, input=asked, capture_output=True, text=True, check=True).stdout.split()
    return {word for word in words if {word, word.capitalize(), word.upper()} <= set(said)}


def main():
    for language, dictionary in DICTIONARIES.items():
        there = looked_at(language) if (LISTS / f"{language}.txt").exists() else set()
        found = words_of(language)
        unknown = _unknown(set(found) - there, dictionary)
        kept = (there | set(found) - unknown) & set(found)
        (LISTS / f"{language}.txt").write_text("\n".join(sorted(kept)) + "\n", encoding="utf-8")
        for word in sorted(unknown):
            sys.stdout.write(f"{language}: {word} ({found[word]})\n")


if __name__ == "__main__":
    main()
