"""From files to batches: whole or not at all, the same however the files are cut."""

from __future__ import annotations

import copy
import json
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from makna.corpus.lock import writing
from makna.errors import (
    ConsentMissing,
    IdentifierQuery,
    NoSuchBatch,
    NothingToRead,
    StudyExists,
    StudyLocked,
    StudySealed,
)
from makna.library import Library, Study

HANDLES = ("mawar_melati", "pagi_biru", "tukang_kopi", "lampu_jalan", "hujan_sore", "kotak_surat")


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """An empty library with a configuration folder of its own."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    return Library(tmp_path / "library")


def post(
    n: int, *, parent: int | None = None, handle: str | None = None, text: str | None = None
) -> dict[str, Any]:
    """An invented post in X API v2's flat form."""
    who = handle or HANDLES[n % len(HANDLES)]
    user = 900 + HANDLES.index(who) if who in HANDLES else 950
    made: dict[str, Any] = {
        "id": str(1_700_000_000_000_000_000 + n),
        "text": text or f"kabar nomor {n} dari pasar pagi",
        "created_at": f"2021-03-0{1 + n % 9}T10:{n % 60:02d}:00.000Z",
        "conversation_id": str(1_700_000_000_000_000_000 + (n if parent is None else parent)),
        "author_id": str(user),
        "lang": "in",
        "public_metrics": {"retweet_count": n, "reply_count": 0, "like_count": 3, "quote_count": 0},
        "author": {"id": str(user), "username": who, "name": f"Nama {who}", "description": "jual kue basah"},
    }
    if parent is not None:
        made["referenced_tweets"] = [{"type": "replied_to", "id": str(1_700_000_000_000_000_000 + parent)}]
    return made


def thread() -> list[dict[str, Any]]:
    """Sixty posts: every third answers the one before it, some answer posts that never come, one answers itself."""
    made = [post(n, parent=n - 1 if n % 3 == 1 else None) for n in range(60)]
    made[30] = post(30, parent=30)
    made[31] = post(31, parent=777)
    return made


def write(path: Path, posts: list[dict[str, Any]]) -> Path:
    """A JSONL file of *posts*."""
    path.write_text("".join(json.dumps(p, ensure_ascii=False) + "\n" for p in posts), encoding="utf-8")
    return path


def shape(study: Study) -> Counter[tuple[Any, ...]]:
    """What a study says whatever its ids are: texts, who wrote them, what they answer, which talk they belong to."""
    documents, units, authors = study.documents, study.units, study.authors
    rows = study.run(
        documents.left_join(units.select("document_id", "text"), "document_id").left_join(
            authors.select("author_id", "pseudonym"), "author_id"
        )
    ).to_pylist()
    text = {r["document_id"]: r["text"] or "a repost" for r in rows}
    talks: dict[int, list[str]] = {}
    for r in rows:
        talks.setdefault(r["conversation_id"], []).append(text[r["document_id"]])
    return Counter(
        (
            r["text"],
            r["pseudonym"],
            text.get(r["parent_id"]),
            r["parent_missing"],
            r["relation"],
            r["context"],
            tuple(sorted(talks[r["conversation_id"]])),
        )
        for r in rows
    )


def market(chance: random.Random, count: int = 60) -> list[dict[str, Any]]:
    """Posts that answer, quote and repost one another and what never comes, some with the original along, one itself."""
    made = {n: post(n) for n in (*range(count), *range(700, 705))}
    for n in range(count):
        kind = chance.choice(["replied_to", "quoted", "retweeted", None, None])
        parent = chance.choice([n - 1, n - 3, n + 2, chance.randrange(count), 700 + n % 5])
        if kind and parent in made:
            made[n]["referenced_tweets"] = [{"type": kind, "id": made[parent]["id"]}]
        if kind == "replied_to" and parent in made:
            made[n]["conversation_id"] = made[parent]["id"]
    by_id = {one["id"]: one for one in made.values()}
    posts = [copy.deepcopy(made[n]) for n in range(count)]
    for one in posts:
        for link in one.get("referenced_tweets", []):
            link.update(copy.deepcopy(by_id[link["id"]]) if chance.random() < 0.4 else {})
    return posts


@pytest.mark.parametrize("seed", range(20))
def test_cut_files_give_the_same_study(library: Library, tmp_path: Path, seed: int) -> None:
    """Two or three files in any order, with replies before their parents and posts in several, say what one file says."""
    chance = random.Random(seed)
    posts = thread() if seed < 4 else market(chance)
    whole, cut = library.create("whole"), library.create("cut")
    key_file(tmp_path, cut).write_bytes(key_file(tmp_path, whole).read_bytes())  # the same pseudonyms
    whole.add(write(tmp_path / "all.jsonl", posts))
    mixed = chance.sample(posts, len(posts))
    ends = sorted(chance.sample(range(5, 55), 1 + seed % 2))
    pieces = [mixed[max(0, a - 8) : b + 4] for a, b in pairwise([0, *ends, len(mixed)])]
    reports = [cut.add(write(tmp_path / f"{n}.jsonl", piece)) for n, piece in enumerate(pieces)]
    if seed < 4:
        assert sum(r.kept for r in reports) == len(posts)
        assert sum(r.kept + r.repeated for r in reports) == sum(map(len, pieces))
    assert shape(cut) == shape(whole)
    for named in ("author_id", "conversation_id"):
        assert distinct(cut, named) == distinct(whole, named)
    assert cut.search("pasar", limit=500).num_rows >= whole.search("pasar", limit=500).num_rows


def distinct(study: Study, column: str) -> int:
    """How many different values a column of the documents holds."""
    return len(set(study.run(study.documents.select(column))[column].to_pylist()))


def key_file(tmp_path: Path, study: Study) -> Path:
    """Where the key of *study* lies."""
    return tmp_path / "config" / "keys" / f"{study.id}.key"


def test_removing_the_later_batch_restores_the_earlier_study(library: Library, tmp_path: Path) -> None:
    """What a batch completed in an earlier one is undone with it."""
    study = library.create("s")
    study.add(write(tmp_path / "replies.jsonl", [post(1, parent=0), post(4, parent=3)]))
    before = shape(study)
    study.add(write(tmp_path / "parents.jsonl", [post(0), post(3)]))
    assert shape(study) != before
    study.remove(2)
    assert shape(study) == before
    assert study.search("pasar").num_rows == 2
    with pytest.raises(NoSuchBatch):
        study.remove(2)


def test_the_same_file_twice_adds_nothing(library: Library, tmp_path: Path) -> None:
    """A repeated import is counted and leaves no batch."""
    study = library.create("s")
    file = write(tmp_path / "posts.jsonl", thread())
    assert study.add(file).kept == 60
    again = study.add(file)
    assert (again.batch, again.kept, again.repeated) == (None, 0, 60)
    assert len(study.batches()) == 1


def test_context_becomes_a_post_when_it_is_harvested(library: Library, tmp_path: Path) -> None:
    """A post that came along with an answer and later as itself counts as itself."""
    study = library.create("s")
    answer = post(1, parent=0)
    answer["referenced_tweets"] = [{"type": "replied_to", **post(0)}]
    study.add(write(tmp_path / "a.jsonl", [answer]))
    documents = study.documents
    assert study.run(documents.filter(documents.context).select("document_id")).num_rows == 1
    study.add(write(tmp_path / "b.jsonl", [post(0), post(2)]))
    documents = study.documents
    assert study.run(documents.filter(documents.context).select("document_id")).num_rows == 0


def test_positions_follow_the_exact_time(library: Library, tmp_path: Path) -> None:
    """Within a conversation, position is the order of exact times, whatever the order of the file."""
    study = library.create("s")
    posts = [post(n, parent=0 if n else None) for n in (2, 0, 1)]
    study.add(write(tmp_path / "p.jsonl", posts))
    assert study.run(study.documents.order_by("document_id").select("position"))["position"].to_pylist() == [
        2,
        0,
        1,
    ]


def test_minors_stay_out_and_are_counted(library: Library, tmp_path: Path) -> None:
    """A record with an under-18 cue leaves only a count."""
    study = library.create("s")
    report = study.add(write(tmp_path / "p.jsonl", [post(0), post(1, text="aku umur 16 tahun kak")]))
    assert (report.kept, report.minors) == (1, 1)
    assert study.run(study.units).num_rows == 1


def test_a_bad_record_costs_itself_only(library: Library, tmp_path: Path) -> None:
    """One damaged line among ten thousand is rejected by its line number; all others enter."""
    study = library.create("s")
    lines = [json.dumps(post(n)) for n in range(10_000)]
    lines[4_321] = lines[4_321][:100]
    file = tmp_path / "p.jsonl"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    report = study.add(file)
    assert (report.kept, report.rejected) == (9_999, 1)
    assert report.rejections[0].where == 4_322


def test_nothing_raw_is_written(library: Library, tmp_path: Path) -> None:
    """No planted handle, name, id, number or link stands in any file, raw or decoded; a planted one is found."""
    study = library.create("s")
    text = "hubungi @kanari_rahasia atau wa 0834 5678 9012 https://contoh.test/kanari?x=1 ya mawar melati"
    posts = [post(n, text=f"{text} {n}") for n in range(12)]
    file = write(tmp_path / "nama_berkas_kanari.jsonl", posts)
    study.add(file)
    canaries = [
        "kanari",
        "mawar_melati",
        "mawar melati",
        "5678 9012",
        "83456789012",
        "contoh.test",
        "17000000000000000",
        "T10:0",
    ]
    (study.folder / "planted.txt").write_text("kanari")
    pq.write_table(study.run(study.units.select("text")).slice(0, 0), study.folder / "empty.parquet")
    found = {c: [f for f, content in stored(study.folder) if c in content] for c in canaries}
    assert found.pop("kanari") == ["planted.txt"]
    assert not any(found.values()), found
    assert not [f for f, content in stored(tmp_path / "config") if "kanari" in content]


def stored(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file below *folder* as raw text, and every Parquet file decoded."""
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file.name, file.read_bytes().decode("utf-8", "replace")
            if file.suffix == ".parquet":
                yield file.name, str(pq.read_table(file).to_pylist())


def test_workers_give_what_one_process_gives(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large file read by two workers says what it says read by one process."""
    monkeypatch.setattr("makna.corpus.importing.run.POOL_FROM_BYTES", 1)
    posts = [post(n, parent=n - 1 if n % 2 else None) for n in range(3_000)]
    file = write(tmp_path / "p.jsonl", posts)
    alone, pooled = library.create("alone"), library.create("pooled")
    shutil.copyfile(key_file(tmp_path, alone), key_file(tmp_path, pooled))
    monkeypatch.setenv("MAKNA_WORKERS", "1")
    alone.add(file)
    monkeypatch.setenv("MAKNA_WORKERS", "2")
    pooled.add(file)
    assert shape(pooled) == shape(alone)


def test_refusals_leave_the_study_as_it_was(library: Library, tmp_path: Path) -> None:
    """Nothing readable, no consent, a second writer, a second study of one name: each is refused with its reason."""
    study = library.create("s")
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"id": "1", "text": \n{"id": \n', encoding="utf-8")
    with pytest.raises((NothingToRead, ValueError, LookupError, Exception), match=r"broken\.jsonl"):
        study.add(broken)
    talk = tmp_path / "wawancara.txt"
    talk.write_text(
        "P: Kenapa di sini?\nI: Karena bebas.\nP: Sejak kapan?\nI: Sudah lama.\n", encoding="utf-8"
    )
    with pytest.raises(ConsentMissing, match=r"participants\.toml"):
        study.add(talk, kind="interview", access="private")
    with writing(study.folder, "a test"), pytest.raises(StudyLocked, match="a test"):
        study.add(write(tmp_path / "p.jsonl", thread()))
    with pytest.raises(StudyExists):
        library.create("s")
    assert study.batches() == []


def test_consent_decides_what_is_written(library: Library, tmp_path: Path) -> None:
    """Turns of a consenting participant enter under the code; turns of anyone else are withheld."""
    study = library.create("s")
    (study.folder / "participants.toml").write_text(
        '[[participant]]\ncode = "Informan 1"\nfiles = ["w.txt"]\nlabels = ["I"]\n'
        'attributes = { role = "customer" }\n[participant.consent]\nmode = "written"\nversion = "1"\n'
        'date = 2021-03-04\nscopes = ["analysis"]\n',
        encoding="utf-8",
    )
    talk = tmp_path / "w.txt"
    talk.write_text(
        "P: Kenapa di sini?\nI: Karena bebas.\nTeman: Aku juga di situ.\nP: Sejak kapan?\nI: Lama.\nTeman: Iya.\n",
        encoding="utf-8",
    )
    report = study.add(talk, kind="interview", access="private")
    texts = study.run(study.units.order_by("unit_id").select("text", "role")).to_pylist()
    assert report.withheld == 2
    said = [t["text"] for t in texts if t["role"] == "participant" and t["text"] != "⟦turn withheld⟧"]
    assert said == ["Karena bebas.", "Lama."]
    assert not any("Aku juga" in t["text"] for t in texts)
    assert study.text(study.run(study.documents)["document_id"][0].as_py()).startswith(
        "Kenapa di sini?\n\nKarena"
    )


def test_search_finds_phrases_and_refuses_contacts(library: Library, tmp_path: Path) -> None:
    """Words, phrases, prefixes, OR and NOT find what they say; a phone number is refused."""
    study = library.create("s")
    study.add(write(tmp_path / "p.jsonl", thread()))
    assert study.search('"pasar pagi"', limit=100).num_rows == 60
    assert study.search("kabar -31", limit=100).num_rows == 59
    assert study.search("31 OR 32", limit=100).num_rows == 2
    assert study.search("pas*", limit=5).num_rows == 5
    row = study.search("31").to_pylist()[0]
    assert study.text(row["document_id"])[row["start"] : row["end"]] == "31"
    with pytest.raises(IdentifierQuery):
        study.search("0834 5678 9012")


def test_sealing_ends_linking_for_good(library: Library, tmp_path: Path) -> None:
    """After sealing the study reads as before, its key and links are gone, and nothing more can be added."""
    study = library.create("s")
    study.add(write(tmp_path / "p.jsonl", thread()))
    before = shape(study)
    study.seal()
    assert shape(library.study("s")) == before
    assert not (study.folder / "links").exists()
    assert not key_file(tmp_path, study).exists()
    with pytest.raises(StudySealed):
        library.study("s").add(write(tmp_path / "q.jsonl", thread()))


def test_an_import_stopped_half_way_leaves_nothing(library: Library, tmp_path: Path) -> None:
    """Stopped in its second reading, an import leaves every file of the study as it was, links included."""
    study = library.create("s")
    study.add(write(tmp_path / "p.jsonl", thread()[:30]))

    def files() -> dict[str, bytes]:
        """Everything but the index, whose files hold what search still needs."""
        found = (f for f in study.folder.rglob("*") if f.is_file() and "index" not in f.parts)
        return {str(f): f.read_bytes() for f in found}

    def stop(stage: str, _size: int) -> None:
        if stage == "disguise":
            raise KeyboardInterrupt

    before = files()
    with pytest.raises(KeyboardInterrupt):
        study.add(write(tmp_path / "q.jsonl", thread()[30:]), progress=stop)
    assert files() == before
    assert study.add(tmp_path / "q.jsonl").kept == 30


def test_a_hit_names_the_author_that_later_batches_made_one(library: Library, tmp_path: Path) -> None:
    """An account known by its id, then by its handle, then by both is one author, also in what a search shows."""
    study = library.create("s")
    by_id, by_both = (
        post(1, text="kabar lewat angka"),
        post(3, handle=HANDLES[1], text="kabar lewat keduanya"),
    )
    del by_id["author"]
    study.add(write(tmp_path / "a.jsonl", [by_id]))
    rows = f"username,full_text,created_at\n{HANDLES[1]},kabar lewat nama,2021-03-02T10:00:00Z\n"
    (tmp_path / "b.csv").write_text(rows, encoding="utf-8")
    mapping = {"handle": "username", "text": "full_text", "time": "created_at"}
    study.add(tmp_path / "b.csv", kind="observation", mapping=mapping)
    study.add(write(tmp_path / "c.jsonl", [by_both]))
    hits = study.search("kabar").to_pylist()
    assert len(hits) == 3
    assert {hit["author_id"] for hit in hits} == set(study.run(study.authors)["author_id"].to_pylist())
    assert len({hit["author_id"] for hit in hits}) == 1
