"""What the record asks of the corpus: how long a text is, whether it may be coded, whether a typed text identifies."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import ibis
import pyarrow as pa

from makna.corpus import keys
from makna.corpus.disguise.door import Door, DoorSettings
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.pseudonyms import Pseudonyms
from makna.corpus.disguise.roster import Roster
from makna.corpus.kept_lists import NAMES, KeptList
from makna.corpus.model import SourceKind
from makna.errors import NoSuchRow
from makna.i18n import _
from makna.record import participants_file

if TYPE_CHECKING:
    from makna.library.reading import Holding
    from makna.record.acting import Hit


_FEW = 8  # documents that are asked for one by one


class TextsOfRecord:
    """A :class:`makna.record.acting.Corpus` over a study as it stands when it is made."""

    def __init__(self, study: Holding) -> None:
        self._study = study
        self._lengths: dict[int, int] = {}
        self._asked = 0

    def length(self, document: int) -> int:
        """Code points of a document's text; raises NoSuchRow where there is none."""
        if document not in self._lengths:
            self._measure(document)
        if document not in self._lengths:
            raise NoSuchRow(_("The study holds no document {id}.").format(id=document))
        return self._lengths[document]

    def codable(self, document: int) -> bool:
        """Whether every participant who speaks in a document agreed to its analysis, as the record or the file says."""
        from makna.record.consenting import analysis_allowed  # noqa: PLC0415  (needs Django, which is ready now)

        speakers = self._speakers.get(document, ())
        if not speakers:
            return True
        today = date.today()
        recorded = analysis_allowed(self._study.id, speakers, on=today)
        return all(recorded.get(code, self._stated(code, today)) for code in speakers)

    def spoken_by(self, code: str) -> Sequence[int]:
        """The interviews in which the participant of this code speaks."""
        return [document for document, codes in self._speakers.items() if code in codes]

    def accounts(self, authors: Collection[int]) -> set[int]:
        """Those of *authors* that are accounts of the study."""
        if not authors:
            return set()
        wanted = ibis.memtable(pa.table({"wanted": pa.array(sorted(authors), pa.int64())}))
        there = self._study.authors.filter(~self._study.authors.participant)
        found = there.semi_join(wanted, there.author_id == wanted.wanted).select("author_id").distinct()
        return set(self._study.run(found)["author_id"].to_pylist())

    def identifiers(self, text: str) -> Sequence[Hit]:
        """What the door would replace in a typed text."""
        from makna.record.acting import Hit  # noqa: PLC0415  (the record loads when it is first opened)

        return [Hit(*hit) for hit in self._door.hits(text)]

    def _measure(self, document: int) -> None:
        """Ask how long a document is; after some, how long all are: a question for each of many takes longer."""
        self._asked += 1
        table = self._study.documents.select("document_id", "length")
        if self._asked <= _FEW:
            table = table.filter(table.document_id == ibis.literal(document, "int64"))
        rows = self._study.run(table)
        self._lengths |= zip(rows["document_id"].to_pylist(), rows["length"].to_pylist(), strict=True)

    def _stated(self, code: str, today: date) -> bool:
        """Whether the file of participants, where the record does not know one, allows analysis."""
        stated = self._participants.get(code)
        return stated is not None and participants_file.consent_allows(stated, "analysis", on=today)

    @cached_property
    def _speakers(self) -> Mapping[int, list[str]]:
        """Interview -> the codes of the participants who speak in it."""
        documents, units, authors = self._study.documents, self._study.units, self._study.authors
        interviews = documents.filter(documents.kind == SourceKind.INTERVIEW.value)
        who = units.semi_join(interviews, "document_id").inner_join(authors, "author_id")
        rows = self._study.run(who.filter(who.participant).select("document_id", "pseudonym").distinct())
        found: dict[int, list[str]] = {}
        for row in rows.to_pylist():
            found.setdefault(row["document_id"], []).append(row["pseudonym"])
        return found

    @cached_property
    def _participants(self) -> Mapping[str, participants_file.Participant]:
        return {p.code: p for p in participants_file.read(self._study.folder / "participants.toml")}

    @cached_property
    def _door(self) -> Door:
        """The door without a roster: after sealing, or without the key, with a key of the moment."""
        held = keys.exists(self._study.id)
        key = keys.load(self._study.id) if held else secrets.token_bytes(keys.KEY_BYTES)
        names = KeptList(keys.config_folder(), self._study.id, key, what=NAMES).read() if held else ()
        return Door(DoorSettings(key, masked_names=names), Roster.empty(), Pseudonyms(Macs(key)))
