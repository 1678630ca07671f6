"""Commands about studies: new, status, seal, key, doctor."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from makna import wordlists
from makna.cli import asking, telling
from makna.cli.common import json_option, library_option, print_json, study_option
from makna.corpus import keys
from makna.corpus.disguise import measured
from makna.errors import StudyError
from makna.i18n import N_, _
from makna.library import Library, Study

_ACCESS = {
    "public": N_("public"), "closed": N_("closed, with permission"), "private": N_("private, with consent"),
}  # fmt: skip


@click.command()
@click.argument("name")
@click.option("--title", help="The title, where it differs from the name.")
@library_option
@json_option
def new(library: Library, name: str, title: str | None, as_json: bool) -> None:
    """Make an empty study named NAME."""
    study = library.create(name, title=title)
    if as_json:
        print_json({"study": study.name, "folder": str(study.folder)})
    else:
        click.echo(_("Made the study {name} in {folder}.").format(name=study.name, folder=study.folder))


@click.command()
@study_option
@json_option
def status(study: Study, as_json: bool) -> None:
    """Show what the study holds, batch by batch."""
    answer = study.status()
    if as_json:
        print_json(answer)
        return
    click.echo(f"{study.title} ({study.name})")
    for line in _undone(answer):
        click.echo(line)
    for batch in answer["rows"]:
        counts = batch["counts"]
        line = _("{n}: {kind}, {access}, {documents} documents, {units} units, by {reader}")
        click.echo(
            line.format(
                n=batch["number"],
                kind=_(batch["kind"].replace("_", " ")),
                access=_(_ACCESS[batch["access"]]),
                reader=batch["reader"],
                **counts,
            )
        )
    if not answer["rows"]:
        click.echo(_("Nothing yet. Add a file: makna add FILE"))


def _undone(about: Mapping[str, Any]) -> Iterator[str]:
    """What waits to be brought to its end."""
    if about["unfinished"] == "erasure":
        yield _("An erasure was broken off. End it with: makna erase --again")
    elif about["unfinished"]:
        yield _("A revision was broken off. The next command that writes ends it.")
    if about.get("brought_back"):
        yield _("A backup brought back {n} erased documents. Erase them with: makna erase --again").format(
            n=about["brought_back"]
        )


@click.command()
@study_option
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def seal(study: Study, yes: bool, as_json: bool) -> None:
    """Destroy the study's key, links, doubts and lists of names, for good."""
    warning = _(
        "Destroy the key for good? Nothing can be linked to these accounts again, and nothing more be added."
    )
    if not yes and not click.confirm(warning, err=True):
        raise StudyError(_("Not sealed: nothing was changed."))
    study.seal()
    if as_json:
        print_json({"study": study.name, "sealed": True})
    else:
        click.echo(_("Sealed. The study works as before; nothing can be linked to its accounts again."))


@click.group()
def key() -> None:
    """Hand the study's key to a colleague, or take it from one."""


@key.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@study_option
@json_option
def key_export(study: Study, file: Path, as_json: bool) -> None:
    """Write the key into FILE, under a passphrase asked for."""
    if file.exists():
        raise StudyError(_("{file} exists already: name another file.").format(file=file))
    wrapped = study.export_key(asking.passphrase(new=True))
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(wrapped)
    _say_key(study, file, as_json)
    if not as_json:
        click.echo(
            _(
                "The key alone is in it. Names to mask ({names}), recorded consents ({consents}) and doubts to review stay"
                " with you: your colleague types their own with makna names add and makna consent add."
            ).format(names=study.masked_names_count(), consents=study.consents_count())
        )


@key.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@study_option
@json_option
def key_import(study: Study, file: Path, as_json: bool) -> None:
    """Take the key of a study from FILE."""
    study.import_key(file.read_bytes(), asking.passphrase(new=False))
    _say_key(study, file, as_json)
    if not as_json:
        click.echo(
            _(
                "You hold the key now. Names to mask do not travel with it: type them with makna names add before you add a file."
            )
        )


def _say_key(study: Study, file: Path, as_json: bool) -> None:
    if as_json:
        counts = {"names": study.masked_names_count(), "consents": study.consents_count()}
        print_json({"study": study.name, "file": str(file), "lists_travel": False, "here": counts})


@click.command()
@library_option
@json_option
def doctor(library: Library, as_json: bool) -> None:
    """Check the library: files that changed outside Makna, keys that are missing."""
    rows: list[dict[str, Any]] = []
    for study in library.studies():
        damaged = [str(f) for f in study.damaged()]
        has_key = study.sealed or keys.exists(study.id)
        rows.append(
            {
                "study": study.name, "damaged": damaged, "key": has_key, "sealed": study.sealed,
                "unfinished": study.unfinished, "brought_back": study.brought_back(),
            }
        )  # fmt: skip
    if as_json:
        figures = measured.last()
        about = {"measured_on": figures.measured_on.isoformat(), "identifiers": figures.identifiers}
        about |= {"harmless_touched": list(figures.harmless), "classes": figures.rows()}
        found = {"library": str(library.path), "word_lists": wordlists.names(), "recall": about, "rows": rows}
        print_json(found)
        return
    click.echo(str(library.path))
    for row in rows:
        state = (
            _("whole")
            if not row["damaged"]
            else _("damaged: {files}").format(files=", ".join(row["damaged"]))
        )
        click.echo(f"{row['study']}: {state}" + ("" if row["key"] else "; " + _("its key is not here")))
        for line in _undone(row):
            click.echo("  " + line)
    click.echo(_("Texts are disguised, review needed."))
    for line in telling.recall_lines():
        click.echo(line)


COMMANDS = (new, status, seal, key, doctor)
