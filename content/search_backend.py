"""Wagtail's database search, for whatever somebody types into a search field.

Titles come before everything else: those that say most of what was asked, the shortest of these, then the rest.
"""

from django.db.models import F
from wagtail.search.backends import database

# What a word weighs in a title, more in a short one; below it, at most 1 on PostgreSQL, some tens on SQLite.
TITLE, SHORT = 10**3, 10**2
TITLE_ON_SQLITE, SHORT_ON_SQLITE = 10**5, 10**4


def SearchBackend(params):  # noqa: N802 (the name that Wagtail looks for)
    """The backend for the database in use. A lone quotation mark is a syntax error to SQLite, a NUL to PostgreSQL."""
    backend = database.SearchBackend(params)
    backend.query_compiler_class = _titles_first(backend.query_compiler_class)
    search = backend._search

    def search_for_words(compiler_class, query, *args, **kwargs):
        if isinstance(query, str):
            query = query.replace('"', "'").replace("\0", "'")
        return search(compiler_class, query, *args, **kwargs)

    backend._search = search_for_words
    return backend


def _titles_first(usual):
    """The library's compiler, with an order of ours: each database has its own hook for that."""

    class OnSqlite(usual):
        def _build_rank_expression(self, vectors, config):
            return _sqlite_rank()

    class OnPostgresql(usual):
        def get_index_vectors(self, search_query):
            (title, _length), *others = super().get_index_vectors(search_query)
            # The average length of titles, divided by that of this one.
            return [(title, TITLE + SHORT * F("index_entries__title_norm")), *others]

    return {"SQLiteSearchQueryCompiler": OnSqlite, "PostgresSearchQueryCompiler": OnPostgresql}.get(
        usual.__name__, usual
    )


def _sqlite_rank():
    """Smallest first; the library's own treats all columns alike, and multiplies as if its ranks were positive.

    Words of a title are counted by marking them: bm25 weighs them by the length of all that stands below.
    """
    # Imported here: it asks for a table that only SQLite has.
    from modelsearch.backends.database.sqlite.query import BM25, SQLiteFTSIndexEntry

    class Rank(BM25):
        def as_sql(self, compiler, connection, function=None, template=None):
            table = SQLiteFTSIndexEntry._meta.db_table
            # The columns are autocomplete, body and title.
            # The name of the table is a column's here; in a subquery the table itself has another.
            length = f"length(highlight({table}, 2, '', ''))"
            said = f"(length(highlight({table}, 2, '*', '')) - {length})"
            worth = f"({TITLE_ON_SQLITE} + {SHORT_ON_SQLITE} / (1 + {length}))"
            return f"(bm25({table}, 0, 1, 0) - {said} * {worth})", []

    return Rank()
