"""Handles that look like addresses: known by the source, they are the account's and no link and no e-mail address."""

from __future__ import annotations

import pytest

from makna.corpus.disguise.door import Door, DoorSettings
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.pseudonyms import Pseudonyms
from makna.corpus.disguise.roster import Roster

KEY = bytes(range(32))
NAMES = Pseudonyms(Macs(KEY))
DOOR = Door(DoorSettings(KEY), Roster.empty(), NAMES)
LINKS = {
    handle: f"@{handle}" for handle in ("mawar.bsky.social", "dewi.ayu@server.contoh.id", "toko.example.com")
}


def shown(handle: str) -> str:
    """What stands for an account."""
    return f"⟦@{NAMES.of(Macs(KEY).mac('handle', handle))}⟧"


@pytest.mark.parametrize("handle", LINKS)
def test_a_named_handle_is_its_account(handle: str) -> None:
    """After @ or alone, at either end or in brackets, the whole handle becomes the account's pseudonym."""
    texts = [f"halo @{handle} apa kabar", f"@{handle}", f"({handle})", f"sama @{handle}, @{handle} juga"]
    done = DOOR.disguise([t.replace(f"({handle})", f"(@{handle})") for t in texts], [LINKS] * len(texts))
    name = shown(handle)
    assert [d.text for d in done] == [
        f"halo {name} apa kabar",
        name,
        f"({name})",
        f"sama {name}, {name} juga",
    ]
    assert done[0].classes == {"account": 1}


def test_others_stay_what_they_are() -> None:
    """An address or a handle that the source does not name is a link or an e-mail address, whatever is named beside it."""
    texts = [
        "@lain.bsky.social",
        "surat@server.contoh.id",
        "xdewi.ayu@server.contoh.idx.com",
        "mawar.bsky.social.contoh.com",
    ]
    for text in texts:
        (done,) = DOOR.disguise([text], [LINKS])
        assert shown("mawar.bsky.social") not in done.text
        assert shown("dewi.ayu@server.contoh.id") not in done.text
        assert "⟦" in done.text
        assert not any(word in done.text for word in ("lain", "surat", "dewi", "mawar", "contoh", "server"))
