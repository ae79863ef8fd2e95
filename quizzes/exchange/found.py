"""A question as a reader found it in a file, in terms of our kinds."""

from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext as _

from ..models import Question, QuestionTag
from .refused import Refused

MAX_QUESTIONS = 2_000
TAG = QuestionTag._meta.get_field("name").max_length


@dataclass
class Found:
    """`value` is what the block of the kind holds, as plain data without ids (see `plain.py`).

    `where` names the place in the file, for people; `source_id` is the file's own name for the question, if it has one.
    `notes` say what of it is not carried, `problems` why it cannot be imported as it stands. `left_out` is the reason
    why there is nothing here that it could become.
    """

    where: str
    name: str = ""
    kind: str = ""
    prompt: str = ""
    value: dict = field(default_factory=dict)
    explanation: str = ""
    language: str = ""
    objective: str = ""
    criterion: str = ""
    difficulty: int = Question.Difficulty.MIDDLE.value
    # Beside the question: a picture of ours by its primary key, or one that the file brings along as
    # {"name", "data" (base64), "description"}.
    picture: int | str = ""
    picture_description: str = ""
    picture_file: dict = field(default_factory=dict)
    source_id: str = ""
    category: list = field(default_factory=list)
    # The editors' own words: a question with others is the same question.
    tags: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    left_out: str = ""

    def note(self, words):
        if words not in self.notes:
            self.notes.append(words)

    def tag(self, words):
        """Commas and quotes set tags apart where editors write them."""
        name = " ".join(words.replace('"', " ").split())
        if len(name) > TAG:
            self.note(_("The tag “%(tag)s” is too long: it is not carried.") % {"tag": name})
        elif name and name not in self.tags:
            self.tags.append(name)

    def leave_out(self, words):
        """Returns itself, so that a reader can end with it."""
        self.left_out = str(words)
        return self

    def become(self, kind, **value):
        self.kind, self.value = kind, value
        return self

    @property
    def title(self):
        """What people know it by."""
        return self.name or " ".join(self.prompt.split())

    def content(self):
        """What the question is, as plain data: equal content is the same question."""
        names = ["kind", "prompt", "value", "explanation", "language", "objective", "criterion", "difficulty"]
        names += ["picture", "picture_description", "picture_file"]
        said = asdict(self)
        return {name: said[name] for name in names}


@dataclass
class Read:
    """What a whole file holds: `found` in its order, and sentences on how it was read."""

    found: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    def add(self, question):
        if len(self.found) == MAX_QUESTIONS:
            raise Refused(
                _("There are more than %(limit)d questions in the file: cut it into several.")
                % {"limit": MAX_QUESTIONS}
            )
        self.found.append(question)
