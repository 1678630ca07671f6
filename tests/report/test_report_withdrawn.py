"""A report says that evidence was withdrawn and that somebody withdrew, and shows nothing more of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from report_sample import INPUTS

from makna.record.participants_file import Participant
from makna.report.build import build
from makna.report.html import render


def test_what_was_withdrawn_is_counted() -> None:
    """The finding names how much it lost; the informant counts as one who withdrew and stands in no table."""
    inputs = INPUTS
    findings = [replace(f, finding=replace(f.finding, withdrawn=3)) for f in inputs.findings[:1]]
    gone = Participant("Informan 9", withdrawn=dt.date(2021, 5, 1))
    made = replace(inputs, findings=findings, participants=[*inputs.participants, gone])
    page = render(build(made, language="en"))
    assert "no longer shown: 3." in page
    assert "Withdrew afterwards" in page
    assert "Informan 9" not in page and "Informant 9" not in page
    assert "no longer shown" not in render(build(inputs, language="en"))
