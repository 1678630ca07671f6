"""Commands that end in a report: report, demo."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from makna.cli.common import json_option, library_option, print_json, study_option
from makna.demo.standing import language_of, standing
from makna.i18n import _
from makna.library import Library, Study


@click.command()
@study_option
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--edition", type=click.Choice(["public", "examiners"]), default="public", show_default=True)
@click.option("--language", type=click.Choice(["id", "en", "both"]), default="id", show_default=True)
@click.option("--template", type=click.Choice(["article", "skripsi"]), default="article", show_default=True)
@click.option("--docx", is_flag=True, help="As a Word document, where FILE does not say so.")
@click.option("--force", is_flag=True, help="Replace FILE also where somebody changed or made it.")
@click.option("--open", "opens", is_flag=True, help="Open the report.")
@json_option
def report(
    study: Study, file: Path | None, edition: str, language: str, template: str, docx: bool, force: bool, opens: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Write the findings report into FILE (.html or .docx), else into the study's folder of reports."""
    suffix = ".docx" if docx else ".html"
    path = file or study.report_path(edition=edition, language=language, suffix=suffix, template=template)
    written = study.report(path, edition=edition, language=language, template=template, force=force).resolve()
    if as_json:
        print_json({"report": str(written), "edition": edition, "language": language})
    else:
        click.echo(str(written))
    if opens:
        _open(written)


@click.command()
@library_option
@click.option("--posts", type=click.IntRange(min=100), help="How many posts.  [default: 3000]")
@click.option("--seed", type=int, help="Another seed makes another market.  [default: 2021]")
@click.option(
    "--language", type=click.Choice(["id", "en"]), help="Of its codebook, memos, findings and report.  [default: id]"
)  # fmt: skip
@click.option("--fresh", is_flag=True, help="Build the demo anew where it stands already.")
@click.option("--open/--no-open", "opens", default=True, help="Open the workbench on it.")
@json_option
def demo(
    library: Library, posts: int | None, seed: int | None, language: str | None, fresh: bool, opens: bool, as_json: bool
) -> None:  # fmt: skip
    """Build the reference study on invented people through the real import, coded, and open the workbench on it."""

    def said(file: str, done: int, of: int) -> None:
        click.echo(f"{done}/{of} {file}", err=True)

    serves = opens and not as_json
    if serves:
        from makna.cli import workbench  # noqa: PLC0415

        workbench.will_serve()
    study, built = standing(library, posts=posts, seed=seed, fresh=fresh, language=language, progress=said)
    if not built:
        message = _("The demo stands already in {folder}. To build it anew: makna demo --fresh")
        click.echo(message.format(folder=study.folder), err=True)
    spoken = language_of(study)
    written = study.report_path(edition="public", language=spoken, suffix=".html")
    if built or not written.exists():
        study.report(written, language=spoken)
        study.report(written.with_suffix(".docx"), language=spoken)
    if as_json:
        print_json({"study": study.name, "report": str(written.resolve()), "built": built})
    else:
        click.echo(str(written.resolve()))
    if serves:
        workbench.served(study.folder.parents[1], page=f"/s/{study.name}/")


def _open(file: Path) -> None:
    if not webbrowser.open(file.as_uri()):
        click.echo(_("No browser was found: open this file yourself."), err=True)


COMMANDS = (report, demo)
