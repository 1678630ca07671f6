"""How tests of the page Read ask, look and select."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import QuerySet
from django.test import Client
from playwright.sync_api import Page

from makna.library import Study
from makna.record.acting import Actor
from makna.record.database import opened
from makna.record.models import Code, Coding, Person
from makna.record.models import Study as Row
from makna.web.workbench import served

JSON = {"HTTP_ACCEPT": "application/json"}


def talk_of(study: Study) -> int:
    documents = study.documents
    return int(
        study.run(documents.filter(documents.kind == "interview").select("document_id"))["document_id"][
            0
        ].as_py()
    )


def code(client: Client, document: int, start: int, end: int, **values: Any) -> Any:
    return client.post(f"/s/s/read/{document}/code/", {"start": start, "end": end, **values}, **JSON)


def new_codes() -> QuerySet[Code]:
    """The codes that a test made: the sample has one of its own."""
    return Code.objects.exclude(name="Percaya")


def actor_of(study: Study, person: Person | None = None) -> Actor:
    row = Row.objects.get(key=study.id)
    return Actor(person or row.people.get(), row, served().texts(study))


def open_at(page: Page, document: int, at: str = "") -> None:
    page.goto(re.sub(r"(https?://[^/]+).*", rf"\1/s/s/read/{document}/{at}", page.url))
    page.wait_for_selector("#read[data-ready]")
    page.wait_for_selector("#source-filter", state="attached")  # htmx swaps the list in


def codings_of(study: Study) -> list[tuple[int, int, str]]:
    with opened(study.folder.parents[1]):
        return list(Coding.objects.order_by("pk").values_list("start", "end", "code__name"))


def drag(page: Page, words: str) -> None:
    """Select *words*, which stand in one line, as a hand with a mouse does."""
    box = page.evaluate(
        """(words) => { for (const p of document.querySelectorAll(".words")) { const walker = document.createTreeWalker(p, 4);
        for (let n = walker.nextNode(); n; n = walker.nextNode()) { const i = n.data.indexOf(words); if (i < 0) continue;
        const r = document.createRange(); r.setStart(n, i); r.setEnd(n, i + words.length);
        const b = r.getBoundingClientRect(); return [b.left, b.right, (b.top + b.bottom) / 2]; } } }""",
        words,
    )
    page.mouse.move(box[0] + 0.5, box[2])
    page.mouse.down()
    page.mouse.move(box[1] - 0.5, box[2], steps=3)
    page.mouse.up()
    page.wait_for_selector("#codebox:not([hidden])")


def drag_over(page: Page, words: str) -> None:
    """Select *words* wherever marks cut them."""
    page.evaluate(
        """(words) => { const p = [...document.querySelectorAll(".words")].find((one) => one.textContent.includes(words));
        const at = p.textContent.indexOf(words), w = document.createTreeWalker(p, 4); let left = at, from, to;
        for (let n = w.nextNode(); n; n = w.nextNode()) { if (!from && left < n.data.length) from = [n, left];
          if (left + words.length <= n.data.length) { to = [n, left + words.length]; break; } left -= n.data.length; }
        getSelection().setBaseAndExtent(...from, ...to);
        p.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true })); document.dispatchEvent(new PointerEvent("pointerup")); }""",
        words,
    )
    page.wait_for_selector("#codebox:not([hidden])")
