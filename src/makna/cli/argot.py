"""``makna argot``: the dictionary of a community's words."""

from __future__ import annotations

from pathlib import Path

import click

from makna.cli.common import json_option, print_json, print_rows, study_option
from makna.i18n import _
from makna.library import Study

EDITIONS = ("public", "examiners")
_terms = click.argument("terms", nargs=-1, required=True)


@click.group()
def argot() -> None:
    """The dictionary of a community's words: list, accept, reject, define, release, export."""


@argot.command(name="list")
@study_option
@click.option("--status", type=click.Choice(("proposed", "accepted", "rejected")), help="Only these.")
@json_option
def list_(study: Study, status: str | None, as_json: bool) -> None:
    """The terms of the dictionary."""
    rows = study.terms(status=status).to_pylist()
    if not rows and not as_json:
        click.echo(_("The dictionary is empty. Candidates: makna lens argot"))
        return
    columns = ("term", "variants", "category", "status", "senses", "explanation", "passages")
    print_rows(rows, as_json=as_json, columns=columns)


@argot.command()
@_terms
@study_option
@json_option
def accept(terms: tuple[str, ...], study: Study, as_json: bool) -> None:
    """Accept TERMS as argot, with the variants and passages that the lens found. They are its seeds from now on."""
    _say(study.accept_terms(terms), as_json)


@argot.command()
@_terms
@study_option
@json_option
def reject(terms: tuple[str, ...], study: Study, as_json: bool) -> None:
    """Note that TERMS are no argot. The lens puts them last from now on."""
    _say(study.reject_terms(terms), as_json)


@argot.command()
@click.argument("term")
@click.argument("definition")
@study_option
@click.option("--example", default="", help="A sentence that shows the sense.")
@click.option("--category", default="", help="What kind of thing it names, such as price or place.")
@click.option("--anew", is_flag=True, help="In place of the senses there are.")
@json_option
def define(
    term: str, definition: str, study: Study, example: str, category: str, anew: bool, as_json: bool
) -> None:
    """Say what TERM means; said again, it is a further sense."""
    study.define_term(term, definition, example=example, category=category, anew=anew)
    _say([term], as_json)


@argot.command()
@click.argument("term", required=False, default="")
@study_option
@click.option("--reason", prompt=True, help="Why it may leave in the public edition.")
def release(term: str, study: Study, reason: str) -> None:
    """Let TERM, or every term, be named in the public edition too, for a reason in writing."""
    study.release_term(reason, term=term)
    click.echo(_("Released, with the reason."), err=True)


@argot.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@study_option
@click.option("--edition", type=click.Choice(EDITIONS), default="public", show_default=True)
@json_option
def export(file: Path, study: Study, edition: str, as_json: bool) -> None:
    """Write the accepted terms to FILE: TSV, or TBX-Basic where it ends in .tbx."""
    written = study.export_terms(file, edition=edition)
    if as_json:
        print_json({"rows": [{"file": str(file), "entries": written, "edition": edition}]})
    else:
        click.echo(_("{n} entries in {file}.").format(n=written, file=file), err=True)


def _say(terms: list[str], as_json: bool) -> None:
    if as_json:
        print_json({"rows": [{"term": term} for term in terms]})
    else:
        click.echo(", ".join(terms))


COMMANDS = (argot,)
