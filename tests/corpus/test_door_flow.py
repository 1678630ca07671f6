"""The whole door: nothing survives, nothing else changes, and a second pass changes nothing."""

from __future__ import annotations

import pickle
import re
import time
from difflib import SequenceMatcher

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from makna.corpus.disguise.door import LONGEST, Disguised, Door, DoorSettings
from makna.corpus.disguise.gate import Gate
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.normalise import plain, view
from makna.corpus.disguise.pseudonyms import Pseudonyms
from makna.corpus.disguise.recognise import SPACED, all_hits
from makna.corpus.disguise.recognise.base import Hit, Reading
from makna.corpus.disguise.replace import neutralise
from makna.corpus.disguise.roster import Roster
from strategies import carriers, digits_of, hostile_phones, texts

KEY = bytes(range(32))
ALL_BITS = (1 << 32) - 1
DOOR = Door(DoorSettings(KEY), Roster.empty(), Pseudonyms(Macs(KEY)))
PLACEHOLDER = re.compile(r"⟦[^⟦⟧]*⟧")


def through(text: str) -> Disguised:
    """One text through the door."""
    return DOOR.disguise([text])[0]


def again(done: Disguised) -> Disguised:
    """A disguised text through the door once more, told where its placeholders stand."""
    spans = [m.span() for m in PLACEHOLDER.finditer(done.text)]
    return DOOR.disguise([done.text], placeholders=[spans])[0]


@given(hostile_phones(), carriers())
@settings(deadline=None, max_examples=400)
def test_no_number_survives_in_any_spelling(made: tuple[str, str, str], around: tuple[str, str]) -> None:
    """Of a phone number no letter or digit is left, and the words around it stay."""
    (_number, _style, written), (before, after) = made, around
    done = through(before + written + after).text
    assert digits_of(plain(PLACEHOLDER.sub("", done))) == ""
    assert done.startswith(before)
    assert done.endswith(after)
    blocks = SequenceMatcher(None, written, PLACEHOLDER.sub("", done[len(before) :]), autojunk=False)
    assert not re.search(
        r"\w{3}", "".join(written[b.a : b.a + b.size] for b in blocks.get_matching_blocks()[:1])
    )


@given(texts())
@settings(deadline=None, max_examples=300, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_a_second_pass_changes_nothing(text: str) -> None:
    """What came through the door passes it again unchanged, its own placeholders told."""
    done = through(text)
    assert again(done).text == done.text


@given(texts())
@settings(deadline=None, max_examples=300)
def test_what_is_not_replaced_is_not_changed(text: str) -> None:
    """Between the placeholders the text runs on as it was, in order."""
    at = 0
    clean = neutralise(text)
    for piece in PLACEHOLDER.split(through(text).text):
        found = clean.find(piece, at)
        assert found >= 0
        at = found + len(piece)


@given(st.lists(texts(), max_size=6))
@settings(deadline=None, max_examples=100)
def test_neighbours_do_not_matter(many: list[str]) -> None:
    """A text is disguised the same alone, among others, and in any order."""
    alone = [through(text) for text in many]
    assert DOOR.disguise(many) == alone
    assert DOOR.disguise(many[::-1]) == alone[::-1]


@given(st.one_of(texts(), hostile_phones().map(lambda made: made[2])))
@settings(deadline=None, max_examples=300)
@example("@mei ")
@example("follow t.menol")
@example("\u200b @mei ")
def test_the_gate_lets_nothing_pass(text: str) -> None:
    """A recogniser that the glance at a text does not call for would have found nothing there."""
    glance = Gate(Macs(KEY), Roster.empty(), ()).look([text])[0]
    reading = Reading(view(text), text)
    called = {_in_source(hit, reading) for hit in all_hits(reading, glance.bits)} if glance else set()
    mentioned = {_folded(hit) for hit in glance.mentions} if glance else set()
    everything = {_in_source(hit, reading) for hit in all_hits(reading, ALL_BITS & ~SPACED)}
    assert everything <= called | mentioned


def _in_source(hit: Hit, reading: Reading) -> Hit:
    start, end = reading.view.source(hit.start, hit.end)
    return _folded(Hit(start, end, hit.label))


def _folded(hit: Hit) -> Hit:
    """A hit whatever the case of the handle in its label: accounts are looked up without it."""
    return hit._replace(label=hit.label.casefold())


@given(texts())
@settings(deadline=None, max_examples=200)
def test_doubts_point_at_their_placeholder(text: str) -> None:
    """Every doubt stands at a ⟦?⟧ of the disguised text and keeps the words under it."""
    done = through(text)
    assert all(done.text[d.start : d.end] == "⟦?⟧" for d in done.doubts)
    assert sum(done.classes.values()) == len(PLACEHOLDER.findall(done.text))
    assert len(done.doubts) == done.classes.get("?", 0)


@pytest.mark.parametrize("forged", ["⟦wa⟧", "⟦?⟧", "⟦@Melati-042⟧", "⟦", "⟧⟦", "⟦link:telegram⟧"])
def test_a_forged_placeholder_is_neutralised(forged: str) -> None:
    """Nobody writes a placeholder by hand."""
    done = through(f"halo {forged} ya")
    assert forged not in done.text
    assert sum(done.classes.values()) == done.text.count("⟦")


def test_a_link_says_where_it_leads() -> None:
    """Short links are classed by what they lead to; media become signs."""
    texts = ["cek https://t.co/aa dan https://t.co/bb https://t.co/cc"]
    links = [{"https://t.co/aa": "https://t.me/mawarmel", "https://t.co/bb": "media"}]
    assert DOOR.disguise(texts, links)[0].text == "cek ⟦link:telegram⟧ dan ⟦image⟧ ⟦link:short⟧"
    links = [
        {
            "https://t.co/aa": "https://example.org/x",
            "https://t.co/bb": "media:video",
            "https://t.co/cc": "media:voice",
        }
    ]
    assert DOOR.disguise(texts, links)[0].text == "cek ⟦link⟧ dan ⟦video⟧ ⟦voice⟧"


def test_the_trigger_stays_and_the_id_goes() -> None:
    """That a contact was offered is data; the contact is not."""
    assert through("wa 0834 0000 1234, line: mawarmel99").text == "wa ⟦wa⟧, line: ⟦line⟧"


def test_classes_count_what_was_replaced() -> None:
    """Each placeholder counts under its class; all mentions are accounts."""
    assert through("@a_bc @defg 083400001234").classes == {"account": 2, "phone": 1}


def test_what_only_the_second_scan_sees_is_doubtful() -> None:
    """A heap of digits that no recogniser explains is masked in doubt, and can be switched off."""
    door = Door(DoorSettings(KEY, second_scan=False), Roster.empty(), Pseudonyms(Macs(KEY)))
    odd = "kode 4821 1137 dan 7731"
    assert through(odd).text == "kode ⟦?⟧ dan 7731"
    assert through(odd).doubts[0].span == "4821 1137"
    assert "4821" not in repr(through(odd).doubts)
    assert door.disguise([odd])[0].text == odd


def test_a_door_pickles() -> None:
    """Workers get the door, and disguise alike."""
    clone = pickle.loads(pickle.dumps(DOOR))
    text = "halo @mawarmel wa 083400001234"
    assert clone.disguise([text]) == DOOR.disguise([text])
    assert "key" not in repr(DoorSettings(KEY))


def test_nothing_is_asked_of_no_texts() -> None:
    """An empty list of texts, and empty texts, are normal."""
    assert DOOR.disguise([]) == []
    assert [d.text for d in DOOR.disguise(["", " ", "\n"])] == ["", " ", "\n"]


HOSTILE = {
    "letters": "a", "digits": "1", "spaced digits": "1 ", "signs": "@", "labels": "a.", "mails": "a@", "slashes": "/",
    "schemes": "http://", "triggers": "wa ", "numerals": "nol ", "names": "siti ", "cues": "kak rina ", "streets": "jl a ",
    "births": "lahir ", "brackets": "(", "dots": "a dot ", "spaced letters": "m a w a r ", "zero width": "\u200b", "keycaps": "1️⃣",
    "emoji": "😀", "plates": "b 123 x", "blanks": "wa" + " " * 50, "holders": "a/n x ", "at words": "a at b dot ", "dates": "12/12/",
    "hosts": "www.a", "asides": "1234 (a) ", "marks said": "tele a underscore ", "cut by emoji": "@a😀", "tens": "dua puluh ", "lanes": "jl a gang 1 ",
    "numerals in one": "noll", "degrees": "1°2'", "rooms": "hotel 1 ", "hosts with blanks": "a . b / ",
}  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_end_soon(unit: str) -> None:
    """Twice as much hostile text never takes much more than twice as long: the longest read ends within about a second."""
    start = time.process_time()
    through((unit * LONGEST)[:LONGEST])
    assert time.process_time() - start < 2


def test_a_million_characters_are_masked_whole() -> None:
    """A text longer than the bound is not read but left to a person."""
    start = time.perf_counter()
    done = through("0834 " * 200_000)
    assert time.perf_counter() - start < 1
    assert done.text == "⟦?⟧"
    assert done.doubts[0].reason == "too long to read"


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("memo tentang kepercayaan", []),
        ("hubungi ⟦@Melati-042⟧ lewat ⟦wa⟧", []),
        ("wa 083471000123 ya", [("wa", "083471000123")]),
        ("surel ana@contoh.id, lalu ⟦wa⟧ dan 9173 8264", [("email", "ana@contoh.id"), ("?", "9173 8264")]),
        ("kata @mawar_merah_9 itu", [("account", "@mawar_merah_9")]),
    ],
)
def test_a_typed_text_is_told_where_it_identifies(text: str, held: list[tuple[str, str]]) -> None:
    """Each place with its class, nothing of it changed; what the door itself put there is nobody's."""
    assert [(hit.label, text[hit.start : hit.end]) for hit in DOOR.hits(text)] == held
