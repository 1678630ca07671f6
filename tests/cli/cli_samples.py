"""Invented sources that the tests of the command line add."""

from __future__ import annotations

from collections.abc import Callable

from click.testing import Result

Run = Callable[..., Result]

CONSENT = """
[[participant]]
code = "Informan 1"
files = ["{file}"]
labels = ["I"]
[participant.consent]
mode = "written"
version = "1"
date = 2021-03-04
scopes = ["analysis", "verbatim"]
"""
TALK = "P: Mengapa di sini?\nI: Kata Zurelia di sini bebas.\nP: Sejak kapan?\nI: Sudah lama sekali.\n"
TABLE = "id_str,created_at,full_text,username\n" + "".join(
    f"{10**18 + n},Wed Mar 03 10:0{n}:00 +0000 2021,pasar pagi ramai kabar {n} kata Zurelia,akun_{n}\n"
    for n in range(6)
)
