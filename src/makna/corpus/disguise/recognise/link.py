"""Web addresses, in clear and taken apart: ``linktr dot ee slash x``, ``wa[.]me/62…``, ``hxxps://…``, ``t . me / x``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from makna import wordlists
from makna.corpus.disguise.normalise import BARRIER
from makna.corpus.disguise.recognise.base import Hit, Reading
from makna.corpus.disguise.words import is_common

_DOT_WORD = r"(?:dot|d0t|doth|titik|t1t1k|tit1k|ttk|punto)"
DOT = rf"(?:\s?[\[({{<|]\s?(?:\.|{_DOT_WORD}|,)\s?[\])}}>|]\s?|[\s_]{{1,3}}{_DOT_WORD}[\s_]{{1,3}}|\.)"
_WIDE_DOT = rf"(?:{DOT}|\s{{0,2}}\.\s{{0,2}})"
_SLASH_WORD = r"(?:slash|slas|garing|garis miring|miring|sl4sh)"
SLASH = rf"(?:\s{{0,2}}[/\\]\s{{0,2}}|\s{{1,3}}{_SLASH_WORD}\s{{1,3}}|\s?[\[({{]\s?(?:/|{_SLASH_WORD})\s?[\])}}]\s?)"
LABEL = r"[^\W_](?:[\w\-]{0,61}[^\W_])?"
_REST = r"[^\s\x00\"'<>]"
_PATH = rf"(?:{SLASH}{_REST}*(?:\s{_DOT_WORD}\s{_REST}+)?|[?#:]{_REST}+)*"
_TRAILING = ".,;:!?)]}'\"…"


_SCHEME = re.compile(
    rf"h ?(?:t ?t|xx) ?p ?s?\s?:?\s?/\s?/\s?{_REST}+{_PATH}|(?<![a-z])[a-z]{{2,12}}://{_REST}+"
    rf"|(?<![\w@])www(?:{_WIDE_DOT}{LABEL}){{1,3}}?{_WIDE_DOT}(?:com|net|org|id|co|me|info|xyz|site|online|my|tv|link)(?![\w])(?:{DOT}id\b)?{_PATH}"
    rf"|(?<![\w@])www\s?{DOT}\s?{_REST}+{_PATH}"
)
_ANY_DOT = re.compile(rf"[\[({{<|]\s?(?:\.|,|{_DOT_WORD})|\.|\s{_DOT_WORD}\s")
_SAID_DOT = re.compile(rf"\s{_DOT_WORD}\s")
_SUM = re.compile(r"(?:rp|idr)?\d+")
_SCHEMES = ("http", "hxxp", "www", "://", "htt ps", "h t t p", "https//")
_SLASHES = ("/", "\\", "sl", "garing", "miring")
_ANY_SLASH = re.compile(SLASH)
_LONGEST_LABEL, _MOST_LABELS = 63, 4  # no known site has more labels


@cache
def _host() -> re.Pattern[str]:
    """An address from its first label on."""
    sure, word = (_either(wordlists.load("door_tlds").words(c)) for c in ("sure", "word"))
    sites = _grouped(_WIDE_DOT)
    return re.compile(
        rf"(?:{LABEL}{DOT}){{0,3}}(?:{sites})(?![\w\-]){_PATH}"
        rf"|(?:{LABEL}{DOT}){{1,5}}(?:(?:{sure})(?![\w\-])(?!{DOT}\w){_PATH}"
        rf"|(?:{word})(?![\w\-])(?:(?:{SLASH}{_REST}+)+{_PATH}|(?P<bare>(?=[^\w/]|$))))"
        rf"|(?P<apart>{LABEL}\s{{1,2}}\.\s{{0,2}}(?:com|net|org|xyz|site|online|my\.id|co\.id)(?![\w\-]){_PATH})"
        rf"|{LABEL}(?:{_WIDE_DOT}{LABEL}){{0,2}}{_WIDE_DOT}(?P<end>[a-z]{{2,8}}){SLASH}{_REST}{{3,}}{_PATH}"
    )


@cache
def _apart() -> re.Pattern[str]:
    """A known site whose dot is missing, right before a slash: "wa me slash"."""
    return re.compile(rf"(?<!\w)(?:{_grouped(chr(92) + 's{1,2}')})$")


def _grouped(dot: str) -> str:
    """Known sites as one alternation, grouped by their first letter so that a mismatch is seen at once."""
    out: dict[str, list[str]] = {}
    for domain in sorted(wordlists.load("door_links").entries, key=len, reverse=True):
        if "/" not in domain:
            out.setdefault(domain[0], []).append(dot.join(map(re.escape, domain.split("."))))
    return "|".join(f"(?={first})(?:{'|'.join(sites)})" for first, sites in sorted(out.items()))


def _either(words: frozenset[str]) -> str:
    return "|".join(w.replace(".", DOT) for w in sorted(words, key=len, reverse=True))


def find(reading: Reading) -> Iterator[Hit]:
    """Every web address of the text."""
    text, reached = reading.text, 0
    if any(scheme in text for scheme in _SCHEMES):
        schemes = list(_SCHEME.finditer(text))
        for match in schemes:
            yield _hit(match.start(), match[0])
        text = _without(text, schemes)
    for start in _starts(text):
        found = _host().match(text, start) if start >= reached else None
        if found and found["end"] not in _ends():
            continue
        if found and not (_loose(found) and _speech(found[0])):
            reached = found.end()
            yield _hit(start, found[0])
    for slash in _ANY_SLASH.finditer(text) if any(sign in text for sign in _SLASHES) else ():
        if not text[max(0, slash.start() - 1) : slash.start()].isalnum():
            continue
        site = _apart().search(text, max(0, slash.start() - 24), slash.start())
        if site:
            path = re.compile(rf"(?:{_REST}+{_PATH})?").match(text, slash.end())
            yield _hit(site.start(), text[site.start() : path.end() if path else slash.end()])


@cache
def _ends() -> frozenset[str | None]:
    """What an address may end with; None where the pattern has settled it."""
    return frozenset((None, *wordlists.load("door_tlds").entries))


def _loose(found: re.Match[str]) -> bool:
    """Whether only a word said for a dot, a blank, or an ending that is a word makes it an address."""
    said = _SAID_DOT.search(found[0]) is not None and _ANY_SLASH.search(found[0]) is None
    return found["bare"] is not None or found["apart"] is not None or (said and label(found[0]) == "link")


def _without(text: str, found: list[re.Match[str]]) -> str:
    """*text* with bars where something was *found*. Same length."""
    pieces, at = [], 0
    for match in found:
        pieces += [text[at : match.start()], BARRIER * len(match[0])]
        at = match.end()
    return "".join([*pieces, text[at:]])


def _starts(text: str) -> Iterator[int]:
    """Where a label before a dot of any kind begins: the only places an address can begin."""
    for dot in _ANY_DOT.finditer(text):
        end = start = dot.start() - (2 if text[max(0, dot.start() - 2) : dot.start()] == "  " else 0)
        while end > 0 and text[end - 1] == " " and dot.start() - end < 2:
            end = start = end - 1
        while start > max(0, end - _LONGEST_LABEL) and (text[start - 1].isalnum() or text[start - 1] in "-_"):
            start -= 1
        if start < end and (start == 0 or text[start - 1] != "@"):
            yield start


def _hit(start: int, address: str) -> Hit:
    found = address.rstrip(_TRAILING)
    return Hit(start, start + len(found), label(found))


def _speech(words: str) -> bool:
    """Whether words that a dot joins are speech with a forgotten blank rather than a domain."""
    spoken = [word for word in re.findall(r"\w+", words)[:-1] if not _SAID_DOT.fullmatch(f" {word} ")]
    return all(is_common(word) or len(word) < 3 or _SUM.fullmatch(word) for word in spoken)


_BRACKETED = re.compile(rf"\s*(?:{_DOT_WORD}|[\[({{<|]|[\])}}>])\s*")
_DOTS, _BLANKS, _BEGIN = (
    re.compile(r"\.{2,}"),
    re.compile(r"\s+"),
    re.compile(r"^[a-z]+\s?:\s?/\s?/\s?|^www\."),
)
_AFTER_HOST = re.compile(rf"[/\\?#:]|{_SLASH_WORD}")
_WRITTEN_OUT = re.compile(r"(?>https?://|www\.|)([a-z0-9\-]+(?:\.[a-z0-9\-]+)+)(?=[/?#:]|$)")
_SAID = re.compile(f"{_DOT_WORD}|{_SLASH_WORD}")


@lru_cache(maxsize=1 << 12)
def label(address: str) -> str:
    """``link:telegram`` and the like for a known site, ``link`` for any other."""
    lower = address.lower()
    host = _WRITTEN_OUT.match(lower)  # most addresses hide nothing
    return _of_host(host[1]) if host and not _SAID.search(host[1]) else _of_host(_host_of(lower))


def _host_of(address: str) -> str:
    """The host of an address whose dots and slashes may be words or stand in brackets."""
    joined = _BRACKETED.sub(lambda m: "." if m[0].strip() else "", address)
    host = _BEGIN.sub("", _DOTS.sub(".", _BLANKS.sub("", joined)))
    return _AFTER_HOST.split(host)[0].strip(".")


@lru_cache(maxsize=1 << 12)
def _of_host(host: str) -> str:
    kinds = wordlists.load("door_links").entries
    labels = host.split(".")
    for first in range(max(0, len(labels) - _MOST_LABELS), len(labels) - 1):
        kind = kinds.get(".".join(labels[first:]))
        if kind:
            return f"link:{kind}"
    squeezed = re.sub(r"[^a-z]", "", labels[0])
    return f"link:{_glued()[squeezed]}" if squeezed in _glued() else "link"


@cache
def _glued() -> dict[str, str]:
    kinds = wordlists.load("door_links").entries
    return {domain.replace(".", ""): kind for domain, kind in kinds.items()}
