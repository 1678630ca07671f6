"""What is read of a record: pages of a code, counts, and which codes stand together."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record_sample import LENGTHS, TALK, people

from makna.record.acting import Actor
from makna.record.actions.add_code import add_code
from makna.record.actions.add_codings import add_codings
from makna.record.actions.begin_round import begin_round
from makna.record.database import opened
from makna.record.history import undo
from makna.record.queries import passages
from makna.record.queries.events import events
from makna.record.queries.passages import Count, codings_of_code, codings_of_document, count_of_code, counts
from makna.record.queries.together import together

PASSAGES = st.lists(
    st.tuples(st.sampled_from([1, 2]), st.integers(0, 20), st.integers(1, 8)).map(lambda t: (t[0], t[1], t[1] + t[2])),
    max_size=12, unique=True,
)  # fmt: skip


def coded(owner: Actor, passages: dict[int, list[tuple[int, int, int]]]) -> None:
    """Give each code its passages."""
    for code, places in passages.items():
        add_codings(owner, code, places)


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("many", [0, 5000])
def test_pages_of_a_code_hold_each_coding_once_in_the_order_of_the_texts(
    monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """Whatever the size of a page; also where passages begin at one place, and where a code has many codings."""
    monkeypatch.setattr(passages, "_MANY", many)
    owner, coder = people()
    code, other = add_code(owner, "a"), add_code(owner, "b")
    places = [(2, 3, 9), (1, 5, 7), (1, 5, 9), (1, 0, 2), (2, 3, 5)]
    add_codings(owner, code, places)
    add_codings(coder, code, places[:2])
    add_codings(owner, other, [(1, 1, 2)])
    whole = codings_of_code(owner, code).codings
    assert [(c.document, c.start) for c in whole] == [(1, 0), (1, 5), (1, 5), (1, 5), (2, 3), (2, 3), (2, 3)]
    for limit in (1, 2, 3, 7):
        found, after = [], None
        while True:
            page = codings_of_code(owner, code, after=after, limit=limit)
            found += page.codings
            after = page.after
            if after is None:
                break
        assert tuple(found) == whole
    assert {c.document for c in codings_of_code(owner, code, documents=[2]).codings} == {2}
    assert [(c.start, c.code) for c in codings_of_document(owner, 1)][:2] == [(0, code), (1, other)]
    assert counts(owner) == {code: Count(7, 2, 2), other: Count(1, 1, 1)}


@pytest.mark.usefixtures("record")
def test_what_is_hidden_is_neither_shown_nor_counted() -> None:
    """Others' codings of a blind round."""
    owner, coder = people()
    code = add_code(owner, "a")
    add_codings(owner, code, [(1, 0, 5)])
    begin_round(owner, "Uji")
    add_codings(owner, code, [(1, 6, 9)])
    assert (count_of_code(owner, code), count_of_code(coder, code)) == (2, 1)
    assert [c.start for c in codings_of_code(coder, code).codings] == [0]
    assert counts(coder) == {code: Count(1, 1, 1)}
    assert together(coder).passages.tolist() == [[1]]


@settings(max_examples=30, deadline=None)
@given(given=st.lists(PASSAGES, min_size=3, max_size=3))
def test_codes_stand_together_where_their_passages_overlap(
    library: Path, given: list[list[tuple[int, int, int]]]
) -> None:
    """As counting every pair by hand does, and both ways alike."""
    with opened(library):
        owner, coder = people()
        codes = [add_code(owner, name) for name in "abc"]
        of = dict(zip(codes, given, strict=True))
        coded(owner, of)
        add_codings(coder, codes[0], given[0][:2])  # the same again, by another: counts once
        passages_, documents = Counter(), Counter()
        for one, other in combinations(codes, 2):
            pairs = [
                d for (d, s, e), (d2, s2, e2) in product(of[one], of[other]) if d == d2 and s < e2 and s2 < e
            ]  # fmt: skip
            passages_[one, other], documents[one, other] = len(pairs), len(set(pairs))
        for code in codes:
            passages_[code, code], documents[code, code] = (
                len(of[code]),
                len({p[0] for p in of[code]}),
            )
        found = together(owner)
        assert set(found.codes) == {code for code in codes if of[code]}
        for (a, one), (b, other) in product(enumerate(found.codes), repeat=2):
            pair = (min(one, other), max(one, other))
            assert (found.passages[a, b], found.documents[a, b]) == (passages_[pair], documents[pair])
        assert together(owner, documents=[TALK]).codes == ()
        assert set(LENGTHS) > {1, 2}


@pytest.mark.usefixtures("record")
def test_events_say_how_much_they_changed() -> None:
    """Counted by the database, on both kinds; what changed is not read for it."""
    owner, coder = people()
    code = add_code(owner, "a")
    add_codings(coder, code, [(1, n, n + 1) for n in range(7)])
    undo(coder)
    last, before, *_earlier = events(owner)
    assert (last.size, last.way, before.size, before.undone_by) == (7, "undone", 7, last)
    assert "changes" in last.get_deferred_fields()
