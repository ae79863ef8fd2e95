"""The keypad of a kiosk as plain buttons: pure. What the page shows after a key was pressed."""


def press(posted, name, longest):
    """(what is typed now, whether it is finished) after the key that was posted with the field `name`."""
    typed = "".join(sign for sign in posted.get(name, "") if sign.isprintable()).strip()[:longest]
    key = posted.get("key", "")
    if key == "clear":
        return "", False
    if key == "back":
        return typed[:-1], False
    if key.isdecimal() and len(key) == 1:
        return (typed + key)[:longest], False
    return typed, key == "go"
