"""Commands that take out of a study for good, or put a corrected text in: erase, revise."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from makna.cli import asking
from makna.cli.common import Bar, json_option, print_json, study_option
from makna.cli.group import STOPPED
from makna.errors import StudyError
from makna.i18n import N_, _, ngettext
from makna.library import Study
from makna.library.erasing import ErasureReport
from makna.library.revising import RevisionReport


@click.command()
@click.argument("what", nargs=-1)
@study_option
@click.option(
    "--handle", is_flag=True, help="Ask, hidden, for account names; or read them from standard input."
)
@click.option(
    "--text",
    is_flag=True,
    help="Ask, hidden, for a text that stands in the study; or read it from standard input.",
)
@click.option("--again", is_flag=True, help="End what was broken off, and erase what a backup brought back.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def erase(
    study: Study, what: tuple[str, ...], handle: bool, text: bool, again: bool, yes: bool, as_json: bool
) -> None:
    """Erase for good WHAT: accounts by pseudonym, participants by code, documents by id.

    A participant who is erased has withdrawn: the interview, its evidence and quotes go along. It says first what
    would go, and asks. It cannot be undone.
    """
    if sum((bool(what), handle, text, again)) != 1:
        raise click.UsageError(_("Name what is to be erased, or one of --handle, --text and --again."))
    size = _size(study)
    if again:
        with Bar(size) as bar:
            report = study.erase_again(progress=bar)
        _say(study, report, as_json)
        return
    named: dict[str, Any] = {
        "handles": asking.lines(_("Account name to erase (empty to end)")) if handle else (),
        "texts": (asking.text(_("Text to erase (empty line to end)")),) if text else (),
    }
    with Bar(size) as bar:
        shown = study.erase(*what, **named, preview=True, progress=bar)
    for line in _counts(shown):
        click.echo(line, err=True)
    if not yes and not click.confirm(_("Erase this for good? It cannot be undone."), err=True):
        raise StudyError(_("Not erased: nothing was changed."))
    _say(study, _erased(study, what, named, size), as_json)


def _erased(study: Study, what: tuple[str, ...], named: dict[str, Any], size: int) -> ErasureReport:
    try:
        with Bar(size) as bar:
            return study.erase(*what, **named, progress=bar)
    except KeyboardInterrupt:
        if study.unfinished:
            click.echo(_("Stopped midway. End it with: makna erase --again"), err=True)
        else:
            click.echo(_("Stopped. The study is as it was."), err=True)
        sys.exit(STOPPED)


def _size(study: Study) -> int:
    return sum(file.stat().st_size for file in study.folder.glob("corpus/*/*.parquet"))


_RECORDED = {
    "coding": N_("codings"), "evidence": N_("evidence on record"), "memo": N_("memos"),
    "termevidence": N_("passages of argot terms"), "proposal": N_("decisions about proposals"),
    "consent": N_("consents"), "casevalue": N_("values of attributes"), "membercheck": N_("member checks"),
}  # fmt: skip


def _counts(report: ErasureReport) -> Iterator[str]:
    """What goes, in counts."""
    if report.nothing:
        yield _("The study holds nothing of it.")
    for kind, n in sorted(report.documents.items()):
        yield "  " + _("documents ({kind}): {n}").format(kind=_(kind.replace("_", " ")), n=n)
    lines = (
        (_("units of text"), report.units), (_("profiles"), report.authors), (_("turns to be withheld"), report.withheld),
        (_("reposts by others that lose their words"), report.reposts),
        (_("mentions in texts that stay"), report.mentions), (_("replies that lose what they answer"), report.replies),
        (_("doubts"), report.doubts), (_("evidence of findings"), report.evidence),
        (_("written reports to be deleted"), len(report.reports)), (_("batches written anew"), len(report.batches)),
    )  # fmt: skip
    of_record = ((_(_RECORDED[what]), n) for what, n in report.recorded.items())
    yield from (f"  {name}: {n}" for name, n in (*lines, *of_record) if n)
    if report.codes:
        yield "  " + _("participants who withdraw: {codes}").format(codes=", ".join(report.codes))


def _say(study: Study, report: ErasureReport, as_json: bool) -> None:
    if as_json:
        print_json({"study": study.name, **report.asdict()})
        return
    if report.nothing:
        click.echo(_("Nothing had to be erased."))
    else:
        n = sum(report.documents.values())
        click.echo(ngettext("Erased: {n} document.", "Erased: {n} documents.", n).format(n=n))
    for line in _afterwards(report):
        click.echo("  " + line)


def _afterwards(report: ErasureReport) -> Iterator[str]:
    """What remains to be done by hand."""
    if report.kept_out:
        yield _("It stays out of later imports while you hold the study's key.")
    if report.findings:
        yield _("Evidence was withdrawn from: {findings}. Read their prose again.").format(
            findings=", ".join(report.findings)
        )
    if report.changed_reports:
        yield _("These reports were changed by hand and may still hold it: {files}").format(
            files=", ".join(report.changed_reports)
        )
    if not report.nothing:
        yield _(
            "Source files, reports written elsewhere, backups and what was handed on still hold it: see to them yourself."
        )


@click.command()
@click.argument("document", type=int)
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@study_option
@click.option("--title", help="A title for the document.")
@click.option("--date", help="When it was made, where the file does not say: 2021-03-14.")
@json_option
def revise(
    study: Study, document: int, file: Path, title: str | None, date: str | None, as_json: bool
) -> None:
    """Replace DOCUMENT, a transcript or a note, by the text of FILE, through the door.

    DOCUMENT is an id, as makna search --json shows it. It keeps that id, and evidence follows its words.
    """
    before = study.batches()
    try:
        with Bar(_size(study)) as bar:
            report = study.revise(document, file, title=title, date=date, progress=bar)
    except KeyboardInterrupt:
        stands = study.unfinished or study.batches() != before
        said = _("Stopped, after the new text was in.") if stands else _("Stopped. The study is as it was.")
        click.echo(said, err=True)
        sys.exit(STOPPED)
    if as_json:
        print_json({"study": study.name, **report.asdict()})
        return
    click.echo(_("Document {id} is revised: {n} units.").format(id=report.document_id, n=report.units))
    for line in _revised(report):
        click.echo("  " + line)


def _revised(report: RevisionReport) -> Iterator[str]:
    """What became of the evidence, and what is left to do."""
    if report.standing:
        yield _("Evidence whose words still stand: {n}").format(n=report.standing)
    for finding, number in report.failed:
        yield _("Evidence {n} of {finding}: its words are not in the new text.").format(
            n=number, finding=finding
        )
    if report.codings_lost:
        codes = ", ".join(sorted(set(report.codings_lost)))
        yield _("Codings whose words are not in the new text, and which went: {n} ({codes})").format(
            n=len(report.codings_lost), codes=codes
        )
    if report.doubts:
        yield _("Doubtful spans to review: {n}").format(n=report.doubts)
    if report.withheld:
        yield _("Turns withheld without consent: {n}").format(n=report.withheld)
    if report.reports:
        yield _("Reports that quote the old text: {files}. Write them again.").format(
            files=", ".join(report.reports)
        )
    yield _("Disguised, review needed.")


COMMANDS = (erase, revise)
