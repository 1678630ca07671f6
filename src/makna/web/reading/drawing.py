"""Pieces and windows of a leaf as the page draws them: marked words, steps of the caret, names in the margin."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from makna.web.reading.segments import Passage, escaped, render
from makna.web.reading.sentences import sentences
from makna.web.reading.texts import Leaf
from makna.web.reading.windows import Piece, Window, pieces_of, window_at


@dataclass(frozen=True)
class Name:
    """A coding in the margin, where its stripe begins.

    *begins* is False where it goes on from a window before; *other* says that another coder made it.
    """

    passage: Passage
    begins: bool
    other: bool


@dataclass(frozen=True)
class Drawn:
    """A piece: its words as HTML, the sentences in it as ``0,20 21,40`` (from its start), the codings beside it."""

    document: int
    piece: Piece
    html: str
    steps: str
    names: tuple[Name, ...]

    @property
    def key(self) -> str:
        """The id of its element."""
        return f"p-{self.document}-{self.piece.number}"

    @property
    def attributes(self) -> str:
        """What its element says of itself, as HTML: a template would escape each number apart."""
        place = f'data-d="{self.document}" data-a="{self.piece.start}" data-b="{self.piece.end}"'
        return f'id="{self.key}" {place} data-s="{self.steps}"'

    def margin(self, called: Mapping[int, str]) -> str:
        """The list of its codings as HTML, by the names of their codes."""
        return "".join(_listed(name, called.get(name.passage.code, "")) for name in self.names)


def _listed(name: Name, called: str) -> str:
    p = name.passage
    kind = f"c-{p.code}{' other' * name.other}{' on' * (not name.begins)}"
    place = f'data-k="{p.coding}" data-c="{p.code}" data-a="{p.start}" data-b="{p.end}"'
    return f'<li class="{kind}" {place}><span>{escaped(called)}</span></li>'


def drawn(
    leaf: Leaf, chosen: Sequence[Piece], passages: Sequence[Passage], others: Container[int] = ()
) -> list[Drawn]:
    """The *chosen* pieces, which follow each other. *passages* are all codings that touch them; *others* are those of
    other coders.
    """
    inside = _by_piece(chosen, passages)
    return [_drawn(leaf, piece, inside[piece.number], others) for piece in chosen]


def _by_piece(chosen: Sequence[Piece], passages: Iterable[Passage]) -> Mapping[int, list[Passage]]:
    found: dict[int, list[Passage]] = {piece.number: [] for piece in chosen}
    for passage in sorted(passages):
        touched = pieces_of(chosen, passage.start, passage.end)
        for piece in touched:
            found[piece.number].append(passage)
    return found


def _drawn(leaf: Leaf, piece: Piece, inside: Sequence[Passage], others: Container[int]) -> Drawn:
    words = leaf.text[piece.start : piece.end]
    opens = leaf.pieces[window_at(leaf.windows, piece.start).first].number == piece.number
    before = begins_after(leaf, piece)
    names = tuple(
        Name(p, p.start >= before, p.coding in others) for p in inside if opens or p.start >= before
    )  # a passage that begins between two units stands beside the later one
    steps = leaf.steps.get(piece.number)
    if steps is None:
        steps = leaf.steps[piece.number] = _steps(words)
    return Drawn(leaf.document, piece, render(words, inside, offset=piece.start), steps, names)


def begins_after(leaf: Leaf, piece: Piece) -> int:
    """Where the piece before ends: what begins from there on begins in this one."""
    return leaf.pieces[piece.number - 1].end if piece.number else 0


def _steps(words: str) -> str:
    return " ".join(f"{start},{end}" for start, end in sentences(words))


def touched(leaf: Leaf, start: int, end: int) -> Sequence[Piece]:
    """The pieces to draw anew after a change from *start* to *end*."""
    return pieces_of(leaf.pieces, start, end)


def of_window(leaf: Leaf, window: Window) -> Sequence[Piece]:
    """The pieces of a window."""
    return leaf.pieces[window.first : window.last]


def covered(passages: Iterable[Passage]) -> int:
    """How many code points at least one passage covers."""
    total, reach = 0, 0
    for passage in sorted(passages):
        total += max(0, passage.end - max(reach, passage.start))
        reach = max(reach, passage.end)
    return total
