"""Evidence that stood on a text which was replaced: where its words stand in the new one, or that they do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import regex

from makna.record.evidence import ResolvedEvidence, ResolvedFinding
from makna.record.withdrawing import digest_of, entries_of

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+|⟦[^⟦⟧]*⟧")


@dataclass(frozen=True)
class Anchored:
    """*standing* pieces of evidence still stand. *anchors* say which entries must be written anew: (finding, digest,
    document, words). *failed* are (finding, number of the evidence) whose words are not in the new text.
    """

    standing: int = 0
    anchors: tuple[tuple[str, str, str, str], ...] = ()
    failed: tuple[tuple[str, int], ...] = ()


def anchor(
    folder: Path, findings: Iterable[ResolvedFinding], document: int, text: str, *, titles: Iterable[str]
) -> Anchored:
    """What becomes of the evidence that stands in *document* once its text is *text*, found under *titles*."""
    names, entries = {str(document), *titles}, entries_of(folder)
    standing, anchors, failed = 0, [], []
    for one in findings:
        for piece in one.evidence:
            passages = [p for p in piece.passages if p.place.document_id == document]
            if not passages:
                continue
            places = [place for p in passages if (place := found_again(p.text, text)) is not None]
            if len(places) < len(passages):
                failed.append((one.finding.id, piece.item.number))
                continue
            standing += 1
            moved = _moved(piece, places[0], text, document, names)
            if moved:
                digest = digest_of(entries[one.finding.id][piece.item.number - 1])
                anchors.append((one.finding.id, digest, *moved))
    return Anchored(standing, tuple(anchors), tuple(failed))


def found_again(passage: str, text: str) -> str | None:
    """The words of *passage* as they stand in *text*: the same words in the same order, whatever stands between them."""
    found = next(_places(passage, text), None)
    return found[0] if found else None


def place_again(old: str, start: int, end: int, new: str) -> tuple[int, int] | None:
    """Where the words of a passage of the *old* text stand in the *new* one: of several places, the one as far in."""
    share = start / max(1, len(old))
    places = [match.span() for match in _places(old[start:end], new)]
    return min(places, key=lambda place: abs(place[0] / max(1, len(new)) - share), default=None)


def _places(passage: str, text: str) -> Iterator[regex.Match[str]]:
    words = _WORD.findall(passage)
    if not words:
        return
    gap = r"[^\p{L}\p{M}\p{N}⟦⟧]+"
    edges = (r"(?<![\p{L}\p{M}\p{N}])", r"(?![\p{L}\p{M}\p{N}])")
    pattern = edges[0] + gap.join(map(regex.escape, words)) + edges[1]
    yield from regex.finditer(pattern, text, regex.IGNORECASE)


def _moved(
    piece: ResolvedEvidence, place: str, text: str, document: int, names: set[str]
) -> tuple[str, str] | None:
    """(document, words) to write into an entry that quotes, where what it says no longer leads there."""
    item = piece.item
    if item.by != "passage":
        return None
    words = item.passage or ""
    same = regex.search(r"\s+".join(map(regex.escape, words.split())), text) is not None
    called = (item.document or "") in names
    if same and called:
        return None
    return (item.document or "") if called else str(document), words if same else place
