"""Interviews, field notes, references and the study's own files: read by Makna's readers, complete and consistent."""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import orjson
import pytest

from makna.corpus.disguise.door import Door, DoorSettings
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.pseudonyms import Pseudonyms
from makna.corpus.disguise.roster import Roster
from makna.corpus.model import SourceKind
from makna.corpus.records import RawDocument, RawPost, RawRecord
from makna.corpus.tokens import tokenise
from makna.demo import Truth, generate
from makna.demo.interviews import INFORMANTS, turns
from makna.demo.phrases import read
from makna.demo.sources import HARVEST, NAMES, POSTS, STATUSES
from makna.record import participants_file

Generated = tuple[Path, Truth]
Records = dict[str, list[RawRecord]]
KINDS = ("interview", "observation", "field_note", "literature")


def _toml(demo: Generated, name: str) -> dict[str, Any]:
    return tomllib.loads((demo[0] / name).read_text(encoding="utf-8"))


def _documents(records: Records, prefix: str) -> dict[str, list[RawDocument]]:
    found = {name: [r for r in rows if isinstance(r, RawDocument)] for name, rows in records.items()}
    return {name: rows for name, rows in found.items() if name.startswith(prefix)}


def _texts(records: Records) -> dict[str, list[str]]:
    """Source kind -> texts, as the readers give them."""
    posts = [
        p.text
        for f in (POSTS, HARVEST, STATUSES)
        for p in records[f]
        if isinstance(p, RawPost) and not p.context
    ]
    prefixes = {"interview": "wawancara", "field_note": "catatan", "literature": "references"}
    found = {
        kind: [turn.text for rows in _documents(records, prefix).values() for d in rows for turn in d.turns]
        for kind, prefix in prefixes.items()
    }
    return {"observation": posts, **found}


def _holds(text: str, query: str) -> bool:
    """Whether *text* answers *query*: a phrase in quotes, or words that all occur."""
    tokens = [t for t, _s, _e in tokenise(text)]
    wanted = [t for t, _s, _e in tokenise(query.strip('"'))]
    if not query.startswith('"'):
        return set(wanted) <= set(tokens)
    return any(tokens[n : n + len(wanted)] == wanted for n in range(len(tokens)))


def test_eight_interviews_in_six_forms(records: Records) -> None:
    """Eight transcripts of 25 to 60 turns, each between one researcher and one informant, who take turns."""
    found = _documents(records, "wawancara")
    assert len(found) == 8
    assert {Path(name).suffix for name in found} == {".docx", ".txt", ".md", ".srt", ".vtt"}
    for name, (transcript,) in found.items():
        assert transcript.kind is SourceKind.INTERVIEW
        assert 25 <= len(transcript.turns) <= 60, name
        assert sorted(transcript.roles.values()) == ["participant", "researcher"], name
        assert all(
            a.speaker != b.speaker for a, b in zip(transcript.turns, transcript.turns[1:], strict=False)
        ), name


@pytest.mark.parametrize("one", INFORMANTS, ids=lambda one: one["code"])
def test_interviews_have_their_length_whatever_the_seed(one: dict[str, Any]) -> None:
    """Every way to put an interview together has 25 to 60 turns, and not all are the same."""
    made = [turns(read(f"interviews/{one['text']}"), Random(seed)) for seed in range(40)]
    assert all(25 <= len(spoken) <= 60 for spoken in made)
    assert len({tuple(spoken) for spoken in made}) > 30
    assert all(label in ("P", "I") and speech.strip() for spoken in made for label, speech in spoken)


def test_dates_are_stated_where_the_form_has_room(records: Records) -> None:
    """Transcripts state the day of the interview; caption files have no place for it."""
    dates = {name: rows[0].date for name, rows in _documents(records, "wawancara").items()}
    assert all((date is None) == name.endswith((".srt", ".vtt")) for name, date in dates.items())
    assert all(date is None or date.startswith("2021-03-") for date in dates.values())


def test_participants_mean_their_files(demo: Generated, records: Records) -> None:
    """participants.toml reads without complaint, gives eight informants consent, and its labels mean one speaker of each file."""
    people = participants_file.read(demo[0] / "participants.toml")
    assert [p.code for p in people] == [one["code"] for one in INFORMANTS]
    assert {p.attributes["role"] for p in people} == {"provider", "customer", "broker"}
    assert {p.type for p in people} == {"key", "main", "supporting"}
    assert all(p.consent and "analysis" in p.consent.scopes for p in people)
    assert any(p.consent and "verbatim" not in p.consent.scopes for p in people)
    for one in INFORMANTS:
        (transcript,) = _documents(records, one["file"])[one["file"]]
        meant = participants_file.for_file(people, one["file"], [t.speaker or "" for t in transcript.turns])
        assert [p.code for p in meant.values()] == [one["code"]]
        assert all(transcript.roles[label] == "participant" for label in meant)


def test_names_to_mask_occur_in_transcripts(demo: Generated, records: Records) -> None:
    """Names on the study's list are spoken in the transcripts, so that masking has something to mask; none is a code."""
    names = (demo[0] / NAMES).read_text(encoding="utf-8").split()
    spoken = " ".join(_texts(records)["interview"])
    assert sum(name in spoken for name in names) >= 3
    sources = " ".join(read(f"interviews/{one['text']}") for one in INFORMANTS)
    assert all(name in sources for name in names)


def test_motives_saturate_by_the_sixth_interview(demo: Generated) -> None:
    """No motive is new after the fifth interview; every interview has at least two; the six motives all occur."""
    motives = demo[1].motives
    seen: set[str] = set()
    fresh = []
    for found in motives.values():
        assert len(found) >= 2
        fresh.append(len(set(found) - seen))
        seen |= set(found)
    assert seen == {"freedom", "long_place", "anonymity", "income", "reach", "community"}
    assert fresh[5:] == [0, 0, 0]
    assert sum(fresh[:5]) == 6


def test_field_notes(records: Records) -> None:
    """At least six sessions with their dates, descriptive and reflexive."""
    notes = [d for rows in _documents(records, "catatan").values() for d in rows]
    sessions = {(d.session or "").split(",")[0] for d in notes}
    assert len(sessions) >= 6 and all(d.date and d.turns for d in notes)
    kinds = [(d.session or "").split(", ")[-1] for d in notes]
    assert kinds.count("descriptive") >= 5 and kinds.count("reflexive") >= 5


def test_references(records: Records) -> None:
    """Fifteen works with author, title and year; articles with journal, volume and pages; no key twice."""
    works = [d for rows in _documents(records, "references").values() for d in rows]
    assert len(works) == 15 == len({d.key for d in works})
    assert {"blumer1969", "goffman1959", "goffman1963", "sanders2018", "moleong2017"} <= {
        d.key for d in works
    }
    for work in works:
        csl = work.csl or {}
        assert csl["author"] and csl["title"] and csl["issued"], work.key
        if csl["type"] == "article-journal":
            assert csl["container-title"] and csl["volume"] and csl["page"] and csl["DOI"], work.key
        assert work.turns and work.turns[0].text.split()[0] in ("Excerpt", "Reader's", "Ringkasan")


def test_the_study_is_stated_in_two_languages(demo: Generated) -> None:
    """study.toml has title, abstract, questions, design, sampling and guide, each text in Indonesian and English."""
    study = _toml(demo, "study.toml")
    keys = {q["id"] for q in study["question"]}
    texts = [study["title"], study["abstract"], study["design"]["method"], study["design"]["setting"]]
    texts += (
        [q["text"] for q in study["question"]]
        + study["sampling"]["criteria"]
        + [study["sampling"]["recruitment"]]
    )
    texts += [g["question"] for g in study["guide"]] + [c["name"] for c in study["concept"]]
    assert all(t["id"].strip() and t["en"].strip() and t["id"] != t["en"] for t in texts)
    assert {g["answers"] for g in study["guide"]} == keys
    assert study["sampling"]["approached"] - study["sampling"]["refused"] == len(INFORMANTS)
    assert {h["batch"] for h in study["harvest"]} <= {p.name for p in demo[0].iterdir()}


def test_concepts_cite_works_that_are_there(demo: Generated, records: Records) -> None:
    """Every concept refers to a reference of the study."""
    keys = {d.key for rows in _documents(records, "references").values() for d in rows}
    cited = {key for concept in _toml(demo, "study.toml")["concept"] for key in concept["references"]}
    assert cited and cited <= keys


def test_five_findings_stand_on_every_kind_of_source(demo: Generated) -> None:
    """Each finding answers a question and a concept, is supported by four kinds of source, and faces counter-evidence."""
    study, found = _toml(demo, "study.toml"), _toml(demo, "findings.toml")["finding"]
    assert [f["id"] for f in found] == ["motives", "presentation", "testimony", "migration", "argot"]
    for finding in found:
        assert finding["question"] in {q["id"] for q in study["question"]}
        assert finding["concept"] in {c["id"] for c in study["concept"]}
        assert finding["claim"]["id"] and finding["claim"]["en"]
        stances = {(e["stance"], e["kind"]) for e in finding["evidence"]}
        assert {("supports", kind) for kind in KINDS} <= stances
        assert any(stance == "contradicts" for stance, _kind in stances)
        against = {e.get("document") for e in finding["evidence"] if e["stance"] == "contradicts"}
        assert demo[1].deviant[finding["id"]] in against


def _evidence(demo: Generated) -> list[dict[str, Any]]:
    return [e for f in _toml(demo, "findings.toml")["finding"] for e in f["evidence"]]


def test_every_passage_stands_in_its_transcript(demo: Generated, records: Records) -> None:
    """A passage cited by its words occurs exactly once, in the transcript of the informant it names, in the informant's turn."""
    files = {one["code"]: one["file"] for one in INFORMANTS}
    for evidence in (e for e in _evidence(demo) if e["by"] == "passage"):
        (transcript,) = _documents(records, files[evidence["document"]])[files[evidence["document"]]]
        said = [t.text for t in transcript.turns if transcript.roles[t.speaker or ""] == "participant"]
        assert sum(evidence["passage"] in text for text in said) == 1, evidence["passage"]


def test_every_search_finds_its_kind(demo: Generated, records: Records) -> None:
    """Evidence by search finds something among the sources of its kind."""
    texts = _texts(records)
    for evidence in (e for e in _evidence(demo) if e["by"] == "search"):
        assert any(_holds(text, evidence["search"]) for text in texts[evidence["kind"]]), evidence["search"]


def _through_the_door(demo: Generated, texts: list[str]) -> list[str]:
    names = tuple((demo[0] / NAMES).read_text(encoding="utf-8").split())
    key = bytes(32)
    pseudonyms = Pseudonyms(Macs(key), long=np.empty(0, np.uint64))
    door = Door(DoorSettings(key=key, masked_names=names), Roster.empty(), pseudonyms)
    return [done.text for done in door.disguise(texts)]


def test_evidence_survives_the_door(demo: Generated, records: Records) -> None:
    """What findings cite and search for is still there after the disguise; the names to mask are not."""
    texts = {kind: _through_the_door(demo, found) for kind, found in _texts(records).items()}
    for evidence in _evidence(demo):
        if evidence["by"] == "passage":
            assert any(evidence["passage"] in text for text in texts["interview"]), evidence["passage"]
        else:
            assert any(_holds(text, evidence["search"]) for text in texts[evidence["kind"]]), evidence[
                "search"
            ]
    names = (demo[0] / NAMES).read_text(encoding="utf-8").split()
    assert [n for n in names if any(n in text for text in texts["interview"])] == []


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_searches_do_not_depend_on_the_seed(tmp_path: Path, seed: int) -> None:
    """What findings search for among posts is written by every seed, at the demo's size."""
    generate(tmp_path, seed=seed)
    lines = (tmp_path / POSTS).read_bytes().splitlines()
    texts = [orjson.loads(line)["text"] for line in lines if line.endswith(b"}")]
    found = tomllib.loads((tmp_path / "findings.toml").read_text(encoding="utf-8"))["finding"]
    searched = [e["search"] for f in found for e in f["evidence"] if e["kind"] == "observation"]
    assert len(searched) >= 8
    assert [s for s in searched if not any(_holds(text, s) for text in texts)] == []


@pytest.mark.parametrize("seed", [1, 7])
def test_passages_do_not_depend_on_the_seed(tmp_path: Path, seed: int) -> None:
    """What findings cite of the interviews is said whatever the seed: it stands outside alternatives and options."""
    generate(tmp_path, seed=seed, posts=60)
    texts = {
        one["code"]: " ".join(s for _l, s in turns(read(f"interviews/{one['text']}"), Random(seed)))
        for one in INFORMANTS
    }
    found = tomllib.loads((tmp_path / "findings.toml").read_text(encoding="utf-8"))["finding"]
    cited = [e for f in found for e in f["evidence"] if e["by"] == "passage"]
    assert len(cited) > 10
    assert all(e["passage"] in texts[e["document"]] for e in cited)


def test_the_stated_negative_case_holds(demo: Generated, records: Records) -> None:
    """No provider or broker explains a code: what findings.toml says was searched and not found is really not there."""
    inside = {h for h, role in demo[1].roles.items() if role in ("provider", "broker")}
    posts = [
        p for f in (POSTS, HARVEST, STATUSES) for p in records[f] if isinstance(p, RawPost) and p.account
    ]
    explained = [p for p in posts if _explains(p.text)]
    assert explained
    assert [p for p in explained if p.account and p.account.handle in inside] == []


def _explains(text: str) -> bool:
    return any(word in text.lower() for word in ("artinya", "maksudnya", "singkatan dari"))


def test_paraphrases_are_far_from_the_posts(demo: Generated, records: Records) -> None:
    """Evidence from posts has a paraphrase in both languages that shares no three words in a row with any post."""
    posts = {gram for text in _texts(records)["observation"] for gram in _grams(text)}
    seen = 0
    for evidence in (e for e in _evidence(demo) if e["kind"] == "observation"):
        for text in (evidence["paraphrase"]["id"], evidence["paraphrase"]["en"]):
            assert _grams(text) & posts == set(), text
            seen += 1
    assert seen >= 16


def _grams(text: str) -> set[tuple[str, ...]]:
    tokens = [t for t, _s, _e in tokenise(text)]
    return {tuple(tokens[n : n + 3]) for n in range(len(tokens) - 2)}
