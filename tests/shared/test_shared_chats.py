"""The WhatsApp samples of chat-miner: five date orders, one chat, the messages that its target holds."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from makna.corpus.readers import recognise
from makna.corpus.readers.base import Options
from makna.corpus.records import Dropped, RawPost, RawRecord, Rejection, Remark

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "formats" / "whatsapp"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared data are not here")

NAMES = [
    "chatminer_test_[mmddyy]_24hrs.txt",
    "chatminer_test_ddmmyy_24hrs.txt",
    "chatminer_test_mmddyy_24hrs.txt",
    "chatminer_test_mmddyyyy_12hrs.txt",
    "chatminer_test_yyyymmdd_24hrs.txt",
]


def read(name: str) -> list[RawRecord]:
    """All records of a sample, before the door."""
    reader, head = recognise(FOLDER / name)
    assert reader.name == "whatsapp"
    return [r for b in reader.blocks(FOLDER / name, head, Options()) for r in reader.parse(b, Options())]


def test_every_file_is_listed() -> None:
    """A new sample asks for its expectation."""
    assert sorted(p.name for p in FOLDER.glob("*.txt")) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_gives_the_target(name: str) -> None:
    """Time, sender and words of each message are the target's (newest first, its line ends as spaces)."""
    found = [
        {
            "timestamp": datetime.fromtimestamp(post.sent or 0, UTC).strftime("%Y-%m-%dT%H:%M:%S"),
            "author": post.account and post.account.name,
            "message": post.text.replace("\n", " "),
        }
        for post in read(name)
        if isinstance(post, RawPost)
    ]
    assert found[::-1] == json.loads((FOLDER / "chatminer_target.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_the_rest_of_a_sample_is_counted(name: str) -> None:
    """The three lines that are no message are counted as notices; nothing is rejected or in doubt."""
    rest = [r for r in read(name) if not isinstance(r, RawPost)]
    assert rest == [Dropped({"notice": 3})]
    assert not [r for r in rest if isinstance(r, Rejection | Remark)]
