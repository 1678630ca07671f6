"""RIS to CSL-JSON. The file is cut into entries here, so that a broken one costs no other; rispy reads the tags."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex
import rispy

from makna.corpus.readers import csl
from makna.corpus.readers.entries import Entry
from makna.corpus.records import Rejection
from makna.i18n import _

_TAG = regex.compile(r"^\s{0,3}([A-Z][A-Z0-9])\s{1,2}-(?:\s|$)(.*)$")
_PARAGRAPH = "\ue000"  # stands for an empty line, which rispy would swallow
_BOOKISH = frozenset(
    ("book", "chapter", "report", "thesis", "entry-encyclopedia", "entry-dictionary", "pamphlet")
)
_PRIVATE = {"notes": "notes", "note": "notes", "research_notes": "notes", "author_address": "address"}


def is_ris(text: str) -> bool:
    """Whether *text* begins as RIS."""
    return regex.search(r"^\s{0,3}TY\s{1,2}-\s*\p{Lu}", text[:4096], regex.MULTILINE) is not None


def read(text: str) -> Iterator[Entry | Rejection]:
    """The entries of *text* (line ends as ``\\n``), in order; a broken one as a Rejection with its first line."""
    for where, lines, wrong in _cut(text):
        if wrong:
            yield Rejection(where, wrong)
            continue
        try:
            found = rispy.loads("\n".join(lines), enforce_list_tags=True)
        except (KeyError, ValueError, TypeError, AttributeError):
            found = []
        entry = _entry(where, found[0]) if found else None
        yield entry or Rejection(where, _("The entry states no title: add a TI line, or export it again."))


def _cut(text: str) -> Iterator[tuple[int, list[str], str | None]]:
    """(first line, lines as rispy wants them, what is wrong) of each entry. One that the next entry closes is whole, too."""
    lines: list[str] = []
    first = 0  # of the entry under way; without lines: of one that no TY line opened
    for where, line in enumerate(text.split("\n"), 1):
        tag = _TAG.match(line)
        name = tag[1] if tag else ""
        plain = f"{name}  - {tag[2]}" if tag else line
        if name in ("TY", "ER"):
            if first:
                yield first, [*lines, "ER  - "], None if lines else _headless()
            lines, first = ([plain], where) if name == "TY" else ([], 0)
        elif lines:
            lines.append(plain if line.strip() else _PARAGRAPH)
        elif tag and not first:
            first = where
    if first:
        yield first, lines, _cut_short() if lines else _headless()


def _cut_short() -> str:
    return _("The entry is not closed by an ER line: the file may be cut short. Export it again.")


def _headless() -> str:
    return _("The entry does not begin with a TY line: the file may be damaged here. Export it again.")


def _entry(where: int, fields: dict[str, Any]) -> Entry | None:
    fields = {k: v if k in ("abstract", "notes_abstract") else _without_marks(v) for k, v in fields.items()}
    title = fields.get("title") or fields.get("primary_title") or _unknown(fields, "BT", "CT")
    if not title:
        return None
    kind = csl.RIS_TYPES.get(str(fields.get("type_of_reference", "")).strip().upper(), "document")
    found = csl.filled(
        {
            "type": kind,
            "title": title,
            "title-short": fields.get("short_title"),
            "custom": csl.filled({"translated-title": fields.get("translated_title")}),
            **_people(fields, kind),
            **_published(fields, kind),
            "issued": _date(fields, "date", "year", "publication_year"),
            "accessed": _date(fields, "access_date"),
        }
    )
    key = str(fields.get("id") or fields.get("label") or "").strip() or csl.made_key(found)
    files = [fields[f] for f in ("file_attachments1", "file_attachments2") if fields.get(f)]
    dropped = {what: 1 for field, what in _PRIVATE.items() if fields.get(field)}
    abstract = csl.paragraphs(
        str(fields.get("abstract") or fields.get("notes_abstract") or "").replace(_PARAGRAPH, "\n\n")
    )
    return Entry(where, key, {"id": key, **found}, abstract, files, dropped)


def _people(fields: dict[str, Any], kind: str) -> dict[str, Any]:
    return {
        "author": csl.names([*fields.get("first_authors", []), *fields.get("authors", [])]),
        "editor": csl.names([*fields.get("secondary_authors", []), *_unknown_list(fields, "ED")]),
        "collection-editor": csl.names(fields.get("tertiary_authors", [])),
        "translator": csl.names(
            [*fields.get("subsidiary_authors", []), *filter(None, [fields.get("translated_author")])]
        ),
    }


def _published(fields: dict[str, Any], kind: str) -> dict[str, Any]:
    container = next(
        (
            fields[f]
            for f in ("secondary_title", "alternate_title3", "journal_name", "alternate_title2")
            if fields.get(f)
        ),
        _unknown(fields, "BT") if kind in ("chapter", "paper-conference") else None,
    )
    number = "ISBN" if kind in _BOOKISH else "ISSN"
    issue = "number" if kind in ("report", "patent", "standard") else "issue"
    return {
        ("collection-title" if kind == "book" else "container-title"): container,
        **({"collection-title": fields["tertiary_title"]} if fields.get("tertiary_title") else {}),
        "publisher": fields.get("publisher"),
        "publisher-place": fields.get("place_published"),
        "volume": fields.get("volume"),
        "number-of-volumes": fields.get("number_of_volumes"),
        issue: fields.get("number"),
        "edition": csl.edition(fields["edition"]) if fields.get("edition") else None,
        ("number-of-pages" if kind == "book" and not fields.get("end_page") else "page"): _pages(fields),
        "genre": fields.get("type_of_work"),
        "DOI": csl.doi(fields["doi"]) if fields.get("doi") else None,
        "URL": next((u.strip() for u in fields.get("urls", []) if u.strip()), None),
        number: fields.get("issn"),
        "language": csl.language(fields["language"]) if fields.get("language") else None,
        "keyword": ", ".join(k for k in fields.get("keywords", []) if k),
    }


def _pages(fields: dict[str, Any]) -> str:
    first, last = (str(fields.get(f) or "").strip() for f in ("start_page", "end_page"))
    if not last or first == last or regex.search(r"[-–]", first):
        return csl.pages(first)
    return csl.pages(f"{first}-{last}")


def _date(fields: dict[str, Any], *names: str) -> dict[str, Any] | None:
    """The most exact of the dates in the fields *names*."""
    found = [date for n in names if fields.get(n) and (date := csl.date(str(fields[n])))]
    return max(found, key=lambda d: len(d["date-parts"][0]), default=None)


def _unknown(fields: dict[str, Any], *tags: str) -> str | None:
    return next((values[0] for tag in tags if (values := _unknown_list(fields, tag))), None)


def _unknown_list(fields: dict[str, Any], tag: str) -> list[str]:
    return [v for v in fields.get("unknown_tag", {}).get(tag, []) if v]


def _without_marks(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_marks(v) for v in value]
    return value.replace(_PARAGRAPH, "").strip() if isinstance(value, str) else value
