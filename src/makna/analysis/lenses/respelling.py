"""What an informal spelling may stand for, by the processes that respell Indonesian and English; no list of slang is asked.

Letters are left out (*dgn*), put in (*lohh*) and exchanged (*sampe*, *qamu*); words run together (*dirumah*), double (*hati2*),
turn round (*ogeb*), take colloquial affixes (*nganterin*), blend (*drakor*). Every proposal says what speaks for it, as named features.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cache

import regex

from makna.analysis.lenses.affixes import affixed
from makna.analysis.lenses.lexicon import LONGEST, VOWELS, lexicon, usual
from makna.analysis.lenses.wording import Features, near, rough, squeezed, weighed
from makna.wordlists import load

Proposals = dict[str, Features]
TWICE = 3.5  # Zipf's scale
_NASAL = ("n", "m")
_QUANTITY = regex.compile(r"(\d[\d.,]*) ?([a-z]+)")
_WHERE = frozenset(  # nouns and pronouns of place, which stand after di and ke
    (
        "atas",
        "bawah",
        "dalam",
        "luar",
        "depan",
        "belakang",
        "samping",
        "tengah",
        "sini",
        "situ",
        "sana",
        "mana",
    )
)
_PARTICLES = frozenset({"ga", "gak", "ya", "tidak"})
_DOUBLING = ("ber", "se", "ke", "di", "me")
_CLITICS = ("nya", "lah", "kah", "ku", "mu")
_SUFFIXES = ("nya", "an", "in", "kan", "ku", "mu")


def proposals(written: str, language: str) -> Proposals:
    """Proposal → its features. *written* is lower-cased; it is never proposed itself."""
    joined = written.replace("-", "").replace(" ", "")
    found: Proposals = {}
    ways = [_sequences(written, joined, language)]
    if joined.isascii() and joined.isalpha() and len(joined) < LONGEST:
        ways += [near(joined, language), _split(joined, language), _stretched(joined, language)]
        if language == "id":
            ways += [_affixes(joined), _clitics(joined), _blends(joined)]
    for word, features in itertools.chain(*ways):
        if word != written:
            found.setdefault(word, {}).update(features)
    _apart(found, language)
    for word, features in found.items():
        features.update(weighed(joined, word, features, language))
    return found


@cache
def abbreviations() -> dict[str, str]:
    """What units, months, titles, offices and regions are shortened to, with what they stand for."""
    return load("abbreviations").entries


def _affixes(written: str) -> Iterator[tuple[str, Features]]:
    for word, root, (prefix, suffix) in affixed(written):
        yield word, {"affix": 1, prefix: 1, suffix: 1, "root": usual(root), "affix_unlisted": not usual(word)}
    if written.startswith(_NASAL) and len(written) > 4 and not written.endswith("in"):
        yield (
            "me" + written,
            {"me": 1, "me_unlisted": not usual("me" + written), "me_vowel": written[1] in VOWELS},
        )


def _clitics(written: str) -> Iterator[tuple[str, Features]]:
    """*temennya* → temannya: a respelled word with an enclitic."""
    for clitic in _CLITICS:
        stem = written.removesuffix(clitic)
        if stem != written and len(stem) > 2:
            for word, guess in rough(stem, "id"):
                yield word + clitic, {"clitic": 1, "clitic_guess": guess}


def _blends(written: str) -> Iterator[tuple[str, Features]]:
    """*drakor* → drama korea: words cut to their first syllables."""
    begun = lexicon("id").beginnings
    for i in (2, 3, 4):
        a, b = written[:i], written[i:]
        if not (2 <= len(b) <= 4 and VOWELS.intersection(a) and VOWELS.intersection(b)):
            continue
        for (m, one), (n, other) in itertools.product(
            enumerate(begun.get(a, ())), enumerate(begun.get(b, ()))
        ):
            yield f"{one} {other}", {
                "blend": 1, "blend_closed": (a[-1] not in VOWELS) + (b[-1] not in VOWELS), "blend_later": m + n,
                "blend_rarer": min(usual(one), usual(other)),
            }  # fmt: skip


def _split(written: str, language: str) -> Iterator[tuple[str, Features]]:
    """*dirumah* → di rumah."""
    for i in range(1, len(written)):
        a, b = written[:i], written[i:]
        both = sorted((usual(a, language), usual(b, language)))
        if both[0] >= 3.5 and a != b:
            yield f"{a} {b}", {
                "split": 1, "split_rarer": both[0], "split_commoner": both[1], "split_di": a == "di",
                "split_ke": a == "ke", "split_where": a in ("di", "ke") and b in _WHERE, "split_particle": a in _PARTICLES, "split_letter": min(len(a), len(b)) == 1,
            }  # fmt: skip


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
    if joined[1:2] == "e" and joined[2:3] == joined[:1] and usual(joined[2:]) > TWICE:
        yield f"{joined[2:]}-{joined[2:]}", {"twice_begun": 1, "root": usual(joined[2:])}
    stem = written[:-1]
    if written[-1:] != "2" or not stem.isalpha():
        return
    yield f"{stem}-{stem}", {"two": 1, "two_usual": usual(stem)}
    for prefix in _DOUBLING:
        root = stem.removeprefix(prefix)
        if root != stem and len(root) > 3 and usual(root) > 3.5:
            yield f"{stem}-{root}", {"two": 1, "two_usual": usual(root)}
    for word, _how in rough(stem, "id"):
        yield f"{word}-{word}", {"two": 1, "two_usual": usual(word), "two_read": 1}


def _pieces(pieces: list[str], mark: str, language: str) -> Iterator[tuple[str, Features]]:
    if len(set(pieces)) == 1:
        for word, _how in rough(pieces[0], language):
            yield mark.join([word] * len(pieces)), {"alike": 1, "alike_usual": usual(word, language)}
        return
    choices = [
        [(p, 0.0, 0)] * (len(p) > 1 and usual(p, language) > 3) + [(w, g, 1) for w, g in rough(p, language)]
        for p in pieces
    ]
    for row in itertools.islice(itertools.product(*choices), 27):
        rarest = min(usual(word, language) for word, _how, _new in row)
        new = [guess for _word, guess, read in row if read]
        if new:
            yield (
                mark.join(word for word, _how, _new in row),
                {"parts": 1, "parts_usual": rarest, "parts_read": len(new), "parts_guess": sum(new)},
            )


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
