"""Chats from file to study: consents by number and by name, mentions, exports made anew, erasure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from makna.errors import ConsentMissing
from makna.library import Library, Study

HEAD = '13/03/21 11.21 - Melati Putri membuat grup "Jual: beli"\n13/03/21 11.22 - Melati Putri menambahkan Dahlia Sekar\n'
CHAT = (
    HEAD
    + """\
13/03/21 11.25 - Melati Putri: Halo @6283470000001, tanya @\u2068Kenanga\u2069 atau Dahlia Sekar ya
13/03/21 11.26 - +62 834-7000-0001: Kabar baik Melati Putri
13/03/21 11.27 - Kenanga: rahasia sekali dari kenanga
13/03/21 11.28 - Kenanga: <Media tidak disertakan>
13/03/21 11.29 - +62 834-7000-0002: nomorku lain
13/03/21 11.30 - ~ Melati Putri: ok
13/03/21 11.30 - Melati Putri: ok
"""
)
ALLOWED = {"access": "private", "permission": "all members, in writing, 3 March 2021"}
WITHHELD = "⟦turn withheld⟧"
NAMES = ("Melati", "Putri", "Kenanga", "kenanga", "Dahlia", "Sekar", "0834", "62834", "7000", "Jual")


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """A study of nobody."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("MAKNA_LIBRARY", str(tmp_path / "library"))
    return Library().create("kajian")


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    """A group of four."""
    path = tmp_path / "Chat WhatsApp dengan Grup.txt"
    path.write_text(CHAT, encoding="utf-8")
    return path


def texts(study: Study) -> list[str]:
    rows = study.run(study.units).to_pylist()
    return [row["text"] for row in sorted(rows, key=lambda row: row["unit_id"])]


def pseudonyms(study: Study) -> dict[int, str]:
    return {row["author_id"]: row["pseudonym"] for row in study.run(study.authors).to_pylist()}


def test_a_chat_is_never_public(study: Study, chat: Path) -> None:
    """Without an access basis neither import nor preview reads a word, and the message says what to state."""
    for read in (study.add, study.preview):
        with pytest.raises(ConsentMissing, match="no public place: state --access closed"):
            read(chat)
    with pytest.raises(ConsentMissing, match="needs a permission"):
        study.add(chat, access="closed")
    assert study.batches() == []


def test_only_who_consented_is_read(study: Study, chat: Path) -> None:
    """By number in another spelling and by name in another case; everybody else is withheld, also in the preview."""
    study.record_consents(["0834 7000 0001", "melati  putri"])
    shown = [row["text"] for row in study.preview(chat, limit=20, access="private")]
    report = study.add(chat, **ALLOWED)
    assert report.withheld == 2
    found = texts(study)
    assert found == [text for text in shown if text]
    assert found[2:4] == [WITHHELD, WITHHELD]
    assert found[4:] == ["ok", "ok"]
    assert not [name for name in NAMES if name in repr(found)]
    assert "rahasia" not in repr(study.run(study.units).to_pylist())


def test_mentions_lead_to_their_accounts(study: Study, chat: Path) -> None:
    """A number after @, a name after @ and a plain name stand as the pseudonym of who that is."""
    study.record_consents(["083470000001", "Melati Putri"])
    study.add(chat, **ALLOWED)
    units = sorted(study.run(study.units).to_pylist(), key=lambda row: row["unit_id"])
    names = pseudonyms(study)
    melati, phone, kenanga = (names[units[n]["author_id"]] for n in range(3))
    first, second = units[0]["text"], units[1]["text"]
    assert first.startswith(f"Halo ⟦@{phone}⟧, tanya ⟦@{kenanga}⟧ atau ⟦@")
    assert second == f"Kabar baik ⟦@{melati}⟧"
    assert names[units[4]["author_id"]] == melati  # the tilde makes nobody else


def test_an_export_made_anew_adds_what_is_new(study: Study, chat: Path, tmp_path: Path) -> None:
    """Equal words within a minute stay two; a longer export of the same chat repeats the rest and joins its conversation."""
    study.record_consents(["Melati Putri"])
    assert study.add(chat, **ALLOWED).kept == 7
    later = tmp_path / "lagi.txt"
    later.write_text(CHAT + "13/03/21 12.00 - Melati Putri: lanjut\n", encoding="utf-8")
    report = study.add(later, **ALLOWED)
    assert (report.kept, report.repeated) == (1, 7)
    documents = study.run(study.documents).to_pylist()
    assert len({row["conversation_id"] for row in documents}) == 1
    assert sorted(row["position"] for row in documents) == list(range(8))


def test_one_number_is_one_account_in_two_chats(study: Study, chat: Path, tmp_path: Path) -> None:
    """Whoever is a number in both exports is one author, however the number is written."""
    other = tmp_path / "lain.txt"
    other.write_text(
        "[14/03/21 09.00.01] \u202a+62 834\u20117000\u20110001\u202c: dari grup lain\n" * 2, encoding="utf-8"
    )
    study.record_consents(["+62 834-7000-0001"])
    study.add(chat, **ALLOWED)
    study.add(other, **ALLOWED)
    rows = study.run(study.units).to_pylist()
    assert (
        len(
            {
                row["author_id"]
                for row in rows
                if row["text"] in ("dari grup lain",) or row["text"].startswith("Kabar")
            }
        )
        == 1
    )


@pytest.mark.parametrize("typed", ["0834-7000-0001", "+62 834 7000 0001"])
def test_a_number_in_a_chat_is_erased_however_it_is_typed(study: Study, chat: Path, typed: str) -> None:
    """The words, the mentions and the recorded consent go; who stays keeps theirs."""
    study.record_consents(["0834 7000 0001", "Melati Putri"])
    study.add(chat, **ALLOWED)
    study.erase(handles=[typed])
    found = texts(study)
    assert not [text for text in found if text.startswith("Kabar")]
    assert "ok" in found
    assert study.consents_count() == 1
    assert not [text for text in study.add(chat, **ALLOWED).asdict() if text == "Kabar"]
    assert not [text for text in texts(study) if text.startswith("Kabar")]


def test_a_name_in_a_chat_is_erased(study: Study, chat: Path) -> None:
    """By the name as the export shows it."""
    study.record_consents(["Kenanga", "Melati Putri"])
    study.add(chat, **ALLOWED)
    assert "rahasia sekali dari" in repr(texts(study))
    study.erase(handles=["Kenanga"])
    assert "rahasia" not in repr(texts(study))
    assert study.consents_count() == 1


def test_public_groups_of_telegram_may_be_public(study: Study, tmp_path: Path) -> None:
    """What Telegram calls public is read whole; a private group is not."""
    message = {
        "id": 1,
        "type": "message",
        "date_unixtime": "1615609500",
        "from": "Melati",
        "from_id": "user1",
        "text": "promo",
    }
    for kind in ("public_supergroup", "private_group"):
        path = tmp_path / f"{kind}.json"
        path.write_text(
            json.dumps({"name": "Grup", "type": kind, "id": 1, "messages": [message]}), encoding="utf-8"
        )
    assert study.add(tmp_path / "public_supergroup.json").kept == 1
    with pytest.raises(ConsentMissing, match=r"private_group\.json is a chat"):
        study.add(tmp_path / "private_group.json")
