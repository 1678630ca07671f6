"""Codes across kinds of source, attributes, coders and months, and codes that stand together, in makna.Library."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from makna.errors import MeasureError, NoSuchRow
from makna.library import Library, Study

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus"))
from test_erasing import ALONE, PARTICIPANTS
from test_importing import post, write


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """Six posts by six accounts and an interview: *bebas* on all, *ramai* on the posts, overlapping by a word."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    made = Library(tmp_path / "library").create("s")
    made.add(write(tmp_path / "a.jsonl", [post(n, text="pasar ramai") for n in range(6)]))
    (made.folder / "participants.toml").write_text(PARTICIPANTS, encoding="utf-8")
    (tmp_path / "satu.txt").write_text(ALONE, encoding="utf-8")
    made.add(tmp_path / "satu.txt", kind="interview", access="private")
    for code in ("bebas", "ramai"):
        made.add_code(code)
    interview = (2 << 32) + 0
    made.add_codings(
        "bebas", [*(((1 << 32) + n, 0, 11) for n in range(6)), (interview, 0, len(made.text(interview)))]
    )
    made.add_codings("ramai", [((1 << 32) + n, 6, 11) for n in range(6)])
    return made


def test_codes_by_kind_of_source(study: Study) -> None:
    """Twelve passages of six accounts stand in posts, half of them coded bebas; one in the interview."""
    rows = {(row["code"], row["kind"]): row for row in study.code_matrix().to_pylist()}
    posts = rows["bebas", "observation"]
    assert (posts["passages"], posts["cases"], posts["group_passages"], posts["group_cases"]) == (6, 6, 12, 6)
    assert posts["share"] == 0.5 and posts["case_share"] == 1.0
    heard = rows["bebas", "interview"]
    assert (heard["passages"], heard["cases"], heard["share"]) == (1, 1, None)
    assert ("ramai", "interview") not in rows


def test_codes_by_attribute_coder_and_time(study: Study) -> None:
    """An attribute of accounts and participants alike; one there is not is named with those there are."""
    study.import_participants()
    study.define_attribute("peran", scale="choice", options=["penjual", "pembeli"])
    names = study.run(study.authors.filter(~study.authors.participant))["pseudonym"].to_pylist()
    study.set_attributes(
        [{"case": name, "peran": "penjual" if n else "pembeli"} for n, name in enumerate(names)]
    )
    study.set_attributes([{"case": "Informan 1", "peran": "pembeli"}])
    rows = {
        (row["code"], row["peran"]): (row["passages"], row["cases"])
        for row in study.code_matrix("peran").to_pylist()
    }
    assert rows == {
        ("bebas", "pembeli"): (2, 2), ("bebas", "penjual"): (5, 5), ("ramai", "pembeli"): (1, 1), ("ramai", "penjual"): (5, 5),
    }  # fmt: skip
    [coder] = {row["coder"] for row in study.code_matrix("coder").to_pylist()}
    assert coder
    assert {len(row["month"]) for row in study.code_matrix("month").to_pylist()} == {len("2021-03")}
    with pytest.raises(NoSuchRow, match="peran"):
        study.code_matrix("usia")


def test_codes_together(study: Study) -> None:
    """On the same words, or in the same document."""
    [row] = study.cooccurrence().to_pylist()
    assert (row["code_a"], row["code_b"], row["together"], row["a"], row["b"]) == ("bebas", "ramai", 6, 7, 6)
    assert row["dice"] == pytest.approx(2 * 6 / 13)
    [row] = study.cooccurrence("document").to_pylist()
    assert (row["together"], row["a"], row["b"]) == (6, 7, 6)
    with pytest.raises(MeasureError):
        study.cooccurrence("paragraph")
