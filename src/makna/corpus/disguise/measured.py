"""How much the door covered when it was last measured, class by class: what screens and reports show.

The figures lie beside this module in ``measured.json``, which the benchmark of the door writes.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from makna import wordlists
from makna.i18n import N_

CLASSES = {
    "phone": N_("phone number"), "messenger": N_("messenger id"), "account": N_("account"), "link": N_("link"), "email": N_("e-mail address"),
    "name": N_("name"), "nik": N_("identity number (NIK)"), "kk": N_("family card number (KK)"), "npwp": N_("tax number (NPWP)"),
    "bank": N_("bank or e-wallet number"), "plate": N_("number plate"), "address": N_("address"), "birthdate": N_("birth date"),
}  # fmt: skip
"""The classes that are measured, in the order of a screen, with their names."""


@dataclass(frozen=True)
class Measured:
    """The last measurement. *classes*: class → form ("clear", "obfuscated") → (covered, all); *harmless*: (touched, all)."""

    measured_on: dt.date
    identifiers: int
    harmless: tuple[int, int]
    classes: Mapping[str, Mapping[str, tuple[int, int]]]

    def share(self, kind: str, form: str | None = None) -> float | None:
        """The share of identifiers of a class that was wholly covered; None where it was not measured.

        *kind* is a class as the door counts it: "wa", "link:telegram", "line", "account".
        """
        forms = self.classes.get(measured_class(kind), {})
        counts = [counts for name, counts in forms.items() if form in (None, name)]
        of = sum(c[1] for c in counts)
        return sum(c[0] for c in counts) / of if of else None

    def shares(self, kinds: Iterable[str]) -> dict[str, float]:
        """Class → share, for those of *kinds* that were measured."""
        found = {kind: self.share(kind) for kind in kinds}
        return {kind: share for kind, share in found.items() if share is not None}

    def rows(self) -> list[dict[str, object]]:
        """One row for each class: what was covered in clear and obfuscated form."""
        return [
            {"class": kind, "clear": self.share(kind, "clear"), "obfuscated": self.share(kind, "obfuscated"),
             "identifiers": sum(of for _hit, of in self.classes[kind].values())}
            for kind in CLASSES if kind in self.classes
        ]  # fmt: skip


def measured_class(kind: str) -> str:
    """The measured class of what the door counts: all messengers are one, a WhatsApp number is a phone number."""
    head = kind.strip("⟦⟧").partition(":")[0]
    if head in CLASSES:
        return head
    if head in ("wa", "signal", "@"):
        return {"@": "account"}.get(head, "phone")
    return "messenger" if head in wordlists.load("door_triggers").entries.values() else head


@cache
def last() -> Measured:
    """The measurement that ships with Makna."""
    told = json.loads(resources.files(__package__).joinpath("measured.json").read_text(encoding="utf-8"))
    classes = {
        kind: {form: (hit, of) for form, (hit, of) in forms.items()}
        for kind, forms in told["classes"].items()
    }
    day = dt.date.fromisoformat(told["measured_on"])
    return Measured(day, told["identifiers"], tuple(told["harmless"]), classes)
