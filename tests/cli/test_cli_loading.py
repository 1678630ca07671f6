"""What a command reads before it answers: no more than it needs."""

from __future__ import annotations

import subprocess
import sys

from makna.cli import cli
from makna.cli.commands import ALONE


def _read(*words: str) -> set[str]:
    """The modules that are read when ``makna`` is called with *words*."""
    code = f"import sys; from makna.cli.commands import loaded; loaded({list(words)}); print(' '.join(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True)
    return set(answer.stdout.split())


def test_the_workbench_opens_before_the_library_is_read() -> None:
    """Neither tables nor lenses nor the door are needed for a first page."""
    assert not _read("open") & {"makna.library.study", "ibis", "pyarrow", "scipy", "django"}
    assert "makna.library.study" in _read("search")


def test_commands_that_are_read_alone_are_where_they_are_said_to_be() -> None:
    """Each in its own module, under its own name."""
    for name, module in ALONE.items():
        callback = cli.commands[name].callback
        assert callback is not None
        assert callback.__module__ == f"makna.cli.{module}"
