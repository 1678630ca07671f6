"""Pieces and windows as HTML: written here, since a template would ask and escape thousands of times for one long text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from markupsafe import Markup

from makna.web.reading.drawing import Drawn
from makna.web.reading.segments import escaped
from makna.web.reading.texts import Author, Leaf
from makna.web.reading.windows import Window

Speaker = Callable[[Author | None, str | None], str]
"""How whoever speaks a unit is called, by the author and the role."""


def written(
    leaf: Leaf, drawn: Iterable[Drawn], called: Mapping[int, str], speaker: Speaker, here: int | None = None
) -> Markup:
    """Pieces with who speaks, their words and their margins. *called* names the codes; *here* is where a link leads."""
    return Markup("\n").join(Markup(_unit(leaf, one, called, speaker, here)) for one in drawn)


def _unit(leaf: Leaf, one: Drawn, called: Mapping[int, str], speaker: Speaker, here: int | None) -> str:
    piece = one.piece
    who, role = leaf.voice(piece.unit)
    kind = f"unit{f' {role}' if role else ''}{'' if piece.first else ' goes-on'}"
    lands = ' id="here"' if here is not None and piece.start <= here < piece.end else ""
    name = escaped(speaker(who, role)) if piece.first and role else ""
    language = f' lang="{leaf.language}"' if leaf.language else ""
    return (
        f'<div class="{escaped(kind)}" {one.attributes}><span class="who"{lands}>{name}</span>'
        f'<p class="words" dir="auto"{language}>{one.html}</p>'
        f'<ul class="names"{"" if one.names else " hidden"}>{one.margin(called)}</ul></div>'
    )


def in_windows(
    leaf: Leaf, chosen: Sequence[Window], drawn: Sequence[Drawn], called: Mapping[int, str], speaker: Speaker
) -> Markup:
    """Windows that follow each other, each in an element that names it, with the pieces of all."""
    first = chosen[0].first
    parts = (
        f'<div data-w="{one.number}">{written(leaf, drawn[one.first - first : one.last - first], called, speaker)}</div>'
        for one in chosen
    )
    return Markup("").join(Markup(part) for part in parts)
