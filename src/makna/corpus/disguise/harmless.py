"""Spans that a person found harmless: the second scan doubts them no more. Only their MACs are remembered."""

from __future__ import annotations

from collections.abc import Sequence

from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.normalise import plain
from makna.corpus.disguise.replace import whole_words
from makna.corpus.disguise.second_scan import Found


def form_of(span: str) -> str:
    """*span* as two doubts compare: without what vanishes between letters, in one case and spacing."""
    return " ".join(plain(span).casefold().split())


class Harmless:
    """Knows the spans that are not asked about, by the MACs (kind "part") of their forms."""

    def __init__(self, macs: Macs, known: Sequence[int]) -> None:
        self._macs, self._known = macs, frozenset(known)

    def rest(self, text: str, found: list[Found]) -> list[Found]:
        """What of *found* in *text* is still worth a question."""
        if not self._known:
            return found
        return [one for one in found if self._mac(text, one) not in self._known]

    def _mac(self, text: str, found: Found) -> int:
        start, end = whole_words(text, found[0], found[1])
        return self._macs.mac("part", form_of(text[start:end]))
