"""The dictionary of argot as it may leave: TSV, TBX-Basic (ISO 30042), and the rows of a glossary chapter.

The examiners' edition is complete. In a public edition a term is named only where it was released with a written reason;
the others leave as category, meaning and how they are understood, in an order that their spelling does not tell.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from makna.record.recorded import RecordedTerm
from makna.report.release import EXAMINERS
from makna.report.terms import masked

HEADINGS = ("term", "variants", "category", "meaning", "explained", "understood", "first_seen", "example")


@dataclass(frozen=True)
class Entry:
    """One term. *term* is empty and *variants* are none where the edition may not name it."""

    term: str
    variants: tuple[str, ...]
    category: str
    senses: tuple[str, ...]
    explained: str
    understood: str
    first_seen: str
    examples: tuple[str, ...]


def entries(rows: Iterable[RecordedTerm], *, edition: str) -> list[Entry]:
    """The dictionary as *edition* may show it."""
    rows = list(rows)
    free = [edition == EXAMINERS or row.released for row in rows]
    held = [row for row, yes in zip(rows, free, strict=True) if not yes]
    secret = {word for row in held for word in (row.term, *row.variants)}
    named = [_entry(row, secret, named=True) for row, yes in zip(rows, free, strict=True) if yes]
    rest = [_entry(row, secret, named=False) for row in held]
    return sorted(named, key=lambda e: e.term) + sorted(
        rest, key=lambda e: (e.category, e.senses, e.understood)
    )


def _entry(row: RecordedTerm, secret: Collection[str], *, named: bool) -> Entry:
    """A row as an entry. What is said of a term names no other one that stays inside."""
    said = [masked(sense, secret, "…") for sense in row.senses]
    first = row.first_seen.isoformat() if row.first_seen else ""
    examples = [masked(e, secret, "…") for e in row.examples if e] if named else ()
    return Entry(
        row.term if named else "", row.variants if named else (), masked(row.category, secret, "…"), tuple(said),
        row.explained, masked(row.explanation, secret, "…"), first if named else first[:4], tuple(examples),
    )  # fmt: skip


def written(rows: Sequence[Entry], name: str) -> str:
    """*rows* as the file *name* wants them: TBX-Basic where it ends in ``.tbx``, else TSV."""
    return tbx(rows) if name.lower().endswith(".tbx") else tsv(rows)


def tsv(rows: Sequence[Entry]) -> str:
    """A heading and one line an entry; several values of a cell are parted by a bar."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter="\t", lineterminator="\n")
    writer.writerow(HEADINGS)
    for e in rows:
        cells = (e.term, " | ".join(e.variants), e.category, " | ".join(e.senses), e.explained, e.understood, e.first_seen, " | ".join(e.examples))  # fmt: skip
        writer.writerow([" ".join(cell.split()) for cell in cells])
    return file.getvalue()


def tbx(rows: Sequence[Entry], *, language: str = "id") -> str:
    """TBX-Basic, DCA style: a concept an entry, its senses as definitions, its spellings as terms."""
    root = ET.Element(
        "tbx",
        {"type": "TBX-Basic", "style": "dca", "xml:lang": language, "xmlns": "urn:iso:std:iso:30042:ed-2"},
    )
    header = ET.SubElement(ET.SubElement(root, "tbxHeader"), "fileDesc")
    ET.SubElement(ET.SubElement(header, "sourceDesc"), "p").text = "Makna"
    body = ET.SubElement(ET.SubElement(root, "text"), "body")
    for n, entry in enumerate(rows, 1):
        _concept(ET.SubElement(body, "conceptEntry", {"id": f"c{n}"}), entry, language)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _concept(concept: ET.Element, entry: Entry, language: str) -> None:
    if entry.category:
        ET.SubElement(concept, "descrip", {"type": "subjectField"}).text = entry.category
    for sense in entry.senses:
        ET.SubElement(concept, "descrip", {"type": "definition"}).text = sense
    if entry.understood:
        ET.SubElement(concept, "note").text = entry.understood
    section = ET.SubElement(concept, "langSec", {"xml:lang": language})
    for n, word in enumerate((entry.term, *entry.variants) if entry.term else ("…",)):
        term = ET.SubElement(section, "termSec")
        ET.SubElement(term, "term").text = word
        if n:
            ET.SubElement(term, "termNote", {"type": "termType"}).text = "variant"
        for example in entry.examples if not n else ():
            ET.SubElement(term, "descrip", {"type": "context"}).text = example
