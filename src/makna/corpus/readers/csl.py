"""From fields of BibTeX and RIS to CSL-JSON (citationstyles.org, schema 1.0.2): types, names, dates, pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import regex

from makna.corpus.readers import dates

BIBTEX_TYPES = {
    "article": "article-journal", "book": "book", "mvbook": "book", "collection": "book", "mvcollection": "book",
    "proceedings": "book", "mvproceedings": "book", "inbook": "chapter", "bookinbook": "chapter", "incollection": "chapter",
    "suppbook": "chapter", "inproceedings": "paper-conference", "conference": "paper-conference", "phdthesis": "thesis",
    "mastersthesis": "thesis", "bachelorsthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report",
    "online": "webpage", "electronic": "webpage", "www": "webpage", "unpublished": "manuscript", "manual": "report",
    "booklet": "pamphlet", "patent": "patent", "dataset": "dataset", "software": "software", "video": "motion_picture",
    "movie": "motion_picture", "audio": "song", "legislation": "legislation", "jurisdiction": "legal_case",
    "inreference": "entry-encyclopedia", "reference": "book", "periodical": "periodical", "letter": "personal_communication",
    "standard": "standard", "misc": "document",
}  # fmt: skip
RIS_TYPES = {
    "JOUR": "article-journal", "EJOUR": "article-journal", "JFULL": "article-journal", "INPR": "article-journal",
    "ABST": "article-journal", "MGZN": "article-magazine", "NEWS": "article-newspaper", "BOOK": "book", "EBOOK": "book",
    "EDBOOK": "book", "SER": "book", "CLSWK": "book", "CHAP": "chapter", "ECHAP": "chapter", "CONF": "paper-conference",
    "CPAPER": "paper-conference", "THES": "thesis", "RPRT": "report", "GOVDOC": "report", "ELEC": "webpage",
    "ICOMM": "webpage", "BLOG": "post-weblog", "UNPB": "manuscript", "MANSCPT": "manuscript", "ENCYC": "entry-encyclopedia",
    "DICT": "entry-dictionary", "DATA": "dataset", "DBASE": "dataset", "AGGR": "dataset", "COMP": "software",
    "MPCT": "motion_picture", "VIDEO": "motion_picture", "ADVS": "motion_picture", "MULTI": "motion_picture",
    "SOUND": "song", "MUSIC": "musical_score", "MAP": "map", "PAT": "patent", "BILL": "bill", "CASE": "legal_case",
    "STAT": "legislation", "LEGAL": "legislation", "HEAR": "hearing", "PAMP": "pamphlet", "PCOMM": "personal_communication",
    "SLIDE": "speech", "STAND": "standard", "ART": "graphic", "FIGURE": "figure", "CHART": "figure", "GEN": "document",
}  # fmt: skip
_ORDINALS = {
    word: str(n)
    for n, words in enumerate(
        ("first pertama", "second kedua", "third ketiga", "fourth keempat", "fifth kelima"), 1
    )
    for word in words.split()
}
_LANGUAGES = {
    "indonesian": "id", "bahasa": "id", "indonesia": "id", "bahasa indonesia": "id", "english": "en", "american": "en-US",
    "british": "en-GB", "inggris": "en", "dutch": "nl", "german": "de", "french": "fr",
}  # fmt: skip
_PARTICLE = r"(?:(?:\p{Ll}[\p{Ll}'’]*|d['’])\s+)*(?:\p{Ll}[\p{Ll}]*\s+|[dl]['’])"


def name(text: str) -> dict[str, str] | None:
    """A CSL name from ``family, given[, suffix]``; one word is a name of its own, several without comma an organisation."""
    parts = [p.strip() for p in text.split(",") if p.strip()]
    if not parts:
        return None
    if len(parts) == 1:
        return {"literal": parts[0]} if " " in parts[0] else {"family": parts[0]}
    found = {**family(parts[0]), "given": parts[1]}
    if len(parts) > 2:
        suffix = parts[2:]
        found["suffix"] = ", ".join(suffix)
    return found


def family(text: str) -> dict[str, str]:
    """The family name with its particle apart (``van Dijk``, ``de la Vallée``, ``d'Angelo``)."""
    match = regex.match(rf"^({_PARTICLE})(\p{{Lu}}.*)$", text)
    return {"non-dropping-particle": match[1].strip(), "family": match[2]} if match else {"family": text}


def date(text: str) -> dict[str, Any] | None:
    """A CSL date: year, month and day as far as stated; a range as two; None where no year is stated."""
    plain = regex.sub(
        r"^(\d{4})/(\d{1,2})(?:/(\d{1,2})?)?(?:/.*)?$", _dashed, text.strip()
    )  # RIS: 2020/03/04/
    ends = [_parts(end) for end in regex.split(r"(?<=\d{4})\s*(?:/|--?|–)\s*(?=\d{4})", plain)]
    found = [parts for parts in ends if parts]
    return {"date-parts": found[:2]} if found else None


def _dashed(match: regex.Match[str]) -> str:
    return "-".join(part.zfill(2) for part in match.groups() if part)


def _parts(text: str) -> list[int]:
    stated = dates.iso(text)
    if stated:
        return [int(p) for p in stated.split("-")]
    year = regex.search(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)", text)
    return [int(year[1])] if year else []


def pages(text: str) -> str:
    """Page ranges with one hyphen each."""
    return regex.sub(r"\s*(?:-{1,3}|[–—])\s*", "-", text.strip().removeprefix("pp.").strip())


def edition(text: str) -> str:
    """The number of an edition ("2nd ed.", "Second", "Cet. ke-2"), else the words."""
    number = regex.search(r"\d+", text)
    word = next((w for w in regex.findall(r"\p{L}+", text.lower()) if w in _ORDINALS), None)
    return number[0] if number else _ORDINALS[word] if word else text.strip()


def doi(text: str) -> str:
    """A bare DOI, without resolver."""
    return regex.sub(r"^\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", text, flags=regex.IGNORECASE).strip()


def language(text: str) -> str:
    """A language tag, where the name is a common one."""
    return _LANGUAGES.get(text.strip().lower(), text.strip())


def paragraphs(text: str) -> list[str]:
    """The paragraphs of an abstract: parted by empty lines, other line ends are spaces."""
    plain = regex.sub(r"</?(?:jats:)?(?:p|sec|title|br)\s*/?>", "\n\n", text)
    plain = regex.sub(r"</?(?:jats:)?(?:i|b|em|strong|sub|sup|italic|bold|span)\b[^<>]*>", "", plain)
    return [p for part in regex.split(r"\n\s*\n", plain) if (p := " ".join(part.split()))]


def filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    """*fields* without those that hold nothing."""
    return {key: value for key, value in fields.items() if value}


def names(texts: Iterable[str]) -> list[dict[str, str]]:
    """CSL names of several persons."""
    return [found for text in texts if (found := name(text))]


def made_key(csl: Mapping[str, Any]) -> str:
    """A citation key for a reference that has none: first author's family name and the year."""
    people = csl.get("author") or csl.get("editor") or [{}]
    who = people[0].get("family") or people[0].get("literal") or csl.get("title") or "reference"
    when = csl.get("issued", {}).get("date-parts", [["nd"]])[0][0]
    return regex.sub(r"[^\p{L}\p{N}]+", "", str(who)).lower()[:24] + str(when)
