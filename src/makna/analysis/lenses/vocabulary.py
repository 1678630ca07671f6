"""The vocabulary that argot candidates come from: joined and folded by spelling, counted by side.

Three sides: accounts that promote (inside), those who speak with them (near), and the rest (out). A word that both parties
use and the rest does not is what the argot lens looks for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from makna.analysis.lenses.argot_posts import SIDES, Flat, Ints, Small, flat
from makna.analysis.lenses.base import LensInput
from makna.analysis.lenses.general import zipf
from makna.analysis.lenses.joining import join
from makna.analysis.lenses.spelling import canonical, fold, glued, lettered

COUNTS = ("inside", "near", "out", "inside_accounts", "near_accounts", "out_accounts")
KINDS = ("letters", "apart", "digits", "marks", "stretched", "glued")
DISGUISES = KINDS[:4]  # what is done to hide a word; the rest is play or haste
WHOLE = 0.5  # share of a post in strange letters from which they single no word out


@dataclass(frozen=True)
class Vocabulary:
    """Terms with their spellings (most frequent first), and counts: terms × COUNTS. *totals* are over all tokens."""

    terms: tuple[str, ...]
    variants: tuple[tuple[str, ...], ...]
    kinds: tuple[dict[str, int], ...]  # how its spellings differ: a word of KINDS -> occurrences
    counts: Ints
    disguised: Ints  # occurrences in a disguise
    ways: Ints  # disguises
    totals: Ints
    tokens: Flat  # joined; its words are spellings
    number: Small  # per token the number of its term, -1 where it is none
    forms: Small  # per token the number of its folded form, terms or not
    spellings: dict[str, str] = field(default_factory=dict)  # spelling -> term

    def column(self, name: str) -> Ints:
        """One column of *counts*."""
        return np.asarray(self.counts[:, COUNTS.index(name)])

    @cached_property  # asked for term by term
    def count(self) -> Ints:
        """Occurrences of each term over all sides."""
        return np.asarray(self.counts[:, :3].sum(axis=1))

    def find(self, words: Iterable[str]) -> list[int]:
        """The numbers of the terms that *words* are, in any spelling."""
        place = {term: n for n, term in enumerate(self.terms)}
        low = [w.lower() for w in words]
        named = [place.get(self.spellings.get(w, w), place.get(fold(w))) for w in low]
        return sorted({n for n in named if n is not None})


def vocabulary(
    data: LensInput, accounts: frozenset[int], *, minimum: int, ignored: frozenset[str]
) -> Vocabulary:
    """Every word and emoji that occurs *minimum* times over all its spellings, without *ignored* ones."""
    tokens, readable, apart = join(flat(data, accounts))
    forms, number, kind = _folded(readable, np.bincount(tokens.code, minlength=len(readable)))
    of_token = number[tokens.code] if len(readable) else tokens.code
    changed = _changes(tokens, kind, apart)
    total = np.bincount(of_token, minlength=len(forms))
    terms = np.array(
        [n for n, f in enumerate(forms) if total[n] >= minimum and f not in ignored and _candidate(f)],
        np.int64,
    )
    place = np.full(len(forms) + 1, -1, np.int32)
    place[terms] = np.arange(len(terms), dtype=np.int32)
    here = place[of_token]
    counts, totals = counted(tokens, here, len(terms))
    spellings, kinds, ways = _spellings(tokens, here, changed, len(terms))
    disguised = np.bincount(here[(here >= 0) & changed[:, :4].any(axis=1)], minlength=len(terms))
    return Vocabulary(
        tuple(forms[n] for n in terms), spellings, kinds, counts, disguised.astype(np.int64), ways, totals, tokens, here,
        of_token, {s: forms[n] for n, found in zip(terms, spellings, strict=True) for s in found},
    )  # fmt: skip


def _candidate(form: str) -> bool:
    if form[0] == "⟦":
        return False
    if not any(c.isalnum() for c in form):
        return True
    return len(form) > 1 and any(c.isalpha() for c in form)


def _folded(readable: Sequence[str], counts: Ints) -> tuple[list[str], Small, list[str]]:
    """The folded forms in their order, the number of each word's form, and how each word was changed to it."""
    known: dict[str, int] = defaultdict(int)
    for word, n in zip(readable, counts.tolist(), strict=True):
        known[word] += n
    made = {word: _form(word, known) for word in known}
    forms = sorted({form for form, _kind in made.values()})
    place = {form: n for n, form in enumerate(forms)}
    number = np.array([place[made[word][0]] for word in readable], np.int32)
    return forms, number, [made[word][1] for word in readable]


def _form(word: str, counts: dict[str, int]) -> tuple[str, str]:
    if word[0] == "⟦" or not word.isascii() or not any(c.isalnum() for c in word):
        return word, ""
    mark, bare = ("#", word.lstrip("#")) if word[0] == "#" else ("", word)
    if not bare:
        return word, ""
    form, kind = canonical(bare, counts)
    inner = form if mark else glued(form, counts)
    if inner != form:
        form, kind = inner, "glued"
    return (form if mark and (form in counts or zipf(form)) else mark + form), kind


def _changes(tokens: Flat, kind: Sequence[str], apart: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tokens × KINDS. Strange letters count where they single a word out, not where a whole post is set in them."""
    changed = np.zeros((len(tokens.code), len(KINDS)), bool)
    strange = np.array([lettered(w) for w in tokens.words], bool)[tokens.code]
    word = np.array([w[0] != "⟦" and any(c.isalnum() for c in w) for w in tokens.words], bool)[tokens.code]
    posts = len(tokens.documents)
    many, all_ = (
        np.bincount(tokens.post[strange], minlength=posts),
        np.bincount(tokens.post[word], minlength=posts),
    )
    whole = (many > WHOLE * all_) & (all_ > 3)
    changed[:, 0] = strange & ~whole[tokens.post]
    changed[:, 1] = apart
    of_word = np.array([KINDS.index(k) if k else -1 for k in kind], np.int32)[tokens.code]
    for n in range(2, len(KINDS)):
        changed[:, n] = of_word == n
    return changed


def counted(tokens: Flat, here: Small, terms: int) -> tuple[Ints, Ints]:
    """Occurrences and accounts of each term by side, and of all tokens."""
    wide = len(SIDES)
    posts = np.bincount(tokens.post, minlength=len(tokens.documents))
    totals = np.array([posts[tokens.sides == s].sum() for s in range(wide)], np.int64)
    names, account = np.unique(tokens.authors, return_inverse=True)
    ours = np.flatnonzero(here >= 0)
    post = tokens.post[ours]
    cell = here[ours].astype(np.int64) * wide + tokens.sides[post]
    said = np.bincount(cell, minlength=terms * wide).reshape(terms, wide)
    named = tokens.authors[post] >= 0
    pairs = distinct(cell[named] * max(len(names), 1) + account.reshape(-1)[post[named]])
    users = np.bincount(pairs // max(len(names), 1), minlength=terms * wide).reshape(terms, wide)
    return np.hstack([said, users]).astype(np.int64), np.concatenate([totals, np.zeros(wide, np.int64)])


def distinct(values: Ints) -> Ints:
    """*values* sorted, each once. Sorting beats numpy's table of hashes where most values differ."""
    values = np.sort(values)
    first = np.ones(len(values), bool)
    first[1:] = values[1:] != values[:-1]
    return values[first]


def _spellings(
    tokens: Flat, here: Small, changed: NDArray[np.bool_], terms: int
) -> tuple[tuple[tuple[str, ...], ...], tuple[dict[str, int], ...], Ints]:
    """Of each term its spellings, most frequent first; how they differ; and in how many disguises it is written."""
    found: list[list[tuple[int, str]]] = [[] for _ in range(terms)]
    ours = here >= 0
    width = max(len(tokens.words), 1)
    pairs, many = np.unique(here[ours].astype(np.int64) * width + tokens.code[ours], return_counts=True)
    for pair, n in zip(pairs.tolist(), many.tolist(), strict=True):
        found[pair // width].append((-n, tokens.words[pair % width]))
    hidden = ours & changed[:, :4].any(axis=1)
    ways = np.unique(here[hidden].astype(np.int64) * width + tokens.code[hidden]) // width
    by_kind = [np.bincount(here[ours & changed[:, k]], minlength=terms) for k in range(len(KINDS))]
    kinds = tuple(
        {name: int(by_kind[k][n]) for k, name in enumerate(KINDS) if by_kind[k][n]} for n in range(terms)
    )
    spellings = tuple(tuple(s for _n, s in sorted(spelled)) for spelled in found)
    return spellings, kinds, np.bincount(ways, minlength=terms).astype(np.int64)


def occurrences(
    words: Vocabulary, best: Sequence[int], most: int
) -> dict[int, list[tuple[int, int, int, str]]]:
    """Of each term of *best* the first *most* occurrences: document_id, start, end, side."""
    place = np.full(len(words.terms) + 1, -1, np.int64)
    place[list(best)] = np.arange(len(best))
    tokens = words.tokens
    at = np.flatnonzero(place[words.number] >= 0)
    rank = place[words.number[at]]
    document = tokens.documents[tokens.post[at]]
    order = np.lexsort((tokens.start[at], document, rank))
    at, rank = at[order], rank[order]
    nth = np.arange(len(rank)) - np.searchsorted(rank, rank)
    found: dict[int, list[tuple[int, int, int, str]]] = defaultdict(list)
    for i, r in zip(at[nth < most].tolist(), rank[nth < most].tolist(), strict=True):
        post = tokens.post[i]
        found[r].append(
            (int(tokens.documents[post]), int(tokens.start[i]), int(tokens.end[i]), SIDES[tokens.sides[post]])
        )
    return found
