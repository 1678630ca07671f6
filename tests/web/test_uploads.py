"""An upload touches the disk only encrypted, whatever happens to the server."""

from __future__ import annotations

import http.client
import re
import socket
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from web_sample import running

from makna.library import Study
from makna.web.serving import IN_MEMORY

MARK = b"Kata rahasia 0834-5550-0188 "
BOUNDARY = "potong"


def body(name: str, data: bytes) -> bytes:
    """A form with one file."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return head.encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode()


def come_in(address: str) -> tuple[str, int, dict[str, str]]:
    """Host, port, and the headers of a browser that has come in."""
    parts = urlsplit(address)
    server = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    cookies = ""
    for path in (f"{parts.path}?{parts.query}", "/s/s/sources/add/"):
        server.request("GET", path, headers={"Cookie": cookies})
        answer = server.getresponse()
        page = answer.read().decode()
        got = [one.split(";")[0] for name, one in answer.getheaders() if name.lower() == "set-cookie"]
        cookies = "; ".join([cookies, *got]).strip("; ")
    server.close()
    token = re.search(r'"X-CSRFToken": "(\w+)"', page)
    assert token, page[:500]
    headers = {"Cookie": cookies, "X-CSRFToken": token[1], "Accept": "application/json"}
    return (
        parts.hostname or "",
        parts.port or 0,
        {**headers, "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"},
    )


def holding(folder: Path) -> list[Path]:
    """The files in *folder* that hold the words of the upload."""
    return [file for file in folder.rglob("*") if file.is_file() and MARK in file.read_bytes()]


def deleted_files(pid: int) -> list[str]:
    """Files that a process holds open though they have no name any more: where servers put what they receive."""
    found = []
    for fd in Path(f"/proc/{pid}/fd").iterdir():
        try:
            found.append(str(fd.readlink()))
        except OSError:
            continue
    return [one for one in found if one.endswith("(deleted)") and "/memfd:" not in one]


def test_a_killed_server_leaves_nothing_readable(study: Study, tmp_path: Path) -> None:
    """Not of a file that had come, nor of one that was on its way; the next server clears away what lies there."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    library, root = study.folder.parents[1], study.folder.parents[2]
    with running(library, TMPDIR=str(temporary)) as (address, server):
        host, port, headers = come_in(address)
        sent = http.client.HTTPConnection(host, port, timeout=60)
        sent.request("POST", "/s/s/sources/add/upload/", body("Bu Tiruan.txt", MARK * 100_000), headers)
        assert sent.getresponse().status == 200
        sent.close()
        half = body("b.txt", MARK * 100_000)
        with socket.create_connection((host, port)) as begun:
            lines = {**headers, "Host": f"{host}:{port}", "Content-Length": str(len(half) * 2)}
            head = "POST /s/s/sources/add/upload/ HTTP/1.1\r\n" + "".join(
                f"{k}: {v}\r\n" for k, v in lines.items()
            )
            begun.sendall(head.encode() + b"\r\n" + half[:-100])
            time.sleep(1)
            if sys.platform == "linux":
                assert deleted_files(server.pid) == []
            server.kill()
            server.wait(20)
        uploads = root / "config" / "uploads"
        sealed = [file for file in uploads.rglob("*") if file.is_file() and file.name != ".lock"]
        assert len(sealed) == 1
        assert sealed[0].stat().st_size > len(MARK) * 100_000
        assert holding(root) == holding(temporary) == []
        assert not list(root.rglob("*Tiruan*"))
    with running(library, TMPDIR=str(temporary)) as (address, _server):
        come_in(address)
        for _each in range(100):
            if not any(file in sealed for file in uploads.rglob("*")):
                return
            time.sleep(0.1)
    pytest.fail("what the killed server had left is still there")


def test_the_server_holds_no_request_in_a_file() -> None:
    """It refuses what would not fit into memory before it would write it down."""
    assert IN_MEMORY["inbuf_overflow"] > IN_MEMORY["max_request_body_size"]
