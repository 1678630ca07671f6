"""Where a study stands: what came in, what is coded, which questions are answered, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from makna.corpus.model import SourceKind
from makna.i18n import _
from makna.library import Study
from makna.record.acting import Actor
from makna.record.models import Code, Coding, MemberCheck, Memo, Question
from makna.web import board
from makna.web.board import Claim

_SHIFT = 32  # a document's id is its batch's number and its place in the batch


@dataclass(frozen=True)
class Share:
    """One kind of source: how many documents, of how many batches, and how many of them are coded."""

    kind: str
    batches: int
    documents: int
    coded: int


@dataclass(frozen=True)
class Standing:
    """All of it. *next* is the next sensible step: (a sentence, the address where it is done)."""

    shares: Sequence[Share]
    doubts: int
    codes: int
    codings: int
    memos: int
    questions: Sequence[tuple[Question | None, list[Claim]]]
    next: tuple[str, str]


def standing(study: Study, actor: Actor) -> Standing:
    """Where *study* stands now."""
    batches = study.batches()
    documents: Counter[str] = Counter()
    for batch in batches:
        documents[batch.kind] += batch.counts["documents"]
    coded = _coded(actor, {batch.number: batch.kind for batch in batches})
    kinds = [kind.value for kind in SourceKind]
    shares = [
        Share(kind, sum(b.kind == kind for b in batches), documents[kind], coded[kind]) for kind in kinds
    ]
    found = board.claims(study, actor)
    made = Standing(
        shares, sum(batch.counts["doubts"] for batch in batches), Code.objects.filter(study=actor.study).count(),
        Coding.objects.filter(study=actor.study).count(), Memo.objects.filter(study=actor.study).count(),
        board.by_question(actor, found), ("", ""),
    )  # fmt: skip
    return Standing(**{**made.__dict__, "next": _next(study, actor, made, found)})


def _coded(actor: Actor, kinds: Mapping[int, str]) -> Counter[str]:
    """Kind of source -> documents with a coding."""
    documents = (
        Coding.objects.filter(study=actor.study)
        .values_list("source__document", flat=True)
        .distinct()
        .order_by()
    )
    return Counter(kinds.get(document >> _SHIFT, "") for document in documents)


def _next(study: Study, actor: Actor, now: Standing, found: Sequence[Claim]) -> tuple[str, str]:
    """The first thing that is missing, in the order of the work."""
    unchallenged = next((claim for claim in found if not claim.may_be_final), None)
    steps = (
        (not any(q for q, _c in now.questions), _("Write the research questions."), "home"),
        (not any(s.documents for s in now.shares), _("Bring in what you observed, heard and read."), "sources"),
        (now.doubts > 0, _("Look at the spans that the door was in doubt about."), "review"),
        (now.codings == 0, _("Read, and code what strikes you."), "read"),
        (not found, _("Claim something that the codes show, as a first finding."), "findings"),
        (
            unchallenged is not None,
            _("Look for cases against your findings: one has neither counter-evidence nor a search for it."),
            "findings",
        ),
        (
            bool(found) and not MemberCheck.objects.filter(study=actor.study).exists(),
            _("Ask participants what they say of the claims on their own words (member check)."),
            "cases",
        ),
        (any(c.row.status != "final" for c in found), _("Make the findings final that may be."), "findings"),
    )  # fmt: skip
    for missing, sentence, page in steps:
        if missing:
            return sentence, _address(page, study.name)
    return _("Read the report as an examiner would."), _address("report", study.name)


def _address(page: str, study: str) -> str:
    try:
        return reverse(page, kwargs={"study": study})
    except NoReverseMatch:
        return reverse("home", kwargs={"study": study})
