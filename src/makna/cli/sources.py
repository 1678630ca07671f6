"""Commands about sources: add, remove, unlock."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from makna.cli import asking, telling
from makna.cli.common import Bar, json_option, print_json, print_rows, study_option
from makna.cli.group import STOPPED
from makna.corpus.model import AccessBasis, SourceKind
from makna.corpus.readers import mapping as mappings
from makna.errors import UnreadableFile
from makna.i18n import _
from makna.library import Library, Study
from makna.record import study_file

KINDS = [k.value for k in SourceKind]
_LATER = ("keep", "delete", "encrypt")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@study_option
@click.option(
    "--kind", type=click.Choice(KINDS), help="What the source is to the method; else guessed from its form."
)
@click.option(
    "--access", type=click.Choice([a.value for a in AccessBasis]), default="public", show_default=True
)
@click.option("--permission", help="Whose permission or consent, for closed and private material; no name.")
@click.option("--map", "mapped", help="Columns of a table, as in text=Isi,handle=Akun; or a mapping file.")
@click.option("--sheet", help="The sheet of a workbook.")
@click.option(
    "--pdfs", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Folder of full texts."
)
@click.option("--title", help="A title for a note or a transcript.")
@click.option("--date", help="When an interview or a note was made, where the file does not say: 2021-03-14.")
@click.option(
    "--harvest",
    type=click.Path(path_type=Path),
    help="TOML that says what was searched; else study.toml does.",
)
@click.option(
    "--minors-approval",
    help="The written approval, by whom and when, under which records of people under 18 are kept.",
)
@click.option(
    "--mask-names",
    is_flag=True,
    help="Ask, hidden, for more names to mask (or read them from standard input).",
)
@click.option("--preview", is_flag=True, help="Show the first records after the door; write nothing.")
@click.option(
    "--source",
    "later",
    type=click.Choice(_LATER),
    help="What becomes of FILE afterwards; else asked, or kept.",
)
@json_option
def add(
    study: Study, file: Path, mapped: str | None, mask_names: bool, preview: bool, later: str | None,
    as_json: bool, **said: Any,
) -> None:  # fmt: skip
    """Import FILE through the door, all of it or nothing."""
    if os.access(file, os.R_OK) and file.is_dir():
        later = _of_a_folder(file, later)
    secret = asking.passphrase(new=True) if later == "encrypt" and not preview else ""
    options = {
        "kind": said["kind"], "access": said["access"], "mapping": _mapping(mapped), "sheet": said["sheet"],
        "pdf_folder": said["pdfs"], "title": said["title"],
        "masked_names": asking.lines(_("Name to mask (empty to end)")) if mask_names else (),
    }  # fmt: skip
    if preview:
        print_rows(study.preview(file, **options), as_json=as_json)
        return
    options |= {"permission": said["permission"], "date": said["date"], "harvest": _harvest(said["harvest"])}
    options["minors_approval"] = said["minors_approval"]
    report = _added(study, file, options)
    if as_json:
        shown = report.asdict()
        print_json({**shown, "source": _disposed(file, later or "keep", secret), "rows": [shown]})
        return
    telling.tell(report)
    if later is None and report.kind == SourceKind.LITERATURE.value:
        return  # what is published need not be hidden
    if later is None and asking.interactive():
        later, secret = _asked(file)
    done = _disposed(file, later or "keep", secret)
    click.echo(telling.afterwards(file, done))


def _of_a_folder(file: Path, later: str | None) -> str:
    """What becomes of a folder: it is kept. Raises :class:`UnreadableFile` where something else is asked for."""
    if later in ("encrypt", "delete"):
        message = _(
            "{name} is a folder, which Makna neither encrypts nor deletes: add its ZIP, or leave --source out and delete "
            "the folder yourself."
        )
        raise UnreadableFile(message.format(name=file.name))
    return "keep"


def _added(study: Study, file: Path, options: dict[str, Any]) -> Any:
    """The report of the import; Ctrl-C leaves the study as it was and says so."""
    size = file.stat().st_size if os.access(file, os.R_OK) else 0
    before = len(study.batches())
    try:
        with Bar(size) as bar:
            return study.add(file, progress=bar, **options)
    except KeyboardInterrupt:
        if len(study.batches()) == before:
            click.echo(_("Stopped. The study is as it was."), err=True)
        else:
            number = study.batches()[-1].number
            message = _("Stopped, after batch {n} was in. To take it out: makna remove {n}")
            click.echo(message.format(n=number), err=True)
        sys.exit(STOPPED)


def _mapping(stated: str | None) -> dict[str, str] | None:
    if stated is None:
        return None
    if "=" not in stated:
        return dict(mappings.read_file(Path(stated)))
    return dict(mappings.parse(stated))


def _harvest(stated: Path | None) -> dict[str, Any] | None:
    return study_file.read_harvest(stated).asdict() if stated else None


def _asked(file: Path) -> tuple[str, str]:
    """What shall become of the source, asked at the terminal; one who does not answer keeps it."""
    words = {_("encrypt"): "encrypt", _("delete"): "delete", _("keep"): "keep"}
    click.echo(
        _("The source {file} still holds everything that the door took out.").format(file=file), err=True
    )
    try:
        word = click.prompt(
            _("Encrypt it, delete it or keep it?"),
            type=click.Choice(list(words)),
            default=_("encrypt"),
            err=True,
        )
        later = words[word]
        return later, asking.passphrase(new=True) if later == "encrypt" else ""
    except click.Abort:
        return "keep", ""


def _disposed(file: Path, later: str, secret: str) -> dict[str, str]:
    """Do what was decided about the source; says what became of it, and where it lies."""
    if later == "encrypt":
        with Bar(file.stat().st_size) as bar:
            locked = Library.lock_source(file, secret, told=lambda done: bar("lock", done))
        return {"became": "encrypted", "file": str(locked)}
    if later == "delete":
        Library.delete_source(file)
        return {"became": "deleted", "file": str(file)}
    return {"became": "kept", "file": str(file)}


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
def unlock(file: Path, as_json: bool) -> None:
    """Give a source file back that Makna put under a passphrase (FILE.makna-locked)."""
    secret = asking.passphrase(new=False)
    with Bar(file.stat().st_size) as bar:
        plain = Library.unlock_source(file, secret, told=lambda done: bar("unlock", done))
    if as_json:
        print_json({"file": str(plain)})
    else:
        click.echo(_("{file} is there again. The locked file stays too.").format(file=plain))


@click.command()
@click.argument("batch", type=int)
@study_option
@json_option
def remove(study: Study, batch: int, as_json: bool) -> None:
    """Take BATCH out of the study whole."""
    study.remove(batch)
    if as_json:
        print_json({"study": study.name, "removed": batch})
    else:
        click.echo(_("Batch {n} is gone.").format(n=batch))


COMMANDS = (add, remove, unlock)
