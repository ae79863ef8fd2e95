"""Named places on a lower room's page, mail or document that upper rooms fill, so that imports keep pointing down.

A slot is a name; a filler is a function of keyword arguments that returns one item or None. Slots in use:

- `course_standings(person, course_keys, on)`: `{course key: HTML}` for those that the person owes, such as "by when".
- `enrolment_cause(person, course_key, on)`: dict copied into the enrolment and on into the record.
- `course_completed(enrolment, request)`: HTML for the completion page, such as the certificate.
- `blank_values(person, names, language, at)`: `{name: text}` for those company blanks that are filled for that person.
- `attempt_onward(attempt)`: where to go after a quiz: `{"url", "label", "method"}`; `also` is another such way.
- `attempt_events(attempt)`: list of `{"at", "text", "detail"}` for its timeline in the admin.
- `search_keys(area)`: translation keys of the pages that learners may find by search; None is every area.
- `guide_courses(criteria, language)`: list of `{"title", "url", "area", "minutes", "language"}` that teach them.
- `search_cards(keys, language)`: for some of those keys, `{key: {"kind", "title", "summary", "url", "language"}}`.
- `evidence_section(section, selection)`: a section of the report of a pack, `{"heading", "parts"}`, and perhaps a
  `"table": (file name, columns, rows)` and `"files": ((file name, bytes), …)` that go along
  (`records/pack/sections.py` has names, `parts.py` the parts).
- `evidence_scopes(user)`: what else a pack may be about, `(group, [("kind:value", words), …])` for the form.
- `evidence_scope(kind, value, user)`: one of these, `{"title": words, "records": Q, "people": Q, "courses": keys}`, all
  that it is about; None where the user may not see it.
- `me_notices(person, titles, today)`: list of `{"text", "at"}` for /me/; `titles` maps course keys to titles.
"""

from collections import defaultdict

_fillers = defaultdict(list)


def fills(name):
    """Decorator: register the function as a filler of that slot."""

    def register(function):
        _fillers[name].append(function)
        return function

    return register


def fill(name, **arguments):
    """What the registered fillers answer, in the order of their registration, without the empty ones."""
    answers = (filler(**arguments) for filler in _fillers[name])
    return [answer for answer in answers if answer]
