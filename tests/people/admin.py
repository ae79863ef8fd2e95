"""Reading the admin's pages, and posting their forms as a browser would."""


def shown(response):
    """The cells of a listing, row by row, as text."""
    table = response.context["table"]
    return [[str(column.get_value(row.instance)) for column in table.columns.values()] for row in table.rows]


def numbers(response):
    return [person.number for person in response.context["object_list"]]


def messages(response):
    return [str(message).strip() for message in response.context["messages"]]


def data(form, **changes):
    """What a browser would post of a form as it stands, with changes."""
    posted = {}
    for bound in form:
        value = bound.value()
        if value is None or value is False or bound.field.disabled:
            continue
        if isinstance(value, (list, tuple)) or hasattr(value, "values_list"):
            posted[bound.name] = [getattr(item, "pk", item) for item in value]
        else:
            posted[bound.name] = getattr(value, "pk", value)
    return posted | changes
