"""How people hide a number: each style takes the digits and gives them as they would be typed."""

# ruff: noqa: SIM905 (words read better in a row)

from __future__ import annotations

from collections.abc import Callable
from random import Random

Style = Callable[[Random, str], str]

ID = "nol satu dua tiga empat lima enam tujuh delapan sembilan".split()
KOSONG = "kosong satu dua tiga empat lima enam tujuh lapan sembilan".split()
EN = "zero one two three four five six seven eight nine".split()
OH = ["oh", *EN[1:]]
_SLANG = "nol satu dua tiga ampat lima anam tuju lapan sembilan".split()
_TENS = {10: "sepuluh", 11: "sebelas"} | {n: f"{ID[n - 10]} belas" for n in range(12, 20)}
_TENS |= {n: f"{ID[n // 10]} puluh" + (f" {ID[n % 10]}" if n % 10 else "") for n in range(20, 100)}
_CHAT = ("terus", "lanjut", "trus", "habis itu", "sambung", "lalu", "then", "baru")
_ASIDE = ("jangan lupa", "sabar ya", "catat", "bukan bot", "no php", "inget", "baca baik2")
_DECOR = "🌸 🔥 ✨ 💋 🍑 ⭐ 💦 ❤️ 🌹 👉".split()
_HOMOGLYPH = str.maketrans({"0": "О", "3": "З", "6": "б", "1": "І"})


def _cut(digits: str, sizes: tuple[int, ...] = (4,)) -> list[str]:
    pieces, at, i = [], 0, 0
    while at < len(digits):
        size = sizes[min(i, len(sizes) - 1)]
        pieces.append(digits[at : at + size])
        at, i = at + size, i + 1
    if len(pieces) > 1 and len(pieces[-1]) < 2:
        pieces[-2:] = [pieces[-2] + pieces[-1]]
    return pieces


def _with(*separators: str, sizes: tuple[int, ...] = (4,)) -> Style:
    return lambda rng, d: rng.choice(separators).join(_cut(d, sizes))


def _each(*separators: str) -> Style:
    return lambda rng, d: rng.choice(separators).join(d)


def _said(words: list[str], separator: str = " ") -> Style:
    return lambda rng, d: separator.join(words[int(c)] for c in d)


def _from(first: int) -> Style:
    return lambda rng, d: "".join(chr(first + int(c)) for c in d)


def _mapped(table: str) -> Style:
    return lambda rng, d: "".join(table[int(c)] for c in d)


def _marked(mark: str) -> Style:
    return lambda rng, d: "".join(c + mark for c in d)


def _half(rng: Random, d: str) -> str:
    return f"{d[:4]} {' '.join(ID[int(c)] for c in d[4:8])} {d[8:]}"


def _every_other(rng: Random, d: str) -> str:
    return " ".join(ID[int(c)] if i % 2 else c for i, c in enumerate(d))


def _glued_mix(rng: Random, d: str) -> str:
    return "".join(ID[int(c)] if rng.random() < 0.35 else c for c in d)


def _runs(d: str) -> list[tuple[str, int]]:
    out: list[tuple[str, int]] = []
    for c in d:
        if out and out[-1][0] == c:
            out[-1] = (c, out[-1][1] + 1)
        else:
            out.append((c, 1))
    return out


def _times(rng: Random, d: str) -> str:
    return ", ".join(f"{ID[int(c)]} {ID[n]} kali" if 1 < n < 10 else ID[int(c)] for c, n in _runs(d))


def _double(rng: Random, d: str) -> str:
    words = OH if rng.random() < 0.5 else KOSONG
    kinds = {2: ("double", "dobel"), 3: ("triple", "tripel")}
    said = []
    for c, n in _runs(d):
        how = kinds.get(n)
        said += [f"{how[words is KOSONG]} {words[int(c)]}"] if how else [words[int(c)]] * n
    return " ".join(said)


def _drawn(rng: Random, d: str) -> str:
    return " ".join(_long(ID[int(c)], rng) if rng.random() < 0.4 else ID[int(c)] for c in d)


def _long(word: str, rng: Random) -> str:
    at = max(word.rfind(v) for v in "aiueo")
    return word[:at] + word[at] * rng.randint(2, 5) + word[at + 1 :]


def _tens(rng: Random, d: str) -> str:
    pairs = [d[i : i + 2] for i in range(4, len(d), 2)]
    said = [ID[int(c)] for c in d[:4]]
    for p in pairs:
        said.append(_TENS[int(p)] if len(p) == 2 and p[0] != "0" else " ".join(ID[int(c)] for c in p))
    return ", ".join([" ".join(said[:4]), " ".join(said[4:])])


def _aside(rng: Random, d: str) -> str:
    a, b, *rest = _cut(d)
    return f"{a} ({rng.choice(_ASIDE)}) {b} {rng.choice(_CHAT)} {''.join(rest)}"


def _talked(rng: Random, d: str) -> str:
    return f" {rng.choice(_CHAT)} ".join(_cut(d))


def _decorated(rng: Random, d: str) -> str:
    return rng.choice(_DECOR).join(_cut(d))


def _pearls(rng: Random, d: str) -> str:
    return rng.choice(_DECOR).join(d)


def _censored(rng: Random, d: str) -> str:
    hidden = rng.choice(("xx", "XX", "**", "xxx", "***", "••"))
    return rng.choice((d[: -len(hidden)], "-".join(_cut(d[: -len(hidden)])))) + hidden


def _leet(rng: Random, d: str) -> str:
    return "-".join(
        _cut(
            d.translate(
                str.maketrans(
                    rng.choice(
                        ({"0": "O", "1": "l"}, {"0": "o", "1": "i", "5": "S"}, {"0": "O", "8": "B", "1": "I"})
                    )
                )
            )
        )
    )


def _country(rng: Random, d: str) -> str:
    n = d[1:]
    return rng.choice(
        (
            f"+62{n}",
            f"62{n}",
            f"+62-{n[:3]}-{n[3:7]}-{n[7:]}",
            f"(+62) {n[:3]} {n[3:7]} {n[7:]}",
            f"0062{n}",
            f"+62 {n[:3]}-{n[3:]}",
        )
    )


def _country_said(rng: Random, d: str) -> str:
    return rng.choice(("plus enam dua ", "enam dua ")) + " ".join(ID[int(c)] for c in d[1:])


PHONE_ONLY: dict[str, Style] = {
    "country code": _country,
    "country code said": _country_said,
    "without the zero": lambda rng, d: " ".join(_cut(d[1:], (3, 4, 4))),
}
"""Styles that only a telephone number has."""

STYLES: dict[str, Style] = {
    "spelled": _said(ID), "spelled kosong": _said(KOSONG), "spelled english": _said(EN), "spelled oh": _said(OH), "spelled slang": _said(_SLANG),
    "spelled drawn out": _drawn, "spelled joined": _said(ID, ""), "spelled dashes": _said(ID, "-"), "spelled dots": _said(EN, "."),
    "spelled commas": lambda rng, d: ", ".join(" ".join(ID[int(c)] for c in piece) for piece in _cut(d)), "spelled capitals": lambda rng, d: _said(ID)(rng, d).upper(),
    "spelled lines": _said(ID, "\n"), "half spelled": _half, "every other spelled": _every_other, "spelled and figures glued": _glued_mix, "so many times": _times,
    "double and triple": _double, "said in tens": _tens, "single dashes": _each("-", " - "), "single blanks": _each(" ", "  "), "single dots": _each(".", " . "), "single commas": _each(",", ", "),
    "stars": _with("*", "**"), "slashes": _with("/", " / "), "pipes": _with("|", " | "), "low lines": _with("_", "__"), "tildes": _with("~", "~~"), "pluses and equals": _with("+", "=", " + "),
    "arrows": _with("→", "➡️", ">>", "->"), "dots in a row": _with("..", "...", "…"), "colons": _with(":", ";"), "brackets": lambda rng, d: "".join(f"({p})" for p in _cut(d)),
    "square brackets": lambda rng, d: " ".join(f"[{p}]" for p in _cut(d)), "quotes": lambda rng, d: " ".join(f"'{p}'" for p in _cut(d)), "pairs": _with(" ", "-", ".", sizes=(2,)), "threes": _with(" ", "-", ".", sizes=(3,)),
    "line breaks": _with("\n"), "emoji between": _decorated, "emoji between all": _pearls, "zero width": _each("\u200b", "\u200c", "\u2060", "\ufeff"), "soft hyphens": _each("\u00ad"), "bidi marks": _with("\u202d", "\u200e", "\u2066"),
    "odd blanks": _with("\u2009", "\u00a0", "\u3000", "\u2003"), "long dashes": _with("–", "—", " – "), "full width": _from(0xFF10), "bold": _from(0x1D7CE), "double struck": _from(0x1D7D8), "sans bold": _from(0x1D7EC), "monospace": _from(0x1D7F6),
    "circled": _mapped("⓪①②③④⑤⑥⑦⑧⑨"), "dark circled": _mapped("⓿❶❷❸❹❺❻❼❽❾"), "bracketed figures": _mapped("0⑴⑵⑶⑷⑸⑹⑺⑻⑼"), "superscript": _mapped("⁰¹²³⁴⁵⁶⁷⁸⁹"), "subscript": _from(0x2080), "arabic": _from(0x0660), "persian": _from(0x06F0),
    "devanagari": _from(0x0966), "thai": _from(0x0E50), "javanese": _from(0xA9D0), "keycaps": _marked("\ufe0f\u20e3"), "keycaps spaced": lambda rng, d: " ".join(c + "\ufe0f\u20e3" for c in d), "struck through": _marked("\u0336"),
    "underlined": _marked("\u0332"), "leet": _leet, "cyrillic": lambda rng, d: d.translate(_HOMOGLYPH), "aside": _aside, "filler words": _talked, "censored end": _censored,
    "joined": lambda rng, d: rng.choice(("wa", "hub", "hp", "call")) + d + rng.choice(("ya", "aja", "kak", "")),
}  # fmt: skip
"""Styles of any number that identifies."""
