"""What the study holds, by kind, access basis and batch; and what the door disguised."""

from __future__ import annotations

from collections.abc import Iterator

from makna.corpus.model import SourceKind
from makna.report.blocks import Block, Gap, Heading, Para, Table, inline
from makna.report.context import Context
from makna.report.release import ENOUGH


def sources(c: Context) -> Iterator[Block]:
    """Counts by kind, then batch by batch."""
    yield Heading(1, c.gettext("Sources"), "sources")
    rows = c.inputs.sources
    if not rows:
        yield Gap(c.gettext("The study holds no source yet: add files with makna add."))
        return
    number = c.words.number
    kinds = [k for k in SourceKind if any(r.kind == k for r in rows)]
    by_kind = []
    for kind in kinds:
        of = [r for r in rows if r.kind == kind]
        by_kind.append(
            (
                c.words.kind(kind),
                number(len(of)),
                number(sum(r.documents for r in of)),
                number(sum(r.units for r in of)),
            )
        )
    held = c.gettext("Nothing was held back.")
    yield Table(
        c.gettext("Sources by kind"), (c.gettext("kind"), c.gettext("batches"), c.gettext("documents"), c.gettext("units")),
        tuple(by_kind), held, frozenset({1, 2, 3}),
    )  # fmt: skip
    yield _batches(c)
    missing = [c.words.kind(k) for k in SourceKind if k not in kinds]
    if missing:
        yield Gap(
            c.gettext("The study holds no source of this kind: {kinds}.").format(kinds=", ".join(missing))
        )


def _batches(c: Context) -> Table:
    number, few = c.words.number, False
    lines = []
    for row in c.inputs.sources:
        small = c.public and row.kind == SourceKind.OBSERVATION and 0 < row.authors < ENOUGH
        few = few or small
        access = c.words.access(row.access) + (
            f" ({row.permission})" if row.permission and not c.public else ""
        )
        authors = f"< {ENOUGH}" if small else number(row.authors)
        lines.append((
            str(row.batch), c.words.kind(row.kind), access, c.words.day(row.added_on), number(row.documents),
            number(row.context), authors,
        ))  # fmt: skip
    held = (
        c.gettext("Batches of fewer than five accounts do not say how many.")
        if few
        else c.gettext("Nothing was held back.")
    )
    head = (
        c.gettext("batch"), c.gettext("kind"), c.gettext("access basis"), c.gettext("added on"), c.gettext("documents"), c.gettext("context"),
        c.gettext("authors"),
    )  # fmt: skip
    return Table(
        c.gettext("Batches and how they were come by"), head, tuple(lines), held, frozenset({4, 5, 6})
    )


def disguise(c: Context) -> Iterator[Block]:
    """What was disguised, by class, with the measured recall; never "anonymous"."""
    yield Heading(1, c.gettext("What was disguised"), "disguise")
    status = c.gettext("Disguised, review needed.")
    text = c.gettext(
        "What identifies a person was replaced before anything was stored; what the recognisers miss is still there. "
        "Recall is the share found in a labelled probe, not in this study."
    )
    yield Para((*inline(status, "strong"), *inline(" " + text)))
    total = c.inputs.disguised
    if not total:
        yield Gap(c.gettext("No import of this study has recorded what it disguised."))
        return
    ordered = sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))
    rows = tuple((_class(c, name), c.words.number(n), _recall(c, name)) for name, n in ordered)
    yield Table(
        c.gettext("What the door replaced"), (c.gettext("class"), c.gettext("times"), c.gettext("recall")), rows,
        c.gettext("Nothing was held back."), frozenset({1, 2}),
    )  # fmt: skip
    if c.inputs.open_doubts:
        note = c.gettext("{n} spans were masked in doubt and wait for a decision.")
        yield Gap(note.format(n=c.words.number(c.inputs.open_doubts)))
    if c.inputs.kept_out:
        note = c.gettext("{n} records with a cue of an age under 18 were kept out of the study.")
        yield Para(inline(note.format(n=c.words.number(sum(c.inputs.kept_out.values())))), "note")


def _recall(c: Context, name: str) -> str:
    recall = c.inputs.recall.get(name)
    return c.gettext("not measured") if recall is None else c.words.share(recall)


def _class(c: Context, name: str) -> str:
    names = {
        "wa": c.gettext("WhatsApp number"), "phone": c.gettext("phone number"), "email": c.gettext("e-mail address"),
        "link": c.gettext("link"), "account": c.gettext("account"), "@": c.gettext("account"), "name": c.gettext("name"),
        "nik": c.gettext("identity number (NIK)"), "bank": c.gettext("bank or e-wallet number"), "plate": c.gettext("number plate"),
        "address": c.gettext("address"), "birthdate": c.gettext("birth date"), "?": c.gettext("masked in doubt"),
        "doubt": c.gettext("masked in doubt"), "image": c.gettext("picture"), "video": c.gettext("video"), "voice": c.gettext("voice"),
        "turn withheld": c.gettext("turn without consent"),
    }  # fmt: skip
    plain = name.strip("⟦⟧")
    head, _colon, channel = plain.partition(":")
    if plain in names or not channel:
        return names.get(plain, plain)
    return f"{names.get(head, head)} ({channel})"
