"""Accounts as profiles: the signs each carries, on which side it stands, and the slots its bio fills."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from makna.analysis.lenses.base import LensInput
from makna.analysis.lenses.cues import MoveCues
from makna.analysis.lenses.posts import observed
from makna.analysis.lenses.promoting import promoting_accounts, recogniser
from makna.analysis.tokens import tokens_of

SLOTS = {"offer": "service", "terms": "price", "place": "place", "contact": "contact", "condition": "rule"}
EMOJI = r"\p{So}|\p{Sk}"


def inside(data: LensInput) -> frozenset[int]:
    """The accounts of interest: those that carry options["sign"] where it is given, else those that promote."""
    sign = data.options.get("sign")
    if sign is None:
        return promoting_accounts(data, recogniser(data))
    carried = carried_signs(data)
    rows = carried.filter(carried.sign == str(sign).lower()).select("author_id").distinct().to_pyarrow()
    return frozenset(rows["author_id"].to_pylist())


def observed_accounts(data: LensInput) -> ir.Table:
    """author_id of every observed account, once."""
    accounts = data.authors.filter(~data.authors.participant.fill_null(False))
    return accounts.select("author_id").distinct()


def carried_signs(data: LensInput) -> ir.Table:
    """What each account carries, once each: author_id, where (name, emoji, bio, hashtag), sign."""
    authors = data.authors.filter(~data.authors.participant.fill_null(False))
    names = authors.select("author_id", sign=authors.signs.unnest())
    names = names.mutate(where=ibis.ifelse(names.sign.re_search(EMOJI), "emoji", "name"))
    emoji = authors.select("author_id", sign=authors.emoji.unnest()).mutate(where=ibis.literal("emoji"))
    bios = authors.select("author_id", item=authors.bio_tokens.unnest())
    bios = bios.select("author_id", sign=bios.item["token"])
    bios = bios.filter(~bios.sign.startswith("⟦@") & bios.sign.re_search(r"[\p{L}⟦]"))
    bios = bios.mutate(where=ibis.ifelse(bios.sign.startswith("#"), "hashtag", "bio"))
    posts = observed(data)
    tokens = tokens_of(data.units.filter(data.units.text.contains("#")))
    tags = tokens.filter(tokens.token.startswith("#")).select("document_id", sign=tokens.token)
    tags = tags.inner_join(posts.select("document_id", "author_id"), "document_id")
    tags = tags.mutate(where=ibis.literal("hashtag"))
    columns = ["author_id", "where", "sign"]
    united = (
        names.select(columns)
        .union(emoji.select(columns))
        .union(bios.select(columns))
        .union(tags.select(columns))
    )
    united = united.filter(united.sign.notnull() & united.author_id.notnull())
    return united.mutate(sign=united.sign.lower()).distinct()


class Labels:
    """What a single sign says by its word alone."""

    def __init__(self, wordlist: Callable[[str], Any]) -> None:
        self._cues = MoveCues(wordlist)
        self._places = wordlist("door_places").words()

    def slot(self, sign: str) -> str | None:
        """The slot a sign fills: place, service, price, contact, rule; None where its word says none."""
        if sign.startswith("#") or not sign:
            return None
        if sign in self._places:  # alone in a name even a short form means the place
            return "place"
        return next((SLOTS[h.label] for h in self._cues.find((sign,)) if h.label in SLOTS), None)


def slots(data: LensInput) -> dict[int, frozenset[str]]:
    """The slots that each account's bio and location fill: service, price, place, contact, rule."""
    cues = MoveCues(data.wordlist)
    authors = data.authors.filter(~data.authors.participant.fill_null(False))
    found: dict[int, set[str]] = defaultdict(set)
    rows = authors.select("author_id", "location", "bio_tokens").to_pyarrow()
    words = rows["bio_tokens"].to_pylist()
    for author, location, tokens in zip(
        rows["author_id"].to_pylist(), rows["location"].to_pylist(), words, strict=True
    ):
        filled = _filled(cues, [t["token"] for t in tokens or ()])
        found[author] |= filled | ({"place"} if location else set())
    return {author: frozenset(filled) for author, filled in found.items()}


def _filled(cues: MoveCues, tokens: list[str]) -> set[str]:
    plain = tuple(t for t in tokens if not t.startswith("#"))
    return {SLOTS[h.label] for h in cues.find(plain) if h.label in SLOTS} if plain else set()


def posts_of(data: LensInput, accounts: Iterable[int]) -> pa.Table:
    """The first post of each of *accounts*: author_id, document_id, text."""
    ids = ibis.memtable(pa.table({"author_id": pa.array(sorted(accounts), pa.int64())}))
    posts = observed(data).semi_join(ids, "author_id")
    first = posts.group_by("author_id").agg(document_id=posts.document_id.min())
    return (
        first.inner_join(posts.select("document_id", "text"), "document_id")
        .order_by("author_id")
        .to_pyarrow()
    )
