"""Canaries and the search for them: in every file of a folder, raw and decoded, however it is written.

A canary is a word, a number or a time that no word list, measure or page could hold by chance. Words begin with
``MARK``, numbers with ``FIGURE``, times end in ``CLOCK``: the search looks for these and tells which canary it was.
"""

from __future__ import annotations

import base64
import html
import io
import json
import re
import urllib.parse
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import tantivy

MARK, FIGURE, CLOCK = "qzxkenari", "73919739", ":57:41"
STAYS = "qzxtetap"  # begins words of texts, which are data and stay
LETTERS = 4
_WORD = re.compile(rb"%s[a-z]{0,%d}" % (MARK.encode(), LETTERS))
_FIGURE = re.compile(rb"%s\d*" % FIGURE.encode())
_ESCAPED = re.compile(rb"\\u00([0-9a-f]{2})")
_GROUPED = re.compile(rb"(?<=\d)[ .,_\-]{1,2}(?=\d)")


class Canaries:
    """Gives canaries and remembers where each was planted."""

    def __init__(self) -> None:
        self.planted: dict[str, str] = {}  # canary -> place
        self.moments: list[int] = []  # exact times, in seconds since the epoch

    def word(self, place: str) -> str:
        """A word of its own."""
        n, letters = len(self.planted), ""
        for _each in range(LETTERS):
            n, letter = divmod(n, 26)
            letters += chr(97 + letter)
        return self._keep(MARK + letters, place)

    def number(self, place: str, digits: int = 12) -> str:
        """A number of its own; with 19 digits it looks like the id of a post."""
        return self._keep(FIGURE + f"{len(self.planted):0{digits - len(FIGURE)}d}", place)

    def _keep(self, canary: str, place: str) -> str:
        self.planted[canary] = place
        return canary

    def found(self, content: bytes) -> set[str]:
        """The canaries in *content*, however it writes them, with the place each was planted in."""
        hits = set()
        for view in views(content):
            hits |= {hit.decode() for pattern in (_WORD, _FIGURE) for hit in pattern.findall(view)}
            hits |= {CLOCK for _each in range(CLOCK.encode() in view)}
            hits |= {str(m) for m in self.moments if str(m).encode() in view}
        return {f"{hit} from {self.planted.get(hit, 'somewhere')}" for hit in hits} | _encoded(content)


def views(content: bytes) -> Iterator[bytes]:
    """*content* as it lies there, and with the usual disguises of bytes taken off; in lower case."""
    low = content.lower()
    yield low
    yield _GROUPED.sub(b"", low)
    yield low[::-1]
    if b"\x00" in low:
        yield low.replace(b"\x00", b"")  # UTF-16 and UTF-32
    if b"%" in low:
        yield urllib.parse.unquote_to_bytes(low).lower()
    if b"\\u00" in low:
        yield _ESCAPED.sub(lambda m: bytes([int(m[1], 16)]), low).lower()
    if b"&#" in low:
        yield html.unescape(low.decode("utf-8", "replace")).encode().lower()


def _encoded(content: bytes) -> set[str]:
    """Canaries written as base64 or in hexadecimal."""
    hits = set()
    for mark in (MARK, FIGURE):
        for before in range(3):
            code = base64.b64encode(b"\0" * before + mark.encode()).rstrip(b"=")
            if code[before + (before > 0) : -1] in content:
                hits.add(f"{mark}… in base64")
        if mark.encode().hex().encode() in content.lower():
            hits.add(f"{mark}… in hexadecimal")
    return hits


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of every file and every name below *folder*: raw, and decoded where its format hides the bytes."""
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        yield f"the name {name}", name.encode()
        if path.is_file():
            data = path.read_bytes()
            yield name, data
            yield from _decoded(path, name, data)
        elif (path / "meta.json").is_file():
            yield from ((f"{name} ({what})", content) for what, content in _index(path))


def _decoded(path: Path, name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    if data.startswith(b"PAR1") and data.endswith(b"PAR1") and len(data) > 12:  # else half written
        table = pq.read_table(path)
        yield f"{name} (values)", repr(table.to_pylist()).encode()
        yield f"{name} (metadata)", repr((table.schema.metadata, pq.read_metadata(path).to_dict())).encode()
    elif data.startswith(b"\x93NUMPY"):
        yield f"{name} (values)", " ".join(map(str, np.load(path).tolist())).encode()
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                yield f"{name}!{member.filename}", archive.read(member)
                yield (
                    f"{name}!{member.filename} (about)",
                    member.filename.encode() + member.comment + member.extra,
                )
    elif data[:1] in (b"{", b"[") and (values := _json(data)) is not None:
        yield f"{name} (values)", json.dumps(values, ensure_ascii=False).encode()


def _json(data: bytes) -> object:
    """What *data* says as JSON; None where it only begins like it, as one encrypted file in a hundred does."""
    try:
        return json.loads(data)
    except ValueError:
        return None


def _index(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every term and every stored value of a full-text index."""
    searcher = tantivy.Index.open(str(folder)).searcher()
    schema = json.loads((folder / "meta.json").read_text())["schema"]
    for field in schema:
        if field["type"] == "text":
            yield f"terms of {field['name']}", repr(searcher.terms_with_prefix(field["name"], "")).encode()
    for _score, address in searcher.search(tantivy.Query.all_query(), max(1, searcher.num_docs)).hits:
        yield "stored", b" ".join(_plain(v) for vs in searcher.doc(address).to_dict().values() for v in vs)


def _plain(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | bytearray | list) else str(value).encode()


def leaks(
    canaries: Canaries, folders: Iterable[Path], said: Iterable[tuple[str, bytes]] = ()
) -> dict[str, list[str]]:
    """File → canaries found in it, over all *folders* and what was *said* on screen and in logs."""
    found: dict[str, list[str]] = {}
    for folder in folders:
        for name, content in contents(folder):
            if hits := canaries.found(content):
                found[f"{folder.name}/{name}"] = sorted(hits)
    return found | {name: sorted(hits) for name, content in said if (hits := canaries.found(content))}
