"""One concept as its panel shows it: what it means, where it comes from, what answers to it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils.text import slugify

from makna.errors import NoSuchRow
from makna.i18n import N_, _
from makna.library import Study
from makna.record.acting import Actor
from makna.record.models import Answer, Concept, Finding, Memo
from makna.web.fields import Field
from makna.web.nested import Branch, branches, flat

_LONGEST = 60
FIELDS = (
    Field("name", N_("Name"), N_("a word or a few"), line=True),
    Field("definition", N_("Definition"), N_("What the concept says, in words of your own.")),
    Field("references", N_("Cited from"), N_("citation keys, as in blumer1969, goffman1959"), line=True),
)


@dataclass(frozen=True)
class Panel:
    """A concept, where it stands, and what stands on it. *works* are the study's references by their keys."""

    branch: Branch
    concepts: Sequence[Branch]
    answers: Sequence[Answer]
    findings: Sequence[Finding]
    memos: Sequence[Memo]
    works: Mapping[str, str]

    @property
    def concept(self) -> Concept:
        """The concept itself."""
        row: Concept = self.branch.row
        return row

    @property
    def cited(self) -> list[tuple[str, str | None]]:
        """The keys that the concept is cited by, each with its work; None where the study has no such work."""
        return [(key, self.works.get(key)) for key in self.concept.references]

    @property
    def places(self) -> list[Branch]:
        """The concepts that it may stand under: those not below it."""
        below = set(self.branch.ids)
        return [one for one in self.concepts if one.row.pk not in below]


def tree(actor: Actor) -> list[Branch]:
    """The frame, in its order, each concept with how many codes answer to it."""
    counted = Answer.objects.filter(concept__study=actor.study).values_list("concept").annotate(n=Count("pk"))
    return branches(concepts(actor), dict(counted.order_by()))


def concepts(actor: Actor) -> list[Concept]:
    """All concepts, each with its siblings in their order."""
    return list(Concept.objects.filter(study=actor.study).order_by("place", "pk"))


def panel(study: Study, actor: Actor, tops: Sequence[Branch], concept: int) -> Panel:
    """The panel of a concept; raises NoSuchRow."""
    there = flat(tops)
    branch = next((one for one in there if one.row.pk == concept), None)
    if branch is None:
        raise NoSuchRow(_("This concept is not there any more."))
    return Panel(
        branch,
        there,
        list(Answer.objects.filter(concept=concept).select_related("code").order_by("code__name")),
        list(Finding.objects.filter(study=actor.study, concept=concept).order_by("place", "pk")),
        list(Memo.objects.filter(study=actor.study, concept=concept).select_related("author").order_by("pk")),
        works(study),
    )


def works(study: Study) -> dict[str, str]:
    """The study's literature by citation key, in short: "Blumer, Symbolic Interactionism, 1969"."""
    rows = study.run(study.references.select("key", "csl")).to_pylist()
    return {row["key"]: _short(json.loads(row["csl"])) for row in rows if row["key"]}


def _short(csl: Mapping[str, object]) -> str:
    people = csl.get("author") or csl.get("editor") or []
    names = [one.get("family") or one.get("literal") or "" for one in people]  # type: ignore[attr-defined]
    who = (
        names[0] + (" et al." if len(names) > 2 else f" & {names[1]}" if len(names) == 2 else "")
        if names
        else ""
    )
    dated = csl.get("issued") or {}
    parts = dated.get("date-parts") or [[""]]  # type: ignore[attr-defined]
    return ", ".join(str(part) for part in (who, csl.get("title"), parts[0][0]) if part)


def label_of(actor: Actor, name: str) -> str:
    """A label for a new concept, as files call it: made of its name, and not taken yet."""
    made = slugify(name, allow_unicode=True)[: _LONGEST - 4] or "concept"
    taken = set(Concept.objects.filter(study=actor.study).values_list("label", flat=True))
    return next(one for one in (made, *(f"{made}-{n}" for n in range(2, 1000))) if one not in taken)
