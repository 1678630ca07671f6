"""Reading, asked without a browser."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from read_sample import actor_of, code, talk_of
from web_sample import post

from makna.library import Library, Study
from makna.record.actions.give_role import give_role
from makna.record.models import Person, Source
from makna.web.reading import together


def test_a_document_is_read_with_its_speakers(client: Client, study: Study) -> None:
    """The whole text stands in the page, each turn with who speaks, and the page remembers what was read."""
    talk = talk_of(study)
    html = client.get(f"/s/s/read/{talk}/").content.decode()
    assert "Karena bebas saja, dan dari dulu memang tempatnya di situ." in html
    assert html.count('<span class="who">Informan 1</span>') == 2
    assert client.get("/s/s/read/").headers["Location"] == f"/s/s/read/{talk}/"


def test_an_empty_study_says_what_belongs_here(client: Client, study: Study) -> None:
    """And nothing fails."""
    Library(study.folder.parents[1]).create("kosong")
    assert "bring in a source first" in client.get("/s/kosong/read/").content.decode()


def test_an_unknown_document_is_a_sentence(client: Client) -> None:
    """Nobody sees a trace."""
    answer = client.get("/s/s/read/999/")
    assert answer.status_code == 404
    assert "The study holds no document 999" in answer.content.decode()


@pytest.mark.usefixtures("record")
def test_a_blind_round_hides_what_others_code(client: Client, study: Study) -> None:
    """In the text, in the panel and in what changed; after the round all is seen, marked as another's."""
    from makna.record.actions.add_codings import add_codings  # noqa: PLC0415
    from makna.record.actions.begin_round import begin_round  # noqa: PLC0415
    from makna.record.actions.reveal_round import reveal_round  # noqa: PLC0415

    talk = talk_of(study)
    shared = code(client, talk, 0, 5, name="a").json()
    owner = actor_of(study)
    other = Person.objects.create(username="bayu")
    give_role(owner, other.pk, "coder")
    begin_round(owner, "pertama")
    (hidden,) = add_codings(actor_of(study, other), shared["code"], [(talk, 29, 41)])
    looks = (f"/s/s/read/{talk}/", f"/s/s/read/{talk}/passage/29-41/", f"/s/s/read/since/{shared['event']}/")
    assert all(
        f'data-k="{hidden}"' not in client.get(at).content.decode().replace('\\"', '"') for at in looks
    )
    reveal_round(owner, owner.study.rounds.get().pk)
    html = client.get(f"/s/s/read/{talk}/").content.decode()
    assert re.search(rf'<li class="c-\d+ other" data-k="{hidden}"', html)


@pytest.mark.usefixtures("record")
def test_a_reader_reads_and_changes_nothing(client: Client, study: Study) -> None:
    """The page offers no coding, and the record refuses it."""
    talk = talk_of(study)
    client.get(f"/s/s/read/{talk}/")
    owner = actor_of(study)
    second = Person.objects.create(username="pemilik")
    give_role(owner, second.pk, "owner")
    give_role(actor_of(study, second), owner.person.pk, "reader")
    assert "data-codable" not in client.get(f"/s/s/read/{talk}/").content.decode()
    assert code(client, talk, 0, 5, name="a").status_code == 403


def test_markup_in_a_text_is_text(client: Client, study: Study, tmp_path: Any) -> None:
    """A script in a document, a name or a memo is shown."""
    note = tmp_path / "catatan.md"
    note.write_text("Orang menulis <script>alert(1)</script> & <b>tebal</b>.\n", encoding="utf-8")
    study.add(note, kind="field_note")
    document = study.run(study.documents.select("document_id"))["document_id"].to_pylist()[-1]
    at = study.text(document).index("<script>")
    code(client, document, at, at + 8, name="<img src=x onerror=alert(2)>")
    html = client.get(f"/s/s/read/{document}/").content.decode()
    assert "<script>alert" not in html and "<img" not in html
    assert "&lt;script&gt;" in html


def test_an_address_that_names_no_passage_opens_the_text(client: Client, study: Study) -> None:
    """Whatever stands after ``?at=``."""
    for at in ("", "x-y", "5", "9-2", "0-99999", "-1-4", "1-2-3"):
        answer = client.get(f"/s/s/read/{talk_of(study)}/", {"at": at})
        assert answer.status_code == 200 and b"data-at=" not in answer.content


def test_a_post_stands_in_its_thread(client: Client, study: Study) -> None:
    """What it answers above, what answers it below and indented, itself marked."""
    documents = study.documents
    rows = study.run(
        documents.filter(documents.parent_id.notnull()).select("document_id", "parent_id")
    ).to_pylist()
    reply = next(row for row in rows if any(other["parent_id"] == row["document_id"] for other in rows))
    html = client.get(f"/s/s/read/{reply['document_id']}/").content.decode()
    shown = [int(d) for d in re.findall(r'<article class="leaf[^"]*" data-d="(\d+)"', html)]
    assert shown.index(reply["parent_id"]) < shown.index(reply["document_id"])
    assert re.search(rf'class="leaf opened depth-\d" data-d="{reply["document_id"]}"', html)


def test_a_thread_is_a_tree_whatever_its_posts_name_as_parents() -> None:
    """Missing parents, a post that answers itself and circles lose nobody and never loop."""
    rows = [
        {"document_id": 1, "parent_id": None}, {"document_id": 2, "parent_id": 1}, {"document_id": 3, "parent_id": 9},
        {"document_id": 4, "parent_id": 2}, {"document_id": 5, "parent_id": 1}, {"document_id": 6, "parent_id": 6},
        {"document_id": 7, "parent_id": 8}, {"document_id": 8, "parent_id": 7},
    ]  # fmt: skip
    assert list(together.tree(rows)) == [(1, 0), (2, 1), (4, 2), (5, 1), (3, 0), (6, 0), (7, 0), (8, 1)]


def test_an_account_is_read_beside_its_posts(client: Client, study: Study) -> None:
    """Profile first, its posts and no other's below."""
    documents = study.documents
    posts = study.run(
        documents.filter(documents.kind == "observation").select("document_id", "author_id")
    ).to_pylist()
    author = posts[0]["author_id"]
    html = client.get(f"/s/s/read/account/{author}/").content.decode()
    shown = {int(d) for d in re.findall(r'<article class="leaf[^"]*" data-d="(\d+)"', html)}
    assert shown == {row["document_id"] for row in posts if row["author_id"] == author}
    assert client.get("/s/s/read/account/1/").status_code == 404


@pytest.mark.usefixtures("record")
def test_sources_show_how_much_is_coded(client: Client, study: Study) -> None:
    """Overlapping codings count once; conversations are listed with their first words."""
    talk = talk_of(study)
    length = len(study.text(talk))
    first = code(client, talk, 0, length // 2, name="a").json()
    code(client, talk, length // 4, length // 2 + 1, code=first["code"])
    html = client.get("/s/s/read/sources/").content.decode()
    found = re.search(rf'data-document="{talk}".*?value="([\d.]+)"', html, re.DOTALL)
    assert found and float(found[1]) == pytest.approx((length // 2 + 1) / length, abs=0.001)
    assert "kabar testi pasar pagi" in html
    assert Source.objects.count() == 1


@pytest.mark.usefixtures("record")
def test_a_long_text_comes_by_windows_that_hold_all_of_it(
    client: Client, study: Study, tmp_path: Any
) -> None:
    """The first answer is short; the windows together are the text, and a deep link answers with its own window."""
    note = tmp_path / "panjang.md"
    note.write_text(
        "\n\n".join(f"Catatan {n}. " + "Pasar ramai sesudah magrib. " * 12 for n in range(300)),
        encoding="utf-8",
    )
    study.add(note, kind="field_note")
    document = study.run(study.documents.select("document_id", "length").order_by("length"))[
        "document_id"
    ].to_pylist()[-1]
    text = study.text(document)
    code(client, document, 10, len(text) - 10, name="semua")
    page = client.get(f"/s/s/read/{document}/").content.decode()
    assert len(page) < len(text) / 3
    windows = re.findall(rf'data-from="(/s/s/read/{document}/part/\d+/)"', page)
    parts = [page, *(client.get(at).content.decode() for at in windows)]
    spans = sorted(
        {
            (int(a), int(b))
            for part in parts
            for a, b in re.findall(r'data-a="(\d+)" data-b="(\d+)" data-s', part)
        }
    )
    assert "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text.split())
    assert all(' on"' in part for part in parts[1:])
    deep = client.get(f"/s/s/read/{document}/?at={len(text) - 30}-{len(text) - 5}").content.decode()
    assert f'data-from="/s/s/read/{document}/part/0/"' in deep and 'id="here"' in deep


def test_the_sources_stand_on_a_page_of_their_own_too(client: Client) -> None:
    """For a browser without scripts."""
    html = client.get("/s/s/read/sources/").content.decode()
    assert "<!doctype html>" in html and "Informan 1" in html
    assert "<!doctype" not in client.get("/s/s/read/sources/", HTTP_HX_REQUEST="true").content.decode()


def test_codes_have_their_stylesheet(client: Client, study: Study) -> None:
    """One rule for a code's colour, and no text of the study in it."""
    made = code(client, talk_of(study), 0, 5, name="rahasia").json()
    css = client.get("/s/s/codes.css")
    assert css.headers["Content-Type"].startswith("text/css")
    assert (
        f".c-{made['code']}{{--c:light-dark(oklch(" in css.content.decode() and b"rahasia" not in css.content
    )


def test_a_long_conversation_is_shown_around_the_opened_post(
    client: Client, study: Study, tmp_path: Path
) -> None:
    """With ways to what came earlier and later, which lead through all of it."""
    lines = [
        post(1000 + n, f"balasan nomor {n} di utas panjang", parent=1000 if n else None) for n in range(420)
    ]
    (tmp_path / "utas.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    study.add(tmp_path / "utas.jsonl")
    documents = study.documents
    ids = study.run(
        documents.filter(documents.batch == 5).select("document_id", "position").order_by("position")
    )
    order = ids["document_id"].to_pylist()
    assert len(order) > 400
    seen: set[int] = set()
    at: int | None = order[0]
    while at is not None:
        html = client.get(f"/s/s/read/{at}/").content.decode()
        shown = [int(d) for d in re.findall(r'<article class="leaf[^"]*" data-d="(\d+)"', html)]
        assert at in shown and len(shown) <= 202
        seen |= set(shown)
        later = re.search(r'/read/(\d+)/">↓', html)
        at = int(later[1]) if later else None
    assert seen == set(order)
