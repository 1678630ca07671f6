"""The pages of a study as the bar above each of them names them, in the order of the work."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import NoReverseMatch, reverse

from makna.i18n import N_, _

_PAGES = (
    ("home", N_("Study"), "h"), ("sources", N_("Sources"), "i"), ("read", N_("Read"), "r"), ("search", N_("Search"), "s"),
    ("codebook", N_("Codebook"), "c"), ("frame", N_("Frame"), "t"), ("lenses", N_("Lenses"), "l"),
    ("compare", N_("Compare"), "p"), ("cases", N_("Cases"), "k"), ("findings", N_("Findings"), "f"),
    ("report", N_("Report"), "o"), ("activity", N_("Activity"), "a"), ("settings", N_("Settings"), "e"),
)  # fmt: skip


class Place(NamedTuple):
    """A page in the bar. *key* goes there after ``g``."""

    name: str
    title: str
    key: str
    address: str


def places(study: str) -> list[Place]:
    """The pages of *study*."""
    found = []
    for name, title, key in _PAGES:
        try:
            found.append(Place(name, _(title), key, reverse(name, kwargs={"study": study})))
        except NoReverseMatch:
            continue
    return found
