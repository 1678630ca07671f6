"""A passage coded by name."""

from __future__ import annotations

import pytest
from record_sample import people, state

from makna.errors import IdentifierTyped, RecordError
from makna.record.actions.code_passage import code_passage
from makna.record.history import redo, undo
from makna.record.models import Code, Coding

pytestmark = pytest.mark.usefixtures("record")


def test_an_unknown_name_makes_the_code_in_the_same_gesture() -> None:
    """Code and coding are one action, and one undo takes back both."""
    owner, _other = people()
    before = state(owner)
    code, coding, new = code_passage(owner, "  rasa \n percaya ", 1, 2, 9, origin="in_vivo")
    assert new
    row = Coding.objects.get(pk=coding)
    assert (row.code_id, row.start, row.end, row.coder) == (code, 2, 9, owner.person)
    assert (row.code.name, row.code.origin) == ("rasa percaya", "in_vivo")
    after = state(owner)
    undo(owner)
    assert state(owner) == before
    redo(owner)
    assert state(owner) == after


def test_a_known_name_is_used_whatever_its_case() -> None:
    """Nobody gets a second code by a capital letter."""
    owner, other = people()
    code, _coding, _new = code_passage(owner, "Percaya", 1, 0, 4)
    again, coding, new = code_passage(other, "percaya", 1, 0, 4)
    assert (again, new) == (code, False)
    assert Coding.objects.get(pk=coding).coder == other.person
    assert Code.objects.filter(study=owner.study).count() == 1


@pytest.mark.parametrize(
    "name,start,end", [("", 0, 4), ("   ", 0, 4), ("a", 4, 4), ("a", 0, 101), ("a", -1, 3)]
)
def test_what_must_not_be_leaves_nothing(name: str, start: int, end: int) -> None:
    """A nameless code, an empty passage and one beyond the text make neither code nor coding."""
    owner, _other = people()
    before = state(owner)
    with pytest.raises(RecordError):
        code_passage(owner, name, 1, start, end)
    assert state(owner) == before


def test_a_name_that_seems_to_identify_is_decided_first() -> None:
    """The hit is raised, nothing is stored, and what was kept is stored."""
    owner, _other = people()
    with pytest.raises(IdentifierTyped) as refused:
        code_passage(owner, "nomor 0834", 1, 0, 4)
    assert [refused.value.text[a:b] for a, b, _label in refused.value.hits] == ["0834"]
    assert not Code.objects.filter(study=owner.study).exists()
    code, _coding, _new = code_passage(owner, "nomor 0834", 1, 0, 4, kept=["0834"])
    assert Code.objects.get(pk=code).name == "nomor 0834"
