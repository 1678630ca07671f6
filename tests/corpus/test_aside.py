"""What is kept aside between reading and door: whole, in order, and unreadable without the key in memory."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from makna.corpus.importing import aside
from makna.corpus.importing.aside import Aside, Packed, Seal
from makna.corpus.model import Relation
from makna.corpus.records import RawAccount, RawPost

AUTHOR = RawAccount("9", "mawar_melati", "Mawar 🌹", "bio", "Bandung", 1.5e9, 120)
POST = RawPost(
    3, "halo @melati ⟦x⟧ 💕\n", id="17", account=AUTHOR, sent=1.6e9, conversation_id="17", parent_id="16",
    parent_handle="melati", relation=Relation.REPLY, replies=1, media=("image",), mentions=("melati",),
    mention_names=("Melati",), links={"https://t.co/x": "media"}, language="id", context=True, withheld=True,
)  # fmt: skip
WANTED = [
    "text",
    "links",
    "account",
    "sent",
    "relation",
    "replies",
    "reposts",
    "likes",
    "quotes",
    "media",
    "context",
    "withheld",
]


def packed(posts: int, accounts: int) -> Packed:
    """A block of so many posts and accounts, all alike."""
    records = Packed()
    for _n in range(posts):
        records.post(POST)
    for _n in range(accounts):
        records.account(AUTHOR)
    return records


def test_records_come_back_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks come back in order and whole, also an empty one, and also beyond what is kept in memory."""
    monkeypatch.setattr(aside, "_IN_MEMORY", 500)
    seal = Seal.fresh()
    blocks = [(n, n % 2) for n in range(9)]
    with Aside(tmp_path) as kept:
        for block in blocks:
            kept.add(seal.close(packed(*block)))
        copy = pickle.loads(pickle.dumps(seal))
        opened = [copy.open(sealed) for sealed in kept.blocks()]
    assert [(len(posts), accounts) for posts, accounts in opened] == [(n, [AUTHOR] * m) for n, m in blocks]
    for post in (post for posts, _accounts in opened for post in posts):
        there = {name: getattr(post, name) for name in WANTED}
        assert there == {name: getattr(POST, name) for name in WANTED} | {"media": ["image"]}
    assert not list(tmp_path.iterdir())


def test_nothing_kept_aside_can_be_read_without_the_key() -> None:
    """No word of a record stands in what is kept, the same record looks different each time, another key opens nothing."""
    seal = Seal.fresh()
    sealed = [seal.close(packed(1, 1)) for _time in range(2)]
    assert sealed[0] != sealed[1]
    for word in ("halo", "mawar", "Mawar", "melati", "Bandung"):
        assert word.encode() not in sealed[0]
    with pytest.raises(InvalidTag):
        Seal.fresh().open(sealed[0])
