"""What wagtail-localize remembers of a translation, written in bulk for many objects: it writes ten thousand sentences
one by one, with seven queries each."""

import json
import uuid

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields
from wagtail.models import Locale
from wagtail_localize import models as localize
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)

BATCH = 500


class Memory:
    """Translations into one locale that are complete. `add` each, then `write` once."""

    def __init__(self, locale):
        self.locale, self.english = locale, Locale.objects.get(language_code="en")
        self.rows = []
        self.versions = {}

    def add(self, original, pairs):
        """`pairs` are (English segment, translated segment)."""
        self.rows.append((original, pairs))

    def write(self):
        for start in range(0, len(self.rows), BATCH):
            self._write(self.rows[start : start + BATCH])

    def _write(self, rows):
        keys = [original.translation_key for original, _pairs in rows]
        self._objects(rows)
        sources = self._sources(rows, keys)
        contexts = self._contexts(rows, keys)
        strings = self._strings(rows)
        self._segments(rows, sources, contexts, strings)
        self._translations(rows, keys, sources, contexts, strings)

    def _objects(self, rows):
        found = {
            original.translation_key: ContentType.objects.get_for_model(original.get_translation_model())
            for original, _pairs in rows
        }
        for _original, pairs in rows:
            for segment, _said in pairs:
                if isinstance(segment, RelatedObjectSegmentValue):
                    found[segment.translation_key] = segment.content_type
        objects = [localize.TranslatableObject(translation_key=key, content_type=kind) for key, kind in found.items()]
        localize.TranslatableObject.objects.bulk_create(objects, ignore_conflicts=True, batch_size=BATCH)

    def _sources(self, rows, keys):
        """`{translation key: source}`, each with the English as it is now."""
        known = localize.TranslationSource.objects.filter(locale=self.english, object__in=keys)
        there = {source.object_id: source for source in known}
        sources = [self._source(original, there.get(original.translation_key)) for original, _pairs in rows]
        new = [source for source in sources if source.pk is None]
        old = [source for source in sources if source.pk is not None]
        localize.TranslationSource.objects.bulk_create(new, batch_size=BATCH)
        fields = ["content_json", "object_repr", "schema_version", "last_updated_at"]
        localize.TranslationSource.objects.bulk_update(old, fields, batch_size=BATCH)
        return {source.object_id: source for source in sources}

    def _source(self, original, source):
        source = source or localize.TranslationSource(
            object_id=original.translation_key,
            locale=self.english,
            specific_content_type=ContentType.objects.get_for_model(type(original)),
        )
        source.object_repr = str(original)[:200]
        source.content_json = _serialised(original)
        source.schema_version = self._version(original._meta.app_label)
        source.last_updated_at = timezone.now()
        return source

    def _version(self, app):
        if app not in self.versions:
            self.versions[app] = localize.get_schema_version(app)
        return self.versions[app]

    def _contexts(self, rows, keys):
        """`{(translation key, path): id}`."""
        wanted = {(original.translation_key, segment.path) for original, pairs in rows for segment, _said in pairs}
        model = localize.TranslationContext
        new = [model(object_id=key, path=path, path_id=model._get_path_id(path)) for key, path in sorted(wanted)]
        model.objects.bulk_create(new, ignore_conflicts=True, batch_size=BATCH)
        found = model.objects.filter(object__in=keys).values_list("object_id", "path", "pk")
        return {(key, path): pk for key, path, pk in found}

    def _strings(self, rows):
        """`{English text: id}`."""
        texts = {
            segment.string.data
            for _original, pairs in rows
            for segment, _said in pairs
            if isinstance(segment, StringSegmentValue)
        }
        hashes = {localize.String._get_data_hash(text): text for text in sorted(texts)}
        new = [localize.String(locale=self.english, data=text, data_hash=key) for key, text in hashes.items()]
        return _ids(localize.String, new, "data_hash", hashes, locale=self.english)

    def _templates(self, rows):
        """`{template: id}`."""
        new, names = [], {}
        for segment in {row.template: row for row in _of_kind(rows, TemplateSegmentValue)}.values():
            key = uuid.uuid5(uuid.uuid5(localize.Template.BASE_UUID_NAMESPACE, segment.format), segment.template)
            names[key] = segment.template
            new.append(
                localize.Template(
                    uuid=key,
                    template=segment.template,
                    template_format=segment.format,
                    string_count=segment.string_count,
                )
            )
        return _ids(localize.Template, new, "uuid", names)

    def _segments(self, rows, sources, contexts, strings):
        templates = self._templates(rows)
        more = {
            StringSegmentValue: (
                localize.StringSegment,
                lambda row: {"string_id": strings[row.string.data], "attrs": _json(row.attrs)},
            ),
            TemplateSegmentValue: (localize.TemplateSegment, lambda row: {"template_id": templates[row.template]}),
            RelatedObjectSegmentValue: (localize.RelatedObjectSegment, lambda row: {"object_id": row.translation_key}),
            OverridableSegmentValue: (localize.OverridableSegment, lambda row: {"data_json": _json(row.data)}),
        }
        new = {model: [] for model, _fields in more.values()}
        for original, pairs in rows:
            key = original.translation_key
            for segment, _said in pairs:
                model, fields = more[type(segment)]
                place = {"source": sources[key], "context_id": contexts[key, segment.path], "order": segment.order}
                new[model].append(model(**place, **fields(segment)))
        for model, segments in new.items():
            model.objects.filter(source__in=list(sources.values())).delete()
            model.objects.bulk_create(segments, batch_size=BATCH)

    def _translations(self, rows, keys, sources, contexts, strings):
        said = {
            (strings[segment.string.data], contexts[original.translation_key, segment.path]): other.string.data
            for original, pairs in rows
            for segment, other in pairs
            if isinstance(segment, StringSegmentValue)
        }
        localize.StringTranslation.objects.filter(locale=self.locale, context__object__in=keys).delete()
        new = [
            localize.StringTranslation(
                translation_of_id=string,
                context_id=context,
                locale=self.locale,
                data=words,
                translation_type=localize.StringTranslation.TRANSLATION_TYPE_MANUAL,
            )
            for (string, context), words in said.items()
        ]
        localize.StringTranslation.objects.bulk_create(new, batch_size=BATCH)
        links = [localize.Translation(source=source, target_locale=self.locale) for source in sources.values()]
        localize.Translation.objects.bulk_create(links, ignore_conflicts=True, batch_size=BATCH)
        logs = [localize.TranslationLog(source=source, locale=self.locale) for source in sources.values()]
        localize.TranslationLog.objects.bulk_create(logs, batch_size=BATCH)


def _of_kind(rows, kind):
    return [segment for _original, pairs in rows for segment, _said in pairs if isinstance(segment, kind)]


def _ids(model, new, field, names, **where):
    """Make those that are not there yet; `{name: id}` of all."""
    model.objects.bulk_create(new, ignore_conflicts=True, batch_size=BATCH)
    keys, found = list(names), {}
    for start in range(0, len(keys), BATCH):
        rows = model.objects.filter(**{f"{field}__in": keys[start : start + BATCH]}, **where)
        found |= {names[key]: pk for key, pk in rows.values_list(field, "pk")}
    return found


def _serialised(original):
    if isinstance(original, ClusterableModel):
        return original.to_json()
    return _json(get_serializable_data_for_fields(original))


def _json(value):
    return json.dumps(value, cls=DjangoJSONEncoder)
