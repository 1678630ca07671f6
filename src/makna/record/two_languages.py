"""Texts of the record, which are in one language each, in the other as well where the study's files say them in both."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from importlib.resources import files

from makna.corpus import language, tokens
from makna.i18n import catalogue
from makna.record.findings_file import Finding, NegativeCase
from makna.record.toml_table import LANGUAGES, Text

FRAME = "frames/interaction.toml"
SEARCHED = "Searched for: {what}. Found: {n}."


class Translations:
    """Knows the texts of the study's files. A text that was changed in the record since is in its own language alone."""

    def __init__(self, known: Iterable[Text]) -> None:
        self._known = {said.strip(): text for text in known for said in (text.id, text.en) if said}

    def __call__(self, text: str) -> Text:
        """*text* in the languages there are."""
        if not text:
            return Text()
        return self._known.get(text.strip()) or Text(**{_guessed(text): text})


def _guessed(text: str) -> str:
    guess = language.guess([token for token, _start, _end in tokens.tokenise(text)])
    return guess if guess == "en" else "id"


def texts_of(findings: Iterable[Finding]) -> Iterator[Text]:
    """Everything that findings of a file say, as the record says it."""
    for finding in findings:
        yield from (finding.claim, finding.argument)
        for piece in finding.evidence:
            yield from (piece.paraphrase, piece.note)
        yield from map(search_told, finding.negative_cases)


def frame_brought_along() -> Iterator[Text]:
    """What the frame that Makna ships says."""
    told = tomllib.loads(files("makna.record").joinpath(FRAME).read_text(encoding="utf-8"))
    for concept in told["concept"]:
        yield from (Text(**concept["name"]), Text(**concept["definition"]))


def search_told(case: NegativeCase) -> Text:
    """A search for negative cases as one text: what was searched for, how many were found, and the note on it."""
    return Text(**{one: _told(case, one) for one in LANGUAGES if getattr(case.searched, one)})


def _told(case: NegativeCase, spoken: str) -> str:
    gettext = catalogue(spoken).gettext
    what = case.searched.said(spoken)[0].strip().removesuffix(".")
    return f"{gettext(SEARCHED).format(what=what, n=case.found)} {case.note.said(spoken)[0]}".strip()
