"""One whole study in Chromium, from an empty library's page to its report: by mouse, and again by keyboard alone."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect
from web_sample import POSTS, TALK

from makna.library import Library, Study
from makna.web import jobs
from makna.web.incoming import tray

FILES = {"posts.jsonl": "".join(json.dumps(one) + "\n" for one in POSTS), "wawancara.txt": TALK}
REACH = 160  # Tab presses until something must be reached


@pytest.fixture(autouse=True)
def _empty_trays() -> Iterator[None]:
    """Nothing waits, and no job is remembered."""
    yield
    for held in tray._trays.values():
        held.drop(list(held.piles))
    tray._trays.clear()
    jobs.stop_all()
    jobs._jobs.clear()


class Hand(ABC):
    """Somebody at the workbench."""

    def __init__(self, page: Page) -> None:
        self.page, self.base = page, page.url.split("/s/", maxsplit=1)[0]

    @abstractmethod
    def press(self, what: Locator) -> None:
        """Press a button, follow a link, open what is folded."""

    @abstractmethod
    def write(self, field: Locator, text: str) -> None:
        """Write into a field."""

    @abstractmethod
    def choose(self, field: Locator, label: str) -> None:
        """Choose from a list."""

    @abstractmethod
    def stand(self, words: str) -> None:
        """Stand on the words, or the sentence that holds them, while reading."""

    def code(self, words: str, name: str) -> None:
        """Code them."""
        self.stand(words)
        expect(self.page.locator("#codebox")).to_be_visible()
        self.page.keyboard.type(name)
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#told")).to_contain_text(name)

    @abstractmethod
    def accept(self, code: str) -> None:
        """Accept the first passage that a lens proposes, as a coding."""

    def button(self, name: str) -> Locator:
        """A button by its whole name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def to(self, name: str) -> None:
        """Go to a page of the study by the bar above."""
        self.press(self.page.locator("header").get_by_role("link", name=name, exact=True))


class Mouse(Hand):
    """By mouse, and typing where something is written."""

    def press(self, what: Locator) -> None:
        what.click()

    def write(self, field: Locator, text: str) -> None:
        field.click()
        field.fill(text)

    def choose(self, field: Locator, label: str) -> None:
        field.select_option(label=label)

    def stand(self, words: str) -> None:
        box = self.page.evaluate(
            """(words) => { for (const p of document.querySelectorAll(".words")) { const walker = document.createTreeWalker(p, 4);
            for (let n = walker.nextNode(); n; n = walker.nextNode()) { const i = n.data.indexOf(words); if (i < 0) continue;
            const r = document.createRange(); r.setStart(n, i); r.setEnd(n, i + words.length);
            const b = r.getBoundingClientRect(); return [b.left, b.right, (b.top + b.bottom) / 2]; } } }""",
            words,
        )
        self.page.mouse.move(box[0] + 0.5, box[2])
        self.page.mouse.down()
        self.page.mouse.move(box[1] - 0.5, box[2], steps=3)
        self.page.mouse.up()

    def accept(self, code: str) -> None:
        self.page.locator(".pick input").first.check()
        self.page.locator("#code-name").fill(code)
        self.press(self.button("Accept as coding"))


class Keys(Hand):
    """By keyboard alone: what cannot be reached by Tab cannot be used."""

    def press(self, what: Locator) -> None:
        self._reach(what)
        self.page.keyboard.press("Enter")

    def write(self, field: Locator, text: str) -> None:
        self._reach(field)
        self.page.keyboard.press("Control+a")
        if (
            field.get_attribute("type") == "date"
        ):  # typed part by part, as the browser's own language writes it
            year, month, day = text.split("-")
            text = f"{day}{month}{year}"
        self.page.keyboard.type(text)

    def choose(self, field: Locator, label: str) -> None:
        self._reach(field)
        self.page.keyboard.type(label)

    def stand(self, words: str) -> None:
        for _step in range(60):
            self.page.keyboard.press("j")
            if words in (
                self.page.evaluate("[...CSS.highlights.get('passage') ?? []].map(String).join()") or ""
            ):
                break
        else:
            raise AssertionError(f"the keys do not reach {words}")
        self.page.keyboard.press("c")

    def accept(self, code: str) -> None:
        self.page.keyboard.press("j")
        self.page.keyboard.press("a")
        self.page.keyboard.type(code)
        self.page.keyboard.press("Enter")

    def _reach(self, what: Locator) -> None:
        expect(what).to_be_visible()
        what.first.element_handle()
        for _press in range(REACH):
            if what.evaluate("e => e === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {what}")


def bring_in(hand: Hand, name: str) -> None:
    """One file through the page of sources. (The system's own dialogue of files is not the page's.)"""
    hand.to("Sources")
    hand.press(hand.page.get_by_role("link", name="Add sources").first)
    hand.page.wait_for_url("**/sources/add/")
    hand.page.wait_for_load_state()
    hand.page.set_input_files(
        "#files", [{"name": name, "mimeType": "text/plain", "buffer": FILES[name].encode()}]
    )
    expect(hand.page.locator(".pile h2")).to_contain_text(name, timeout=30_000)


def begin(hand: Hand) -> None:
    """A new study and its question."""
    page = hand.page
    page.goto(hand.base + "/")
    hand.write(page.get_by_label("New study"), "baru")
    hand.press(hand.button("Make it"))
    question = page.get_by_label("New research question")
    hand.write(question, "Mengapa orang percaya?")
    hand.press(page.locator("form", has=question).get_by_role("button"))
    expect(page.locator(".ask")).to_contain_text("Mengapa orang percaya?")


def gather(hand: Hand) -> None:
    """Posts, a participant with a consent, and the interview with them."""
    page = hand.page
    bring_in(hand, "posts.jsonl")
    hand.press(hand.button("Import"))
    expect(page.locator(".report .large")).to_contain_text("40", timeout=60_000)
    hand.to("Cases")
    hand.write(page.get_by_label("Code", exact=True), "Informan 1")
    hand.press(hand.button("Put on record"))
    hand.press(page.get_by_role("link", name="Informan 1"))
    hand.write(page.get_by_label("Version of the form"), "1")
    hand.write(page.get_by_label("Given on"), "2021-03-01")
    hand.press(hand.button("Put on record"))
    expect(page.locator(".consent")).to_contain_text("version 1")
    bring_in(hand, "wawancara.txt")
    hand.choose(page.get_by_label("What it is"), "interview")
    hand.choose(page.get_by_label("Access basis"), "private, with consent")
    hand.choose(page.locator(".labels p", has_text="I 2 turns").get_by_role("combobox"), "Informan 1")
    hand.press(hand.button("Import"))
    expect(page.locator(".report .large")).to_contain_text("1 document", timeout=60_000)


def interpret(hand: Hand) -> None:
    """Codings while reading, and one that a lens proposed."""
    page = hand.page
    hand.to("Read")
    page.wait_for_selector("#read[data-ready]")
    hand.code("Karena bebas saja", "alasan")
    hand.code("Testi dulu", "kepercayaan")
    hand.to("Settings")
    unaided = page.get_by_label("Documents coded unaided")
    hand.write(unaided, "0")
    hand.press(page.locator("form", has=unaided).get_by_role("button"))
    expect(page.locator("#told")).to_contain_text("Settings stored")
    hand.to("Lenses")
    hand.press(page.get_by_role("link", name="Motives"))
    hand.press(page.locator(".row-open").first)
    expect(page.locator(".pick")).not_to_have_count(0)
    hand.accept("motif")
    expect(page.locator(".made.accepted")).to_have_count(1)


def conclude(hand: Hand) -> None:
    """A finding, a passage that supports it, and the report."""
    page = hand.page
    hand.to("Findings")
    hand.write(page.get_by_label("New finding"), "Testimoni membuat orang percaya")
    hand.press(hand.button("Add"))
    expect(page.locator(".finding")).to_have_count(1)
    hand.to("Read")
    page.wait_for_selector("#read[data-ready]")
    hand.stand("Testi dulu")
    expect(page.locator("#codebox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#codebox")).to_be_hidden()
    expect(page.locator("[data-do=evidence]")).to_be_visible()
    page.keyboard.press("e")
    hand.press(hand.button("Keep as evidence"))
    expect(page.locator("#told")).to_contain_text("Kept as evidence")
    hand.to("Report")
    hand.press(hand.button("Write it"))
    expect(page.locator("text=as the record stands")).to_be_visible(timeout=90_000)


@pytest.mark.parametrize("kind", [Mouse, Keys])
@pytest.mark.timeout(600)
def test_a_whole_study(page: Page, study: Study, kind: type[Hand]) -> None:
    """Question, posts, participant with consent, interview, codings, proposal, finding with evidence, report."""
    page.set_default_timeout(20_000)
    hand = kind(page)
    for step in (begin, gather, interpret, conclude):
        step(hand)
    made = Library(study.folder.parents[1]).study("baru")
    assert set(made.codes()["code"].to_pylist()) == {"alasan", "kepercayaan", "motif"}
    assert made.codings().num_rows == 3
    assert made.findings()["supports"].to_pylist() == [1]
    assert made.report_path(edition="public", language="en").is_file()
