"""The door: texts in, disguised texts out. Pure but for the key it is given.

Texts are taken many at a time. One pass over all of them finds the roster's names and the words that announce an
identifier; only texts that may hold one are read by the recognisers. What only the second, independent scan sees
becomes ⟦?⟧ with a doubt for a person to decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from makna.corpus.disguise import second_scan
from makna.corpus.disguise.gate import Gate, Glance
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.normalise import BARRIER, view
from makna.corpus.disguise.pseudonyms import Pseudonyms
from makna.corpus.disguise.recognise import all_hits, link
from makna.corpus.disguise.recognise.base import Hit, Reading
from makna.corpus.disguise.replace import merge, neutralise, replace
from makna.corpus.disguise.roster import Roster

LONGEST = 200_000  # code points; a longer text is masked whole and left to a person
Spans = Sequence[tuple[int, int]]
_MEDIA = {
    "image": "image",
    "photo": "image",
    "video": "video",
    "animation": "video",
    "voice": "voice",
    "audio": "voice",
}


@dataclass(frozen=True)
class DoorSettings:
    """What the door works with; picklable. *masked_names* is the study's own list of names to mask."""

    key: bytes = field(repr=False)
    masked_names: tuple[str, ...] = field(default=(), repr=False)
    keep_minors: bool = False
    second_scan: bool = True


@dataclass(frozen=True, slots=True)
class Doubt:
    """A span that only the second scan saw: where its ⟦?⟧ stands in the disguised text, its raw words, the reason."""

    start: int
    end: int
    span: str = field(repr=False)
    reason: str


@dataclass(frozen=True, slots=True)
class Disguised:
    """A text after the door, what was replaced by class, and what is doubtful."""

    text: str
    classes: Mapping[str, int]
    doubts: Sequence[Doubt]


class Door:
    """Disguises texts by *settings*, the batch's *roster* and the study's *pseudonyms*. Picklable."""

    def __init__(self, settings: DoorSettings, roster: Roster, pseudonyms: Pseudonyms) -> None:
        self._settings, self._roster, self._pseudonyms = settings, roster, pseudonyms
        self._macs = Macs(settings.key)
        self._gate = Gate(self._macs, roster, settings.masked_names)

    def __reduce__(self) -> tuple[type[Door], tuple[DoorSettings, Roster, Pseudonyms]]:
        return Door, (self._settings, self._roster, self._pseudonyms)

    def disguise(
        self,
        texts: Sequence[str],
        links: Sequence[Mapping[str, str]] | None = None,
        *,
        placeholders: Sequence[Spans] | None = None,
    ) -> list[Disguised]:
        """Each text disguised, in order.

        *links* gives per text what its short links lead to (or "media"). *placeholders* tells, for texts that came
        through the door before, where its own placeholders stand (code-point spans): these are left as they are.
        """
        clean = [neutralise(text) if "⟦" in text or "⟧" in text else text for text in texts]
        if placeholders is not None:
            clean = [_barred(text, spans) for text, spans in zip(clean, placeholders, strict=True)]
        glances = self._gate.look(clean)
        out = []
        for i, (text, glance) in enumerate(zip(clean, glances, strict=True)):
            kept = placeholders[i] if placeholders is not None else ()
            if glance is None and not kept:
                out.append(Disguised(text, {}, ()))
            else:
                done = self._one(text, glance, links[i] if links else {})
                out.append(_restored(done, texts[i], kept) if kept else done)
        return out

    def _one(self, text: str, glance: Glance | None, links: Mapping[str, str]) -> Disguised:
        if len(text) > LONGEST:
            return Disguised("⟦?⟧", {"?": 1}, (Doubt(0, 3, text, "too long to read"),))
        if glance is None:
            return Disguised(text, {}, ())
        reading = Reading(view(text), text)
        found = [_in_source(hit, reading) for hit in all_hits(reading, glance.bits)]
        found = [_led(hit, text, links) for hit in found]
        if not found and not glance.names:
            return self._scanned(text, Counter(), [])
        hits = merge(found + [Hit(*name) for name in glance.names])
        done, classes, placed = replace(text, hits, self._name)
        return self._scanned(done, classes, placed)

    def _scanned(self, text: str, classes: Counter[str], placed: list[tuple[int, int]]) -> Disguised:
        if not self._settings.second_scan:
            return Disguised(text, dict(classes), ())
        return _doubtful(text, classes, placed)

    def _name(self, label: str) -> str:
        if label[0] not in "@#":
            return label
        account = int(label[1:]) if label[0] == "#" else self._gate.account(label[1:])
        return "account" if account == 0 else f"@{self._pseudonyms.of(account)}"


def _in_source(hit: Hit, reading: Reading) -> Hit:
    start, end = reading.view.source(hit.start, hit.end)
    return Hit(start, end, hit.label)


def _led(hit: Hit, text: str, links: Mapping[str, str]) -> Hit:
    """A link hit labelled by where the link leads."""
    if not links or not hit.label.startswith("link"):
        return hit
    target = links.get(text[hit.start : hit.end])
    if target is None:
        return hit
    kind, _, what = target.partition(":")
    if kind == "media":
        return Hit(hit.start, hit.end, _MEDIA.get(what, "image"))
    return Hit(hit.start, hit.end, link.label(target))


def _doubtful(text: str, classes: Counter[str], placed: list[tuple[int, int]]) -> Disguised:
    spans = second_scan.scan(text, placed)
    if not spans:
        return Disguised(text, dict(classes), ())
    out, doubts, at, length = [], [], 0, 0
    for start, end, reason in spans:
        out += [text[at:start], "⟦?⟧"]
        length += start - at
        doubts.append(Doubt(length, length + 3, text[start:end], reason))
        length, at = length + 3, end
        classes["?"] += 1
    out.append(text[at:])
    return Disguised("".join(out), dict(classes), tuple(doubts))


def _barred(text: str, spans: Spans) -> str:
    for start, end in spans:
        text = text[:start] + BARRIER * (end - start) + text[end:]
    return text


def _restored(done: Disguised, original: str, spans: Spans) -> Disguised:
    """The door's own earlier placeholders put back over the bars that kept their place."""
    pieces = iter([original[start:end] for start, end in spans])
    out, text, i = [], done.text, 0
    while i < len(text):
        if text[i] == BARRIER:
            piece = next(pieces)
            out.append(piece)
            i += len(piece)
        else:
            out.append(text[i])
            i += 1
    return Disguised("".join(out), done.classes, done.doubts)
