"""Reference pages written from the program itself: ``write`` makes them, ``check`` fails when one is stale.

The pages are the command line (from its click commands), ``makna.Library`` and the measures (from their docstrings).
"""

from __future__ import annotations

import importlib
import inspect
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

os.environ["MAKNA_LANG"] = "en"  # before Makna chooses the language of its messages

import click

from makna.cli import cli
from makna.library import Library, Study

DOCS = Path(__file__).parents[1] / "docs"
WRITTEN = "<!-- Written by scripts/reference.py: change the program, then run `make reference`. -->"
MEASURES = (
    "wordlist", "keyness", "effects", "lrc", "collocation", "contingency", "dispersion", "dispersion_scores",
    "concordance", "agreement", "unitizing", "saturation", "crossing", "cooccurrence", "likeness",
)  # fmt: skip


def command_page() -> str:
    """Every command with its arguments, options and defaults."""
    head = [
        "# Command line",
        WRITTEN,
        "`--json` prints one object whose rows stand under `rows`. Progress and messages go to standard error."
        " Exit 0: done. Exit 1: refused, with the reason. Exit 2: misuse.",
        "The study is the one named by `--study`, else that of the working directory, else the only one. The library"
        " is the folder named by `--library` or `MAKNA_LIBRARY`, else a folder in your documents.",
    ]
    return _joined([*head, *_command(cli, "makna", 1)])


def _command(command: click.Command, path: str, depth: int) -> Iterator[str]:
    context = click.Context(command, info_name=path)
    if depth > 1:
        yield f"{'#' * depth} `{path}`"
        yield inspect.cleandoc(command.help or "")
    if isinstance(command, click.Group):
        for name in sorted(command.list_commands(context)):
            inner = command.get_command(context, name)
            if inner is not None and not inner.hidden:
                yield from _command(inner, f"{path} {name}", depth + 1)
        return
    yield f"```console\n$ {path} {' '.join(command.collect_usage_pieces(context))}\n```"
    options = [o for o in command.params if isinstance(o, click.Option) and not o.hidden]
    if options:
        yield "\n".join(["| option | meaning | default |", "|---|---|---|", *(_option(o) for o in options)])


def _option(option: click.Option) -> str:
    names = ", ".join((*option.opts, *option.secondary_opts))
    value = _value(option)
    default = (
        "" if option.default in (None, (), False) or not _plain(option.default) else f"`{option.default}`"
    )
    choices = (
        ", ".join(f"`{c}`" for c in option.type.choices) if isinstance(option.type, click.Choice) else ""
    )
    told = (option.help, f"One of {choices}." if choices else "", "Repeatable." if option.multiple else "")
    meaning = " ".join(part for part in told if part).replace("|", "\\|")
    return f"| `{names}{value}` | {meaning} | {default} |"


def _value(option: click.Option) -> str:
    if option.is_flag:
        return ""
    return " " + (option.metavar or re.sub(r"\W.*", "", option.type.name).upper())


def _plain(value: object) -> bool:
    return isinstance(value, str | int | float)


def library_page() -> str:
    """The classes a script or a notebook works with."""
    parts = [
        "# `makna.Library`",
        WRITTEN,
        "The same actions as the command line, with tables as answers. A table of the corpus is an Ibis expression;"
        " an answer is a PyArrow table: `.to_pandas()` makes a data frame of it. Every refusal is a subclass of"
        " `makna.errors.MaknaError` whose message names the file, the position, the reason and the remedy.",
        '```python\nfrom makna import Library\n\nstudy = Library("my-library").study("pasar-makna")\n'
        'study.search("bebas OR terbuka", limit=5).to_pandas()\n```',
    ]
    for thing in (Library, Study):
        parts += [f"## `{thing.__name__}`", _doc(thing)]
        for name, member in _members(thing):
            if not name.startswith("_"):
                parts += [f"### `{_signature(name, member)}`", _doc(member)]
    return _joined(parts)


def _members(thing: type) -> Iterator[tuple[str, object]]:
    """The members of a class in the order of the source, those it inherits from the house first."""
    for owner in reversed(thing.__mro__):
        if owner.__module__.startswith("makna."):
            yield from vars(owner).items()


def measures_page() -> str:
    """Every public function of the measures with its formula and source, as its docstring gives them."""
    parts = [
        "# Measures, function by function",
        WRITTEN,
        "Measures are pure functions: Ibis tables or numbers in, Ibis tables, numbers or small dataclasses out."
        " Each is tested against worked examples that its literature prints.",
    ]
    for name in MEASURES:
        module = importlib.import_module(f"makna.analysis.{name}")
        parts += [f"## `makna.analysis.{name}`", _doc(module)]
        for function in _functions(module):
            parts += [f"### `{_signature(function.__name__, function)}`", _doc(function)]
    return _joined(parts)


def _functions(module: ModuleType) -> list[Callable[..., Any]]:
    own = [f for f in vars(module).values() if inspect.isfunction(f) and f.__module__ == module.__name__]
    return [f for f in own if not f.__name__.startswith("_")]


def _signature(name: str, member: object) -> str:
    """The call as one writes it; a property or constant is its bare name."""
    if not inspect.isfunction(member):
        return name
    given = [
        p.replace(annotation=inspect.Parameter.empty, default=_default(p.default))
        for p in inspect.signature(member).parameters.values()
        if p.name != "self"
    ]
    return f"{name}{inspect.Signature(given)}"


class _Written:
    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def _default(value: object) -> object:
    """A default that has no short way of being written becomes an ellipsis."""
    empty = value is inspect.Parameter.empty
    return value if empty or value is None or isinstance(value, str | int | float | tuple) else _Written("…")


def _doc(thing: object) -> str:
    """A docstring as Markdown: roles of Sphinx and double backticks become plain code."""
    text = inspect.getdoc(thing) or ""
    text = re.sub(r":\w+:`~?\.?([^`]+)`", r"`\1`", text).replace("``", "`")
    return re.sub(r"^::$", "", text, flags=re.MULTILINE)


def _joined(parts: list[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


PAGES = {"cli.md": command_page, "library.md": library_page, "measures-reference.md": measures_page}


def main(command: str) -> int:
    """Write the pages, or name those that no longer say what the program does."""
    stale = False
    for name, page in PAGES.items():
        file, text = DOCS / name, page()
        if command == "write":
            file.write_text(text, encoding="utf-8")
        elif not file.is_file() or file.read_text(encoding="utf-8") != text:
            print(f"docs/{name} is stale: run `make reference`", file=sys.stderr)
            stale = True
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
