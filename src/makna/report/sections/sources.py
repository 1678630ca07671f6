"""What the study holds, by kind, access basis and batch; and what the door disguised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from makna.corpus.model import SourceKind
from makna.report.blocks import Block, Gap, Heading, Para, Table, inline
from makna.report.context import Context
from makna.report.inputs import SourceRow
from makna.report.release import Group, Hidden, merge


def sources(c: Context) -> Iterator[Block]:
    """Counts by kind, then batch by batch."""
    yield Heading(1, c.gettext("Sources"), "sources")
    rows = c.inputs.sources
    if not rows:
        yield Gap(c.gettext("The study holds no source yet: add files with makna add."))
        return
    shown, held = _released(c, rows)
    yield _by_kind(c, shown, held)
    yield _batches(c, shown, held)
    missing = [c.words.kind(k) for k in SourceKind if not any(r.kind == k for r in rows)]
    if missing:
        text = c.gettext("The study holds no source of this kind: {kinds}.")
        yield Gap(text.format(kinds=", ".join(missing)))


@dataclass(frozen=True)
class _Shown:
    """One or more batches as one row; *withheld* where even together they stand on too few accounts."""

    batches: tuple[SourceRow, ...]
    withheld: bool = False

    def total(self, field: str) -> int | None:
        return None if self.withheld else sum(getattr(b, field) for b in self.batches)


def _released(c: Context, rows: Sequence[SourceRow]) -> tuple[list[_Shown], str]:
    """The batches; in the public edition those of few accounts with others of observation, so that none stands alone."""
    hidden = merge([_group(r) for r in rows]) if c.public else Hidden()
    if not hidden.merged:
        return [_Shown((r,)) for r in rows], c.gettext("Nothing was held back.")
    together = _Shown(tuple(rows[i] for i in hidden.merged), hidden.withheld)
    rest = [_Shown((r,)) for i, r in enumerate(rows) if i not in hidden.merged]
    shown = sorted([together, *rest], key=lambda s: s.batches[0].batch)
    if hidden.withheld:
        return shown, c.gettext("The counts of batches that stand on fewer than five accounts are withheld.")
    return shown, c.gettext(
        "Batches that stand on fewer than five accounts are counted together with others."
    )


def _group(row: SourceRow) -> Group:
    """The accounts of a batch; a batch that is no observation stands on none and stays as it is."""
    return Group(row.authors if row.kind == SourceKind.OBSERVATION else 0)


def _by_kind(c: Context, shown: Sequence[_Shown], held: str) -> Table:
    number, lines = c.words.number, []
    for kind in SourceKind:
        of = [s for s in shown if s.batches[0].kind == kind]
        if of:
            counts = [_sum(s.total(field) for s in of) for field in ("documents", "units")]
            lines.append((c.words.kind(kind), number(sum(len(s.batches) for s in of)), *map(number, counts)))
    head = (c.gettext("kind"), c.gettext("batches"), c.gettext("documents"), c.gettext("units"))
    return Table(c.gettext("Sources by kind"), head, tuple(lines), held, frozenset({1, 2, 3}))


def _sum(counts: Iterable[int | None]) -> int | None:
    """The total; unknown where a part is withheld, since the rest would give it away."""
    known = list(counts)
    return None if None in known else sum(n for n in known if n is not None)


def _batches(c: Context, shown: Sequence[_Shown], held: str) -> Table:
    lines = [_batch(c, s) for s in shown]
    names = ("batch", "kind", "access basis", "added on", "documents", "context", "authors")
    head = tuple(c.gettext(name) for name in names)
    return Table(
        c.gettext("Batches and how they were come by"), head, tuple(lines), held, frozenset({4, 5, 6})
    )


def _batch(c: Context, shown: _Shown) -> tuple[str, ...]:
    access = dict.fromkeys(_access(c, b) for b in shown.batches)
    added = dict.fromkeys(c.words.day(b.added_on).replace(" ", "\u00a0") for b in shown.batches)
    counts = [c.words.number(shown.total(f)) for f in ("documents", "context")]
    # An account may write in several batches: together they have at least as many authors as the largest.
    authors = None if shown.withheld else max(b.authors for b in shown.batches)
    least = "≥ " if len(shown.batches) > 1 and authors is not None else ""
    return (
        ", ".join(str(b.batch) for b in shown.batches), c.words.kind(shown.batches[0].kind), " / ".join(access),
        " / ".join(added), *counts, least + c.words.number(authors),
    )  # fmt: skip


def _access(c: Context, batch: SourceRow) -> str:
    permission = f" ({batch.permission})" if batch.permission and not c.public else ""
    return c.words.access(batch.access) + permission


def disguise(c: Context) -> Iterator[Block]:
    """What was disguised, by class, with the measured recall; never "anonymous"."""
    yield Heading(1, c.gettext("What was disguised"), "disguise")
    status = c.gettext("Disguised, review needed.")
    text = c.gettext(
        "What identifies a person was replaced before anything was stored; what the recognisers miss is still there. "
        "Recall is the share found in a labelled probe, not in this study."
    )
    yield Para((*inline(status, "strong"), *inline(" " + text)))
    yield Para(inline(c.gettext("Words in small capitals stand for what was disguised.")), "note")
    total = c.inputs.disguised
    if not total:
        yield Gap(c.gettext("No import of this study has recorded what it disguised."))
        return
    together: dict[str, list[str]] = defaultdict(list)
    for name in total:
        together[_class(c, name)].append(name)
    counted = [(sum(total[name] for name in names), shown, names) for shown, names in together.items()]
    ordered = sorted(counted, key=lambda row: (-row[0], row[1]))
    rows = tuple((shown, c.words.number(n), _recall(c, names)) for n, shown, names in ordered)
    yield Table(
        c.gettext("What the door replaced"), (c.gettext("class"), c.gettext("times"), c.gettext("recall as last measured")), rows,
        c.gettext("Nothing was held back."), frozenset({1, 2}),
    )  # fmt: skip
    if c.inputs.recall_from and c.inputs.recall:
        day, n = c.inputs.recall_from
        note = c.gettext("Recall was last measured on {day}, on {n} identifiers in generated posts.")
        yield Para(inline(note.format(day=c.words.day(day), n=c.words.number(n))), "note")
    if c.inputs.open_doubts:
        note = c.words.ngettext(
            "{n} span was masked in doubt and waits for a decision.",
            "{n} spans were masked in doubt and wait for a decision.",
            c.inputs.open_doubts,
        )
        yield Gap(note)
    if c.inputs.kept_out:
        note = c.words.ngettext(
            "{n} record with a cue of an age under 18 was kept out of the study.",
            "{n} records with a cue of an age under 18 were kept out of the study.",
            sum(c.inputs.kept_out.values()),
        )
        yield Para(inline(note), "note")


_NO_RECALL = frozenset(
    {"image", "video", "voice", "turn withheld", "?", "doubt"}
)  # nothing is recognised by its form


def _recall(c: Context, names: Sequence[str]) -> str:
    """The recall of a class; of several together, the lowest."""
    if {name.strip("⟦⟧") for name in names} <= _NO_RECALL:
        return c.gettext("does not apply")
    found = [c.inputs.recall.get(name) for name in names]
    known = [recall for recall in found if recall is not None]
    return c.words.share(min(known)) if known and len(known) == len(found) else c.gettext("not measured")


def _class(c: Context, name: str) -> str:
    names = {
        "wa": c.gettext("WhatsApp number"), "phone": c.gettext("phone number"), "email": c.gettext("e-mail address"),
        "link": c.gettext("link"), "account": c.gettext("account"), "@": c.gettext("account"), "name": c.gettext("name"),
        "nik": c.gettext("identity number (NIK)"), "bank": c.gettext("bank or e-wallet number"), "plate": c.gettext("number plate"),
        "address": c.gettext("address"), "birthdate": c.gettext("birth date"), "?": c.gettext("masked in doubt"),
        "doubt": c.gettext("masked in doubt"), "image": c.gettext("picture"), "video": c.gettext("video"), "voice": c.gettext("voice"),
        "turn withheld": c.gettext("turn without consent"), "kk": c.gettext("family card number (KK)"),
        "npwp": c.gettext("tax number (NPWP)"), "document": c.gettext("number of a document"),
    }  # fmt: skip
    plain = name.strip("⟦⟧")
    head, _colon, channel = plain.partition(":")
    if c.public and (
        plain == "wa" or head not in names
    ):  # which channels there are leaves the study by release only
        return c.gettext("contact on a messenger or platform")
    if plain in names or not channel or c.public:
        return names.get(plain) or names.get(head) or c.words.name(plain)
    return f"{names.get(head, head)} ({c.words.name(channel)})"
