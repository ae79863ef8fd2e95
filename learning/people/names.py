"""How names are compared: pure. Accents and capitals do not matter, as nobody types them on a phone."""

import unicodedata


def folded(text):
    """The text without accents and capitals, its words one space apart: "José  PEÑA" gives "jose pena"."""
    if text.isascii():
        return " ".join(text.lower().split())
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in apart if not unicodedata.combining(sign)).split())


# The fields that `search_key` is made of.
SEARCHED = frozenset({"number", "first_name", "last_name", "email", "badge"})


def search_key(person):
    """What a search for a person looks in: number, names, mail and badge, folded."""
    return folded(f"{person.number} {person.first_name} {person.last_name} {person.email} {person.badge}")
