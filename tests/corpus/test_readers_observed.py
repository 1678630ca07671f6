"""The form for what a person notes by hand: profiles and posts, in TOML and CSV, handed out empty and read back."""

from __future__ import annotations

import csv
import io
import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from fuzz_json import WRONG, check
from hypothesis import given
from hypothesis import strategies as st

from makna.cli import cli
from makna.corpus.model import Relation
from makna.corpus.readers import layout, recognise
from makna.corpus.readers.base import Options
from makna.corpus.readers.observed import POST, Observed, _entry, _record
from makna.corpus.records import Dropped, RawAccount, RawPost, RawRecord, Rejection
from makna.corpus.store import Store
from makna.errors import MaknaError, NothingToRead, StudyError, UnreadableFile
from makna.library import Library

TOML = '''# catatan
[[profile]]
handle = "@melati_jaya"
name = "Melati 🌸 open"
bio = """
Terima pesanan
tiap hari"""
location = "Bandung"
followers = "1,2 rb"
joined = 2019-03-01
warna = "merah"

[[post]]
handle = "@melati_jaya"
date = 2021-03-14T20:15:00
text = "Ready kak"
media = ["image", "foto"]
label = "u1"
likes_count = 12

[[post]]
name = "Dahlia Sekar"
date = "15 Maret 2021"
text = "mau dong"
reply_to = "u1"

[[post]]
handle = "kenanga"
reposts_of = "u1"
text = "Ready kak"

[[post]]
handle = "kenanga"
quotes = "tidak ada"
text = "lihat ini"
'''
EMPTY = ("observed.toml", "observed.csv")


def read(folder: Path, text: str, name: str = "observed.toml") -> list[RawRecord]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    reader, head = recognise(path)
    assert reader.name == "observed"
    return [r for block in reader.blocks(path, head, Options()) for r in reader.parse(block, Options())]


def posts(found: list[RawRecord]) -> list[RawPost]:
    return [r for r in found if isinstance(r, RawPost)]


def as_csv(delimiter: str) -> str:
    """The entries of TOML as the CSV form holds them, with one column that somebody added."""
    out = io.StringIO()
    columns = [*form_columns(), "warna"]
    writer = csv.DictWriter(out, columns, delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    profile = {"handle": "@melati_jaya", "name": "Melati 🌸 open", "bio": "Terima pesanan\ntiap hari", "location": "Bandung",
               "followers": "1,2 rb", "joined": "2019-03-01", "warna": "merah"}  # fmt: skip
    writer.writerow({"observed": "profile", **profile})
    writer.writerow({"observed": "Post", "handle": "@melati_jaya", "date": "2021-03-14T20:15:00", "text": "Ready kak",
                     "media": "image foto", "label": "u1", "likes_count": "12"})  # fmt: skip
    writer.writerow(
        {
            "observed": "post",
            "name": "Dahlia Sekar",
            "date": "15 Maret 2021",
            "text": "mau dong",
            "reply_to": "u1",
        }
    )
    writer.writerow({"observed": "post", "handle": "kenanga", "reposts_of": "u1", "text": "Ready kak"})
    writer.writerow({"observed": "post", "handle": "kenanga", "quotes": "tidak ada", "text": "lihat ini"})
    return out.getvalue()


def form_columns() -> list[str]:
    folder = Path(__import__("makna.record", fromlist=["x"]).__file__ or "").parent / "forms"
    return (folder / "observed.csv").read_text(encoding="utf-8").strip().split(",")


@pytest.mark.parametrize("delimiter", ["", ",", ";", "\t"])
def test_both_forms_say_the_same(tmp_path: Path, delimiter: str) -> None:
    """Profile, post, reply, repost and quote: a post carries its account's profile, labels tie posts, an added key is counted."""
    found = read(tmp_path, as_csv(delimiter), "observed.csv") if delimiter else read(tmp_path, TOML)
    (profile,) = [r for r in found if isinstance(r, RawAccount)]
    assert (profile.handle, profile.name, profile.bio) == (
        "melati_jaya",
        "Melati 🌸 open",
        "Terima pesanan\ntiap hari",
    )
    assert (profile.location, profile.followers, profile.created) == ("Bandung", 1200, 1551398400.0)
    first, reply, repost, quote = posts(found)
    assert (first.text, first.media, first.likes, first.sent) == (
        "Ready kak",
        ("image", "media"),
        12,
        1615752900.0,
    )
    assert first.account is not None
    assert first.account.bio == profile.bio
    assert (reply.relation, reply.parent_id, reply.account and reply.account.name) == (
        Relation.REPLY,
        first.id,
        "Dahlia Sekar",
    )
    assert (repost.relation, repost.parent_id, repost.text) == (Relation.REPOST, first.id, "")
    assert (quote.relation, quote.parent_id) == (Relation.QUOTE, "observed tidak ada")
    assert [r.fields for r in found if isinstance(r, Dropped)] == [{"other": 1}]
    assert "merah" not in repr(found)
    if not delimiter:
        assert [r.where for r in found if isinstance(r, RawPost | RawAccount)] == [2, 13, 21, 27, 32]


def test_labels_of_two_forms_do_not_meet(tmp_path: Path) -> None:
    """``u1`` in another form is another post, unless it says the same."""
    first = posts(read(tmp_path, TOML))[0]
    assert posts(read(tmp_path, TOML.replace("Ready kak", "Habis kak"), "b.toml"))[0].id != first.id
    assert posts(read(tmp_path, TOML, "c.toml"))[0].id == first.id


WRONG_ENTRIES = {
    "[[profile]]\nbio = 'x'\n": "names no account", "[[post]]\nhandle = 'a'\n": "holds no text",
    "[[post]]\ntext = {a = 1}\n": "shape", "[[post]]\ntext = true\n": "shape", "[[post]]\nmedia = [1]\n": "shape",
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG_ENTRIES)
def test_a_wrong_entry_is_rejected_at_its_line(tmp_path: Path, text: str) -> None:
    """Its neighbours stay, and the reason does not say what it holds."""
    found = read(tmp_path, f"[[post]]\ntext = 'satu'\n\n{text}\n[[post]]\ntext = 'dua'\n")
    assert [p.text for p in posts(found)] == ["satu", "dua"]
    (rejection,) = [r for r in found if isinstance(r, Rejection)]
    assert rejection.where == 4
    assert WRONG_ENTRIES[text] in rejection.reason


def test_a_row_that_says_nothing_of_its_kind(tmp_path: Path) -> None:
    """A CSV row that is neither profile nor post is rejected, an empty one passed over."""
    found = read(tmp_path, "observed,handle,text\nprofil,a,b\n,,\npost,a,isi,lebih\n", "a.csv")
    assert [type(r).__name__ for r in found] == ["Rejection", "RawPost", "Dropped"]
    assert found[0] == Rejection(2, found[0].reason if isinstance(found[0], Rejection) else "")


def test_toml_that_is_none_is_refused_by_its_line(tmp_path: Path) -> None:
    """The message names the file and the line, and not what stands there."""
    with pytest.raises(UnreadableFile, match=r"observed\.toml is no TOML from line 3 on") as refused:
        read(tmp_path, '[[post]]\nhandle = "a"\ntext = "rahasia\n')
    assert "rahasia" not in str(refused.value)


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_form_is_called_empty(tmp_path: Path, name: str) -> None:
    """What ``makna form`` writes is recognised, and says that nobody filled it in."""
    Library.form(tmp_path / name)
    reader, head = recognise(tmp_path / name)
    assert reader.name == "observed"
    with pytest.raises(NothingToRead, match="nobody filled in yet"):
        list(reader.blocks(tmp_path / name, head, Options()))


def test_the_form_reads_once_its_marks_are_gone(tmp_path: Path) -> None:
    """The TOML form with every # of a line removed is a profile and a post that uses all its keys."""
    Library.form(tmp_path / "a.toml")
    lines = (tmp_path / "a.toml").read_text(encoding="utf-8").splitlines()
    text = (
        "\n".join(line.removeprefix("# ") for line in lines[5:])
        .replace('quotes = "u1"', "")
        .replace('reposts_of = "u1"', "")
    )
    found = read(tmp_path, text, "b.toml")
    assert [type(r).__name__ for r in found] == ["RawAccount", "RawPost"]
    assert set(form_columns()) == {"observed"} | {
        line.split(" = ")[0].removeprefix("# ") for line in lines if " = " in line
    }


def test_the_form_is_handed_out_with_care(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never over a file, never into a study, only as TOML or CSV; the command says what to do with it."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("MAKNA_LIBRARY", str(tmp_path / "library"))
    study = Library().create("kajian")
    wanted = tmp_path / "a.toml"
    done = CliRunner().invoke(cli, ["form", str(wanted), "--json"])
    assert (done.exit_code, json.loads(done.stdout)) == (0, {"file": str(wanted)})
    for path, reason in (
        (wanted, "is there already"), (study.folder / "corpus" / "a.toml", "would lie in a study's folder"),
        (tmp_path / "a.txt", r"ends in \.toml or \.csv"), (tmp_path / "none" / "a.csv", "cannot be written"),
    ):  # fmt: skip
        with pytest.raises(StudyError, match=reason):
            Library.form(path)
    assert not (study.folder / "observed.toml").exists()


def test_a_form_goes_through_the_door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Handles, names and contacts are replaced; what an account without consent wrote in a closed place is withheld."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("MAKNA_LIBRARY", str(tmp_path / "library"))
    study = Library().create("kajian")
    file = tmp_path / "catatan.toml"
    file.write_text(TOML.replace("Ready kak", "Ready kak Dahlia Sekar, wa 0834 7000 0001"), encoding="utf-8")
    study.record_consents(["melati_jaya"])
    report = study.add(file, access="closed", permission="admin, 3 March 2021")
    assert (report.kept, report.withheld) == (4, 2)
    assert isinstance(Store(study.folder).numbers(), list | tuple)
    shown = repr(study.run(study.documents).to_pylist()) + repr(study.run(study.units).to_pylist())
    assert "⟦wa⟧" in shown
    assert not [word for word in ("0834", "melati_jaya", "Dahlia", "Sekar", "mau dong") if word in shown]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200), st.integers(0, len(TOML)))
def test_damaged_forms_never_crash(tmp_path_factory: pytest.TempPathFactory, noise: str, at: int) -> None:
    """Anything set into a form, TOML or CSV: it is read, or refused with a sentence."""
    folder = tmp_path_factory.mktemp("form")
    for name, text in (("a.toml", TOML), ("a.csv", as_csv(";"))):
        path = folder / name
        path.write_text(text[:at] + noise + text[at:], encoding="utf-8")
        try:
            reader, head = recognise(path)
            for record in [
                r for b in reader.blocks(path, head, Options()) for r in reader.parse(b, Options())
            ]:
                check(record)
        except MaknaError as error:
            assert str(error)


def test_any_value_at_any_key() -> None:
    """A value of any type under each key gives a record whose fields are what they should be."""
    for key in (*form_columns(), "x"):
        for wrong in WRONG:
            check(_record(_entry(1, POST, {"handle": "a", "text": "b", key: wrong}), {}, {}))
            check(_record(_entry(1, "profile", {"handle": "a", key: wrong}), {}, {}))


HOSTILE = {
    "a.toml": "[[post]]\ntext = " + "[" * 100_000, "b.toml": "[[post]]\n" + "a." * 200_000 + "b = 1",
    "c.toml": "[[post]]\ntext = 'a'\n" * 50_000, "d.csv": "observed,handle\n" + '"' * 2_000_000,
    "e.csv": "observed,handle,text\n" + "post,a," + "x" * 3_000_000 + "\npost,a,b\n", "f.csv": "observed,handle" + ",a" * 200_000 + "\npost,a\n",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_forms_end_soon(tmp_path: Path, name: str) -> None:
    """Forms made to slow a reader down are read or refused within seconds of computing."""
    before = time.process_time()
    try:
        for record in read(tmp_path, HOSTILE[name], name):
            check(record)
    except MaknaError as error:
        assert len(str(error)) < 500
    assert time.process_time() - before < 20


def test_what_is_larger_than_a_form_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that no person wrote is not read whole into memory."""
    monkeypatch.setattr("makna.corpus.readers.observed._LIMIT", 100)
    with pytest.raises(UnreadableFile, match="no form noted by hand"):
        read(tmp_path, TOML)
    assert Observed().sniff(recognise(tmp_path / "observed.toml")[1]) > 0.9


def test_repeated_columns_are_told_apart() -> None:
    """Each name stands once, also where a name looks like a counted one."""
    assert layout.unique(["a", "a", "", "a (2)", "a"]) == ("a", "a (2)", "column 3", "a (2) (2)", "a (4)")
