"""E-mail addresses, in clear and taken apart: ``x (at) y.com``, ``mawar melati et gmail titik com``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from makna import wordlists
from makna.corpus.disguise.recognise.base import Hit, Reading
from makna.corpus.disguise.recognise.link import DOT, LABEL

_AT_WORD = r"(?:at|et|add|ad|a t|4t)"
_SIGN = re.compile(r"@{1,3}\s{0,2}")
_FENCED = re.compile(rf"[\[({{<|]\s?(?:{_AT_WORD}|a|@)\s?[\])}}>|]\s?")
_SPOKEN = re.compile(rf"(?<=\w)[\s_]{_AT_WORD}[\s_](?=\w)")
_PROVIDER = r"(?:gmail|gmial|gmaill|gma1l|gml|yahoo|ymail|rocketmail|hotmail|outlook|icloud|live|proton(?:mail)?|aol|mail)"
_BARE = re.compile(
    rf"(?<=\w)\s{{1,2}}(?=(?!live|mail|aol){_PROVIDER}\s{{0,2}}(?:{DOT}\s?|\s|,\s?)(?:com|co|net|org|me|id)\b)"
)
_DOMAIN_OF_PROVIDER = re.compile(
    rf"{_PROVIDER}\s{{0,2}}(?:{DOT}\s?|\s|,\s?)(?:co{DOT}id|com|co|net|org|me|id)\b"
)
_PROVIDERS = ("mail", "yahoo", "outlook", "icloud", "proton", "aol", "live", "gml", "gmial")
_DOT_HINTS = ("dot", "titik", "d0t", "ttk")
_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789._%+-")
_LONGEST = 64
_FENCED_DOT = re.compile(r"\s?[\[({<]\s?(?:dot|titik|\.)\s?[\])}>]\s?$")
_JOINING = frozenset(
    ("dot", "titik", "ttk", "underscore", "underskor", "garis", "bawah", "strip", "minus", "dash")
)
_LOCAL_JOIN = re.compile(
    r"(?:^|\s)(?:dot|titik|d0t|underscore|underskor|garis bawah|strip|minus|min)\s*$|[._\-]\s?$"
)
_STOP = frozenset().union(
    (
        "email",
        "e-mail",
        "imel",
        "mail",
        "emailku",
        "emailnya",
        "gmail",
        "yahoo",
        "kontak",
        "contact",
        "hubungi",
        "kirim",
        "send",
    ),
    ("via", "lewat", "alamat", "address", "surel", "emailing"),
    *(wordlists.load(f"stopwords_{language}").words() for language in ("id", "en")),
)


@cache
def _domain() -> re.Pattern[str]:
    lists = wordlists.load("door_tlds").entries
    ends = "|".join(w.replace(".", DOT) for w in sorted(lists, key=len, reverse=True))
    return re.compile(rf"\s?(?:{LABEL}\s?{DOT}\s?){{1,4}}(?:{ends})(?![\w\-])(?:{DOT}[a-z]{{2,3}}(?!\w))?")


_PLAIN_DOMAIN = re.compile(
    rf"[a-z0-9\-]{{2,40}},\s?(?:com|co\.id|net|org|id)\b|(?:{LABEL}\.){{1,6}}[a-z][a-z0-9\-]{{1,23}}(?![\w])"
)


def find(reading: Reading) -> Iterator[Hit]:
    """Every e-mail address of the text."""
    text = reading.text
    for at in _signs(text):
        plain = at[0].strip("@") == "" and text[at.start() - 1 : at.start()].strip() != ""
        domain = (_PLAIN_DOMAIN.match(text, at.end()) if plain else None) or _domain().match(text, at.end())
        domain = domain or _DOMAIN_OF_PROVIDER.match(text, at.end())
        if domain:
            yield from _hit(text, _before_blanks(text, at.start()), domain.end(), words=0 if plain else 3)
    if not any(provider in text for provider in _PROVIDERS):
        return
    for gap in _BARE.finditer(text):
        domain = _DOMAIN_OF_PROVIDER.match(text, gap.end())
        if domain and not text[: gap.start()].endswith((" at", " et", "@")):
            yield from _hit(text, gap.start(), domain.end(), words=1)


def _signs(text: str) -> Iterator[re.Match[str]]:
    """Everything that may stand for the sign of an address."""
    if "@" in text:
        yield from _SIGN.finditer(text)
    if "(" in text or "[" in text or "{" in text or "<" in text or "|" in text:
        yield from _FENCED.finditer(text)
    if "." in text or any(dot in text for dot in (*_DOT_HINTS, *_PROVIDERS)):
        yield from _SPOKEN.finditer(text)


def _hit(text: str, at: int, end: int, *, words: int) -> Iterator[Hit]:
    spelled = _left(text, at)
    while joint := _FENCED_DOT.search(text, max(0, spelled - 12), spelled):
        spelled = _left(text, joint.start())
    while words > 0:
        before = _previous_word(text, spelled)
        if before is None:
            break
        words -= text[before : spelled - 1] not in _JOINING
        joined = text[before : spelled - 1] in _JOINING
        spelled, words = before, max(words, 1) if joined else words
    if spelled < at:
        yield Hit(spelled, end, "email")


def _before_blanks(text: str, at: int) -> int:
    start = at
    while start > max(0, at - 2) and text[start - 1].isspace() and text[start - 1] != "\n":
        start -= 1
    return start


def _left(text: str, at: int) -> int:
    """Where the unbroken local part before *at* begins."""
    start = at
    while start > max(0, at - _LONGEST) and text[start - 1] in _LOCAL:
        start -= 1
    return start


def _previous_word(text: str, start: int) -> int | None:
    """Where a spelled-out local part goes on to the left of a blank, or None."""
    if start == 0 or text[start - 1] not in " ":
        return None
    first = _left(text, start - 1)
    word = text[first : start - 1]
    return (
        first if word and word.strip("._-") and word not in _STOP and not word.endswith((".", ":")) else None
    )
