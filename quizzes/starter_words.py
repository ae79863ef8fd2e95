"""The words of a bank in another language. The file is walked beside what the English stored, so that ids, right
answers and numbers are the English ones, whatever it says of them."""

from wagtail import blocks

from content.starter_files import need
from content.upkeep import Row, StarterError

from .kinds import KINDS
from .starter_values import WORDS


def rows_of_words(said, english, rows):
    """Rows of words for the questions in the files of `said`. `english` are its banks, `{name: (file, content)}`, and
    `rows` the rows of its questions by key."""
    found = []
    for path in said.find("banks/*.yaml"):
        file = said.name(path)
        if path.stem not in english:
            raise StarterError(f"{file}: there is no such bank in English.")
        originals = english[path.stem][1]["questions"]
        translated = need(said.yaml(path), ["questions"], file)[0]
        _same_ids(originals, translated, file)
        for data in translated:
            key = f"question/{data['id']}"
            if key in rows:
                found.append(_words(data, f"{file}, {data['id']}", rows[key]))
    return found


def _same_ids(originals, translated, file):
    ids = [data.get("id") for data in translated]
    for place, data in enumerate(originals):
        if ids[place : place + 1] != [data["id"]]:
            raise StarterError(f"{file}: question {place + 1} is “{data['id']}” in English, and something else here.")
    if len(ids) > len(originals):
        raise StarterError(f"{file}: “{ids[len(originals)]}” is not in the English file.")


def _words(data, where, original):
    prompt = need(data, ["prompt"], where)[0]
    (stored,) = original.says["answer"]
    says = {"prompt": prompt, "explanation": data.get("explanation", "")}
    says["answer"] = [stored | {"value": _answer(stored["type"], stored["value"], data, where)}]
    if "beside" in original.says:
        (shown,) = original.says["beside"]
        description = need(data, ["beside"], where)[0].get("description", "")
        says["beside"] = [shown | {"value": shown["value"] | {"description": description}}]
    return Row(original.key, where, says)


def _answer(kind, stored, data, where):
    if kind == "true_false":
        reasons = need(need(data, ["reasons"], where)[0], [True, False], where)
        return stored | dict(zip(("reason_true", "reason_false"), reasons, strict=True))
    return _value(KINDS[kind].block(), stored, data, where)


def _value(block, stored, data, where):
    if isinstance(block, blocks.StructBlock):
        children = block.child_blocks
        names = [name for name in stored if stored[name] != "" and _has_words(children[name])]
        given = dict(zip(names, need(data, names, where), strict=True))
        return stored | {name: _value(children[name], stored[name], given[name], where) for name in names}
    if isinstance(block, blocks.ListBlock):
        if len(data) != len(stored):
            raise StarterError(f"{where}: {len(data)} stand here where the English has {len(stored)}.")
        return [
            item | {"value": _value(block.child_block, item["value"], row, where)}
            for item, row in zip(stored, data, strict=True)
        ]
    return str(data)


def _has_words(block):
    if isinstance(block, blocks.StructBlock):
        return any(_has_words(child) for child in block.child_blocks.values())
    if isinstance(block, blocks.ListBlock):
        return _has_words(block.child_block)
    return isinstance(block, WORDS)
