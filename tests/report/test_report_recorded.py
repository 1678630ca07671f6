"""What a report shows of the record: the codebook in use, agreement, the audit trail; and what of it never leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from report_sample import ARGOT_TERM, INPUTS, POSTS
from report_sample import TRUST as TRUST_FOUND

from makna.analysis.agreement import Agreement
from makna.analysis.coder_agreement import CodeAgreement
from makna.errors import SearchableParaphrase
from makna.record.findings_file import Check
from makna.record.recorded import Recorded, RecordedCode
from makna.record.toml_table import Text
from makna.report.blocks import Facts, Heading, Table, plain
from makna.report.build import build
from makna.report.inputs import CodeUse, Interpretation, ReportInputs

SAID = "saya tidak pernah ditipu di sini sekali pun"
TRUST = RecordedCode(
    "Percaya", 0, "Alasan untuk mengandalkan seseorang.", "Bila alasan disebut.", "Bila hanya memuji.", "kata orang, aman",
    answers=(("blumer-3", "Penafsiran mendahului tindakan."),),
)  # fmt: skip
CODES = (
    TRUST,
    RecordedCode(ARGOT_TERM, 1, origin="in vivo"),
    RecordedCode("Harga", 1),
    RecordedCode("Ramah", 0),
)


def uses(*accounts: int, codes: tuple[RecordedCode, ...] = CODES) -> tuple[CodeUse, ...]:
    """Each code on two interview passages and on a post of each of so many accounts of its own."""
    found, at = [], 0
    for code, n in zip(codes, accounts, strict=True):
        found.append(
            CodeUse(code, {"interview": 2, "observation": n}, frozenset(range(9000 + at, 9000 + at + n)))
        )
        at += n
    return tuple(found)


def interpreted(*accounts: int, codes: tuple[RecordedCode, ...] = CODES, **more: Any) -> ReportInputs:
    held = Interpretation(
        Recorded(
            actions={"add_codings": 30, "erase": 1}, ways={"done": 31, "undone": 1, "redone": 2},
            roles={"owner": 1, "coder": 1}, memos={"reflexive": 4},
        ),
        uses(*accounts, codes=codes), 2, says=lambda text: Text(id=text), **more,
    )  # fmt: skip
    return replace(INPUTS, interpretation=held)


@pytest.fixture
def blocks(gettexts: dict[str, Callable[[str], str]]) -> Callable[..., list[Any]]:
    def made(inputs: ReportInputs, edition: str = "public", language: str = "en") -> list[Any]:
        report = build(inputs, edition=edition, language=language, gettexts=gettexts)
        return list(report.versions[0].blocks)

    return made


def table(found: list[Any], caption: str) -> Table:
    return next(b for b in found if isinstance(b, Table) and caption in b.caption)


def facts(found: list[Any], code: str) -> dict[str, str]:
    at = next(n for n, b in enumerate(found) if isinstance(b, Heading) and b.text == code)
    return {name: plain(text) for name, text in found[at + 1].pairs}


def test_a_code_is_shown_with_its_rules_and_counts(blocks: Callable[..., list[Any]]) -> None:
    """The tree is numbered; definition, rules and example stand under the code, with the concept it answers to."""
    found = blocks(interpreted(12, 8, 9, 7), "examiners")
    rows = table(found, "how many passages").rows
    assert [row[0] for row in rows] == ["1 Percaya", f"1.1 {ARGOT_TERM}", "1.2 Harga", "2 Ramah"]
    assert rows[0][2:] == ("2", "0", "0", "12")
    about = facts(found, "1 Percaya")
    assert about["Inclusion"] == "Bila alasan disebut."
    assert about["Answers to"].endswith("Penafsiran mendahului tindakan.")
    assert "not defined yet" in facts(found, "2 Ramah")["Definition"]


def test_words_in_the_other_language_are_marked(blocks: Callable[..., list[Any]]) -> None:
    """An Indonesian definition in an English report is marked, in an Indonesian one it is not."""
    for language, marked in (("en", "id"), ("id", None)):
        found = blocks(interpreted(12, 8, 9, 7), language=language)
        (definition,) = next(
            b for b in found if isinstance(b, Facts) and "Alasan" in plain(b.pairs[0][1])
        ).pairs[0][1]
        assert definition.language == marked


def test_the_public_edition_names_no_argot_and_shows_no_small_group(blocks: Callable[..., list[Any]]) -> None:
    """An in vivo code is a category; a code on the posts of few accounts is counted with another one only."""
    found = blocks(interpreted(12, 8, 3, 7))
    rows = table(found, "how many passages").rows
    assert [row[-1] for row in rows] == ["12", "8", "–", "–", "10"]
    said = " ".join(str(b) for b in found[[getattr(b, "id", "") for b in found].index("codebook") :])
    assert ARGOT_TERM not in said and "1.1 argot term" in said
    examiners = table(blocks(interpreted(12, 8, 3, 7), "examiners"), "how many passages").rows
    assert [row[-1] for row in examiners] == ["12", "8", "3", "7"]


def test_what_repeats_somebody_is_withheld(blocks: Callable[..., list[Any]]) -> None:
    """An example out of a post, or of an informant who is not quoted, does not leave in either edition."""
    from_post = replace(TRUST, name="A", example=f"seperti: {POSTS[0]}")
    from_talk = replace(TRUST, name="B", example=f"katanya {SAID}")
    own = replace(TRUST, name="C", example="orang yang pernah membeli dipercaya")
    inputs = interpreted(9, 9, 9, codes=(from_post, from_talk, own), unconsented=lambda: (SAID,))
    for edition in ("public", "examiners"):
        found = blocks(inputs, edition)
        assert [facts(found, f"{n} {name}")["Example"].startswith("Withheld") for n, name in ((1, "A"), (2, "B"), (3, "C"))] == [
            True, True, False,
        ]  # fmt: skip


def test_agreement_stands_with_its_interval(blocks: Callable[..., list[Any]]) -> None:
    """Code by code in the order of the tree; what cannot be computed says so."""
    few = Agreement(None, None, None, 3, 6, 0.95, "")
    measures = {
        "Ramah": CodeAgreement(few, few, None),
        "Percaya": CodeAgreement(
            Agreement(0.8, 0.71, 0.9, 120, 240, 0.95, ""), Agreement(0.6, None, None, 1, 9, 0.95, ""), few
        ),
    }
    rows = table(blocks(interpreted(9, 9, 9, 9, agreement=measures)), "Agreement").rows
    few_said = "too few to compute"
    assert rows == (
        ("1 Percaya", "0.80 (0.71–0.90)", "0.60", few_said, "120"), ("2 Ramah", few_said, few_said, "–", "3"),
    )  # fmt: skip


def test_the_audit_trail_counts_what_was_done(blocks: Callable[..., list[Any]]) -> None:
    """In words, the commonest first, with what was taken back, who worked and the memos."""
    found = blocks(interpreted(9, 9, 9, 9), language="id")
    assert table(found, "Yang dilakukan").rows[0] == ("kutipan dikodekan", "30")
    said = " ".join(plain(b.text) for b in found if hasattr(b, "text") and not isinstance(b.text, str))
    assert "1 tindakan dibatalkan. 2 tindakan dilakukan lagi." in said
    last = next(b for b in reversed(found) if isinstance(b, Facts))
    assert [plain(text) for _name, text in last.pairs] == ["pemilik: 1, pengode: 1", "reflektif: 4"]


def test_a_member_check_stands_under_its_finding(blocks: Callable[..., list[Any]]) -> None:
    """Who was asked, when, what came back and what they correct; a searchable correction is refused as any wording is."""
    check = Check("Informan 2", dt.date(2021, 4, 20), "corrects", Text(en="Closeness counts as well."))
    one = replace(TRUST_FOUND, finding=replace(TRUST_FOUND.finding, checks=(check,)))
    found = blocks(replace(INPUTS, findings=(one,)))
    at = next(n for n, b in enumerate(found) if isinstance(b, Heading) and b.text == "Member check")
    assert plain(found[at + 1].items[0]) == "Informant 2, 20 April 2021: corrects. Closeness counts as well."
    bad = replace(one, finding=replace(one.finding, checks=(replace(check, correction=Text(id=POSTS[1])),)))
    with pytest.raises(SearchableParaphrase, match="member check 1"):
        blocks(replace(INPUTS, findings=(bad,)))


def test_a_study_without_a_record_has_no_such_appendix(blocks: Callable[..., list[Any]]) -> None:
    """Nothing is said of what there is not; a record without a code has a gap."""
    assert not {"codebook", "audit", "agreement"} & {getattr(b, "id", "") for b in blocks(INPUTS)}
    empty = replace(INPUTS, interpretation=Interpretation(Recorded()))
    assert "The record holds no code." in str(blocks(empty))
