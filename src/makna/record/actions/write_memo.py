"""A memo written."""

from __future__ import annotations

from collections.abc import Collection

from makna.errors import RecordError
from makna.i18n import _
from makna.record.acting import Doing, action
from makna.record.models import ArgotTerm, Code, Coding, Concept, Finding, Memo, MemoKind, Participant


@action()
def write_memo(
    do: Doing, text: str, *, kind: str = MemoKind.THEORETICAL, title: str = "", code: int | None = None,
    coding: int | None = None, document: int | None = None, finding: int | None = None, concept: int | None = None,
    participant: int | None = None, term: int | None = None, kept: Collection[str] = (),
) -> int:  # fmt: skip
    """Write a memo on one of these things, else on the study; returns its id."""
    text = do.typed(text, kept)
    if not text:
        raise RecordError(_("This memo is empty."))
    row = Memo(
        study=do.study, author=do.person, kind=MemoKind(kind), title=do.typed(title, kept), text=text,
        code=None if code is None else do.get(Code, code),
        coding=None if coding is None else do.get(Coding, coding),
        source=None if document is None else do.source(document),
        finding=None if finding is None else do.get(Finding, finding),
        concept=None if concept is None else do.get(Concept, concept),
        participant=None if participant is None else do.get(Participant, participant),
        term=None if term is None else do.get(ArgotTerm, term),
    )  # fmt: skip
    return int(do.create(row).pk)
