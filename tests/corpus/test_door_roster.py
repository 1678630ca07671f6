"""Every handle and display name of the batch, masked in all texts however spelled."""

from __future__ import annotations

import pickle
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makna.corpus.disguise.door import Door, DoorSettings
from makna.corpus.disguise.folding import FoldHash, Stream, fold_name
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.pseudonyms import Pseudonyms
from makna.corpus.disguise.roster import Roster, RosterBuilder, account_mac
from makna.corpus.records import RawAccount
from strategies import HANDLE_STYLES, handles, hostile_handles

KEY = bytes(range(32))
MACS = Macs(KEY)


def roster_of(*accounts: RawAccount) -> Roster:
    """The roster of these accounts."""
    builder = RosterBuilder(MACS)
    return builder.build(np.array([row for a in accounts for row in builder.entries(a)], np.uint64))


def door_of(*accounts: RawAccount, masked: tuple[str, ...] = ()) -> Door:
    """A door that knows these accounts."""
    return Door(DoorSettings(KEY, masked_names=masked), roster_of(*accounts), Pseudonyms(MACS))


def shown(handle: str) -> str:
    """The placeholder of the account of this handle."""
    return f"⟦@{Pseudonyms(MACS).of(MACS.mac('handle', handle.casefold()))}⟧"


def through(door: Door, text: str) -> str:
    """One text through a door."""
    return door.disguise([text])[0].text


@pytest.mark.parametrize(
    "name",
    [
        "@Mawar_Melati",
        "mawar melati",
        "m4war_melati",
        "MAWAR.MELATI",
        "ｍａｗａｒ\u200bmelati",
        "mаwаr-mélati",
    ],
)
def test_all_spellings_fold_to_one(name: str) -> None:
    """Case, separators, leet, width, look-alikes and accents tell no two names apart."""
    assert fold_name(name) == fold_name("mawarmelati")


@given(st.lists(st.text("abcdefgz019 ", max_size=12), min_size=1, max_size=6))
def test_a_run_of_words_hashes_as_the_name_it_spells(words: list[str]) -> None:
    """The hash of neighbouring words in a stream is the hash of their folded whole, wherever they stand."""
    hashing = FoldHash(MACS)
    stream = Stream(words, hashing)
    for n in (1, 2, 3):
        hashes, _near = stream.runs(n)
        for first, found in enumerate(hashes.tolist()):
            spans = [stream.span(first + k, first + k) for k in range(n)]
            assert found == hashing.of(fold_name("".join(words[t][s:e] for t, s, e in spans)))


@given(
    hostile_handles(),
    st.sampled_from(["", "halo ", "kata ", "🌸 "]),
    st.sampled_from(["", " ya", "!", " 🔥"]),
)
@settings(deadline=None)
def test_a_handle_is_masked_however_spelled(made: tuple[str, str, str], before: str, after: str) -> None:
    """No spelling of a handle survives in a text, and all become the same pseudonym."""
    handle, _style, written = made
    done = through(door_of(RawAccount(handle=handle)), before + written + after)
    assert done == before + shown(handle) + after


@given(handles())
@settings(deadline=None, max_examples=20)
def test_a_mention_is_one_pseudonym_known_or_not(handle: str) -> None:
    """@x is masked whether or not x is in the roster, and by the same name."""
    for door in (door_of(), door_of(RawAccount(handle=handle.upper()))):
        assert through(door, f"RT @{handle}: halo") == f"RT {shown(handle)}: halo"


def test_a_display_name_is_masked_and_its_everyday_words_stay() -> None:
    """A whole display name goes; its words by themselves stay, and its own segment goes too."""
    door = door_of(RawAccount(handle="mwr_99x", name="Zeliana Qori 🌸 | open bandung"))
    assert through(door, "kata zeliana qori ya") == f"kata {shown('mwr_99x')} ya"
    assert through(door, "Zeliana Qori 🌸 | Open Bandung") == shown("mwr_99x")
    assert through(door, "open bandung malam ini") == "open bandung malam ini"


def test_an_everyday_name_is_masked_only_when_called() -> None:
    """A one-word name that is an everyday word goes after @ or a cue only."""
    door = door_of(RawAccount(handle="senja", name="Bandung"))
    assert through(door, "senja di bandung indah") == "senja di bandung indah"
    assert through(door, "cc @senja ya") == f"cc {shown('senja')} ya"
    assert through(door, "akun senja kena suspend") == f"akun {shown('senja')} kena suspend"


def test_what_five_accounts_call_themselves_in_everyday_words_is_nobodys_name() -> None:
    """Four accounts named so are masked; with the fifth the words are a sign of the group."""
    accounts = [RawAccount(handle=f"qwx{i}k", name="Open Malam") for i in range(5)]
    assert through(door_of(*accounts[:4]), "open malam kak") != "open malam kak"
    assert through(door_of(*accounts), "open malam kak") == "open malam kak"
    rare = [RawAccount(handle=f"qwx{i}k", name="Zeliana Qori") for i in range(5)]
    assert through(door_of(*rare), "zeliana qori kak") == "⟦account⟧ kak"


def test_where_several_fold_alike_the_exact_spelling_decides() -> None:
    """Two handles of one folding: each exact spelling is its own account, any other is some account."""
    door = door_of(RawAccount(handle="mawarmel"), RawAccount(handle="m4warmel"))
    assert through(door, "@mawarmel @m4warmel") == f"{shown('mawarmel')} {shown('m4warmel')}"
    assert through(door, "mawarmel, m4warmel") == f"{shown('mawarmel')}, {shown('m4warmel')}"
    assert through(door, "mawar mel") == "⟦account⟧"


def test_exact_display_names_decide_too() -> None:
    """Two accounts whose display names fold alike are told apart by spelling."""
    door = door_of(
        RawAccount(handle="aq1x", name="Zeliana Qori"), RawAccount(handle="bq2x", name="zeliana_qori")
    )
    assert through(door, "kata Zeliana Qori") == f"kata {shown('aq1x')}"
    assert through(door, "kata ZELIANA QORI") == "kata ⟦account⟧"


def test_a_known_handle_inside_a_longer_one_is_not_that_account() -> None:
    """@mawarmel_dua is another account than mawarmel."""
    assert through(door_of(RawAccount(handle="mawarmel")), "@mawarmel_dua") == shown("mawarmel_dua")


def test_a_name_without_account_is_just_some_account() -> None:
    """A display name that comes with a mention belongs to an account nobody identified."""
    assert through(door_of(RawAccount(name="Zeliana Qori")), "zeliana qori pergi") == "⟦account⟧ pergi"


def test_an_account_without_handle_goes_by_its_id() -> None:
    """Where the source gives only an id, the pseudonym rests on it."""
    account = RawAccount(id="77", name="Zeliana Qori")
    assert account_mac(MACS, account) == MACS.mac("account", "77")
    assert account_mac(MACS, RawAccount()) == 0
    assert through(door_of(account), "zeliana qori") == f"⟦@{Pseudonyms(MACS).of(MACS.mac('account', '77'))}⟧"


def test_names_to_mask_become_names() -> None:
    """The study's own list is masked in every spelling."""
    door = door_of(masked=("Zeliana Qori",))
    assert through(door, "kata z3liana_qori, dan ZELIANA QORI") == "kata ⟦name⟧, dan ⟦name⟧"


def test_words_of_two_texts_never_make_one_name() -> None:
    """A name does not reach from one post into the next."""
    door = door_of(RawAccount(handle="zelianaqori"))
    assert [d.text for d in door.disguise(["halo zeliana", "qori halo"])] == ["halo zeliana", "qori halo"]


def test_a_roster_pickles_and_stays_small() -> None:
    """200,000 names take a few megabytes, pickle in a moment and are found again."""
    rng = np.random.default_rng(1)
    rows = np.stack([rng.integers(1, 1 << 63, 200_000, dtype=np.uint64) for _ in range(3)], 1)
    rows[:, 2] = 1
    roster = RosterBuilder(MACS).build(rows)
    start = time.perf_counter()
    data = pickle.dumps(roster)
    again = pickle.loads(data)
    assert time.perf_counter() - start < 1
    assert len(data) < 5_000_000
    assert (again.find(rows[:1000, 0]) >= 0).all()
    assert again.find(rows[:1000, 0] + np.uint64(1)).max() == -1


def test_a_short_or_numeric_name_is_everyday() -> None:
    """Two letters, or figures alone, would mask half the corpus."""
    door = door_of(*(RawAccount(id=name, name=name) for name in ("R", "Al", "2019")))
    assert through(door, "r, al dan 2019 susah") == "r, al dan 2019 susah"


def test_styles_cover_every_disguise_of_the_folding() -> None:
    """The strategies try what the folding promises to undo."""
    assert {"leet", "cyrillic", "accents", "zero width", "full width", "blank"} <= set(HANDLE_STYLES)
