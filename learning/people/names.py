"""How names are compared: pure. Accents and capitals do not matter, as nobody types them on a phone."""

import unicodedata


def folded(text):
    """The text without accents and capitals, its words one space apart: "José  PEÑA" gives "jose pena"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in apart if not unicodedata.combining(sign)).split())


def search_key(person):
    """What a search for a person looks in: number, names, mail and badge, folded."""
    return folded(f"{person.number} {person.first_name} {person.last_name} {person.email} {person.badge}")
