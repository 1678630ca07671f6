"""How coders agree, and the audit trail: what was done in the record, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from makna.analysis.agreement import Agreement
from makna.analysis.coder_agreement import CodeAgreement
from makna.record import action_words
from makna.report.blocks import Block, Facts, Heading, Para, Table, inline
from makna.report.context import Context
from makna.report.sections.codebook import numbers


def agreement(c: Context) -> Iterator[Block]:
    """Alpha, kappa and alpha for unitizing of each code; nothing where no document was coded by two."""
    held = c.inputs.interpretation
    if held is None or not held.agreement:
        return
    yield Heading(1, c.gettext("Appendix: agreement between coders"), "agreement")
    text = c.gettext(
        "Compared are the units (turns, paragraphs, posts) of documents in which at least two coders coded something:"
        " whether each gave a unit the code or not. Documents that only one of them coded are left out, since the record does not"
        " say whether the other read them. Krippendorff's alpha for unitizing compares where the passages themselves begin and end;"
        " Cohen's kappa stands where there are just two coders."
    )
    yield Para(inline(text))
    rows = tuple(
        (f"{number} {c.quoting.guarded(use.code.name)}", *_measured(c, held.agreement[use.code.name]))
        for number, use in zip(numbers(held.codes), held.codes, strict=True)
        if use.code.name in held.agreement
    )
    head = (
        c.gettext("code"), c.gettext("Krippendorff's alpha"), c.gettext("alpha for unitizing"), c.gettext("Cohen's kappa"),
        c.gettext("units"),
    )  # fmt: skip
    caption = c.gettext("Agreement on each code, with 95% intervals")
    yield Table(caption, head, rows, c.gettext("Nothing was held back."), frozenset({1, 2, 3, 4}))


def _measured(c: Context, one: CodeAgreement) -> tuple[str, ...]:
    measured = (one.alpha, one.unitizing, one.kappa)
    return *(_said(c, value) if value else "–" for value in measured), c.words.number(one.alpha.units)


def _said(c: Context, one: Agreement) -> str:
    """The value with its 95 % interval, where there is one."""
    number = c.words.number
    if one.value is None:
        return c.gettext("too few to compute")
    if one.low is None or one.high is None:
        return number(one.value)
    return f"{number(one.value)} ({number(one.low)}–{number(one.high)})"


def audit(c: Context) -> Iterator[Block]:
    """Events by what was done, who worked on the study, and its memos."""
    held = c.inputs.interpretation
    if held is None:
        return
    record, words = held.record, c.words
    yield Heading(1, c.gettext("Appendix: audit trail"), "audit")
    text = c.gettext(
        "Every change of the record is an event with who, when, before and after; events are added to and never altered."
    )
    back, again = record.ways.get("undone", 0), record.ways.get("redone", 0)
    taken = (
        [words.ngettext("{n} action was taken back.", "{n} actions were taken back.", back)] if back else []
    )
    if again:
        taken.append(words.ngettext("{n} action was done again.", "{n} actions were done again.", again))
    yield Para(inline(" ".join([text, *taken])))
    times: Counter[str] = Counter()
    for action, n in record.actions.items():
        times[action_words.of(action)] += n
    rows = tuple((c.gettext(action), words.number(n)) for action, n in times.most_common())
    head = (c.gettext("what was done"), c.gettext("times"))
    if rows:
        yield Table(
            c.gettext("What was done in the record"), head, rows, c.gettext("Nothing was held back."), frozenset({1})
        )  # fmt: skip
    people = [f"{c.gettext(role)}: {words.number(n)}" for role, n in record.roles.items()]
    memos = [f"{c.gettext(kind)}: {words.number(n)}" for kind, n in record.memos.items()]
    yield Facts(
        (
            (c.gettext("People by role"), inline(", ".join(people) or "–")),
            (c.gettext("Memos by type"), inline(", ".join(memos) or "–")),
        )
    )
