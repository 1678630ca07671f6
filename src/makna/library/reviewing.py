"""What the door doubted, put before a person: the doubts, their decisions, and what carrying them out changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import ibis
import pyarrow as pa

from makna.corpus import keys
from makna.corpus.disguise.doubts import DoubtFiles, KeptDoubt
from makna.corpus.disguise.harmless import form_of
from makna.corpus.disguise.macs import Macs
from makna.corpus.erasure.plan import Journal, Revision
from makna.corpus.kept_lists import EVERYWHERE, HARMLESS, NAMES
from makna.corpus.reviewing import decisions
from makna.corpus.reviewing.applying import Batch, Carried, Everywhere, Progress
from makna.corpus.reviewing.decisions import Decision
from makna.errors import DoorError
from makna.i18n import _
from makna.library import finishing
from makna.library.custody import Guarded

CONTEXT = 80  # code points either side of a doubt
DOUBTS = pa.schema(
    [
        ("batch", pa.int32()),
        ("unit_id", pa.int64()),
        ("document_id", pa.int64()),
        ("start", pa.int32()),  # of its ⟦?⟧, code points into the unit's text
        ("span", pa.string()),  # the words themselves: for the eyes of whoever decides, never for a file
        ("reason", pa.string()),
        ("left", pa.string()),
        ("right", pa.string()),
        ("decision", pa.string()),  # null while it is open
    ]
)


class Reviewing(Guarded):
    """A study whose doubts are decided."""

    def doubts(self) -> pa.Table:
        """All doubts that were not carried out yet (schema DOUBTS), in the order of the corpus.

        They hold the raw words: whoever decides must see them. A sealed study has none.
        """
        if self.sealed:
            return DOUBTS.empty_table()
        rows = [(number, doubt) for number, kept in self._all_doubts() for doubt in kept]
        texts = self._texts(sorted({doubt.unit_id for _number, doubt in rows}))
        return pa.Table.from_pylist(
            [_row(number, doubt, *texts[doubt.unit_id]) for number, doubt in rows], DOUBTS
        )

    def decide(self, unit_id: int, start: int, decision: str | None) -> None:
        """Note what becomes of the doubt that stands there; :meth:`carry_out` does it. None takes a decision back.

        *decision* is ``mask:CLASS``, ``keep``, ``everywhere:CLASS`` (mask the words wherever they stand, now and in
        later imports) or ``never`` (keep them, here and wherever else they are doubted, now and later).
        Raises :class:`DoorError`.
        """
        wanted = Decision.read(decision) if decision else None
        with self._writing(_("review")):
            files = self._doubts(keys.load(self.id))
            for number, kept in self._all_doubts():
                at = next((i for i, d in enumerate(kept) if (d.unit_id, d.start) == (unit_id, start)), None)
                if at is not None:
                    if wanted:
                        wanted.check(kept[at].reason)
                    kept[at] = replace(kept[at], decided=decision)
                    files.keep(number, kept, self._store.manifest(number).revision)
                    return
        raise DoorError(_("No doubt stands at {start} in unit {unit}.").format(start=start, unit=unit_id))

    def carry_out(self, *, progress: Progress = lambda stage, size: None) -> Carried:
        """Carry out what was decided: batches are written anew, ids unchanged, and what is decided is forgotten.

        Each batch changes whole or not at all; what a crash left undone is done by the next call.
        """
        self._refuse_sealed()
        with self._writing(_("review")):
            key = keys.load(self.id)
            files, pending = self._doubts(key), self._kept(EVERYWHERE)
            self._store.tidy()
            decided = [
                (d, Decision.read(d.decided)) for _n, kept in self._all_doubts() for d in kept if d.decided
            ]
            pending.add(f"{what.label}:{d.span}" for d, what in decided if what.verb == decisions.EVERYWHERE)
            words = {word: label for label, _c, word in (entry.partition(":") for entry in pending.read())}
            harmless = {form_of(d.span) for d, what in decided if what.verb == decisions.NEVER}
            self._kept(NAMES).add(words)
            macs = Macs(key)
            self._kept(HARMLESS).add(str(macs.mac("part", form)) for form in harmless)
            same = self._spread(files, words, harmless)
            carried = self._written(files, Everywhere(key, words) if words else None, progress)
            self._index.catch_up()
            for number in self._store.numbers():
                files.forget_others(number, self._store.manifest(number).revision)
            pending.destroy()
        kept = [what.keeps for _d, what in [*decided, *same]]
        return replace(carried, decided=len(kept), kept=sum(kept), masked=len(kept) - sum(kept))

    def _written(self, files: DoubtFiles, finder: Everywhere | None, progress: Progress) -> Carried:
        elsewhere, written = 0, []
        for number in self._store.numbers():
            batch = Batch(self._store, files, number)
            elsewhere += batch.mask(finder, progress) if finder else 0
            relocated = self._coded_places(batch.texts_edited())
            if relocated:
                revision = batch.manifest.revision
                Journal(self.folder).begin(Revision(number, revision, relocated=relocated, mark=uuid4().hex))
            if batch.write():
                written.append(number)
            if relocated:
                finishing.finish(self._workshop())
        return Carried(elsewhere=elsewhere, batches=tuple(written))

    def _spread(
        self, files: DoubtFiles, words: dict[str, str], harmless: set[str]
    ) -> list[tuple[KeptDoubt, Decision]]:
        """Decide the open doubts whose words were decided for everywhere; returns them."""
        forms = {form_of(word): f"{decisions.MASK}:{label}" for word, label in words.items()}
        forms |= dict.fromkeys(harmless, decisions.KEEP)
        spread: list[tuple[KeptDoubt, Decision]] = []
        if not forms:
            return spread
        for number, kept in self._all_doubts():
            for i, doubt in enumerate(kept):
                decision = forms.get(form_of(doubt.span))
                if decision and not doubt.decided and doubt.reason != decisions.TOO_LONG:
                    kept[i] = replace(doubt, decided=decision)
                    spread.append((kept[i], Decision.read(decision)))
            files.keep(number, kept, self._store.manifest(number).revision)
        return spread

    def _all_doubts(self) -> Iterator[tuple[int, list[KeptDoubt]]]:
        files = self._doubts(keys.load(self.id))
        for number in files.batches():
            if number in self._store.numbers():
                yield number, files.read(number, self._store.manifest(number).revision)

    def _texts(self, units: list[int]) -> dict[int, tuple[int, str]]:
        """Unit -> (its document, its text)."""
        if not units:
            return {}
        table = self.units
        wanted = ibis.memtable(pa.table({"wanted": pa.array(units, pa.int64())}))
        found = self.run(
            table.semi_join(wanted, table.unit_id == wanted.wanted).select("unit_id", "document_id", "text")
        )
        return {row["unit_id"]: (row["document_id"], row["text"]) for row in found.to_pylist()}


def _row(number: int, doubt: KeptDoubt, document: int, text: str) -> dict[str, object]:
    return {
        "batch": number, "unit_id": doubt.unit_id, "document_id": document, "start": doubt.start,
        "span": doubt.span, "reason": doubt.reason, "decision": doubt.decided,
        "left": text[max(0, doubt.start - CONTEXT) : doubt.start], "right": text[doubt.end : doubt.end + CONTEXT],
    }  # fmt: skip
