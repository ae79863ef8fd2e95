"""Grading again after a wrong key: which key, who changes, what is decided, what came of it."""

import hashlib

from django import forms
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.permission_policies import ModelPermissionPolicy

from .. import actions
from ..kinds import KINDS
from ..models import Mark, QuestionVersion, Regrade
from ..pages import in_language
from .desk import DeskMixin, page_of, step
from .statistics import TITLE as FIGURES

KEEP, TAKE = "keep", "take"


class KeyForm(forms.Form):
    """Which version's key is the right one."""

    key_of = forms.ModelChoiceField(
        label=_("The right key is that of"),
        queryset=QuestionVersion.objects.none(),
        to_field_name="uuid",
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args, versions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key_of"].queryset = versions
        self.fields["key_of"].label_from_instance = in_words


def in_words(version):
    """A version and its right answer, for people who compare keys."""
    kind, key = KINDS[version.kind], version.key["right"]
    shown = in_language(version.shown, get_language())[1]
    says = {"number": version.number, "right": kind.in_words(kind.solution(key), shown, key)}
    return gettext("Version %(number)d: %(right)s") % says


class DecideForm(forms.Form):
    """`seen` is a fingerprint of the preview that is decided upon: who decides has seen what happens."""

    passes = forms.ChoiceField(
        label=_("Whoever passed and now would not"),
        choices=[
            (KEEP, _("keeps the pass: they answered what they were taught")),
            (TAKE, _("loses the pass")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was wrong with the key. It stays with every mark that changes."),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, losing, **kwargs):
        super().__init__(*args, **kwargs)
        if not losing:
            del self.fields["passes"]


class RegradeView(DeskMixin, FormView):
    """First the key is chosen (`?key_of=`), then what it changes is shown and decided upon."""

    template_name = "quizzes/admin/regrade.html"
    page_title = _("Grade again")
    header_icon = "rotate"
    permission_policy = ModelPermissionPolicy(Regrade)
    permission_required = "add"
    form_class = DecideForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        # What people mark has no key to grade by.
        by_key = [name for name, kind in KINDS.items() if not kind.by_hand]
        self.version = get_object_or_404(QuestionVersion, uuid=kwargs["uuid"], kind__in=by_key)

    def dispatch(self, request, *args, **kwargs):
        others = QuestionVersion.objects.filter(question_key=self.version.question_key, kind=self.version.kind)
        others = others.exclude(pk=self.version.pk).order_by("-number")
        self.keys = KeyForm(request.GET or None, versions=others)
        self.key_of = self.rows = None
        if request.user.has_perm("quizzes.add_regrade") and self.keys.is_valid():
            self.key_of = self.keys.cleaned_data["key_of"]
            self.rows = actions.regrade_preview(version=self.version, key_of=self.key_of)
        return super().dispatch(request, *args, **kwargs)

    def get_trail(self):
        return [step("questions_figures", FIGURES), step("question_figures", _("Question"), self.version.uuid)]

    def get_form_kwargs(self):
        losing = any(_loses(row) for row in self.rows or ())
        initial = {"seen": _fingerprint(self.rows or ())}
        return super().get_form_kwargs() | {"losing": losing, "initial": initial}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs) | {
            "version": self.version,
            "prompt": in_language(self.version.shown, get_language())[1]["prompt"],
            "now": in_words(self.version),
            "keys": self.keys,
            "key_of": self.key_of,
            "rows": self.rows,
            "back": reverse("question_figures", args=[self.version.uuid]),
        }
        if self.rows:
            context |= page_of(self.request, self.rows) | {"sums": _sums(self.rows)}
        return context

    def post(self, request, *args, **kwargs):
        if not self.rows:
            return HttpResponseRedirect(request.get_full_path())
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        if form.cleaned_data["seen"] != _fingerprint(self.rows):
            form.add_error(None, _("Meanwhile something changed. Look at the rows below again, then decide."))
            form.data = form.data | {"seen": _fingerprint(self.rows)}
            return self.form_invalid(form)
        deed = actions.regrade(
            version=self.version,
            key_of=self.key_of,
            by=self.request.user,
            at=timezone.now(),
            reason=form.cleaned_data["reason"],
            take_away=form.cleaned_data.get("passes") == TAKE,
        )
        messages.success(self.request, _("Graded again. This is what changed."))
        return HttpResponseRedirect(reverse("regrade_result", args=[deed.uuid]))


def _loses(row):
    return row["old_passed"] and not row["new_passed"]


def _sums(rows):
    passing = sum(row["new_passed"] and not row["old_passed"] for row in rows)
    losing = sum(map(_loses, rows))
    return [
        ngettext("%(number)d attempt changes.", "%(number)d attempts change.", len(rows)) % {"number": len(rows)},
        ngettext("%(number)d of them passes now.", "%(number)d of them pass now.", passing) % {"number": passing},
        ngettext("%(number)d of them would no longer pass.", "%(number)d of them would no longer pass.", losing)
        % {"number": losing},
    ]


def _fingerprint(rows):
    says = [(row["attempt"].pk, str(row["old"]), str(row["new"]), row["old_passed"], row["new_passed"]) for row in rows]
    return hashlib.sha256(repr(says).encode()).hexdigest()[:24]


class RegradeResultView(DeskMixin, TemplateView):
    """What one regrade changed, for good."""

    template_name = "quizzes/admin/regrade_result.html"
    page_title = _("Graded again")
    header_icon = "rotate"
    permission_policy = ModelPermissionPolicy(Regrade)
    permission_required = "add"

    def get_trail(self):
        return [step("questions_figures", FIGURES)]

    def get_context_data(self, uuid, **kwargs):
        deeds = Regrade.objects.select_related("version", "key_of", "decided_by")
        deed = get_object_or_404(deeds, uuid=uuid)
        marks = Mark.objects.filter(regrade=deed).select_related("attempt__person").order_by("pk")
        return (
            super().get_context_data(**kwargs)
            | page_of(self.request, marks)
            | {
                "deed": deed,
                "prompt": in_language(deed.version.shown, get_language())[1]["prompt"],
            }
        )
