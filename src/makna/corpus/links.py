"""What links a new batch to earlier ones: keyed MACs of posts, parents and accounts, outside the batches.

``links/0001/`` holds sorted NumPy arrays for batch 1. Without the key they say nothing; ``seal`` deletes them with it.
What a later batch completes in an earlier one (a parent that arrives, two conversations that turn out to be one)
stands in the later batch's ``joins.parquet`` as plain ids, so batches stay immutable, a batch can be removed whole,
and a sealed study still reads right.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from makna.corpus.files import sync

U64 = NDArray[np.uint64]
I64 = NDArray[np.int64]

# key array -> the arrays that run beside it, in the order of the keys
LAYOUT: Mapping[str, tuple[str, ...]] = {
    "posts": ("posts_document", "posts_context"),  # intact post id
    "contents": ("contents_document", "contents_intact"),  # author, time and text
    "nodes": ("nodes_conversation",),  # any post id seen or named
    "waiting": ("waiting_document",),  # a parent that is not there yet
    "accounts": (
        "accounts_author",
        "accounts_name",
    ),  # account or handle -> author, and what its pseudonym rests on
    "sizes": ("sizes_count",),  # conversation -> documents in this batch
    "long": (),  # accounts whose pseudonym has six digits
}


@dataclass(frozen=True)
class Found:
    """The answer of a lookup: for the positions *at* in the question, the *values* beside the key."""

    at: I64
    values: tuple[NDArray[np.generic], ...]


class Links:
    """The links of a study over all its batches."""

    def __init__(self, folder: Path, batches: list[int]) -> None:
        self.folder = folder
        self._all = batches
        self._batches = [n for n in batches if (folder / f"{n:04d}").is_dir()]

    def numbers(self) -> list[int]:
        """The batches that have links, also batches that are gone."""
        there = self.folder.glob("[0-9]*") if self.folder.is_dir() else ()
        return sorted(int(place.name) for place in there)

    def find(self, name: str, keys: NDArray[np.generic]) -> Found:
        """Look *keys* up in every batch, earliest batch first; a key may be found more than once."""
        at: list[I64] = []
        values: list[list[NDArray[np.generic]]] = [[] for _ in LAYOUT[name]]
        for number in self._batches:
            known = self._array(number, name)
            if not len(known) or not len(keys):
                continue
            left = np.searchsorted(known, keys, "left")
            right = np.searchsorted(known, keys, "right")
            hits = np.nonzero(right > left)[0]
            many = (right - left)[hits]
            rows = np.repeat(left[hits] - np.cumsum(many) + many, many) + np.arange(many.sum())
            at.append(np.repeat(hits, many).astype(np.int64))
            for column, other in zip(values, LAYOUT[name], strict=True):
                column.append(self._array(number, other)[rows])
        empty = np.empty(0, np.int64)
        return Found(
            np.concatenate(at) if at else empty,
            tuple(np.concatenate(v) if v else empty for v in values),
        )

    def all(self, name: str) -> NDArray[np.generic]:
        """One array over all batches."""
        parts = [self._array(n, name) for n in self._batches]
        return np.concatenate(parts) if parts else np.empty(0, np.uint64)

    def beside(
        self, name: str, column: str, wanted: I64, *, more: tuple[str, ...] = ()
    ) -> list[NDArray[np.generic]]:
        """The keys, and what of *more* runs beside them, whose *column* is among *wanted*; over all batches."""
        found: list[NDArray[np.generic]] = []
        for number in self._batches:
            here = np.isin(self._array(number, column), wanted)
            found += [self._array(number, each)[here] for each in (name, *more)]
        return found

    def rewrite(self, keep: Callable[[str, Mapping[str, NDArray[np.generic]]], NDArray[np.bool_]]) -> None:
        """Write the links of every batch anew with the rows that *keep* keeps, given a key array and those beside it.

        The old or the new links of a batch are there at every moment, or :meth:`tidy` puts the new ones in place.
        """
        self.tidy()
        for number in self._batches:
            aside = self.folder / f".{number:04d}-{os.getpid()}"
            shutil.rmtree(aside, ignore_errors=True)
            aside.mkdir()
            for name, besides in LAYOUT.items():
                arrays = {each: np.array(self._array(number, each)) for each in (name, *besides)}
                kept = keep(name, arrays)
                for each, values in arrays.items():
                    np.save(aside / f"{each}.npy", values[kept])
            for file in aside.iterdir():
                sync(file)
            aside.rename(self._rewritten(number))
            self._settle(number)

    def tidy(self) -> None:
        """Put links that were written anew in their place, and remove what a writer that died left."""
        for place in self.folder.glob(".rewritten-*"):
            self._settle(int(place.name.rpartition("-")[2]))
        for left in self.folder.glob(".*"):
            shutil.rmtree(left)
        self._batches = [n for n in self._all if (self.folder / f"{n:04d}").is_dir()]

    def _rewritten(self, number: int) -> Path:
        return self.folder / f".rewritten-{number:04d}"

    def _settle(self, number: int) -> None:
        place = self.folder / f"{number:04d}"
        if place.is_dir():
            shutil.rmtree(place)
        self._rewritten(number).rename(place)
        sync(self.folder)

    def write(self, number: int, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        """Keep the links of one batch; each key array is sorted with the arrays beside it.

        Called before the batch becomes visible: links of a batch that is not there are ignored and overwritten.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = self.folder / f".{number:04d}-{os.getpid()}"
        for left in [*self.folder.glob(".*"), self.folder / f"{number:04d}"]:
            shutil.rmtree(left, ignore_errors=True)
        aside.mkdir()
        for name, besides in LAYOUT.items():
            order = np.argsort(arrays[name], kind="stable")
            for each in (name, *besides):
                np.save(aside / f"{each}.npy", arrays[each][order])
        aside.rename(self.folder / f"{number:04d}")

    def remove(self, number: int) -> None:
        """Forget the links of a removed batch."""
        folder = self.folder / f"{number:04d}"
        if folder.is_dir():
            shutil.rmtree(folder)

    def destroy(self) -> None:
        """Forget all links, for good."""
        if self.folder.is_dir():
            shutil.rmtree(self.folder)

    def _array(self, number: int, name: str) -> NDArray[np.generic]:
        file = self.folder / f"{number:04d}" / f"{name}.npy"
        loaded: NDArray[np.generic] = np.load(file, mmap_mode="r")
        return loaded
