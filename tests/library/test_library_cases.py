"""Cases, agreement and terms as tables, and what comes over from a study's files."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from makna.errors import NoSuchRow, RecordError
from makna.library import Library, Study
from makna.library.cases import CASES

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus"))
from test_erasing import ALONE, PARTICIPANTS, TOGETHER
from test_importing import post, write

DESIGN = """
[title]
id = "Judul"

[[question]]
id = "rq1"
text = "Mengapa media ini?"

[design]
method = "Interaksi simbolik"
"""


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """Six posts by six accounts, and two interviews."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    made = Library(tmp_path / "library").create("s")
    made.add(write(tmp_path / "a.jsonl", [post(n, text=f"pasar ramai {n}") for n in range(6)]))
    (made.folder / "participants.toml").write_text(PARTICIPANTS, encoding="utf-8")
    (made.folder / "study.toml").write_text(DESIGN, encoding="utf-8")
    for name, text in (("satu.txt", ALONE), ("bersama.txt", TOGETHER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        made.add(tmp_path / name, kind="interview", access="private")
    return made


def test_files_come_over_and_cases_are_a_table(study: Study) -> None:
    """Participants first, with their consents; then accounts that have a value; an attribute is a column."""
    assert study.import_design() == 1
    assert study.import_participants() == 2
    with pytest.raises(RecordError, match="already"):
        study.import_participants()
    study.define_attribute("peran", scale="choice", options=["penjual", "pembeli"])
    study.define_attribute("umur", scale="number")
    account = study.run(study.authors.filter(~study.authors.participant))["pseudonym"][0].as_py()
    rows = [
        {"case": "informan 1", "peran": "Penjual", "Umur": 31}, {"case": f"⟦@{account}⟧", "peran": "pembeli", "umur": None},
    ]  # fmt: skip
    assert study.set_attributes(rows) == 3
    table = study.cases()
    assert table.column_names == [*CASES.names, *study.attributes()["attribute"].to_pylist()]
    one, two, other = table.to_pylist()
    assert (one["case"], one["peran"], one["umur"], one["scopes"][0]) == (
        "Informan 1",
        "penjual",
        "31",
        "analysis",
    )
    assert (two["case"], two["peran"]) == ("Informan 2", None)
    assert (other["case"], other["kind"], other["peran"]) == (account, "account", "pembeli")
    assert study.set_attributes(table.select(["case", "peran", "umur"])) == 0
    with pytest.raises(NoSuchRow, match="no case called Melati"):
        study.set_attributes([{"case": "Melati", "peran": "penjual"}])
    with pytest.raises(NoSuchRow, match="no attribute named kota"):
        study.set_attributes([{"case": "Informan 1", "kota": "x"}])
    assert study.undo()
    assert study.cases().num_rows == 2


def test_the_record_says_whether_an_interview_may_be_coded(study: Study) -> None:
    """Once a participant is on record, the file says no more."""
    study.add_code("Ramai")
    document = 2 << 32
    study.add_participant("Informan 1")
    with pytest.raises(RecordError, match="does not cover analysis"):
        study.add_codings("Ramai", [(document, 0, 5)])
    study.record_consent(
        "Informan 1", mode="written", version="2", given=date(2021, 3, 4), scopes=["analysis"]
    )
    assert study.add_codings("Ramai", [(document, 0, 5)]) == 1


def test_agreement_and_codes_that_stand_together(study: Study) -> None:
    """Two coders who code alike agree; who stands where is counted once."""
    for name in ("Ramai", "Pasar"):
        study.add_code(name)
    documents = sorted(
        study.run(study.documents.filter(study.documents.kind == "observation"))["document_id"].to_pylist()
    )
    study.add_codings("Ramai", [(d, 6, 11) for d in documents[:3]])
    study.add_codings("Pasar", [(d, 0, 7) for d in documents])
    with study._acting() as actor:
        from makna.record.acting import Actor  # noqa: PLC0415  (Django is ready inside _acting only)
        from makna.record.actions.add_codings import add_codings  # noqa: PLC0415
        from makna.record.actions.begin_round import begin_round  # noqa: PLC0415
        from makna.record.actions.give_role import give_role  # noqa: PLC0415
        from makna.record.models import Code, Person  # noqa: PLC0415

        other = Person.objects.create(username="bayu")
        give_role(actor, other.pk, "coder")
        codes = {row.name: row.pk for row in Code.objects.all()}
        bayu = Actor(other, actor.study, actor.corpus)
        add_codings(bayu, codes["Ramai"], [(d, 6, 9) for d in documents[:3]])
        add_codings(bayu, codes["Pasar"], [(d, 0, 7) for d in documents])
        begin_round(actor, "Uji")
        add_codings(bayu, codes["Ramai"], [(d, 6, 11) for d in documents[3:]])
    rows = {row["code"]: row for row in study.agreement(draws=50).to_pylist()}
    assert (rows["Ramai"]["alpha"], rows["Ramai"]["units"]) == (1.0, 6)
    assert rows["Pasar"]["alpha"] is None  # all alike: there is no chance to agree beyond
    assert study.agreement("pasar", draws=50)["code"].to_pylist() == ["Pasar"]
    (pair,) = study.codes_together().to_pylist()
    assert (pair["code"], pair["other"], pair["documents"]) == ("Pasar", "Ramai", 3)


def test_terms_are_a_table(study: Study) -> None:
    """With their spellings and senses."""
    study.add_term("bo", variants=["b.o"], category="layanan", definition="lewat obrolan")
    (row,) = study.terms().to_pylist()
    assert (row["term"], row["variants"], row["senses"], row["status"]) == (
        "bo",
        ["b.o"],
        ["lewat obrolan"],
        "accepted",
    )
