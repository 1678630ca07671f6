"""Planting canaries: in a text, in JSON, in the name of a file and of its folder."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from canary_search import CLOCK, STAYS, Canaries

Json = Any
NAME = "Qzxkenarinama Sari"  # a name the researcher asks to mask
CITIZEN = "3273995107957319"


@dataclass(frozen=True)
class Planted:
    """A file with canaries, and what the researcher says about it."""

    path: Path
    reader: str
    said: Mapping[str, Any] = field(default_factory=dict)
    rejected: int = 0
    consents: tuple[str, ...] = ()  # accounts on record as consenting


def identifiers(c: Canaries, where: str) -> str:
    """A text with an identifier of every class the door covers, among words that stay."""
    say = {
        name: c.word(f"{where}, {name}")
        for name in [
            "mail",
            "host",
            "page",
            "path",
            "tele",
            "handle",
            "line",
            "ig",
            "michat",
            "discord",
            "bigo",
            "snap",
            "short",
        ]
    }
    return (
        f"{STAYS}awal wa 0834-7391-9739 atau +62 834 7391 9739, telp 083473919739 ya. Email {say['mail']}@{say['host']}.co.id "
        f"atau lihat https://{say['page']}.test/{say['path']}?x={say['path']} dan t.me/{say['tele']}, bit.ly/{say['short']}. "
        f"Sama @{say['handle']} juga. Line: {say['line']}. IG {say['ig']} , michat id {say['michat']} , discord: "
        f"{say['discord']}#1234 , bigo id {say['bigo']} , snap: {say['snap']} . NIK {CITIZEN} . Kata {NAME} dan "
        f"{NAME.upper()} begitu. Rek BCA 739197391234 a.n. {NAME} {STAYS}akhir"
    )


def plant(c: Canaries, template: Json, where: str) -> Json:
    """*template* with a canary for each ``W`` (word), ``N`` (id), ``L`` (link), ``T`` (time) and 0 (count), and unknown keys."""
    if isinstance(template, dict):
        made = {key: plant(c, value, f"{where}.{key}") for key, value in template.items()}
        return {**made, c.word(f"{where}, an unknown key"): c.word(f"{where}, an unknown value")}
    if isinstance(template, list):
        return [plant(c, value, f"{where}[{n}]") for n, value in enumerate(template)]
    match template:
        case "W":
            return c.word(where)
        case "N":
            return c.number(where, 19)
        case "L":
            return f"https://{c.word(where)}.test/{c.word(where)}"
        case "T":
            return f"2021-03-04T13{CLOCK}.000Z"
        case "O":
            return f"Thu Mar 04 13{CLOCK} +0000 2021"
        case 0 if template is not False:
            return int(c.number(where))
    return template


def place(c: Canaries, folder: Path, where: str, suffix: str) -> Path:
    """A path whose folder and name are canaries."""
    inside = folder / c.word(f"{where}, its folder")
    inside.mkdir(parents=True)
    return inside / f"{c.word(f'{where}, its name')}{suffix}"


def saved(
    c: Canaries,
    folder: Path,
    where: str,
    suffix: str,
    text: str,
    reader: str,
    *,
    rejected: int = 0,
    **said: Any,
) -> Planted:
    """A text file under a name of canaries."""
    path = place(c, folder, where, suffix)
    path.write_text(text, encoding="utf-8")
    return Planted(path, reader, said, rejected)


def lines(values: Sequence[Json]) -> str:
    """JSON, one value a line."""
    return "".join(json.dumps(value) + "\n" for value in values)
