"""What a backslash takes its meaning from is put aside while a text is cut up, and back afterwards."""

ESCAPED = "\\~=#{}:n"
# Signs for private use, which no text has any use for.
_ASIDE = {sign: chr(0xE000 + place) for place, sign in enumerate(ESCAPED)}
_BACK = str.maketrans({aside: "\n" if sign == "n" else sign for sign, aside in _ASIDE.items()})
_NONE = str.maketrans(dict.fromkeys(_ASIDE.values()))


def aside(text):
    pieces, place = [], 0
    text = text.translate(_NONE)
    while (found := text.find("\\", place)) >= 0:
        sign = text[found + 1 : found + 2]
        pieces.append(text[place:found])
        pieces.append(_ASIDE.get(sign, text[found : found + 2]))
        place = found + 2
    return "".join(pieces) + text[place:]


def back(text):
    return text.translate(_BACK)
