"""The Indonesian catalogue, compiled where the checkout has only its source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import makna


@pytest.fixture(scope="session")
def gettexts() -> dict[str, Callable[[str], str]]:
    """The catalogues of both languages, read from their source: a test never depends on what was compiled when."""
    source = Path(makna.__file__).parent / "locale" / "id" / "LC_MESSAGES" / "makna.po"
    with source.open("rb") as file:
        said = {
            one: string
            for m in read_po(file)
            if m.id and m.string
            for one, string in zip(_each(m.id), _each(m.string), strict=True)
        }
    return {"id": lambda message: said.get(message, message), "en": lambda message: message}


def _each(said: object) -> tuple[str, ...]:
    """A message, or one with its plural."""
    return tuple(map(str, said)) if isinstance(said, list | tuple) else (str(said),)
