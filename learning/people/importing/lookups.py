"""Which facility, employer, position or company the words of a file mean.

Things are told by the text of their uuid, so that one which is only going to be made can be spoken of already.
"""

from dataclasses import dataclass

from django.utils.translation import ngettext

from ..models import Company, Employer, Facility, Position
from ..names import folded

MODELS = {"company": Company, "employer": Employer, "position": Position, "facility": Facility}
# What an employment is, as a rule, with an employer of that kind, and the other way round.
KIND_AT = {"own": "employee", "agency": "temporary", "contractor": "contractor", "carrier": "partner"}
EMPLOYER_OF = {kind: employer for employer, kind in KIND_AT.items()}
REFUSE = "refuse"
SUGGESTIONS = 5


@dataclass(frozen=True)
class Thing:
    """Something known: `extra` is the kind of an employer, the company of a facility."""

    uuid: str
    label: str
    pk: int | None
    extra: str = ""


class Lookups:
    """What is known, what answers made of what was not, and what is still unknown."""

    def __init__(self, answers=None, remembered=None):
        self.things = {}
        self.created = []
        self._words = {column: {} for column in MODELS}
        self._exact = {column: {} for column in MODELS}
        self._answers, self._remembered = answers or {}, remembered or {}
        self._load()

    def _load(self):
        for thing in Company.objects.order_by("pk"):
            self._know("company", Thing(str(thing.uuid), thing.name, thing.pk), thing.name)
        for thing in Employer.objects.order_by("pk"):
            self._know("employer", Thing(str(thing.uuid), thing.name, thing.pk, thing.kind), thing.name)
        for thing in Position.objects.order_by("pk"):
            self._know("position", Thing(str(thing.uuid), thing.title, thing.pk), thing.title)
        for thing in Facility.objects.select_related("company").order_by("pk"):
            known = Thing(str(thing.uuid), thing.code, thing.pk, str(thing.company.uuid))
            self._know("facility", known, thing.code, thing.name)

    def _know(self, column, thing, *words):
        self.things[thing.uuid] = thing
        for said in words:
            self._exact[column].setdefault(said, thing.uuid)
            self._words[column].setdefault(folded(said), []).append(thing.uuid)

    def of(self, column):
        """All things of that kind, as they are listed."""
        uuids = dict.fromkeys(uuid for uuids in self._words[column].values() for uuid in uuids)
        return sorted((self.things[name] for name in uuids), key=lambda thing: folded(thing.label))

    def label(self, name):
        return self.things[name].label if name else ""

    def pk_names(self, column):
        """`{primary key: uuid}`."""
        return {thing.pk: thing.uuid for thing in self.of(column) if thing.pk}

    def find(self, column, words):
        """The uuid that the words mean, or None."""
        if found := self._exact[column].get(words):
            return found
        close = set(self._words[column].get(folded(words), ()))
        return close.pop() if len(close) == 1 else None

    def resolve(self, said):
        """Give every word of a file its thing. `said` is `{column: {words: [count, first row]}}`.

        Returns what is still unknown, `[{"column", "words", "count", "row"}, …]`, and what an answer refused.
        """
        unknown, refused = [], []
        for column, listed in said.items():
            for words, (count, row) in listed.items():
                if self.find(column, words):
                    continue
                answer = self._answers.get(column, {}).get(folded(words))
                answer = answer or self._remembered.get(column, {}).get(folded(words))
                if answer == REFUSE:
                    refused.append((column, words, row))
                elif not self._take(column, words, answer):
                    unknown.append({"column": column, "words": words, "count": count, "row": row})
        return unknown, refused

    def _take(self, column, words, answer):
        """Whether the answer says what the words mean."""
        if isinstance(answer, dict):
            self._create(column, words, answer)
            return True
        if answer in self.things:
            self._exact[column][words] = answer
            return True
        return False

    def _create(self, column, words, about):
        thing = _made(column, about)
        if thing.uuid not in self.things:
            self.created.append((column, thing, about))
        self.things[thing.uuid] = thing
        self._exact[column][words] = thing.uuid
        self._words[column].setdefault(folded(words), []).append(thing.uuid)

    def suggestions(self, column, words):
        """Things whose words share the most with these."""
        wanted = set(folded(words).split())
        scored = [
            (len(wanted & set(known.split())), name) for known, names in self._words[column].items() for name in names
        ]
        best = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])
        return list(dict.fromkeys(name for _score, name in best))[:SUGGESTIONS]

    def only(self, column, kind=None):
        """The one thing of that sort, if there is no other."""
        found = [thing for thing in self.of(column) if kind is None or thing.extra == kind]
        return found[0].uuid if len(found) == 1 else ""

    def own_employer(self, company):
        """The company itself as employer: of its name, else the only one."""
        own = {folded(thing.label): thing.uuid for thing in self.of("employer") if thing.extra == "own"}
        named = own.get(folded(self.label(company))) if company else None
        return named or (next(iter(own.values())) if len(own) == 1 else "")


def _made(column, about):
    """What an answer makes. It has its uuid already, so that what is written is what was previewed."""
    extra = about.get("company" if column == "facility" else "kind", "")
    return Thing(about["uuid"], about["label"], None, extra)


def made_by(answers):
    """`[(column, Thing, about), …]` that answers make."""
    made = {}
    for column, given in answers.items():
        for about in given.values():
            if isinstance(about, dict):
                made.setdefault(about["uuid"], (column, _made(column, about), about))
    return list(made.values())


def unknown_words(unknown):
    return (
        ngettext(
            "%(words)s is not known here (%(column)s, row %(row)d)",
            "%(words)s is not known here (%(column)s, %(count)d rows, first in row %(row)d)",
            unknown["count"],
        )
        % unknown
    )
