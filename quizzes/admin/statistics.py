"""How questions fare: which give themselves away, mislead or carry answers that nobody chooses."""

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, Table, TitleColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from ..kinds import KINDS
from ..models import Attempt, Bank, Question, QuestionVersion
from ..pages import in_language
from ..statistics import answers, charts, items
from . import words
from .desk import DeskMixin, FacilityForm, page_of, step

TITLE = _("Questions in figures")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Figures of fewer people could be read as those of one.
FEW = 5


class StatisticsForm(FacilityForm):
    flag = forms.ChoiceField(
        label=_("To look at"),
        required=False,
        choices=[("", _("All questions")), ("any", _("Any of these")), *words.FLAGS.items()],
    )
    bank = forms.ModelChoiceField(label=_("Bank"), required=False, queryset=Bank.objects.all(), empty_label=_("All"))

    field_order = ["flag", "bank", "facility"]

    def chosen(self, row):
        flag, bank = self.cleaned_data["flag"], self.cleaned_data["bank"]
        if bank and row["version"].bank_id != bank.pk:
            return False
        return not flag or (bool(row["flags"]) if flag == "any" else flag in row["flags"])


# What each column sorts by; what has no figure comes last either way.
SORTS = {
    "question": lambda row: row["prompt"].casefold(),
    "answers": lambda row: row["sums"].answers,
    "facility": lambda row: row["sums"].facility,
    "discrimination": lambda row: row["sums"].discrimination,
    "flags": lambda row: [-words.WEIGHT[flag] for flag in row["flags"]] or [0],
}


class StatisticsView(DeskMixin, TemplateView):
    """All versions that were asked, those to look at first."""

    template_name = "quizzes/admin/statistics.html"
    page_title = TITLE
    header_icon = "help"
    permission_policy = ModelPermissionPolicy(QuestionVersion)
    permission_required = "view"
    columns = [
        TitleColumn(
            "question",
            label=_("Question"),
            accessor="prompt",
            get_url=lambda row: reverse("question_figures", args=[row["version"].uuid]),
            sort_key="question",
            width="45%",
        ),
        Column("kind", label=_("Kind"), accessor="kind"),
        Column("number", label=_("Version"), accessor="version.number"),
        Column("answers", label=_("Answers"), accessor="sums.answers", sort_key="answers"),
        Column(
            "facility",
            label=_("Answered rightly"),
            accessor=lambda row: words.percent(row["sums"].facility),
            sort_key="facility",
        ),
        Column(
            "discrimination",
            label=_("Tells apart"),
            accessor=lambda row: words.coefficient(row["sums"].discrimination),
            sort_key="discrimination",
        ),
        Column("flags", label=_("To look at"), accessor=lambda row: words.flags(row["flags"]), sort_key="flags"),
    ]

    def get_context_data(self, **kwargs):
        form = StatisticsForm(self.request.GET, user=self.request.user)
        ordering = self.request.GET.get("ordering", "")
        ordering = ordering if ordering.removeprefix("-") in SORTS else "flags"
        pages = page_of(self.request, _sorted(self._rows(form), ordering))
        return (
            super().get_context_data(**kwargs)
            | pages
            | {
                "form": form,
                "table": Table(
                    self.columns,
                    pages["page_obj"].object_list,
                    base_url=self.request.path,
                    ordering=ordering,
                    caption=TITLE,
                ),
                "narrowed": any(self.request.GET.get(name) for name in form.fields),
                "enough": items.ENOUGH,
                "limited": bool(self.request.user.facility_limits),
            }
        )

    def _rows(self, form):
        attempts = Attempt.objects.within_limits_of(self.request.user, self.on)
        rows = answers.analysed(answers.of_newest(form.narrowed(attempts, self.on)), get_language())
        for row in rows:
            row["prompt"] = in_language(row["version"].shown, get_language())[1]["prompt"]
            row["kind"] = KINDS[row["version"].kind].label
        return [row for row in rows if form.chosen(row)] if form.is_valid() else []


def _sorted(rows, ordering):
    key = SORTS[ordering.removeprefix("-")]
    rows = sorted(rows, key=SORTS["question"])
    known = sorted((row for row in rows if key(row) is not None), key=key, reverse=ordering.startswith("-"))
    return known + [row for row in rows if key(row) is None]


class VersionView(DeskMixin, TemplateView):
    """One version of a question: what was chosen, by whom of which language and place, and how long it took."""

    template_name = "quizzes/admin/version.html"
    page_title = _("Question")
    header_icon = "help"
    permission_policy = ModelPermissionPolicy(QuestionVersion)
    permission_required = "view"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.version = get_object_or_404(QuestionVersion.objects.select_related("bank"), uuid=kwargs["uuid"])
        self.shown_in, self.text = in_language(self.version.shown, get_language())

    def get_trail(self):
        return [step("questions_figures", TITLE)]

    def get_page_subtitle(self):
        return gettext("version %(number)d") % {"number": self.version.number}

    @property
    def header_buttons(self):
        user, buttons = self.request.user, []
        if user.has_perm("quizzes.add_regrade") and not KINDS[self.version.kind].by_hand:
            there = reverse("regrade", args=[self.version.uuid])
            buttons.append(HeaderButton(gettext("Grade again"), url=there, icon_name="rotate"))
        if user.has_perm("quizzes.change_question"):
            rows = Question.objects.filter(translation_key=self.version.question_key).order_by("pk")
            if pk := rows.values_list("pk", flat=True).first():
                there = reverse(Question.snippet_viewset.get_url_name("edit"), args=[pk])
                buttons.append(HeaderButton(gettext("Edit the question"), url=there, icon_name="edit"))
        return buttons

    def get_context_data(self, **kwargs):
        form = FacilityForm(self.request.GET, user=self.request.user)
        attempts = Attempt.objects.within_limits_of(self.request.user, self.on)
        marks = answers.of_version(form.narrowed(attempts, self.on), self.version)
        counted = answers.sums(marks, "version").get(self.version.pk, items.Sums())
        options = answers.chosen(marks, [self.version], {self.version.pk: counted}, get_language())[self.version.pk]
        kind = KINDS[self.version.kind]
        flags = items.flags(counted, options if kind.distracts else ())
        return super().get_context_data(**kwargs) | {
            "form": form,
            "version": self.version,
            "prompt": self.text["prompt"],
            "language": self.shown_in,
            "kind": kind.label,
            "sums": counted,
            "figures": words.figures(counted, items.median(answers.seconds(marks))),
            "flags": [{"word": words.FLAGS[flag], "advice": words.ADVICE[flag]} for flag in flags],
            "enough": items.ENOUGH,
            "options": _lettered(options, kind),
            "chart": _chart(options) if options and counted.answers else None,
            # Words that a person must read are that person's own, not a figure.
            "typed": [] if options or kind.by_hand else answers.typed(marks),
            "groups": self._groups(marks),
            "versions": QuestionVersion.objects.filter(question_key=self.version.question_key).order_by("-number"),
            "limited": bool(self.request.user.facility_limits),
        }

    def _groups(self, marks):
        workplace = answers.workplace(self.request.user, self.on)
        by_language = {words.language(code): sums for code, sums in answers.sums(marks, "attempt__language").items()}
        by_place = {name or gettext("none"): sums for name, sums in answers.sums(marks, workplace).items()}
        return [
            {"heading": heading, "column": column, "rows": _group_rows(found)}
            for heading, column, found in (
                (_("By language"), _("Language"), by_language),
                (_("By facility"), _("Facility"), by_place),
            )
        ]


def _group_rows(found):
    return [
        {
            "name": name,
            "answers": sums.answers,
            "few": sums.answers < FEW,
            "facility": words.percent(sums.facility),
            "share": sums.facility,
            "discrimination": words.coefficient(sums.discrimination),
        }
        for name, sums in sorted(found.items())
    ]


def _lettered(options, kind):
    misleading = items.misleading(options)
    return [
        {
            "letter": _letter(place),
            "option": option,
            "share": words.percent(option.share),
            "rest": words.percent(option.rest),
            "dead": kind.distracts and option.is_dead,
            "misleading": kind.distracts and option in misleading,
        }
        for place, option in enumerate(options)
    ]


def _letter(place):
    return LETTERS[place] if place < len(LETTERS) else str(place + 1)


def _chart(options):
    return charts.bars(
        [
            {
                "label": f"{'✓ ' if option.right else ''}{_letter(place)}",
                "share": option.share,
                "figure": words.percent(option.share),
                "tone": "right" if option.right else "",
            }
            for place, option in enumerate(options)
        ]
    )
