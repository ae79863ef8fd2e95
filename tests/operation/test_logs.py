"""What a log line holds: never the rows that a database refused."""

import json
import logging
import sys

from learning import logs


def logged(message):
    try:
        raise ValueError(message)
    except ValueError:
        record = logging.LogRecord("django.request", logging.ERROR, "", 0, "Failed", (), sys.exc_info())
    return json.loads(logs.formatter().format(record))


def test_the_values_that_a_database_refused_are_left_out():
    detail = "DETAIL:  Failing row contains (7, Ana, ana@example.com,\n second line)."
    line = logged(f'duplicate key violates "people_person_number_once"\n{detail}\nCONTEXT:  COPY people, line 1: "Ana"')
    assert line["event"] == "Failed"
    assert line["exception"].endswith('ValueError: duplicate key violates "people_person_number_once"')


def test_what_follows_the_values_stays():
    line = logged("refused\nDETAIL:  Key (number)=(7).\n\nThe above exception was the direct cause.")
    assert line["exception"].endswith("ValueError: refused\n\nThe above exception was the direct cause.")
