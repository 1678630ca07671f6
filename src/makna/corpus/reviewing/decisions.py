"""What a person decides about a doubtful span, as it is kept beside the doubt until it is carried out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from makna.corpus.disguise.words import triggers
from makna.errors import DoorError
from makna.i18n import _

MASK, KEEP, EVERYWHERE, NEVER = "mask", "keep", "everywhere", "never"
TOO_LONG = "too long to read"  # the reason of a text that was masked whole
_OTHER_CLASSES = (
    "phone", "name", "email", "link", "account", "address", "nik", "kk", "npwp", "bank", "plate", "birthdate", "document",
)  # fmt: skip


def classes() -> tuple[str, ...]:
    """What a span may be masked as, the commonest first."""
    return (*_OTHER_CLASSES, *sorted(set(triggers().values()) - set(_OTHER_CLASSES)))


@dataclass(frozen=True)
class Decision:
    """*verb* is one of: mask as *label* here, keep the words, mask them everywhere as *label*, never ask again."""

    verb: str
    label: str = ""

    @classmethod
    def read(cls, written: str) -> Self:
        """The decision that was written as ``mask:wa``, ``keep``, ``everywhere:name`` or ``never``.

        Raises :class:`DoorError` for anything else.
        """
        verb, _colon, label = written.partition(":")
        if verb in (KEEP, NEVER) and not label:
            return cls(verb)
        if verb in (MASK, EVERYWHERE) and label in classes():
            return cls(verb, label)
        raise DoorError(
            _(
                "{written} is no decision. Write keep, never, mask:CLASS or everywhere:CLASS, with one of the classes"
                " {classes}."
            ).format(written=written, classes=", ".join(classes()))
        )

    def __str__(self) -> str:
        return f"{self.verb}:{self.label}" if self.label else self.verb

    @property
    def keeps(self) -> bool:
        """Whether the words come back into the text."""
        return self.verb in (KEEP, NEVER)

    def shown(self, span: str) -> str:
        """What stands in the text instead of ⟦?⟧."""
        return span if self.keeps else f"⟦{self.label}⟧"

    def check(self, reason: str) -> None:
        """Refuse to bring back a text that nobody could read through the door; raises :class:`DoorError`."""
        if self.keeps and reason == TOO_LONG:
            raise DoorError(
                _(
                    "This text was too long for the door to read, so it cannot come back. Mask it, or add it again in parts."
                )
            )
