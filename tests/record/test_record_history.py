"""Undo, redo and restore: exactly the former state, for any sequence of actions by any people."""

from __future__ import annotations

import pkgutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record_sample import people, state
from record_steps import ACTS

from makna.errors import NoSuchRow, NotAllowed, Overtaken, RecordError
from makna.record import actions
from makna.record.acting import Actor
from makna.record.actions.add_code import add_code
from makna.record.actions.add_coding import add_coding
from makna.record.actions.add_codings import add_codings
from makna.record.actions.change_code import change_code
from makna.record.actions.change_memo import change_memo
from makna.record.actions.remove_codings import remove_codings
from makna.record.actions.write_memo import write_memo
from makna.record.database import opened
from makna.record.history import redo, restore, undo
from makna.record.models import Code, Coding, Event

Step = tuple[str, int, int, int]
STEPS = st.lists(st.tuples(st.sampled_from(sorted(ACTS)), *[st.integers(0, 9)] * 3), max_size=20)
BEGIN: list[Step] = [
    ("add code", 0, 0, 0),
    ("add code", 1, 0, 0),
    ("code", 0, 3, 1),
    ("memo", 0, 0, 0),
    ("claim", 0, 0, 1),
    ("evidence", 0, 1, 1),
    ("participant", 0, 0, 1),
    ("consent", 0, 0, 0),
    ("term", 0, 0, 1),
    ("ask", 0, 0, 0),
    ("attribute", 0, 0, 0),
    ("set", 0, 0, 0),
]


def take(who: Actor, step: Step, before: dict[str, Any]) -> bool:
    """Take a step from a state; whether it did anything. What cannot be done leaves everything as it is."""
    events = Event.objects.filter(study=who.study).count()
    try:
        ACTS[step[0]](who, *step[1:])
    except RecordError:
        assert state(who) == before
        assert Event.objects.filter(study=who.study).count() == events
        return False
    return Event.objects.filter(study=who.study).count() > events


@settings(max_examples=15, deadline=None)
@given(steps=STEPS)
def test_undo_and_redo_walk_the_same_way(library: Path, steps: list[Step]) -> None:
    """Back through every former state to the beginning, and forth again to the end."""
    with opened(library):
        who = people()[0]
        states = [state(who)]
        for step in [*BEGIN, *steps]:
            if take(who, step, states[-1]):
                states.append(state(who))
        for former in states[-2::-1]:
            assert undo(who) is not None
            assert state(who) == former
        assert undo(who) is None or state(who) == states[0]
        while undo(who):
            pass
        for later in states[1:]:
            while state(who) != later:
                assert redo(who) is not None


@settings(max_examples=10, deadline=None)
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
        moment, before = Event.objects.filter(study=pair[0].study).latest("pk").at, first
        for name, a, b, c, which in [(*step, False) for step in BEGIN] + steps:
            who = pair[which]
            if name not in ("undo", "redo"):
                take(who, (name, a, b, c), before)
                before = state(who)
                continue
            try:
                undo(who) if name == "undo" else redo(who)
            except (Overtaken, RecordError):
                assert state(who) == before
            before = state(who)
        restore(pair[0], moment)
        assert state(pair[0]) == first


def test_every_action_is_taken_back_somewhere() -> None:
    """The steps above call all that people can do to a study, but for its roles and what comes from files once."""
    called = {name for act in ACTS.values() for name in act.__code__.co_names}
    there = {module.name for module in pkgutil.iter_modules(actions.__path__)}
    apart = {"begin_study", "give_role", "import_design", "import_findings", "import_participants"}
    assert there - called == apart


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


@pytest.mark.usefixtures("record")
def test_going_back_again_and_again_takes_no_more_each_time() -> None:
    """To and fro between two moments: what an earlier restore did and undid is not done over."""
    owner, _coder = people()
    start = Event.objects.filter(study=owner.study).latest("pk").at
    add_code(owner, "a")
    middle = Event.objects.filter(study=owner.study).latest("pk").at
    add_code(owner, "b")
    for _turn in range(6):
        back = restore(owner, start)
        assert back is not None and len(back.changes) <= 2
        forth = restore(owner, middle)
        assert forth is not None and len(forth.changes) == 1
        assert [code.name for code in Code.objects.filter(study=owner.study)] == ["a"]


@pytest.mark.usefixtures("record")
def test_many_rows_are_taken_back_together_or_not_at_all() -> None:
    """More than go at once: what a colleague built on one of them keeps all."""
    owner, coder = people()
    code = add_code(owner, "a")
    made = add_codings(owner, code, [(1, start, end) for start in range(40) for end in range(start + 1, 60)])
    memo = write_memo(coder, "lihat ini", coding=made[700])
    with pytest.raises(Overtaken, match="built on this"):
        undo(owner)
    assert Coding.objects.filter(code=code).count() == len(made) > 1500
    change_memo(coder, memo, text="")
    assert undo(owner) is not None and not Coding.objects.filter(code=code).exists()
    assert redo(owner) is not None
    remove_codings(owner, made)
    assert not Coding.objects.filter(code=code).exists()
    assert undo(owner) is not None and Coding.objects.filter(code=code).count() == len(made)


@pytest.mark.usefixtures("record")
def test_codings_are_removed_with_the_memos_on_them_and_only_ones_own() -> None:
    """And all come back."""
    owner, coder = people()
    code = add_code(owner, "a")
    mine, other = add_codings(owner, code, [(1, 0, 5), (1, 6, 9)]), add_coding(coder, code, 1, 0, 5)
    write_memo(owner, "lihat ini", coding=mine[0])
    before = state(owner)
    with pytest.raises(NotAllowed):
        remove_codings(owner, [*mine, other])
    with pytest.raises(NoSuchRow):
        remove_codings(owner, [*mine, 10_000_000])
    assert state(owner) == before
    remove_codings(owner, mine)
    assert undo(owner) is not None and state(owner) == before
