"""The codebook: what its page shows and stores."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest

from makna.library import Study

if TYPE_CHECKING:
    from django.test import Client

AT = "/s/s/codebook/"
HX = {"HTTP_HX_REQUEST": "true"}


def key(client: Client, name: str) -> int:
    """The key of a code, as the tree of the page has it."""
    page = client.get(AT).content.decode()
    found = re.search(rf'data-item="(\d+)" data-name="{re.escape(name)}"', page)
    assert found, name
    return int(found[1])


def add(client: Client, name: str, parent: int | None = None) -> int:
    """A code more."""
    client.post(f"{AT}add/", {"name": name, "parent": parent or ""}, **HX)
    return key(client, name)


def names(client: Client) -> list[str]:
    """The codes in the order of the page."""
    return re.findall(r'data-item="\d+" data-name="([^"]*)"', client.get(AT).content.decode())


def passages(study: Study, n: int = 3) -> list[tuple[int, int, int]]:
    """Some passages of posts."""
    hits = study.search("kabar OR testi", limit=n).to_pylist()
    return [(hit["document_id"], hit["start"], hit["end"]) for hit in hits[:n]]


def test_a_code_is_added_and_opens(client: Client) -> None:
    """Its panel answers, with the address it stands at, and what was done is said with Undo."""
    answer = client.post(f"{AT}add/", {"name": "Bebas", "parent": ""}, **HX)
    assert answer["HX-Push-Url"] == f"{AT}{key(client, 'Bebas')}/"
    assert '"undo": true' in answer["HX-Trigger"]
    assert 'value="Bebas"' in answer.content.decode()


def test_without_scripts_the_same_form_leads_to_the_code(client: Client) -> None:
    """And the page says what was done, once."""
    page = client.post(f"{AT}add/", {"name": "Bebas"}, follow=True)
    assert "Code added." in page.content.decode()
    assert "Code added." not in client.get(AT).content.decode()


def test_a_text_is_changed_in_place_and_an_overtaken_one_is_reported(client: Client) -> None:
    """Whoever saw an older text overwrites nothing."""
    at = f"{AT}{key(client, 'Percaya')}/change/"
    seen = "Apa yang membuat orang percaya"
    first = client.post(at, {"definition": "Kepercayaan pembeli", "seen_definition": seen}, **HX)
    assert first.status_code == 200 and "Kepercayaan pembeli" in first.content.decode()
    second = client.post(at, {"definition": "Lain", "seen_definition": seen}, **HX)
    assert second.status_code == 409
    assert "nothing was overwritten" in second.content.decode()
    assert "Kepercayaan pembeli" in client.get(AT + at.split("/")[-3] + "/").content.decode()


def test_what_is_typed_passes_the_door(client: Client) -> None:
    """A number is shown, and stored once it is kept."""
    at, typed = (
        f"{AT}{key(client, 'Percaya')}/change/",
        {"example": "hubungi 083412345678 ya", "seen_example": ""},
    )
    refused = client.post(at, typed, **HX)
    assert refused.status_code == 422 and "083412345678" in refused.content.decode()
    assert client.post(at, {**typed, "kept": "083412345678"}, **HX).status_code == 200


def test_colour_origin_and_cycle_are_chosen_from_what_there_is(client: Client) -> None:
    """What is no such choice is refused in a sentence."""
    at = f"{AT}{key(client, 'Percaya')}/change/"
    assert client.post(at, {"colour": "7", "origin": "in_vivo", "cycle": "axial"}, **HX).status_code == 200
    page = client.get(AT).content.decode()
    assert "slot-7" in page
    assert client.post(at, {"colour": "99"}, **HX).status_code == 400
    assert client.post(at, {"cycle": "lunar"}, **HX).status_code == 400


@pytest.mark.parametrize(
    ("step", "order"),
    [("up", ["B", "Percaya", "A"]), ("down", ["Percaya", "A", "B"]), ("in", ["Percaya", "B", "A"])],
)
def test_a_code_moves_by_steps(client: Client, step: str, order: list[str]) -> None:
    """Up, down, and in under the one before it."""
    b, _a = add(client, "B"), add(client, "A")
    client.post(f"{AT}{b}/move/", {"step": step}, **HX)
    assert names(client) == order
    out = client.post(f"{AT}{b}/move/", {"step": "out"}, **HX)
    assert ("further" in out["HX-Trigger"]) == (step != "in")


def test_a_code_moves_out_to_the_place_after_the_one_above(client: Client) -> None:
    """Not to the end of the level above."""
    top = key(client, "Percaya")
    below = add(client, "Di bawah", top)
    add(client, "Lain")
    assert names(client) == ["Percaya", "Di bawah", "Lain"]
    client.post(f"{AT}{below}/move/", {"step": "out"}, **HX)
    assert names(client) == ["Percaya", "Di bawah", "Lain"]
    client.post(f"{AT}{below}/move/", {"step": "down"}, **HX)
    assert names(client) == ["Percaya", "Lain", "Di bawah"]


def test_no_code_goes_under_its_own(client: Client) -> None:
    """The reason is said, and the tree stands."""
    top = key(client, "Percaya")
    below = add(client, "Di bawah", top)
    refused = client.post(f"{AT}{top}/move/", {"parent": below}, **HX)
    assert refused.status_code == 400 and "its own subcodes" in refused.content.decode()


def test_counts_are_of_a_code_and_of_those_below(client: Client, study: Study) -> None:
    """Both stand in the tree."""
    add(client, "Di bawah", key(client, "Percaya"))
    one, *rest = passages(study)
    study.add_codings("Percaya", [one])
    study.add_codings("Di bawah", rest)
    page = client.get(AT).content.decode()
    assert 'aria-label="1 coding"' in page and 'aria-label="3 with the codes below"' in page


def test_codes_are_merged_with_their_codings(client: Client, study: Study) -> None:
    """And the one that stays opens."""
    other = add(client, "Yakin")
    study.add_codings("Yakin", passages(study))
    answer = client.post(f"{AT}{other}/merge/", {"into": key(client, "Percaya")}, **HX)
    assert "3 passages" in answer.content.decode()
    assert names(client) == ["Percaya"]


def test_a_code_is_removed_and_comes_back(client: Client, study: Study) -> None:
    """With its codings, by one undo."""
    study.add_codings("Percaya", passages(study))
    client.post(f"{AT}{key(client, 'Percaya')}/remove/", **HX)
    assert "No code yet" in client.get(AT).content.decode()
    client.post("/s/s/undo/", **HX)
    assert names(client) == ["Percaya"] and study.codings().num_rows == 3


def test_relations_are_typed_and_taken_away(client: Client) -> None:
    """From the code they begin at, and from the one they lead to."""
    one, other = key(client, "Percaya"), add(client, "Testi")
    said = {"target": one, "tie": "condition"}
    assert "is a condition of" in client.post(f"{AT}{other}/relate/", said, **HX).content.decode()
    assert "Testi" in client.get(f"{AT}{one}/").content.decode().split("<h2>Relations")[1]
    client.post(f"{AT}{one}/relate/", {**said, "source": other, "holds": "0"}, **HX)
    assert "is a condition of</span>" not in client.get(f"{AT}{one}/").content.decode()
    assert client.post(f"{AT}{other}/relate/", {"target": one, "tie": "love"}, **HX).status_code == 400


def test_memos_are_written_rewritten_and_removed(client: Client, study: Study) -> None:
    """Of a kind that there is."""
    at = f"{AT}{key(client, 'Percaya')}/memo/"
    assert client.post(at, {"text": "Pakai kalau", "kind": "poem"}, **HX).status_code == 400
    client.post(at, {"text": "Pakai kalau", "kind": "code_rule"}, **HX)
    memo = study.memos().to_pylist()[0]
    client.post(
        at, {"memo": memo["memo"], "text": "Tidak", "seen_text": "Pakai kalau", "kind": "code_rule"}, **HX
    )
    assert study.memos().to_pylist()[0]["text"] == "Tidak"
    client.post(at, {"memo": memo["memo"], "text": " ", "seen_text": "Tidak", "kind": "code_rule"}, **HX)
    assert study.memos().num_rows == 0


def test_the_passages_of_a_code_lead_to_where_they_stand(client: Client, study: Study) -> None:
    """With a line of context, a page at a time."""
    study.add_codings("Percaya", passages(study, 45))
    code = key(client, "Percaya")
    page = client.get(f"{AT}{code}/passages/").content.decode()
    assert page.count('class="pick"') == 40
    assert re.search(r'href="/s/s/read/\d+/\?at=\d+-\d+"', page) and "testi pasar pagi" in page
    after = re.search(r"after=([\d.]+)", page)
    assert after
    more = client.get(f"{AT}{code}/passages/?after={after[1]}", HTTP_HX_TARGET="more", **HX).content.decode()
    shown = re.findall(r'name="coding" value="(\d+)"', page + more)
    assert len(shown) == len(set(shown)) == study.codings().num_rows and "<html" not in more


def test_a_code_is_split_by_its_passages(client: Client, study: Study) -> None:
    """Those chosen go to a new code right after it; one undo brings them back."""
    study.add_codings("Percaya", passages(study))
    add(client, "Lain")
    code = key(client, "Percaya")
    chosen = study.codings().to_pylist()[:2]
    client.post(
        f"{AT}{code}/passages/split/", {"name": "Testi", "coding": [row["coding"] for row in chosen]}, **HX
    )
    assert names(client) == ["Percaya", "Testi", "Lain"]
    assert [row["code"] for row in study.codings().to_pylist()].count("Testi") == 2
    client.post("/s/s/undo/", **HX)
    assert [row["code"] for row in study.codings().to_pylist()] == ["Percaya"] * 3


def test_codings_are_removed_in_one_go(client: Client, study: Study) -> None:
    """Those chosen, or all; and nothing where none is chosen."""
    study.add_codings("Percaya", passages(study))
    at = f"{AT}{key(client, 'Percaya')}/passages/remove/"
    assert client.post(at, {}, **HX).status_code == 400
    client.post(at, {"coding": study.codings().to_pylist()[0]["coding"]}, **HX)
    assert study.codings().num_rows == 2
    client.post(at, {"all": "1"}, **HX)
    assert study.codings().num_rows == 0


def test_the_codebook_leaves_as_csv_without_formulas(client: Client) -> None:
    """A cell that a spreadsheet would compute is text, and no count stands in it."""
    add(client, "=1+1", key(client, "Percaya"))
    rows = list(csv.reader(io.StringIO(client.get("/s/s/codebook.csv").content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["Number", "Code", "Definition"]
    assert [row[:2] for row in rows[1:]] == [["1.", "Percaya"], ["1.1.", "'=1+1"]]


def test_words_of_a_post_do_not_leave_in_an_example(client: Client, study: Study) -> None:
    """The file says how many texts it holds back."""
    post = study.search("testi", kinds=["observation"], limit=1).to_pylist()[0]["text"]
    code = key(client, "Percaya")
    client.post(f"{AT}{code}/change/", {"example": post, "seen_example": ""}, **HX)
    out = client.get("/s/s/codebook.csv").content.decode("utf-8-sig")
    assert post not in out and "held back" in out


def test_the_codebook_leaves_as_docx(client: Client) -> None:
    """A heading a code, as deep as the tree."""
    from docx import Document  # noqa: PLC0415  (slow to load)

    add(client, "Di bawah", key(client, "Percaya"))
    file = Document(io.BytesIO(client.get("/s/s/codebook.docx").content))
    headings = [(p.style.name, p.text) for p in file.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [("Heading 1", "1 Percaya"), ("Heading 2", "1.1 Di bawah")]
    assert client.get("/s/s/codebook.exe").status_code == 404
