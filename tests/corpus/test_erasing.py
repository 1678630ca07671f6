"""An erasure takes an account, a participant, a document or a pasted text out, and everything else stays as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from test_importing import post, write

from makna.corpus.erasure.matching import Pasted
from makna.corpus.store import Store
from makna.errors import ConsentMissing, NothingToErase, StudySealed
from makna.library import Library, Study

PARTICIPANTS = """# the informants
[[participant]]
code = "Informan 1"
files = ["satu.txt", "bersama.txt"]
labels = ["Informan 1"]
type = "key"
attributes = { role = "penjual" }
[participant.consent]
mode = "written"
version = "1"
date = 2021-03-04
scopes = ["analysis", "verbatim"]

[[participant]]
code = "Informan 2"
files = ["bersama.txt"]
labels = ["Informan 2"]
[participant.consent]
mode = "written"
version = "1"
date = 2021-03-04
scopes = ["analysis", "verbatim"]
"""
ALONE = "P: Mengapa di sana?\n\nInforman 1: Karena pasarnya ramai sekali tiap pagi.\n\nP: Lalu?\n\nInforman 1: Lalu saya betah di situ.\n"
TOGETHER = (
    "P: Siapa mulai?\n\nInforman 1: Saya yang mulai berdagang duluan.\n\nInforman 2: Saya ikut sesudah itu.\n"
)


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """Two batches of posts that answer and mention each other."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    made = Library(tmp_path / "library").create("s")
    made.add(write(tmp_path / "a.jsonl", first()))
    made.add(write(tmp_path / "b.jsonl", second()))
    return made


def first() -> list[dict[str, Any]]:
    """Twelve posts by six accounts; the seventh mentions pagi_biru, the eighth answers it."""
    posts = [post(n) for n in range(12)]
    posts[6]["text"] = "kata @pagi_biru pasar ramai, betul @pagi_biru pasar pagi 9912 4471 begitu"
    posts[8] = post(8, parent=7)
    posts[3]["author"]["description"] = "teman @pagi_biru"
    return posts


def second() -> list[dict[str, Any]]:
    """Posts of a later batch: one answers pagi_biru, two are by it."""
    posts = [post(n) for n in range(100, 106)]
    posts[2] = post(102, parent=7)
    return posts


def rows(study: Study, table: str) -> list[dict[str, Any]]:
    """All rows of a table, in order of their ids."""
    expression = getattr(study, table)
    return study.run(expression.order_by(expression.columns[0])).to_pylist()


def named(study: Study, handle: str = "pagi_biru") -> str:
    """The pseudonym of the account with this handle: that of the second of the six."""
    texts = {r["document_id"]: r for r in rows(study, "documents")}
    author = texts[(1 << 32) + 1]["author_id"]
    assert handle == "pagi_biru"
    return next(r["pseudonym"] for r in rows(study, "authors") if r["author_id"] == author)


def informants(study: Study, tmp_path: Path) -> None:
    """Two interviews: one of Informan 1 alone, one of both."""
    (study.folder / "participants.toml").write_text(PARTICIPANTS, encoding="utf-8")
    for name, text in (("satu.txt", ALONE), ("bersama.txt", TOGETHER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        study.add(tmp_path / name, kind="interview", access="private")


def test_an_account_goes_with_its_posts_profile_and_mentions(study: Study) -> None:
    """Its posts and profile are gone, replies to it lack their parent, mentions of it name nobody; all else stays."""
    name, before = named(study), {t: rows(study, t) for t in ("documents", "units", "authors")}
    author = next(r["author_id"] for r in before["authors"] if r["pseudonym"] == name)
    gone = {r["document_id"] for r in before["documents"] if r["author_id"] == author}
    assert len(gone) == 3
    shown = study.erase(name, preview=True)
    assert rows(study, "documents") == before["documents"]
    report = study.erase(f"⟦@{name}⟧")
    assert (report.documents, report.mentions, report.replies) == ({"observation": 3}, 3, 2)
    assert (report.done, shown.done, shown.documents) == (True, False, report.documents)
    after = {r["document_id"]: r for r in rows(study, "documents")}
    for old in before["documents"]:
        if old["document_id"] in gone:
            assert old["document_id"] not in after
        elif old["parent_id"] in gone:
            new = after[old["document_id"]]
            assert new == {**old, "parent_id": None, "parent_missing": True}
        elif old["document_id"] != (1 << 32) + 6:
            assert after[old["document_id"]] == old
    unit = next(r for r in rows(study, "units") if r["unit_id"] == (1 << 32) + 6)
    assert unit["text"].startswith("kata ⟦account⟧ pasar ramai, betul ⟦account⟧ pasar pagi ⟦?⟧ begitu")
    assert after[unit["document_id"]]["length"] == unit["end"] == len(unit["text"])
    assert [t["token"] for t in unit["tokens"]][:2] == ["kata", "⟦account⟧"]
    assert [r["bio"] for r in rows(study, "authors") if r["bio"] and "teman" in r["bio"]] == [
        "teman ⟦account⟧"
    ]
    assert name not in {r["pseudonym"] for r in rows(study, "authors")}


def test_reposted_words_go_and_the_repost_stays(study: Study, tmp_path: Path) -> None:
    """Whoever passed the erased words on is still seen to have passed something on."""
    name, text = named(study), "RT @pagi_biru: kata-kata yang dibagikan orang lain"
    again = post(400, text=text)
    report = study.add(write(tmp_path / "c.jsonl", [again]))
    study.erase(name)
    unit = next(r for r in rows(study, "units") if r["document_id"] == report.batch << 32)
    assert (unit["text"], unit["end"]) == ("RT ⟦account⟧", 12)


def test_the_counts_and_checksums_stay_true(study: Study) -> None:
    """What a manifest says of a batch is what the batch holds."""
    study.erase(named(study))
    assert not study.damaged()
    for batch in study.batches():
        store = Store(study.folder / "corpus")
        assert batch.revision == 1
        documents = [r for r in rows(study, "documents") if r["batch"] == batch.number]
        counts = batch.counts
        assert counts["documents"] == counts["kept"] == len(documents)
        assert counts["read"] == counts["kept"] + counts["erased"]
        assert counts["conversations"] == len({r["conversation_id"] for r in documents})
        assert store.manifest(batch.number).counts == counts
    accounts = study.batches()[0].disguised["account"]
    assert accounts == 3  # two mentions in a post and one in a profile stand on, without a name


def test_doubts_move_with_their_texts_and_go_with_them(study: Study) -> None:
    """A doubt behind a replaced mention still stands at its ⟦?⟧; the doubts of an erased post are forgotten."""
    (doubt,) = study.doubts().to_pylist()
    study.erase(named(study))
    (moved,) = study.doubts().to_pylist()
    text = next(r["text"] for r in rows(study, "units") if r["unit_id"] == moved["unit_id"])
    assert text[moved["start"] : moved["start"] + 3] == "⟦?⟧"
    assert (moved["span"], study.batches()[0].counts["doubts"]) == (doubt["span"], 1)
    assert study.erase(moved["document_id"]).doubts == 1
    assert study.doubts().num_rows == study.batches()[0].counts["doubts"] == 0


def test_links_forget_the_account_and_keep_the_others(study: Study) -> None:
    """No MAC of the account or of its posts stays; those of the others link later batches as before."""
    links = study._links()
    posts = np.concatenate([links.all("posts_document")])
    gone = {r["document_id"] for r in rows(study, "documents")}
    study.erase(named(study))
    gone -= {r["document_id"] for r in rows(study, "documents")}
    links = study._links()
    assert set(links.all("posts_document").tolist()) == set(posts.tolist()) - gone
    for name in ("contents_document", "waiting_document"):
        assert not set(links.all(name).tolist()) & gone
    macs = {int(m) for m in study._kept("erased").read()}
    for name in ("posts", "contents", "nodes", "waiting", "accounts", "long"):
        assert not set(links.all(name).tolist()) & macs


def test_what_was_erased_stays_out_of_later_files(study: Study, tmp_path: Path) -> None:
    """The account's posts are counted and left outside, and texts of others mention nobody."""
    study.erase(named(study))
    again = [post(200), post(205), post(206, text="salam @pagi_biru dan @tukang_kopi dari pasar")]
    file = write(tmp_path / "c.jsonl", again)
    assert len(study.preview(file)) == 2
    report = study.add(file)
    assert (report.erased, report.kept) == (1, 2)
    texts = [r["text"] for r in rows(study, "units") if r["document_id"] >> 32 == report.batch]
    assert any(t.startswith("salam ⟦account⟧ dan ⟦@") for t in texts)
    assert study.add(write(tmp_path / "a2.jsonl", first())).kept == 0


def test_a_handle_erases_what_it_wrote_and_keeps_the_unknown_out(study: Study, tmp_path: Path) -> None:
    """A handle finds its account by its MAC, in any case; one that the study never met is kept out all the same."""
    report = study.erase(handles=["@Pagi_Biru"])
    assert report.documents == {"observation": 3}
    unknown = study.erase(handles=["belum_ada"])
    assert (unknown.nothing, unknown.kept_out) == (True, 2)  # the handle, and whoever is called so in a chat
    added = study.add(write(tmp_path / "c.jsonl", [post(300), post(301, handle="belum_ada")]))
    assert (added.erased, added.kept) == (1, 1)


def test_a_sealed_study_knows_no_handles(study: Study) -> None:
    """After sealing a handle is refused with the reason; pseudonyms, documents and texts still erase."""
    name = named(study)
    study.seal()
    with pytest.raises(StudySealed, match="handles can no longer match"):
        study.erase(handles=["pagi_biru"])
    assert study.erase(name).documents == {"observation": 3}
    assert study.erase(1 << 32).documents == {"observation": 1}
    assert study.erase(texts=["kabar nomor 2 dari pasar pagi"]).documents == {"observation": 1}


def test_a_pasted_text_finds_its_document(study: Study) -> None:
    """The text as it stood in the source, with the mentions and numbers that the door took out."""
    report = study.erase(
        texts=["Kata @pagi_biru  pasar ramai,\nbetul @pagi_biru pasar pagi 9912 4471 begitu"]
    )
    assert report.documents == {"observation": 1}
    assert (1 << 32) + 6 not in {r["document_id"] for r in rows(study, "documents")}
    with pytest.raises(NothingToErase, match="pasted"):
        study.erase(texts=["sesuatu yang tidak ada di sini sama sekali"])


@pytest.mark.parametrize(
    ("stored", "pasted", "same"),
    [
        ("kirim ke ⟦wa⟧ ya kak", "Kirim ke 0834 0000 111 ya kak", True),
        ("⟦name⟧ buka di ⟦address⟧", "Sari buka di Jalan Melati 3", False),  # two words tell nothing
        ("buka di pasar pagi ⟦link⟧", "buka di pasar pagi", True),
        ("buka di pasar pagi ya", "buka di pasar pagi", False),
        ("satu dua tiga empat lima enam", "dua tiga empat lima enam", True),  # five words of a longer text
        ("⟦@Melati-042⟧", "@siapa saja yang ada di sini", False),
        ("a b c ⟦?⟧ b c", "a b c", False),  # its end is not there twice
    ],
)
def test_how_a_stored_text_matches(stored: str, pasted: str, same: bool) -> None:
    """Everything outside placeholders must stand there, in order, and be enough to tell."""
    assert Pasted(pasted).stands_in(stored) is same


@pytest.mark.parametrize("what", ["@pagi_biru", "Informan 9", "99", str((1 << 32) + 999), "Melati-999"])
def test_what_is_unknown_is_refused_without_being_said_again(study: Study, what: str) -> None:
    """Nothing is changed, and the message does not repeat what may be a handle."""
    with pytest.raises(NothingToErase) as refused:
        study.erase(what)
    assert what not in str(refused.value)
    assert [b.revision for b in study.batches()] == [0, 0]


def test_a_participant_withdraws(study: Study, tmp_path: Path) -> None:
    """Their interview goes whole, their turns in a talk with others are withheld, of their particulars the code stays."""
    informants(study, tmp_path)
    report = study.erase("informan 1")
    assert (report.documents, report.codes, report.withheld) == ({"interview": 1}, ("Informan 1",), 1)
    assert [b.number for b in study.batches()] == [1, 2, 4]
    (together,) = [r for r in rows(study, "documents") if r["kind"] == "interview"]
    assert together["title"] == "Informan 2"
    turns = [r for r in rows(study, "units") if r["document_id"] == together["document_id"]]
    assert [r["text"] for r in turns][1:] == ["⟦turn withheld⟧", "Saya ikut sesudah itu."]
    assert (turns[1]["author_id"], turns[1]["role"]) == (None, "other")
    assert study.text(together["document_id"])[turns[2]["start"] :] == turns[2]["text"]
    assert [r["pseudonym"] for r in rows(study, "authors") if r["participant"]] == ["Informan 2"]
    kept = (study.folder / "participants.toml").read_text(encoding="utf-8")
    assert "penjual" not in kept and "satu.txt" not in kept
    assert kept.startswith("# the informants") and 'code = "Informan 1"' in kept and "withdrawn = 2" in kept
    with pytest.raises(ConsentMissing):
        study.add(tmp_path / "satu.txt", kind="interview", access="private")


def test_a_backup_cannot_bring_it_back(study: Study) -> None:
    """Batches put back from a copy are erased again by the list of erased ids."""
    import shutil  # noqa: PLC0415

    name = named(study)
    copy = study.folder.parent / "copy"
    shutil.copytree(study.folder / "corpus", copy)
    study.erase(name)
    shutil.rmtree(study.folder / "corpus")
    shutil.move(copy, study.folder / "corpus")
    restored = Library(study.folder.parents[1]).study("s")
    assert restored.brought_back() == 3
    assert restored.erase_again().documents == {"observation": 3}
    assert restored.brought_back() == 0
    assert name not in json.dumps([*rows(restored, "authors"), *rows(restored, "units")], default=str)
    assert not restored.damaged()
