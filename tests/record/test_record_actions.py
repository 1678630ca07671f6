"""What actions do, what they refuse, and what they leave in the list of events."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from record_sample import SILENT, people, state

from makna.errors import IdentifierTyped, NoSuchRow, NotAllowed, Overtaken, RecordError
from makna.record.acting import Actor
from makna.record.actions.add_code import add_code
from makna.record.actions.add_coding import add_coding
from makna.record.actions.add_codings import add_codings
from makna.record.actions.change_code import change_code
from makna.record.actions.change_coding import change_coding
from makna.record.actions.change_memo import change_memo
from makna.record.actions.give_role import give_role
from makna.record.actions.merge_codes import merge_codes
from makna.record.actions.move_code import move_code
from makna.record.actions.relate_codes import relate_codes
from makna.record.actions.remove_code import remove_code
from makna.record.actions.remove_codings import remove_codings
from makna.record.actions.write_memo import write_memo
from makna.record.database import current
from makna.record.models import Code, CodeRelation, Coding, Event, Memo

pytestmark = pytest.mark.usefixtures("record")


@pytest.fixture
def owner() -> Actor:
    """The owner of a fresh study."""
    return people()[0]


def tree(actor: Actor) -> list[tuple[str | None, str]]:
    """(parent, code) in their order."""
    rows = Code.objects.filter(study=actor.study).order_by("place")
    found = [(row.parent.name if row.parent else None, row.name) for row in rows]
    return sorted(found, key=lambda pair: pair[0] or "")


def test_a_code_has_one_name_in_a_study(owner: Actor) -> None:
    """Whatever its case; in another study it may be used again."""
    add_code(owner, "Kepercayaan")
    with pytest.raises(RecordError, match="of this name is there already"):
        add_code(owner, " kepercayaan ")
    with pytest.raises(RecordError, match="needs a name"):
        add_code(owner, "  ")
    assert add_code(people()[0], "Kepercayaan")


@pytest.mark.parametrize(
    ("passage", "why"),
    [
        ((1, 4, 4), "empty"), ((1, -1, 4), "empty"), ((1, 0, 101), "beyond the end"), ((SILENT, 0, 2), "does not cover"),
    ],
)  # fmt: skip
def test_passages_that_cannot_be_coded(owner: Actor, passage: tuple[int, int, int], why: str) -> None:
    """Each is refused in words, by the database itself, and leaves nothing."""
    code = add_code(owner, "a")
    before = Event.objects.count()
    with pytest.raises(RecordError, match=why):
        add_coding(owner, code, *passage)
    with pytest.raises(RecordError, match=why):
        add_codings(owner, code, [(1, 0, 3), passage])
    assert not Coding.objects.filter(study=owner.study).exists()
    assert Event.objects.count() == before


def test_a_coder_codes_a_passage_once_and_others_may_too() -> None:
    """Codings of different coders stay apart."""
    owner, coder = people()
    code = add_code(owner, "a")
    add_coding(owner, code, 1, 0, 5)
    with pytest.raises(RecordError, match="already"):
        add_coding(owner, code, 1, 0, 5)
    add_coding(coder, code, 1, 0, 5)
    assert add_codings(coder, code, [(1, 0, 5), (1, 5, 9), (1, 5, 9)]) != []
    assert Coding.objects.filter(study=owner.study).count() == 3


def test_nobody_touches_another_coders_work() -> None:
    """Neither codings nor memos."""
    owner, coder = people()
    coding = add_coding(coder, add_code(owner, "a"), 1, 0, 5)
    memo = write_memo(coder, "kata")
    for act in (
        lambda: remove_codings(owner, [coding]),
        lambda: change_coding(owner, coding, end=9),
        lambda: change_memo(owner, memo, text="lain"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_tree_is_a_tree(owner: Actor) -> None:
    """A code goes where it is put, and never under itself."""
    a, b, c = (add_code(owner, name) for name in "abc")
    move_code(owner, b, parent=a)
    move_code(owner, c, parent=a, before=b)
    assert tree(owner) == [(None, "a"), ("a", "c"), ("a", "b")]
    for below in (a, b, c):
        with pytest.raises(RecordError, match="under itself"):
            move_code(owner, a, parent=below)
    move_code(owner, c, parent=None, before=a)
    assert tree(owner) == [(None, "c"), (None, "a"), ("a", "b")]


def test_merging_carries_everything_over(owner: Actor) -> None:
    """Codings, memos, subcodes and relations; twins become one coding with the memos of both."""
    a, b, c = (add_code(owner, name) for name in "abc")
    twin, kept = add_coding(owner, a, 1, 0, 5), add_coding(owner, b, 1, 0, 5)
    other = add_coding(owner, a, 1, 5, 9)
    write_memo(owner, "pada kembaran", coding=twin)
    write_memo(owner, "pada kode", code=a)
    move_code(owner, c, parent=a)
    relate_codes(owner, a, b, tie="contrast")
    relate_codes(owner, a, c, tie="condition")
    merge_codes(owner, a, into=b)
    assert set(Coding.objects.filter(code_id=b).values_list("pk", flat=True)) == {kept, other}
    assert Memo.objects.get(text="pada kembaran").coding_id == kept
    assert Memo.objects.get(text="pada kode").code_id == b
    assert tree(owner) == [(None, "b"), ("b", "c")]
    assert list(
        CodeRelation.objects.filter(source__study=owner.study).values_list("source_id", "target_id")
    ) == [(b, c)]


def test_merging_a_code_into_its_own_subcode(owner: Actor) -> None:
    """The subcode rises to the place of the code that goes."""
    a, b, c = (add_code(owner, name) for name in "abc")
    move_code(owner, b, parent=a)
    move_code(owner, c, parent=b)
    merge_codes(owner, a, into=c)
    assert tree(owner) == [(None, "c"), ("c", "b")]


def test_removing_a_code_takes_what_stands_on_it(owner: Actor) -> None:
    """Subcodes, codings and memos go along, in one event."""
    a, b = (add_code(owner, name) for name in "ab")
    move_code(owner, b, parent=a)
    write_memo(owner, "catatan", coding=add_coding(owner, b, 1, 0, 5))
    remove_code(owner, a)
    assert not any(state(owner).values())
    assert len(Event.objects.filter(study=owner.study).latest("pk").changes) == 4


def test_a_change_that_was_overtaken_overwrites_nothing() -> None:
    """Whoever saw an older value is told who changed it."""
    owner, coder = people()
    code = add_code(owner, "a")
    change_code(coder, code, definition="baru", seen={"definition": ""})
    with pytest.raises(Overtaken, match="Bayu changed this"):
        change_code(owner, code, definition="lain", seen={"definition": ""})
    change_code(owner, code, name="b", seen={"definition": "", "name": "a"})  # another column: no conflict
    assert Code.objects.get(pk=code).definition == "baru"


def test_what_is_typed_passes_the_door(owner: Actor) -> None:
    """A number is shown before it is stored, and stored only when somebody decided to keep it."""
    with pytest.raises(IdentifierTyped) as caught:
        write_memo(owner, "telepon 083471000000")
    assert caught.value.hits == [(8, 20, "phone")]
    with pytest.raises(IdentifierTyped):
        add_code(owner, "083471000000")
    memo = write_memo(owner, "telepon 083471000000", kept=["083471000000"])
    with pytest.raises(IdentifierTyped):
        change_memo(owner, memo, text="kini 083471000001")


def test_roles_are_asked_for_every_action() -> None:
    """A reader writes nothing, a coder gives no roles, and a study keeps an owner."""
    owner, coder = people()
    with pytest.raises(NotAllowed, match="owner"):
        give_role(coder, coder.person.pk, "owner")
    give_role(owner, coder.person.pk, "reader")
    with pytest.raises(NotAllowed, match="coder"):
        add_code(coder, "a")
    give_role(owner, coder.person.pk, None)
    with pytest.raises(NotAllowed):
        write_memo(coder, "kata")
    with pytest.raises(RecordError, match="needs an owner"):
        give_role(owner, owner.person.pk, "coder")


def test_what_is_gone_or_of_another_study_is_not_there() -> None:
    """Ids of another study open nothing."""
    owner, stranger = people()[0], people()[0]
    code = add_code(owner, "a")
    for act in (lambda: change_code(stranger, code, name="b"), lambda: add_coding(stranger, code, 1, 0, 5)):
        with pytest.raises(NoSuchRow):
            act()
    with pytest.raises(NoSuchRow):
        add_coding(owner, code, 99, 0, 5)


def test_the_database_refuses_what_no_action_would_do() -> None:
    """Also written past the actions: a code of another study, a tie across studies, a memo on two things."""
    owner, stranger = people()[0], people()[0]
    mine, theirs = add_code(owner, "a"), add_code(stranger, "a")
    coding = Coding.objects.get(pk=add_coding(owner, mine, 1, 0, 5))
    memo = Memo.objects.get(pk=write_memo(owner, "kata", code=mine))
    for act in (
        lambda: Coding.objects.filter(pk=coding.pk).update(code_id=theirs),
        lambda: Coding.objects.filter(pk=coding.pk).update(end=500),
        lambda: CodeRelation.objects.create(source_id=mine, target_id=theirs, tie="contrast"),
        lambda: Memo.objects.filter(pk=memo.pk).update(coding=coding),
        lambda: Code.objects.filter(pk=mine).update(parent_id=theirs),
    ):
        with pytest.raises(IntegrityError), transaction.atomic(using=current()):
            act()


def test_every_action_leaves_one_event_that_is_never_altered(owner: Actor) -> None:
    """Who, what, and the row as it became; nothing where nothing changed."""
    code = add_code(owner, "a", definition="panjang")
    event = Event.objects.filter(study=owner.study).latest("pk")
    assert (event.action, event.person, event.said["0"]) == ("add_code", owner.person, "a")
    (model, key, before, after) = event.changes[0]
    assert (model, key, before, after["name"]) == ("code", code, None, "a")
    change_code(owner, code, name="a")
    assert Event.objects.filter(study=owner.study).latest("pk") == event
    with pytest.raises(TypeError, match="never altered"):
        event.save()
