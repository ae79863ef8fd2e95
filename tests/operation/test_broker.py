"""The broker in files: whoever takes a message finds all of it."""

import json
import threading

from kombu import Connection

MESSAGES = 1000


def send(options):
    with Connection("filesystem://", transport="learning.broker:Transport", transport_options=options) as connection:
        queue = connection.SimpleQueue("notices")
        for number in range(MESSAGES):
            queue.put(number)


def take(folder):
    """The body of each message whose name is there, read at once, as a worker does that was waiting for it."""
    for path in folder.glob("*.msg"):
        text = path.read_text()
        path.unlink()
        yield json.loads(text)["body"]


def test_a_message_is_never_seen_before_it_is_whole(tmp_path):
    folder = tmp_path / "messages"
    folder.mkdir()
    options = {"data_folder_in": str(folder), "data_folder_out": str(folder), "control_folder": str(tmp_path / "c")}
    sender = threading.Thread(target=send, args=[options])
    sender.start()
    bodies = []
    while sender.is_alive():
        bodies += take(folder)
    sender.join()
    bodies += take(folder)
    assert (len(bodies), len(set(bodies))) == (MESSAGES, MESSAGES)
    assert list(folder.iterdir()) == []
