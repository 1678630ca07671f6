"""The door: texts in, disguised texts out. Pure but for the key it is given.

Texts are taken many at a time. One pass over all of them finds the roster's names and the words that announce an
identifier; only texts that may hold one are read by the recognisers. What only the second, independent scan sees
becomes ⟦?⟧ with a doubt for a person to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from makna.corpus.disguise import second_scan
from makna.corpus.disguise.gate import Gate, Glance
from makna.corpus.disguise.harmless import Harmless
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.normalise import BAR, View, view
from makna.corpus.disguise.pseudonyms import Pseudonyms
from makna.corpus.disguise.recognise import MANY, all_hits, link
from makna.corpus.disguise.recognise.base import Hit, Reading
from makna.corpus.disguise.replace import class_of, merge, neutralise, neutralised, replace, whole_words
from makna.corpus.disguise.roster import Roster

LONGEST = 100_000  # code points; a longer text is masked whole and left to a person
_REMEMBERED = 1 << 13
_MOST_TEXTS, _MOST_CHARACTERS = 1_000, 500_000
_PLACEHOLDER = re.compile(r"⟦[^⟦⟧\n]*⟧")
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
    """What the door works with; picklable. *masked_names* is the study's own list of names to mask, *harmless* the MACs of
    spans that were doubted once and found to be nothing, *erased* those of accounts and posts that stay out. *minors_approval*
    states the written approval under which records of minors are kept; without one they stay out.
    """

    key: bytes = field(repr=False)
    masked_names: tuple[str, ...] = field(default=(), repr=False)
    minors_approval: str | None = None
    second_scan: bool = True
    harmless: tuple[int, ...] = ()
    erased: frozenset[int] = field(default=frozenset(), repr=False)

    @property
    def keep_minors(self) -> bool:
        """Whether records of minors are kept."""
        return bool(self.minors_approval)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A span that only the second scan saw: where its ⟦?⟧ stands in the disguised text, its raw words, the reason."""

    start: int
    end: int
    span: str = field(repr=False)
    reason: str


class Disguised(NamedTuple):
    """A text after the door, what was replaced by class, and what is doubtful."""

    text: str
    classes: Mapping[str, int]
    doubts: Sequence[Doubt]


class Door:
    """Disguises texts by *settings*, the batch's *roster* and the study's *pseudonyms*. Picklable."""

    def __init__(self, settings: DoorSettings, roster: Roster, pseudonyms: Pseudonyms) -> None:
        self._settings, self._roster, self._pseudonyms = settings, roster, pseudonyms
        self._macs = Macs(settings.key)
        self._shown: dict[str, str] = {}  # label of an account -> what stands for it
        self._harmless = Harmless(self._macs, settings.harmless)
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
        kept = placeholders if placeholders is not None else [()] * len(texts)
        led = links if links is not None else [{}] * len(texts)
        out: list[Disguised] = []
        for part in _parts(texts):
            out += self._part(texts[part], led[part], kept[part])
        return out

    def _part(
        self, texts: Sequence[str], links: Sequence[Mapping[str, str]], kept: Sequence[Spans]
    ) -> list[Disguised]:
        clean = neutralised(texts)
        if any(kept):
            clean = [
                _barred(text, spans) if spans else done
                for done, text, spans in zip(clean, texts, kept, strict=True)
            ]
        glances = self._gate.look([text if len(text) <= LONGEST else "" for text in clean])
        out = []
        for i, (text, glance) in enumerate(zip(clean, glances, strict=True)):
            if len(text) > LONGEST:
                out.append(Disguised("⟦?⟧", {"?": 1}, (Doubt(0, 3, texts[i], "too long to read"),)))
                continue
            if glance is None:
                done = Disguised(text, {}, ())
            elif glance.bits or glance.names:
                done = self._one(text, glance, links[i])
            else:
                done = self._only_mentions(text, glance)
            out.append(_restored(done, texts[i], kept[i]) if kept[i] else done)
        return out

    def _one(self, text: str, glance: Glance, links: Mapping[str, str]) -> Disguised:
        found = self._found(text, glance, links)
        if not found:
            return self._scanned(text, {}, [], glance)
        done, classes, placed = replace(text, merge(found), self._name)
        return self._scanned(done, classes, placed, glance)

    def _found(self, text: str, glance: Glance, links: Mapping[str, str]) -> list[Hit]:
        """What recognisers, plain mentions and known names find, in source offsets; some may overlap."""
        found = self._recognised(text, glance, links) if glance.bits else []
        found += glance.mentions
        if glance.names:
            found += _fitting(glance.names, found, text)
        return found

    @staticmethod
    def _recognised(text: str, glance: Glance, links: Mapping[str, str]) -> list[Hit]:
        reading = Reading(view(text) if glance.plain is None else View(glance.plain), text)
        found = all_hits(reading, glance.bits)
        if reading.view.starts is not None:
            found = [_in_source(hit, reading) for hit in found]
        found = [Hit(*whole_words(text, hit.start, hit.end), hit.label) for hit in found]
        return _without_parts([_led(hit, text, links) for hit in found], text, links) if links else found

    def hits(self, text: str) -> list[Hit]:
        """Where a typed *text* seems to hold an identifier, by class; the door's own placeholders in it are none.

        Disjoint, in order, code points; what only the second scan sees has the class "?".
        """
        clean = _barred(text, [match.span() for match in _PLACEHOLDER.finditer(text)])
        glance = self._gate.look([clean])[0] or Glance(0)
        found = merge(self._found(clean, glance, {}))
        spans = [(hit.start, hit.end) for hit in found]
        doubts = second_scan.scan(clean, spans) if self._settings.second_scan else []
        seen = [
            Hit(*whole_words(clean, start, end), "?")
            for start, end, _why in self._harmless.rest(clean, doubts)
        ]
        return sorted([*(Hit(h.start, h.end, class_of(h.label)) for h in found), *seen])

    def _only_mentions(self, text: str, glance: Glance) -> Disguised:
        """A text in which nothing but plain mentions can be: no recogniser reads it."""
        done, classes, placed = replace(text, glance.mentions, self._name)
        return self._scanned(done, classes, placed, glance)

    def _scanned(
        self, text: str, classes: dict[str, int], placed: list[tuple[int, int]], glance: Glance
    ) -> Disguised:
        if not self._settings.second_scan:
            return Disguised(text, classes, ())
        spans = second_scan.scan(text, placed, figures=bool(glance.bits & MANY))
        return _doubtful(text, classes, self._harmless.rest(text, spans) if spans else spans)

    def _name(self, label: str) -> str:
        if label[0] not in "@#":
            return label.removeprefix("=")
        if label not in self._shown:
            if len(self._shown) >= _REMEMBERED:
                self._shown.clear()
            self._shown[label] = self._pseudonym(label)
        return self._shown[label]

    def _pseudonym(self, label: str) -> str:
        account = int(label[1:]) if label[0] == "#" else self._macs.mac("handle", label[1:].casefold())
        return "account" if account in self._settings.erased else f"@{self._pseudonyms.of(account)}"


def _parts(texts: Sequence[str]) -> Iterator[slice]:
    """Slices of at most a thousand texts, or half a million characters, so that memory stays flat."""
    first = size = 0
    for i, text in enumerate(texts):
        size += len(text)
        if i - first >= _MOST_TEXTS or (size > _MOST_CHARACTERS and i > first):
            yield slice(first, i)
            first, size = i, len(text)
    if first < len(texts):
        yield slice(first, len(texts))


def _fitting(names: Sequence[Hit], found: list[Hit], text: str) -> list[Hit]:
    """Known names, without those that are only a part of a longer handle somebody mentions."""
    mentions = [hit for hit in found if hit.label[0] == "@"]
    return [name for name in names if not any(_part_of(name, mention, text) for mention in mentions)]


def _part_of(name: Hit, mention: Hit, text: str) -> bool:
    if name.end <= mention.start or mention.end <= name.start:
        return False
    begins_late = any(char.isalnum() for char in text[mention.start : name.start])
    goes_on = name.end < mention.end and text[name.end] != "."
    return begins_late or goes_on


def _in_source(hit: Hit, reading: Reading) -> Hit:
    start, end = reading.view.source(hit.start, hit.end)
    return Hit(start, end, hit.label)


def _led(hit: Hit, text: str, links: Mapping[str, str]) -> Hit:
    """A link hit labelled by where the link leads; an account's, where only its handle looks like an address."""
    if not links or not hit.label.startswith(("link", "email")):
        return hit
    written = text[hit.start : hit.end]
    target = links.get(written) or next(
        (to for short, to in links.items() if short and short in written and to[:1] != "@"), None
    )
    if target is None:
        return hit
    if target.startswith("@"):
        return Hit(hit.start - (text[hit.start - 1 : hit.start] == "@"), hit.end, target)
    if hit.label == "email":
        return hit
    kind, _, what = target.partition(":")
    if kind == "media" or target in _MEDIA:
        return Hit(hit.start, hit.end, _MEDIA.get(what or target, "image"))
    return Hit(hit.start, hit.end, link.label(target))


def _without_parts(found: list[Hit], text: str, links: Mapping[str, str]) -> list[Hit]:
    """*found* without what is but a part of the handle of an account that the source names, or a word before it.

    A handle may look like an address: "halo @nama.server.id" is a mention, and no e-mail address of halo's.
    """
    named = [hit for hit in found if hit.label[0] == "@" and links.get(hit.label[1:]) == hit.label]
    if not named:
        return found
    return [h for h in found if not any(_part_of_named(h, n, text) for n in named)]


def _part_of_named(hit: Hit, named: Hit, text: str) -> bool:
    if hit is named or not named.start < hit.end <= named.end:
        return False
    return hit.start >= named.start or (hit.label == "email" and text[named.start - 1].isspace())


def _doubtful(text: str, classes: dict[str, int], spans: list[second_scan.Found]) -> Disguised:
    if not spans:
        return Disguised(text, classes, ())
    out, doubts, at, length = [], [], 0, 0
    for first, last, reason in spans:
        start, end = whole_words(text, first, last)
        if end <= at:
            continue
        start = max(start, at)
        out += [text[at:start], "⟦?⟧"]
        length += start - at
        doubts.append(Doubt(length, length + 3, text[start:end], reason))
        length, at = length + 3, end
        classes["?"] = classes.get("?", 0) + 1
    out.append(text[at:])
    return Disguised("".join(out), classes, tuple(doubts))


def _barred(text: str, spans: Spans) -> str:
    """*text* as the recognisers get it: foreign placeholders neutralised, the door's own behind bars."""
    clean = neutralise(text)
    for start, end in spans:
        clean = clean[:start] + BAR * (end - start) + clean[end:]
    return clean


def _restored(done: Disguised, original: str, spans: Spans) -> Disguised:
    """The door's own earlier placeholders put back over the bars that kept their place."""
    pieces = [original[start:end] for start, end in spans]
    rows = re.split(f"({BAR}+)", done.text)
    for i in range(1, len(rows), 2):
        width, rows[i] = len(rows[i]), ""
        while len(rows[i]) < width:
            rows[i] += pieces.pop(0)
    return Disguised("".join(rows), done.classes, done.doubts)
