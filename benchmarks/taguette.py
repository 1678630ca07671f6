"""Taguette (https://www.taguette.org, from PyPI) doing what the workbench does, by its own server and its own page.

It runs as its users run it, on a database of its own in a temporary folder. Codings for the texts that are opened are put
into that database by Taguette's own models, since by its page five thousand of them would take twenty minutes.
"""

from __future__ import annotations

import http.cookiejar
import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PORT = 17_465
_FILL = """
import sys, json
from taguette import database
path, text, n, tags = sys.argv[1], open(sys.argv[2], encoding="utf-8").read(), int(sys.argv[3]), int(sys.argv[4])
db = database.connect("sqlite:///" + path)()
project = db.query(database.Project).first()
body = "".join("<p>" + part + "</p>" for part in text.split("\\n\\n"))
document = database.Document(name="long", description="", filename="long.html", project=project,
                             text_direction=database.TextDirection.LEFT_TO_RIGHT, contents=body)
db.add(document)
db.flush()
made = [database.Tag(project=project, path="code %d in %d" % (k, document.id), description="") for k in range(tags)]
db.add_all(made)
db.flush()
step = (len(text) - 200) // n
rows = [database.Highlight(document=document, start_offset=i * step, end_offset=i * step + 60, snippet="words " * 10)
        for i in range(n)]
db.add_all(rows)
db.flush()
db.execute(database.highlight_tags.insert(),
           [dict(highlight_id=row.id, tag_id=made[i % tags].id) for i, row in enumerate(rows)])
db.commit()
print(json.dumps({"project": project.id, "document": document.id, "tag": made[0].path, "tag_id": made[0].id}))
"""


class Taguette:
    """A running Taguette, and what one asks it."""

    def __init__(self, address: str, database: Path, token: str) -> None:
        self.address, self.database, self.token = address, database, token
        self._cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._cookies))

    def begin(self) -> None:
        """Make the first project, by the form of its page."""
        self.get("/project/new")
        sent = urllib.parse.urlencode({"name": "bench", "description": "", "_xsrf": self._token()}).encode()
        self._opener.open(self.address + "/project/new", sent, timeout=60).read()

    def get(self, path: str) -> bytes:
        """A page, or an answer of its interface."""
        return bytes(self._opener.open(self.address + path, timeout=600).read())

    def post(self, path: str, value: Any) -> Any:
        """Send *value* to its interface."""
        asked = urllib.request.Request(self.address + path, json.dumps(value).encode(), self._headers())
        return json.loads(self._opener.open(asked, timeout=600).read())

    def upload(self, project: int, file: Path) -> None:
        """Bring one text in, as its page does; as HTML, since plain text would need Calibre."""
        edge = uuid.uuid4().hex
        fields = {"name": file.stem, "description": "", "text_direction": "LEFT_TO_RIGHT"}
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'
            for n, v in fields.items()
        ]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{file.stem}.html"\r\n'
        body = "".join(parts) + head + "Content-Type: text/html\r\n\r\n"
        text = "".join(f"<p>{part}</p>" for part in file.read_text(encoding="utf-8").split("\n\n"))
        sent = body.encode() + text.encode() + f"\r\n--{edge}--\r\n".encode()
        headers = {**self._headers(), "Content-Type": f"multipart/form-data; boundary={edge}"}
        asked = urllib.request.Request(self.address + f"/api/project/{project}/document/new", sent, headers)
        self._opener.open(asked, timeout=600).read()

    def fill(self, text: Path, codings: int, tags: int = 20) -> dict[str, Any]:
        """A text with codings in it: its project, document and first tag."""
        script = [sys.executable, "-c", _FILL, str(self.database), str(text), str(codings), str(tags)]
        said = subprocess.run(
            script, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        return dict(json.loads(said.stdout.splitlines()[-1]))

    def _token(self) -> str:
        return next((c.value for c in self._cookies if c.name == "_xsrf"), "") or ""

    def _headers(self) -> dict[str, str]:
        return {"X-XSRFToken": self._token(), "Content-Type": "application/json"}


@contextmanager
def started(folder: Path) -> Iterator[tuple[Taguette, float]]:
    """Taguette on a new database in *folder*, and the seconds from its start to its first page."""
    database = folder / "taguette.sqlite3"
    begun = time.perf_counter()
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-u",
        "-m",
        "taguette.main",
        "--no-browser",
        "--port",
        str(PORT),
    ]
    server = subprocess.Popen(
        [*command, "--database", str(database)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "HOME": str(folder)},
    )  # fmt: skip
    try:
        peer = Taguette(f"http://localhost:{PORT}", database, _token(server))
        peer.get(f"/?token={peer.token}")
        yield peer, time.perf_counter() - begun
    finally:
        server.terminate()
        server.wait(20)


def _token(server: subprocess.Popen[str]) -> str:
    """The token in the address that it says once it listens; the rest of what it says is let go."""
    assert server.stdout is not None
    for line in server.stdout:
        found = re.search(r"token=(\w+)", line)
        if found:
            threading.Thread(target=lambda: [None for _line in server.stdout or ()], daemon=True).start()
            return found[1]
    raise RuntimeError("Taguette did not start.")


def imported(peer: Taguette, files: Sequence[Path]) -> float:
    """Seconds to bring *files* in, one after the other, as its page sends them."""
    begun = time.perf_counter()
    for file in files:
        peer.upload(1, file)
    return time.perf_counter() - begun


def opened(peer: Taguette, browser: Any, told: dict[str, Any], codings: int) -> tuple[float, float]:
    """Seconds until words of a text are on the screen, and until all its codings are."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(1_200_000)
    page.goto(f"{peer.address}/?token={peer.token}", wait_until="commit")
    page.wait_for_selector("a[href*=project]")
    begun = time.perf_counter()
    page.goto(f"{peer.address}/project/{told['project']}/document/{told['document']}", wait_until="commit")
    page.wait_for_selector("#document-contents p")
    first = time.perf_counter() - begun
    page.wait_for_function(f"document.querySelectorAll('.highlight').length >= {codings}", polling=50)
    whole = time.perf_counter() - begun
    context.close()
    return first, whole


def added(peer: Taguette, told: dict[str, Any], times: int) -> list[float]:
    """Seconds of each of *times* codings added to a text."""
    found = []
    for n in range(times):
        start = 1_000 + 97 * n
        begun = time.perf_counter()
        peer.post(
            f"/api/project/{told['project']}/document/{told['document']}/highlight/new",
            {"start_offset": start, "end_offset": start + 40, "tags": [told["tag_id"]]},
        )
        found.append(time.perf_counter() - begun)
    return found


def listed(peer: Taguette, told: dict[str, Any]) -> float:
    """Seconds to list the first passages of a code."""
    begun = time.perf_counter()
    peer.get(f"/api/project/{told['project']}/highlights/{told['tag'].replace(' ', '%20')}")
    return time.perf_counter() - begun
