"""Commands about the lists that the door works with: names to mask, accounts that gave consent. They show counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import click

from makna.cli import asking
from makna.cli.common import json_option, print_json, study_option
from makna.i18n import _, ngettext
from makna.library import Study


@click.group()
def names() -> None:
    """Names that every import masks: typed unseen, kept encrypted, never shown."""


@names.command("add")
@study_option
@json_option
def names_add(study: Study, as_json: bool) -> None:
    """Add names, a line each, from a hidden prompt or standard input."""
    fresh = study.mask_names(asking.lines(_("Name to mask (empty to end)")))
    _say(study, as_json, {"new": fresh, "count": study.masked_names_count()}, _names)
    if fresh and study.batches() and not as_json:
        click.echo(
            _("Batches read before stay as they are: remove and add them again where they hold a new name.")
        )


@names.command("count")
@study_option
@json_option
def names_count(study: Study, as_json: bool) -> None:
    """Say how many names are masked."""
    _say(study, as_json, {"count": study.masked_names_count()}, _names)


@names.command("forget")
@study_option
@click.option("--all", "every", is_flag=True, help="Forget all of them.")
@json_option
def names_forget(study: Study, every: bool, as_json: bool) -> None:
    """Take names off the list, typed unseen."""
    gone = study.forget_names(None if every else asking.lines(_("Name to forget (empty to end)")))
    _say(study, as_json, {"forgotten": gone, "count": study.masked_names_count()}, _names)


@click.group()
def consent() -> None:
    """Accounts that agreed to be observed in a closed or private place; what others wrote there is withheld."""


@consent.command("add")
@study_option
@json_option
def consent_add(study: Study, as_json: bool) -> None:
    """Add accounts, a handle or display name each line, from a hidden prompt or standard input; your own too."""
    fresh = study.record_consents(asking.lines(_("Account that gave consent (empty to end)")))
    _say(study, as_json, {"new": fresh, "count": study.consents_count()}, _consents)


@consent.command("count")
@study_option
@json_option
def consent_count(study: Study, as_json: bool) -> None:
    """Say how many accounts gave consent."""
    _say(study, as_json, {"count": study.consents_count()}, _consents)


@consent.command("forget")
@study_option
@click.option("--all", "every", is_flag=True, help="Forget all of them.")
@json_option
def consent_forget(study: Study, every: bool, as_json: bool) -> None:
    """Take accounts off the list, typed unseen."""
    gone = study.forget_consents(None if every else asking.lines(_("Account to forget (empty to end)")))
    _say(study, as_json, {"forgotten": gone, "count": study.consents_count()}, _consents)


def _say(study: Study, as_json: bool, counts: Mapping[str, int], total: Callable[[int], str]) -> None:
    if as_json:
        print_json({"study": study.name, **counts})
        return
    if "new" in counts:
        click.echo(_("New: {n}.").format(n=counts["new"]))
    if "forgotten" in counts:
        click.echo(_("Forgotten: {n}.").format(n=counts["forgotten"]))
    click.echo(total(counts["count"]))


def _names(count: int) -> str:
    return ngettext(
        "{n} name is masked in everything that is added.",
        "{n} names are masked in everything that is added.",
        count,
    ).format(n=count)


def _consents(count: int) -> str:
    return ngettext(
        "{n} account gave consent to closed or private observation.",
        "{n} accounts gave consent to closed or private observation.",
        count,
    ).format(n=count)


COMMANDS = (names, consent)
