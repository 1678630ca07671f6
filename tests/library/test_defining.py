"""The dictionary of argot: accepted, rejected and defined terms, how they re-rank the lens, and how they leave."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from makna.errors import NoSuchRow
from makna.library import Library, Study

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus"))
from test_importing import post, write

TBX = "{urn:iso:std:iso:30042:ed-2}"


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """Posts of a market with one word of its own, sometimes in disguise."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    made = Library(tmp_path / "library").create("s")
    spelled = ("zorbal", "z0rbal", "zorbal", "zorbal")
    texts = [f"{spelled[n % 4]} nanti malam di pasar {'ya' * (n + 1)}" for n in range(16)]
    made.add(write(tmp_path / "a.jsonl", [post(n, text=text) for n, text in enumerate(texts)]))
    return made


def test_accepting_keeps_what_the_lens_found(study: Study) -> None:
    """Variants, first day, how it is understood, and passages; one undo takes a step back."""
    assert study.accept_terms(["Z0rbal"]) == ["zorbal"]
    row = study.terms(status="accepted").to_pylist()[0]
    assert row["term"] == "zorbal" and "z0rbal" in row["variants"]
    assert row["category"] == "disguised" and row["passages"] > 3 and row["first_seen"] is not None


def test_rejected_terms_stand_last(study: Study) -> None:
    """And are marked, at once; accepted again, they are not."""
    first = study.lens("argot").table.to_pylist()[0]
    assert first["term"] == "zorbal" and not first["rejected"]
    study.reject_terms(["zorbal"])
    last = study.lens("argot").table.to_pylist()[-1]
    assert last["term"] == "zorbal" and last["rejected"]
    study.accept_terms(["zorbal"])
    assert study.lens("argot").table.to_pylist()[0]["term"] == "zorbal"


def test_only_named_terms_are_known(study: Study) -> None:
    """A term that is not there is refused with those that are."""
    study.define_term("zorbal", "tanda buka")
    with pytest.raises(NoSuchRow, match="zorbal"):
        study.show_term("lain", [])


def test_public_edition_names_no_term_until_it_is_released(study: Study, tmp_path: Path) -> None:
    """Category and meaning leave; a meaning names no other term; a release with a reason names the term."""
    study.define_term("zorbal", "tanda bahwa lapak buka", category="waktu", example="zorbal nanti malam")
    study.define_term("grimpo", "lawan dari zorbal")
    study.define_term("zorbal", "salam")
    assert study.export_terms(tmp_path / "a.tsv") == 2
    text = (tmp_path / "a.tsv").read_text(encoding="utf-8")
    assert "zorbal" not in text and "grimpo" not in text
    assert "tanda bahwa lapak buka | salam" in text and "lawan dari ⟦…⟧" in text
    study.release_term("sudah dikenal umum", term="zorbal")
    study.export_terms(tmp_path / "b.tsv")
    with (tmp_path / "b.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert [row["term"] for row in rows] == ["zorbal", ""]
    assert rows[0]["example"] == "zorbal nanti malam"


def test_tbx_holds_concepts_senses_and_spellings(study: Study, tmp_path: Path) -> None:
    """TBX-Basic of the examiners' edition, well-formed."""
    study.accept_terms(["zorbal"])
    study.define_term("zorbal", "tanda bahwa lapak buka", example="zorbal nanti malam")
    study.export_terms(tmp_path / "a.tbx", edition="examiners")
    root = ET.parse(tmp_path / "a.tbx").getroot()
    assert root.get("type") == "TBX-Basic"
    words = [e.text for e in root.iter(f"{TBX}term")]
    assert words[0] == "zorbal" and "z0rbal" in words
    assert [e.text for e in root.iter(f"{TBX}descrip") if e.get("type") == "definition"] == [
        "tanda bahwa lapak buka"
    ]


def test_the_report_has_a_glossary(study: Study) -> None:
    """The examiners' edition names the term; the public one gives its meaning alone."""
    study.define_term("zorbal", "tanda bahwa lapak buka", category="waktu")
    full = study.report(edition="examiners", language="en").read_text(encoding="utf-8")
    public = study.report(edition="public", language="en").read_text(encoding="utf-8")
    assert "Appendix: glossary of the argot" in full and "Appendix: glossary of the argot" in public
    assert "zorbal" in full.split("glossary of the argot")[-1]
    assert "zorbal" not in public.split("glossary of the argot")[-1]
    assert "tanda bahwa lapak buka" in public
