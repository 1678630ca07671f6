"""Reading the tables of a study's TOML files: typed, strict, each complaint with its file, table, key and remedy."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex

from makna.errors import RecordFileError
from makna.i18n import _

LANGUAGES = ("id", "en")


@dataclass(frozen=True)
class Text:
    """A researcher's words in Indonesian, English or both. A text given in one language only has None in the other."""

    id: str | None = None
    en: str | None = None

    def said(self, language: str) -> tuple[str, str]:
        """(the text, the language it is in): *language* where there is one, else the other."""
        other = "en" if language == "id" else "id"
        first = getattr(self, language)
        return (first, language) if first else (getattr(self, other) or "", other)

    def __bool__(self) -> bool:
        return bool(self.id or self.en)


@dataclass(frozen=True)
class Table:
    """One table of a file. *name* is how messages call it: "finding 2", "sampling", "" for the head of the file."""

    file: str
    name: str
    values: Mapping[str, Any]
    language: str = "id"  # what a plain string is in

    def error(self, key: str, remedy: str) -> RecordFileError:
        """The complaint about *key* of this table."""
        if not self.name:
            return RecordFileError(
                _("{file}, key {key}: {remedy}.").format(file=self.file, key=key, remedy=remedy)
            )
        message = _("{file}, {table}, key {key}: {remedy}.")
        return RecordFileError(message.format(file=self.file, table=self.name, key=key, remedy=remedy))

    def only(self, *known: str) -> None:
        """Refuse keys that nobody reads: a misspelt key must not vanish."""
        unknown = sorted(set(self.values) - set(known))
        if unknown:
            raise self.error(unknown[0], _("no such key; there are: {known}").format(known=", ".join(known)))

    def has(self, key: str) -> bool:
        return key in self.values

    def word(self, key: str, default: str | None = None) -> str:
        """A string that is not empty; *default* where the key is absent and a default is given."""
        value = self.values.get(key, default)
        if not isinstance(value, str) or not value.strip():
            raise self.error(key, _("write a text in quotes"))
        return value.strip()

    def maybe_word(self, key: str) -> str | None:
        return self.word(key) if self.has(key) else None

    def words(self, key: str) -> tuple[str, ...]:
        """A list of strings; one string alone counts as a list of one."""
        value = self.values.get(key, [])
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise self.error(key, _('write a list of texts, such as ["…", "…"]'))
        return tuple(v.strip() for v in value)

    def choice(self, key: str, known: Sequence[str], default: str | None = None) -> str:
        value = self.word(key, default)
        if value not in known:
            raise self.error(key, _("unknown; there are: {known}").format(known=", ".join(known)))
        return value

    def count(self, key: str, default: int | None = None, *, least: int = 0) -> int:
        """A whole number of at least *least*."""
        value = self.values.get(key, default)
        if type(value) is not int or value < least:  # True is an int to isinstance
            raise self.error(key, _("write a whole number, {least} or more").format(least=least))
        return value

    def maybe_count(self, key: str) -> int | None:
        return self.count(key) if self.has(key) else None

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.error(key, _("write true or false"))
        return value

    def day(self, key: str) -> dt.date | None:
        value = self.values.get(key)
        if value is not None and type(value) is not dt.date:  # a datetime is a date to isinstance
            raise self.error(key, _("write a day without quotes, such as 2021-03-04"))
        return value

    def text(self, key: str) -> Text:
        """A text that must be there, in one language or both."""
        value = self.maybe_text(key)
        if not value:
            raise self.error(key, _('write a text, or { id = "…", en = "…" }'))
        return value

    def maybe_text(self, key: str) -> Text:
        """A text, or an empty one where the key is absent."""
        return self._text(key, self.values[key]) if self.has(key) else Text()

    def texts(self, key: str) -> tuple[Text, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise self.error(key, _('write a list, such as [{ id = "…", en = "…" }]'))
        return tuple(self._text(key, item) for item in value)

    def table(self, key: str) -> Table:
        """The table under *key*; an empty one where the key is absent."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.error(key, _("write it as a table, [{key}]").format(key=key))
        return Table(self.file, f"{self.name}.{key}".lstrip("."), value, self.language)

    def tables(self, key: str) -> list[Table]:
        """The tables of an array, numbered from 1 in messages."""
        rows = self.values.get(key, [])
        path = key if not self.name else f"{regex.sub(r' .*', '', self.name)}.{key}"
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.error(key, _("write [[{path}]], with two brackets, before each").format(path=path))
        prefix = f"{self.name}, " if self.name else ""
        return [Table(self.file, f"{prefix}{key} {n}", row, self.language) for n, row in enumerate(rows, 1)]

    def _text(self, key: str, value: Any) -> Text:
        if isinstance(value, str) and value.strip():
            return Text(**{self.language: _tidy(value)})
        good = isinstance(value, dict) and value and set(value) <= set(LANGUAGES)
        if not good or not all(isinstance(v, str) and v.strip() for v in value.values()):
            raise self.error(key, _('write a text, or { id = "…", en = "…" }'))
        return Text(**{language: _tidy(words) for language, words in value.items()})


def _tidy(text: str) -> str:
    """Lines joined, paragraphs (empty lines) kept."""
    parts = regex.split(r"\n\s*\n", text.strip())
    return "\n\n".join(" ".join(part.split()) for part in parts)


def load(path: Path) -> Table:
    """The head of the TOML file *path*; raises what :func:`values_of` raises."""
    return Table(path.name, "", values_of(path))


def values_of(path: Path) -> dict[str, Any]:
    """What the TOML file *path* says. Raises :class:`RecordFileError` with the line of what is no TOML."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        message = _("{name} is not saved as UTF-8: save it again as UTF-8.").format(name=path.name)
        raise RecordFileError(message) from None
    except tomllib.TOMLDecodeError as error:
        place = regex.search(r"at line (\d+), column (\d+)", str(error))
        message = _("{name}, line {line}: this is no TOML. Check quotes, brackets and commas there.")
        line = place[1] if place else _("the last")
        raise RecordFileError(message.format(name=path.name, line=line)) from None
    except OSError as error:
        message = _("{name} cannot be opened ({reason}).")
        raise RecordFileError(message.format(name=path.name, reason=error.strerror)) from None
