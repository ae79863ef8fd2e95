"""What matching and categorising share: each item is put into one place."""

from .kind import credit_for_parts, texts


class Placing:
    """`shown` has `items` and `places`, rows of id and text. The key is `{"places": {item: place}, "each": bool}`.

    An answer is `{item: place}`. A page names items and places by where they stand in the attempt's own order, never by
    their ids: of matching pairs these are equal.
    """

    template = "quizzes/kinds/placing.html"
    told_template = "quizzes/kinds/parts_told.html"

    def arrange(self, shown, chance, shuffle):
        """Places are always shuffled: as they were written they would give the answer away."""
        items, places = ([row["id"] for row in shown[name]] for name in ("items", "places"))
        chance.shuffle(places)
        if shuffle:
            chance.shuffle(items)
        return {"items": items, "places": places}

    def parse(self, data, shown, arranged, field="answer"):
        numbers = {str(number): place for number, place in enumerate(arranged["places"], 1)}
        answer = {
            item: numbers[data[f"{field}-{row}"]]
            for row, item in enumerate(arranged["items"], 1)
            if data.get(f"{field}-{row}") in numbers
        }
        return answer or None

    def partial(self, key):
        return key["each"]

    def solution(self, key):
        return key["places"]

    def credit(self, answer, key):
        right = sum(answer.get(item) == place for item, place in key["places"].items())
        return credit_for_parts(right, len(key["places"]), key["each"])

    def offered(self, shown, key):
        return [
            {
                "id": f"{item['id']}>{place['id']}",
                "text": f"{item['text']} → {place['text']}",
                "right": key["places"][item["id"]] == place["id"],
            }
            for item in shown["items"]
            for place in shown["places"]
        ]

    def picked(self, answer, key):
        return [f"{item}>{place}" for item, place in answer.items()]

    def ask(self, shown, arranged, answer, field="answer"):
        items, places = texts(shown["items"]), texts(shown["places"])
        answer = answer or {}
        return {
            "field": field,
            "rows": [
                {
                    "name": f"{field}-{row}",
                    "text": items[item],
                    "places": [
                        {"number": number, "text": places[place], "chosen": answer.get(item) == place}
                        for number, place in enumerate(arranged["places"], 1)
                    ],
                }
                for row, item in enumerate(arranged["items"], 1)
            ],
        }

    def tell(self, shown, arranged, answer, key, reasons):
        items, places = texts(shown["items"]), texts(shown["places"])
        answer = answer or {}
        return {
            "parts": [
                {
                    "text": items[item],
                    "given": places.get(answer.get(item), ""),
                    "right": answer.get(item) == key["places"][item],
                    "answer": places[key["places"][item]],
                    "reason": reasons.get(item, ""),
                }
                for item in arranged["items"]
            ]
        }
