"""Whom the labels of a transcript stand for, by the record and ``participants.toml``; and when a document was made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from makna.corpus.importing.texts import Speaker
from makna.corpus.model import SourceKind
from makna.corpus.readers import dates
from makna.corpus.readers.speakers import OTHER, RESEARCHER, fold, roles
from makna.corpus.records import RawDocument
from makna.errors import ConsentMissing
from makna.i18n import _
from makna.record import participants_file
from makna.record.participants_file import Participant


@dataclass(frozen=True)
class Speaking:
    """Called with each document of *file*: says who speaks, and dates it where it does not date itself.

    A date the researcher states goes before the document's own, that before ``participants.toml``, that before one
    in the file's name. What the record says of a participant (*recorded*) goes before the file; whom the researcher
    *stated* a label to mean ("researcher", "other" or a code) before both.
    Raises :class:`ConsentMissing` for an interview without recorded consent.
    """

    participants_toml: Path
    file: str
    date: str | None = None
    stated: Mapping[str, str] = field(default_factory=dict)
    recorded: Sequence[Participant] = ()
    informant: str | None = None  # whom all labels of an informant mean in this file

    def __call__(self, raw: RawDocument) -> Mapping[str, Speaker]:
        people = self._people(raw) if raw.kind is SourceKind.INTERVIEW else {}
        if raw.kind is not SourceKind.LITERATURE:
            stated = next((p.date for p in people.values() if p.date), None)
            raw.date = self.date or raw.date or stated or dates.in_file_name(self.file)
        if raw.kind is not SourceKind.INTERVIEW:
            return {}
        found = self._speakers(raw, people)
        if not any(s.code and s.consents for s in found.values()):
            raise ConsentMissing(
                _(
                    "{file} is an interview, and neither the record nor participants.toml holds a consent to analysis for"
                    " anyone in it. Record a participant and the consent under Cases and say which label of the file it is,"
                    " or write a [[participant]] with its code, this file and [participant.consent] into {where}."
                ).format(file=self.file, where=self.participants_toml)
            )
        return found

    def labels(self, raw: RawDocument) -> list[tuple[str, int, str]]:
        """Each label of a document with its turns and what it is taken to mean: "researcher", "other" or a code."""
        meant = self._speakers(raw, self._people(raw))
        turns = [turn.speaker or "" for turn in raw.turns]
        return [(label, turns.count(label), who.code or who.role) for label, who in meant.items()]

    def _people(self, raw: RawDocument) -> dict[str, Participant]:
        labels = [t.speaker or "" for t in raw.turns]
        known = self._known()
        found = participants_file.for_file(known, self.file, labels)
        by_code = {one.code: one for one in known}
        meant = {fold(label): who for label, who in self.stated.items()}
        for label in dict.fromkeys(labels):
            who = meant.get(fold(label))
            if who in by_code:
                found[label] = by_code[who]
            elif who is not None:
                found.pop(label, None)
        return found

    def _known(self) -> list[Participant]:
        """Participants of the file, as the record has them where it has them; then those of the record alone."""
        recorded = {one.code: one for one in self.recorded}
        stated = participants_file.read(self.participants_toml)
        known = [
            replace(recorded[one.code], files=one.files, labels=one.labels) if one.code in recorded else one
            for one in stated
        ]
        there = {one.code for one in stated}
        known += [one for one in self.recorded if one.code not in there]
        if self.informant is None:
            return known
        here = {self.informant: (self.file,)}  # the others are known by their codes alone
        return [replace(one, files=here.get(one.code, ()), labels=()) for one in known]

    def _speakers(self, raw: RawDocument, people: Mapping[str, Participant]) -> dict[str, Speaker]:
        labels = list(dict.fromkeys(t.speaker or "" for t in raw.turns))
        codes = {label: p.code for label, p in people.items()}
        overrides = {label: who for label, who in self.stated.items() if who == RESEARCHER}
        played = roles(labels, codes, overrides=overrides, turns=raw.turns, legend=raw.roles)
        played |= {label: OTHER for label in labels if self.stated.get(label) == OTHER}
        found: dict[str, Speaker] = {}
        for label in labels:
            person = people.get(label)
            if person is None:
                role = played.get(label, OTHER)
                found[label] = Speaker(role, consents=role == RESEARCHER)
            else:
                allows = participants_file.consent_allows(person, "analysis", on=date.today())
                found[label] = Speaker("participant", person.code, dict(person.attributes), consents=allows)
        return found
