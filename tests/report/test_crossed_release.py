"""What of a matrix of codes leaves the study."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from makna.report.crossed_figure import figure, png, svg
from makna.report.crossed_release import ACCOUNTS, OTHERS, Standing, release, rounded

CODES, GROUPS = ("bebas", "percaya"), ("penjual", "pembeli")


def _posts(code, group, accounts, each=1):
    return [
        Standing(code, group, (account, n, n + 1), "observation", account)
        for account in accounts
        for n in range(each)
    ]


def _values(left, half=ACCOUNTS):
    return {(cell.code, cell.group): cell.value for cell in left.cells if cell.source == half}


def test_accounts_are_counted_in_fives_from_five_on():
    """Four accounts are held back, seven are five, eight are ten; nobody is 0."""
    rows = [
        *_posts("bebas", "penjual", range(4)),
        *_posts("bebas", "pembeli", range(7)),
        *_posts("percaya", "penjual", range(8)),
    ]
    left = release(rows, "public", codes=CODES, groups=GROUPS)
    assert _values(left) == {
        ("bebas", "penjual"): None, ("bebas", "pembeli"): 5, ("percaya", "penjual"): 10, ("percaya", "pembeli"): 0,
    }  # fmt: skip
    assert left.held == 1
    assert {cell.counted for cell in left.cells} == {"accounts"}


@given(before=st.integers(0, 60), more=st.integers(1, 2), each=st.integers(1, 9))
def test_no_difference_of_two_exports_is_one_account(before, more, each):
    """Whatever one or two accounts add, and however much they wrote: it is 0 or five, or held back."""
    first = release(_posts("bebas", "penjual", range(before)), "public", codes=CODES[:1], groups=GROUPS[:1])
    then = release(
        [*_posts("bebas", "penjual", range(before)), *_posts("bebas", "penjual", range(before, before + more), each)],
        "public", codes=CODES[:1], groups=GROUPS[:1],
    )  # fmt: skip
    one = _values(first).get(("bebas", "penjual"), 0)
    other = _values(then)["bebas", "penjual"]
    assert other is None or (other % 5 == 0 and (one is None or other - one in (0, 5)))
    assert rounded(before) % 5 == 0


def test_wider_groups_do_not_give_a_smaller_one_away():
    """Sellers less one kind of sellers is no figure of the other kind, which is of two accounts."""
    wide = release(_posts("bebas", "penjual", range(12), 4), "public", codes=["bebas"], groups=["penjual"])
    narrow = release(
        [*_posts("bebas", "besar", range(10), 4), *_posts("bebas", "kecil", (10, 11), 4)],
        "public", codes=["bebas"], groups=["besar", "kecil"],
    )  # fmt: skip
    assert _values(wide)["bebas", "penjual"] - _values(narrow)["bebas", "besar"] == 0
    assert _values(narrow)["bebas", "kecil"] is None


def test_other_sources_are_counted_in_passages():
    """Unless a group of persons has a single informant, whom it would single out."""
    rows = [
        Standing("bebas", "penjual", (1, 0, 5), "interview", 70), Standing("bebas", "penjual", (2, 0, 5), "interview", 71),
        Standing("bebas", "pembeli", (3, 0, 5), "interview", 72), Standing("percaya", "pembeli", (4, 0, 5), "field_note", None),
    ]  # fmt: skip
    left = release(rows, "public", codes=CODES, groups=GROUPS, by_person=True)
    assert _values(left, OTHERS)["bebas", "penjual"] == 2
    assert _values(left, OTHERS)["bebas", "pembeli"] is None
    by_kind = release(rows, "public", codes=CODES, groups=GROUPS)
    assert _values(by_kind, OTHERS)["bebas", "pembeli"] == 1


def test_the_examiners_edition_is_complete_and_marks_the_few():
    """Passages as they are; what stands on fewer than five accounts says so."""
    left = release(_posts("bebas", "penjual", (1, 2), 3), "examiners", codes=["bebas"], groups=["penjual"])
    [cell] = left.cells
    assert (cell.value, cell.counted, cell.few, left.held) == (6, "passages", True, 0)


def test_names_are_those_that_may_leave():
    """A code that is a word of the field is called by what may be said of it."""
    left = release(
        _posts("vcs", "penjual", range(9)),
        "public",
        codes=["vcs"],
        groups=["penjual"],
        named={"vcs": "code 1"},
    )
    assert [cell.code for cell in left.cells] == ["code 1"]


def test_each_half_has_its_own_picture_with_all_cells_in_order():
    """Shades are of one half alone; a cell that is held back keeps its place and shows a dash."""
    rows = [
        *_posts("bebas", "pembeli", range(9)),
        *_posts("bebas", "penjual", range(2)),
        Standing("percaya", "pembeli", (1, 0, 5), "interview", 7),
    ]
    left = release(rows, "public", codes=CODES, groups=GROUPS)
    spec = figure(left, "Judul", ["Catatan"], words=str, language="id")
    _title, middle, _note = spec["vconcat"]
    accounts, others = middle["hconcat"]
    assert middle["resolve"] == {"scale": {"color": "independent"}}
    assert accounts["layer"][0]["encoding"]["x"]["sort"] == list(GROUPS)
    said = {(row["code"], row["group"]): row["said"] for row in accounts["data"]["values"]}
    assert said["bebas", "penjual"] == "–" and said["bebas", "pembeli"] == "10"
    assert {row["group"] for row in others["data"]["values"]} == {"pembeli"}
    assert b"Judul" in svg(spec) and png(spec).startswith(b"\x89PNG")
