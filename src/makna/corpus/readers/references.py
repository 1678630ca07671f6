"""Literature: RIS and BibTeX, one document a reference, with the abstract or the PDF's full text where there is one.

Published works are cited, not disguised, so a reference keeps its names as CSL-JSON. What a researcher noted on it
(note and annotation fields) stays outside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import regex

from makna.corpus.model import SourceKind
from makna.corpus.readers import bibtex, pdf_text, plain_text, ris
from makna.corpus.readers.base import Block, Head, Options
from makna.corpus.readers.entries import Entry
from makna.corpus.records import Dropped, RawDocument, RawRecord, RawTurn, Rejection
from makna.errors import ReadError, UnknownFormat
from makna.i18n import _


class References:
    """RIS and BibTeX."""

    name = "references"
    title = "References (RIS, BibTeX)"
    kinds: tuple[SourceKind, ...] = (SourceKind.LITERATURE,)
    provides = frozenset({"text"})
    parallel = False

    def sniff(self, head: Head) -> float:
        """Sure of a first entry in either format."""
        text = plain_text.tidy(head.text)
        if ris.is_ris(text):
            return 0.95
        return 0.95 if bibtex.is_bibtex(text) else 0.0

    def blocks(self, path: Path, head: Head, options: Options) -> Iterator[Block]:
        """The whole file as one block. Raises a ReadError that names the file and the remedy."""
        text = plain_text.read_text(path)
        if not ris.is_ris(text) and not bibtex.is_bibtex(text):
            message = _(
                "{name} holds neither RIS nor BibTeX entries: export the references again in one of the two."
            )
            raise UnknownFormat(message.format(name=path.name))
        yield Block(1, path.stat().st_size, text)

    def parse(self, block: Block, options: Options) -> Iterator[RawRecord]:
        """A document for each reference, a Rejection for each broken one and each full text that cannot be read."""
        text: str = block.payload
        shelf = _Shelf(options.pdf_folder)
        dropped: Counter[str] = Counter()
        keys: Counter[str] = Counter()
        for entry in ris.read(text) if ris.is_ris(text) else bibtex.read(text):
            if isinstance(entry, Rejection):
                yield entry
                continue
            _rename(entry, keys)
            dropped.update(entry.dropped)
            yield from _document(entry, shelf)
        if dropped:
            yield Dropped(dict(dropped))


def _rename(entry: Entry, keys: Counter[str]) -> None:
    """Give a key that is taken a letter, as author-year styles do."""
    keys[entry.key] += 1
    if keys[entry.key] > 1:
        entry.key = f"{entry.key}{_letters(keys[entry.key] - 1)}"
        entry.csl["id"] = entry.key


def _letters(n: int) -> str:
    return (_letters(n // 26 - 1) if n >= 26 else "") + "abcdefghijklmnopqrstuvwxyz"[n % 26]


def _document(entry: Entry, shelf: _Shelf) -> Iterator[RawRecord]:
    paragraphs = entry.abstract
    path = shelf.find(entry)
    if path is not None:
        try:
            full = pdf_text.read(path)
        except ReadError as error:
            yield Rejection(entry.where, str(error))
        else:
            paragraphs = full if _holds(full, entry.abstract) else entry.abstract + full
    year = entry.csl.get("issued", {}).get("date-parts", [[]])[0]
    yield RawDocument(
        entry.where,
        SourceKind.LITERATURE,
        [RawTurn(p) for p in paragraphs],
        title=entry.csl["title"],
        date="-".join(f"{part:02d}" for part in year) or None,
        key=entry.key,
        csl=entry.csl,
    )


def _holds(full: list[str], abstract: list[str]) -> bool:
    """Whether the full text already has the abstract's beginning."""

    def letters(text: str) -> str:
        return regex.sub(r"\P{L}+", "", text).lower()

    return letters(" ".join(abstract))[:80] in letters(" ".join(full))


class _Shelf:
    """The PDFs in a folder, found by the path a reference states, by the file's name, or by the citation key."""

    def __init__(self, folder: Path | None) -> None:
        found = sorted(folder.rglob("*")) if folder is not None else []
        self._by_name = {
            p.name.casefold(): p for p in reversed(found) if p.suffix.lower() == ".pdf" and p.is_file()
        }
        self._folder = folder

    def find(self, entry: Entry) -> Path | None:
        """The PDF of *entry*; never one outside the folder."""
        for stated in entry.files:
            inside = self._inside(stated) or self._by_name.get(PureWindowsPath(stated).name.casefold())
            if inside is not None:
                return inside
        return self._by_name.get(f"{entry.key}.pdf".casefold())

    def _inside(self, stated: str) -> Path | None:
        if self._folder is None:
            return None
        path = (self._folder / stated.replace("\\", "/")).resolve()
        return path if path.is_relative_to(self._folder.resolve()) and path.is_file() else None
