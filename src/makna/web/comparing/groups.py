"""What divides the codings: the column of a question, and what its groups are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from makna.corpus.model import SourceKind
from makna.i18n import _
from makna.library.crossing import months, values_of, with_values
from makna.web.comparing.asked import Asked
from makna.web.comparing.standing import codings, kept
from makna.web.here import Here

GROUP = "group"
_KINDS = tuple(kind.value for kind in SourceKind)


@dataclass(frozen=True)
class Divided:
    """Codings with a column GROUP. *labels* say what groups are called; *order* is theirs, where they have one."""

    table: pa.Table
    labels: Mapping[str, str]
    order: tuple[str, ...] | None = None
    by_person: bool = False


def divided(here: Here, ask: Asked, *, leaving: bool = False) -> Divided:
    """The codings as *ask* divides them; *leaving* the study time is no finer than a quarter."""
    return kept(here, ("divided", ask.by, ask.attribute, leaving), lambda: _divided(here, ask, leaving))


def _divided(here: Here, ask: Asked, leaving: bool) -> Divided:
    table = codings(here)
    if ask.by == "kind":
        labels = {kind: _(kind.replace("_", " ")) for kind in _KINDS}
        return Divided(table.append_column(GROUP, table["kind"]), labels)
    if ask.by == "attribute":
        values = values_of(here.study, here.actor, ask.attribute)
        return Divided(with_values(table, values, column=GROUP), {}, by_person=True)
    if ask.by == "informant":
        return _by_informant(here, table)
    if ask.by == "coder":
        return Divided(table.append_column(GROUP, table["coder"]), {})
    column = "quarter" if leaving else "month"
    table = table.append_column(GROUP, months(table, column)[column])
    return Divided(table, {}, order=tuple(sorted(set(table[GROUP].to_pylist()) - {None})))


def _by_informant(here: Here, table: pa.Table) -> Divided:
    """The codings of interviews by who is interviewed."""
    table = table.filter(pc.equal(table["kind"], SourceKind.INTERVIEW.value))
    cases = set(table["case"].to_pylist()) - {None}
    names = {row["author_id"]: row["pseudonym"] for row in here.study.profiles(cases)}
    return Divided(with_values(table, names, column=GROUP), {})
