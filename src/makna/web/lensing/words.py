"""What pages say about each lens: its name, its question, and the options that its form offers."""

from __future__ import annotations

from makna.i18n import N_, _

QUESTIONS = {
    "presentation": N_("What do names, bios, emoji and hashtags of these accounts signal?"),
    "promotion": N_("How is a promoting post built?"),
    "testimony": N_("Who vouches, how, and who passes it on?"),
    "migration": N_("When and how is talk invited out of the public place?"),
    "argot": N_("Which words do only insiders understand?"),
    "motives": N_("Why here?"),
    "triangulation": N_("Which findings stand on what?"),
}
NAMES = {
    "presentation": N_("Self-presentation"), "promotion": N_("Promotion"), "testimony": N_("Testimony"),
    "migration": N_("Migration"), "argot": N_("Argot"), "motives": N_("Motives"),
    "triangulation": N_("Triangulation"),
}  # fmt: skip
# lens -> the options that its form offers, in order
FIELDS = {
    "presentation": ("sign", "reference"), "promotion": ("reference",), "testimony": ("reference",),
    "migration": ("reference",), "argot": ("seeds", "sign", "minimum", "reference"), "motives": ("under",),
    "triangulation": (),
}  # fmt: skip
# Lenses that show what the researcher kept already, so that there is nothing to steer a first reading by.
OWN = frozenset({"triangulation"})


def name(lens: str) -> str:
    """A lens's name."""
    return _(NAMES[lens])


def question(lens: str) -> str:
    """What a lens asks."""
    return _(QUESTIONS[lens])


# Why a passage stands behind a row, where the lens says it in fixed words.
_WHY = (
    N_("the sign in a post"), N_("a post of an account whose profile carries the sign"), N_("a promoting account"),
    N_("somebody who speaks with one"), N_("somebody else"),
)  # fmt: skip


def why(note: str) -> str:
    """What a lens notes on a passage, in the reader's language where the words are fixed; cues stand as they are."""
    stance, _comma, kind = note.partition(", ")
    if stance in ("supports", "contradicts"):
        return f"{_(stance)}, {_(kind.replace('_', ' '))}"
    return _(note) if note in _WHY else note
