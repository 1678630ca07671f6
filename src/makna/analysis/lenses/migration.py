"""When and how is talk invited out of the public place? Invitations, their place in the conversation, their channel."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import ibis
import pyarrow as pa

from makna.analysis.lenses import figures, intervals, say
from makna.analysis.lenses.base import LensInput, LensResult, Statistic
from makna.analysis.lenses.inviting import Invitation, learn_invitations
from makna.analysis.lenses.posts import observed, with_sides
from makna.analysis.lenses.rows import Rows, passage

NAME = "migration"
NEEDS = frozenset({"account", "replies", "text"})
PASSAGES_A_ROW = 2_000  # options["passages"]
POSITIONS = ("opening post", "first answer", "second or third answer", "later answer", "unknown")
ROLES = ("own post", "answer", "request")
COLUMNS = (
    ("kind", pa.string()),  # channel, position, role
    ("channel", pa.string()),
    ("position", pa.string()),
    ("role", pa.string()),
    ("invitations", pa.int64()),
    ("share", pa.float64()),  # of all invitations
    ("low", pa.float64()),
    ("high", pa.float64()),
    ("conversations", pa.int64()),
    ("accounts", pa.int64()),
    ("by_cue", pa.float64()),
    ("harvest_keyword", pa.bool_()),
)


def run(data: LensInput) -> LensResult:
    """The migration lens. Options: passages (most passages per row)."""
    inviting = learn_invitations(data)
    found = sorted(inviting.find(data), key=lambda i: i.post.document_id)
    rows = Rows(COLUMNS, int(data.options.get("passages", PASSAGES_A_ROW)))
    for kind, key in (("channel", _by_channel), ("position", _by_position), ("role", _by_role)):
        groups: dict[str, list[Invitation]] = defaultdict(list)
        for one in found:
            groups[key(one)].append(one)
        for value in _sorted(kind, groups):
            _row(rows, kind, value, groups[value], len(found), data.harvest_keywords)
    statistics = _statistics(data, inviting.accounts, found)
    table = rows.table()
    sentence = say.both(lambda language: _sentence(language, statistics, table, worded=True))
    unworded = say.both(lambda language: _sentence(language, statistics, table, worded=False))
    return LensResult(
        NAME,
        table,
        rows.passages(),
        statistics,
        _figure(say.title(sentence), table),
        sentence,
        BLIND,
        unworded,
    )


def _by_channel(one: Invitation) -> str:
    return one.channel


def _by_role(one: Invitation) -> str:
    return one.role


def _by_position(one: Invitation) -> str:
    """The place in the conversation; an answer whose conversation begins outside the study has none."""
    if one.post.relation == "none":
        return POSITIONS[0]
    place = one.post.position or 0
    return POSITIONS[4] if place == 0 else POSITIONS[1] if place == 1 else POSITIONS[2 if place < 4 else 3]


def _sorted(kind: str, groups: Mapping[str, Sequence[Invitation]]) -> list[str]:
    if kind == "channel":
        return sorted(groups, key=lambda g: (-len(groups[g]), g))
    return [name for name in (POSITIONS if kind == "position" else ROLES) if name in groups]


def _row(
    rows: Rows, kind: str, value: str, of: Sequence[Invitation], whole: int, keywords: Iterable[str]
) -> None:
    row: dict[str, Any] = {
        "kind": kind,
        kind: value,
        "invitations": len(of),
        **intervals.bounds(len(of), whole),
        "conversations": len({i.post.conversation_id for i in of} - {None}),
        "accounts": len({i.post.author_id for i in of} - {None}),
        "by_cue": sum(not i.note.startswith("≈") for i in of) / len(of),
        "harvest_keyword": any(k in i.segment.tokens for k in keywords for i in of),
    }
    rows.add(row, (_passage(i) for i in of))


def _passage(one: Invitation) -> dict[str, Any]:
    start, end = one.segment.start, one.segment.end
    return passage(one.post.document_id, start, end, one.post.text[start:end], one.note)


def _statistics(
    data: LensInput, accounts: frozenset[int], found: Sequence[Invitation]
) -> tuple[Statistic, ...]:
    """Conversations with an answer in which a promoting account takes part; those of them with an invitation."""
    posts = with_sides(observed(data), accounts)
    posts = posts.filter(posts.conversation_id.notnull())
    talks = posts.group_by("conversation_id").agg(posts=posts.count(), inside=posts.inside.any())
    talks = talks.filter((talks.posts > 1) & talks.inside)
    ids = sorted({i.post.conversation_id for i in found if i.post.conversation_id is not None})
    invited = ibis.memtable(pa.table({"conversation_id": pa.array(ids, pa.int64())}))
    whole = int(talks.count().to_pyarrow().as_py())
    hits = int(talks.semi_join(invited, "conversation_id").count().to_pyarrow().as_py())
    answers = Counter(i.role for i in found)
    return (
        intervals.count("invitations", len(found)),
        intervals.share("share of conversations with a public invitation", hits, whole),
        intervals.share("share of invitations that answer somebody", answers["answer"], len(found)),
        intervals.share("share of invitations by those who ask", answers["request"], len(found)),
    )


def _sentence(language: str, statistics: Sequence[Statistic], table: pa.Table, *, worded: bool) -> str:
    n, talks = statistics[0], statistics[1]
    if not n.value:
        return {"en": "No public invitation was found.", "id": "Tidak ditemukan ajakan terbuka."}[language]
    named = [r["channel"] for r in table.to_pylist() if r["kind"] == "channel" and r["channel"] != "unnamed"]
    channels = named[:2] if worded else []
    said = say.series([say.name(c, language) for c in channels], language)
    part = say.percent(talks.value, language) + say.between(talks.low, talks.high, language)
    total, whole = say.number(n.value, language), say.number(talks.n or 0, language)
    if talks.value is None:  # invitations, but hardly a conversation with an account that promotes
        most = (
            {"en": f", most of them to {said}", "id": f", kebanyakan menuju {said}"}[language]
            if channels
            else ""
        )
        return {
            "en": f"Public invitations found: {total}{most}; conversations with promoting accounts: {whole}, {say.TOO_FEW['en']}.",
            "id": f"Ajakan terbuka yang ditemukan: {total}{most}; percakapan dengan akun yang berpromosi: {whole}, {say.TOO_FEW['id']}.",
        }[language]
    if language == "id":
        where = f"; dari {total} ajakan, saluran yang paling sering disebut ialah {said}" if channels else ""
        return f"{part} dari {whole} percakapan dengan akun yang berpromosi memuat ajakan terbuka untuk pindah{where}."
    where = f"; of {total} invitations, most name {said}" if channels else ""
    return (
        f"{part} of {whole} conversations with promoting accounts hold a public invitation to move on{where}."
    )


def _figure(title: figures.Text, table: pa.Table) -> Mapping[str, Any]:
    shown = [r for r in table.to_pylist() if r["kind"] == "channel" and r["share"] is not None]
    rows = [
        {"label": say.pair(r["channel"]), "share": r["share"], "low": r["low"], "high": r["high"], "note": f"{r['invitations']:,}", "small": r["accounts"] < 5}
        for r in shown
    ]  # fmt: skip
    return figures.shares(title, rows, axis=("share of invitations", "bagian dari ajakan"))


BLIND = say.blinds(
    (
        "What follows in private cannot be seen; a share of conversations with a public invitation is not a share that moved.",
        "Apa yang terjadi di ruang pribadi tidak terlihat; bagian percakapan dengan ajakan terbuka bukan bagian yang pindah.",
    ),
    (
        "Conversations that begin in private, and answers the harvest did not bring, are missing.",
        "Percakapan yang bermula di ruang pribadi dan balasan yang tidak terambil tidak tercakup.",
    ),
    (
        "An invitation that names no channel is recognised by its words alone; its passage says which.",
        "Ajakan yang tidak menyebut saluran dikenali dari kata-katanya saja; kutipannya menyebut yang mana.",
    ),
)
