"""Numbers however they are written: figures, digit words, leet, doubled, spaced, cut by words and emoji.

A text is read as *atoms*: words that stand for digits. Neighbouring atoms make a *run*, whose digits, groups and
neighbours then decide what it is (:mod:`~makna.corpus.disguise.recognise.number`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce

from makna import wordlists
from makna.corpus.disguise.normalise import BARRIER
from makna.corpus.disguise.recognise import cues, quantities
from makna.corpus.disguise.recognise.base import Reading
from makna.corpus.disguise.recognise.digit_words import atom_of
from makna.corpus.disguise.words import is_common

_WIDEST_GAP = 9
_NUMERALS = wordlists.load("door_numerals")
_BIG, _BRIDGE = _NUMERALS.words("big"), _NUMERALS.words("bridge")
_DONE = 10  # digits of the shortest whole mobile number
_LONGEST, _LONGEST_CALLED, _CALLED, _NEVER, _PIECE = 13, 20, 9, 99, 2
_WIDEST_ASIDE, _MOST_BETWEEN = 30, 3


@dataclass(slots=True)
class Run:
    """Digits that belong together: the digits, the words they stand in (inclusive), and how they are written."""

    digits: str
    first: int
    last: int
    groups: list[str] = field(default_factory=list)
    spelled: int = 0  # atoms that are digit words
    disguised: bool = False  # leet or hidden digits
    faint: int = 0  # digits that are letters and might be speech
    said: list[int] = field(default_factory=list)  # the digits of the digit words, where each is one

    @property
    def mobile(self) -> bool:
        """Whether the digits begin as an Indonesian mobile number does."""
        return self.digits.startswith(("08", "628", "6208", "00628"))


def runs(reading: Reading) -> Iterator[Run]:
    """All runs of the text, in order; runs that words cut apart are joined where they make one whole number."""
    parts: list[Run] = []
    for run in _plain_runs(reading):
        if parts and not _continues(parts, run, reading):
            yield from _settled(parts, reading)
            parts = []
        parts.append(run)
    yield from _settled(parts, reading)


def _settled(parts: list[Run], reading: Reading) -> Iterator[Run]:
    """The parts as one number where they are one: a whole mobile number, or one that a word before it announces."""
    if len(parts) > 1:
        whole = reduce(_joined, parts)
        near = cues.around(reading, whole.first, whole.last)
        called = near.contact or near.messenger or near.bank or near.document
        if len(whole.digits) >= (_DONE - 1 if whole.mobile else _CALLED if called else _NEVER):
            yield whole
            return
    yield from parts


def _continues(parts: list[Run], run: Run, reading: Reading) -> bool:
    first, last = parts[0], parts[-1]
    between = reading.words[last.last + 1 : run.first]
    stretch = reading.text[reading.spans[last.last][1] : reading.spans[run.first][0]]
    if BARRIER in stretch or len(stretch) > _WIDEST_ASIDE or len(between) > _MOST_BETWEEN:
        return False
    if (
        not last.spelled
        and not last.faint
        and quantities.left(reading.text, *_spanned(last, reading), called=True) == 0
    ):
        return False
    size = sum(len(part.digits) for part in parts)
    bridged = bool(between) and all(w in _BRIDGE for w in between)
    if not first.mobile:
        piece = all(len(part.digits) >= _PIECE and not part.spelled for part in (last, run))
        return piece and (bridged or _aside(stretch)) and size + len(run.digits) <= _LONGEST_CALLED
    if size < _DONE:
        return size + len(run.digits) <= _LONGEST and len(run.digits) >= 2
    return size + len(run.digits) <= _LONGEST and bridged


def _spanned(run: Run, reading: Reading) -> tuple[int, int]:
    return reading.spans[run.first][0], reading.spans[run.last][1]


def _aside(stretch: str) -> bool:
    """Whether nothing but an aside in brackets stands there."""
    return stretch.strip()[:1] in ("(", "[") and stretch.strip()[-1:] in (")", "]")


def _joined(a: Run, b: Run) -> Run:
    groups, said = a.groups + b.groups, a.said + b.said
    return Run(a.digits + b.digits, a.first, b.last, groups, a.spelled + b.spelled, True, 0, said)


def _plain_runs(reading: Reading) -> Iterator[Run]:
    collecting = _Collecting(reading)
    shares = "%" in reading.text
    for i, atom in enumerate(map(atom_of, reading.words)):
        if atom is not None and (
            (shares and reading.gap(i)[:1] == "%") or (atom[0] == "faint" and _spoken(reading, i))
        ):
            atom = None  # noqa: PLW2901
        if collecting.atoms and (atom is None or not collecting.near(i)):
            yield from collecting.close()
        if atom is not None:
            collecting.atoms.append((i, *atom))
    yield from collecting.close()


def _spoken(reading: Reading, i: int) -> bool:
    """Whether letters that could be digits are an everyday word between blanks: "is", "so", "oil"."""
    word = reading.words[i]
    return (
        len(word) > 1
        and reading.gap(i)[:1] in ("", " ", ",", ".")
        and (i == 0 or reading.gap(i - 1)[-1:] == " ")
        and is_common(word)
    )


class _Collecting:
    """Atoms on their way to become a run."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.atoms: list[tuple[int, str, str]] = []

    def near(self, i: int) -> bool:
        gap = self._reading.gap(i - 1)
        return len(gap) <= _WIDEST_GAP and BARRIER not in gap

    def close(self) -> Iterator[Run]:
        atoms, self.atoms = self.atoms, []
        while atoms and atoms[0][1] in ("times",):
            atoms = atoms[1:]
        while atoms and atoms[-1][1] in ("x2", "x3", "plus"):
            atoms = atoms[:-1]
        while len(atoms) > 1 and self._stray(atoms[-1], atoms[-2][0]):
            atoms = atoms[:-1]
        while len(atoms) > 1 and self._stray(atoms[0], atoms[0][0]):
            atoms = atoms[1:]
        if atoms and any(kind in ("figures", "word", "leet") for _i, kind, _v in atoms):
            run = self._run(atoms)
            if run.digits:
                yield run

    def _stray(self, atom: tuple[int, str, str], before: int) -> bool:
        """Whether a short word at the end of a run, a blank away, is speech ("is", "so") rather than digits."""
        return (
            atom[1] == "faint"
            and (len(atom[2]) < 3 or is_common(self._reading.words[atom[0]]))
            and self._reading.gap(before).strip(" ") != self._reading.gap(before)
        )

    def _run(self, atoms: list[tuple[int, str, str]]) -> Run:
        run = Run("", atoms[0][0], atoms[-1][0])
        repeat = 1
        for _i, kind, value in atoms:
            if kind in ("x2", "x3"):
                repeat = int(kind[1])
            elif kind == "times":
                _multiply(run)
            elif kind != "plus":
                run.groups.append(value * repeat)
                run.spelled += kind == "word" or (kind == "leet" and value.isdigit() and len(value) > 2)
                run.disguised |= kind == "leet"
                run.said += [int(value)] * repeat if kind == "word" and len(value) == 1 else []
                run.faint += len(value) * repeat if kind == "faint" else 0
                repeat = 1
        run.digits = "".join(run.groups)
        return run


def _multiply(run: Run) -> None:
    """Zero four times: the last group says how often the one before it stands."""
    if (
        len(run.groups) >= 2
        and run.groups[-1].isdigit()
        and 1 < int(run.groups[-1]) <= 9
        and len(run.groups[-2]) == 1
    ):
        times = int(run.groups.pop())
        run.groups[-1] *= times


def is_big(word: str) -> bool:
    """Whether the word after a number makes it a quantity: twenty, thousand."""
    return word in _BIG
