"""Searching a study: the concordance, and what a page or a script makes of it."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from makna.corpus.model import SourceKind
from makna.corpus.query import Query, parse
from makna.corpus.search import Found
from makna.i18n import _
from makna.library.custody import Guarded
from makna.library.queries import refuse_identifiers


class Searching(Guarded):
    """A study with its index, brought up to date when somebody searches."""

    def search(
        self, query: str, *, kinds: Sequence[str] = (), limit: int = 20, offset: int = 0, ranked: bool = True
    ) -> pa.Table:
        """A page of the concordance (schema ``makna.corpus.search.HITS``); refuses what identifies a person."""
        asked, chosen = self._asked(query), [SourceKind(k) for k in kinds]
        hits = self._index.page(asked, kinds=chosen, limit=limit, offset=offset, ranked=ranked)
        if not self._store.files("joins"):
            return hits
        column = hits.schema.get_field_index("author_id")
        return hits.set_column(
            column, hits.schema.field(column), self._tables().authors_now(hits["author_id"])
        )

    def count(self, query: str, *, kinds: Sequence[str] = ()) -> int:
        """How many units match; refuses as :meth:`search` does."""
        return self._index.count(self._asked(query), kinds=[SourceKind(k) for k in kinds])

    def found(
        self, query: str, *, kinds: Sequence[str] = (), limit: int = 20, offset: int = 0, ranked: bool = True
    ) -> list[Found]:
        """A page of the units that match, before anybody looks where in them the words stand."""
        asked, chosen = self._asked(query), [SourceKind(k) for k in kinds]
        there = self._index.found(asked, kinds=chosen, limit=limit, offset=offset, ranked=ranked)
        if not self._store.files("joins"):
            return there
        now = self._tables().authors_now(pa.array([one.author for one in there], pa.int64())).to_pylist()
        return [one._replace(author=author) for one, author in zip(there, now, strict=True)]

    def _asked(self, query: str) -> Query:
        refuse_identifiers(query)
        if any(self._index.missing()):
            with self._writing(_("bring the index up to date")):
                self._index.catch_up()
        return parse(query)
