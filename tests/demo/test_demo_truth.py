"""What the lenses find in the demo, against what the generator knows: recall and precision, lens by lens.

The study is built through the real import. A document leads to its truth by its place in its batch, because a study
keeps no ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest

from makna.analysis.lenses import LENSES
from makna.corpus.disguise.signs import parts
from makna.corpus.model import BATCH_SHIFT
from makna.corpus.tokens import tokenise
from makna.demo import Truth
from makna.demo.phrases import load
from makna.demo.sources import HARVEST, POSTS, STATUSES
from makna.demo.study import build
from makna.library import Library

if len(LENSES) < 7:
    pytest.skip("the seven lenses are not all there yet", allow_module_level=True)

ENOUGH = 0.9
FILES = (POSTS, HARVEST, STATUSES)  # batches 1, 2, 3, in the order of the import
INSIDE = ("provider", "broker")


@dataclass(frozen=True)
class Score:
    """How well *found* answers *true*."""

    recall: float
    precision: float

    def __str__(self) -> str:
        return f"recall {self.recall:.3f}, precision {self.precision:.3f}"


@dataclass(frozen=True)
class Built:
    """The demo as a study, and what is true of it."""

    study: Any
    truth: Truth

    def post(self, document: int) -> str | None:
        """The id of the invented post that *document* holds; None for what is no post."""
        batch, ordinal = document >> BATCH_SHIFT, document & ((1 << BATCH_SHIFT) - 1)
        return self.truth.order[FILES[batch - 1]][ordinal] if batch <= len(FILES) else None

    def posts(self, result: Any) -> set[str]:
        """The posts behind any row of a lens."""
        return {post for d in result.passages["document_id"].to_pylist() if (post := self.post(d))}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterable[Built]:
    """The demo, built once through the real import."""
    folder = tmp_path_factory.mktemp("truth")
    truths: list[Truth] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAKNA_CONFIG", str(folder / "config"))
        study = build(Library(folder / "library"), keep_truth=truths.append)
        yield Built(study, truths[0])


def score(found: set[Any], true: set[Any], *, ignore: Iterable[Any] = ()) -> Score:
    """Recall and precision of *found*; what is in *ignore* counts neither for nor against."""
    counted = found - (set(ignore) - true)
    hit = len(counted & true)
    return Score(hit / len(true), hit / len(counted) if counted else 0.0)


def holds(name: str, made: Score, record: Any) -> None:
    """State the figure, and ask that it is at least 0.9 both ways."""
    record(name, str(made))
    print(f"{name}: {made}")
    assert made.recall >= ENOUGH and made.precision >= ENOUGH, f"{name}: {made}"


def test_documents_lead_to_their_truth(built: Built) -> None:
    """The study holds exactly the documents the truth lists, and parents as the truth has them."""
    rows = built.study.documents.filter(built.study.documents.kind == "observation").to_pyarrow().to_pylist()
    by_post = {built.post(row["document_id"]): row for row in rows}
    assert len(rows) == sum(map(len, built.truth.order.values())) == len(by_post)
    for child, parent in built.truth.replies.items():
        if by_post[child]["relation"] == "reply" and child in built.truth.order[POSTS]:
            assert by_post[child]["parent_id"] == by_post[parent]["document_id"]
    missing = {post for post, row in by_post.items() if row["parent_missing"]}
    in_v2 = set(built.truth.missing_parents) & set(built.truth.order[POSTS])
    assert in_v2 <= missing


def test_authors_are_the_accounts(built: Built) -> None:
    """One author for each account, over all three files."""
    documents = built.study.documents.to_pyarrow().to_pylist()
    pairs = {
        (built.truth.authors.get(post), d["author_id"])
        for d in documents
        if (post := built.post(d["document_id"]))
    }
    pairs = {(handle, author) for handle, author in pairs if handle}
    assert len(pairs) == len({h for h, _a in pairs}) == len({a for _h, a in pairs}) == len(built.truth.roles)


def test_testimony(built: Built, record_property: Any) -> None:
    """Testimonial posts are found; what passes them on (quotations, thanks) may be shown with them."""
    found = built.posts(built.study.lens("testimony"))
    holds(
        "testimony", score(found, set(built.truth.testimonials), ignore=built.truth.relays), record_property
    )


def test_migration(built: Built, record_property: Any) -> None:
    """Invitations out of the public place are found."""
    found = built.posts(built.study.lens("migration"))
    holds("migration", score(found, set(built.truth.invitations)), record_property)


def test_promotion(built: Built, record_property: Any) -> None:
    """Promoting posts are found, and of each the moves it is built of."""
    result = built.study.lens("promotion")
    found = {(post, move) for post, move in _labelled(built, result, "move") if post in built.truth.moves}
    true = {(post, move) for post, moves in built.truth.moves.items() for move in moves}
    holds("promotion, moves", score(found, true), record_property)
    follow_ups = {
        post for post, kind in built.truth.kinds.items() if kind in ("self_reply", "mutter", "shown")
    }
    posts = {post for post, _move in _labelled(built, result, "move")}
    holds("promotion, posts", score(posts, set(built.truth.moves), ignore=follow_ups), record_property)


def _labelled(built: Built, result: Any, column: str) -> set[tuple[str, str]]:
    """(post, label) of every passage: the label of its row where the table has that column, else its note."""
    rows = {r["row"]: r for r in result.table.to_pylist()}
    found = set()
    for passage in result.passages.to_pylist():
        post = built.post(passage["document_id"])
        label = rows[passage["row"]].get(column) or passage["note"]
        if post and label:
            found.add((post, str(label)))
    return found


def test_presentation(built: Built, record_property: Any) -> None:
    """Signs of names, emoji and bios: all that insiders' names carry are found, and what is shown is theirs alone.

    Truth holds the signs of names that five accounts of a role share. Fewer, and the words of insiders' bios that no
    other bio holds, may be shown. A place is no sign of insiders: such rows say that they are places.
    """
    table = built.study.lens("presentation").table.to_pylist()
    rows = [r for r in table if r["kind"] == "sign" and r["where"] in ("name", "emoji", "bio")]
    places = {name.lower() for pair in load("people")["city"].items() for name in pair}
    found = {r["sign"] for r in rows if r["slot"] != "place"}
    assert {r["sign"] for r in rows} & places <= {r["sign"] for r in rows if r["slot"] == "place"}
    outside = {sign for role, signs in built.truth.signs.items() if role not in INSIDE for sign in signs}
    inside = {sign for role in INSIDE for sign in built.truth.signs[role]} - outside - places
    theirs = _written(INSIDE) - _written(set(built.truth.signs) - set(INSIDE)) - outside
    holds("presentation", score(found, inside, ignore=theirs), record_property)


def _written(roles: Iterable[str]) -> set[str]:
    """The words and emoji that the generator writes into names and bios of *roles*, as Makna cuts them."""
    specs = [load("people")["role"][role] for role in roles]
    texts = [text for spec in specs for part in ("bio", "name", "words", "emoji") for text in spec[part]]
    plain = [re.sub(r"\{\w+\}", " ", text) for text in texts]
    return {w for text in plain for w in {t for t, _start, _end in tokenise(text)} | parts(None, text)}


@pytest.fixture(scope="session")
def argot(built: Built) -> list[dict[str, Any]]:
    """The rows of the argot lens."""
    rows: list[dict[str, Any]] = built.study.lens("argot").table.to_pylist()
    return rows


def _terms(built: Built, row: dict[str, Any]) -> set[str]:
    """The true terms that a row's spellings are of."""
    spelled = {v: term for term, facts in built.truth.argot.items() for v in facts.variants}
    return {spelled[w.lstrip("#")] for w in (row["term"], *row["variants"]) if w.lstrip("#") in spelled}


def test_argot(built: Built, argot: list[dict[str, Any]], record_property: Any) -> None:
    """As many candidates as there are true terms name these, and little else; each term stands in one row."""
    first = [_terms(built, row) for row in argot[: len(built.truth.argot)]]
    found = set().union(*first)
    made = Score(len(found) / len(built.truth.argot), sum(map(bool, first)) / len(first))
    holds("argot", made, record_property)


def test_uptake(built: Built, argot: list[dict[str, Any]], record_property: Any) -> None:
    """The generator's shares lie within the intervals: of posts by insiders, and of answers that do not ask."""
    asked = list(built.truth.questions.values())
    held = []
    for row in argot:
        for term in _terms(built, row) & set(built.truth.argot):
            users = built.truth.argot[term].users
            true, inside = sum(users.values()), sum(users.get(role, 0) for role in INSIDE)
            whole = true and row["count"] > 0.6 * true  # the row that holds most of the term's writings
            if whole and row["inside_share"] is not None:
                held.append(row["inside_low"] <= inside / true <= row["inside_high"])
            if whole and row["understood"] is not None:
                held.append(
                    row["understood_low"] <= 1 - asked.count(term) / row["answers"] <= row["understood_high"]
                )
    record_property("uptake", f"{sum(held)} of {len(held)} shares within their intervals")
    print(f"uptake: {sum(held)} of {len(held)} shares within their intervals")
    assert len(held) >= 30 and sum(held) >= ENOUGH * len(held)


def test_triangulation(built: Built) -> None:
    """Every finding of the demo stands on observation, interview and field note, and has its contradiction."""
    rows = built.study.lens("triangulation").table.to_pylist()
    assert {row["finding"] for row in rows} == set(built.truth.deviant)
    assert all(row["kinds"] >= 3 and row["contradicts"] >= 1 for row in rows)


def test_motives(built: Built, record_property: Any) -> None:
    """Each informant's motives are found."""
    table = built.study.lens("motives").table.to_pylist()
    found = {(row["informant"], row["motive"]) for row in table if row["informant"]}
    true = {(code, motive) for code, motives in built.truth.motives.items() for motive in motives}
    holds("motives", score(found, true), record_property)
