"""Addresses of what never changes while a workbench runs: stylesheets and scripts, kept by the browser for good.

The address names the state of all of them, so that another version of Makna is another address, and a page that is
opened a second time asks for none of them again. Modules import each other by addresses relative to their own, which
stay within that state; what a page's script imports is told in its head, so that the browser asks for all at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from posixpath import dirname, join, normpath

OWN = Path(__file__).parent / "static"
_IMPORT = re.compile(r"""^import\s(?:[^"']*\sfrom\s)?["'](\.[^"']+)["']""", re.MULTILINE)


def folders() -> list[Path]:
    """Where the files of all applications lie: Makna's own, and htmx."""
    htmx = find_spec("django_htmx")
    return [OWN, *([Path(htmx.origin).parent / "static"] if htmx and htmx.origin else [])]


def state(where: Iterable[Path]) -> str:
    """Twelve characters that differ as soon as a file in these folders does, by name, size or time."""
    files = ((path, path.stat()) for folder in where for path in sorted(folder.rglob("*")) if path.is_file())
    told = "\n".join(f"{path.name} {at.st_size} {at.st_mtime_ns}" for path, at in files)
    return sha256(told.encode()).hexdigest()[:12]


@cache
def imported(script: str) -> tuple[str, ...]:
    """All modules that *script* imports, in turn as well, as paths below the static folder."""
    found = dict.fromkeys(_imported(script))
    waiting = list(found)
    while waiting:
        new = [one for one in _imported(waiting.pop()) if one not in found and one != script]
        found.update(dict.fromkeys(new))
        waiting += new
    return tuple(found)


def _imported(script: str) -> Iterator[str]:
    text = (OWN / script).read_text(encoding="utf-8")
    return (normpath(join(dirname(script), one)) for one in _IMPORT.findall(text))
