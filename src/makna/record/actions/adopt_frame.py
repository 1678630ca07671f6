"""The frame that Makna brings along taken into a study."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from makna.record.acting import Doing, action
from makna.record.models import Concept
from makna.record.ordering import last_place
from makna.record.two_languages import FRAME


@action()
def adopt_frame(do: Doing, *, language: str = "id") -> int:
    """Add Blumer's premises and Goffman's dramaturgy in one *language*, those that the study lacks; returns how many."""
    told = tomllib.loads(files("makna.record").joinpath(FRAME).read_text(encoding="utf-8"))["concept"]
    there = {row.label: row for row in Concept.objects.filter(study=do.study)}
    new = [one for one in told if one["label"] not in there]
    for one in new:
        above = there.get(one.get("under", ""))
        row = Concept(
            study=do.study, parent=above, label=one["label"], name=one["name"][language],
            place=last_place(Concept.objects.filter(study=do.study, parent=above)),
            definition=one["definition"][language], references=one["references"],
        )  # fmt: skip
        there[one["label"]] = do.create(row)
    return len(new)
