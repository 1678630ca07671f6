"""Where sentences of Indonesian and English text begin and end: the steps of the caret.

Made for speech on paper and for posts as much as for prose: lower case after a full stop, lines as sentences, emoji in
place of a full stop, placeholders of the door kept whole. A rule set, since what libraries offer knows no posts:
a sentence here need not be a sentence of grammar, but a piece somebody would want to code, with clean ends.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

Span = tuple[int, int]
LONGEST = 400  # code points of a step; speech without a full stop is cut at a comma or a blank

_TITLES = {  # a name or a number follows: never the end
    "bapak", "bpk", "dr", "dra", "drs", "ir", "prof", "hj", "h", "sdr", "sdri", "ust", "kh", "st", "no",
    "nomor", "jl", "jln", "gg", "tgl", "hlm", "hal", "vol", "fig", "ed", "eds", "cf", "vs", "mr", "mrs",
    "ms", "jr", "rp", "kec", "kab", "kel", "ds", "pt", "cv", "tn", "ny", "nn", "pp", "al", "ca", "approx",
    "dept", "est", "inc", "ltd", "s.d", "a.n", "u.p", "d.a", "c.q", "q.q", "e.g", "i.e", "yth",
}  # fmt: skip
_AND_SO_ON = ("dll", "dsb", "dst", "dkk", "etc")  # the end only where a capital follows
_PLACE = r"⟦[^⟦⟧\n]*⟧"
_PICTURE = r"(?:\p{RI}\p{RI}|\p{Extended_Pictographic}(?:\uFE0F|\p{EMod}|\u200D\p{Extended_Pictographic})*)"
_CLOSING = r"[\"'’”»)\]]*"
_END = regex.compile(
    rf"(?P<place>{_PLACE})"
    rf"|(?P<stop>[.!?…。！？؟]+{_CLOSING}(?:[^\S\n]*{_PICTURE})*)(?=\s|$)"
    rf"|(?P<picture>{_PICTURE}(?:[^\S\n]*{_PICTURE})*)(?=[^\S\n]+[\p{{Lu}}⟦])"
    r"|(?P<line>\s*\n\s*)"
)
_BEFORE = regex.compile(r"(?:^|[^\p{L}\p{N}.])((?:\p{L}\.)*\p{L}+)$")
_DEGREE = regex.compile(r"\p{Lu}\p{Ll}?\.\p{Lu}\p{Ll}{0,3}")  # S.Sos, M.Si, Ph.D
_INITIALS = regex.compile(r"(?:\p{Lu}\.)*\p{Lu}")
_NUMBERED = regex.compile(r"\s*(?:\d{1,3}|\p{L})")  # of a list: the words follow
_QUOTES = "\"'’”»"
_NEXT = regex.compile(r"\s*[\"'“‘«(\[]*(.)?", regex.DOTALL)
_CUT = regex.compile(r"[,;:–—](?=\s)|\s")


def sentences(text: str, *, offset: int = 0) -> list[Span]:
    """The sentences of *text* (code points, half-open, blanks at their ends left out), in order.

    Every code point that is no blank stands in exactly one. *offset* is added to all.
    """
    found = (piece for span in _spans(text) for piece in _short(text, *span))
    return [(start + offset, end + offset) for start, end in found]


def _spans(text: str) -> Iterator[Span]:
    begin = 0
    for match in _END.finditer(text):
        if match.lastgroup == "place" or (match.lastgroup == "stop" and not _ends(text, begin, match)):
            continue
        yield from _trimmed(text, begin, match.end())
        begin = match.end()
    yield from _trimmed(text, begin, len(text))


def _ends(text: str, begin: int, match: regex.Match[str]) -> bool:
    """Whether the full stop, ellipsis or mark that *match* holds ends a sentence."""
    stop = match["stop"]
    if (
        stop.startswith(("..", "…")) or stop[-1] in _QUOTES
    ):  # a hesitation, or a quotation that somebody goes on from
        return not _goes_on(text, match.end())
    if stop[0] != "." or stop[:2] in (".!", ".?"):
        return True
    if _NUMBERED.fullmatch(text, begin, match.start()):
        return False
    word = _BEFORE.search(text, max(0, match.start() - 12), match.start())
    if word is None:
        return True
    if _DEGREE.fullmatch(word[1]) or word[1].lower() in _AND_SO_ON:
        return not _goes_on(text, match.end())
    return not (word[1].lower() in _TITLES or _INITIALS.fullmatch(word[1]))


def _goes_on(text: str, at: int) -> bool:
    """Whether a word in lower case follows."""
    following = _NEXT.match(text, at)
    return bool(following and following[1] and following[1].islower())


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    clean = piece.strip()
    if clean:
        begin = start + len(piece) - len(piece.lstrip())
        yield begin, begin + len(clean)


def _short(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence in steps of at most about LONGEST: cut after a comma, else at a blank, else anywhere between letters."""
    while end - start > LONGEST:
        places = [
            m
            for m in _CUT.finditer(text, start + LONGEST // 2, start + LONGEST)
            if not _inside(text, m.start())
        ]
        best = next((m for m in reversed(places) if not m[0].isspace()), places[-1] if places else None)
        cut = best.end() if best else start + LONGEST
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _inside(text: str, at: int) -> bool:
    """Whether *at* lies within a placeholder."""
    opened = text.rfind("⟦", max(0, at - 80), at)
    return opened > text.rfind("⟧", max(0, at - 80), at)
