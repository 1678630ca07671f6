"""BibTeX and biblatex to CSL-JSON, by bibtexparser; LaTeX accents and commands decoded by pylatexenc."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Any

import regex
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, ParsingFailedBlock
from bibtexparser.model import Entry as BibEntry
from pylatexenc.latex2text import LatexNodes2Text

from makna.corpus.readers import csl
from makna.corpus.readers.entries import Entry
from makna.corpus.records import Rejection
from makna.i18n import _

logging.getLogger("bibtexparser").setLevel(
    logging.CRITICAL
)  # what it would print about a block stands in our report
_LATEX = LatexNodes2Text(math_mode="text", keep_braced_groups=False)
_PRIVATE = {"note": "notes", "annote": "notes", "annotation": "notes"}
_INHERITED = (
    "author",
    "editor",
    "publisher",
    "address",
    "location",
    "year",
    "date",
    "series",
    "volume",
    "isbn",
    "doi",
    "url",
)
_GENRE = {
    "phdthesis": "PhD thesis", "mastersthesis": "Master's thesis", "bachelorsthesis": "Bachelor's thesis",
    "mathesis": "Master's thesis", "bathesis": "Bachelor's thesis", "candthesis": "Candidate thesis",
    "techreport": "Technical report", "resreport": "Research report",
}  # fmt: skip


def is_bibtex(text: str) -> bool:
    """Whether *text* holds a BibTeX entry near its beginning."""
    return (
        regex.search(r"^\s*@\s*\p{L}+\s*[{(]\s*[^\s,{}=]*\s*[,=]", text[:16384], regex.MULTILINE) is not None
    )


def decode(text: str) -> str:
    """*text* with LaTeX turned into Unicode; bare ``&``, ``%``, ``#`` and prices in dollars stay what they are."""
    if not regex.search(r"[\\{}$~]|--|``|''", text):
        return text
    plain = regex.sub(r"(?<!\\)([&%#])", r"\\\1", text)
    if not regex.search(r"\$[^$]*[\\^_][^$]*\$", plain):
        plain = regex.sub(r"(?<!\\)\$", r"\\$", plain)
    plain = regex.sub(r"(\\(?:emph|textit|textbf|textsc|textrm|enquote|mkbibemph))\s+(?=\{)", r"\1", plain)
    return str(_LATEX.latex_to_text(plain)).strip()


def read(text: str) -> Iterator[Entry | Rejection]:
    """The entries of *text* in order; a broken or repeated one as a Rejection with its first line."""
    library = parse_string(text)
    whole = {b.key.casefold(): _fields(b) for b in library.entries}
    for block in library.blocks:
        where = (block.start_line or 0) + 1
        if isinstance(block, BibEntry):
            yield _entry(where, block, whole)
        elif isinstance(block, DuplicateFieldKeyBlock) and isinstance(block.ignore_error_block, BibEntry):
            yield _entry(where, block.ignore_error_block, whole)
        elif isinstance(block, DuplicateBlockKeyBlock):
            yield Rejection(
                where, _("An earlier entry has the same key and is kept: give this one a key of its own.")
            )
        elif isinstance(block, ParsingFailedBlock):
            yield Rejection(
                where, _("The entry is damaged: check its braces, quotes and commas, or export it again.")
            )


def _fields(block: BibEntry) -> dict[str, str]:
    """Field → raw value; the first of repeated ones. Joins of strings (``mar # " 2020"``) are put together."""
    found: dict[str, str] = {}
    for field in block.fields:
        found.setdefault(field.key.lower(), _joined(str(field.value)).strip())
    return found


def _joined(value: str) -> str:
    if not regex.search(r"[\"}\w]\s*#\s*[\"{\w]", value) or '"' not in value:
        return value
    return "".join(
        part.strip(' "') if part.strip().isalnum() else part.strip()[1:-1] for part in value.split("#")
    )


def _entry(where: int, block: BibEntry, whole: Mapping[str, Mapping[str, str]]) -> Entry | Rejection:
    raw = _inherit(_fields(block), whole)
    kind = _kind(block.entry_type.lower(), raw)
    plain = {
        key: decode(value)
        for key, value in raw.items()
        if key not in ("author", "editor", "translator", "abstract")
    }
    title = ": ".join(t for t in (plain.get("title"), plain.get("subtitle")) if t)
    if not title:
        return Rejection(where, _("The entry states no title: add a title field, or export it again."))
    found = csl.filled(
        {
            "type": kind,
            "title": " ".join(title.split()),
            "title-short": plain.get("shorttitle"),
            "custom": csl.filled(
                {"translated-title": plain.get("titletranslation") or plain.get("translatedtitle")}
            ),
            **{role: _names(raw.get(role, "")) for role in ("author", "editor", "translator")},
            **_published(block.entry_type.lower(), kind, plain),
            **_identifiers(raw, plain),
            "issued": _issued(plain),
            "accessed": csl.date(plain.get("urldate", "")),
            "original-date": csl.date(plain.get("origdate") or plain.get("origyear") or ""),
            "status": next(
                (w for w in (plain.get("pubstate"), plain.get("year")) if w and not regex.search(r"\d", w)),
                None,
            ),
        }
    )
    key = block.key.strip() or csl.made_key(found)
    dropped = {what: 1 for name, what in _PRIVATE.items() if raw.get(name)}
    return Entry(
        where,
        key,
        {"id": key, **found},
        csl.paragraphs(decode(raw.get("abstract", ""))),
        _files(raw),
        dropped,
    )


def _inherit(fields: dict[str, str], whole: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """*fields*, completed from the entry they name by ``crossref``."""
    parent = whole.get(fields.get("crossref", "").casefold(), {})
    given = {
        key: parent[key]
        for key in _INHERITED
        if key in parent and not (key == "author" and "editor" in parent)
    }
    if "title" in parent:
        given["booktitle"] = parent["title"]
    return given | fields


def _kind(entry_type: str, fields: Mapping[str, str]) -> str:
    if entry_type == "article" and fields.get("entrysubtype", "").lower() in ("magazine", "newspaper"):
        return f"article-{fields['entrysubtype'].lower()}"
    if entry_type == "misc" and fields.get("url") and fields.get("urldate"):
        return "webpage"
    return csl.BIBTEX_TYPES.get(entry_type, "document")


def _published(entry_type: str, kind: str, plain: Mapping[str, str]) -> dict[str, Any]:
    place = plain.get("address") or plain.get("location") or plain.get("publisher-place")
    publishers = ("publisher", "school", "institution", "organization", "howpublished")
    publisher = next(
        (plain[p] for p in publishers if plain.get(p) and not plain[p].startswith(("http", "<http"))), None
    )
    container = (
        plain.get("journaltitle") or plain.get("journal") or plain.get("booktitle") or plain.get("maintitle")
    )
    genre = plain.get("type", "")
    serial = kind.startswith("article") or kind == "periodical"
    return {
        "container-title": container,
        "collection-title": plain.get("series"),
        "publisher": publisher,
        "publisher-place": place,
        "genre": _GENRE.get(genre.lower(), genre) or _GENRE.get(entry_type),
        "edition": csl.edition(plain["edition"]) if plain.get("edition") else None,
        "volume": plain.get("volume"),
        "number-of-volumes": plain.get("volumes"),
        ("issue" if serial else "number"): plain.get("issue") or plain.get("number"),
        "page": csl.pages(plain.get("pages", "")),
        "number-of-pages": plain.get("pagetotal") or plain.get("numpages"),
        "chapter-number": plain.get("chapter"),
        "language": csl.language(plain.get("language") or plain.get("langid") or ""),
        "keyword": plain.get("keywords"),
        "event-title": plain.get("eventtitle"),
    }


def _identifiers(raw: Mapping[str, str], plain: Mapping[str, str]) -> dict[str, Any]:
    """Addresses and numbers, where only escapes are LaTeX."""
    link = raw.get("url") or next(iter(regex.findall(r"https?://[^\s{}]+", raw.get("howpublished", ""))), "")
    return {
        "DOI": csl.doi(_unescaped(raw.get("doi", ""))),
        "URL": _unescaped(link),
        "ISBN": plain.get("isbn"),
        "ISSN": plain.get("issn"),
    }


def _unescaped(text: str) -> str:
    return regex.sub(r"\\([_%&#~])", r"\1", text.replace("{\\_}", "_").replace("\\url", "")).strip("{}<> ")


def _issued(plain: Mapping[str, str]) -> dict[str, Any] | None:
    if plain.get("date"):
        return csl.date(plain["date"])
    year, month, day = (plain.get(k, "").strip() for k in ("year", "month", "day"))
    if month.isdigit() and year.isdigit():
        return csl.date(f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day.isdigit() else ""))
    return csl.date(f"{day} {month} {year}".strip()) or csl.date(year)


def _names(text: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for person in split_multiple_persons_names(" ".join(text.split())) if text.strip() else ():
        if person.strip().lower() == "others":
            continue
        if person.startswith("{") and person.endswith("}") and "{" not in person[1:]:
            found.append({"literal": decode(person)})
            continue
        parts = parse_single_name_into_parts(person, strict=False)
        words = {
            "family": parts.last, "given": parts.first, "non-dropping-particle": parts.von, "suffix": parts.jr,
        }  # fmt: skip
        found.append({key: decode(" ".join(value)) for key, value in words.items() if value})
    return [n for n in found if n]


def _files(raw: Mapping[str, str]) -> list[str]:
    """Paths in a ``file`` field, as Zotero (``title:path:type``), JabRef and Mendeley (``:path:PDF``) write them."""
    found = []
    for one in regex.split(r"(?<!\\);", raw.get("file", "")):
        parts = regex.split(r"(?<!\\):(?![\\/]{1,2}\w+[\\/])", one)
        path = next(
            (
                p
                for p in parts
                if p.lower().rstrip("}").endswith(".pdf") and (len(parts) < 3 or p != parts[0])
            ),
            None,
        )
        if path:
            found.append(regex.sub(r"\\([:;_&\\ ])", r"\1", path.strip("{} ")))
    return found
