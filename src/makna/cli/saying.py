"""The command line in the language asked for: Click's own words, and the help of every command and option."""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from pathlib import Path

import click

from makna import i18n

_FOLDER = Path(i18n.__file__).parent / "locale"
_English = tuple[click.Command | click.Option, str]
_english: list[_English] = []


def in_the_chosen_language(root: click.Command) -> None:
    """Let everything below *root* speak the language that ``MAKNA_LANG`` or the locale asks for."""
    language = i18n.preferred()
    i18n.use(language)
    if language == "en":
        gettext.textdomain("messages")
    else:  # Click asks Python's gettext, which looks for the language here
        os.environ["LANGUAGE"] = language
        gettext.bindtextdomain("click", str(_FOLDER))
        gettext.textdomain("click")
    if not _english:
        _english.extend(helps(root))
    for owner, text in _english:
        owner.help = i18n._(text)


def helps(command: click.Command) -> Iterator[_English]:
    """Every command and option below *command* that has a help text, with that text in English."""
    if command.help:
        yield command, command.help
    yield from ((p, p.help) for p in command.params if isinstance(p, click.Option) and p.help)
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from helps(inner)
