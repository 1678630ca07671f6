"""What a page of comparison is asked: codes against what, which codes, in which order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from makna.i18n import N_
from makna.record.models import Attribute, Code
from makna.web.here import Here

MOST = 40  # codes at once, until others are asked for
# what codes are set against -> what the page calls it
AGAINST = {
    "kind": N_("kinds of source"), "attribute": N_("attributes of cases"), "informant": N_("informants"),
    "passage": N_("each other, on the same words"), "document": N_("each other, in the same document"),
    "coder": N_("coders"), "month": N_("time"),
}  # fmt: skip
SQUARE = ("passage", "document")


@dataclass(frozen=True)
class Asked:
    """A question: codes *by* something. *under* is the code whose branch is shown; 0 for those used most, -1 for all."""

    by: str
    attribute: int = 0
    under: int = 0
    order: str = "likeness"

    @property
    def square(self) -> bool:
        """Whether codes are set against codes."""
        return self.by in SQUARE

    def query(self, **changed: Any) -> str:
        """The question as an address carries it, with some parts *changed*."""
        asked = replace(self, **changed)
        sent = QueryDict(mutable=True)
        sent["by"] = asked.by
        if asked.by == "attribute":
            sent["attribute"] = str(asked.attribute)
        if asked.under:
            sent["under"] = str(asked.under)
        if asked.order != "likeness":
            sent["order"] = asked.order
        return sent.urlencode()


def asked(here: Here, sent: QueryDict) -> Asked:
    """What an address asks; what it does not know becomes what a page shows at first."""
    by = sent.get("by", "kind")
    by = by if by in AGAINST else "kind"
    order = "book" if sent.get("order") == "book" else "likeness"
    return Asked(by, _attribute(here, sent) if by == "attribute" else 0, _under(here, sent), order)


def _attribute(here: Here, sent: QueryDict) -> int:
    there = list(attributes(here).values_list("pk", flat=True))
    wanted = sent.get("attribute", "")
    return int(wanted) if wanted.isdigit() and int(wanted) in there else next(iter(there), 0)


def attributes(here: Here) -> Any:
    """The attributes of cases, in their order."""
    return Attribute.objects.filter(study=here.actor.study).order_by("place", "pk")


def _under(here: Here, sent: QueryDict) -> int:
    wanted = sent.get("under", "")
    if wanted == "-1":
        return -1
    known = wanted.isdigit() and Code.objects.filter(study=here.actor.study, pk=int(wanted)).exists()
    return int(wanted) if known else 0
