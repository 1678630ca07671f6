"""What may leave stands on enough people: properties that hold for whatever rows there are."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from makna.report.release import ENOUGH, Group, coarsen, merge, together

SETS = st.lists(st.frozensets(st.integers(0, 60), max_size=12), max_size=10)
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "role": st.sampled_from("pbk"),
            "gender": st.sampled_from("fm"),
            "age": st.sampled_from(["20", "25", "30"]),
        }
    ),
    max_size=14,
)


def groups(sets: list[frozenset[int]]) -> list[Group]:
    return [Group(len(s), s) for s in sets]


@given(SETS)
def test_no_shown_row_stands_on_few(sets: list[frozenset[int]]) -> None:
    """Every row that is shown as itself stands on nobody or on at least five accounts."""
    hidden = merge(groups(sets))
    assert all(len(s) == 0 or len(s) >= ENOUGH for i, s in enumerate(sets) if i not in hidden.merged)


@given(SETS)
def test_other_stands_on_enough_and_hides_two_rows(sets: list[frozenset[int]]) -> None:
    """A merged row is never one row alone, which a total would give away, and stands on five accounts."""
    hidden = merge(groups(sets))
    if hidden.merged and not hidden.withheld:
        assert len(hidden.merged) >= 2
        assert len(frozenset().union(*(sets[i] for i in hidden.merged))) >= ENOUGH


@given(SETS)
def test_withheld_only_when_nothing_could_join(sets: list[frozenset[int]]) -> None:
    """Rows are withheld whole only when every row that stands on anybody was already merged."""
    hidden = merge(groups(sets))
    if hidden.withheld:
        assert set(hidden.merged) == {i for i, s in enumerate(sets) if s}


@given(SETS)
def test_nothing_is_merged_without_need(sets: list[frozenset[int]]) -> None:
    """Where no row is small, all stay."""
    if all(len(s) == 0 or len(s) >= ENOUGH for s in sets):
        assert merge(groups(sets)).merged == ()


def test_one_small_row_takes_the_smallest_other_along() -> None:
    """Complementary suppression: a single small row against a total would be found by subtraction."""
    hidden = merge([Group(40), Group(3), Group(9), Group(12)])
    assert hidden.merged == (1, 2)


def test_small_rows_of_the_same_accounts_are_not_enough() -> None:
    """Two rows of the same three accounts stand on three, not on six."""
    same = Group(3, frozenset({1, 2, 3}))
    assert merge([same, same]).withheld
    assert merge([same, same, Group(8, frozenset(range(8)))]).merged == (0, 1, 2)


def test_together_is_a_lower_bound() -> None:
    """Counts without names may be of the same accounts, so they are not added up."""
    assert together([Group(4), Group(3)]) == 4
    assert together([]) == 0


@given(PEOPLE)
def test_no_shown_combination_is_of_one_informant(people: list[dict[str, str]]) -> None:
    """Every combination of attributes that is shown belongs to two informants at least."""
    rows = coarsen(people).rows
    shown = Counter(tuple(sorted(row.items())) for row in rows if row)
    assert all(n >= 2 for n in shown.values())
    assert len(rows) == len(people)


@given(PEOPLE)
def test_what_is_shown_is_true(people: list[dict[str, str]]) -> None:
    """Coarsening widens values, it never states a wrong one."""
    for person, row in zip(people, coarsen(people).rows, strict=True):
        assert all(person[name] in shown.split(" / ") for name, shown in row.items())


def test_shared_combinations_stay_as_they_are() -> None:
    """Who shares all attributes with another is shown whole, and nothing is named as coarsened."""
    rows = [{"role": "p"}, {"role": "p"}, {"role": "b"}, {"role": "b"}]
    found = coarsen(rows)
    assert list(found.rows) == rows
    assert found.coarsened == ()


def test_one_informant_alone_is_not_described() -> None:
    """With one informant every attribute singles out."""
    found = coarsen([{"role": "p", "age": "20"}])
    assert found.rows == ({},)
    assert found.coarsened == ("role", "age")
