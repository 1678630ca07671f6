"""The columns of the argot lens, and those that come from a term's senses and uptake."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import regex

from makna.analysis.lenses import intervals
from makna.analysis.lenses.senses import Senses
from makna.analysis.lenses.uptake import ANSWERS, ROLES, Uptake

_ACCOUNT = regex.compile(r"⟦@[^⟦⟧]*⟧")  # a table tells no accounts apart
USERS = pa.struct([("role", pa.string()), ("posts", pa.int64()), ("accounts", pa.int64())])
SENSE = pa.struct(
    [
        ("share", pa.float64()), ("occurrences", pa.int64()), ("collocates", pa.list_(pa.string())), ("example", pa.string()),
        ("early", pa.float64()), ("late", pa.float64()),  # its share before and from the middle of the days
    ]
)  # fmt: skip
MONTHS = pa.struct([("month", pa.string()), ("posts", pa.int64())])
FIRST_BY = pa.struct([("role", pa.string()), ("conversations", pa.int64())])
COLUMNS = (
    ("term", pa.string()),
    ("variants", pa.list_(pa.string())),
    ("phrases", pa.list_(pa.string())),  # fixed ones that it stands in, the commonest first
    ("standard", pa.string()),  # the ordinary word it may be written for; null where none is likely
    ("count", pa.int64()),
    ("score", pa.float64()),  # 0 to 1, mean rank of the parts
    ("says_en", pa.string()),  # the parts in plain words
    ("says_id", pa.string()),
    # platform, name, capital, place, slip, slang, elsewhere, english, foreign, inflected, ordinary
    ("labels", pa.list_(pa.string())),
    ("general_log_ratio", pa.float64()),  # bits against general Indonesian and English
    ("insider_z", pa.float64()),  # log-odds of the talk of and with promoting accounts against the rest
    ("respelled", pa.float64()),  # share of occurrences in a disguise
    ("ways", pa.int64()),  # disguises
    (
        "kinds",
        pa.list_(pa.string()),
    ),  # letters, apart, digits, marks, stretched, glued, respelled, shortened, spelled out
    ("company", pa.float64()),  # mean cosine with the seeds, or with what stands in for them
    ("used_like", pa.list_(pa.string())),
    ("form", pa.float64()),  # log odds of its letters among the seeds, or what stands in for them
    ("accounts", pa.int64()),
    ("inside_accounts", pa.int64()),
    ("near_accounts", pa.int64()),
    ("uptake", pa.string()),  # both, inside, near, few
    ("explained", pa.string()),  # asked, explained, unexplained
    ("first_seen", pa.date32()),
    ("last_seen", pa.date32()),
    ("months", pa.list_(MONTHS)),  # posts with it
    ("senses", pa.list_(SENSE)),  # the commonest first
    ("second_sense", pa.float64()),  # 1 − cosine of its company among insiders and in other posts
    ("second_sense_z", pa.float64()),  # against random shares of the same occurrences
    ("users", pa.list_(USERS)),  # by role: a case attribute, or the part taken in conversation
    (
        "inside_share",
        pa.float64(),
    ),  # of the posts with it, those by promoting accounts, with Wilson's interval
    ("inside_low", pa.float64()),
    ("inside_high", pa.float64()),
    ("conversations", pa.int64()),  # with the term
    ("first_by", pa.list_(FIRST_BY)),  # in how many of them each role was the first to use it
    ("opened", pa.int64()),  # in how many the opening post used it
    ("answers", pa.int64()),  # by others to a post with it: taken_up + carried_on + asked_back + said
    ("taken_up", pa.int64()),
    ("carried_on", pa.int64()),
    ("asked_back", pa.int64()),
    ("said", pa.int64()),
    ("questions", pa.int64()),  # posts that ask what it means
    ("left_unexplained", pa.int64()),  # answers to these that do not say it
    ("understood", pa.float64()),  # share of the answers that do not ask, with Wilson's interval
    ("understood_low", pa.float64()),
    ("understood_high", pa.float64()),
    ("spelling", pa.string()),  # listed, unlisted, respelled, emoji, hashtag
    ("seed", pa.bool_()),
    ("rejected", pa.bool_()),  # stands last
    ("harvest_keyword", pa.bool_()),
)


def meanings(found: Senses, texts: Mapping[int, str]) -> dict[str, Any]:
    """The columns of a term's senses, and how their shares shift over time."""
    days = np.array([day for one in found.senses for day in one.days], np.int64)
    sense = np.array([n for n, one in enumerate(found.senses) for _day in one.days], np.int64)
    dated = days >= 0
    middle = float(np.median(days[dated])) if dated.any() else 0.0
    early, late = sense[dated & (days < middle)], sense[dated & (days >= middle)]
    rows = [
        {
            "share": one.share, "occurrences": one.occurrences, "collocates": list(one.collocates), "example": _ACCOUNT.sub("⟦account⟧", texts[one.example[0]]),
            "early": float((early == n).mean()) if len(early) else None, "late": float((late == n).mean()) if len(late) else None,
        }
        for n, one in enumerate(found.senses)
    ]  # fmt: skip
    return {"senses": rows, "second_sense": found.apart, "second_sense_z": found.apart_z}


def told(talk: Uptake) -> dict[str, Any]:
    """The columns of a term's uptake."""
    answers, posts = sum(talk.answers.values()), sum(talk.posts.values())
    promoted = intervals.bounds(talk.posts[ROLES["inside"]], posts)
    understood = intervals.bounds(talk.understood, answers)
    return {
        "explained": talk.word,
        "first_seen": talk.seen[0] if talk.seen else None,
        "last_seen": talk.seen[1] if talk.seen else None,
        "months": [{"month": m, "posts": n} for m, n in sorted(talk.months.items())],
        "users": [
            {"role": r, "posts": n, "accounts": len(talk.accounts[r])} for r, n in sorted(talk.posts.items())
        ],
        **{f"inside_{name}": value for name, value in promoted.items()},
        "conversations": sum(talk.first.values()),
        "first_by": [{"role": r, "conversations": n} for r, n in sorted(talk.first.items())],
        "opened": talk.opening,
        "answers": answers,
        **dict(
            zip(
                ("taken_up", "carried_on", "asked_back", "said"),
                (talk.answers[a] for a in ANSWERS),
                strict=True,
            )
        ),
        "questions": talk.asked,
        "left_unexplained": talk.unexplained,
        "understood": understood["share"],
        "understood_low": understood["low"],
        "understood_high": understood["high"],
    }
