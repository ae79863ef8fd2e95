"""A question as plain data, in all its languages: what is shown, and the key, apart from each other."""

import hashlib

import rfc8785
from django.utils.translation import override

from . import beside


def take(translations):
    """`(kind, shown, key)` of a question from its live rows, one for each language; they share option ids."""
    shown, reasons, explanation, values = {}, {}, {}, []
    for row in translations:
        language, value = row.locale.language_code, row.answer[0].value
        values.append(value)
        # "True" and "False" are our words: in the question's language, whatever language its editor works in.
        with override(language):
            shown[language] = {"prompt": row.prompt} | row.kind.shown(value)
            # Said only where there is one: the versions of questions without stay the same.
            if media := beside.plain(row.beside):
                shown[language]["beside"] = media
        reasons[language] = row.kind.reasons(value)
        explanation[language] = row.explanation
    kind = translations[0].kind
    return kind.name, shown, {"right": kind.key(values), "reasons": reasons, "explanation": explanation}


def fingerprint(kind, shown, key):
    """SHA-256 (hex) over the RFC 8785 form: equal exactly when the question says the same."""
    return hashlib.sha256(rfc8785.dumps({"kind": kind, "shown": shown, "key": key})).hexdigest()
