"""What every section is given."""

from __future__ import annotations

from dataclasses import dataclass

from makna.report.inputs import ReportInputs
from makna.report.quotes import Quoting
from makna.report.references import References
from makna.report.release import PUBLIC
from makna.report.words import Words


@dataclass(frozen=True)
class Context:
    """The inputs, the edition and the language of one version of a report."""

    inputs: ReportInputs
    edition: str
    words: Words
    references: References
    quoting: Quoting

    @property
    def public(self) -> bool:
        return self.edition == PUBLIC

    def gettext(self, message: str) -> str:
        """*message* in the language of this version."""
        return self.words.gettext(message)
