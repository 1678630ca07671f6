"""What an erasure or a revision changes, brought to its end: by whoever began it, or by the next writer after a crash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from makna.corpus.erasure.batches import erase_from
from makna.corpus.erasure.plan import ErasedIds, Journal, Plan, Revision, Workshop
from makna.corpus.erasure.seeking import Progress, size_of
from makna.corpus.links import LAYOUT
from makna.library.apart import apart
from makna.record import forgetting, withdrawing
from makna.report.written import Written


def finish(shop: Workshop, *, progress: Progress = lambda stage, size: None) -> None:
    """Bring what was begun to its end. May be broken off at any moment, and called again."""
    work = Journal(shop.folder).read()
    if work is None:
        return
    if isinstance(work, Plan):
        _erase(shop, work, progress)
    else:
        _revise(shop, work, progress)
    withdrawing.tidy(shop.folder)
    Journal(shop.folder).end()


def _erase(shop: Workshop, plan: Plan, progress: Progress) -> None:
    ErasedIds(shop.folder).add(plan)
    if shop.kept_out is not None:
        shop.kept_out.add(map(str, sorted(plan.macs)))
    shop.store.tidy()
    for number in plan.batches:
        size = size_of(shop.store, number) if number in shop.store.numbers() else 0
        erase_from(shop.store, shop.doubts, number, plan)
        progress("erase", size)
    shop.store.tidy()
    _unlink(shop, plan)
    _forget(
        shop,
        plan,
        documents=plan.documents,
        pseudonyms=plan.pseudonyms,
        codes=plan.codes,
        authors=plan.authors,
    )
    withdrawing.without_evidence(shop.folder, plan.evidence)
    withdrawing.without_particulars(shop.folder, plan.codes, on=dt.date.today())
    withdrawing.without_names(shop.folder, plan.pseudonyms)
    Written(shop.folder / "reports").withdraw()
    if plan.batches:
        _reindex(shop, progress)


def _forget(
    shop: Workshop,
    work: Plan | Revision,
    **what: Collection[Any],
) -> None:
    """Codings and memos follow, where the library has a record."""
    library = shop.folder.parents[1]
    if work.mark and forgetting.exists(library):
        apart(forgetting.forget)(
            library,
            shop.study,
            mark=work.mark,
            relocated=work.relocated,
            **what,
        )


def _unlink(shop: Workshop, plan: Plan) -> None:
    """Forget all links of what is erased, and those of batches that are gone."""
    for left in shop.links.numbers():
        if left not in shop.store.numbers():
            shop.links.remove(left)
    if not shop.links.numbers():
        return
    documents, authors = (np.array(sorted(ids), np.int64) for ids in (plan.documents, plan.authors))
    macs = np.array(sorted(plan.macs), np.uint64)
    gone: dict[str, NDArray[Any]] = {
        "posts_document": documents,
        "contents_document": documents,
        "waiting_document": documents,
    }
    gone |= {
        "accounts_author": authors,
        **dict.fromkeys(("posts", "nodes", "waiting", "accounts", "long"), macs),
    }

    def keep(name: str, arrays: Mapping[str, NDArray[Any]]) -> NDArray[np.bool_]:
        kept = np.ones(len(arrays[name]), bool)
        for each in (name, *LAYOUT[name]):
            if each in gone:
                kept &= ~np.isin(arrays[each], gone[each])
        return kept

    shop.links.rewrite(keep)


def _revise(shop: Workshop, work: Revision, progress: Progress) -> None:
    shop.store.tidy()
    if work.batch not in shop.store.numbers():
        return
    revision = shop.store.manifest(work.batch).revision
    if shop.doubts is not None:
        shop.doubts.forget_others(work.batch, revision)
    if revision > work.before:
        withdrawing.anchored(shop.folder, work.anchors)
        _forget(shop, work)
        _reindex(shop, progress)


def _reindex(shop: Workshop, progress: Progress) -> None:
    """The index made anew: what is only marked as deleted lingers in it."""
    shop.index.rebuild(told=lambda number: progress("index", size_of(shop.store, number)))
