"""Commands about studies: new, status, seal, key, demo, report, doctor."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from makna import wordlists
from makna.cli.common import json_option, library_option, print_json, study_option
from makna.corpus import keys
from makna.demo.study import build as build_demo
from makna.errors import StudyError
from makna.i18n import _
from makna.library import Library, Study


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
    for batch in answer["rows"]:
        counts = batch["counts"]
        line = _("{n}: {kind}, {access}, {documents} documents, {units} units, by {reader}")
        click.echo(
            line.format(n=batch["number"], **{k: batch[k] for k in ("kind", "access", "reader")}, **counts)
        )
    if not answer["rows"]:
        click.echo(_("Nothing yet. Add a file: makna add FILE"))


@click.command()
@study_option
@click.confirmation_option(prompt="Destroy the key for good? Nothing can be linked to these accounts again.")
def seal(study: Study) -> None:
    """Destroy the study's key and links, for good."""
    study.seal()
    click.echo(_("Sealed. The study works as before; nothing can be linked to its accounts again."))


@click.group()
def key() -> None:
    """Hand the study's key to a colleague, or take it from one."""


@key.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@study_option
def key_export(study: Study, file: Path) -> None:
    """Write the key into FILE, under a passphrase asked for."""
    passphrase = click.prompt(_("Passphrase"), hide_input=True, confirmation_prompt=True, err=True)
    if file.exists():
        raise StudyError(_("{file} exists already: name another file.").format(file=file))
    file.write_bytes(study.export_key(passphrase))


@key.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@study_option
def key_import(study: Study, file: Path) -> None:
    """Take the key of a study from FILE."""
    study.import_key(file.read_bytes(), click.prompt(_("Passphrase"), hide_input=True, err=True))


@click.command()
@study_option
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), default="report.html")
@click.option("--edition", type=click.Choice(["public", "examiners"]), default="public", show_default=True)
@click.option("--language", type=click.Choice(["id", "en", "both"]), default="id", show_default=True)
@json_option
def report(study: Study, file: Path, edition: str, language: str, as_json: bool) -> None:
    """Write the findings report into FILE (.html or .docx)."""
    written = study.report(file, edition=edition, language=language).resolve()
    if as_json:
        print_json({"report": str(written), "edition": edition, "language": language})
    else:
        click.echo(str(written))


@click.command()
@library_option
@click.option(
    "--posts", type=click.IntRange(min=100), default=3000, show_default=True, help="How many posts."
)
@click.option("--seed", default=2021, show_default=True)
@click.option("--open/--no-open", "opens", default=True, help="Open the report in a browser.")
def demo(library: Library, posts: int, seed: int, opens: bool) -> None:
    """Build the reference study on invented people through the real import, and open its report."""

    def said(file: str, done: int, of: int) -> None:
        click.echo(f"{done}/{of} {file}", err=True)

    study = build_demo(library, posts=posts, seed=seed, progress=said)
    written = study.report(study.folder / "report.html").resolve()
    study.report(study.folder / "report.docx")
    click.echo(str(written))
    if opens and not webbrowser.open(written.as_uri()):
        click.echo(_("No browser was found: open this file yourself."), err=True)


@click.command()
@library_option
@json_option
def doctor(library: Library, as_json: bool) -> None:
    """Check the library: files that changed outside Makna, keys that are missing."""
    rows = []
    for study in library.studies():
        damaged = [str(f) for f in study.damaged()]
        has_key = study.sealed or keys.exists(study.id)
        rows.append({"study": study.name, "damaged": damaged, "key": has_key, "sealed": study.sealed})
    if as_json:
        print_json({"library": str(library.path), "word_lists": wordlists.names(), "rows": rows})
        return
    click.echo(str(library.path))
    for row in rows:
        state = (
            _("whole")
            if not row["damaged"]
            else _("damaged: {files}").format(files=", ".join(row["damaged"]))
        )
        click.echo(f"{row['study']}: {state}" + ("" if row["key"] else "; " + _("its key is not here")))
    click.echo(_("Texts are disguised, review needed."))


COMMANDS = (new, status, seal, key, report, demo, doctor)
