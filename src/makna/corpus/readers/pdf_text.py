"""The running text of a PDF, as paragraphs: nothing from its properties, outlines or comments.

Lines are joined again, words parted at a line's end put together, and running heads and page numbers left out.
"""

from __future__ import annotations

import logging
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import regex
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from makna.errors import UnreadableFile
from makna.i18n import _

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports each odd object; the text decides
_BROKEN = (
    PyPdfError,
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    RecursionError,
    zlib.error,
)
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u00ad": "", "\x00": ""}
)
_PAGE_NUMBER = regex.compile(
    r"^\W*(?:page|halaman|hal\.?|hlm\.?)?\W*(?:\d{1,4}|[ivxlc]{1,7})\W*(?:(?:of|dari|/)\W*\d{1,4})?\W*$",
    regex.I,
)
_END = regex.compile(r"[.?!:…][\"'”’)\]]*$")
_EDGE = 2  # lines at the top and the bottom of a page that may be running heads
_FEW = 20  # letters on a page; below it the page is a picture


def read(path: Path) -> list[str]:
    """The paragraphs of the PDF *path*. Raises :class:`UnreadableFile` with the remedy where it has no text."""
    try:
        reader = PdfReader(path, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            message = _("{name} is locked by a password: save a copy without one.")
            raise UnreadableFile(message.format(name=path.name))
        pages = [_lines(page.extract_text()) for page in reader.pages]
    except UnreadableFile:
        raise
    except _BROKEN:
        message = _("{name} is damaged: open it in a PDF viewer and save it again.")
        raise UnreadableFile(message.format(name=path.name)) from None
    if sum(len(line) for page in pages for line in page) < _FEW * max(1, len(pages)):
        message = _(
            "{name} holds pictures of pages and no text: run it through OCR (for example OCRmyPDF), then import again."
        )
        raise UnreadableFile(message.format(name=path.name))
    return paragraphs(without_heads(pages))


def _lines(text: str) -> list[str]:
    clean = text.translate(_LIGATURES).encode("utf-8", "replace").decode("utf-8")  # lone surrogates do occur
    return [line.rstrip() for line in clean.split("\n")]


def without_heads(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """*pages* without page numbers, and without the lines that recur at the edge of half the pages (at least three)."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_shape(line) for line in _edges(page)})
    needed = max(3, len(pages) / 2)
    kept = []
    for page in pages:
        edges = {
            id(line) for line in _edges(page) if counts[_shape(line)] >= needed or _PAGE_NUMBER.match(line)
        }
        kept.append([line for line in page if id(line) not in edges])
    return kept


def _edges(page: Sequence[str]) -> list[str]:
    full = [line for line in page if line.strip()]
    return full[:_EDGE] + full[max(_EDGE, len(full) - _EDGE) :]


def _shape(line: str) -> str:
    return regex.sub(r"\d+", "#", " ".join(line.lower().split()))


def paragraphs(pages: Sequence[Sequence[str]]) -> list[str]:
    """The lines of all pages as paragraphs: a new one after an empty line, an indent, or a short line that ends a sentence."""
    lengths = sorted(len(line) for page in pages for line in page if line.strip())
    full = 0.75 * lengths[int(0.8 * (len(lengths) - 1))] if lengths else 0
    made: list[str] = []
    fresh = True
    for page in pages:
        for line in page:
            if not line.strip():
                fresh = bool(made) and _END.search(made[-1]) is not None
                continue
            indented = line.startswith(("  ", "\t")) and bool(made) and _END.search(made[-1]) is not None
            if not made or fresh or indented:
                made.append(" ".join(line.split()))
            else:
                made[-1] = _joined(made[-1], " ".join(line.split()))
            fresh = len(line.strip()) < full and _END.search(line) is not None
    return made


def _joined(before: str, line: str) -> str:
    """Two lines as one: a word parted at the end whole again, a doubled word (*kupu-kupu*) with its hyphen."""
    parted = regex.search(r"(\p{L}+)[-‐]$", before)
    follows = regex.match(r"\p{Ll}+", line)
    if not parted or not follows:
        return f"{before} {line}"
    first, second = parted[1].lower(), follows[0].lower()
    doubled = len(first) > 2 and (second.startswith(first) or first.endswith(second))
    return before + line if doubled else before[:-1] + line
