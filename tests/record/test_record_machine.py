"""Undo, redo and restore as a machine of states: whatever is done in whatever order, the model knows what stands."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from record_sample import people, state
from record_steps import ACTS

from makna.errors import RecordError
from makna.record.database import opened
from makna.record.history import redo, restore, undo
from makna.record.models import Event

SMALL = st.integers(0, 9)


class Machine(RuleBasedStateMachine):
    """A study of one person, beside what it should hold.

    *past* are the states that undo leads back through, *future* those that redo leads forth to, *moments* every state
    that ever stood with the time until which it did.
    """

    library: Path

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()
        self.open.enter_context(opened(self.library))
        self.who = people()[0]
        self.now = state(self.who)
        self.past: list[dict[str, Any]] = []
        self.future: list[dict[str, Any]] = []
        self.moments: list[tuple[datetime, dict[str, Any]]] = [(self.last(), self.now)]
        for step in (("add code", 0, 0, 0), ("code", 0, 3, 1), ("claim", 0, 0, 1), ("participant", 0, 0, 1)):
            self.act(*step)

    def last(self) -> datetime:
        """When the last event was."""
        return Event.objects.filter(study=self.who.study).latest("pk").at

    def stands(self, then: dict[str, Any]) -> None:
        """Note what should stand from now on."""
        self.now = then
        self.moments.append((self.last(), then))

    @rule(name=st.sampled_from(sorted(ACTS)), a=SMALL, b=SMALL, c=SMALL)
    def act(self, name: str, a: int, b: int, c: int) -> None:
        """Anything that people do. What is refused, or changes nothing, is no event and leaves redo as it was."""
        events = Event.objects.filter(study=self.who.study)
        before = events.count()
        try:
            ACTS[name](self.who, a, b, c)
        except RecordError:
            assert events.count() == before
            return
        if events.count() > before:
            # Some steps of the list are several actions: each can be taken back by itself.
            self.past = [] if events.count() > before + 1 else [*self.past, self.now]
            self.future = []
            self.stands(state(self.who))

    @precondition(lambda self: self.past)
    @rule()
    def take_back(self) -> None:
        """To the state before what was done last."""
        assert undo(self.who) is not None
        self.future.append(self.now)
        self.stands(self.past.pop())

    @precondition(lambda self: self.future)
    @rule()
    def do_again(self) -> None:
        """To the state that was left."""
        assert redo(self.who) is not None
        self.past.append(self.now)
        self.stands(self.future.pop())

    @rule(which=st.integers(0, 50))
    def go_back(self, which: int) -> None:
        """To any moment there was; what came after can be had back only by going to a later one."""
        moment, then = self.moments[which % len(self.moments)]
        if restore(self.who, moment) is not None:
            self.past, self.future = [], []
            self.stands(then)

    @invariant()
    def it_stands_as_it_should(self) -> None:
        """Exactly, every row of every table."""
        assert state(self.who) == self.now

    def teardown(self) -> None:
        """The record closes."""
        self.open.close()


def test_whatever_is_done_the_former_state_comes_back(library: Path) -> None:
    """Hypothesis walks it on SQLite and on PostgreSQL."""
    machine = type("OnThisLibrary", (Machine,), {"library": library})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=12, stateful_step_count=25, deadline=None)
    )
