"""The normalised view and its way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makna.corpus.disguise.normalise import EMOJI, View, collapse, plain, view
from strategies import ALPHABET, PHONE_STYLES, texts


@given(st.one_of(texts(), st.text(ALPHABET)))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    """The view of a view is itself."""
    assert plain(plain(text)) == plain(text)


@given(st.one_of(texts(), st.text(ALPHABET)), st.data())
def test_a_span_of_the_view_maps_to_source_that_covers_it(text: str, data: st.DataObject) -> None:
    """Normalising the mapped source gives at least the characters of the span."""
    seen = view(text)
    if not seen.text:
        return
    start = data.draw(st.integers(0, len(seen.text) - 1))
    end = data.draw(st.integers(start + 1, len(seen.text)))
    first, last = seen.source(start, end)
    assert 0 <= first < last <= len(text)
    assert seen.text[start:end] in plain(text[first:last])


@given(st.text(ALPHABET))
def test_the_whole_view_maps_to_all_that_shows(text: str) -> None:
    """Mapping everything back leaves out nothing but what vanishes before the first character."""
    seen = view(text)
    if seen.text:
        first, last = seen.source(0, len(seen.text))
        assert plain(text[:first]) == ""
        assert last == len(text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("０８３４", "0834"),
        ("𝟎𝟖𝟛𝟺", "0834"),
        ("⓪⑧③④", "0834"),
        ("₀⁸٣४", "0834"),
        ("0️⃣8️⃣", "08"),
        ("❶⓿", "10"),
        ("0834\u200b0000", "08340000"),
        ("\u202e08", "08"),
        ("ｍａｗａｒ＠ｇ．ｃ", "mawar@g.c"),
        ("мawаr", "mawar"),
        ("𝓶𝖆𝔀ａⓡ", "mawar"),
        ("máwàr", "mawar"),
        ("🅼🅰", "ma"),
        ("ﬁx", "fix"),
        ("a🌸b", f"a{EMOJI}b"),
        ("WA", "wa"),
        ("“a”—b", '"a"-b'),
    ],
)
def test_the_view_shows_what_an_eye_reads(written: str, read: str) -> None:
    """Each disguise of characters reads as plain text."""
    assert plain(written) == read


def test_a_keycap_goes_with_its_digit() -> None:
    """The frame around a digit is covered with the digit."""
    assert view("a1️⃣").source(1, 2) == (1, 4)


def test_a_plain_text_needs_no_map() -> None:
    """ASCII and one-to-one texts are mapped by identity."""
    assert view("Halo") == View("halo")
    assert view("ｈａ").starts is None


def test_spaced_letters_close_up_and_map_back() -> None:
    """Single letters in a row become a word; the span maps back over the blanks."""
    text = "kik j a n e ya"
    closed = collapse(view(text))
    assert closed is not None
    assert closed.text == "kik jane ya"
    start, end = closed.source(4, 8)
    assert text[start:end] == "j a n e"


def test_speech_is_not_closed_up() -> None:
    """Words of more than one letter, or three single letters, stay apart."""
    assert collapse(view("aku mau ke a b")) is None


@given(st.sampled_from(sorted(PHONE_STYLES)))
def test_locating_inverts_the_map(style: str) -> None:
    """A source span found from the view is found again in the view."""
    seen = view("x " + PHONE_STYLES[style]("083400001234"))
    start, end = seen.source(2, len(seen.text))
    assert seen.locate(start, end) == (2, len(seen.text))
