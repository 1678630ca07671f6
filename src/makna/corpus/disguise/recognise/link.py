"""Web addresses, in clear and taken apart: ``linktr dot ee slash x``, ``wa[.]me/62…``, ``hxxps://…``, ``t . me / x``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from makna import wordlists
from makna.corpus.disguise.recognise.base import Hit, Reading
from makna.corpus.disguise.words import is_common

_DOT_WORD = r"(?:dot|d0t|doth|titik|t1t1k|tit1k|ttk|punto)"
DOT = rf"(?:\s?[\[({{<]\s?(?:\.|{_DOT_WORD}|,)\s?[\])}}>]\s?|\s+{_DOT_WORD}\s+|\.)"
_WIDE_DOT = rf"(?:{DOT}|\s{{0,2}}\.\s{{0,2}})"
_SLASH_WORD = r"(?:slash|slas|garing|garis miring|miring|sl4sh)"
SLASH = rf"(?:\s{{0,2}}[/\\]\s{{0,2}}|\s+{_SLASH_WORD}\s+|\s?[\[({{]\s?(?:/|{_SLASH_WORD})\s?[\])}}]\s?)"
LABEL = r"[^\W_](?:[\w\-]{0,61}[^\W_])?"
_REST = r"[^\s\x00\"'<>]"
_PATH = rf"(?:{SLASH}{_REST}*|[?#:]{_REST}+)*"
_TRAILING = ".,;:!?)]}'\"…"


@cache
def _pattern() -> re.Pattern[str]:
    sure, word = (_either(wordlists.load("door_tlds").words(c)) for c in ("sure", "word"))
    heads = _sites()
    return re.compile(
        rf"(?:h(?:tt|xx)ps?|ftp)\s?:\s?/\s?/\s?{_REST}+{_PATH}"
        rf"|(?<![\w@])www\s?{DOT}\s?{_REST}+{_PATH}"
        rf"|(?<![\w@])(?:{LABEL}{DOT}){{0,3}}(?:{heads})(?![\w\-]){_PATH}"
        rf"|(?<![\w@])(?:{LABEL}{DOT}){{1,5}}(?:(?:{sure})(?![\w\-])(?!{DOT}\w){_PATH}|(?:{word})(?![\w\-])(?:(?:{SLASH}{_REST}+)+{_PATH}|(?P<bare>(?=[^\w/]|$))))"
    )


def _sites() -> str:
    """Known sites, whose dots may stand apart; before a slash the dot itself may be missing."""
    out: dict[str, list[str]] = {}
    for domain in sorted(wordlists.load("door_links").entries, key=len, reverse=True):
        if "/" in domain:
            continue
        labels = [re.escape(label) for label in domain.split(".")]
        near, apart = _WIDE_DOT.join(labels), r"\s{1,2}".join(labels)
        out.setdefault(domain[0], []).append(rf"{near}|{apart}(?={SLASH}\S)")
    return "|".join(f"(?={first})(?:{'|'.join(sites)})" for first, sites in sorted(out.items()))


def _either(words: frozenset[str]) -> str:
    return "|".join(w.replace(".", DOT) for w in sorted(words, key=len, reverse=True))


def find(reading: Reading) -> Iterator[Hit]:
    """Every web address of the text."""
    for match in _pattern().finditer(reading.text):
        if match["bare"] is not None and all(is_common(w) or len(w) < 3 for w in re.findall(r"\w+", match[0])[:-1]):
            continue
        found = match[0].rstrip(_TRAILING)
        yield Hit(match.start(), match.start() + len(found), label(found))


def label(address: str) -> str:
    """``link:telegram`` and the like for a known site, ``link`` for any other."""
    joined = re.sub(
        rf"\s*(?:{_DOT_WORD}|[\[({{<]|[\])}}>])\s*", lambda m: "." if m[0].strip() else "", address.lower()
    )
    host = re.sub(r"^[a-z]+\s?:\s?/\s?/\s?|^www\.", "", re.sub(r"\.{2,}", ".", re.sub(r"\s+", "", joined)))
    host = re.split(rf"[/\\?#:]|{_SLASH_WORD}", host)[0].strip(".")
    kinds = wordlists.load("door_links").entries
    labels = host.split(".")
    for first in range(len(labels) - 1):
        kind = kinds.get(".".join(labels[first:]))
        if kind:
            return f"link:{kind}"
    squeezed = re.sub(r"[^a-z]", "", labels[0])
    glued = {domain.replace(".", ""): kind for domain, kind in kinds.items()}
    return f"link:{glued[squeezed]}" if squeezed in glued else "link"
