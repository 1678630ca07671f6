"""Coding while reading, asked without a browser."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from read_sample import JSON, actor_of, code, new_codes, talk_of

from makna.library import Study
from makna.record.actions.give_role import give_role
from makna.record.models import Coding, Event, Evidence, Memo, Person
from makna.web import coded
from makna.web.reading import together
from makna.web.reading.texts import SHELF


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
    row = new_codes().get()
    assert (row.name, row.origin) == ("bebas saja", "in_vivo")
    assert code(client, talk, 0, len(text), in_vivo=1).status_code == 400


@pytest.mark.usefixtures("record")
def test_a_name_that_seems_to_identify_is_shown_and_decided(client: Client, study: Study) -> None:
    """Nothing is stored before; what is kept is stored."""
    talk = talk_of(study)
    refused = code(client, talk, 0, 6, name="hubungi 0834 1234 5678")
    assert refused.status_code == 422
    assert [hit["word"] for hit in refused.json()["hits"]] == ["0834 1234 5678"]
    assert not new_codes().exists()
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
    assert not new_codes().exists() and not Coding.objects.exists()


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
    actor = actor_of(study)
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


def test_a_form_without_scripts_leads_back_to_the_passage(client: Client, study: Study) -> None:
    """A browser without scripts is sent on, and told."""
    talk = talk_of(study)
    answer = client.post(f"/s/s/read/{talk}/code/", {"start": 29, "end": 41, "name": "a"})
    assert answer.status_code == 302 and answer.headers["Location"] == f"/s/s/read/{talk}/?at=29-41#here"
    html = client.get(answer.headers["Location"].split("#")[0]).content.decode()
    assert 'id="here"' in html and "Coded with the new code a." in html


@pytest.mark.usefixtures("record")
def test_what_others_did_meanwhile_comes_with_the_answer(client: Client, study: Study) -> None:
    """Whoever codes sees what a colleague coded since the page was drawn."""
    from makna.record.actions.add_codings import add_codings  # noqa: PLC0415

    talk = talk_of(study)
    mine = code(client, talk, 0, 5, name="a").json()
    other = Person.objects.create(username="bayu")
    give_role(actor_of(study), other.pk, "coder")
    (theirs,) = add_codings(actor_of(study, other), mine["code"], [(talk, 29, 41)])
    answer = code(client, talk, 6, 9, code=mine["code"], event=mine["event"]).json()
    assert [piece["id"] for piece in answer["pieces"]] == [f"p-{talk}-0", f"p-{talk}-1"]
    assert f'class="c-{mine["code"]} other" data-k="{theirs}"' in answer["pieces"][1]["names"]


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
    actor = actor_of(study)

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
