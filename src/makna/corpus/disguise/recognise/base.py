"""What recognisers share: the reading of one text, and the hit."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from makna.corpus.disguise.folding import fold_name
from makna.corpus.disguise.normalise import View

_WORD = re.compile(r"[^\W_]+")


class Hit(NamedTuple):
    """A span of the view that identifies: half-open offsets, and the label that takes its place."""

    start: int
    end: int
    label: str  # "phone", "link", "@handle" with the handle as the view has it, ...


class _Once:
    """A property worked out when first asked for, without the lock that functools.cached_property takes each time."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        self._work, self.__doc__ = work, work.__doc__

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, reading: Any, _owner: type) -> Any:
        found = reading.__dict__[self._name] = self._work(reading)
        return found


class Reading:
    """One text as recognisers read it: the normalised view, and its words with their places."""

    def __init__(self, view: View, source: str) -> None:
        self.view = view
        self.text = view.text
        self.source = source
        self.words = _WORD.findall(self.text)
        """The words, lower case: runs of letters and digits."""

    @_Once
    def spans(self) -> list[tuple[int, int]]:
        """Where each word stands."""
        return [match.span() for match in _WORD.finditer(self.text)]

    @_Once
    def folded(self) -> list[str]:
        """The words without leet: t3l3 reads tele."""
        return _WORD.findall(self.text.translate(_LEET))

    @_Once
    def shouted(self) -> bool:
        """Whether the whole text is in capitals, so that a capital tells nothing."""
        return self.source.isupper()

    @_Once
    def titled(self) -> bool:
        """Whether most words begin with a capital, so that one tells nothing."""
        capitals = sum(self.raw(start, start + 1).isupper() for start, _end in self.spans)
        return capitals > 1 and capitals * 2 > len(self.words)

    def gap(self, word: int) -> str:
        """What stands between a word and the next one, or the end."""
        start = self.spans[word][1]
        end = self.spans[word + 1][0] if word + 1 < len(self.spans) else len(self.text)
        return self.text[start:end]

    def raw(self, start: int, end: int) -> str:
        """The source characters under a span of the view."""
        first, last = self.view.source(start, end)
        return self.source[first:last]


_LEET = str.maketrans({char: fold_name(char) for char in "0123456789l"})
