"""``makna review``: what the door doubted, one span at a time, decided with one key each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import click

from makna.cli import asking
from makna.cli.common import Bar, json_option, print_json, study_option
from makna.corpus.reviewing.applying import Carried
from makna.corpus.reviewing.decisions import EVERYWHERE, KEEP, MASK, NEVER, TOO_LONG, classes
from makna.errors import DoorError
from makna.i18n import N_, _, ngettext
from makna.library import Study

_REASONS = (N_("many digits"), N_("form of a contact"), N_("too long to read"))
_WITH_CLASS, _AT_ONCE = {"m": MASK, "e": EVERYWHERE}, {"k": KEEP, "n": NEVER}
Row = Mapping[str, Any]


@click.command()
@study_option
@click.option("--apply", "only_apply", is_flag=True, help="Carry out what was decided, and ask nothing.")
@json_option
def review(study: Study, only_apply: bool, as_json: bool) -> None:
    """Decide what the door doubted: mask it, keep it, mask it everywhere, or never ask again."""
    rows = study.doubts().to_pylist()
    if not (only_apply or as_json):
        _ask(study, rows)
        rows = study.doubts().to_pylist()
    carried = _carry_out(study, rows) if only_apply or not as_json else None
    left = [row for row in study.doubts().to_pylist() if not row["decision"]]
    if as_json:
        counts = {"open": len(left), "reasons": dict(Counter(row["reason"] for row in left))}
        print_json({"study": study.name, **counts, "carried_out": vars(carried) if carried else None})
        return
    if carried and carried.decided:
        _say(carried)
    _say_left(len(left))


def _ask(study: Study, rows: list[Row]) -> None:
    """Ask about each open doubt until there is none, or somebody stops; every answer is kept at once."""
    queue = [row for row in rows if not row["decision"]]
    if not queue:
        return
    if not asking.interactive():
        raise DoorError(
            _("{n} spans wait for a person: run makna review at a terminal.").format(n=len(queue))
        )
    at = 0
    while at < len(queue):
        _show(queue[at], at + 1, len(queue))
        key = click.getchar().lower()
        if key in ("q", "\x1b", "\x04"):
            return
        if key == "u":
            at = _taken_back(study, queue, at)
        elif key == "s" or _decided(study, queue[at], key):
            at += 1


def _show(row: Row, n: int, of: int) -> None:
    click.echo()
    click.secho(
        _("{n} of {of}, batch {batch}: {reason}").format(
            n=n, of=of, batch=row["batch"], reason=_(row["reason"])
        )
    )
    left, right = (" ".join(row[side].split("\n")) for side in ("left", "right"))
    shown = (
        row["span"]
        if row["reason"] != TOO_LONG
        else _("(a text of {n} characters)").format(n=len(row["span"]))
    )
    click.echo(f"  … {left}" + click.style(shown, bold=True, reverse=True) + f"{right} …")
    click.echo(
        _("m mask as …  k keep  e mask everywhere as …  n never ask again  s later  u undo  q end"), nl=False
    )
    click.echo(" > ", nl=False)


def _decided(study: Study, row: Row, key: str) -> bool:
    """Whether *key* decided the doubt; a key that means nothing here says what there is."""
    if key in _AT_ONCE:
        decision = _AT_ONCE[key]
    elif key in _WITH_CLASS:
        click.echo(key)
        label = _class()
        if label is None:
            return False
        decision = f"{_WITH_CLASS[key]}:{label}"
    else:
        click.echo(_("There is no such key here."))
        return False
    try:
        study.decide(row["unit_id"], row["start"], decision)
    except DoorError as error:
        click.echo(str(error))
        return False
    click.echo(decision)
    return True


def _class() -> str | None:
    """The class typed, by its beginning; None where nothing was typed."""
    there = classes()
    while True:
        typed = click.prompt(
            _("Class ({some}, …)").format(some=", ".join(there[:6])), default="", show_default=False
        )
        if not typed:
            return None
        fitting = [name for name in there if name.startswith(typed.strip().lower())]
        if typed in there or len(fitting) == 1:
            return typed if typed in there else fitting[0]
        click.echo(_("One of: {classes}").format(classes=", ".join(fitting or there)))


def _taken_back(study: Study, queue: list[Row], at: int) -> int:
    """One doubt back, its decision taken back."""
    before = max(at - 1, 0)
    row = queue[before]
    study.decide(row["unit_id"], row["start"], None)
    click.echo(_("taken back"))
    return before


def _carry_out(study: Study, rows: list[Row]) -> Carried:
    if not any(row["decision"] for row in rows):
        return Carried()
    with Bar(sum(batch.counts["units"] for batch in study.batches())) as bar:
        return study.carry_out(progress=bar)


def _say(carried: Carried) -> None:
    message = _("{decided} decided: {masked} masked, {kept} kept, {elsewhere} masked elsewhere.")
    click.echo(message.format(**vars(carried)))


def _say_left(left: int) -> None:
    if left:
        click.echo(
            ngettext(
                "{n} span is still open: makna review", "{n} spans are still open: makna review", left
            ).format(n=left)
        )
    else:
        click.echo(_("No span waits for a decision. Texts are disguised, review needed: read on."))


COMMANDS = (review,)
