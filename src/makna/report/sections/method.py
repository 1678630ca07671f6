"""How the study was made: method, setting, sampling record, informants, interview guide, harvest record."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from makna.record.participants_file import SCOPES, Consent
from makna.report.blocks import Block, Bullets, Facts, Gap, Heading, Inline, Table, inline
from makna.report.context import Context
from makna.report.release import coarsen
from makna.report.sections.front import paragraphs


def method(c: Context) -> Iterator[Block]:
    """The whole method section."""
    yield Heading(1, c.gettext("Method"), "method")
    yield from described(c)
    design = c.inputs.design
    facts: list[tuple[str, Inline]] = []
    if design.setting:
        facts.append((c.gettext("Setting"), c.words.said(design.setting)))
    if design.period.start or design.period.end:
        facts.append((c.gettext("Period"), inline(c.words.days(design.period.start, design.period.end))))
    yield from [Facts(tuple(facts))] if facts else []
    yield from sampling(c)
    yield from informants(c)
    yield from guide(c)
    yield from harvests(c)


def described(c: Context) -> Iterator[Block]:
    """What the researcher says of the method."""
    design = c.inputs.design
    if design.method:
        yield from paragraphs(design.method, c.words)
    else:
        yield Gap(c.gettext("The method is not described: write it in study.toml, [design], method."))


def sampling(c: Context) -> Iterator[Block]:
    """Criteria, recruitment, and how many were approached, refused and took part."""
    sampling, number = c.inputs.design.sampling, c.words.number
    yield Heading(2, c.gettext("Sampling record"), "sampling")
    if sampling.criteria:
        yield Bullets(tuple(c.words.said(t) for t in sampling.criteria))
    else:
        yield Gap(c.gettext("The criteria for informants are not stated: study.toml, [sampling], criteria."))
    took_part = len(c.inputs.participants)
    withdrew = sum(p.withdrawn is not None for p in c.inputs.participants)
    facts = []
    if sampling.recruitment:
        facts.append((c.gettext("Recruitment"), c.words.said(sampling.recruitment)))
    if sampling.approached is not None:
        facts.append((c.gettext("Approached"), inline(number(sampling.approached))))
    if sampling.refused is not None:
        facts.append((c.gettext("Refused"), inline(number(sampling.refused))))
    facts.append((c.gettext("Took part"), inline(number(took_part))))
    if withdrew:
        facts.append((c.gettext("Withdrew afterwards"), inline(number(withdrew))))
    yield Facts(tuple(facts))
    if sampling.approached is None or sampling.refused is None:
        yield Gap(
            c.gettext("How many were approached and how many refused is not stated: study.toml, [sampling].")
        )
    elif sampling.approached - sampling.refused != took_part:
        text = c.gettext("{approached} approached less {refused} refused is not {took_part} who took part.")
        yield Gap(text.format(approached=sampling.approached, refused=sampling.refused, took_part=took_part))


def informants(c: Context, *, profiles: bool = False) -> Iterator[Block]:
    """The informants as a table; with *profiles* each by a heading of their own besides."""
    people = [p for p in c.inputs.participants if p.withdrawn is None]
    yield Heading(2, c.gettext("Informants"), "informants")
    if not people:
        yield Gap(c.gettext("No informant is on record: write them in participants.toml."))
        return
    given = [{**({"type": p.type} if p.type else {}), **p.attributes} for p in people]
    columns = list(dict.fromkeys(key for row in given for key in row))
    held = c.gettext("Nothing was held back.")
    rows = [{k: _value(c, v) for k, v in row.items()} for row in given]
    if c.public:
        safe = coarsen(rows)
        rows = list(safe.rows)
        if safe.coarsened:
            names = ", ".join(c.words.column(n) for n in safe.coarsened)
            held = c.gettext(
                "Coarsened, so that no combination belongs to one informant alone: {names}."
            ).format(names=names)
    lines = []
    for person, row in zip(people, rows, strict=True):
        lines.append(
            (c.words.code(person.code), *(row.get(col, "–") for col in columns), _consent(c, person.consent))
        )
    head = (c.gettext("informant"), *(c.words.column(col) for col in columns), c.gettext("consent"))
    yield Table(c.gettext("Informants and what they consented to"), head, tuple(lines), held)
    for number, line in enumerate(lines if profiles else (), 1):
        yield Heading(3, line[0], f"informant-{number}")
        yield Facts(tuple((name, inline(value)) for name, value in zip(head[1:], line[1:], strict=True)))


def _value(c: Context, value: str) -> str:
    """An attribute as it is read: translated where it is a known word, ranges with a dash that does not break."""
    return regex.sub(r"(?<=\d)-(?=\d)", "–", c.gettext(value))


def _consent(c: Context, consent: Consent | None) -> str:
    scopes = consent.scopes if consent else frozenset[str]()
    names = {
        "analysis": c.gettext("analysis"), "verbatim": c.gettext("verbatim quotes"), "appendix": c.gettext("transcript in the appendix"),
        "link": c.gettext("link to an account"), "archive": c.gettext("archive"),
    }  # fmt: skip
    return ", ".join(names[s] for s in SCOPES if s in scopes) or c.gettext("none on record")


def guide(c: Context) -> Iterator[Block]:
    """The questions of the interviews."""
    design = c.inputs.design
    if not design.guide:
        return
    yield Heading(2, c.gettext("Interview guide"), "guide")
    number = {q.id: n for n, q in enumerate(design.questions, 1)}
    rows = tuple(
        (g.question.said(c.words.language)[0], str(number.get(g.answers or "", "–"))) for g in design.guide
    )
    yield Table(
        c.gettext("Questions of the interviews and the research question each serves"),
        (c.gettext("question"), c.gettext("research question")), rows, c.gettext("Nothing was held back."), frozenset({1}),
    )  # fmt: skip


def harvests(c: Context) -> Iterator[Block]:
    """What the harvester was asked for."""
    yield Heading(2, c.gettext("Harvest record"), "harvest")
    if not c.inputs.design.harvests:
        yield Gap(
            c.gettext("What the harvester was asked for is not stated: write [[harvest]] in study.toml.")
        )
    for n, harvest in enumerate(c.inputs.design.harvests, 1):
        yield Heading(3, c.gettext("Harvest {n}").format(n=n), f"harvest-{n}")
        keywords = ", ".join(harvest.keywords) if not c.public else _counted(c, len(harvest.keywords))
        pairs = [
            (c.gettext("Keywords"), inline(keywords)),
            (c.gettext("Period"), inline(c.words.days(harvest.period.start, harvest.period.end))),
            (c.gettext("Tool"), inline(harvest.tool or "–")),
        ]
        for name, text in (
            (c.gettext("Inclusion"), harvest.inclusion),
            (c.gettext("Exclusion"), harvest.exclusion),
        ):
            pairs += [(name, c.words.said(text))] if text else []
        yield Facts(tuple(pairs))


def _counted(c: Context, n: int) -> str:
    """Keywords are the field's own terms: the public edition says how many there were."""
    return c.gettext("{n}, named in the examiners' edition").format(n=n) if n else "–"
