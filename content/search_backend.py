"""Wagtail's database search, for whatever somebody types into a search field of the admin."""

from wagtail.search.backends import database

from . import indexing


def SearchBackend(params):  # noqa: N802 (the name that Wagtail looks for)
    """The backend for the database in use. A lone quotation mark is a syntax error to SQLite, a NUL to PostgreSQL."""
    backend = database.SearchBackend(params)
    search = backend._search

    def search_for_words(compiler_class, query, *args, **kwargs):
        if isinstance(query, str):
            query = query.replace('"', "'").replace("\0", "'")
        return search(compiler_class, query, *args, **kwargs)

    add = backend.add

    def add_unless_it_waits(row):
        if indexing.waiting.get() is None:
            add(row)

    backend._search, backend.add = search_for_words, add_unless_it_waits
    return backend
