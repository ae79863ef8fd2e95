"""Compares a whole file with Gatehouse: what would be written, what is wrong, what must be asked. Writes nothing."""

import json
import uuid
from collections import Counter

from django.db.models import Q
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import ImportLine, Person
from ..names import folded
from . import circles, scope
from .compare import compare
from .difference import AskSince, Line, Wanting
from .lookups import unknown_words
from .standing import Standing, managers_on

BATCH = 500


class Planner:
    """One file against what Gatehouse holds. `lines` go to `keep` in batches as they are found.

    1. Words for facilities, employers, positions and companies get their meaning, or are asked about.
    2. The people of the file are compared, so many at a time.
    3. In a full file, those for whom it speaks and whom it leaves out leave.
    4. The managers' line as it would be has no circle.
    """

    def __init__(
        self, rows, terms, errors, *, source=None, sender=None, limits=(), may_change_accounts=False, keep=None
    ):
        self.rows, self.terms, self.errors, self.source, self.limits = rows, terms, errors, source, list(limits)
        self.counts = Counter(dict.fromkeys((*ImportLine.Kind.values, "unchanged"), 0))
        self.questions = {}
        self._sender = sender
        self.notes = []
        self._keep = keep or (lambda lines: None)
        self._standing = Standing(terms.lookups)
        self._limit_names = {terms.lookups.pk_names("facility")[pk] for pk in self.limits}
        self._locked = set() if may_change_accounts else _in_administration()
        self._left_alone = 0
        self._uuids, self._bosses, self._after, self._rows_of = {}, {}, {}, {}
        self._since = [0, None]

    def plan(self, each=None):
        """Fills `counts`, `questions`, `notes` and the errors."""
        self._meanings()
        if self.questions:
            return
        done = 0
        for people in self.rows.people(BATCH):
            self._compare(people)
            done += len(people)
            if each:
                each(done, len(self.rows.spool))
        if self.terms.full and not self.errors.count:
            self._leave_out()
        self._refuse_circles()
        if self._since[0]:
            self.questions["since"] = {"count": self._since[0], "row": self._since[1]}
        if self._left_alone:
            self.notes.append(
                ngettext(
                    "%(count)d address is left as it is: only an administrator changes that of somebody who works in "
                    "the administration.",
                    "%(count)d addresses are left as they are: only an administrator changes those of people who work "
                    "in the administration.",
                    self._left_alone,
                )
                % {"count": self._left_alone}
            )
        self.counts["employed"] = (
            scope.employed(self.source if self.terms.full else None, self.limits, self.terms.today)
            .values("person")
            .distinct()
            .count()
        )

    def _meanings(self):
        unknown, refused = self.terms.lookups.resolve(self.rows.words)
        for column, words, row in refused:
            self.errors.add(row, column, _("%(words)s is not to be used") % {"words": words})
        for about in [about for about in unknown if about["column"] == "company"]:
            self.errors.add(about["row"], "company", unknown_words(about))
        if unknown := [about for about in unknown if about["column"] != "company"]:
            self.questions["unknown"] = unknown
        if self.rows.unclear:
            row, column, text = self.rows.unclear
            self.questions["dates"] = {"row": row, "column": column, "text": text}

    def _compare(self, people):
        standing = self._standing.by_key({key for said in people for key in (said.key, said.number)})
        visible = self._visible(standing)
        self._know_managers(people)
        taken = self._taken_mails(people, standing)
        lines = []
        for said in people:
            now = standing.get(said.key)
            try:
                self._refuse(said, now, visible, taken)
                difference = compare(now, said, self.terms)
            except Wanting as wanting:
                self.errors.add(*wanting.error)
                continue
            except AskSince:
                self._since = [self._since[0] + 1, self._since[1] or said.row]
                continue
            self._lock_account(now, difference)
            self._remember(said.key, said.row, difference)
            line = self._line(now, difference, said=said)
            if line is None:
                self.counts["unchanged"] += 1
            else:
                lines.append(line)
        self._hand_on(lines)

    def _hand_on(self, lines):
        self.counts.update(line.kind for line in lines)
        if not self.errors.count:
            self._keep(lines)

    def _refuse(self, said, now, visible, taken):
        """Raises Wanting for what concerns other people, or the sender's limits."""
        if now and now.merged:
            words = _("%(number)s was merged into another account: use the number of that one")
            raise Wanting(said.row, "number", words % {"number": said.number})
        if now and visible is not None and now.pk not in visible:
            raise Wanting(said.row, "number", _("you cannot use %(number)s") % {"number": said.number})
        if self.limits:
            self._keep_within_limits(said, now)
        if said.key in taken:
            raise Wanting(said.row, "email", _("somebody else has %(mail)s") % {"mail": said.facts["email"]})
        known = {row.manager for row in now.employments} if now else set()
        for employment in said.employments:
            if employment.manager:
                employment.manager = self._manager(said, employment, known)

    def _keep_within_limits(self, said, now):
        find = self.terms.lookups.find
        for position in said.positions:
            facility = find("facility", position.facility) if position.facility else None
            if facility and facility not in self._limit_names:
                words = _("%(facility)s is not one of your facilities")
                raise Wanting(position.row, "facility", words % {"facility": position.facility})
        if now is None and not any(position.facility for position in said.positions):
            raise Wanting(said.row, "facility", _("is empty: name one of your facilities"))

    def _visible(self, standing):
        """Primary keys of people whom the sender may change; None when that is everybody."""
        if not self.limits:
            return None
        people = Person.objects.filter(pk__in=[person.pk for person in standing.values()])
        return set(people.of_facilities(self.limits, self.terms.today).values_list("pk", flat=True))

    def _taken_mails(self, people, standing):
        """Keys of those whose new address somebody else has, and keeps."""
        wanted = {}
        for said in people:
            mail, now = said.facts.get("email"), standing.get(said.key)
            if mail and (now is None or now.facts["email"].lower() != mail):
                wanted[mail] = said.key
        if not wanted:
            return set()
        owners = (
            Person.objects.annotate(mail=Lower("email")).filter(mail__in=wanted).values_list("mail", "number", "pk")
        )
        # Whoever is in the file as well has another address there, unless it is one that nobody may change.
        return {
            wanted[mail]
            for mail, number, pk in owners
            if number.lower() != wanted[mail] and (number.lower() not in self.rows.spool or pk in self._locked)
        }

    def _know_managers(self, people):
        wanted = set()
        prefix = self.source.number_prefix.lower() if self.source else ""
        for said in people:
            for employment in said.employments:
                if employment.manager:
                    wanted |= {employment.manager.lower(), prefix + employment.manager.lower()}
        wanted -= self._bosses.keys()
        if not wanted:
            return
        found = Person.objects.annotate(key=Lower("number")).filter(Q(key__in=wanted) | Q(number__in=wanted))
        if self.limits:
            found = found.of_facilities(self.limits, self.terms.today)
        columns = ("number", Coalesce("merged_into__number", "number"), Coalesce("merged_into__uuid", "uuid"))
        known = {number.lower(): (their.lower(), str(name)) for number, their, name in found.values_list(*columns)}
        self._bosses.update({key: known.get(key) for key in wanted})

    def _manager(self, said, employment, known):
        """The key of the manager whom the file names."""
        text = employment.manager
        if text.lower() in known and not self._bosses.get(text.lower()):
            # Nobody the sender may see, and nothing that changes.
            return text.lower()
        key = self.rows.manager_key(text, self._bosses.get)
        if boss := self._bosses.get(key):
            key = boss[0]
        elif key not in self.rows.spool:
            words = _("%(number)s is neither in the file nor in Gatehouse")
            raise Wanting(employment.row, "manager_number", words % {"number": text})
        if key == said.key:
            raise Wanting(employment.row, "manager_number", _("nobody is their own manager"))
        return key

    def _lock_account(self, now, difference):
        """Whoever decides where the mail of an administrator goes could sign in as one."""
        if now and now.pk in self._locked and difference.set.pop("email", None):
            difference.changes = [change for change in difference.changes if change[0] != "email"]
            self._left_alone += 1

    def _remember(self, key, row, difference):
        if any(entry[0] == "employment" for entry in (*difference.add, *difference.change)):
            self._after[key] = difference.after
            self._rows_of[key] = row

    def _uuid(self, key):
        """Of somebody who is not in Gatehouse yet."""
        return self._uuids.setdefault(key, str(uuid.uuid4()))

    def _line(self, now, difference, said=None):
        if now and not difference:
            return None
        for entry in (*difference.add, *difference.change):
            if entry[0] == "employment" and entry[-1].get("manager"):
                entry[-1]["manager"] = self._manager_uuid(entry[-1]["manager"])
        facts = now.facts if now else {name: new for name, (_old, new) in difference.set.items()}
        name = f"{facts['first_name']} {facts.get('last_name', '')}".strip()
        number = now.number if now else said.number
        kind = ImportLine.Kind.NEW if now is None else ImportLine.Kind.CHANGED
        if difference.gone:
            kind = ImportLine.Kind.LEAVING
        writes = {"pk": now and now.pk, "set": difference.set, "add": difference.add}
        writes |= {"change": difference.change, "back": difference.back}
        writes["gone"] = difference.gone and difference.gone.isoformat()
        return Line(
            kind=kind.value,
            row=said and said.row,
            person_uuid=now.uuid if now else self._uuid(said.key),
            number=number,
            name=name,
            changes=difference.changes,
            search_key=folded(f"{number} {name}"),
            writes=json.dumps(writes, separators=(",", ":")),
        )

    def _manager_uuid(self, key):
        boss = self._bosses.get(key)
        return boss[1] if boss else self._uuid(key)

    def _leave_out(self):
        """Those for whom the file speaks and whom it does not name."""
        found = scope.employed(self.source, self.limits, self.terms.today)
        found = scope.may_go(found, self.terms.today, self._sender).order_by("person", "pk")
        missing = {}
        for pk, person, number in found.values_list("pk", "person", "person__number").iterator(chunk_size=5000):
            if number.lower() not in self.rows.spool:
                missing.setdefault(person, set()).add(pk)
        people = list(missing)
        for start in range(0, len(people), BATCH):
            lines = []
            for pk, now in self._standing.by_pk(people[start : start + BATCH]).items():
                difference = scope.leaving(now, missing[pk], self.terms.today)
                self._remember(now.number.lower(), None, difference)
                lines.append(self._line(now, difference))
            self._hand_on(lines)

    def _refuse_circles(self):
        """On no day to come is anybody above themselves, as far as this file has to do with it."""
        today = self.terms.today.isoformat()
        days = {today} | {row[0] for after in self._after.values() for row in after if row[0] > today}
        told = set()
        for day in sorted(days):
            line = dict(managers_on(day))
            for key, after in self._after.items():
                line[key] = [
                    boss
                    for begins, ends, _employer, boss in after
                    if boss and begins <= day and (not ends or ends > day)
                ]
            for circle in circles.circles(line):
                ours = [key for key in circle if self._rows_of.get(key)]
                if ours and frozenset(circle) not in told:
                    told.add(frozenset(circle))
                    first = min(ours, key=self._rows_of.get)
                    self.errors.add(self._rows_of[first], "manager_number", _circle_in_words(circle, first))


def _circle_in_words(circle, first):
    start = circle.index(first)
    turned = [*circle[start:], *circle[:start]]
    shown = " → ".join([*turned[:10], *(["…"] if len(turned) > 10 else []), first])
    return _("%(circle)s is a circle: each would be their own manager's manager") % {"circle": shown}


def _in_administration():
    """Primary keys of those whose address decides who may administer."""
    people = Person.objects.filter(Q(is_superuser=True) | Q(groups__permissions__codename="access_admin"))
    return set(people.values_list("pk", flat=True))
