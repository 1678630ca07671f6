"""The first records of a source after the door. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

import numpy as np

from makna.corpus.disguise import coarsen
from makna.corpus.disguise.door import Door, DoorSettings
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.minors import under_18_cue
from makna.corpus.disguise.pseudonyms import Pseudonyms
from makna.corpus.disguise.roster import RosterBuilder, account_mac
from makna.corpus.importing.consenting import withheld
from makna.corpus.importing.posts import Source
from makna.corpus.importing.survey import account_key
from makna.corpus.importing.texts import Speaker
from makna.corpus.records import RawAccount, RawDocument, RawPost

Speakers = Callable[[RawDocument], Mapping[str, Speaker]]


def preview(
    source: Source, settings: DoorSettings, limit: int, *, speakers: Speakers = lambda raw: {}
) -> list[dict[str, Any]]:
    """The first *limit* posts or turns, disguised with what these records alone say about handles and names.

    *speakers* says who speaks in a document: turns without consent are withheld here as well.
    """
    macs = Macs(settings.key)
    stays = (record for record in _records(source) if not _erased(record, macs, settings.erased))
    records = list(islice(stays, limit))
    builder = RosterBuilder(macs)
    named = [one for r in records if isinstance(r, RawPost) for one in _named(r)]
    entries = [row for account in named for row in builder.entries(account)]
    names = Pseudonyms(macs)
    door = Door(settings, builder.build(np.array(entries, np.uint64).reshape(-1, 3)), names)
    rows: list[dict[str, Any]] = []
    for record in records:
        if isinstance(record, RawPost):
            key = account_mac(macs, record.account) if record.account else 0
            done = (
                withheld()
                if record.withheld and record.text
                else door.disguise([record.text], [record.links])[0]
            )
            day = None if record.sent is None else coarsen.day(record.sent)
            rows.append({"who": names.of(key) if key else None, "sent_on": day, "text": done.text})
        else:
            who = speakers(record)
            turns = record.turns[:limit]
            for turn, each in zip(turns, door.disguise([turn.text for turn in turns]), strict=True):
                said = who.get(turn.speaker or "")
                done = withheld() if said is not None and not said.consents else each
                rows.append({"who": None, "sent_on": record.date, "text": done.text})
    return rows[:limit]


def _erased(record: RawPost | RawDocument, macs: Macs, erased: frozenset[int]) -> bool:
    """Whether a record is by an account that was erased."""
    account = record.account if isinstance(record, RawPost) else None
    if account is None or not erased:
        return False
    return bool({account_mac(macs, account), account_key(macs, account)} & erased)


def _named(post: RawPost) -> Iterator[RawAccount]:
    """Everybody whom a post names beside its text."""
    if post.account:
        yield post.account
    for handle in (*post.mentions, post.parent_handle):
        if handle:
            yield RawAccount(handle=handle)
    yield from (RawAccount(name=name) for name in post.mention_names)


def _records(source: Source) -> Iterator[RawPost | RawDocument]:
    for block in source.blocks():
        for record in source.reader.parse(block, source.options):
            if isinstance(record, RawDocument) or (
                isinstance(record, RawPost) and not under_18_cue(record.text)
            ):
                yield record
