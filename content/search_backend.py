"""Wagtail's database search, for whatever somebody types into a search field of the admin."""

from wagtail.search.backends import database


def SearchBackend(params):  # noqa: N802 (the name that Wagtail looks for)
    """The backend for the database in use. A lone quotation mark is a syntax error to SQLite, a NUL to PostgreSQL."""
    backend = database.SearchBackend(params)
    search = backend._search

    def search_for_words(compiler_class, query, *args, **kwargs):
        if isinstance(query, str):
            query = query.replace('"', "'").replace("\0", "'")
        return search(compiler_class, query, *args, **kwargs)

    backend._search = search_for_words
    return backend
