from django import forms
from django.core.files.storage import default_storage
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.blocks.struct_block import StructBlockAdapter

from ..beside import PictureBlock, kept_picture
from .kind import EACH, Kind, KindBlock, PartBlock, credit_block, credit_for_parts, rows, same, without_order

# Places on a picture are counted in thousandths of its width and height from the top left corner.
WHOLE = 1000
# Marks that one answer may have; so many are no guess any more but a carpet.
MOST = 30
# Without a script the browser says where it was pressed in pixels of the picture as shown. Each of these widths has a
# picture of its own in the form, and the page shows the one that fits: so its name tells what the pixels mean.
WIDTHS = (240, 600)


def _percent(label, least=0):
    return blocks.IntegerBlock(label=label, min_value=least, max_value=100)


class SpotBlock(PartBlock):
    """A rectangle on the picture, in percent of its width and height."""

    text = blocks.CharBlock(label=_("Name"), max_length=80)
    left = _percent(_("From the left, %"))
    top = _percent(_("From the top, %"))
    width = _percent(_("Width, %"), 2)
    height = _percent(_("Height, %"), 2)
    reason = blocks.TextBlock(label=_("Why here, shown after the quiz"), rows=2, required=False)


class DecoyBlock(PartBlock):
    text = blocks.CharBlock(label=_("Name"), max_length=80)


class HotspotBlock(KindBlock):
    picture = PictureBlock(label=_("Picture"))
    spots = blocks.ListBlock(
        SpotBlock(),
        min_num=1,
        max_num=12,
        label=_("Places to find"),
        help_text=_("Draw each on the picture: press in one corner, drag to the other. Or type where it is."),
    )
    decoys = blocks.ListBlock(
        DecoyBlock(),
        min_num=2,
        max_num=12,
        default=[{"text": ""}] * 2,
        label=_("Wrong places, by name"),
        help_text=_("People who cannot see the picture choose from a list of names: the places to find, and these."),
    )
    credit = credit_block()

    def problems(self, value):
        spots = list(value["spots"])
        if same([row["text"] for row in [*spots, *value["decoys"]]]):
            return {"decoys": _("Two places have the same name, so nobody could tell them apart.")}
        for spot in spots:
            if spot["left"] + spot["width"] > 100 or spot["top"] + spot["height"] > 100:
                return {"spots": _("“%(name)s” goes beyond the edge of the picture.") % {"name": spot["text"]}}
        for number, spot in enumerate(spots):
            for other in spots[:number]:
                if _overlap(spot, other):
                    names = {"one": other["text"], "other": spot["text"]}
                    return {"spots": _("“%(one)s” and “%(other)s” lie on each other.") % names}
        return {}


def _overlap(one, other):
    return all(
        one[start] < other[start] + other[size] and other[start] < one[start] + one[size]
        for start, size in (("left", "width"), ("top", "height"))
    )


class Hotspot(Kind):
    """An answer is `{"points": [[x, y]], "places": [id]}`: what was marked on the picture and chosen by name.

    The key is `{"spots": {id: [left, top, width, height]}, "each"}`, in percent. A place is found by a mark in it or by
    its name, once or more. A mark that is in no place, and a name of no place, is wrong: it takes back one that was
    found, and no less than nothing is left.
    """

    name = "hotspot"
    label = _("Places on a picture")
    instruction = _(
        "Mark every place on the picture, or choose the places by name. What is marked wrongly counts against."
    )
    icon = "crosshairs"
    block_class = HotspotBlock
    template = "quizzes/kinds/hotspot.html"
    told_template = "quizzes/kinds/hotspot_told.html"

    def shown(self, value):
        names = [{"id": row["id"], "text": row["text"]} for row in [*rows(value["spots"]), *rows(value["decoys"])]]
        return {
            "picture": kept_picture(value["picture"]),
            "number": len(value["spots"]),
            "places": without_order(names),
        }

    def key(self, values):
        spots = rows(values[0]["spots"])
        return {
            "spots": {row["id"]: [row[side] for side in ("left", "top", "width", "height")] for row in spots},
            "each": values[0]["credit"] == EACH,
        }

    def reasons(self, value):
        return {row["id"]: row["reason"] for row in rows(value["spots"])}

    def arrange(self, shown, chance, shuffle):
        """Names are always mixed: as written, the places to find come first."""
        places = [row["id"] for row in shown["places"]]
        chance.shuffle(places)
        return {"places": places}

    def moving(self, data, field="answer"):
        return f"{field}-drop" in data or any(f"{field}-mark-{width}.x" in data for width in WIDTHS)

    def parse(self, data, shown, arranged, field="answer"):
        """The marks that the form holds, without the one taken away and with the one just pressed."""
        points = [point for text in data.getlist(f"{field}-point")[:MOST] if (point := _point(text))]
        drop = data.get(f"{field}-drop", "")
        if drop.isdecimal() and 1 <= int(drop) <= len(points):
            points.pop(int(drop) - 1)
        if (pressed := _pressed(data, field)) and (point := _from_pixels(*pressed, shown["picture"])):
            points = [*points, point][:MOST]
        numbers = {str(number): place for number, place in enumerate(arranged["places"], 1)}
        places = sorted({numbers[number] for number in data.getlist(field) if number in numbers})
        return {"points": points, "places": places} if points or places else None

    def partial(self, key):
        return key["each"]

    def solution(self, key):
        middles = [_middle(spot) for _name, spot in _in_order(key)]
        return {"points": middles, "places": []}

    def credit(self, answer, key):
        found, wrong = _judged(answer, key)
        return credit_for_parts(max(0, len(found) - wrong), len(key["spots"]), key["each"])

    def offered(self, shown, key):
        return [row | {"right": row["id"] in key["spots"]} for row in shown["places"]]

    def picked(self, answer, key):
        """Each place once, whether marked or named. A mark beside all places chose none of them."""
        found, _wrong = _judged(answer, key)
        return sorted(found | {place for place in answer["places"] if place not in key["spots"]})

    def in_words(self, answer, shown, key):
        names = {row["id"]: row["text"] for row in shown["places"]}
        found, wrong = _judged(answer, key)
        said = [names[spot] for spot, _place in _in_order(key) if spot in found]
        return "; ".join(said + ([_now("wrong: %(number)d") % {"number": wrong}] if wrong else []))

    def ask(self, shown, arranged, answer, field="answer"):
        names = {row["id"]: row["text"] for row in shown["places"]}
        answer = answer or {"points": [], "places": []}
        picture = _with_url(shown["picture"])
        return {
            "field": field,
            "picture": picture,
            "wanted": shown["number"],
            "most": MOST,
            "widths": [{"width": width, "height": _height(width, picture)} for width in WIDTHS],
            "points": _drawn(answer["points"], picture),
            "tall": _height(WHOLE, picture),
            "by_name": bool(answer["places"]),
            "marks": len(answer["points"]) + len(answer["places"]),
            "options": [
                {"id": str(number), "text": names[place], "checked": place in answer["places"]}
                for number, place in enumerate(arranged["places"], 1)
            ],
        }

    def tell(self, shown, arranged, answer, key, reasons):
        names = {row["id"]: row["text"] for row in shown["places"]}
        picture = _with_url(shown["picture"])
        found, wrong = _judged(answer, key) if answer else (set(), 0)
        parts = [
            {"number": number, "text": names[spot], "right": spot in found, "reason": reasons.get(spot, "")}
            for number, (spot, _box_of) in enumerate(_in_order(key), 1)
        ]
        boxes = [_box(number, spot, picture) for number, (_name, spot) in enumerate(_in_order(key), 1)]
        decoys = [names[place] for place in (answer or {}).get("places", []) if place not in key["spots"]]
        points = (answer or {}).get("points", [])
        return {
            "picture": picture,
            "parts": parts,
            "boxes": boxes,
            "points": _drawn(points, picture),
            "tall": _height(WHOLE, picture),
            "wrong": wrong - len(decoys),
            "decoys": decoys,
        }


def _with_url(picture):
    return picture | {"url": default_storage.url(picture["path"])}


def _judged(answer, key):
    """(ids of the places found, number of wrong marks and names)."""
    hits = [
        next((name for name, spot in key["spots"].items() if _inside(point, spot)), None) for point in answer["points"]
    ]
    named = [place if place in key["spots"] else None for place in answer["places"]]
    return {name for name in [*hits, *named] if name}, [*hits, *named].count(None)


def _in_order(key):
    """As one reads: from the top, then from the left."""
    return sorted(key["spots"].items(), key=lambda row: (row[1][1], row[1][0]))


def _inside(point, spot):
    """The edge belongs to it."""
    return all(10 * spot[side] <= point[side] <= 10 * (spot[side] + spot[side + 2]) for side in (0, 1))


def _middle(spot):
    left, top, width, height = spot
    return [10 * left + 5 * width, 10 * top + 5 * height]


def _point(text):
    parts = text.split(",")
    if len(parts) == 2 and all(part.isascii() and part.isdecimal() and int(part) <= WHOLE for part in parts):
        return [int(part) for part in parts]


def _pressed(data, field):
    """(width of the picture, x, y) in pixels, when somebody pressed one; a key presses it nowhere, at 0,0."""
    for width in WIDTHS:
        x, y = (data.get(f"{field}-mark-{width}.{axis}", "") for axis in "xy")
        if x.isdecimal() and y.isdecimal() and (x, y) != ("0", "0"):
            return width, int(x), int(y)


def _from_pixels(width, x, y, picture):
    point = [WHOLE * x // width, WHOLE * y // _height(width, picture)]
    return point if max(point) <= WHOLE else None


def _height(width, picture):
    return max(1, round(width * picture["height"] / picture["width"]))


def _drawn(points, picture):
    """Marks for a drawing over the picture that is 1000 units wide."""
    tall = _height(WHOLE, picture)
    return [
        {"number": number, "value": f"{x},{y}", "x": x, "y": y * tall // WHOLE}
        for number, (x, y) in enumerate(points, 1)
    ]


def _box(number, spot, picture):
    tall = _height(WHOLE, picture)
    left, top, width, height = spot
    return {
        "number": number,
        "x": 10 * left,
        "y": top * tall // 100,
        "width": 10 * width,
        "height": height * tall // 100,
    }


class HotspotAdapter(StructBlockAdapter):
    """The editor's form, with the picture to draw the places on."""

    js_constructor = "quizzes.Hotspot"

    @cached_property
    def media(self):
        board = forms.Media(js=["gatehouse/hotspot-editor.js"], css={"all": ["gatehouse/hotspot-editor.css"]})
        return super().media + board


register(HotspotAdapter(), HotspotBlock)
