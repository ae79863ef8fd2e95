"""Codes as people read, say and type them."""

import re
import secrets

# No I, L, O, U: codes are read aloud and typed on phones. Each sign is 5 bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

# Crockford's base 32: letters that look like digits are those digits.
_MISREAD = str.maketrans("OIL", "011")


def new(length):
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def typed(text):
    """The code that somebody meant: spaces, hyphens, small letters and misread letters do not matter."""
    return re.sub(r"[^0-9A-Z]", "", text.upper()).translate(_MISREAD)


def groups(text, size=4):
    """In groups that can be read aloud."""
    return [text[start : start + size] for start in range(0, len(text), size)]


def spoken(code):
    """A code as it is printed: 7KQ4-M2XD-…"""
    return "-".join(groups(code))
