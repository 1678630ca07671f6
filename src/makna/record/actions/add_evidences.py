"""Passages become evidence for or against a finding."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from makna.record.acting import Doing, action
from makna.record.models import Evidence, Finding, Stance


@action()
def add_evidences(
    do: Doing, finding: int, passages: Iterable[tuple[int, int, int]], *, stance: str = Stance.SUPPORTS,
    paraphrase: str = "", note: str = "", kept: Collection[str] = (),
) -> list[int]:  # fmt: skip
    """Keep *passages* (document, start, end) as evidence, with one paraphrase and note; returns their ids.

    Passages that this person keeps for the finding already stay as they are.
    """
    row = do.get(Finding, finding)
    said = {"paraphrase": do.typed(paraphrase, kept), "note": do.typed(note, kept), "stance": Stance(stance)}
    already = set(
        Evidence.objects.filter(finding=row, investigator=do.person).values_list(
            "source__document", "start", "end"
        )
    )
    fresh = [passage for passage in dict.fromkeys(map(tuple, passages)) if passage not in already]
    sources = do.sources(passage[0] for passage in fresh)
    new = [
        Evidence(finding=row, source=sources[document], start=start, end=end, investigator=do.person, **said)
        for document, start, end in fresh
    ]
    return [int(one.pk) for one in do.create_all(new)]
