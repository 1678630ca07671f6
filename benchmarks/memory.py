"""Memory of a command with all its processes: PSS, which counts shared pages once among those who share them."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

INTERVAL = 0.1  # seconds between samples


@dataclass(frozen=True)
class Watched:
    """The highest PSS seen of all processes of a command together, and what it wrote."""

    peak_mib: float
    output: str


def watch(command: Sequence[str], *, env: Mapping[str, str]) -> Watched:
    """Run *command* and sample its memory; raises :class:`subprocess.CalledProcessError` where it fails."""
    process = subprocess.Popen(command, env=dict(env), stdout=subprocess.PIPE, text=True)
    peak = 0
    while process.poll() is None:
        peak = max(peak, _pss(process.pid))
        time.sleep(INTERVAL)
    output = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output)
    return Watched(peak / 2**20, output)


def _pss(pid: int) -> int:
    """Bytes of PSS of a process and its descendants; one that ended meanwhile counts nothing."""
    try:
        family = [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]
    except psutil.NoSuchProcess:
        return 0
    return sum(_pss_of(member) for member in family)


def _pss_of(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))
