"""Messages out of the source into the Indonesian catalogue: ``update`` writes it, ``check`` fails when it is stale.

A message is the string literal handed to ``_``, ``N_``, ``ngettext`` or a ``gettext`` method anywhere in the source.
Others reach the catalogue only at run time, so they are gathered from where they are written: sentences of errors
(``_(SomeError.__doc__)``), the columns of lens tables, the categories of the word lists lenses use, the help of commands
and options, and the values listed in ``locale/data_words.txt``. Click's own words stand in ``click.po``.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from makna import wordlists
from makna.cli import cli
from makna.cli.saying import helps

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "makna"
CATALOGUE = SOURCE / "locale" / "id" / "LC_MESSAGES" / "makna.po"
DATA_WORDS = SOURCE / "locale" / "data_words.txt"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
_COLUMN = re.compile(r'\("(\w+)", pa\.\w+\(')
_DOCUMENTED = re.compile(r"\b_\((\w+)\.__doc__")
_FIELD = re.compile(r"\{(\w*)")


def extracted() -> Catalog:
    """All messages that stand in the source now."""
    found = Catalog(project="makna", locale="id")
    kinds = [("**.py", "python"), ("web/templates/**.html", "jinja2")]
    for _file, _line, message, _comments, context in extract_from_dir(str(SOURCE), kinds, keywords=KEYWORDS):
        if message:
            found.add(message, context=context)
    for message in (*_sentences_of_errors(), *_columns(), *_categories(), *_data_words(), *_helps()):
        found.add(message)
    return found


def _sentences_of_errors() -> Iterator[str]:
    sources = [file.read_text(encoding="utf-8") for file in sorted(SOURCE.rglob("*.py"))]
    named = {name for text in sources for name in _DOCUMENTED.findall(text)}
    for text in sources:
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef) and node.name in named:
                yield ast.get_docstring(node) or ""


def _columns() -> Iterator[str]:
    """Heads of lens tables, as the report says them: words without underscores."""
    for file in sorted((SOURCE / "analysis" / "lenses").glob("*.py")):
        yield from (name.replace("_", " ") for name in _COLUMN.findall(file.read_text(encoding="utf-8")))


def _categories() -> Iterator[str]:
    for name in wordlists.names():
        if name.endswith(("_cues", "_moves")) and not name.startswith("door_"):
            yield from sorted(category for category in wordlists.load(name).categories() if category)


def _data_words() -> Iterator[str]:
    for line in DATA_WORDS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def _helps() -> Iterator[str]:
    """What the command line says of its commands and options."""
    yield from (text for _owner, text in helps(cli))


def stored() -> Catalog:
    """The Indonesian catalogue as it is."""
    with CATALOGUE.open("rb") as source:
        return read_po(source, locale="id")


def update() -> None:
    """Add new messages to the catalogue and take out those that no source says any more; translations stay."""
    catalogue = stored()
    catalogue.update(extracted(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    with CATALOGUE.open("wb") as target:
        write_po(target, catalogue, sort_output=True, no_location=True, width=110)


def faults(wanted: Catalog, catalogue: Catalog) -> Iterator[str]:
    """What is wrong with *catalogue* for the messages *wanted*, a line each."""
    for message in wanted:
        entry = catalogue.get(message.id, message.context) if message.id else None
        if message.id and entry is None:
            yield f"not in the catalogue: {message.id}"
        elif entry is not None and (entry.fuzzy or not all(_strings(entry))):
            yield f"not translated: {message.id}"
        elif entry is not None and not _same_fields(entry):
            yield f"other fields in the translation: {message.id}"
    for entry in catalogue:
        if entry.id and wanted.get(entry.id, entry.context) is None:
            yield f"no longer in the source: {entry.id}"


def _strings(entry: Message) -> tuple[str, ...]:
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)


def _same_fields(entry: Message) -> bool:
    """Whether every form of the translation fills the fields of the source (a plural form may leave one out)."""
    ids = (entry.id,) if isinstance(entry.id, str) else tuple(entry.id)
    known = {name for text in ids for name in _FIELD.findall(text)}
    told = [set(_FIELD.findall(text)) for text in _strings(entry)]
    return all(names <= known for names in told) and set().union(*told) == known


def main(command: str) -> int:
    """Update the catalogue, or name what is missing or left over in it."""
    if command == "update":
        update()
    found = list(faults(extracted(), stored()))
    for fault in found:
        print(fault, file=sys.stderr)
    return 1 if found and command == "check" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
