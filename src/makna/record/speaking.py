"""Whom the labels of a transcript stand for, by ``participants.toml``; and when a document was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from makna.corpus.importing.texts import Speaker
from makna.corpus.model import SourceKind
from makna.corpus.readers import dates
from makna.corpus.readers.speakers import roles
from makna.corpus.records import RawDocument
from makna.errors import ConsentMissing
from makna.i18n import _
from makna.record import participants_file
from makna.record.participants_file import Participant


@dataclass(frozen=True)
class Speaking:
    """Called with each document of *file*: says who speaks, and dates it where it does not date itself.

    A date the researcher states goes before the document's own, that before ``participants.toml``, that before one
    in the file's name. Raises :class:`ConsentMissing` for an interview without recorded consent.
    """

    participants_toml: Path
    file: str
    date: str | None = None

    def __call__(self, raw: RawDocument) -> Mapping[str, Speaker]:
        people = self._people(raw) if raw.kind is SourceKind.INTERVIEW else {}
        if raw.kind is not SourceKind.LITERATURE:
            stated = next((p.date for p in people.values() if p.date), None)
            raw.date = self.date or raw.date or stated or dates.in_file_name(self.file)
        if raw.kind is not SourceKind.INTERVIEW:
            return {}
        found = _speakers(raw, people)
        if not any(s.code and s.consents for s in found.values()):
            raise ConsentMissing(
                _(
                    "{file} is an interview, and participants.toml records no consent to analysis for anyone in it."
                    " Write a [[participant]] with its code, this file and [participant.consent] into {where}."
                ).format(file=self.file, where=self.participants_toml)
            )
        return found

    def _people(self, raw: RawDocument) -> dict[str, Participant]:
        labels = [t.speaker or "" for t in raw.turns]
        known = participants_file.read(self.participants_toml)
        return participants_file.for_file(known, self.file, labels)


def _speakers(raw: RawDocument, people: Mapping[str, Participant]) -> dict[str, Speaker]:
    labels = list(dict.fromkeys(t.speaker or "" for t in raw.turns))
    codes = {label: p.code for label, p in people.items()}
    played = roles(labels, codes, turns=raw.turns, legend=raw.roles)
    found: dict[str, Speaker] = {}
    for label in labels:
        person = people.get(label)
        if person is None:
            role = played.get(label, "other")
            found[label] = Speaker(role, consents=role == "researcher")
        else:
            allows = participants_file.consent_allows(person, "analysis", on=date.today())
            found[label] = Speaker("participant", person.code, dict(person.attributes), consents=allows)
    return found
