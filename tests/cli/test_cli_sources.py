"""Adding sources by the command line: names to mask, what is stated, what becomes of the file."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from cli_samples import CONSENT, TALK, Run

from makna.library import Library
from makna.record import participants_file, study_file


def everything(folder: Path) -> bytes:
    """All bytes of all files below *folder*, with their names."""
    return b"".join(f.name.encode() + f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file())


def texts(run: Run, query: str) -> list[str]:
    """The lines of the concordance of *query*."""
    rows = json.loads(run("search", query, "--json").stdout)["rows"]
    return [f"{r['left']}{r['match']}{r['right']}" for r in rows]


def test_names_are_kept_for_every_later_file(run: Run, study: Path, table: Path, tmp_path: Path) -> None:
    """A name typed once is masked in every file after it, is counted, is nowhere readable, and can be forgotten."""
    told = run("names", "add", typed="Zurelia\n zurelia \nPak Omarno\n")
    assert (told.exit_code, "2 names" in told.stdout) == (0, True)
    assert run("add", table).exit_code == 0
    assert all("Zurelia" not in line and "⟦name⟧" in line for line in texts(run, "pasar"))
    kept = everything(tmp_path / "config") + everything(tmp_path / "library")
    assert b"Zurelia" not in kept and b"zurelia" not in kept and b"Omarno" not in kept
    for file in (tmp_path / "config").rglob("*.list"):
        assert file.stat().st_mode & 0o077 == 0
    assert json.loads(run("names", "count", "--json").stdout) == {"study": "s", "count": 2}
    assert json.loads(run("names", "forget", "--json", typed="ZURELIA\n").stdout)["forgotten"] == 1
    assert json.loads(run("names", "forget", "--all", "--json").stdout)["count"] == 0


def texts_of_preview(run: Run, file: Path, *, masked: bool) -> list[str]:
    """What a preview shows of *file*."""
    rows = json.loads(run("add", file, "--preview", "--json").stdout)["rows"]
    return [row["text"] for row in rows if ("⟦name⟧" in row["text"]) is masked]


def test_a_preview_masks_the_names_and_adds_none(run: Run, study: Path, table: Path) -> None:
    """The list holds for previews; names typed for a preview are not kept."""
    shown = run("add", table, "--preview", "--mask-names", "--json", typed="pasar pagi\n")
    assert all("pasar pagi" not in row["text"] for row in json.loads(shown.stdout)["rows"])
    assert json.loads(run("names", "count", "--json").stdout)["count"] == 0
    run("names", "add", typed="pasar pagi\n")
    assert len(texts_of_preview(run, table, masked=True)) == 6


def test_add_asks_for_names_before_it_reads(run: Run, study: Path, table: Path) -> None:
    """``--mask-names`` puts what is typed on the list and masks it in this file already."""
    assert run("add", table, "--mask-names", typed="pasar pagi\n").exit_code == 0
    assert texts(run, "pasar") == []
    assert json.loads(run("names", "count", "--json").stdout)["count"] == 1


def test_sealing_forgets_the_lists_and_says_what_travels(run: Run, study: Path, tmp_path: Path) -> None:
    """An exported key says that names stay behind; sealing destroys them, and no more can be typed."""
    run("names", "add", typed="Zurelia\n")
    run("consent", "add", typed="@akun_1\n")
    told = run("key", "export", tmp_path / "k", typed="lima kata sandi\n")
    assert "Names to mask (1)" in told.stdout
    assert run("seal", typed="n\n").exit_code == 1
    assert list((tmp_path / "config").rglob("*.list"))
    assert run("seal", "--yes").exit_code == 0
    assert not list((tmp_path / "config").rglob("*.list"))
    assert run("names", "add", typed="Lain\n").exit_code == 1


def test_a_source_is_locked_and_given_back(run: Run, study: Path, table: Path) -> None:
    """The locked file does not hold the text, opens by its passphrase alone, and refuses to be added."""
    plain = table.read_bytes()
    added = json.loads(run("add", table, "--source", "encrypt", "--json", typed="lima kata sandi\n").stdout)
    locked = Path(added["source"]["file"])
    assert added["source"]["became"] == "encrypted" and not table.exists()
    assert b"pasar pagi" not in locked.read_bytes() and locked.stat().st_mode & 0o077 == 0
    assert "makna unlock" in run("add", locked).stderr
    assert run("unlock", locked, typed="sandi yang salah\n").exit_code == 1
    assert not table.exists()
    assert run("unlock", locked, typed="lima kata sandi\n").exit_code == 0
    assert table.read_bytes() == plain
    again = run("unlock", locked, typed="lima kata sandi\n")
    assert again.exit_code == 1 and "exists already" in again.stderr


def test_a_source_is_deleted_or_kept(run: Run, study: Path, table: Path) -> None:
    """Without a word the file stays, and the answer says so; deleted, it says what deleting does not reach."""
    told = run("add", table)
    assert table.exists() and "still lies there" in told.stdout
    told = run("add", table, "--source", "delete")
    assert not table.exists() and "backup" in told.stdout


def test_a_refused_import_leaves_the_source(run: Run, study: Path, tmp_path: Path) -> None:
    """Nothing is deleted or locked where nothing was imported."""
    file = tmp_path / "kosong.csv"
    file.write_text("")
    assert run("add", file, "--source", "delete").exit_code == 1
    assert run("add", file, "--source", "encrypt", typed="lima kata sandi\n").exit_code == 1
    assert file.exists()


def test_at_a_terminal_the_question_is_asked(run: Run, study: Path, table: Path) -> None:
    """Somebody at a terminal is asked what shall become of the source, and it is done."""
    here, there = pty.openpty()
    words = [sys.executable, "-c", "from makna.cli import main; main()", "add", str(table)]
    process = subprocess.Popen(words, stdin=there, stdout=there, stderr=there, env=dict(os.environ))
    os.close(there)
    said = b""
    while b"delete it or keep it?" not in said:
        said += os.read(here, 1024)
    os.write(here, b"delete\n")
    assert process.wait(timeout=60) == 0
    assert not table.exists()
    os.close(here)


def test_the_report_says_which_lenses_lack_what(run: Run, study: Path, table: Path, tmp_path: Path) -> None:
    """A tweet-harvest table has no profiles; a table by mapping provides what its columns hold, no more."""
    added = json.loads(run("add", table, "--json").stdout)
    lacking = {one["lens"]: one for one in added["unserved"]}
    assert lacking["presentation"]["missing"] == ["bio", "name"]
    assert any("X API v2" in title for title in lacking["presentation"]["served_by"])
    assert lacking["motives"]["missing"] == ["interview"] and "promotion" not in lacking
    bare = tmp_path / "bare.csv"
    bare.write_text("isi,akun\npagi ini hujan,akun_9\nsore ini cerah,akun_8\n")
    lacking = {o["lens"]: o["missing"] for o in json.loads(run("add", bare, "--json").stdout)["unserved"]}
    assert lacking["promotion"] == ["time"] and "account" not in lacking["presentation"]


def test_the_harvest_stands_in_the_manifest(run: Run, study: Path, table: Path, tmp_path: Path) -> None:
    """What was searched for comes from study.toml by the file's name, or from a file of its own."""
    (study / "study.toml").write_text(
        '[[harvest]]\nbatch = "posts.csv"\nkeywords = ["pasar"]\nfrom = 2021-03-01\ntool = "tweet-harvest"\n'
        'exclusion = "akun terkunci"\n'
    )
    run("add", table)
    stored = json.loads(run("status", "--json").stdout)["rows"][0]["harvest"]
    assert stored == {
        "keywords": ["pasar"], "from": "2021-03-01", "tool": "tweet-harvest", "exclusion": {"id": "akun terkunci"},
    }  # fmt: skip
    other, stated = tmp_path / "lain.csv", tmp_path / "h.toml"
    other.write_text("isi,akun\npagi ini hujan,akun_9\nsore ini cerah,akun_8\n")
    stated.write_text('keywords = ["hujan"]\ntool = "tangan"\n')
    run("add", other, "--harvest", stated)
    assert json.loads(run("status", "--json").stdout)["rows"][1]["harvest"]["keywords"] == ["hujan"]
    stated.write_text('kata = ["hujan"]\n')
    refused = run("add", other, "--harvest", stated)
    assert refused.exit_code == 1 and "kata" in refused.stderr


@pytest.mark.parametrize(("access", "asks"), [("closed", "permission"), ("private", "consent")])
def test_closed_and_private_places_need_their_basis(
    run: Run, study: Path, table: Path, access: str, asks: str
) -> None:
    """Without permission or consent nothing enters; with it, it stands in the manifest without a name."""
    refused = run("add", table, "--access", access)
    assert refused.exit_code == 1 and asks in refused.stderr
    run("names", "add", typed="Zurelia\n")
    assert run("add", table, "--access", access, "--permission", "Zurelia, 3 March").exit_code == 0
    assert json.loads(run("status", "--json").stdout)["rows"][0]["permission"] == "⟦name⟧, 3 March"


def test_words_of_accounts_without_consent_are_withheld(run: Run, study: Path, table: Path) -> None:
    """In a closed place only those are read whose consent is on record; the others' turns keep their place."""
    run("consent", "add", typed="@AKUN_2\n")
    added = json.loads(
        run("add", table, "--access", "closed", "--permission", "moderator, 3 March", "--json").stdout
    )
    assert (added["kept"], added["withheld"]) == (6, 5)
    assert len(texts(run, "pasar")) == 1 and "kabar 2" in texts(run, "pasar")[0]
    assert b"kabar 3" not in everything(study)
    assert json.loads(run("status", "--json").stdout)["rows"][0]["counts"]["withheld"] == 5
    shown = json.loads(run("add", table, "--access", "private", "--preview", "--json").stdout)["rows"]
    assert sum(row["text"] == "⟦turn withheld⟧" for row in shown) == 5


def test_the_files_to_fill_in_are_right_once_filled_in(run: Run, study: Path, tmp_path: Path) -> None:
    """A fresh study reads its own templates, as they are and with every # taken away."""
    assert run("report").exit_code == 0
    for name in ("participants.toml", "study.toml"):
        lines = (study / name).read_text(encoding="utf-8").splitlines()[2:]
        (study / name).write_text(
            "\n".join(line.removeprefix("#").strip() for line in lines), encoding="utf-8"
        )
    assert study_file.read(study / "study.toml").harvests[0].tool == "tweet-harvest"
    assert participants_file.read(study / "participants.toml")[0].date == "2021-03-14"


@pytest.mark.parametrize(
    ("name", "text", "participant", "words", "day"),
    [
        ("a.srt", "1\n00:00:01,000 --> 00:00:04,000\n{talk}\n", "", (), None),
        ("a.srt", "1\n00:00:01,000 --> 00:00:04,000\n{talk}\n", "date = 2021-03-18\n", (), "2021-03-18"),
        ("a.srt", "1\n00:00:01,000 --> 00:00:04,000\n{talk}\n", 'date = "Maret 2021"\n', (), "2021-03-01"),
        ("w_2021-03-14.srt", "1\n00:00:01,000 --> 00:00:04,000\n{talk}\n", "", (), "2021-03-14"),
        ("20210315 w.srt", "1\n00:00:01,000 --> 00:00:04,000\n{talk}\n", "", (), "2021-03-15"),
        (
            "w_2021-03-14.vtt", "WEBVTT\n\nNOTE Tanggal: 16 Maret 2021\n\n00:01.000 --> 00:04.000\n{talk}\n",
            "date = 2021-03-18\n", (), "2021-03-16",
        ),
        ("a.txt", "Tanggal: 16 Maret 2021\n\n{talk}", "", ("--date", "2021-03-20"), "2021-03-20"),
    ],
)  # fmt: skip
def test_a_transcript_finds_its_day(
    run: Run, study: Path, tmp_path: Path, name: str, text: str, participant: str, words: tuple[str, ...],
    day: str | None,
) -> None:  # fmt: skip
    """The day stated goes before the file's own, that before participants.toml, that before the file's name."""
    file = tmp_path / name
    file.write_text(text.format(talk=TALK))
    consent = CONSENT.format(file=name)
    (study / "participants.toml").write_text(consent.replace("labels", participant + "labels"))
    assert run("add", file, "--kind", "interview", "--access", "private", *words).exit_code == 0
    here = Library(tmp_path / "library").study("s")
    found = here.run(here.documents.select("sent_on")).to_pylist()[0]["sent_on"]
    assert (found and found.isoformat()) == day
