"""References and citations in APA 7, by citeproc-py and the CSL project's style.

citeproc-py 0.11 leaves some of the style out; :func:`_mend` and :func:`_suffixes` complete it, each for one observed
shortcoming: no year suffixes (1969a), substituted titles and editors given twice, "(eds.)" uncapitalised, a stray
"(Publication)" before a thesis's genre, "Retrieved" before a bare address, Indonesian dates and editions in
English order, and no initials of names in lower case (boyd, d. m.).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from importlib.resources import as_file, files
from typing import Any

import regex
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from makna.report.blocks import Inline, Span

_PEOPLE = frozenset({"author", "editor"})
_LOCALES = {"id": "id-ID", "en": "en-US"}
_DATE = regex.compile(r"(?<=\(\d{4}\p{L}?), (\p{Lu}\p{L}+) (\d{1,2})(?=\))")
_RETRIEVED = regex.compile(r"\b(?:Retrieved|Diambil) (?=https?://)")
_ENTRY_YEAR = regex.compile(r"\((\d{4}|n\.d\.|t\.t\.)(?=[,)])")
_CITED_YEAR = regex.compile(r"(\d{4}|n\.d\.|t\.t\.)(?=\)$)")


class References:
    """The works of a study in one language. *works* are (document_id or None, CSL-JSON)."""

    def __init__(self, works: Sequence[tuple[int | None, Mapping[str, Any]]], language: str) -> None:
        self._items = {f"r{n}": _prepared(csl, f"r{n}") for n, (_, csl) in enumerate(works)}
        self._of_document = {d: f"r{n}" for n, (d, _) in enumerate(works) if d is not None}
        self._of_key = {str(csl.get("id")): f"r{n}" for n, (_, csl) in enumerate(works) if csl.get("id")}
        small = {f"r{n}": _small(csl) for n, (_, csl) in enumerate(works)}
        self._cited, entries = _rendered(self._items, small, language) if self._items else ({}, {})
        self._order, self._listed = list(entries), list(entries.values())

    def cite(self, document_id: int) -> Inline | None:
        """As in (Blumer, 1969), for the work that a document holds; None where it is no work of the list."""
        key = self._of_document.get(document_id)
        return spans(self._cited[key]) if key else None

    def cite_keys(self, keys: Sequence[str]) -> tuple[Inline, list[str]]:
        """One citation of the works of these citation keys, and the keys that name no work."""
        known = sorted({self._of_key[k] for k in keys if k in self._of_key}, key=self._order.index)
        missing = [k for k in keys if k not in self._of_key]
        inner = "; ".join(self._cited[k][1:-1] for k in known)
        return (spans(f"({inner})") if inner else ()), missing

    def listed(self) -> list[Inline]:
        """The reference list, in the style's order."""
        return [spans(entry) for entry in self._listed]


def _rendered(
    items: Mapping[str, dict[str, Any]], small: Mapping[str, Mapping[str, str]], language: str
) -> tuple[dict[str, str], dict[str, str]]:
    with as_file(files("makna.report") / "csl" / "apa.csl") as style_file:
        style = CitationStylesStyle(str(style_file), locale=_LOCALES[language], validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(list(items.values())), formatter.html)
    citations = {key: Citation([CitationItem(key)]) for key in items}
    for citation in citations.values():
        bibliography.register(citation)
    cited = {key: str(bibliography.cite(c, _unknown)) for key, c in citations.items()}
    bibliography.sort()
    entries = {
        key: _mend(str(entry), items[key], small[key], language)
        for key, entry in zip(bibliography.keys, bibliography.bibliography(), strict=True)
    }
    _suffixes(cited, entries)
    return cited, entries


def _unknown(item: CitationItem) -> None:
    raise LookupError(item.key)  # every key was registered; silence would lose a work


def _suffixes(cited: dict[str, str], entries: dict[str, str]) -> None:
    """1969a, 1969b where two works would be cited alike, in the order of the list (APA 7, section 8.19)."""
    alike: dict[str, list[str]] = defaultdict(list)
    for key in entries:
        alike[cited[key]].append(key)
    for keys in alike.values():
        for n, key in enumerate(keys if len(keys) > 1 else []):
            letter = chr(ord("a") + n)
            cited[key] = _lettered(_CITED_YEAR, cited[key], letter)
            entries[key] = _lettered(_ENTRY_YEAR, entries[key], letter)


def _lettered(year: regex.Pattern[str], text: str, letter: str) -> str:
    """The first year of *text* with its letter: 1969a, n.d.-a."""
    found = year.search(text)
    if found is None:
        return text
    dash = "" if found[1].isdigit() else "-"
    return f"{text[: found.end(1)]}{dash}{letter}{text[found.end(1) :]}"


def _prepared(csl: Mapping[str, Any], key: str) -> dict[str, Any]:
    """A copy under our key, without fields that citeproc-py would misread."""
    item = {
        k: v for k, v in csl.items() if v not in (None, "", [], {}) and k not in ("id", "abstract", "keyword")
    }
    authors = [a.get("literal") for a in item.get("author", [])]
    if item.get("type") == "webpage" and item.get("container-title") in authors:
        item.pop("container-title", None)  # the site is its own author: APA 7, section 10.16
    for role in _PEOPLE & item.keys():
        item[role] = [_capital(person) for person in item[role]]
    return {"type": "document", **item, "id": key}


def _capital(person: Mapping[str, Any]) -> dict[str, Any]:
    """A name whose given part is written small with capitals, or the formatter finds no initials in it."""
    given = str(person.get("given", ""))
    return {**person, "given": given.title()} if given and given == given.lower() else dict(person)


def _small(csl: Mapping[str, Any]) -> dict[str, str]:
    """The initials of names that their bearers write small, as the formatter gives them → as they are written."""
    found = {}
    for person in (p for role in sorted(_PEOPLE & csl.keys()) for p in csl[role]):
        given, family = str(person.get("given", "")), str(person.get("family", ""))
        if given and given == given.lower():
            initials = " ".join(f"{part[0]}." for part in regex.findall(r"\p{L}+", given))
            found[f"{family}, {initials.upper()}"] = f"{family}, {initials}"
    return found


def _mend(entry: str, item: Mapping[str, Any], small: Mapping[str, str], language: str) -> str:
    entry = regex.sub(r"\((eds?\.)\)", lambda m: f"({m[1].capitalize()})", entry)
    entry = entry.replace(" (Publication) [", " [") if item["type"] == "thesis" else entry
    entry = _RETRIEVED.sub("", entry)
    for formatted, written in small.items():
        entry = entry.replace(formatted, written)
    if not item.get("author"):
        entry = _once(entry, item)
    if language == "id":
        entry = _DATE.sub(r", \2 \1", entry)
        entry = regex.sub(r"(?<=\()(\d+) ed\.", r"ed. ke-\1", entry)
    return entry


def _once(entry: str, item: Mapping[str, Any]) -> str:
    """Without the second copy of what stands in the author's place."""
    if item.get("editor"):
        return regex.sub(r" \([^()]*, [Ee]ds?\.\)", "", entry, count=1)
    head, dot, tail = entry.partition("). ")
    title = head.rpartition(". (")[0]
    return f"{head}{dot}{tail[len(title) + 2 :]}" if title and tail.startswith(title + ". ") else entry


class _Spans(HTMLParser):
    """The formatter's HTML as spans: italics kept, DOIs linked: no other address leads out of a report."""

    def __init__(self) -> None:
        super().__init__()
        self.spans: list[Span] = []
        self._italic = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._italic += tag == "i"

    def handle_endtag(self, tag: str) -> None:
        self._italic -= tag == "i"

    def handle_data(self, data: str) -> None:
        style = "em" if self._italic else "plain"
        for n, part in enumerate(regex.split(r"(https://doi\.org/\S+[^\s.,;)])", data)):
            if part:
                self.spans.append(Span(part, style, href=part if n % 2 else None))


def spans(html: str) -> Inline:
    """A rendered reference as spans."""
    parser = _Spans()
    parser.feed(html)
    parser.close()
    return tuple(parser.spans)
