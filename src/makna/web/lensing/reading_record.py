"""What lenses read of the record: the findings' evidence, and the codings that a researcher takes for motives."""

from __future__ import annotations

from typing import Any

from makna.library import Study
from makna.record.acting import Actor
from makna.record.models import Code, Coding, Evidence
from makna.record.rounds import seen_by
from makna.web.passages import shown

_CLAIM = 90  # characters of a claim that stand for it


def evidence(study: Study, actor: Actor) -> list[dict[str, Any]]:
    """Every passage of every finding as the lens of triangulation takes them; what is gone from the corpus is left out."""
    rows = list(
        Evidence.objects.filter(finding__study=actor.study)
        .select_related("finding__concept", "source", "concept", "investigator")
        .order_by("finding__place", "finding__pk", "pk")
    )
    passages = shown(study, ((row.source.document, row.start, row.end) for row in rows), context=0)
    return [
        {
            "finding": _short(row.finding.claim), "stance": row.stance, "source_kind": passage.kind,
            "method": passage.kind, "month": passage.day.strftime("%Y-%m") if passage.day else None,
            "concept": (row.concept or row.finding.concept).label if row.concept or row.finding.concept else None,
            "coder": row.investigator.username, "document_id": row.source.document, "start": row.start,
            "end": row.end, "text": passage.words,
        }
        for row, passage in zip(rows, passages, strict=True)
        if passage.words is not None
    ]  # fmt: skip


def _short(claim: str) -> str:
    return claim if len(claim) <= _CLAIM else claim[:_CLAIM].rsplit(" ", 1)[0] + "…"


def codings_under(actor: Actor, code: int) -> list[dict[str, Any]]:
    """The codings of the codes under *code*, which are the motives; of the code itself where nothing is under it."""
    under = dict(Code.objects.filter(study=actor.study, parent=code).values_list("pk", "name"))
    wanted = under or dict(Code.objects.filter(study=actor.study, pk=code).values_list("pk", "name"))
    rows = seen_by(actor.person, Coding.objects.filter(study=actor.study, code__in=wanted))
    columns = ("code", "source__document", "start", "end", "coder__username")
    return [
        {"code": wanted[code_], "document_id": document, "start": start, "end": end, "coder": coder}
        for code_, document, start, end, coder in rows.order_by("pk").values_list(*columns)
    ]
