"""The frame: concepts, and which codes answer to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

AT = "/s/s/frame/"
HX = {"HTTP_HX_REQUEST": "true"}


def names(client: Client) -> list[str]:
    """The concepts in the order of the page."""
    return re.findall(r'data-item="\d+" data-name="([^"]*)"', client.get(AT).content.decode())


def key(client: Client, name: str, at: str = AT) -> int:
    """The key of a concept, or of a code in the codebook."""
    found = re.search(rf'data-item="(\d+)" data-name="{re.escape(name)}"', client.get(at).content.decode())
    assert found, name
    return int(found[1])


def adopted(client: Client) -> None:
    """The frame that Makna brings along."""
    client.post(f"{AT}adopt/", {}, **HX)


def test_an_empty_frame_offers_the_one_makna_brings_along(client: Client) -> None:
    """Taken over in one go, in the language of the page, and taken back in one."""
    assert "Begin with" in client.get(AT).content.decode()
    adopted(client)
    assert names(client)[:2] == [
        "Three premises of symbolic interactionism",
        "People act on the basis of meanings",
    ]
    assert "Begin with" not in client.get(AT).content.decode()
    client.post("/s/s/undo/", **HX)
    assert names(client) == []


def test_a_concept_names_its_works_and_those_the_study_lacks(client: Client) -> None:
    """By citation keys."""
    adopted(client)
    premise = client.get(f"{AT}{key(client, 'People act on the basis of meanings')}/").content.decode()
    assert "Blumer, Symbolic Interactionism, 1969" in premise
    assert "not among the literature" in client.get(f"{AT}{key(client, 'Personal front')}/").content.decode()


def test_a_concept_is_added_changed_and_removed(client: Client) -> None:
    """Its references are keys; an older state overwrites nothing."""
    client.post(f"{AT}add/", {"name": "Stigma", "parent": ""}, **HX)
    client.post(f"{AT}add/", {"name": "Stigma", "parent": ""}, **HX)  # another label is found for it
    assert names(client) == ["Stigma", "Stigma"]
    one = key(client, "Stigma")
    at = f"{AT}{one}/change/"
    answer = client.post(at, {"references": "goffman1963, blumer1969", "seen_references": ""}, **HX)
    assert "goffman1963, blumer1969" in answer.content.decode()
    assert client.post(at, {"references": "x", "seen_references": ""}, **HX).status_code == 409
    assert client.post(at, {}, **HX).status_code == 400
    client.post(f"{AT}{one}/remove/", {}, **HX)
    assert names(client) == ["Stigma"]


def test_a_concept_with_others_below_it_stays(client: Client) -> None:
    """With the reason."""
    adopted(client)
    refused = client.post(f"{AT}{key(client, 'Dramaturgy')}/remove/", {}, **HX)
    assert refused.status_code == 400 and "take that away first" in refused.content.decode()


def test_concepts_move(client: Client) -> None:
    """By a step, and under another; never under their own."""
    adopted(client)
    dramaturgy, front = key(client, "Dramaturgy"), key(client, "Personal front")
    client.post(f"{AT}{dramaturgy}/move/", {"step": "up"}, **HX)
    assert names(client)[0] == "Dramaturgy"
    client.post(f"{AT}{front}/move/", {"parent": "", "before": dramaturgy}, **HX)
    assert names(client)[:2] == ["Personal front", "Dramaturgy"]
    below = key(client, "Audience segregation")
    assert client.post(f"{AT}{dramaturgy}/move/", {"parent": below}, **HX).status_code == 400


def test_a_memo_stands_on_a_concept(client: Client) -> None:
    """As on a code."""
    adopted(client)
    at = f"{AT}{key(client, 'Personal front')}/"
    client.post(f"{at}memo/", {"text": "Bukan foto saja", "kind": "theoretical"}, **HX)
    assert "Bukan foto saja" in client.get(at).content.decode()


def test_the_matrix_asks_for_what_it_lacks(client: Client) -> None:
    """First for concepts."""
    assert "the frame comes first" in client.get(f"{AT}matrix/").content.decode()


def test_a_code_answers_to_a_concept_by_an_argument(client: Client) -> None:
    """Written in the cell, shown in the matrix, beside the code and beside the concept; taken back again."""
    adopted(client)
    code, concept = key(client, "Percaya", "/s/s/codebook/"), key(client, "Personal front")
    at = f"{AT}matrix/{code}/{concept}/"
    assert "<textarea" in client.get(f"{at}?edit=1", **HX).content.decode()
    client.post(f"{at}answer/", {"argument": "Testi adalah tampilan", "seen_argument": ""}, **HX)
    for page in (f"{AT}matrix/?answering=1", f"{AT}{concept}/", f"/s/s/codebook/{code}/"):
        assert "Testi adalah tampilan" in client.get(page).content.decode()
    late = client.post(f"{at}answer/", {"argument": "Lain", "seen_argument": ""}, **HX)
    assert late.status_code == 409
    client.post(f"{at}answer/", {"holds": "0", "seen_argument": "Testi adalah tampilan"}, **HX)
    assert "Testi adalah tampilan" not in client.get(f"{AT}matrix/").content.decode()


def test_an_argument_passes_the_door(client: Client) -> None:
    """A number in it is shown, and kept where somebody says so."""
    adopted(client)
    code, concept = key(client, "Percaya", "/s/s/codebook/"), key(client, "Personal front")
    at, typed = f"{AT}matrix/{code}/{concept}/answer/", {"argument": "lihat 083412345678"}
    assert client.post(at, typed, **HX).status_code == 422
    assert client.post(at, {**typed, "kept": "083412345678"}, **HX).status_code == 200
