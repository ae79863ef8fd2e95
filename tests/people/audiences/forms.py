"""What a browser posts of the rule's fields: as they should be named, and as a page has them."""

from html.parser import HTMLParser

from django.utils.datastructures import MultiValueDict


def posted(rule, **fields):
    """`{name: values}` of a rule's fields, and of others, in whose names `:` is written as `__`."""
    data = MultiValueDict()
    _post(rule, "r", data)
    return dict(data.lists()) | {name.replace("__", ":"): [value] for name, value in fields.items()}


def _post(part, place, data):
    inner = part.get("not", part)
    ((word, value),) = inner.items()
    data.appendlist("rule:part", place)
    if "not" in part:
        data[f"rule:{place}:not"] = "yes"
    if word in ("and", "or"):
        data[f"rule:{place}:word"] = "group"
        data[f"rule:{place}:match"] = {"and": "all", "or": "any"}[word]
        for index, child in enumerate(value):
            _post(child, f"{place}.{index}", data)
        return
    data[f"rule:{place}:word"] = word
    if isinstance(value, bool):
        value = "yes" if value else "no"
    data.setlist(f"rule:{place}:value", value if isinstance(value, list) else [str(value)])


class _Fields(HTMLParser):
    def __init__(self):
        super().__init__()
        self.data = MultiValueDict()
        self.select = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "select":
            self.select = attrs.get("name")
        elif tag == "option" and self.select and ("selected" in attrs or self.select not in self.data):
            self.data[self.select] = attrs["value"]
        elif tag == "input" and "name" in attrs and ("checked" in attrs or attrs["type"] not in ("checkbox", "radio")):
            self.data.appendlist(attrs["name"], attrs.get("value", "on" if "checked" in attrs else ""))


def on_page(html):
    """`{name: values}` of the fields in a page's form, as they stand."""
    fields = _Fields()
    fields.feed(html[html.index('id="w-editor-form"') :].partition("</form>")[0])
    return dict(fields.data.lists())
