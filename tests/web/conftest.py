"""A study in a workbench: to ask without a browser, and to look at in Chromium."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import web_sample

from makna.library import Library, Study
from makna.record.database import opened, ready
from makna.web.workbench import Workbench, serve

ready()

if TYPE_CHECKING:
    from django.test import Client
    from playwright.sync_api import Browser, ConsoleMessage, Page


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample study, with its configuration: to be copied, not written to."""
    folder = tmp_path_factory.mktemp("web")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAKNA_CONFIG", str(folder / "config"))
        web_sample.make(folder)
    return folder


@pytest.fixture
def study(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """A fresh copy of the sample study."""
    shutil.copytree(made, tmp_path / "copy")
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "copy" / "config"))
    monkeypatch.setenv("MAKNA_LANG", "en")
    return Library(tmp_path / "copy" / "library").study("s")


@pytest.fixture
def client(study: Study) -> Client:
    """A client that has come in, without a browser."""
    from django.test import Client  # noqa: PLC0415  (Django is ready now)

    serve(Workbench(study.folder.parents[1], token="token"))
    made = Client(HTTP_HOST="127.0.0.1", HTTP_ACCEPT_LANGUAGE="en")
    made.get("/enter/?token=token")
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. Its loop ends with the module: other tests of the same process begin loops of their own."""
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415  (it starts a loop of its own)

    expect.set_options(timeout=20_000)  # a busy machine is slow, and no fault of a page

    where = web_sample.chromium()
    if where is None and not os.environ.get("CI"):
        pytest.skip("Chromium is not installed (Debian: apt install chromium)")
    # Its loop runs in this thread as long as it is open, where Django would refuse to be asked; no loop of ours does.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=where, args=["--no-sandbox"])
        yield chrome
        chrome.close()


def _is_fault(message: ConsoleMessage) -> bool:
    """Whether a message of the console is one; that something typed was to be decided first (422) is none."""
    return message.type in ("error", "warning") and "status of 422" not in message.text


@pytest.fixture
def page(study: Study, browser: Browser) -> Iterator[Page]:
    """A page of a running workbench, in the sample study; a message of the console is a fault."""
    said: list[str] = []
    with web_sample.served_here(study.folder.parents[1]) as address:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
        context.set_default_timeout(10_000)
        opened = context.new_page()
        opened.on(
            "console",
            lambda message: said.append(message.text) if _is_fault(message) else None,
        )
        opened.on("pageerror", lambda error: said.append(str(error)))
        opened.goto(f"{address}&to=/s/s/")
        yield opened
        context.close()
    # A request under way when a page is left is ended by the browser; htmx says so, and nothing is wrong.
    assert [text for text in said if not text.startswith(("htmx:afterRequest,", "htmx:sendAbort,"))] == []


@pytest.fixture
def record(client: Client, study: Study) -> Iterator[None]:
    """The record of the served library, to look at."""
    with opened(study.folder.parents[1]):
        yield


@pytest.fixture
def look(page: Page, study: Study) -> Page:
    """The interview, opened to be read."""
    from read_sample import open_at, talk_of  # noqa: PLC0415  (it needs Django, which is ready now)

    open_at(page, talk_of(study))
    return page
