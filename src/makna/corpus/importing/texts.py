"""The import of transcripts, field notes and literature: few and small, so in one process and one reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson
import pyarrow as pa

from makna.corpus.disguise.door import Disguised, Door, Doubt
from makna.corpus.disguise.minors import under_18_cue
from makna.corpus.importing.consenting import withheld
from makna.corpus.importing.rows import tokens_of
from makna.corpus.model import AUTHORS, DOCUMENTS, REFERENCES, UNIT_JOIN, UNITS, SourceKind, document_id
from makna.corpus.records import RawDocument, RawTurn


@dataclass(frozen=True)
class Speaker:
    """Whom a label stands for: the researcher, or a participant under a code, with or without consent."""

    role: str  # researcher, participant, other
    code: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    consents: bool = True


@dataclass
class TextRows:
    """The rows of a batch of documents."""

    documents: pa.RecordBatch
    units: pa.RecordBatch
    authors: pa.RecordBatch
    references: pa.RecordBatch
    index: list[str]
    doubts: list[tuple[int, Doubt]]
    classes: Counter[str]
    minors: int
    withheld: int


class TextImport:
    """Turns documents into rows. *known* are participant codes that already have an author id."""

    def __init__(
        self, door: Door, batch: int, known: Mapping[str, int], *, keep_minors: bool = False
    ) -> None:
        self._door, self._batch, self._known, self._keep_minors = door, batch, dict(known), keep_minors
        self._documents: list[dict[str, Any]] = []
        self._units: list[dict[str, Any]] = []
        self._authors: dict[str, dict[str, Any]] = {}
        self._references: list[dict[str, Any]] = []
        self._doubts: list[tuple[int, Doubt]] = []
        self._classes: Counter[str] = Counter()
        self._minors = self._withheld = 0

    def add(self, raw: RawDocument, speakers: Mapping[str, Speaker]) -> None:
        """Take one document in; *speakers* says whom each label stands for."""
        if self._stays_out(raw):
            self._minors += 1
            return
        ordinal = len(self._documents)
        document = document_id(self._batch, ordinal)
        turns = [t for t in raw.turns if t.text.strip()]
        through = self._through(turns, speakers)
        language = self._add_units(document, raw.kind, turns, through, speakers)
        codes = [s.code for s in speakers.values() if s.code]
        self._documents.append(
            {
                "document_id": document,
                "batch": self._batch,
                "kind": raw.kind.value,
                "title": self._title(raw, codes),
                "language": language,
                "author_id": self._author(speakers, codes[0]) if len(set(codes)) == 1 else None,
                "parent_missing": False,
                "relation": "none",
                "sent_on": _day(raw.date),
                "media": [],
                "context": False,
                "length": len(UNIT_JOIN[raw.kind].join(d.text for d in through)),
            }
        )
        if raw.csl is not None:
            self._references.append({"document_id": document, "key": raw.key, "csl": _json(raw.csl)})

    def _stays_out(self, raw: RawDocument) -> bool:
        """An under-18 cue in what is observed or told about the speaker keeps an interview or a note out."""
        told = raw.kind is SourceKind.INTERVIEW and not self._keep_minors
        return told and any(under_18_cue(t.text) for t in raw.turns)

    def _through(self, turns: Sequence[RawTurn], speakers: Mapping[str, Speaker]) -> list[Disguised]:
        done = self._door.disguise([t.text for t in turns])
        for n, turn in enumerate(turns):
            speaker = speakers.get(turn.speaker or "")
            if speaker is not None and not speaker.consents:
                done[n] = withheld()
                self._withheld += 1
            self._classes.update(done[n].classes)
        return done

    def _add_units(
        self,
        document: int,
        kind: SourceKind,
        turns: Sequence[RawTurn],
        through: Sequence[Disguised],
        speakers: Mapping[str, Speaker],
    ) -> str:
        _tokens, _index, languages = tokens_of([d.text for d in through])
        start = 0
        for ordinal, (turn, done) in enumerate(zip(turns, through, strict=True)):
            speaker = speakers.get(turn.speaker or "")
            unit = document_id(self._batch, len(self._units))
            self._doubts += [(unit, doubt) for doubt in done.doubts]
            self._units.append(
                {
                    "unit_id": unit,
                    "document_id": document,
                    "ordinal": ordinal,
                    "start": start,
                    "end": start + len(done.text),
                    "author_id": self._author(speakers, speaker.code) if speaker and speaker.code else None,
                    "role": speaker.role if speaker else None,
                    "text": done.text,
                }
            )
            start += len(done.text) + len(UNIT_JOIN[kind])
        return Counter(languages).most_common(1)[0][0] if languages else "und"

    def _author(self, speakers: Mapping[str, Speaker], code: str) -> int:
        if code not in self._authors:
            fresh = document_id(self._batch, len(self._authors))
            speaker = next(s for s in speakers.values() if s.code == code)
            self._authors[code] = {
                "author_id": self._known.get(code, fresh),
                "pseudonym": code,
                "participant": True,
                "signs": [],
                "emoji": [],
                "bio_tokens": [],
                "attributes": list(speaker.attributes.items()),
            }
        return int(self._authors[code]["author_id"])

    def _title(self, raw: RawDocument, codes: Sequence[str]) -> str | None:
        """A work's own title; the codes of an interview's participants; else the title given, through the door."""
        if raw.kind is SourceKind.LITERATURE:
            return raw.title
        if raw.kind is SourceKind.INTERVIEW and codes:
            return ", ".join(dict.fromkeys(codes))
        return self._door.disguise([raw.title])[0].text if raw.title else None

    def rows(self) -> TextRows:
        """All rows."""
        units = pa.RecordBatch.from_pylist(self._units, _without(UNITS, "tokens"))
        tokens, index, _languages = tokens_of([u["text"] for u in self._units])
        return TextRows(
            documents=pa.RecordBatch.from_pylist(self._documents, DOCUMENTS),
            units=pa.RecordBatch.from_arrays([*units.columns, tokens], schema=UNITS),
            authors=pa.RecordBatch.from_pylist(list(self._authors.values()), AUTHORS),
            references=pa.RecordBatch.from_pylist(self._references, REFERENCES),
            index=index,
            doubts=self._doubts,
            classes=self._classes,
            minors=self._minors,
            withheld=self._withheld,
        )


def _without(schema: pa.Schema, name: str) -> pa.Schema:
    return schema.remove(schema.get_field_index(name))


def _day(stated: str | None) -> date | None:
    """The day that a source states; a month or a year stands for its first day."""
    if not stated:
        return None
    parts = [int(p) for p in stated.split("-")]
    return date(*[*parts, 1, 1][:3])


def _json(csl: Mapping[str, Any]) -> str:
    return orjson.dumps(csl).decode()
