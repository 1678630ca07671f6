"""A PostgreSQL server of the tests' own: made in a temporary folder, reached by its socket, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, or None where it is not installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    return debian[-1] if debian else None


@contextmanager
def server() -> Iterator[str]:
    """Run a server; gives the address of its database ``postgres`` as ``MAKNA_DATABASE_URL`` has it."""
    bin_ = programs()
    assert bin_ is not None
    folder = Path(tempfile.mkdtemp(prefix="makna-pg-"))
    who = _owner(folder)

    def run(*command: str) -> None:
        subprocess.run(
            [str(bin_ / command[0]), *command[1:]],
            check=True,
            user=who,
            cwd=folder,
            stdout=subprocess.DEVNULL,
        )

    try:
        data = str(folder / "data")
        run(
            "initdb",
            "-D",
            data,
            "-U",
            "makna",
            "-A",
            "trust",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale",
            "C.UTF-8",
        )
        options = f"-c listen_addresses='' -c fsync=off -k {folder}"
        run("pg_ctl", "-D", data, "-l", str(folder / "log"), "-o", options, "-w", "start")
        try:
            yield f"postgresql://makna@{quote(str(folder), safe='')}/postgres"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)


def _owner(folder: Path) -> str | None:
    """Who runs the server: PostgreSQL refuses root, so there it is whoever else the system has."""
    if os.geteuid() != 0:
        return None
    names: Sequence[str] = [entry.pw_name for entry in pwd.getpwall()]
    who = next(name for name in ("postgres", "nobody") if name in names)
    shutil.chown(folder, who)
    return who
