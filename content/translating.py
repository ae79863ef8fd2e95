"""Bringing the words of starter rows in another language, through wagtail-localize, so that its out-of-date marks work.

All but the words comes from the English row: ids, numbers, pictures, right answers, the place in the tree. So both
languages have the same blocks and options by construction, and a file that is built otherwise is named with the line.
What becomes of a row is decided as in `upkeep`; a translation also counts as edited when somebody has translated a
sentence of it in the admin and not published it yet.
"""

import copy

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import StringTranslation
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import StringValue

from . import indexing, upkeep
from .models import StarterRow
from .translation_memory import Memory
from .upkeep import Row, StarterError


def bring_words(originals, rows, *, language, kind, report):
    """Make the translations of `originals` ({key: English object}) say what the files say.

    A row's key is that of the English; it `says` the words only, a StreamField as whole rows with the English ids.
    Returns `{key: translated object}`.
    """
    rows = [row for row in rows if row.key in originals]
    if not rows:
        return {}
    model = type(originals[rows[0].key])
    desk = _Desk(model, language, rows, originals)
    objects = {}
    with indexing.once():
        for row in rows:
            outcome, found = desk.judge(row, report)
            if outcome in ("created", "updated"):
                found = desk.write(found, row)
            if found:
                objects[row.key] = found
            if outcome:
                report.add(f"{kind} ({language})", outcome, f"{language}/{row.key}")
        desk.memory.write()
    return objects


class _Desk:
    """What is known about the rows of one model while they are translated."""

    def __init__(self, model, language, rows, originals):
        self.model, self.language, self.originals = model, language, originals
        self.locale = Locale.objects.get(language_code=language)
        keys = [row.key for row in rows]
        self.notes = StarterRow.objects.in_bulk([f"{language}/{key}" for key in keys], field_name="key")
        self.sources = dict(StarterRow.objects.filter(key__in=keys).values_list("key", "source"))
        targets = [note.target for note in self.notes.values()]
        self.there = {str(pk): found for pk, found in model.objects.in_bulk(targets).items()}
        self.by_people = _translated_by_people(self.locale, [found.translation_key for found in originals.values()])
        self.memory, self.known = Memory(self.locale), {}

    def source(self, row):
        # Numbers, pictures and right answers come from the English: when it changes, so does its translation.
        return upkeep.hash_of([upkeep.source_of(row), self.sources[row.key]])

    def judge(self, row, report):
        """`(outcome, object)`; no outcome where the English is the company's own and was never translated by us."""
        note = self.notes.get(f"{self.language}/{row.key}")
        found = self.there.get(note.target) if note else None
        if row.key in report.kept or (found and found.translation_key in self.by_people):
            return "kept" if note else "", found
        return upkeep.outcome_of(note, found, self.source(row)), found

    def write(self, found, row):
        english, key = self.originals[row.key], f"{self.language}/{row.key}"
        said = copy.copy(english)
        upkeep.put(said, row)
        pairs = _pairs(extract_segments(english), extract_segments(said), row)
        new = found is None
        found = found or self._new(english)
        copy_synchronised_fields(english, found)
        for name, value in row.says.items():
            # A list of words is no segment: wagtail-localize would keep the English.
            if isinstance(found._meta.get_field(name), models.JSONField):
                setattr(found, name, value)
        segments = [_carried(*pair) for pair in pairs if self._can_be_carried(pair[0])]
        ingest_segments(said, found, english.locale, self.locale, segments)
        upkeep.check_streams(found, row)
        try:
            self._save(found, english, new)
        except ValidationError as error:
            raise StarterError(f"{row.file}: {upkeep.first_sentence(error)}") from error
        if hasattr(found, "has_unpublished_changes"):
            upkeep.publish(found)
        note = self.notes.get(key) or StarterRow(key=key)
        upkeep.remember(self.model, found, Row(key, row.file, row.says), note, self.source(row))
        self.memory.add(english, pairs)
        return found

    def _new(self, english):
        found = self.model(translation_key=english.translation_key, locale=self.locale)
        for field in found._meta.concrete_fields:
            # What has no translation yet is linked to in English.
            if field.many_to_one and field.editable and issubclass(field.related_model, TranslatableMixin):
                setattr(found, field.attname, getattr(english, field.attname))
        return found

    def _can_be_carried(self, segment):
        """Overrides are the company's. A link to what has no translation yet stays with the English row."""
        if not isinstance(segment, RelatedObjectSegmentValue):
            return not isinstance(segment, OverridableSegmentValue)
        model = segment.content_type.model_class()
        if model not in self.known:
            translated = model.objects.filter(locale=self.locale)
            self.known[model] = set(translated.values_list("translation_key", flat=True))
        return segment.translation_key in self.known[model]

    def _save(self, found, english, new):
        if not isinstance(found, Page):
            found.full_clean()
            found.save()
            return
        parent = english.get_parent()
        if not parent.is_root():
            parent = parent.get_translation(self.locale)
        found.slug = find_available_slug(parent, found.slug, ignore_page_id=found.pk)
        if new:
            parent.add_child(instance=found)
        else:
            found.save()


def _translated_by_people(locale, keys):
    """Which of the translation keys somebody has translated a sentence of; the loader signs none."""
    found = StringTranslation.objects.filter(locale=locale, last_translated_by__isnull=False)
    # By hand: thousands of keys are too many for one query.
    return set(found.values_list("context__object_id", flat=True)).intersection(keys)


def _pairs(english, said, row):
    """The segments of both, two by two; StarterError where the translation is built otherwise."""
    for place, segment in enumerate(english):
        other = said[place] if place < len(said) else None
        if other is None or _shape(segment) != _shape(other):
            there = other or (said[-1] if said else segment)
            raise StarterError(
                f"{row.file}{_line(there, row)}: this is built otherwise than the English{_words(segment)}."
            )
    if len(said) > len(english):
        raise StarterError(f"{row.file}{_line(said[len(english)], row)}: this is more than the English says.")
    return list(zip(english, said, strict=True))


def _shape(segment):
    template = segment.template if isinstance(segment, TemplateSegmentValue) else None
    return type(segment), segment.path, template, getattr(segment, "attrs", None)


def _line(segment, row):
    """The line of the block that the segment stands in, where lines are known."""
    name, _dot, path = segment.path.partition(".")
    ids = [block["id"] for block in row.says.get(name, [])] if path else []
    block = path.partition(".")[0]
    return f", line {row.lines[ids.index(block)]}" if row.lines and block in ids else ""


def _words(segment):
    if not isinstance(segment, StringSegmentValue):
        return ""
    return f", which says “{segment.render_text()[:60]}” here"


def _carried(english, said):
    """The segment as wagtail-localize would restore it: the English frame around the translated words."""
    if not isinstance(english, StringSegmentValue):
        return english
    words = StringValue(said.string.data)
    return StringSegmentValue(english.path, words, attrs=copy.deepcopy(english.attrs)).with_order(english.order)
