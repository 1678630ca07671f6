"""Documents as they are opened."""

from __future__ import annotations

import json

import pytest
from web_sample import post

from makna.library import Study
from makna.web.reading.texts import Shelf, authors


def _ids(study: Study, kind: str) -> list[int]:
    documents = study.documents
    rows = study.run(documents.filter(documents.kind == kind).select("document_id").order_by("document_id"))
    return list(rows["document_id"].to_pylist())


def test_a_leaf_is_the_document_as_the_corpus_has_it(study: Study) -> None:
    """Its text is the document's, and each turn says who speaks."""
    (talk,) = _ids(study, "interview")
    leaf = Shelf().leaf(study, talk)
    assert leaf is not None
    assert leaf.text == study.text(talk)
    assert [leaf.text[u.start : u.start + len(u.text)] for u in leaf.units] == [u.text for u in leaf.units]
    assert [leaf.voice(n)[1] for n in range(3)] == ["researcher", "participant", "researcher"]
    speaker = leaf.voice(1)[0]
    assert speaker is not None and speaker.pseudonym == "Informan 1" and speaker.participant
    assert leaf.voice(99) == (None, None)


def test_many_leaves_are_the_same_as_each_alone(study: Study) -> None:
    """Posts read together have the text and author of each, in the order asked for; what is not there is left out."""
    ids = _ids(study, "observation")[::-3]
    together = Shelf().leaves(study, [*ids, 999])
    assert [leaf.document for leaf in together] == ids
    assert together == [Shelf().leaf(study, one) for one in ids]
    assert all(leaf.author is not None and not leaf.author.participant for leaf in together)


def test_a_removed_batch_is_forgotten(study: Study) -> None:
    """What the corpus no longer holds is not read from memory."""
    shelf, (talk,) = Shelf(), _ids(study, "interview")
    assert shelf.leaf(study, talk) is shelf.leaf(study, talk)
    study.remove(talk >> 32)
    assert shelf.leaf(study, talk) is None


def test_memory_is_bounded(study: Study) -> None:
    """The leaves read longest ago go first."""
    shelf, ids = Shelf(room=100), _ids(study, "observation")[:8]
    first = shelf.leaf(study, ids[0])
    shelf.leaves(study, ids[1:])
    assert shelf.leaf(study, ids[0]) is not first


def test_profiles_are_those_of_the_table(study: Study) -> None:
    """Authors read from their own batch are the rows that the table of all batches has."""
    whole = {row["author_id"]: row for row in study.run(study.authors).to_pylist()}
    assert whole
    assert {row["author_id"]: row for row in study.profiles(set(whole))} == whole
    assert set(authors(study, whole)) == set(whole)


def test_a_profile_whose_batch_was_removed_is_found_in_a_later_one(
    study: Study, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """An account that two batches know keeps its profile when the first goes."""
    file = tmp_path_factory.mktemp("more") / "more.jsonl"
    file.write_text(
        "".join(json.dumps(post(n, f"kabar lain {n}")) + "\n" for n in range(100, 114)), encoding="utf-8"
    )
    study.add(file)
    ids = set(study.run(study.documents.select("author_id"))["author_id"].to_pylist()) - {None}
    study.remove(1)
    left = set(study.run(study.authors)["author_id"].to_pylist()) & ids
    assert {row["author_id"] for row in study.profiles(ids)} == left
    assert any(author >> 32 == 1 for author in left)
