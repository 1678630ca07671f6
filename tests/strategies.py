"""Hypothesis strategies for the door: identifiers of invented people, in the spellings of people who hide them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from hypothesis import strategies as st

DIGIT_WORDS = {
    "id": ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"],
    "kosong": ["kosong", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "lapan", "sembilan"],
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
    "oh": ["oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
}
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨"


def _shifted(first: str) -> Callable[[str], str]:
    return lambda number: "".join(chr(ord(first) + int(d)) for d in number)


def _grouped(separator: str, size: int = 4) -> Callable[[str], str]:
    return lambda n: separator.join(n[i : i + size] for i in range(0, len(n), size))


def _spelled(language: str) -> Callable[[str], str]:
    return lambda n: " ".join(DIGIT_WORDS[language][int(d)] for d in n)


def _mixed(number: str) -> str:
    """Every third digit as a word: 08tiga4 ..."""
    words = DIGIT_WORDS["id"]
    return "".join(words[int(d)] if i % 3 == 2 else d for i, d in enumerate(number))


def _leet(number: str) -> str:
    return number.translate(str.maketrans("015", "OlS")).replace("OO", "oO")


PHONE_STYLES: dict[str, Callable[[str], str]] = {
    "plain": str,
    "dashes": _grouped("-"),
    "blanks": _grouped(" "),
    "dots": _grouped("."),
    "stars": _grouped("*"),
    "low lines": _grouped("_"),
    "slashes": _grouped("/", 2),
    "pairs": _grouped(" ", 2),
    "threes": _grouped("-", 3),
    "emoji between": _grouped("🌸"),
    "two emoji between": _grouped(" 🔥✨ "),
    "line breaks": _grouped("\n"),
    "zero width": _grouped("\u200b"),
    "bidi": _grouped("\u202d"),
    "filler words": _grouped(" terus "),
    "in brackets": lambda n: f"{n[:4]} (jangan lupa) {n[4:8]} lalu {n[8:]}",
    "single blanks": _grouped(" ", 1),
    "single dashes": _grouped("-", 1),
    "single dots": _grouped(".", 1),
    "full width": _shifted("０"),
    "bold": _shifted("𝟎"),
    "double struck": _shifted("𝟘"),
    "monospace": _shifted("𝟶"),
    "subscript": _shifted("₀"),
    "arabic": _shifted("٠"),
    "devanagari": _shifted("०"),
    "circled": lambda n: "".join(_CIRCLED[int(d)] for d in n),
    "keycaps": lambda n: "".join(d + "\ufe0f\u20e3" for d in n),
    "keycap pairs": lambda n: " ".join(
        a + "\ufe0f\u20e3" + b + "\ufe0f\u20e3" for a, b in zip(n[::2], n[1::2], strict=True)
    ),
    "superscript": lambda n: n.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")),
    "spelled": _spelled("id"),
    "spelled kosong": _spelled("kosong"),
    "spelled english": _spelled("en"),
    "spelled oh": _spelled("oh"),
    "spelled commas": lambda n: ", ".join(_spelled("id")(n[i : i + 4]) for i in range(0, 12, 4)),
    "spelled dashes": lambda n: "-".join(DIGIT_WORDS["id"][int(d)] for d in n),
    "spelled capitals": lambda n: _spelled("id")(n).upper(),
    "half spelled": lambda n: f"{n[:4]} {_spelled('id')(n[4:8])} {n[8:]}",
    "mixed": _mixed,
    "leet": lambda n: _grouped("-")(_leet(n)),
    "plus": lambda n: f"+62 {n[1:4]} {n[4:8]} {n[8:]}",
    "country code": lambda n: "62" + n[1:],
    "plus in brackets": lambda n: f"(+62){n[1:]}",
    "hidden end": lambda n: n[:10] + "xx",
    "joined": lambda n: f"wa{n}ya",
}


def phones() -> st.SearchStrategy[str]:
    """Twelve digits under the prefixes that no operator has: 0834, 0835, 0836."""
    return st.tuples(
        st.sampled_from(["0834", "0835", "0836"]), st.text("0123456789", min_size=8, max_size=8)
    ).map("".join)


def hostile_phones() -> st.SearchStrategy[tuple[str, str, str]]:
    """(number, style, how it is written)."""
    return st.tuples(phones(), st.sampled_from(sorted(PHONE_STYLES))).map(
        lambda p: (p[0], p[1], PHONE_STYLES[p[1]](p[0]))
    )


STEMS = ("mawarmel", "melatiku", "kenangaq", "senjakala", "rinduhujan", "lautbiru", "janedoex")


def handles() -> st.SearchStrategy[str]:
    """Handles of invented accounts, unlike any everyday word."""
    tails = st.sampled_from(["", "_", "99", "_x", "2", "_07", "xo"])
    return st.tuples(st.sampled_from(STEMS), tails).map("".join)


HANDLE_STYLES: dict[str, Callable[[str], str]] = {
    "plain": str,
    "capitals": str.upper,
    "low lines": lambda h: h[:4] + "_" + h[4:],
    "dots": lambda h: h[:4] + "." + h[4:],
    "blank": lambda h: h[:5] + " " + h[5:],
    "leet": lambda h: h.translate(str.maketrans("aeis", "4315")),
    "zero width": "\u200c".join,
    "full width": lambda h: "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in h),
    "mathematical": lambda h: "".join(chr(0x1D41A + ord(c) - 97) if "a" <= c <= "z" else c for c in h),
    "accents": lambda h: "".join(c + "\u0301" if c in "aeiou" else c for c in h),
    "cyrillic": lambda h: h.translate(str.maketrans("aeo", "аео")),
}


def hostile_handles() -> st.SearchStrategy[tuple[str, str, str]]:
    """(handle, style, how it is written)."""
    return st.tuples(handles(), st.sampled_from(sorted(HANDLE_STYLES))).map(
        lambda p: (p[0], p[1], HANDLE_STYLES[p[1]](p[0]))
    )


CARRIERS = (
    "",
    "halo kak, ",
    "yang mau ngobrol ",
    "serius ya 🙏 ",
    "open malam ini, ",
    "Contact me: ",
    "dm or text ",
    "nomorku ",
)


def carriers() -> st.SearchStrategy[tuple[str, str]]:
    """What stands before and after an identifier; separated from it by blanks."""
    after = ("", " ya", " makasih", " cepat balas", " please", " 🔥")
    return st.tuples(st.sampled_from(CARRIERS), st.sampled_from(after))


ALPHABET = st.characters(codec="utf-8", exclude_categories=["Cs"])


def texts() -> st.SearchStrategy[str]:
    """Any text, rich in what the door looks at."""
    pieces = st.sampled_from(
        ["0834", "0000", " ", "@", ".", "/", "nol ", "wa ", "tele: ", "kak ", "rina", "a_b", "⟦wa⟧", "⟧", "\u200b", "1️⃣", "jl ",
         "no ", "lahir ", "mei ", "t.me", "at ", "dot ", "com", "\n", "x", "(", ")", "double ", "kali ", "B ", "1234 ", "XYZ", "0"]
    )  # fmt: skip
    return st.lists(st.one_of(pieces, st.text(ALPHABET, max_size=5)), max_size=14).map("".join)


def digits_of(text: str) -> str:
    """All digits of a text, of any script, in ASCII."""
    return "".join(str(unicodedata.digit(c)) for c in text if unicodedata.digit(c, None) is not None)
