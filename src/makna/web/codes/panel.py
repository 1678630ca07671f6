"""One code as its panel shows it: its texts, relations, memos and concepts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from makna.errors import NoSuchRow
from makna.i18n import N_, _
from makna.record.acting import Actor
from makna.record.models import Answer, Code, CodeRelation, Memo
from makna.web.fields import Field
from makna.web.nested import Branch, flat

FIELDS = (
    Field("name", N_("Name"), N_("a word or a few"), line=True),
    Field("definition", N_("Definition"), N_("What passages under this code have in common.")),
    Field("include", N_("Use it when"), N_("When a passage belongs here.")),
    Field("exclude", N_("Not when"), N_("What looks like it and belongs elsewhere.")),
    Field("example", N_("Example"), N_("Words of the field that show it best.")),
)


@dataclass(frozen=True)
class Panel:
    """A code, where it stands, and what stands on it."""

    branch: Branch
    codes: Sequence[Branch]  # the whole codebook, in its order
    relations: Sequence[CodeRelation]
    memos: Sequence[Memo]
    answers: Sequence[Answer]

    @property
    def code(self) -> Code:
        """The code itself."""
        row: Code = self.branch.row
        return row

    @property
    def others(self) -> list[Branch]:
        """All other codes."""
        return [one for one in self.codes if one.row.pk != self.code.pk]

    @property
    def places(self) -> list[Branch]:
        """The codes that it may stand under: those not below it."""
        below = set(self.branch.ids)
        return [one for one in self.codes if one.row.pk not in below]


def panel(actor: Actor, branches: Sequence[Branch], code: int) -> Panel:
    """The panel of a code; raises NoSuchRow."""
    codes = flat(branches)
    branch = next((one for one in codes if one.row.pk == code), None)
    if branch is None:
        raise NoSuchRow(_("This code is not there any more."))
    ties = CodeRelation.objects.filter(source__study=actor.study).select_related("source", "target")
    return Panel(
        branch,
        codes,
        [*ties.filter(source=code).order_by("pk"), *ties.filter(target=code).order_by("pk")],
        list(Memo.objects.filter(study=actor.study, code=code).select_related("author").order_by("pk")),
        list(Answer.objects.filter(code=code).select_related("concept").order_by("concept__place", "pk")),
    )
