"""Reading and coding, asked without a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from web_sample import post

from makna.library import Study
from makna.record.acting import Actor
from makna.record.actions.give_role import give_role
from makna.record.database import opened
from makna.record.models import Code, Coding, Event, Evidence, Memo, Person, Source
from makna.record.models import Study as Row
from makna.web import coded
from makna.web.reading import together
from makna.web.reading.texts import SHELF
from makna.web.workbench import served

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def record(client: Client, study: Study) -> Iterator[None]:
    """The record of the served library, to look at."""
    with opened(study.folder.parents[1]):
        yield


def talk_of(study: Study) -> int:
    documents = study.documents
    return int(
        study.run(documents.filter(documents.kind == "interview").select("document_id"))["document_id"][
            0
        ].as_py()
    )


def code(client: Client, document: int, start: int, end: int, **values: Any) -> Any:
    return client.post(f"/s/s/read/{document}/code/", {"start": start, "end": end, **values}, **JSON)


def test_a_document_is_read_with_its_speakers(client: Client, study: Study) -> None:
    """The whole text stands in the page, each turn with who speaks, and the page remembers what was read."""
    talk = talk_of(study)
    html = client.get(f"/s/s/read/{talk}/").content.decode()
    assert "Karena bebas saja, dan dari dulu memang tempatnya di situ." in html
    assert html.count('<span class="who">Informan 1</span>') == 2
    assert client.get("/s/s/read/").headers["Location"] == f"/s/s/read/{talk}/"


def test_an_unknown_document_is_a_sentence(client: Client) -> None:
    """Nobody sees a trace."""
    answer = client.get("/s/s/read/999/")
    assert answer.status_code == 404
    assert "The study holds no document 999" in answer.content.decode()


@pytest.mark.usefixtures("record")
def test_coding_answers_with_what_changed_and_no_more(client: Client, study: Study) -> None:
    """One piece of the text with all its codings, and its margin; the coding is stored as it was meant."""
    talk = talk_of(study)
    answer = code(client, talk, 29, 41, name="kebebasan").json()
    assert [piece["id"] for piece in answer["pieces"]] == [f"p-{talk}-1"]
    assert f'data-k="{answer["coding"]}"' in answer["pieces"][0]["html"]
    assert "kebebasan" in answer["pieces"][0]["names"]
    row = Coding.objects.get(pk=answer["coding"])
    assert (row.source.document, row.start, row.end, row.code.name) == (talk, 29, 41, "kebebasan")
    again = code(client, talk, 35, 90, code=answer["code"]).json()
    assert all(f'data-k="{one["coding"]}"' in again["pieces"][0]["names"] for one in (answer, again))
    share = client.get(f"/s/s/read/shares/?document={talk}").json()
    assert share == {str(talk): pytest.approx((90 - 29) / len(study.text(talk)))}


@pytest.mark.usefixtures("record")
def test_in_vivo_takes_the_words(client: Client, study: Study) -> None:
    """The code is called as the passage reads, and says where it comes from; too many words are refused."""
    talk = talk_of(study)
    text = study.text(talk)
    at = text.index("bebas saja")
    code(client, talk, at, at + 10, in_vivo=1)
    row = _new_codes().get()
    assert (row.name, row.origin) == ("bebas saja", "in_vivo")
    assert code(client, talk, 0, len(text), in_vivo=1).status_code == 400


@pytest.mark.usefixtures("record")
def test_a_name_that_seems_to_identify_is_shown_and_decided(client: Client, study: Study) -> None:
    """Nothing is stored before; what is kept is stored."""
    talk = talk_of(study)
    refused = code(client, talk, 0, 6, name="hubungi 0834 1234 5678")
    assert refused.status_code == 422
    assert [hit["word"] for hit in refused.json()["hits"]] == ["0834 1234 5678"]
    assert not _new_codes().exists()
    assert code(client, talk, 0, 6, name="hubungi 0834 1234 5678", kept=["0834 1234 5678"]).status_code == 200


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    "place",
    [
        {"start": 5, "end": 5},
        {"start": 0, "end": 9999},
        {"start": -1, "end": 4},
        {"start": "x", "end": 3},
        {},
    ],
)
def test_a_passage_that_is_none_is_refused(client: Client, study: Study, place: dict[str, Any]) -> None:
    """With a sentence, and nothing is left behind."""
    answer = client.post(f"/s/s/read/{talk_of(study)}/code/", {"name": "a", **place}, **JSON)
    assert answer.status_code == 400
    assert "passage" in answer.json()["told"]
    assert not _new_codes().exists() and not Coding.objects.exists()


@pytest.mark.usefixtures("record")
def test_a_coding_is_moved_unless_it_was_moved_meanwhile(client: Client, study: Study) -> None:
    """Both places are drawn anew; who saw it elsewhere is told."""
    talk = talk_of(study)
    made = code(client, talk, 29, 41, name="a").json()["coding"]
    where = f"/s/s/read/codings/{made}/"
    moved = client.post(where, {"start": 29, "end": 150, "seen_start": 29, "seen_end": 41}, **JSON)
    assert {piece["id"] for piece in moved.json()["pieces"]} >= {f"p-{talk}-1", f"p-{talk}-2"}
    assert (
        client.post(where, {"start": 30, "end": 40, "seen_start": 29, "seen_end": 41}, **JSON).status_code
        == 409
    )
    row = Coding.objects.get(pk=made)
    assert (row.start, row.end) == (29, 150)


@pytest.mark.usefixtures("record")
def test_after_undo_the_page_learns_what_changed(client: Client, study: Study) -> None:
    """From the number of the last event it knew: codings that came, moved and went, by whomever."""
    talk = talk_of(study)
    first = code(client, talk, 29, 41, name="a").json()
    client.post("/s/s/undo/", {}, **JSON)
    answer = client.get(f"/s/s/read/since/{first['event']}/", **JSON).json()
    assert [piece["id"] for piece in answer["pieces"]] == [f"p-{talk}-1"]
    assert "<mark" not in answer["pieces"][0]["html"] and "a" not in [one["name"] for one in answer["codes"]]
    client.post("/s/s/redo/", {}, **JSON)
    back = client.get(f"/s/s/read/since/{answer['event']}/", **JSON).json()
    assert f'data-k="{first["coding"]}"' in back["pieces"][0]["html"]
    assert "a" in [one["name"] for one in back["codes"]]


@pytest.mark.usefixtures("record")
def test_removing_takes_the_coding_and_leaves_the_text(client: Client, study: Study) -> None:
    """The piece is drawn without it."""
    talk = talk_of(study)
    made = code(client, talk, 29, 41, name="a").json()["coding"]
    answer = client.post("/s/s/read/codings/remove/", {"coding": [made]}, **JSON).json()
    assert "<mark" not in answer["pieces"][0]["html"] and not Coding.objects.exists()


@pytest.mark.usefixtures("record")
def test_everything_on_a_passage_stands_in_the_panel(client: Client, study: Study) -> None:
    """Codings, memos, evidence and history."""
    from makna.record.actions.add_finding import add_finding  # noqa: PLC0415

    talk = talk_of(study)
    made = code(client, talk, 29, 41, name="bebas")
    actor = _actor(study)
    finding = add_finding(actor, "Tempat dipilih karena bebas")
    client.post(
        f"/s/s/read/{talk}/memo/",
        {"coding": made.json()["coding"], "text": "alasan pertama", "kind": "reflexive"},
        **JSON,
    )
    client.post(
        f"/s/s/read/{talk}/evidence/",
        {"finding": finding, "start": 29, "end": 41, "stance": "contradicts"},
        **JSON,
    )
    html = client.get(f"/s/s/read/{talk}/passage/29-41/").content.decode()
    for words in ("bebas", "alasan pertama", "Tempat dipilih karena bebas", "contradicts", "passage coded"):
        assert words in html
    assert Memo.objects.get().coding_id == made.json()["coding"]
    assert (Evidence.objects.get().start, Evidence.objects.get().stance) == (29, "contradicts")


@pytest.mark.usefixtures("record")
def test_compare_shows_the_codes_other_passages(client: Client, study: Study) -> None:
    """Not the passage itself; and a memo on the difference goes to the code."""
    talk = talk_of(study)
    text = study.text(talk)
    one = code(client, talk, 29, 41, name="bebas").json()
    at = text.index("Yang serius")
    code(client, talk, at, at + 11, code=one["code"])
    html = client.get(f"/s/s/read/{talk}/compare/29-41/{one['code']}/").content.decode()
    assert "<mark>Yang serius</mark>" in html and html.count('class="passage"') == 1
    client.post(f"/s/s/read/{talk}/memo/", {"code": one["code"], "text": "beda tempat"}, **JSON)
    assert (Memo.objects.get().code_id, Memo.objects.get().source) == (one["code"], None)


def _new_codes() -> QuerySet[Code]:
    """The codes that a test made: the sample has one of its own."""
    return Code.objects.exclude(name="Percaya")


def _actor(study: Study, person: Person | None = None) -> Actor:
    row = Row.objects.get(key=study.id)
    return Actor(person or row.people.get(), row, served().texts(study))


@pytest.mark.usefixtures("record")
def test_a_blind_round_hides_what_others_code(client: Client, study: Study) -> None:
    """In the text, in the panel and in what changed; after the round all is seen, marked as another's."""
    from makna.record.actions.add_codings import add_codings  # noqa: PLC0415
    from makna.record.actions.begin_round import begin_round  # noqa: PLC0415
    from makna.record.actions.reveal_round import reveal_round  # noqa: PLC0415

    talk = talk_of(study)
    shared = code(client, talk, 0, 5, name="a").json()
    owner = _actor(study)
    other = Person.objects.create(username="bayu")
    give_role(owner, other.pk, "coder")
    begin_round(owner, "pertama")
    (hidden,) = add_codings(_actor(study, other), shared["code"], [(talk, 29, 41)])
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
    owner = _actor(study)
    second = Person.objects.create(username="pemilik")
    give_role(owner, second.pk, "owner")
    give_role(_actor(study, second), owner.person.pk, "reader")
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


def test_a_form_without_scripts_leads_back_to_the_passage(client: Client, study: Study) -> None:
    """A browser without scripts is sent on, and told."""
    talk = talk_of(study)
    answer = client.post(f"/s/s/read/{talk}/code/", {"start": 29, "end": 41, "name": "a"})
    assert answer.status_code == 302 and answer.headers["Location"] == f"/s/s/read/{talk}/?at=29-41#here"
    html = client.get(answer.headers["Location"].split("#")[0]).content.decode()
    assert 'id="here"' in html and "Coded with the new code a." in html


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


@pytest.mark.usefixtures("record")
def test_what_others_did_meanwhile_comes_with_the_answer(client: Client, study: Study) -> None:
    """Whoever codes sees what a colleague coded since the page was drawn."""
    from makna.record.actions.add_codings import add_codings  # noqa: PLC0415

    talk = talk_of(study)
    mine = code(client, talk, 0, 5, name="a").json()
    other = Person.objects.create(username="bayu")
    give_role(_actor(study), other.pk, "coder")
    (theirs,) = add_codings(_actor(study, other), mine["code"], [(talk, 29, 41)])
    answer = code(client, talk, 6, 9, code=mine["code"], event=mine["event"]).json()
    assert [piece["id"] for piece in answer["pieces"]] == [f"p-{talk}-0", f"p-{talk}-1"]
    assert f'class="c-{mine["code"]} other" data-k="{theirs}"' in answer["pieces"][1]["names"]


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


@pytest.mark.usefixtures("record")
def test_the_line_that_is_told_can_be_taken_back(client: Client, study: Study) -> None:
    """Every change of this page says what it did, with undo, and leaves one event."""
    before = Event.objects.count()
    answer = code(client, talk_of(study), 0, 5, name="a")
    assert json.loads(answer.headers["HX-Trigger"])["told"] == {
        "text": "Coded with the new code a.",
        "undo": True,
    }
    assert Event.objects.count() == before + 1
    assert SHELF.leaf(study, talk_of(study)) is not None


@pytest.mark.usefixtures("record")
def test_shares_are_right_whatever_happened_since(client: Client, study: Study) -> None:
    """Counted anew only where something changed, and the same as if all were."""
    talk, others = talk_of(study), together.documents(study)
    lengths = {row["document_id"]: row["length"] for row in others}
    actor = _actor(study)

    def fresh() -> None:
        assert coded.all_shares(actor, lengths) == coded.shares(actor, lengths)

    first = code(client, talk, 0, 20, name="a").json()
    fresh()
    code(client, talk, 10, 40, code=first["code"])
    fresh()
    note = next(row["document_id"] for row in others if row["kind"] == "field_note")
    code(client, note, 0, 9, code=first["code"])
    fresh()
    for _ in range(3):
        client.post("/s/s/undo/", {}, **JSON)
        fresh()
    assert coded.all_shares(actor, lengths) == {}


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
