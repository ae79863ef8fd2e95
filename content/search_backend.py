"""Wagtail's database search, for whatever somebody types into a search field, titles before everything else."""

from wagtail.search.backends import database

# So much more does a word weigh in a title than below it. SQLite gives a millionth to what half of all pages say.
TITLE, TITLE_ON_SQLITE = 10**3, 10**9


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
            return [(title, TITLE), *others]

    return {"SQLiteSearchQueryCompiler": OnSqlite, "PostgresSearchQueryCompiler": OnPostgresql}.get(
        usual.__name__, usual
    )


def _sqlite_rank():
    """Smallest first; the library's own treats all columns alike, and multiplies as if its ranks were positive."""
    # Imported here: it asks for a table that only SQLite has.
    from modelsearch.backends.database.sqlite.query import BM25, SQLiteFTSIndexEntry

    class Rank(BM25):
        def as_sql(self, compiler, connection, function=None, template=None):
            table = SQLiteFTSIndexEntry._meta.db_table
            # The columns are autocomplete, body and title.
            return f"({TITLE_ON_SQLITE} * bm25({table}, 0, 0, 1) + bm25({table}, 0, 1, 0))", []

    return Rank()
