"""Which texts of the codebook repeat somebody's words. They are withheld, not refused: nobody wrote them for a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from makna.report import quote_guard
from makna.report.inputs import ReportInputs
from makna.report.quote_guard import Wording
from makna.report.quotes import PROSE_RUN


def guard_codebook(inputs: ReportInputs) -> frozenset[str]:
    """The texts of codes that lead to a post, or that repeat an informant who did not agree to be quoted."""
    held = inputs.interpretation
    if held is None:
        return frozenset()

    def words_of_others() -> Iterable[str]:
        return chain(inputs.posts(), held.unconsented())

    wordings = [Wording(text, text, (), run, False) for text, run in _texts(inputs)]
    return frozenset(breach.place for breach in quote_guard.breaches(wordings, words_of_others))


def _texts(inputs: ReportInputs) -> Iterator[tuple[str, int]]:
    """Every text of the codebook, and how many words in a row it may share: few, where it is an example."""
    for use in inputs.interpretation.codes if inputs.interpretation else ():
        code = use.code
        for text in (code.definition, code.include, code.exclude, *(why for _concept, why in code.answers)):
            yield text, PROSE_RUN
        yield code.example, quote_guard.RUN
    for term in inputs.interpretation.record.terms if inputs.interpretation else ():
        yield from ((sense, PROSE_RUN) for sense in term.senses)
        yield from ((example, quote_guard.RUN) for example in term.examples if example)
