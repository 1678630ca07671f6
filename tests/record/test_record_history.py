"""Undo, redo and restore: exactly the former state, for any sequence of actions by any people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record_sample import people, state

from makna.errors import NotAllowed, Overtaken, RecordError
from makna.record.acting import Actor
from makna.record.actions.add_code import add_code
from makna.record.actions.add_coding import add_coding
from makna.record.actions.add_codings import add_codings
from makna.record.actions.add_concept import add_concept
from makna.record.actions.add_evidence import add_evidence
from makna.record.actions.add_finding import add_finding
from makna.record.actions.answer_concept import answer_concept
from makna.record.actions.change_code import change_code
from makna.record.actions.change_coding import change_coding
from makna.record.actions.change_memo import change_memo
from makna.record.actions.conclude_finding import conclude_finding
from makna.record.actions.merge_codes import merge_codes
from makna.record.actions.move_code import move_code
from makna.record.actions.move_finding import move_finding
from makna.record.actions.relate_codes import relate_codes
from makna.record.actions.remove_code import remove_code
from makna.record.actions.remove_codings import remove_codings
from makna.record.actions.remove_evidence import remove_evidence
from makna.record.actions.remove_finding import remove_finding
from makna.record.actions.write_memo import write_memo
from makna.record.database import opened
from makna.record.history import redo, restore, undo
from makna.record.models import Code, Coding, Concept, Event, Evidence, Finding, Memo

Step = tuple[str, int, int, int]


def some(model: Any, actor: Actor, n: int) -> int:
    """The n-th row of the study, counted round; -1 where there is none."""
    keys = list(model.objects.filter(study=actor.study).order_by("pk").values_list("pk", flat=True))
    return int(keys[n % len(keys)]) if keys else -1


def some_evidence(actor: Actor, n: int) -> int:
    """The n-th piece of evidence, counted round; -1 where there is none."""
    keys = list(
        Evidence.objects.filter(finding__study=actor.study).order_by("pk").values_list("pk", flat=True)
    )
    return int(keys[n % len(keys)]) if keys else -1


ACTS: dict[str, Callable[[Actor, int, int, int], object]] = {
    "add code": lambda who, a, b, c: add_code(who, f"kode {a}"),
    "add below": lambda who, a, b, c: add_code(who, f"sub {a}", parent=some(Code, who, b)),
    "rename": lambda who, a, b, c: change_code(who, some(Code, who, a), name=f"nama {b}", definition=f"arti {c}"),
    "move": lambda who, a, b, c: move_code(who, some(Code, who, a), parent=some(Code, who, b) if c % 3 else None),
    "merge": lambda who, a, b, c: merge_codes(who, some(Code, who, a), into=some(Code, who, b)),
    "remove code": lambda who, a, b, c: remove_code(who, some(Code, who, a)),
    "relate": lambda who, a, b, c: relate_codes(who, some(Code, who, a), some(Code, who, b), tie="contrast", holds=c % 4 > 0),
    "code": lambda who, a, b, c: add_coding(who, some(Code, who, a), 1 + b % 2, c, c + 1 + b),
    "code many": lambda who, a, b, c: add_codings(who, some(Code, who, a), [(1, n, n + 2) for n in range(b, b + c)]),
    "adjust": lambda who, a, b, c: change_coding(who, some(Coding, who, a), start=b, end=b + c),
    "recode": lambda who, a, b, c: change_coding(who, some(Coding, who, a), code=some(Code, who, b)),
    "uncode": lambda who, a, b, c: remove_codings(who, [some(Coding, who, a), some(Coding, who, b)]),
    "memo": lambda who, a, b, c: write_memo(who, f"catatan {a}", coding=some(Coding, who, b)),
    "memo on code": lambda who, a, b, c: write_memo(who, f"aturan {a}", kind="code_rule", code=some(Code, who, b)),
    "concept": lambda who, a, b, c: add_concept(who, f"konsep-{a}", f"Konsep {b}", parent=some(Concept, who, b) if c % 2 else None),
    "answer": lambda who, a, b, c: answer_concept(who, some(Code, who, a), some(Concept, who, b), argument=f"sebab {c}" if c % 4 else None),
    "claim": lambda who, a, b, c: add_finding(who, f"temuan {a}", concept=some(Concept, who, b) if c % 3 == 0 else None),
    "conclude": lambda who, a, b, c: conclude_finding(who, some(Finding, who, a), final=c % 4 > 0),
    "evidence": lambda who, a, b, c: add_evidence(
        who, some(Finding, who, a), 1, b, b + 1 + c, stance="contradicts" if c % 2 else "supports"
    ),
    "drop evidence": lambda who, a, b, c: remove_evidence(who, some_evidence(who, a)),
    "drop finding": lambda who, a, b, c: remove_finding(who, some(Finding, who, a)),
    "order": lambda who, a, b, c: move_finding(who, some(Finding, who, a), before=some(Finding, who, b)),
    "search against": lambda who, a, b, c: write_memo(who, f"dicari {b}", kind="negative_case", finding=some(Finding, who, a)),
    "rewrite": lambda who, a, b, c: change_memo(who, some(Memo, who, a), text=f"baru {b}" if c % 3 else ""),
}  # fmt: skip
STEPS = st.lists(st.tuples(st.sampled_from(sorted(ACTS)), *[st.integers(0, 9)] * 3), max_size=25)
BEGIN: list[Step] = [
    ("add code", 0, 0, 0),
    ("add code", 1, 0, 0),
    ("code", 0, 3, 1),
    ("memo", 0, 0, 0),
    ("claim", 0, 0, 1),
    ("evidence", 0, 1, 1),
]


def take(who: Actor, step: Step) -> bool:
    """Take a step; whether it did anything. What cannot be done leaves everything as it is."""
    before, events = state(who), Event.objects.filter(study=who.study).count()
    try:
        ACTS[step[0]](who, *step[1:])
    except RecordError:
        assert state(who) == before
        assert Event.objects.filter(study=who.study).count() == events
        return False
    return Event.objects.filter(study=who.study).count() > events


@settings(max_examples=30, deadline=None)
@given(steps=STEPS)
def test_undo_and_redo_walk_the_same_way(library: Path, steps: list[Step]) -> None:
    """Back through every former state to the beginning, and forth again to the end."""
    with opened(library):
        who = people()[0]
        states = [state(who)]
        states += [state(who) for step in [*BEGIN, *steps] if take(who, step)]
        for former in states[-2::-1]:
            assert undo(who) is not None
            assert state(who) == former
        assert undo(who) is None or state(who) == states[0]
        while undo(who):
            pass
        for later in states[1:]:
            while state(who) != later:
                assert redo(who) is not None


@settings(max_examples=20, deadline=None)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from([*sorted(ACTS), "undo", "redo"]), *[st.integers(0, 9)] * 3, st.booleans())
    )
)
def test_two_people_never_overwrite_each_other(
    library: Path, steps: list[tuple[str, int, int, int, bool]]
) -> None:
    """An undo of one's own work either restores it or, where another built on it, changes nothing; restore undoes all."""
    with opened(library):
        pair = people()
        first = state(pair[0])
        moment = Event.objects.filter(study=pair[0].study).latest("pk").at
        for name, a, b, c, which in [(*step, False) for step in BEGIN] + steps:
            who = pair[which]
            if name not in ("undo", "redo"):
                take(who, (name, a, b, c))
                continue
            before = state(who)
            try:
                undo(who) if name == "undo" else redo(who)
            except (Overtaken, RecordError):
                assert state(who) == before
        restore(pair[0], moment)
        assert state(pair[0]) == first


@pytest.mark.usefixtures("record")
def test_a_new_action_ends_what_can_be_redone() -> None:
    """As everywhere: who goes on does not go back forth."""
    who = people()[0]
    add_code(who, "a")
    undo(who)
    add_code(who, "b")
    assert redo(who) is None
    assert [code.name for code in Code.objects.filter(study=who.study)] == ["b"]


@pytest.mark.usefixtures("record")
def test_what_another_built_on_stays() -> None:
    """A code that a colleague has coded with is not undone from under them; the reason is told."""
    owner, coder = people()
    code = add_code(owner, "a")
    coding = add_coding(coder, code, 1, 0, 5)
    with pytest.raises(RecordError, match="still stands on this"):
        undo(owner)
    change_code(coder, code, name="b")
    assert undo(coder) is not None
    remove_codings(coder, [coding])
    assert undo(owner) is not None
    assert not Code.objects.filter(study=owner.study).exists()


@pytest.mark.usefixtures("record")
def test_restore_is_for_owners_and_is_an_event() -> None:
    """It can be seen who went back, and to when; it takes nothing back where nothing was done."""
    owner, coder = people()
    moment = datetime.now(UTC)
    assert restore(owner, moment) is None
    add_code(coder, "a")
    with pytest.raises(NotAllowed):
        restore(coder, moment)
    event = restore(owner, moment)
    assert event is not None
    assert (event.action, event.way, event.said) == ("restore", "restored", {"moment": moment.isoformat()})
