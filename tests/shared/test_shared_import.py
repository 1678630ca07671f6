"""Every file of the shared formats through the whole import: a batch, or a refusal that names the file and the remedy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from makna.cli import cli
from makna.errors import MaknaError
from makna.library import Library, Study

FORMATS = Path(__file__).parents[3] / "shared" / "data" / "formats"
pytestmark = pytest.mark.skipif(not FORMATS.is_dir(), reason="the shared data are not here")

BRIDGED = [p.relative_to(FORMATS).as_posix() for p in FORMATS.glob("bluesky/*.as-from-bsky.json")]
READ = (
    "4cat-csv",
    "bluesky",
    "mastodon",
    "tweet-harvest",
    "webvtt-srt",
    "whatsapp",
    "x-api-v1.1",
    "x-api-v2",
    "x-archive",
    "zeeschuimer-x",
)  # folders of formats with a reader
REFUSED = {  # folder or file -> what the refusal says
    "x-api-v2/empty.jsonl": "is empty: export it again",
    "x-archive/sergeyk_sample_tweets.js": "is JavaScript, not JSON.*Add the file as X delivered it",
    "x-archive/synthetic_modern/data/account.js": "belongs to an X account archive and holds no posts",
    "x-archive/synthetic_modern/data/manifest.js": "belongs to an X account archive and holds no posts",
    "x-archive/synthetic_modern/data/profile.js": "belongs to an X account archive and holds no posts",
    **dict.fromkeys(BRIDGED, "JSON of another program .ActivityStreams 1"),
    "mastodon/test_status_context.get.json": "is the context of a post that answers nothing",
    "whatsapp/chatminer_target.json": "is JSON without posts.*Makna reads: X API v2",
}
CLOSED = ("whatsapp", "mastodon/test_conversations")
PROFILES = {
    "users.jsonl": 96,
    "test_account_lookup.get.json": 1,
    "actor.bsky.json": 1,
    "actor_with_featured.bsky.json": 1,
}
PEOPLE = """
[[participant]]
code = "Informan 1"
files = [{files}]
[participant.consent]
mode = "written"
version = "1"
date = 2021-03-01
scopes = ["analysis"]
"""
FILES = sorted(p for p in FORMATS.rglob("*") if p.is_file()) if FORMATS.is_dir() else []


def named(path: Path) -> str:
    """The path below the folder of formats."""
    return path.relative_to(FORMATS).as_posix()


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """One study for all files, in which everybody in a caption file has agreed to analysis."""
    folder = tmp_path_factory.mktemp("shared")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAKNA_CONFIG", str(folder / "config"))
        patch.setenv("MAKNA_LIBRARY", str(folder / "library"))
        patch.setenv("MAKNA_LANG", "en")
        made = Library().create("s")
        files = ", ".join(f'"{p.name}"' for p in FILES if p.parent.name == "webvtt-srt")
        (made.folder / "participants.toml").write_text(PEOPLE.format(files=files), encoding="utf-8")
        yield made


def test_every_folder_is_listed() -> None:
    """A new folder asks for its expectation."""
    folders = {named(p).split("/")[0] for p in FILES}
    assert folders == {*READ, *(name.split("/")[0] for name in REFUSED)}


@pytest.mark.parametrize("path", FILES, ids=named)
def test_every_file_imports_or_is_refused(study: Study, path: Path) -> None:
    """The preview and the import agree; what is refused adds nothing and says which file, why and what helps."""
    name = named(path)
    message = REFUSED.get(name) or REFUSED.get(name.split("/")[0])
    before = [m.number for m in study.batches()]
    if message is None:
        assert name.split("/")[0] in READ
        closed = {"access": "closed", "permission": "admin, 3 March 2021"} if name.startswith(CLOSED) else {}
        access = ["--access", closed.get("access", "public")]
        assert CliRunner().invoke(cli, ["add", str(path), "--preview", "--json", *access]).exit_code == 0
        report = study.add(path, **closed)
        profiles = PROFILES.get(path.name, 0)  # accounts without a post become authors
        assert report.read == report.kept + report.repeated + report.minors + report.rejected + profiles
        assert report.batch or report.repeated
        return
    with pytest.raises(MaknaError, match=message) as refused:
        study.add(path)
    assert str(refused.value).startswith(path.name)
    for more in ((), ("--preview",)):
        answer = CliRunner().invoke(cli, ["add", str(path), "--json", *more])
        assert (answer.exit_code, answer.stdout, answer.stderr.strip()) == (1, "", str(refused.value))
    assert [m.number for m in study.batches()] == before


def test_all_of_it_holds_together(study: Study) -> None:
    """After all imports no file is damaged, and search and the tables open."""
    assert not study.damaged()
    assert study.search("the", limit=5).num_rows
    assert study.run(study.documents).num_rows > 400
