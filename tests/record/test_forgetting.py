"""What is erased leaves the record and its history, on every database."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from record_sample import ACCOUNTS, TALK, people, state
from record_steps import ACTS

from makna.errors import RecordError
from makna.record import forgetting
from makna.record.acting import Actor
from makna.record.actions.accept_proposals import accept_proposals
from makna.record.actions.add_code import add_code
from makna.record.actions.add_codings import add_codings
from makna.record.actions.add_evidence import add_evidence
from makna.record.actions.add_finding import add_finding
from makna.record.actions.add_member_check import add_member_check
from makna.record.actions.add_participant import add_participant
from makna.record.actions.add_term import add_term
from makna.record.actions.change_settings import change_settings
from makna.record.actions.conclude_finding import conclude_finding
from makna.record.actions.define_attribute import define_attribute
from makna.record.actions.record_consent import record_consent
from makna.record.actions.remove_codings import remove_codings
from makna.record.actions.remove_finding import remove_finding
from makna.record.actions.set_attributes import set_attributes
from makna.record.actions.write_memo import write_memo
from makna.record.belonging import rows_of
from makna.record.casework import Case
from makna.record.database import opened
from makna.record.history import redo, undo
from makna.record.models import ArgotTerm, Code, Coding, Event, Finding, Participant, Study

pytestmark = pytest.mark.usefixtures("record")


@pytest.fixture
def owner() -> Actor:
    """The owner of a fresh study whose proposals are shown at once."""
    owner = people()[0]
    change_settings(owner, proposals_hidden_until=0)
    return owner


def told(actor: Actor) -> str:
    """All that the history says."""
    return repr(list(Event.objects.filter(study=actor.study).values_list("changes", "said")))


def places(actor: Actor) -> list[tuple[int, int, int]]:
    """Where codings stand."""
    rows = Coding.objects.filter(study=actor.study).order_by("source__document", "start")
    return list(rows.values_list("source__document", "start", "end"))


def test_documents_go_and_passages_of_others_move(library: Path, owner: Actor) -> None:
    """Also those that were removed before: undo and redo find them where their words are now."""
    code = add_code(owner, "a")
    add_codings(owner, code, [(1, 0, 5), (2, 0, 5), (2, 10, 15), (2, 20, 25)])
    accept_proposals(owner, "argot", [(1, 7, 9), (2, 30, 33)], code=code)
    write_memo(owner, "tentang itu", document=1)
    moved = Coding.objects.get(study=owner.study, start=10).pk
    remove_codings(owner, [moved])
    found = forgetting.passages(library, owner.study.key, [1, 2, 9])
    assert found == {1: {(0, 5), (7, 9)}, 2: {(0, 5), (10, 15), (20, 25), (30, 33)}}
    there = [(0, 5, 0, 5), (10, 15, 4, 9), (30, 33, 24, 27)]
    for _twice in range(2):
        forgetting.forget(library, owner.study.key, mark="m", documents=[1], relocated=[(2, 34, there)])
    assert places(owner) == [(2, 0, 5), (2, 24, 27)]
    assert "tentang itu" not in told(owner)
    assert Event.objects.filter(study=owner.study, action="erase").count() == 1
    undo(owner)
    assert (2, 4, 9) in places(owner)
    for _each in range(3):
        undo(owner)
    assert places(owner) == []
    while redo(owner):
        pass
    assert places(owner) == [(2, 0, 5), (2, 24, 27)]


def test_names_go_from_all_that_was_typed(library: Path, owner: Actor) -> None:
    """Lists of spellings too; what the names alone told apart is told apart by numbers."""
    for name in ("Melati-042", "Kenanga-117"):
        add_code(owner, name)
    add_term(owner, "bo", variants=["⟦@Melati-042⟧", "b.o"], definition="kata Melati-042")
    add_finding(owner, "Kenanga-117 yang mulai")
    forgetting.forget(library, owner.study.key, mark="m", pseudonyms=["Melati-042", "Kenanga-117"])
    names = sorted(Code.objects.filter(study=owner.study).values_list("name", flat=True))
    assert names[0] == "⟦account⟧" and names[1].startswith("⟦account⟧ ")
    term = ArgotTerm.objects.get(study=owner.study)
    assert (term.variants, term.senses.get().definition) == (["⟦account⟧", "b.o"], "kata ⟦account⟧")
    assert "Melati" not in repr(state(owner)) + told(owner)
    assert "Kenanga" not in repr(state(owner)) + told(owner)


def test_a_participant_and_an_account_go(library: Path, owner: Actor) -> None:
    """Weighed before it is done; a removed finding comes back as a draft where what spoke against it is gone."""
    who, account = add_participant(owner, "Informan 1", kind="key"), min(ACCOUNTS)
    record_consent(owner, who, mode="written", version="1", given=date(2021, 3, 4), scopes=["analysis"])
    role = define_attribute(owner, "peran")
    set_attributes(owner, [(role, Case(who), "rahasia"), (role, Case(None, account), "rahasia")])
    finding = add_finding(owner, "Mereka bebas")
    add_evidence(owner, finding, 1, 0, 5)
    add_member_check(owner, who, finding, reply="corrects", on=date(2021, 3, 4), correction="rahasia")
    conclude_finding(owner, finding)
    remove_finding(owner, finding)
    what = {"codes": ["informan 1"], "authors": [account], "documents": [TALK]}
    before = state(owner)
    weighed = forgetting.weighed(library, owner.study.key, **what)
    assert weighed == {"consent": 1, "casevalue": 2}
    assert state(owner) == before
    forgetting.forget(library, owner.study.key, mark="m", **what)
    assert "rahasia" not in repr(state(owner)) + told(owner)
    row = Participant.objects.get(study=owner.study)
    assert (row.kind, row.withdrew) == ("", date.today())
    undo(owner)
    assert Finding.objects.get(study=owner.study).status == "draft"


def test_a_study_goes_whole(library: Path, owner: Actor) -> None:
    """And no other."""
    code = add_code(owner, "a")
    add_codings(owner, code, [(1, 0, 5)])
    undo(owner)
    other = people()[0]
    add_code(other, "a")
    forgetting.forget_study(library, owner.study.key)
    assert not Study.objects.filter(key=owner.study.key).exists()
    assert not Event.objects.filter(study_id=owner.study.pk).exists()
    with opened(library):
        assert Code.objects.filter(study=other.study).count() == 1


# What takes something away again, so that a study is left with rows of nearly every table.
_TAKING = ("drop", "merge", "remove", "take back", "uncode", "unshow")


def test_a_study_with_everything_in_it_leaves_whole(library: Path) -> None:
    """Rows of every table, those that belong to it by way of others too; another study stays as it is."""
    owner, other = people()[0], people()[0]
    add_code(other, "lain")
    giving = [name for name in sorted(ACTS, reverse=True) if not name.startswith(_TAKING)]
    for n in range(9):
        for name in giving:
            with suppress(RecordError):
                ACTS[name](owner, n, n, n)
    before, rows = state(other), rows_of(owner.study)
    assert {name for name, some in rows.items() if not some.count()} <= {"coderelation", "round"}
    forgetting.forget_study(library, owner.study.key)
    assert not Study.objects.filter(pk=owner.study.pk).exists()
    assert {name for name, some in rows.items() if some.count()} == set()
    assert not Event.objects.filter(study_id=owner.study.pk).exists()
    assert state(other) == before
