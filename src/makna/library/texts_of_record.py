"""What the record asks of the corpus: how long a text is, whether it may be coded, whether a typed text identifies."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

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


class TextsOfRecord:
    """A :class:`makna.record.acting.Corpus` over a study as it stands when it is made."""

    def __init__(self, study: Holding) -> None:
        self._study = study

    def length(self, document: int) -> int:
        """Code points of a document's text; raises NoSuchRow where there is none."""
        try:
            return self._lengths[document]
        except KeyError:
            raise NoSuchRow(_("The study holds no document {id}.").format(id=document)) from None

    def codable(self, document: int) -> bool:
        """Whether every participant who speaks in a document agreed to its analysis."""
        today = date.today()
        speakers = [self._participants.get(code) for code in self._speakers.get(document, ())]
        return all(
            p is not None and participants_file.consent_allows(p, "analysis", on=today) for p in speakers
        )

    def identifiers(self, text: str) -> Sequence[Hit]:
        """What the door would replace in a typed text."""
        from makna.record.acting import Hit  # noqa: PLC0415  (the record loads when it is first opened)

        return [Hit(*hit) for hit in self._door.hits(text)]

    @cached_property
    def _lengths(self) -> Mapping[int, int]:
        rows = self._study.run(self._study.documents.select("document_id", "length"))
        return dict(zip(rows["document_id"].to_pylist(), rows["length"].to_pylist(), strict=True))

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
