"""Sources and import, without a browser."""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from web_sample import POSTS, TALK

from makna.corpus import keys
from makna.library import Study
from makna.web import jobs
from makna.web.incoming import tray, work
from makna.web.workbench import served

if TYPE_CHECKING:
    from django.test import Client

PHONE = "0834-5550-0199"
NOTE = f"Orang menunggu sesudah magrib.\n\nSeseorang menulis {PHONE} di papan.\n"
CSV = f"Nama Akun,Isi Cuitan,Tanggal,Suka,Rahasia\n@tiruan_satu,halo wa {PHONE} ya,2021-03-04 10:00,3,kosong\n@tiruan_dua,testi kak @tiruan_satu,2021-03-05 11:00,4,kosong\n"


@pytest.fixture(autouse=True)
def _empty_trays() -> Iterator[None]:
    """Nothing waits, and no job is remembered."""
    yield
    for held in tray._trays.values():
        held.drop(list(held.piles))
    tray._trays.clear()
    jobs.stop_all()
    jobs._jobs.clear()


def send(client: Client, *files: tuple[str, str | bytes]) -> str:
    """Upload files; the page with what waits."""
    made = [
        SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode()) for name, text in files
    ]
    answer = client.post("/s/s/sources/add/upload/", {"file": made}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def pile_in(page: str) -> int:
    """The number of the last pile on a page."""
    return int(re.findall(r'id="pile-(\d+)"', page)[-1])


def imported(client: Client, number: int, **said: object) -> str:
    """Import a pile and wait for its report."""
    client.post(f"/s/s/sources/add/{number}/import/", {"said": "1", **said})
    job = next(one for one in jobs.of("s") if one.key == ("import", number))
    assert job.wait(60)
    return client.get(f"/s/s/sources/import/{number}/").content.decode()


def sealed_files() -> list[Path]:
    """What lies on the disk of uploads."""
    return [
        file
        for file in (keys.config_folder() / "uploads").rglob("*")
        if file.is_file() and file.name != ".lock"
    ]


def test_the_page_lists_batches_by_kind(client: Client) -> None:
    """With counts, access basis and how it was read."""
    page = client.get("/s/s/sources/").content.decode()
    for words in (
        "Interview",
        "Observation",
        "Field note",
        "Literature",
        "X API v2",
        "private, with consent",
        "Disguised, review needed.",
    ):
        assert words in page


def test_an_empty_study_says_what_to_do(client: Client) -> None:
    """One next step."""
    client.post("/new/", {"name": "kosong"})
    page = client.get("/s/kosong/sources/").content.decode()
    assert "Nothing has been brought in yet" in page
    assert "/s/kosong/sources/add/" in page


def test_an_upload_lies_there_sealed_and_goes_when_it_is_in(client: Client, study: Study) -> None:
    """Its bytes and its name are nowhere in clear, and after the import nothing is left."""
    number = pile_in(send(client, ("Catatan Bu Tiruan.txt", NOTE)))
    assert len(sealed_files()) == 1
    clear = [file for file in study.folder.parents[2].rglob("*") if file.is_file()]
    assert not any(PHONE.encode() in file.read_bytes() or "Tiruan" in file.name for file in clear)
    page = imported(client, number, kind="field_note", access="public")
    assert "1 document came in" in page
    assert "phone number" in page
    client.get("/s/s/sources/add/")
    assert sealed_files() == []


def test_a_request_that_is_not_kept_leaves_nothing(client: Client) -> None:
    """A file sent to another page goes with the request."""
    client.post("/s/s/sources/add/path/", {"path": "", "file": SimpleUploadedFile("a.txt", NOTE.encode())})
    assert sealed_files() == []


def test_what_a_file_seems_to_be_can_be_changed(client: Client, study: Study) -> None:
    """Kind, columns and access; the preview is after the door, and shows the change."""
    page = send(client, ("akun.csv", CSV))
    number = pile_in(page)
    assert "text of the post" in page
    preview = client.get(f"/s/s/sources/add/{number}/preview/").content.decode()
    assert PHONE not in preview
    assert '<span class="ph ph-contact">⟦wa⟧</span>' in preview
    columns = {
        "column_0": "handle",
        "column_1": "",
        "column_4": "text",
        "kind": "observation",
        "access": "closed",
    }
    said = client.post(
        f"/s/s/sources/add/{number}/say/",
        {**columns, "permission": "moderator, 3 March 2021"},
        headers={"HX-Request": "true"},
    )
    assert "moderator, 3 March 2021" in said.content.decode()
    preview = client.get(f"/s/s/sources/add/{number}/preview/").content.decode()
    assert "⟦turn withheld⟧" in preview
    imported(client, number, **columns, permission="moderator, 3 March 2021")
    assert study.batches()[-1].access == "closed"


def test_a_closed_place_needs_a_permission(client: Client, study: Study) -> None:
    """The import says why it did not begin, and the study is as it was."""
    before = len(study.batches())
    number = pile_in(send(client, ("akun.csv", CSV)))
    page = imported(client, number, kind="observation", access="closed")
    assert "needs a permission" in page
    assert len(study.batches()) == before


def test_what_cannot_be_read_is_named(client: Client) -> None:
    """File, reason and remedy; the others stay."""
    page = send(client, ("gambar.txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 90), ("catatan.txt", NOTE))
    assert "gambar.txt is a PNG file" in page
    assert "1 file could not be read" in page
    assert "catatan.txt" in page


def test_the_name_of_a_file_is_only_a_name(client: Client) -> None:
    """Markup in it does nothing, and it leads to no other folder."""
    page = send(client, ("../../<img src=x onerror=alert(1)>.txt", NOTE), ("<b>.bin", b"\x00\x01" * 50))
    assert "<img" not in page
    assert "<b>.bin" not in page
    assert "&lt;b&gt;.bin" in page
    shelf = keys.config_folder() / "uploads"
    assert all(file.is_relative_to(shelf) and len(file.stem) == 32 for file in sealed_files())


def test_a_server_of_many_reads_no_path(client: Client, tmp_path: Path) -> None:
    """Neither a file nor a folder of full texts."""
    (tmp_path / "a.txt").write_text(NOTE, encoding="utf-8")
    number = pile_in(send(client, ("pustaka.bib", "@book{a, author = {B}, title = {C}, year = {1999}}")))
    served().local = False
    assert client.post("/s/s/sources/add/path/", {"path": str(tmp_path / "a.txt")}).status_code == 403
    page = client.post(
        f"/s/s/sources/add/{number}/say/",
        {"kind": "literature", "pdf_folder": str(tmp_path)},
        headers={"HX-Request": "true"},
    )
    assert str(tmp_path) not in page.content.decode()


def test_many_files_are_one_pile_and_one_import(client: Client, study: Study) -> None:
    """Each whole or not at all, its own error named."""
    files = [(f"catatan-{n}.txt", NOTE) for n in range(5)]
    number = pile_in(send(client, *files, ("judul.txt", "Catatan lapangan\n")))
    page = imported(client, number, kind="field_note", access="public")
    assert "5 documents came in" in page
    assert "1 file stayed outside" in page
    assert "judul.txt" in page
    assert study.batches()[-1].counts["documents"] == 5


def test_each_file_can_be_said_something_of(client: Client) -> None:
    """A pile is split into its files."""
    number = pile_in(send(client, ("a.txt", NOTE), ("b.txt", NOTE)))
    answer = client.post(f"/s/s/sources/add/{number}/split/", headers={"HX-Request": "true"})
    assert answer.content.decode().count('class="pile"') == 2


def test_a_large_file_comes_in_pieces(client: Client, study: Study) -> None:
    """Put together it is the file that was sent; a piece that does not follow is refused."""
    data = "".join(json.dumps({**one, "id": str(int(one["id"]) + 500)}) + "\n" for one in POSTS).encode()
    half = len(data) // 2
    said = {"key": "k", "name": "posts.jsonl", "size": len(data)}
    for at, piece in ((0, data[:half]), (half, data[half:])):
        answer = client.post(
            "/s/s/sources/add/upload/",
            {**said, "at": at, "piece": io.BytesIO(piece)},
            headers={"Accept": "application/json"},
        )
        assert answer.status_code == 200, answer.content
    number = pile_in(client.get("/s/s/sources/add/").content.decode())
    assert "40 documents came in" in imported(client, number, kind="observation", access="public")
    lost = client.post(
        "/s/s/sources/add/upload/",
        {**said, "at": 7, "piece": io.BytesIO(b"x")},
        headers={"Accept": "application/json"},
    )
    assert lost.status_code == 400
    assert "posts.jsonl did not come whole" in lost.json()["told"]


def test_a_path_is_read_where_it_lies_and_disposed_of(client: Client, tmp_path: Path) -> None:
    """A folder of many; afterwards one is asked to lock or delete the files."""
    folder = tmp_path / "sumber"
    folder.mkdir()
    for name in ("satu.txt", "dua.txt"):
        (folder / name).write_text(NOTE, encoding="utf-8")
    (folder / ".tersembunyi").write_text("x", encoding="utf-8")
    page = client.post(
        "/s/s/sources/add/path/", {"path": str(folder)}, headers={"HX-Request": "true"}
    ).content.decode()
    report = imported(client, pile_in(page), kind="field_note", access="public")
    assert "The source still lies there, undisguised" in report
    number = pile_in(page)
    short = client.post(
        f"/s/s/sources/import/{number}/source/", {"how": "lock", "passphrase": "pendek", "again": "pendek"}
    )
    assert "at least eight" in short.content.decode()
    client.post(
        f"/s/s/sources/import/{number}/source/",
        {"how": "lock", "passphrase": "kata kunci", "again": "kata kunci"},
    )
    assert sorted(one.name for one in folder.iterdir()) == [
        ".tersembunyi",
        "dua.txt.makna-locked",
        "satu.txt.makna-locked",
    ]


def test_the_library_itself_is_no_source(client: Client, study: Study) -> None:
    """Nor is what is not there."""
    for path in (study.folder, study.folder / "study.json"):
        assert (
            "lies in the library"
            in client.post("/s/s/sources/add/path/", {"path": str(path)}).content.decode()
        )
    assert "There is no" in client.post("/s/s/sources/add/path/", {"path": "/tidak/ada"}).content.decode()


def test_who_speaks_is_asked_for_an_interview(client: Client, study: Study) -> None:
    """The labels of the file, each with whom it means; without a consent it stays out and says so."""
    number = pile_in(send(client, ("rekaman.txt", TALK.replace("I:", "Bu Tiruan:"))))
    labels = client.get(f"/s/s/sources/add/{number}/labels/").content.decode()
    assert "Bu Tiruan" in labels
    client.post("/s/s/cases/add/", {"code": "Informan 7"})
    said = {
        "kind": "interview",
        "access": "private",
        "label": ["P", "Bu Tiruan"],
        "who": ["researcher", "Informan 7"],
    }
    assert "consent to analysis" in imported(client, number, **said)
    who = client.get("/s/s/cases/").content.decode().partition("/s/s/cases/1/")
    assert who[1]
    client.post(
        "/s/s/cases/1/consent/",
        {"mode": "written", "version": "1", "given": "2021-03-01", "scope": ["analysis"]},
    )
    for job in jobs.of("s"):
        job.key = None
    assert "1 document came in" in imported(client, number, **said)


def test_whose_interview_a_file_is_is_guessed_from_its_name(client: Client, study: Study) -> None:
    """Where it has the code of a participant; it can be said otherwise."""
    for code in ("Informan 7", "Informan 17"):
        client.post("/s/s/cases/add/", {"code": code})
    for number in (1, 2):
        consent = {"mode": "written", "version": "1", "given": "2021-03-01", "scope": ["analysis"]}
        client.post(f"/s/s/cases/{number}/consent/", consent)
    talk = TALK.replace("I:", "Bu Tiruan:")
    page = send(client, ("informan_7.txt", talk), ("Transkrip Informan-17 (akhir).txt", talk))
    number = pile_in(page)
    assert "Whose interview each file is" in page
    assert "2 documents came in" in imported(client, number, kind="interview", access="private")
    last = study.documents.filter(study.documents.batch == study.batches()[-1].number)
    assert study.run(last.order_by("document_id").select("title"))["title"].to_pylist() == [
        "Informan 7",
        "Informan 17",
    ]


def test_a_batch_is_taken_out_for_good(client: Client, study: Study) -> None:
    """By its owner."""
    number = study.batches()[-1].number
    answer = client.post(f"/s/s/sources/batch/{number}/remove/", headers={"HX-Request": "true"})
    assert f"Batch {number} is gone" in answer["HX-Trigger"]
    assert number not in [batch.number for batch in study.batches()]


def test_what_was_observed_by_hand_goes_through_the_door(client: Client, study: Study) -> None:
    """A profile with posts, previewed like every source."""
    form = {
        "handle": "@tiruan_tangan", "name": "Tiruan 🌷", "bio": f"open, wa {PHONE}", "access": "public",
        "post_text": ["halo semua", "lanjut di pesan"], "post_date": ["2021-03-04", ""], "post_media": ["image", ""],
        "post_label": ["u1", ""], "post_reply_to": ["", "u1"],
    }  # fmt: skip
    page = client.post("/s/s/sources/observed/", form, follow=True).content.decode()
    number = pile_in(page)
    report = imported(client, number, kind="observation", access="public")
    assert "2 documents came in" in report
    rows = study.run(study.documents.filter(study.documents.batch == study.batches()[-1].number)).to_pylist()
    assert [row["relation"] for row in rows] == ["none", "reply"]
    assert rows[0]["media"] == ["image"]


def test_an_empty_form_says_what_is_missing(client: Client) -> None:
    """And keeps what was written."""
    answer = client.post("/s/s/sources/observed/", {"bio": "hanya ini", "access": "public"})
    assert answer.status_code == 400
    assert "Say which account it is" in answer.content.decode()
    assert "hanya ini" in answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("descriptive", "descriptive note"),
        ("reflexive", "reflexive note"),
        ("session", "note on a session"),
        ("role", "note on my role"),
    ],
)
def test_field_notes_become_documents(client: Client, study: Study, kind: str, name: str) -> None:
    """Of each kind, dated and titled."""
    form = {
        "kind": kind,
        "date": "2021-03-04",
        "title": "Pasar malam",
        "text": f"Ramai sekali.\n\nAda nomor {PHONE}.",
    }
    page = client.post("/s/s/sources/note/", form, follow=True).content.decode()
    imported(
        client,
        pile_in(page),
        kind="field_note",
        access="public",
        title=f"{name}: Pasar malam",
        date="2021-03-04",
    )
    last = study.documents.filter(study.documents.batch == study.batches()[-1].number)
    row = study.run(last.select("title", "sent_on", "document_id")).to_pylist()[0]
    assert (row["title"], str(row["sent_on"])) == (f"{name}: Pasar malam", "2021-03-04")
    assert PHONE not in study.text(row["document_id"])


def test_an_import_can_be_cancelled(client: Client, study: Study) -> None:
    """Nothing of it is kept, and it can begin again."""
    before = len(study.batches())
    files = [(f"c-{n}.txt", NOTE * 400) for n in range(60)]
    number = pile_in(send(client, *files))
    client.post(f"/s/s/sources/add/{number}/import/", {"said": "1", "kind": "field_note", "access": "public"})
    job = next(one for one in jobs.of("s") if one.key == ("import", number))
    client.post(f"/s/s/jobs/{job.number}/stop/")
    assert job.wait(30)
    time.sleep(0.1)
    assert job.state is jobs.State.STOPPED
    assert len(study.batches()) == before
    assert "c-0.txt" in client.get(f"/s/s/sources/add/{number}/preview/").content.decode()


def test_a_batch_that_was_in_when_its_import_was_cancelled_is_taken_out(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page says that nothing was kept, so nothing is."""
    note = tmp_path / "n.txt"
    note.write_text(NOTE, encoding="utf-8")
    before = [batch.number for batch in study.batches()]
    added = Study.add_texts

    def cancelled(study: Study, *files: object, **said: object) -> object:
        added(study, *files, **said)  # type: ignore[arg-type]
        assert len(study.batches()) == len(before) + 1
        raise KeyboardInterrupt

    monkeypatch.setattr(Study, "add_texts", cancelled)
    said = {"kind": "field_note", "access": "public"}
    with pytest.raises(KeyboardInterrupt):
        work.add_texts(study.folder.parents[1], "s", lambda *_told: None, files=[note], said=said)
    assert [batch.number for batch in study.batches()] == before


def test_a_reader_adds_nothing(client: Client, study: Study) -> None:
    """Nor takes a batch out."""
    from makna.record.models import Membership, Role  # noqa: PLC0415  (Django is ready now)

    client.get("/s/s/")
    with_record(study, lambda: Membership.objects.update(role=Role.READER))
    assert client.get("/s/s/sources/add/").status_code == 403
    assert client.post("/s/s/sources/batch/1/remove/").status_code == 400
    assert len(study.batches()) == 4


def with_record(study: Study, do: object) -> None:
    """Do something in the record of the study."""
    from makna.record.database import opened  # noqa: PLC0415

    with opened(study.folder.parents[1]):
        do()  # type: ignore[operator]
