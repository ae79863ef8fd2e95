"""What the editor of a rule shows: the parts of a rule, valid or not yet, as plain data for templates."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ..models import Employer, Employment, Facility, Position, Tag
from ..training_roles import TRAINING_ROLES
from . import drafts, naming, rules, words


class RuleWidget(forms.Widget):
    """A tree of fields that works without scripts: each change of its shape is a button that submits the form."""

    template_name = "people/audiences/rule.html"

    def value_from_datadict(self, data, files, name):
        return drafts.read(data, name)

    def value_omitted_from_data(self, data, files, name):
        return f"{name}:part" not in data

    def get_context(self, name, value, attrs):
        editor = Editor(name, getattr(self, "problems", ()), getattr(self, "go_on_at", None))
        return super().get_context(name, None, attrs) | {"top": editor.part(value or rules.EVERYBODY, ()), "name": name}


class RuleField(forms.Field):
    widget = RuleWidget

    def clean(self, value):
        self.widget.problems = rules.problems(value) or naming.unknown(value)
        rules.refuse(self.widget.problems)
        return rules.normal(value)

    def has_changed(self, initial, data):
        try:
            return rules.normal(initial) != self.clean(data)
        except ValidationError:
            return True


class Editor:
    def __init__(self, name, problems, go_on_at):
        self.name, self.go_on_at = name, go_on_at
        self.messages = {}
        for path, _part, message in problems:
            self.messages.setdefault(path, []).append(message)

    def part(self, part, path, inside=None):
        """One part with all that is in it; `inside` is the word of the group that it stands in."""
        place = ".".join([drafts.TOP, *map(str, path)])
        inner = part.get("not", part)
        word = rules.word_of(inner)
        shown = {
            "place": place,
            "field": f"{self.name}:{place}",
            "number": rules.number_of(path),
            "top": not path,
            "negated": "not" in part,
            "messages": self.messages.get(path, ()),
            "go_on": place == self.go_on_at,
            "is_group": word in rules.GROUPS,
        }
        details = self._group if word in rules.GROUPS else self._condition
        return shown | details(word, inner[word], path, inside)

    def _group(self, word, parts, path, inside):
        return {
            "word": word,
            "parts": [self.part(part, (*path, index), word) for index, part in enumerate(parts)],
            "new": list(rules.LABELS.items()),
            "may_nest": len(path) + 1 < rules.MAX_DEPTH,
            "own_position": word == "and" and inside == "and",
        }

    def _condition(self, word, value, path, inside):
        shown = {"word": word, "label": rules.LABELS[word], "value": value, "widget": "text"}
        if word in rules.LISTS:
            choices = [(choice, label, choice in value) for choice, label in self._choices(word, value)]
            chosen = [label for _choice, label, is_chosen in choices if is_chosen]
            # What is chosen stands first, as the list is long.
            choices.sort(key=lambda choice: not choice[2])
            return shown | {"widget": "list", "choices": choices, "chosen": chosen, "search": len(choices) > 12}
        if word == "sensitive":
            return shown | {"widget": "yes_no"}
        return shown | {"widget": "days" if word == "hired_within" else "date"}

    def _choices(self, word, value):
        offered = list(self._offered[word])
        known = {choice for choice, _label in offered}
        # What an older version mentions and nobody could choose any more.
        return offered + [(one, words.label("", one, {})) for one in value if one not in known]

    @cached_property
    def _offered(self):
        return _Offered()


class _Offered(dict):
    """The choices of each list of a page, looked up once."""

    ROWS = {"position": Position, "facility": Facility, "employer": Employer, "tag": Tag}

    def __missing__(self, word):
        if word in self.ROWS:
            choices = [(str(row.uuid), self._name(row)) for row in self.ROWS[word].objects.all()]
        elif word == "country":
            codes = Facility.objects.order_by("country").values_list("country", flat=True).distinct()
            choices = [(code, code) for code in codes]
        elif word == "role":
            choices = [(role, str(label)) for role, label in TRAINING_ROLES.items()]
        else:
            choices = [(kind, str(label)) for kind, label in Employment.Kind.choices]
        self[word] = choices
        return choices

    def _name(self, row):
        if isinstance(row, Facility):
            return _("%(name)s · %(code)s · %(country)s") % {
                "name": row.name,
                "code": row.code,
                "country": row.country,
            }
        return str(row)
