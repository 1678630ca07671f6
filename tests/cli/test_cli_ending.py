"""How commands end: stopped by Ctrl-C, failed, misused, in either language; and what a second run finds."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_samples import Run

from makna.demo import generate_posts, standing
from makna.library import Library, Study

MAIN = [sys.executable, "-c", "from makna.cli import main; main()"]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file large enough for worker processes."""
    file = tmp_path_factory.mktemp("large") / "posts.jsonl"
    generate_posts(file, posts=12_000)
    return file


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("later", [0.1, 1.0])
def test_ctrl_c_leaves_the_study_as_it_was(
    run: Run, study: Path, large: Path, workers: str, later: float
) -> None:
    """Ctrl-C, sent to the whole process group as a terminal does, ends with a plain line, code 130 and no batch."""
    process = subprocess.Popen(
        [*MAIN, "add", str(large)], env={**os.environ, "MAKNA_WORKERS": workers}, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    while not (study / ".lock.json").exists() and process.poll() is None:
        time.sleep(0.02)
    time.sleep(later)
    os.killpg(process.pid, signal.SIGINT)
    said, complained = process.communicate(timeout=120)
    assert (process.returncode, said) == (130, "")
    assert complained == "Stopped. The study is as it was.\n"
    assert json.loads(run("status", "--json").stdout)["rows"] == []
    assert not (study / ".lock.json").exists()


def test_a_fault_is_one_line_without_content(
    run: Run, study: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error nobody foresaw shows its kind and place, never its words, and no traceback."""

    def fail(*_words: object, **_options: object) -> None:
        raise ValueError("kata Zurelia 0834")

    monkeypatch.setattr(Study, "words", fail)
    told = run("words")
    assert (told.exit_code, told.stdout) == (1, "")
    assert "ValueError" in told.stderr and len(told.stderr.splitlines()) == 1
    assert "Zurelia" not in told.stderr and "Traceback" not in told.stderr


def test_indonesian_reaches_clicks_own_words(run: Run, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Usage, misuse and help are Indonesian where the language is, and English again where it is not."""
    monkeypatch.setenv("MAKNA_LANG", "id")
    misused = run("add")
    assert misused.exit_code == 2
    assert "Cara pakai:" in misused.stderr and "Argumen belum ada" in misused.stderr
    assert "tidak termasuk" in run("add", "x", "--access", "lain").stderr
    helped = run("add", "--help").stdout
    assert "Impor FILE" in helped and "Opsi:" in helped and "Import" not in helped
    monkeypatch.setenv("MAKNA_LANG", "en")
    assert "Missing argument" in run("add").stderr and "Import FILE" in run("add", "--help").stdout


def test_every_command_answers_one_object(run: Run, study: Path, table: Path, tmp_path: Path) -> None:
    """With ``--json`` standard output is one object, and rows are objects."""
    run("add", table)
    for words in (
        ("status",), ("search", "pasar"), ("words",), ("collocates", "pasar"), ("doctor",), ("names", "count"),
        ("keyness", "--target", "observation", "--reference", "interview"), ("consent", "count"),
        ("lens", "argot", "--seed", "kabar"), ("lens", "--all"), ("add", table, "--preview"), ("remove", "1"),
        ("seal", "--yes"),
    ):  # fmt: skip
        told = run(*words, "--json")
        assert told.exit_code == 0, (words, told.stderr)
        answer = json.loads(told.stdout)
        assert isinstance(answer, dict), words
        assert all(isinstance(row, dict) for row in answer.get("rows", [])), words


def test_reports_have_their_place_and_replace_only_makna_s_own(run: Run, study: Path, tmp_path: Path) -> None:
    """A report stands in the study's folder of reports; a file that somebody changed is replaced by force alone."""
    told = json.loads(run("report", "--json").stdout)
    written = Path(told["report"])
    assert written == (study / "reports" / "s-id-public.html").resolve()
    examiners = json.loads(
        run("report", "--edition", "examiners", "--language", "en", "--docx", "--json").stdout
    )
    assert Path(examiners["report"]).name == "s-en-examiners.docx"
    assert run("report").exit_code == 0
    written.write_text(written.read_text() + "<!-- catatan saya -->")
    refused = run("report")
    assert refused.exit_code == 1 and "--force" in refused.stderr and "catatan saya" in written.read_text()
    assert run("report", "--force").exit_code == 0
    assert "catatan saya" not in written.read_text()
    mine = tmp_path / "bab4.html"
    mine.write_text("bab empat")
    assert run("report", mine).exit_code == 1 and mine.read_text() == "bab empat"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo that is an empty study with an empty report: what is tested here is which one stands."""

    def build(library: Library, *, keep_truth: Callable[[object], None], **_options: object) -> Study:
        keep_truth(None)
        return library.create("pasar-makna")

    monkeypatch.setattr(standing, "build", build)
    monkeypatch.setattr(standing, "interpret", lambda _study, _truth, **_options: None)
    monkeypatch.setattr(Study, "report", lambda _study, path, **_options: Path(path))


def test_the_demo_a_second_time_opens_the_first(run: Run, quick: None, tmp_path: Path) -> None:
    """It is not built twice; --fresh builds it anew; other options are refused; a study of the user's is never touched."""
    first = json.loads(run("demo", "--posts", "200", "--no-open", "--json").stdout)
    again = run("demo", "--no-open", "--json")
    assert again.exit_code == 0 and "--fresh" in again.stderr
    assert json.loads(again.stdout) == {**first, "built": False}
    refused = run("demo", "--posts", "300", "--no-open")
    assert refused.exit_code == 1 and "200" in refused.stderr
    spoken = run("demo", "--language", "en", "--no-open")
    assert spoken.exit_code == 1 and "--fresh" in spoken.stderr
    fresh = run("demo", "--posts", "150", "--fresh", "--no-open", "--json")
    assert json.loads(fresh.stdout)["built"] and len(list((tmp_path / "config" / "keys").iterdir())) == 1
    library = Library(tmp_path / "library")
    (library.study("pasar-makna").folder / "demo.json").unlink()
    assert run("demo", "--fresh", "--no-open").exit_code == 1
    assert library.names() == ["pasar-makna"]


def test_a_demo_that_was_killed_is_built_anew(run: Run, quick: None, tmp_path: Path) -> None:
    """Half a demo that a killed program left gives way to the next."""
    library = Library(tmp_path / "library")
    library.create("pasar-makna")
    (library.path / "studies" / ".pasar-makna.building").touch()
    assert json.loads(run("demo", "--no-open", "--json").stdout)["built"]


def test_a_demo_that_was_stopped_leaves_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C within the demo leaves no half of it."""

    def stop(*_words: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Study, "add", stop)
    assert run("demo", "--posts", "100", "--no-open").exit_code == 130
    assert Library(tmp_path / "library").names() == []
