"""What the commands share: which study is meant, how an answer is printed, how progress is shown."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import click
import orjson
from tqdm import tqdm

from makna.errors import NoSuchStudy
from makna.i18n import N_, _

if TYPE_CHECKING:
    from makna.library import Library, Study


def library_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--library FOLDER``, handed on as a :class:`makna.Library`."""

    @click.option(
        "--library",
        "folder",
        type=click.Path(path_type=Path),
        envvar="MAKNA_LIBRARY",
        help="The library's folder.",
    )
    @wraps(command)
    def wrapped(folder: Path | None, **rest: Any) -> Any:
        from makna.library import Library  # noqa: PLC0415  (slow to read, and not every command needs it)

        return command(library=Library(folder), **rest)

    return wrapped


def study_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--study NAME``, else the study of the working directory, else the only one."""

    @library_option
    @click.option(
        "--study", "study_name", help="The study; else that of the working directory, else the only one."
    )
    @wraps(command)
    def wrapped(library: Library, study_name: str | None, **rest: Any) -> Any:
        return command(study=chosen(library, study_name), **rest)

    return wrapped


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")(command)


def chosen(library: Library, name: str | None) -> Study:
    """The study that is meant; raises :class:`NoSuchStudy` with the way to say which."""
    if name:
        return library.study(name)
    here = Path.cwd().resolve()
    for folder in (here, *here.parents):
        if (folder / "study.json").is_file():
            from makna.library import Study  # noqa: PLC0415

            return Study(folder)
    names = library.names()
    if len(names) == 1:
        return library.study(names[0])
    if not names:
        raise NoSuchStudy(
            _("The library {library} holds no study yet. Make one: makna new NAME").format(
                library=library.path
            )
        )
    raise NoSuchStudy(_("Say which study: --study NAME. There are: {names}").format(names=", ".join(names)))


def print_json(answer: Mapping[str, Any]) -> None:
    """One JSON object on standard output."""
    click.echo(
        orjson.dumps(answer, default=str, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode()
    )


def print_rows(rows: Iterable[Mapping[str, Any]], *, as_json: bool, columns: tuple[str, ...] = ()) -> None:
    """Rows as JSON, or as columns separated by tabs under their names."""
    rows = list(rows)
    if as_json:
        print_json({"rows": rows})
        return
    names = columns or tuple(rows[0]) if rows else columns
    click.echo("\t".join(names))
    for row in rows:
        click.echo("\t".join(_cell(row[name]) for name in names))


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    return "" if value is None else str(value).replace("\n", " ⏎ ")


_STAGES = {
    "survey": N_("surveying"), "disguise": N_("disguising"), "lock": N_("encrypting"), "unlock": N_("decrypting"),
    "seek": N_("looking for it"), "erase": N_("erasing"), "index": N_("indexing"),
    "review": N_("reviewing"),
}  # fmt: skip


def _unheard(what: Any) -> None:
    """Where Ctrl-C falls into the end of an object it cannot be raised; the next step hears it, and nothing is said here."""
    if what.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(what)


class Bar:
    """A progress bar over the readings of a source, on standard error, with rate and time left.

    While it stands, Ctrl-C is heard even where it falls into a call of another library that swallows it: the next
    step of the work stops then.
    """

    def __init__(self, size: int) -> None:
        self._stop = False
        self._before: Any = None
        self._bar = tqdm(total=size, unit="B", unit_scale=True, file=sys.stderr, disable=None, leave=False)
        self._stage = ""

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._heard)
            self._hook, sys.unraisablehook = sys.unraisablehook, _unheard
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
            sys.unraisablehook = self._hook
        self._bar.close()

    def _heard(self, number: int, frame: object) -> None:
        self._stop = True
        raise KeyboardInterrupt

    def __call__(self, stage: str, size: int) -> None:
        """Count *size* bytes more of a stage; a new stage begins at nought."""
        if self._stop:
            raise KeyboardInterrupt
        if stage != self._stage:
            self._stage = stage
            self._bar.reset()
            self._bar.set_description(_(_STAGES[stage]))
        self._bar.update(size)
