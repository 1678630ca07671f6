"""The review of what the door doubted, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from makna.library import Study
from makna.web import jobs
from makna.web.pages import review

if TYPE_CHECKING:
    from django.test import Client

DOUBTFUL = (
    "Di sudut gambar tertulis 7719 5583; bisa kode pesanan.\n\nLalu di sana tertulis 9173 8264; entah apa.\n"
)
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    """No job and no decision is remembered."""
    yield
    jobs.stop_all()
    jobs._jobs.clear()
    review._decided.clear()
    review._class.clear()


@pytest.fixture
def doubted(study: Study, tmp_path: Path) -> Study:
    """A study with two doubts."""
    (tmp_path / "ragu.txt").write_text(DOUBTFUL, encoding="utf-8")
    study.add(tmp_path / "ragu.txt", kind="field_note")
    assert study.doubts().num_rows == 2
    return study


def decide(client: Client, study: Study, n: int, **said: str) -> str:
    """Decide about the n-th doubt; the part that comes back."""
    row: dict[str, Any] = study.doubts().to_pylist()[n]
    answer = client.post(
        "/s/s/review/decide/", {"unit": row["unit_id"], "start": row["start"], **said}, headers=HTMX
    )
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def test_one_doubt_stands_in_its_context(client: Client, doubted: Study) -> None:
    """With the reason, how many are left, and the way to where it stands."""
    page = client.get("/s/s/review/").content.decode()
    assert '<mark class="doubt">7719 5583</mark>' in page
    assert "Di sudut gambar tertulis" in page
    assert "2 left" in page
    assert "it may be a number that reaches somebody" in page
    place = doubted.text(doubted.doubts()["document_id"][0].as_py()).index("⟦?⟧")
    assert f"?at={place}-{place + 3}" in page


def test_decisions_lead_from_one_to_the_next(client: Client, doubted: Study) -> None:
    """A class is typed by its beginning, in the reader's words, and is offered again."""
    page = decide(client, doubted, 0, verb="mask", label="phone num")
    assert "9173 8264" in page
    assert "1 left" in page
    assert 'value="phone"' in page
    page = decide(client, doubted, 1, verb="keep")
    assert "Every span is decided." in page
    assert [row["decision"] for row in doubted.doubts().to_pylist()] == ["mask:phone", "keep"]


def test_the_last_decision_is_taken_back(client: Client, doubted: Study) -> None:
    """One after another."""
    decide(client, doubted, 0, verb="keep")
    decide(client, doubted, 1, verb="never")
    page = client.post("/s/s/review/undo/", headers=HTMX).content.decode()
    assert '<mark class="doubt">9173 8264</mark>' in page
    page = client.post("/s/s/review/undo/", headers=HTMX).content.decode()
    assert '<mark class="doubt">7719 5583</mark>' in page
    assert doubted.doubts()["decision"].to_pylist() == [None, None]


def test_later_comes_after_the_others(client: Client, doubted: Study) -> None:
    """It stays open."""
    assert "9173 8264" in decide(client, doubted, 0, verb="later")
    assert "7719 5583" in decide(client, doubted, 1, verb="later")


def test_a_class_that_there_is_not_is_refused(client: Client, doubted: Study) -> None:
    """With the classes there are."""
    row = doubted.doubts().to_pylist()[0]
    answer = client.post(
        "/s/s/review/decide/",
        {"unit": row["unit_id"], "start": row["start"], "verb": "mask", "label": "raja"},
    )
    assert answer.status_code == 400
    assert "phone" in answer.content.decode()


def test_what_was_decided_is_carried_out(client: Client, doubted: Study) -> None:
    """As a job; then the words are forgotten and the text says what stands there."""
    document = doubted.doubts()["document_id"][0].as_py()
    decide(client, doubted, 0, verb="mask", label="phone")
    decide(client, doubted, 1, verb="keep")
    client.post("/s/s/review/carry-out/", headers=HTMX)
    (job,) = jobs.of("s")
    assert job.wait(60)
    assert job.state is jobs.State.DONE, job.error
    page = client.get("/s/s/review/").content.decode()
    assert "Carried out: 1 masked, 1 kept" in page
    assert "No span waits" in page
    assert doubted.doubts().num_rows == 0
    text = doubted.text(document)
    assert "tertulis ⟦phone⟧; bisa" in text
    assert "9173 8264" in text


def test_one_batch_is_reviewed_alone(client: Client, doubted: Study) -> None:
    """By its number."""
    last = doubted.batches()[-1].number
    assert "2 left" in client.get(f"/s/s/review/?batch={last}").content.decode()
    assert "No span waits" in client.get("/s/s/review/?batch=1").content.decode()


def test_nothing_to_review_says_what_that_means(client: Client) -> None:
    """Never that all is well."""
    assert "read on with open eyes" in client.get("/s/s/review/").content.decode()
