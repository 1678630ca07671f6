"""What researchers make of a study, for scripts and notebooks: codes, codings and memos as tables, written by actions."""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa

from makna.corpus.model import document_text
from makna.errors import NoSuchRow
from makna.i18n import _
from makna.library.apart import apart
from makna.library.reading import Holding
from makna.library.texts_of_record import TextsOfRecord
from makna.record.database import opened

if TYPE_CHECKING:
    from makna.record.acting import Actor

CODES = pa.schema(
    [
        ("code", pa.string()), ("parent", pa.string()), ("definition", pa.string()), ("origin", pa.string()),
        ("cycle", pa.string()), ("codings", pa.int64()),
    ]
)  # fmt: skip
CODINGS = pa.schema(
    [
        ("coding", pa.int64()), ("code", pa.string()), ("coder", pa.string()), ("document_id", pa.int64()),
        ("start", pa.int64()), ("end", pa.int64()), ("text", pa.string()),
    ]
)  # fmt: skip
MEMOS = pa.schema(
    [
        ("memo", pa.int64()), ("kind", pa.string()), ("title", pa.string()), ("text", pa.string()),
        ("author", pa.string()), ("code", pa.string()), ("coding", pa.int64()), ("document_id", pa.int64()),
    ]
)  # fmt: skip
ACTIVITY = pa.schema(
    [
        ("event", pa.int64()), ("at", pa.timestamp("us", "UTC")), ("person", pa.string()), ("action", pa.string()),
        ("way", pa.string()), ("rows", pa.int64()),
    ]
)  # fmt: skip


class Interpreting(Holding):
    """A study with its record. Codes are called by their names, which are unique in a study whatever their case."""

    @contextmanager
    def _acting(self) -> Iterator[Actor]:
        """Whoever runs this program, in the open record of this library."""
        with opened(self.folder.parents[1]):
            from makna.record.acting import Actor  # noqa: PLC0415  (needs Django, which is ready now)
            from makna.record.actions.begin_study import begin_study  # noqa: PLC0415
            from makna.record.models import Person  # noqa: PLC0415

            me, _new = Person.objects.get_or_create(username=getpass.getuser())
            yield Actor(me, begin_study(self.id, me), TextsOfRecord(self))

    @apart
    def codes(self) -> pa.Table:
        """The codebook (schema CODES), in the order of the tree's names."""
        with self._acting() as actor:
            from makna.record.queries.passages import counts  # noqa: PLC0415  (needs Django, which is ready now)

            many = counts(actor)
            rows = actor.study.codes.select_related("parent").order_by("name")
            return pa.Table.from_pylist(
                [
                    {
                        "code": row.name, "parent": row.parent.name if row.parent else None, "origin": row.origin,
                        "definition": row.definition, "cycle": row.cycle,
                        "codings": many[row.pk].codings if row.pk in many else 0,
                    }
                    for row in rows
                ],
                CODES,
            )  # fmt: skip

    @apart
    def codings(self, code: str | None = None) -> pa.Table:
        """All codings, or those of one code, with the words they stand on (schema CODINGS), in the order of the texts."""
        with self._acting() as actor:
            from makna.record.queries.passages import seen  # noqa: PLC0415

            rows = seen(actor).select_related("code", "coder", "source")
            if code is not None:
                rows = rows.filter(code=code_id(actor, code))
            found = [
                {
                    "coding": row.pk, "code": row.code.name, "coder": row.coder.username,
                    "document_id": row.source.document, "start": row.start, "end": row.end,
                }
                for row in rows.order_by("source__document", "start", "end", "pk")
            ]  # fmt: skip
        texts = self._whole_texts({row["document_id"] for row in found})
        for row in found:
            row["text"] = texts.get(row["document_id"], "")[row["start"] : row["end"]]
        return pa.Table.from_pylist(found, CODINGS)

    @apart
    def memos(self) -> pa.Table:
        """All memos (schema MEMOS), the oldest first."""
        with self._acting() as actor:
            from makna.record.rounds import memos_seen_by  # noqa: PLC0415

            rows = memos_seen_by(actor.person, actor.study.memos.all())
            rows = rows.select_related("author", "code", "source").order_by("pk")
            return pa.Table.from_pylist(
                [
                    {
                        "memo": row.pk, "kind": row.kind, "title": row.title, "text": row.text,
                        "author": row.author.username, "code": row.code.name if row.code else None,
                        "coding": row.coding_id, "document_id": row.source.document if row.source else None,
                    }
                    for row in rows
                ],
                MEMOS,
            )  # fmt: skip

    @apart
    def activity(self, *, limit: int = 100) -> pa.Table:
        """Who did what (schema ACTIVITY), the latest first."""
        with self._acting() as actor:
            rows = actor.study.events.select_related("person").order_by("-pk")[:limit]
            return pa.Table.from_pylist(
                [
                    {
                        "event": row.pk, "at": row.at, "person": row.person.username, "action": row.action,
                        "way": row.way, "rows": len(row.changes),
                    }
                    for row in rows
                ],
                ACTIVITY,
            )  # fmt: skip

    @apart
    def add_code(
        self, name: str, *, parent: str | None = None, origin: str = "researcher", definition: str = ""
    ) -> None:
        """Add a code to the codebook."""
        with self._acting() as actor:
            from makna.record.actions.add_code import add_code  # noqa: PLC0415

            above = code_id(actor, parent) if parent is not None else None
            add_code(actor, name, parent=above, origin=origin, definition=definition)

    @apart
    def add_codings(self, code: str, passages: pa.Table | Iterable[tuple[int, int, int]]) -> int:
        """Code passages: (document_id, start, end) each, or a table with these columns such as the hits of a search.

        Returns how many codings are new; one's own that stand already are left as they are. One undo takes all back.
        """
        with self._acting() as actor:
            from makna.record.actions.add_codings import add_codings  # noqa: PLC0415

            return len(add_codings(actor, code_id(actor, code), passages_of(passages)))

    @apart
    def write_memo(self, text: str, *, kind: str = "theoretical", title: str = "", code: str | None = None,
                   document: int | None = None, finding: int | None = None) -> None:  # fmt: skip
        """Write a memo on a code, a document, a finding or the study."""
        with self._acting() as actor:
            from makna.record.actions.write_memo import write_memo  # noqa: PLC0415

            about = code_id(actor, code) if code is not None else None
            write_memo(actor, text, kind=kind, title=title, code=about, document=document, finding=finding)

    @apart
    def undo(self) -> bool:
        """Take back the last thing done by whoever runs this program; whether there was one."""
        with self._acting() as actor:
            from makna.record.history import undo  # noqa: PLC0415

            return undo(actor) is not None

    @apart
    def redo(self) -> bool:
        """Do again what was undone last; whether there was something."""
        with self._acting() as actor:
            from makna.record.history import redo  # noqa: PLC0415

            return redo(actor) is not None

    def _whole_texts(self, documents: set[int]) -> Mapping[int, str]:
        """Document -> its text."""
        if not documents:
            return {}
        wanted = ibis.memtable(pa.table({"wanted": pa.array(sorted(documents), pa.int64())}))
        d, u = self.documents, self.units
        kinds = self.run(d.semi_join(wanted, d.document_id == wanted.wanted).select("document_id", "kind"))
        units = u.semi_join(wanted, u.document_id == wanted.wanted).order_by("document_id", "ordinal")
        parts: dict[int, list[str]] = {}
        for row in self.run(units.select("document_id", "text", "ordinal")).to_pylist():
            parts.setdefault(row["document_id"], []).append(row["text"])
        return {
            k["document_id"]: document_text(parts.get(k["document_id"], []), k["kind"])
            for k in kinds.to_pylist()
        }


def code_id(actor: Actor, name: str) -> int:
    """The id of the code with this name; raises NoSuchRow with the codes there are."""
    found = actor.study.codes.filter(name__iexact=name.strip()).first()
    if found is None:
        there = ", ".join(actor.study.codes.order_by("name").values_list("name", flat=True)[:20]) or "–"
        raise NoSuchRow(
            _("There is no code named {name}. There are: {there}.").format(name=name, there=there)
        )
    return int(found.pk)


def passages_of(given: pa.Table | Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """(document_id, start, end) of each passage of a table, or of what is such a list already."""
    if not isinstance(given, pa.Table):
        return [(int(document), int(start), int(end)) for document, start, end in given]
    columns: list[list[Any]] = [given[name].to_pylist() for name in ("document_id", "start", "end")]
    return list(zip(*columns, strict=True))
