"""The report of the demo: the same bytes in another process, and nothing in public that only examiners may read."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import regex

from makna.demo.phrases import load
from makna.demo.study import build
from makna.library import Library, Study
from makna.report.terms import LIKELY, candidates

_RENDER = """
import sys
from makna.library import Library
Library(sys.argv[1]).studies()[0].report(sys.argv[2])
"""
_TAGS = regex.compile(r"<(style|svg)\b.*?</\1>|<[^>]+>", regex.DOTALL)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """A small demo, imported for real."""
    folder = tmp_path_factory.mktemp("report")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAKNA_CONFIG", str(folder / "config"))
        yield build(Library(folder / "library"), posts=1200)


@pytest.fixture(scope="module")
def page(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return study.report(tmp_path_factory.mktemp("page") / "public.html")


def test_another_process_writes_the_same_bytes(study: Study, page: Path, tmp_path: Path) -> None:
    """Neither the order of sets nor a clock shows in a report: only the study and the day do."""
    other = tmp_path / "other.html"
    seeded = {**os.environ, "PYTHONHASHSEED": "7"}
    subprocess.run(
        [sys.executable, "-c", _RENDER, str(study.folder.parents[1]), str(other)], env=seeded, check=True
    )
    assert other.read_bytes() == page.read_bytes()


def test_the_public_edition_names_no_term_and_no_sign_of_argot(study: Study, page: Path) -> None:
    """What insiders alone understand stands nowhere in the lens tables, sentences, figures and quotes."""
    text = page.read_text(encoding="utf-8")
    lenses = text[text.index('id="id-lenses"') : text.index('id="id-disguise"')]
    quotes = " ".join(regex.findall(r'<blockquote class="verbatim.*?</blockquote>', text, regex.DOTALL))
    shown = _TAGS.sub(" ", lenses + quotes) + " ".join(regex.findall(r">([^<]+)</text>", lenses))
    spelled = {v for spec in load("argot").values() for v in spec["variants"]}
    known = spelled & (candidates([study.lens("argot")], first=LIKELY) or set())
    assert len(known) > 10
    named = {
        v
        for v in known
        if regex.search(rf"(?<![\p{{L}}\p{{N}}]){regex.escape(v)}(?![\p{{L}}\p{{N}}])", shown, regex.I)
    }
    assert named == set()


def test_the_public_edition_names_no_channel(page: Path) -> None:
    """Where an invitation leads is a category only: no lens table, sentence or figure names a messenger."""
    text = page.read_text(encoding="utf-8")
    lenses = text[text.index('id="id-lenses"') : text.index('id="id-disguise"')]
    assert not regex.search(r"WhatsApp|Telegram|\bLINE\b|pesan langsung", lenses)
