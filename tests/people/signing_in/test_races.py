"""What must hold when many try at the same moment."""

import threading

from django.test import Client

from learning.caches import FileCache

from .. import factory
from ..factory import PASSWORD
from .doors import sign_in


def test_many_tries_at_the_same_moment_are_no_more_than_five(committed_database):
    factory.person("Ana-7", password=PASSWORD)
    answers, start = [], threading.Barrier(12)

    def attempt():
        start.wait()
        answers.append(sign_in(Client(), "Ana-7", "wrong").status_code)

    threads = [threading.Thread(target=attempt) for _number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count(200) <= 5
    assert answers.count(429) == 12 - answers.count(200)


def test_of_many_who_add_a_key_at_once_one_does(tmp_path):
    start, added = threading.Barrier(8), []

    def add(key):
        cache = FileCache(str(tmp_path / "cache"), {})
        start.wait()
        added.append((key, cache.add(key, 1)))

    for key in range(30):
        threads = [threading.Thread(target=add, args=(key,)) for _number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [sum(done for name, done in added if name == key) for key in range(30)] == [1] * 30
