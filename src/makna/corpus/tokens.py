"""Social-media aware tokens, lower-cased, with their offsets.

A word (with inner apostrophes and hyphens, so *kupu-kupu* and *don't* stay whole), a hashtag with its ``#``, a
number, an emoji sequence, a placeholder of the door as one token. Elongations (*bangettt*) and reduplication
(*kupu2*) stay as written. Made once, at import.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import regex
from numpy.typing import NDArray

TOKENISER_VERSION = 1

_EMOJI = (
    r"(?:\p{RI}\p{RI}"
    r"|[#*0-9]\uFE0F?\u20E3"
    r"|\p{Extended_Pictographic}(?:\uFE0F|\p{EMod})?(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{EMod})?)*)"
)
_WORD = r"[\p{L}\p{M}\p{N}_]+(?:['’\-][\p{L}\p{M}\p{N}_]+)*"
_NUMBER = r"\d+(?:[.,:]\d+)+(?![\p{L}\p{N}_])"
TOKEN = regex.compile(rf"⟦[^⟦⟧\n]*⟧|{_EMOJI}|{_NUMBER}|\#{_WORD}|{_WORD}")
_ASCII = regex.compile(r"[0-9]+(?:[.,:][0-9]+)+(?![A-Za-z0-9_])|\#?[A-Za-z0-9_]+(?:['\-][A-Za-z0-9_]+)*")

_PICTURE = (  # the part of Extended_Pictographic that nearly all emoji of posts come from
    r"[\u231a\u231b\u23e9-\u23f3\u23f8-\u23fa\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2604\u260e\u2611\u2614\u2615\u2618\u261d"
    r"\u2620\u2622\u2623\u2626\u262a\u262e\u262f\u2638-\u263a\u2640\u2642\u2648-\u2653\u265f\u2660\u2663\u2665\u2666\u2668\u267b\u267e"
    r"\u267f\u2692-\u2697\u2699\u269b\u269c\u26a0\u26a1\u26a7\u26aa\u26ab\u26b0\u26b1\u26bd\u26be\u26c4\u26c5\u26c8\u26ce\u26cf\u26d1"
    r"\u26d3\u26d4\u26e9\u26ea\u26f0-\u26f5\u26f7-\u26fa\u26fd\u2702\u2705\u2708-\u270d\u270f\u2712\u2714\u2716\u271d\u2721\u2728\u2733"
    r"\u2734\u2744\u2747\u274c\u274e\u2753-\u2755\u2757\u2763\u2764\u2795-\u2797\u27a1\u27b0\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c"
    r"\u2b50\u2b55\U0001f300-\U0001f321\U0001f324-\U0001f393\U0001f396\U0001f397\U0001f399-\U0001f39b\U0001f39e-\U0001f3f0"
    r"\U0001f3f3-\U0001f3f5\U0001f3f7-\U0001f3fa\U0001f400-\U0001f4fd\U0001f4ff-\U0001f53d\U0001f549-\U0001f54e\U0001f550-\U0001f567"
    r"\U0001f56f\U0001f570\U0001f573-\U0001f57a\U0001f590\U0001f595\U0001f596\U0001f5a4\U0001f5a5\U0001f5fa-\U0001f64f"
    r"\U0001f680-\U0001f6c5\U0001f6cb-\U0001f6d2\U0001f6e0-\U0001f6e5\U0001f6e9\U0001f6eb\U0001f6ec\U0001f6f0\U0001f6f3-\U0001f6fc"
    r"\U0001f7e0-\U0001f7eb\U0001f90c-\U0001f93a\U0001f93c-\U0001f945\U0001f947-\U0001f9ff\U0001fa70-\U0001faff]"
)
_SHADE = r"[\ufe0f\U0001f3fb-\U0001f3ff]"
_USUAL = re.compile(rf"(?:[\x00-\x7f\xa1-\xa8\xaa-\xad\xaf-\xff⟦⟧‘’“”…–—•\u200d]|{_PICTURE}|{_SHADE})*")
_PLACED = re.compile(r"⟦[^⟦⟧\n]*⟧")
_LETTERS = r"[\w\ufe0f]"
_MORE = rf"(?:['’\-]{_LETTERS}+)*"
_SPLIT = re.compile(
    rf"(\#?[^\W\d]{_LETTERS}*{_MORE}|⟦[^⟦⟧\n]*⟧|{_PICTURE}{_SHADE}?(?:\u200d{_PICTURE}{_SHADE}?)*"
    rf"|[0-9]+(?:[.,:][0-9]+)+(?!\w)|\#?{_LETTERS}+{_MORE})"
)


class Tokens(NamedTuple):
    """The tokens of many texts: those of text n are *words*[*offsets*[n]:*offsets*[n + 1]], and so are their places."""

    words: list[str]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    offsets: NDArray[np.int32]


def tokenise_all(texts: Sequence[str]) -> Tokens:
    """What :func:`tokenise` gives for each text, by one scan over all that hold only usual characters."""
    rare = [i for i, text in enumerate(texts) if not text.isascii() and not _USUAL.fullmatch(text)]
    if not rare:
        return _scan(texts)
    chosen, done = set(rare), [tokenise(texts[i]) for i in rare]
    usual = _scan(["" if i in chosen else text for i, text in enumerate(texts)])
    words: list[str] = []
    at = 0
    for i, found in zip(rare, done, strict=True):
        stop = int(usual.offsets[i])
        words += usual.words[at:stop]
        words += [word for word, _start, _end in found]
        at = stop
    words += usual.words[at:]
    counts = np.diff(usual.offsets)
    counts[rare] = [len(found) for found in done]
    where = np.repeat(usual.offsets[rare], counts[rare])
    starts = np.insert(usual.starts, where, [start for found in done for _word, start, _end in found])
    ends = np.insert(usual.ends, where, [end for found in done for _word, _start, end in found])
    return Tokens(words, starts, ends, _summed(counts))


def _scan(texts: Sequence[str]) -> Tokens:
    joined = "\n".join(texts)  # no token reaches across a line break
    pieces = _SPLIT.split(joined.replace("’", "'").lower())
    words = pieces[1::2]
    edges = np.cumsum(np.fromiter(map(len, pieces), np.int64, len(pieces)))
    starts, ends = edges[0:-1:2], edges[1::2]
    if "⟦" in joined:
        for match in _PLACED.finditer(joined):
            i = int(np.searchsorted(starts, match.start()))
            words[i] = match[0]
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    begins = np.cumsum(lengths + 1) - lengths - 1
    offsets = np.append(np.searchsorted(starts, begins), len(words)).astype(np.int32)
    shift = np.repeat(begins, np.diff(offsets))
    return Tokens(words, (starts - shift).astype(np.int32), (ends - shift).astype(np.int32), offsets)


def _summed(counts: NDArray[np.int32]) -> NDArray[np.int32]:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)


def tokenise(text: str) -> list[tuple[str, int, int]]:
    """The tokens of *text*: (token, start, end), offsets in code points. Curly apostrophes become straight."""
    pattern = _ASCII if text.isascii() else TOKEN
    found = [(m[0], *m.span()) for m in pattern.finditer(text)]
    return [(_form(token), start, end) for token, start, end in found]


def _form(token: str) -> str:
    if token[0] == "⟦":
        return token
    return token.lower().replace("’", "'")


def index_line(tokens: list[str]) -> str:
    """Tokens as the full-text index takes them: separated by spaces, none within."""
    line = " ".join(tokens)
    return line if "⟦" not in line else " ".join(t.replace(" ", "_") for t in tokens)


def index_lines(words: Sequence[str], offsets: NDArray[np.integer]) -> list[str]:
    """The lines of many texts at once: *words*[*offsets*[n]:*offsets*[n + 1]] are the tokens of text n."""
    joined = " ".join(words)
    if joined.count(" ") >= len(words):  # some placeholder holds a blank
        joined = " ".join([word.replace(" ", "_") for word in words])
    ends = np.cumsum(np.fromiter(map(len, words), np.int64, len(words)) + 1)
    bounds = np.concatenate([[0], ends])[offsets].tolist()
    return [joined[start : max(start, end - 1)] for start, end in pairwise(bounds)]
