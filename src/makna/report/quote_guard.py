"""Refuses wording that a search engine could follow back to a post.

A paraphrase is searchable when it stands close to *any* post of the study, not only to its own: by a run of consecutive
words (phrase search), by the words that carry most of a post's information in whatever order (word search), by two words
that hardly any post has (rare terms), or, for its own post, by its letters (fuzzy search). How rare a word is outside the
study is taken from wordfreq's Zipf scale (Speer 2022). Posts are streamed, twice; only the paraphrases are held.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import regex
import wordfreq

from makna.errors import SearchableParaphrase
from makna.i18n import _

RUN = 5  # consecutive words in common
WHOLE = 4  # a shorter post is found when a paraphrase holds all of it
COVER = 0.6  # of the information of the post, or of the paraphrase, in common
WORDS = 4  # content words in common for COVER to mean anything
RARE = 2  # rare words in common
RARE_POSTS = 3  # a rare word stands in so few posts of the study ...
RARE_ZIPF = 3.3  # ... and is rarer outside than 2 in a million words
LETTERS = 0.5  # cosine of letter trigrams with its own post
_ORDINARY = 5.8  # Zipf: function words carry nothing
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’\-][\p{L}\p{M}\p{N}]+)*")
_LONG = regex.compile(r"(\p{L})\1{2,}")
_PLACEHOLDER = regex.compile(r"⟦[^⟦⟧\n]*⟧")


@dataclass(frozen=True)
class Wording:
    """Words that are to stand in a report. *place* says where they are written; *own* are the posts they stand for.

    *run* may be longer for prose, where ordinary phrases meet by chance; *terms* is off for prose, which names the
    field's own words on purpose.
    """

    place: str
    text: str
    own: tuple[str, ...] = ()
    run: int = RUN
    terms: bool = True


@dataclass(frozen=True)
class Breach:
    """Why a wording is searchable."""

    place: str
    reason: str


@dataclass
class _Watched:
    wording: Wording
    words: list[str]
    content: frozenset[str] = field(init=False)
    runs: frozenset[tuple[str, ...]] = field(init=False)
    line: str = field(init=False)

    def __post_init__(self) -> None:
        self.content = (
            frozenset(w for w in self.words if zipf(w) < _ORDINARY) if self.wording.terms else frozenset()
        )
        self.runs = frozenset(_runs(self.words, self.wording.run))
        self.line = f" {' '.join(self.words)} "


def check(wordings: Sequence[Wording], posts: Callable[[], Iterable[str]]) -> None:
    """Raise :class:`SearchableParaphrase`, naming every wording of *wordings* that is searchable, and what to do."""
    found = breaches(wordings, posts)
    if found:
        lines = [f"{b.place}: {b.reason}" for b in found]
        remedy = _(
            "Say it in other words, in another order, at another level of detail; then make the report again."
        )
        raise SearchableParaphrase("\n".join([*lines, remedy]))


def breaches(wordings: Sequence[Wording], posts: Callable[[], Iterable[str]]) -> list[Breach]:
    """The first breach of each wording, in the order of *wordings*; the content of no post is named."""
    watched = [_Watched(w, words(w.text)) for w in wordings]
    watched = [w for w in watched if w.words]
    found: dict[str, Breach] = {}
    for one in watched:
        if any(letters(one.wording.text, own) >= LETTERS for own in one.wording.own):
            found[one.wording.place] = Breach(
                one.wording.place, _("its letters are too close to those of its own post")
            )
    sieve = _Sieve(watched, posts)
    for post in posts():
        tokens = words(post)
        if sieve.holds(tokens):
            _against(tokens, watched, sieve.few, found)
    return [found[one.wording.place] for one in watched if one.wording.place in found]


class _Sieve:
    """What no wording can be close to is let through fast: nearly all posts."""

    def __init__(self, watched: Sequence[_Watched], posts: Callable[[], Iterable[str]]) -> None:
        self._all = frozenset(w for one in watched for w in one.words)
        self._content = frozenset(w for one in watched for w in one.content)
        lengths = {one.wording.run for one in watched}
        self._runs = {n: frozenset(r for w in watched if w.wording.run == n for r in w.runs) for n in lengths}
        self._longest = max(lengths, default=0)
        self.few = _rare(frozenset(w for one in watched if one.wording.terms for w in one.words), posts)

    def holds(self, tokens: list[str]) -> bool:
        """Whether a post of these words may be close to some wording."""
        shared = self._all.intersection(tokens)
        if not shared:
            return False
        if len(shared & self._content) >= WORDS or len(shared & self.few) >= RARE:
            return True
        if WHOLE <= len(tokens) < self._longest and len(shared) == len(set(tokens)):
            return True
        return any(not runs.isdisjoint(_runs(tokens, n)) for n, runs in self._runs.items())


def _against(
    tokens: list[str], watched: Sequence[_Watched], few: frozenset[str], found: dict[str, Breach]
) -> None:
    for one in watched:
        if one.wording.place not in found:
            reason = _close(one, tokens, few)
            if reason:
                found[one.wording.place] = Breach(one.wording.place, reason)


def _close(one: _Watched, tokens: list[str], few: frozenset[str]) -> str | None:
    run = one.wording.run
    if not one.runs.isdisjoint(_runs(tokens, run)):
        return _("{n} words in a row stand in a post of the study").format(n=run)
    if WHOLE <= len(tokens) < run and f" {' '.join(tokens)} " in one.line:
        return _("it holds a whole post of the study")
    if not one.wording.terms:
        return None
    shared = one.content.intersection(tokens)
    if len(shared & few) >= RARE:
        return _("it shares {n} words with a post that hardly any other post has").format(n=len(shared & few))
    if len(shared) >= WORDS and _covered(shared, one.content, tokens) >= COVER:
        return _("it shares the words that carry most of a post of the study")
    return None


def _covered(shared: frozenset[str], mine: frozenset[str], tokens: list[str]) -> float:
    """The share of information in common, of the post or of the paraphrase, whichever is greater."""
    theirs = {w for w in tokens if zipf(w) < _ORDINARY}
    common = _information(shared)
    return common / min(_information(mine), _information(theirs))


def _information(some: Iterable[str]) -> float:
    return sum(9.0 - zipf(word) for word in some)


def _rare(vocabulary: frozenset[str], posts: Callable[[], Iterable[str]]) -> frozenset[str]:
    """The words of *vocabulary* that are rare outside the study and stand in few posts of it."""
    unusual = frozenset(w for w in vocabulary if len(w) > 2 and zipf(w) < RARE_ZIPF)
    if not unusual:
        return unusual
    counts: Counter[str] = Counter()
    for post in posts():
        counts.update(unusual.intersection(words(post)))
    return frozenset(w for w in unusual if counts[w] <= RARE_POSTS)


def words(text: str) -> list[str]:
    """The words of *text*, folded: case, accents, full-width letters and elongations away, placeholders out."""
    return [w.replace("’", "'") for w in _WORD.findall(_fold(text))]


def letters(one: str, other: str) -> float:
    """Cosine of the letter trigrams of two texts, 0 to 1."""
    a, b = _trigrams(one), _trigrams(other)
    product = sum(n * b[t] for t, n in a.items() if t in b)
    size = math.sqrt(sum(n * n for n in a.values()) * sum(n * n for n in b.values()))
    return product / size if size else 0.0


def _trigrams(text: str) -> Counter[str]:
    line = f" {' '.join(words(text))} "
    return Counter(line[i : i + 3] for i in range(len(line) - 2))


def _runs(tokens: Sequence[str], n: int) -> Iterable[tuple[str, ...]]:
    return zip(*(tokens[i:] for i in range(n)), strict=False)


def _fold(text: str) -> str:
    if text.isascii():
        low = text.lower()
    else:
        bare = unicodedata.normalize("NFKD", _PLACEHOLDER.sub(" ", text))
        low = "".join(c for c in bare if not unicodedata.combining(c)).lower()
    return _LONG.sub(r"\1", low)


@lru_cache(maxsize=100_000)
def zipf(word: str) -> float:
    """How common a word is in Indonesian or English, whichever is more: 0 (unlisted) to 8."""
    return float(max(wordfreq.zipf_frequency(word, "id"), wordfreq.zipf_frequency(word, "en")))
