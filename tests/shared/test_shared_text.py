"""Real caption files: the right number of cues, or a refusal that says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from makna.corpus.readers import cues, plain_text
from makna.corpus.readers.base import Head, Options
from makna.corpus.readers.captions import Captions
from makna.corpus.records import RawDocument, RawRecord, Rejection

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "formats" / "webvtt-srt"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared data are not here")

CUES = {
    "ascii.srt": 3, "captions_with_bom.vtt": 4, "comments.vtt": 3, "cue_tags.vtt": 3, "gb2312.srt": 3,
    "invalid_timeframe.vtt": 7, "metadata_headers.vtt": 2, "metadata_headers_multiline.vtt": 2, "missing_caption_text.srt": 5,
    "missing_timeframe.vtt": 6, "one_caption.srt": 1, "sample.srt": 5, "sample.vtt": 16, "styles.vtt": 1,
    "using_identifiers.vtt": 6, "youtube_dl.vtt": 4,
}  # fmt: skip
TEXTS = {
    "cue_tags.vtt": ["When the moon hits your eye Like a big-a pizza pie That's amore"],
    "gb2312.srt": ["宇宙守护神 保护我们远离邪恶 他能徒手抓住子弹 拦住疾速的火车 轻轻一跳就能飞跃高楼"],
    "styles.vtt": ["- Hello world."],
    "youtube_dl.vtt": ["yeah what this will happen is I'm telling"],
    "missing_caption_text.srt": ["Caption text #1", "Caption text #3 Caption text #4 Caption text #5"],
}
LOST = {"missing_timeframe.vtt": [6]}


def records(name: str) -> list[RawRecord]:
    path = FOLDER / name
    data = path.read_bytes()
    head = Head(path.suffix, data, plain_text.decode(data), "utf-8", True)
    assert Captions().sniff(head) > 0.9
    return [r for b in Captions().blocks(path, head, Options()) for r in Captions().parse(b, Options())]


def test_every_file_is_listed() -> None:
    """A new file in the folder asks for its expectation."""
    assert sorted(CUES) == sorted(p.name for p in FOLDER.iterdir())


@pytest.mark.parametrize("name", sorted(CUES))
def test_cues_are_counted_right(name: str) -> None:
    """Each file gives its cues, damaged ones included; text without a time line is reported at its line."""
    found = cues.parse(plain_text.read_text(FOLDER / name))
    assert len(found.cues) == CUES[name]
    assert found.lost == LOST.get(name, [])


@pytest.mark.parametrize("name", sorted(CUES))
def test_every_file_imports(name: str) -> None:
    """Each file gives one document whose words are those of its cues, without tags, times or styles."""
    found = records(name)
    documents = [r for r in found if isinstance(r, RawDocument)]
    assert len(documents) == 1
    texts = [t.text for t in documents[0].turns]
    assert texts
    assert texts == TEXTS.get(name, texts)
    assert not any("-->" in t or "<" in t or "::cue" in t or "NOTE" in t for t in texts)
    assert [r.where for r in found if isinstance(r, Rejection)] == LOST.get(name, [])
