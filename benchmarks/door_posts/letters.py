"""How people hide a handle, an address on the web, a name, a place: each style takes the clear form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from random import Random

from benchmarks.door_posts.figures import EN, ID

Style = Callable[[Random, str], str]

_LEET = (
    {"a": "4", "i": "1", "e": "3", "o": "0"},
    {"a": "4", "s": "5", "e": "3"},
    {"i": "1", "o": "0", "t": "7"},
    {"e": "3", "a": "4", "g": "9", "i": "1"},
)
_CYRILLIC = str.maketrans("aeopcxyi", "аеорсхуі")
_GREEK = str.maketrans("aoivk", "αοινκ")
_SMALL = str.maketrans("abcdefghijklmnoprtuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ")


def _alphabet(lower: int, upper: int | None = None) -> Style:
    def write(_rng: Random, text: str) -> str:
        return "".join(
            chr(lower + ord(c) - 97)
            if "a" <= c <= "z"
            else chr(upper + ord(c) - 65)
            if upper and "A" <= c <= "Z"
            else c
            for c in text
        )

    return write


def _each(between: str) -> Style:
    """Something between the characters of each word."""
    return lambda _rng, text: " ".join(between.join(word) for word in text.split(" "))


def _leet(rng: Random, text: str) -> str:
    tables = [t for t in _LEET if set(t) & set(text.lower())] or [{}]
    return text.lower().translate(str.maketrans(rng.choice(tables)))


def _accents(_rng: Random, text: str) -> str:
    return unicodedata.normalize("NFC", "".join(c + "\u0301" if c in "aeiouAEIOU" else c for c in text))


def _wide(_rng: Random, text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _cased(rng: Random, text: str) -> str:
    return "".join(c.upper() if rng.random() < 0.5 else c.lower() for c in text)


def _inner_emoji(rng: Random, text: str) -> str:
    at = rng.randint(2, max(2, len(text) - 3))
    return text[:at] + rng.choice("🌸✨🔥🍒💫") + text[at:]


_ANY: dict[str, Style] = {
    "zero width letters": _each("\u200b"), "full width letters": _wide, "bold letters": _alphabet(0x1D41A, 0x1D400), "sans letters": _alphabet(0x1D5BA, 0x1D5A0), "script letters": _alphabet(0x1D4EA, 0x1D4D0),
    "typewriter letters": _alphabet(0x1D68A, 0x1D670), "circled letters": _alphabet(0x24D0, 0x24B6), "cyrillic letters": lambda _r, t: t.translate(_CYRILLIC), "greek letters": lambda _r, t: t.translate(_GREEK),
    "small capitals": lambda _r, t: t.lower().translate(_SMALL), "accents": _accents, "soft hyphens in letters": _each("\u00ad"), "mixed case": _cased, "capitals": lambda _r, t: t.upper(),
}  # fmt: skip


def _sign_said(rng: Random, text: str) -> str:
    """@ and dots of an e-mail address in words or brackets."""
    at, dot = rng.choice(
        (
            (" at ", " dot "),
            ("(at)", "(dot)"),
            ("[at]", "[dot]"),
            (" et ", " titik "),
            ("(et)", "(titik)"),
            (" AT ", " DOT "),
            ("{at}", "{dot}"),
            (" [at] ", " [dot] "),
            ("<at>", "<dot>"),
            ("_at_", "_dot_"),
            (" (at) ", " . "),
        )
    )
    local, domain = text.split("@")
    return local + at + domain.replace(".", dot)


def _sign_all_said(rng: Random, text: str) -> str:
    dot = rng.choice((" titik ", " dot "))
    return (
        text.replace("@", rng.choice((" at ", " et ")))
        .replace(".", dot)
        .replace("_", rng.choice((" underscore ", " garis bawah ")))
    )


def _sign_only(rng: Random, text: str) -> str:
    return text.replace(
        "@", rng.choice(("(a)", "(@)", "[@]", " @ ", "{at}", "|at|", " @", "@ ", "＠", "(et)", "[a]", "@@"))
    )


def _provider_only(rng: Random, text: str) -> str:
    local, provider = (
        text.split("@", maxsplit=1)[0],
        rng.choice(("gmail", "yahoo", "hotmail", "icloud", "outlook", "ymail")),
    )
    return f"{local}{rng.choice((' ', ' @', '@', ' at '))}{provider}{rng.choice((' com', ' dot com', ',com', ' . com', ' titik com'))}"


def _scheme(rng: Random, text: str) -> str:
    bare = re.sub(r"^https?://", "", text)
    return rng.choice(("hxxps://", "hxxp://", "h t t p s : / /", "https//", "https:/ /", "htt ps://")) + bare


def _dots(*forms: str) -> Style:
    def write(rng: Random, text: str) -> str:
        host, slash, path = re.sub(r"^https?://", "", text).partition("/")
        return host.replace(".", rng.choice(forms)) + slash + path

    return write


def _slashes(rng: Random, text: str) -> str:
    dot, slash = rng.choice(
        (
            (" dot ", " slash "),
            (" titik ", " garis miring "),
            (" titik ", " slash "),
            ("(dot)", "(slash)"),
            (" dot ", " / "),
            (" titik ", " / "),
            (" DOT ", " SLASH "),
        )
    )
    return re.sub(r"^https?://", "", text).replace(".", dot).replace("/", slash)


def _apart(rng: Random, text: str) -> str:
    bare = re.sub(r"^https?://", "", text)
    return bare.replace(".", " . ", 1).replace("/", rng.choice((" / ", " /", "/ ")), 1)


def _spelled_marks(rng: Random, text: str) -> str:
    return text.replace("_", rng.choice((" underscore ", " garis bawah ", " underskor "))).replace(
        ".", rng.choice((" titik ", " dot "))
    )


def _spelled_digits(rng: Random, text: str) -> str:
    words = rng.choice((ID, ID, EN))
    return re.sub(r"\d+$", lambda m: " " + " ".join(words[int(c)] for c in m[0]), text)


def _parted(rng: Random, text: str) -> str:
    """The parts a handle is made of with a blank or another mark between them."""
    between = rng.choice((" ", ".", "-", " _ "))
    parted = re.sub(r"(?<=[a-z])[._](?=[a-z])|(?<=[a-z])(?=\d)", between, text)
    return parted if parted != text else text[:4] + between.strip(" ") + text[4:]


def _address_short(_rng: Random, text: str) -> str:
    for long, short in (
        ("Jalan ", "jln "),
        ("Gang ", "gg "),
        ("Perumahan ", "perum "),
        ("Komplek ", "komp "),
        (" No. ", " no "),
        (" No.", " no"),
        ("Blok ", "blok "),
        ("Apartemen ", "apt "),
        ("RT ", "rt"),
        ("RW ", "rw"),
    ):
        text = text.replace(long, short)
    return text.lower()


def _said_numbers(_rng: Random, text: str) -> str:
    said = re.sub(r"(?<=[A-Za-z])-?(?=\d)", " ", text)
    return re.sub(r"\d+", lambda m: " ".join(ID[int(c)] for c in m[0]), said).lower()


def _bare(_rng: Random, text: str) -> str:
    return re.sub(r"[.,/]", " ", text).replace("  ", " ").lower()


HANDLES: dict[str, Style] = {
    **_ANY, "leet letters": _leet, "spaced letters": _each(" "), "dashed letters": _each("-"), "dotted letters": _each("."), "marks said": _spelled_marks, "digits said": _spelled_digits, "in two": _parted, "emoji within": _inner_emoji,
}  # fmt: skip
MENTIONS = {
    name: style for name, style in HANDLES.items() if name != "in two"
}  # after @ a blank ends a handle
EMAILS: dict[str, Style] = {
    **_ANY,
    "signs said": _sign_said,
    "all signs said": _sign_all_said,
    "sign hidden": _sign_only,
    "provider only": _provider_only,
    "leet letters": _leet,
    "spaced letters": _each(" "),
}
URLS: dict[str, Style] = {
    **{k: _ANY[k] for k in ("zero width letters", "full width letters", "bold letters", "cyrillic letters", "typewriter letters", "soft hyphens in letters", "capitals")}, "scheme hidden": _scheme,
    "dots in brackets": _dots("[.]", "(.)", "{.}", "[dot]", "(dot)", "<.>", "(titik)"), "dots spaced": _dots(" . ", ". ", " ."), "dots odd": _dots("。", "․", "·", "•"), "dots said": _dots(" dot ", " titik ", " d0t "), "all said": _slashes, "apart": _apart, "spaced letters": _each(" "),
}  # fmt: skip
NAMES: dict[str, Style] = {
    **_ANY, "lower case": lambda _r, t: t.lower(), "leet letters": _leet, "spaced letters": lambda _r, t: "  ".join(" ".join(w) for w in t.split()), "dotted letters": lambda _r, t: " ".join(".".join(w) for w in t.split()),
    "drawn out": lambda r, t: t + t[-1] * r.randint(2, 4) if t[-1] in "aiueo" else t.lower(),
}  # fmt: skip
ADDRESSES: dict[str, Style] = {
    "lower case": lambda _r, t: t.lower(), "capitals": lambda _r, t: t.upper(), "short words": _address_short, "numbers said": _said_numbers, "without marks": _bare, "zero width letters": _ANY["zero width letters"], "bold letters": _ANY["bold letters"], "full width letters": _wide,
}  # fmt: skip
DATES: dict[str, Style] = {
    "full width letters": _wide,
    "bold figures": lambda _r, t: "".join(chr(0x1D7CE + int(c)) if c.isdigit() else c for c in t),
    "zero width letters": _ANY["zero width letters"],
    "lower case": lambda _r, t: t.lower(),
    "spaced marks": lambda _r, t: re.sub(r"([-/.,])", r" \1 ", t),
}
PLATES: dict[str, Style] = {"lower case": lambda _r, t: t.lower(), "joined": lambda _r, t: t.replace(" ", ""), "joined lower": lambda _r, t: t.replace(" ", "").lower(), "dashes": lambda _r, t: t.replace(" ", "-"), "dots": lambda _r, t: t.replace(" ", "."), "bold letters": _ANY["bold letters"], "full width letters": _wide,
                              "numbers said": lambda _r, t: re.sub(r"\d+", lambda m: " ".join(ID[int(c)] for c in m[0]), t), "spaced letters": lambda _r, t: " ".join(t.replace(" ", ""))}  # fmt: skip
PLACES: dict[str, Style] = {
    "full width letters": _wide,
    "bold figures": DATES["bold figures"],
    "zero width letters": _ANY["zero width letters"],
    "named": lambda _r, t: t,
}
