"""What an informal spelling may stand for, by the processes that respell Indonesian and English; no list of slang is asked.

Letters are left out (*dgn*), put in (*lohh*) and exchanged (*sampe*, *qamu*); words run together (*dirumah*), double (*hati2*),
turn round (*ogeb*), take colloquial affixes (*nganterin*). Every proposal says what speaks for it, as named features.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cache, lru_cache

import numpy as np
import regex

from makna.analysis.lenses.affixes import affixed
from makna.analysis.lenses.lexicon import LONGEST, VOWELS, changes, lexicon, skeleton, usual
from makna.wordlists import load

Features = dict[str, float]
Proposals = dict[str, Features]
NEAREST, CLOSEST, HOLDING = 30, 6, 10
_QUANTITY = regex.compile(r"(\d[\d.,]*) ?([a-z]+)")
_LONG, _LAST = regex.compile(r"(\p{L})\1{2,}"), regex.compile(r"(\p{L})\1+$")
_PARTICLES = frozenset({"ga", "gak", "ya", "tidak"})
_DOUBLING = ("ber", "se", "ke", "di", "me")
_SUFFIXES = ("nya", "an", "in", "kan", "ku", "mu")
_RESPELLED = (
    ("oe", "u"), ("tj", "c"), ("dj", "j"), ("ie", "i"), ("x", "ks"), ("q", "k"), ("kw", "ku"), ("z", "s"), ("ei", "ai"),
    ("e", "ai"), ("o", "au"), ("ou", "u"), ("nk", "ng"),
)  # fmt: skip


def proposals(written: str, language: str) -> Proposals:
    """Proposal → its features. *written* is lower-cased; it is never proposed itself."""
    joined = written.replace("-", "").replace(" ", "")
    found: Proposals = {}
    ways = [_sequences(written, joined, language)]
    if joined.isascii() and joined.isalpha() and len(joined) < LONGEST:
        ways += [_words(joined, language), _split(joined, language), _stretched(joined, language)]
        if language == "id":
            ways.append(_affixes(joined))
    for word, features in itertools.chain(*ways):
        if word != written:
            found.setdefault(word, {}).update(features)
    _apart(found, language)
    for word, features in found.items():
        features.update(_weighed(joined, word, features, language))
    return found


@cache
def abbreviations() -> dict[str, str]:
    """What units, months, titles, offices and regions are shortened to, with what they stand for."""
    return load("abbreviations").entries


def _words(written: str, language: str) -> Iterator[tuple[str, Features]]:
    """Listed words by their letters, by their consonants, by holding the spelling, and turned round."""
    words = lexicon(language)
    rows, far = words.near(written)
    chosen = set(rows[np.argsort(far - 0.5 * words.usual[rows], kind="stable")[:NEAREST]].tolist())
    chosen |= set(rows[np.argsort(far, kind="stable")[:CLOSEST]].tolist())
    if 3 * sum(c in VOWELS for c in written) <= len(written):
        chosen |= set(words.skeletons.get(skeleton(written), ()))
    if len(written) > 2:
        holding = words.holding(written, rows)
        chosen |= set(holding[np.lexsort((holding, -words.usual[holding]))][:HOLDING].tolist())
    for n in sorted(chosen):
        yield words.words[n], {"word": 1}
    for a, b in _RESPELLED if language == "id" else ():
        if a in written and usual(written.replace(a, b)):
            yield written.replace(a, b), {"respelled": 1}
    back = usual(written[::-1], language)
    if len(written) > 2 and back >= 3.5:
        yield written[::-1], {"reversed": 1, "reversed_rarer": back - usual(written, language)}


def _affixes(written: str) -> Iterator[tuple[str, Features]]:
    for word, root, (prefix, suffix) in affixed(written):
        yield word, {"affix": 1, prefix: 1, suffix: 1, "root": usual(root), "affix_unlisted": not usual(word)}


def _split(written: str, language: str) -> Iterator[tuple[str, Features]]:
    """*dirumah* → di rumah."""
    for i in range(1, len(written)):
        a, b = written[:i], written[i:]
        both = sorted((usual(a, language), usual(b, language)))
        if both[0] >= 3.5:
            yield f"{a} {b}", {
                "split": 1, "split_rarer": both[0], "split_commoner": both[1], "split_di": a in ("di", "ke"),
                "split_particle": a in _PARTICLES, "split_letter": min(len(a), len(b)) == 1,
            }  # fmt: skip


def squeezed(word: str) -> str:
    """*word* without stretched letters."""
    return _LAST.sub(r"\1", _LONG.sub(r"\1", word))


def _stretched(written: str, language: str) -> Iterator[tuple[str, Features]]:
    short = squeezed(written)
    if short != written and usual(short, language) >= 2.5:
        yield short, {"stretched": 1}


def _sequences(written: str, joined: str, language: str) -> Iterator[tuple[str, Features]]:
    """What is written in parts or holds a number: quantities, doubled words, parts read one by one."""
    long = abbreviations()
    if written in long:
        yield long[written], {"abbreviation": 1}
    quantity = _QUANTITY.fullmatch(written)
    if quantity:
        yield f"{quantity[1]} {quantity[2]}", {"quantity": 1}
        yield f"{quantity[1]} {long.get(quantity[2], quantity[2])}", {"unit": " " in written}
    if joined != written and usual(joined, language) >= 2.5:
        yield joined, {"joined": 1}
    if language == "id":
        yield from _doubled(written, joined)
    for mark in (" ", "-"):
        pieces = written.split(mark)
        if len(pieces) in (2, 3) and all(p.isascii() and p.isalpha() for p in pieces):
            yield from _pieces(pieces, mark, language)


def _doubled(written: str, joined: str) -> Iterator[tuple[str, Features]]:
    """*hati2* → hati-hati, *bermacam2* → bermacam-macam, *mudah2an* → mudah-mudahan, *orangorang* → orang-orang."""
    half = next((h for h in range(2, len(joined) // 2 + 1) if joined[:h] == joined[h : 2 * h]), 0)
    if half and joined.isalpha() and len(joined) - 2 * half in (0, 2, 3):
        yield f"{joined[:half]}-{joined[half:]}", {"twice": 1}
    for suffix in _SUFFIXES:
        stem = written.removesuffix(f"2{suffix}")
        if stem != written and stem.isalpha():
            yield f"{stem}-{stem}{suffix}", {"twice": 1}
    stem = written[:-1]
    if written[-1:] != "2" or not stem.isalpha():
        return
    yield f"{stem}-{stem}", {"two": 1, "two_usual": usual(stem)}
    for prefix in _DOUBLING:
        root = stem.removeprefix(prefix)
        if root != stem and usual(root) > 3.5:
            yield f"{stem}-{root}", {"two": 1, "two_usual": usual(root)}
    for word in _rough(stem, "id"):
        yield f"{word}-{word}", {"two": 1, "two_usual": usual(word), "two_read": 1}


def _pieces(pieces: list[str], mark: str, language: str) -> Iterator[tuple[str, Features]]:
    if len(set(pieces)) == 1:
        for word in _rough(pieces[0], language):
            yield mark.join([word] * len(pieces)), {"alike": 1, "alike_usual": usual(word, language)}
        return
    choices = [
        [(p, 0)] * (len(p) > 1 and usual(p, language) > 3) + [(w, 1) for w in _rough(p, language)]
        for p in pieces
    ]
    for row in itertools.islice(itertools.product(*choices), 12):
        rarest = min(usual(word, language) for word, _new in row)
        yield (
            mark.join(word for word, _new in row),
            {"parts": 1, "parts_usual": rarest, "parts_read": sum(n for _w, n in row)},
        )


@lru_cache(maxsize=1 << 12)
def _rough(written: str, language: str) -> tuple[str, ...]:
    """The two likeliest single words, by a quick guess."""
    if not written.isascii():
        return ()
    found = {w: _weighed(written, w, f, language) for w, f in _words(written, language) if w != written}
    ordered = sorted(found, key=lambda w: (-_guess(found[w]), w))
    return tuple(ordered[:2])


def _guess(features: Features) -> float:
    put = sum(v for k, v in features.items() if k[0] == "+" or k[:2] == "s:")
    gone = sum(v for k, v in features.items() if k[0] == "-")
    same = 1.5 * features.get("consonants", 0) + features.get("first", 0) + features.get("last", 0)
    return 1.2 * features["usual"] + same - 2 * put - 0.8 * gone


def _apart(found: Proposals, language: str) -> None:
    """A proposal that is itself two common words run together is proposed in two as well."""
    for word in sorted(found):
        if not word.isalpha() or usual(word, language) >= 5.9:
            continue
        for i in range(2, len(word) - 3):
            rarer = min(usual(word[:i], language), usual(word[i:], language))
            whole = word[:i] in ("di", "ke") or i > 3
            if whole and rarer >= 4.6 and rarer > usual(word, language) + 0.2:
                two = found.setdefault(f"{word[:i]} {word[i:]}", {})
                two.update({k: v for k, v in found[word].items() if k not in two}, run_together=1)
                two["two_words"] = i > 3


def _weighed(written: str, word: str, features: Features, language: str) -> Features:
    """How common *word* is, and by which changes it is written so."""
    more: Features = {"usual": usual(word, language)}
    whole = word.replace(" ", "") if "run_together" in features else word
    if not (whole.isalpha() and whole.isascii() and written.isalpha() and written.isascii()):
        return more
    if "run_together" in features:
        more["usual"] = max(usual(whole, language), 3.0)
    more.update(changes(squeezed(written), whole))
    vowels = any(c in VOWELS for c in written)
    same = skeleton(written) == skeleton(whole)
    more.update(
        first=written[0] == whole[0], last=written[-1] == whole[-1], consonants=same, short=len(written) <= 3,
        begins=whole.startswith(written), ends=whole.endswith(written),
        unlisted=not more["usual"] and word.isalpha(), voweless=0 if vowels else more.get("-v", 0),
    )  # fmt: skip
    return more
