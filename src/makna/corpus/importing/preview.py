"""The first records of a source after the door. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
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
from makna.corpus.records import RawDocument, RawPost


def preview(source: Source, settings: DoorSettings, limit: int) -> list[dict[str, Any]]:
    """The first *limit* posts or turns, disguised with what these records alone say about handles and names."""
    records = list(islice(_records(source), limit))
    macs = Macs(settings.key)
    builder = RosterBuilder(macs)
    accounts = [r.account for r in records if isinstance(r, RawPost) and r.account]
    entries = [row for account in accounts for row in builder.entries(account)]
    names = Pseudonyms(macs)
    door = Door(settings, builder.build(np.array(entries, np.uint64).reshape(-1, 3)), names)
    rows: list[dict[str, Any]] = []
    for record in records:
        if isinstance(record, RawPost):
            key = account_mac(macs, record.account) if record.account else 0
            done = withheld() if record.withheld else door.disguise([record.text], [record.links])[0]
            day = None if record.sent is None else coarsen.day(record.sent)
            rows.append({"who": names.of(key) if key else None, "sent_on": day, "text": done.text})
        else:
            texts = door.disguise([turn.text for turn in record.turns[:limit]])
            rows += [{"who": None, "sent_on": record.date, "text": each.text} for each in texts]
    return rows[:limit]


def _records(source: Source) -> Iterator[RawPost | RawDocument]:
    for block in source.blocks():
        for record in source.reader.parse(block, source.options):
            if isinstance(record, RawDocument) or (
                isinstance(record, RawPost) and not under_18_cue(record.text)
            ):
                yield record
