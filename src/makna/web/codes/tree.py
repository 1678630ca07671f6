"""The codebook's tree, with the codings that whoever looks may see."""

from __future__ import annotations

from django.db.models import Count

from makna.record.acting import Actor
from makna.record.models import Code
from makna.web import coded
from makna.web.nested import Branch, branches


def tree(actor: Actor) -> list[Branch]:
    """The codebook, in its order, each code with how many codings it has."""
    counted = coded.seen(actor).order_by().values_list("code").annotate(n=Count("pk"))
    return branches(codes(actor), dict(counted))


def bare(actor: Actor) -> list[Branch]:
    """The same without counting anything."""
    return branches(codes(actor), {})


def codes(actor: Actor) -> list[Code]:
    """All codes, each with its siblings in their order."""
    return list(Code.objects.filter(study=actor.study).order_by("place", "pk"))
