"""Search: what its page finds, narrows, orders and codes."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from makna.library import Study
from makna.web.searching.narrowing import overlapped, reach

if TYPE_CHECKING:
    from django.test import Client

AT = "/s/s/search/"
HX = {"HTTP_HX_REQUEST": "true"}


def look(client: Client, **given: object) -> str:
    """The page of a search."""
    return client.get(AT, given).content.decode()


def lines(page: str) -> list[tuple[str, str, str]]:
    """(left, words, right) of each line."""
    found = re.findall(
        r'class="(?:left|right)"><div><span dir="auto">(.*?)</span>|class="node"><a [^>]*>(.*?)</a>', page
    )
    flat = [one or other for one, other in found]
    return list(zip(flat[::3], flat[1::3], flat[2::3], strict=True))


def code_of(study: Study, n: int = 0) -> int:
    """The key of a code, as scripts cannot know it."""
    from makna.record.database import opened  # noqa: PLC0415
    from makna.record.models import Code  # noqa: PLC0415

    with opened(study.folder.parents[1]):
        return list(Code.objects.order_by("pk").values_list("pk", flat=True))[n]


def test_without_words_the_page_says_how_to_search(client: Client) -> None:
    """With examples."""
    assert "a phrase" in look(client)


def test_each_place_becomes_a_line_that_leads_to_its_passage(client: Client) -> None:
    """With the words in the middle."""
    page = look(client, q='"pesan pribadi"')
    assert [words for _left, words, _right in lines(page)] == ["pesan pribadi"] * 2
    assert re.search(r'href="/s/s/read/\d+/\?at=\d+-\d+', page)


@pytest.mark.parametrize(
    ("q", "some"), [("perca*", True), ("testi NOT kabar", True), ("kabar NOT testi", False)]
)
def test_the_language_of_search_is_that_of_the_library(client: Client, q: str, some: bool) -> None:
    """Prefixes, AND, OR, NOT."""
    assert bool(lines(look(client, q=q))) is some


@pytest.mark.parametrize("q", ["083412345678", "@akun_tiruan_1", "wa 0834-1234-5678"])
def test_nobody_is_looked_up(client: Client, q: str) -> None:
    """The reason stands under the words."""
    answer = client.get(AT, {"q": q})
    assert answer.status_code == 422 and "does not look people up" in answer.content.decode()


def test_a_query_that_cannot_be_understood_is_explained(client: Client) -> None:
    """And stays in its field."""
    answer = client.get(AT, {"q": "(testi"})
    assert answer.status_code == 400 and "not closed" in answer.content.decode()
    assert 'value="(testi"' in answer.content.decode()


def test_a_search_is_narrowed_by_kind_and_by_who_speaks(client: Client) -> None:
    """As words that can each be left out."""
    page = look(client, q="siapa OR serius OR testi", kind="interview")
    assert len(lines(page)) == 3 and "in interviews" in page
    assert len(lines(look(client, q="siapa OR serius OR testi", kind="interview", by="researcher"))) == 1
    assert len(lines(look(client, q="siapa OR serius OR testi", by="participant"))) == 2


def test_a_search_is_narrowed_by_time(client: Client) -> None:
    """From a day, until a day; what has no day is left out."""
    all_ = len(lines(look(client, q="testi", kind="observation")))
    late = len(lines(look(client, q="testi", since="2021-03-05")))
    early = len(lines(look(client, q="testi", until="2021-03-04", kind="observation")))
    assert 0 < late < all_ and late + early == all_


def test_a_search_is_narrowed_by_codings_and_by_their_lack(client: Client, study: Study) -> None:
    """A code counts with those below it."""
    study.add_code("Testi", parent="Percaya")
    hits = study.search("testi", limit=100).to_pylist()
    study.add_codings("Testi", [(h["document_id"], h["start"], h["end"]) for h in hits[:4]])
    above = code_of(study)
    page = look(client, q="testi", coded=above)
    assert len(lines(page)) == 4 and "coded Percaya" in page
    assert len(lines(look(client, q="testi", uncoded=above))) == min(50, len(hits) - 4)


def test_a_search_is_narrowed_by_cases(client: Client, study: Study) -> None:
    """By the values of accounts and of participants."""
    from makna.library import Library  # noqa: PLC0415
    from makna.record.models import Attribute, CaseValue, Participant  # noqa: PLC0415
    from makna.record.models import Study as Row  # noqa: PLC0415

    hits = study.search("testi", kinds=["observation"], limit=100).to_pylist()
    mine = [hit for hit in hits if hit["author_id"] == hits[0]["author_id"]]
    client.get(AT)
    from makna.record.database import opened  # noqa: PLC0415

    with opened(Library(study.folder.parents[1]).path):
        row = Row.objects.get(key=study.id)
        role = Attribute.objects.create(study=row, name="peran")
        CaseValue.objects.create(attribute=role, author=hits[0]["author_id"], value="penjual")
        person = Participant.objects.create(study=row, code="informan 1")
        CaseValue.objects.create(attribute=role, participant=person, value="pembeli")
    page = look(client, q="testi", case=f"{role.pk}:penjual")
    assert len(lines(page)) == len(mine) and "peran: penjual" in page
    assert len(lines(look(client, q="testi", case=f"{role.pk}:pembeli"))) == 1
    both = client.get(
        AT, {"q": "testi", "case": [f"{role.pk}:penjual", f"{role.pk}:pembeli"]}
    ).content.decode()
    assert len(lines(both)) == len(mine) + 1


def test_lines_are_ordered_by_the_word_beside(client: Client) -> None:
    """To the right, or to the left from its nearest word on."""
    right = [
        r.casefold().split() for _l, _w, r in lines(look(client, q="pesan OR kue OR testi", order="right"))
    ]
    first = [words[0].strip(".,") if words else "" for words in right]
    assert first == sorted(first) and len(set(first)) > 2
    left = [
        line[0].casefold().split() for line in lines(look(client, q="pesan OR ramai OR serius", order="left"))
    ]
    nearest = [words[-1].strip(".,") if words else "" for words in left]
    assert nearest == sorted(nearest) and len(set(nearest)) > 2


def test_pages_follow_one_another(client: Client) -> None:
    """Without a line twice, in every order."""
    for order in ("text", "right"):
        first, second = (look(client, q="kue OR testi OR kabar", order=order, page=n) for n in (0, 1))
        hits = [re.findall(r'name="hit" value="([^"]+)"', page) for page in (first, second)]
        assert hits[0] and not set(hits[0]) & set(hits[1])
        assert ("data-more" in first) == bool(hits[1])


def test_chosen_lines_are_coded_at_once_by_a_new_name(client: Client, study: Study) -> None:
    """One undo takes back the codings and the code."""
    page = look(client, q="testi")
    chosen = re.findall(r'name="hit" value="([^"]+)"', page)[:5]
    sent = {"q": "testi", "hit": chosen, "extent": "words", "name": "Testimoni baru"}
    answer = client.post(f"{AT}code/", sent, **HX)
    assert "5 passages coded Testimoni baru" in answer["HX-Trigger"]
    assert answer.content.decode().count("</span>Testimoni baru</span>") == 5
    assert study.codings("Testimoni baru")["text"].to_pylist() == ["testi"] * 5
    client.post("/s/s/undo/", **HX)
    assert study.codings().num_rows == 0 and "Testimoni baru" not in study.codes()["code"].to_pylist()


def test_all_hits_are_coded_at_once(client: Client, study: Study) -> None:
    """Also those of other pages, and only those that the search is narrowed to."""
    n = study.search("testi", kinds=["interview"], limit=100).num_rows
    client.post(
        f"{AT}code/",
        {"q": "testi", "kind": "interview", "all": "1", "extent": "words", "name": "percaya"},
        **HX,
    )
    assert study.codings("Percaya").num_rows == n
    client.post(f"{AT}code/", {"q": "testi", "all": "1", "extent": "unit", "name": "percaya"}, **HX)
    everywhere = {h["unit_id"] for h in study.search("testi", limit=100).to_pylist()}
    assert study.codings("Percaya").num_rows == n + len(everywhere)


@pytest.mark.parametrize(
    ("extent", "words"),
    [("words", "percaya"), ("sentence", "Testi dulu, baru percaya 🙂."),
     ("unit", "Yang serius langsung ke pesan pribadi. Testi dulu, baru percaya 🙂.")],
)  # fmt: skip
def test_a_line_is_coded_as_widely_as_was_asked(
    client: Client, study: Study, extent: str, words: str
) -> None:
    """The words, their sentence, or the whole turn."""
    hit = re.findall(r'name="hit" value="([^"]+)"', look(client, q="percaya", kind="interview"))
    client.post(f"{AT}code/", {"q": "percaya", "hit": hit, "extent": extent, "name": "Percaya"}, **HX)
    assert study.codings()["text"].to_pylist() == [words]


def test_what_cannot_be_coded_is_refused_in_a_sentence(client: Client) -> None:
    """No line, no extent, a name that identifies, a place beyond a text."""
    at = f"{AT}code/"
    assert client.post(at, {"q": "testi", "extent": "words", "name": "A"}, **HX).status_code == 400
    assert client.post(at, {"q": "testi", "extent": "galaxy", "name": "A"}, **HX).status_code == 400
    hit = re.findall(r'name="hit" value="([^"]+)"', look(client, q="testi"))[0]
    sent = {"q": "testi", "hit": hit, "extent": "words", "name": "083412345678"}
    assert client.post(at, sent, **HX).status_code == 422
    assert client.post(at, {**sent, "kept": "083412345678"}, **HX).status_code == 200
    beyond = {**sent, "name": "A", "hit": hit.split(":")[0] + ":0-9999:0-9999:0-9999"}
    refused = client.post(at, beyond, **HX)
    assert refused.status_code == 400 and "beyond the end" in refused.content.decode()


def test_strange_addresses_are_read_as_far_as_they_mean_something(client: Client) -> None:
    """Unknown kinds, codes, days and pages are left out or find nothing."""
    strange = {"q": "testi", "kind": "gossip", "coded": "x", "since": "soon", "order": "magic", "page": "-1"}
    assert lines(look(client, **strange)) == lines(look(client, q="testi"))
    assert not lines(look(client, q="testi", page="99"))


@settings(suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=12),
    st.integers(0, 30),
    st.integers(1, 12),
)
def test_a_place_is_coded_where_any_coding_overlaps_it(
    spans: list[tuple[int, int]], start: int, length: int
) -> None:
    """As a plain comparison with each of them says."""
    codings = sorted((begin, begin + n) for begin, n in spans)
    plain = any(begin < start + length and start < end for begin, end in codings)
    assert overlapped(codings, reach(codings), start, start + length) is plain


def test_a_day_stands_in_an_address_as_it_was_given(client: Client) -> None:
    """And the way to leave it out goes on without it."""
    page = look(client, q="testi", since=dt.date(2021, 3, 5).isoformat(), kind="observation")
    assert "from 2021-03-05" in page and 'href="?q=testi&amp;kind=observation"' in page
