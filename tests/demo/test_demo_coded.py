"""The demo interpreted: two coders, a codebook, memos, findings, all by actions, and found by what the generator wrote."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from makna.demo import Truth
from makna.demo.interpretation import interpret
from makna.demo.passages import Texts, spelled, whole, wider
from makna.demo.study import build
from makna.library import Library, Study
from makna.record.recorded import Recorded, RecordedFinding
from makna.report import assemble
from makna.report.interpreted import interpreted

Made = tuple[Study, Truth, Recorded]
LONG = 1500  # posts: enough for a sample of every code


def made(folder: Path, posts: int, *, language: str = "id") -> Made:
    """A coded demo in a library of its own."""
    truths: list[Truth] = []
    study = build(Library(folder), posts=posts, keep_truth=truths.append)
    interpret(study, truths[0], language=language)
    record = study.recorded()
    assert record is not None
    return study, truths[0], record


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("coded")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAKNA_CONFIG", str(folder / "config"))
        yield made(folder / "library", LONG)


def test_the_codebook_is_whole(coded: Made) -> None:
    """15 to 25 codes in a tree, of all origins, each defined with its rules; those that are used have an example."""
    _study, _truth, record = coded
    used = {one.code for one in record.codings}
    assert 15 <= len(record.codes) <= 25
    assert {code.depth for code in record.codes} == {0, 1}
    assert {code.origin for code in record.codes} == {"in vivo", "sensitising concept", "researcher"}
    for code in record.codes:
        assert code.definition and code.include and code.exclude, code.name
        assert bool(code.example) == (code.name in used), code.name
    assert sum(len(code.answers) for code in record.codes) >= 8


def test_two_coders_agree_well_but_not_wholly(coded: Made) -> None:
    """On every code that was used, alpha lies between .6 and .95."""
    study, _truth, record = coded
    agreement = interpreted(study, record, (), lambda text: text).agreement  # type: ignore[arg-type,return-value]
    assert set(agreement) == {one.code for one in record.codings}
    alphas = {code: one.alpha.value or 0 for code, one in agreement.items()}
    assert {code: alpha for code, alpha in alphas.items() if not 0.6 <= alpha <= 0.95} == {}


def test_both_code_every_interview_and_note(coded: Made) -> None:
    """All interviews and notes, some literature, and a good share of the posts."""
    study, _truth, record = coded
    coders: dict[int, set[int]] = defaultdict(set)
    for one in record.codings:
        coders[one.document].add(one.coder)
    kinds = study.run(study.documents.select("document_id", "kind")).to_pylist()
    of = {
        kind: [row["document_id"] for row in kinds if row["kind"] == kind]
        for kind in {r["kind"] for r in kinds}
    }
    assert all(coders[document] == {1, 2} for document in of["interview"])
    whole_notes = Counter(document >> 32 for document in of["field_note"])
    assert {document >> 32 for document in of["field_note"] if coders[document]} == set(whole_notes)
    assert sum(bool(coders[document]) for document in of["literature"]) >= 5
    assert sum(bool(coders[document]) for document in of["observation"]) > LONG / 4


def test_codings_stand_on_what_the_generator_wrote(coded: Made) -> None:
    """Most posts of a code are of the kinds that the codebook says; a passage lies within its text and says something."""
    study, truth, record = coded
    kinds = {unit.document: truth.kinds.get(post, "") for post, unit in Texts(study, truth).posts.items()}
    book = {code["name"]["id"]: code for code in _data("codebook")["code"]}
    texts = {row["coding"]: row["text"] for row in study.codings().to_pylist()}
    assert all(text.strip() == text and text for text in texts.values())
    right: Counter[str] = Counter()
    posts: Counter[str] = Counter()
    for one in record.codings:
        if one.document in kinds and "posts" in book[one.code]:
            posts[one.code] += 1
            right[one.code] += kinds[one.document] in book[one.code]["posts"]["kinds"]
    assert {code: n for code, n in posts.items() if n >= 20 and right[code] < 0.7 * n} == {}
    assert sum(right.values()) > 0.85 * sum(posts.values())


def test_the_findings_stand_and_are_contested(coded: Made) -> None:
    """All five with evidence for and against, by two investigators; what is final was challenged; one waits."""
    study, _truth, record = coded
    assert len(record.findings) == 5
    assert [one.final for one in record.findings].count(False) == 1
    for one in record.findings:
        stances = Counter(piece.stance for piece in one.evidence)
        assert stances["supports"] >= 5 and stances["contradicts"] >= 1
        assert len({piece.investigator for piece in one.evidence}) == 2
    assert all(piece.passages for found in assemble.resolved(study) for piece in found.evidence)
    assert study.lens("triangulation").table["investigators"].to_pylist() == [2] * 5


def test_memos_of_every_type_terms_cases_and_a_check(coded: Made) -> None:
    """The rest of the record is there too, and everything came about by actions of three people."""
    study, _truth, record = coded
    assert set(record.memos) == {
        "theoretical", "methodological", "descriptive", "reflexive", "code rule", "argument", "negative-case search",
    }  # fmt: skip
    assert (record.roles, record.ways["undone"]) == ({"owner": 2, "coder": 1}, 1)
    with study._acting() as actor:
        about = actor.study
        assert about.member_checks.count() == 1 and about.terms.count() >= 10
        assert all(term.evidence.exists() and term.senses.exists() for term in about.terms.all())
        accounts = [value for one in about.attributes.filter(name="role") for value in one.values.all()]
        assert {value.value for value in accounts if value.author} >= {"provider", "customer"}
        rows = sum(len(event.changes) for event in about.events.filter(way="done"))
        assert rows > about.codings.count() + about.memos.count() + 100
    assert study.codings().num_rows == len(record.codings)


def test_two_builds_are_equal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same seed makes the same record, pseudonyms apart; another language speaks of the same passages."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    first, second = (made(tmp_path / name, 200) for name in ("a", "b"))
    assert words(first[0]) == words(second[0])
    assert [without_places(one) for one in first[2].findings] == [
        without_places(one) for one in second[2].findings
    ]
    assert replace(first[2], codings=(), findings=()) == replace(second[2], codings=(), findings=())
    before = Counter((coder, said) for coder, _code, said in words(second[0]))
    for file in (tmp_path / "b").glob("record.sqlite*"):
        file.unlink()
    interpret(second[0], second[1], language="en")
    assert Counter((coder, said) for coder, _code, said in words(second[0])) == before
    assert second[0].findings()["claim"][0].as_py().startswith("Twitter is chosen")


def words(study: Study) -> list[tuple[str, str, str]]:
    """Coder, code and words of all codings, without pseudonyms: those are a study's own."""
    return sorted(
        (row["coder"], row["code"], re.sub("⟦@[^⟧]*⟧", "⟦@⟧", row["text"]))
        for row in study.codings().to_pylist()
    )


def without_places(finding: RecordedFinding) -> RecordedFinding:
    """A finding whose evidence stands in documents, anywhere."""
    return replace(finding, evidence=tuple(replace(one, start=0, end=0) for one in finding.evidence))


def test_everything_is_said_in_both_languages() -> None:
    """Codebook and memos of the demo, so that either may be built."""

    def spoken(value: Any, path: str) -> Iterator[str]:
        if isinstance(value, dict) and {"id", "en"} & set(value) and not {"name", "by"} & set(value):
            if not (value.get("id") and value.get("en")) and "category" not in value:
                yield path
        elif isinstance(value, dict):
            for key, one in value.items():
                yield from spoken(one, f"{path}.{key}")
        elif isinstance(value, list):
            for n, one in enumerate(value):
                yield from spoken(one, f"{path}[{n}]")

    assert [path for name in ("codebook", "memos") for path in spoken(_data(name), name)] == []


def test_passages_are_found_after_the_door() -> None:
    """Slots may hold anything; a post is marked without those it is addressed to; sentences are whole."""
    assert spelled("wa {phone}").search("langsung wa ⟦wa⟧")
    assert spelled("coba {at}, aku").search("coba ⟦@Melati-042⟧, aku udah dua kali")
    assert whole("⟦@Melati-042⟧ masih ada? ") == (14, 24)
    assert whole("⟦@Melati-042⟧ ") == (0, 14)
    text = "Satu. Dua tiga. Empat."
    assert text[slice(*wider(text, 10, 13))] == "Dua tiga."


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(
        (resources.files("makna.demo") / "data" / f"{name}.toml").read_text(encoding="utf-8")
    )
