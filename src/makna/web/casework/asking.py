"""Many typed texts pass the door's recognisers at once, so that whoever typed them decides once."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from makna.errors import IdentifierTyped
from makna.record.acting import Actor


def ask_once(actor: Actor, texts: Iterable[str], kept: Collection[str]) -> None:
    """Raise :class:`IdentifierTyped` with all places of all *texts* that seem to identify somebody, but for *kept* words."""
    lines, hits, at = [], [], 0
    for text in dict.fromkeys(text.strip() for text in texts if text.strip()):
        found = [hit for hit in actor.corpus.identifiers(text) if text[hit.start : hit.end] not in kept]
        if found:
            hits += [(at + hit.start, at + hit.end, hit.label) for hit in found]
            lines.append(text)
            at += len(text) + 1
    if hits:
        raise IdentifierTyped("\n".join(lines), hits)
