"""Codes against concepts: which code answers to which, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from makna.record.acting import Actor
from makna.record.models import Answer
from makna.web.codes import tree as codes_tree
from makna.web.frames import panel
from makna.web.nested import Branch, flat


@dataclass(frozen=True)
class Matrix:
    """The codes down, the concepts across, and the answers by both."""

    codes: Sequence[Branch]
    concepts: Sequence[Branch]
    answers: Mapping[tuple[int, int], Answer]


def matrix(actor: Actor, *, code: int | None = None, answering: bool = False) -> Matrix:
    """All codes, one *code* alone, or those *answering* to something."""
    answers = {(one.code_id, one.concept_id): one for one in Answer.objects.filter(code__study=actor.study)}
    with_answer = {key[0] for key in answers}
    codes = [
        one
        for one in flat(codes_tree.bare(actor))
        if (code is None or one.row.pk == code) and (not answering or one.row.pk in with_answer)
    ]
    return Matrix(codes, flat(panel.tree(actor)), answers)
