"""What somebody searches for: the words, what narrows them, the order; as an address carries it and as a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from makna.corpus.model import SourceKind
from makna.i18n import N_, _

KINDS = tuple(kind.value for kind in SourceKind)
SPEAKERS = {"participant": N_("participants"), "researcher": N_("the researcher"), "other": N_("others")}
ORDERS = {
    "best": N_("best first"), "text": N_("as they stand in the texts"), "left": N_("by the word to the left"),
    "right": N_("by the word to the right"),
}  # fmt: skip
IN_KIND = {
    "observation": N_("in observations"), "interview": N_("in interviews"), "field_note": N_("in field notes"),
    "literature": N_("in literature"),
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A search. *cases* are (attribute, value); *coded* and *uncoded* are codes, with those below them."""

    q: str = ""
    kind: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    case: tuple[tuple[int, str], ...] = ()
    coded: tuple[int, ...] = ()
    uncoded: tuple[int, ...] = ()
    since: date | None = None
    until: date | None = None
    order: str = "best"
    page: int = 0

    @property
    def narrowed(self) -> bool:
        """Whether more than the words and the kind decide."""
        return bool(self.by or self.case or self.coded or self.uncoded or self.since or self.until)

    @property
    def gathers(self) -> bool:
        """Whether hits are gathered before a page of them can be shown."""
        return self.narrowed or self.order in ("left", "right")

    def address(self, **changed: object) -> str:
        """The search, with some of it *changed*, as an address carries it."""
        return "?" + urlencode(self.pairs(**changed))

    def pairs(self, **changed: object) -> list[tuple[str, str]]:
        """The same as names and values of a form."""
        found = []
        for field in fields(self):
            value = changed.get(field.name, getattr(self, field.name))
            for one in value if isinstance(value, tuple) else [value]:
                said = f"{one[0]}:{one[1]}" if isinstance(one, tuple) else str(one or "")
                if said and (field.name, said) != ("order", "best"):
                    found.append((field.name, said))
        return found

    def without(self, name: str, value: object) -> str:
        """The address of the search less one thing that narrows it."""
        held = getattr(self, name)
        return self.address(
            **{name: tuple(v for v in held if v != value) if isinstance(held, tuple) else None, "page": 0}
        )

    def narrowing(self, codes: Mapping[int, str], attributes: Mapping[int, str]) -> list[tuple[str, str]]:
        """What narrows the words, each as words and the address of the search without it."""
        found = [(_(IN_KIND[kind]), self.without("kind", kind)) for kind in self.kind]
        found += [
            (_("said by {who}").format(who=_(SPEAKERS[who])), self.without("by", who)) for who in self.by
        ]
        found += [
            (f"{attributes.get(key, '?')}: {value}", self.without("case", (key, value)))
            for key, value in self.case
        ]
        for name, words in (("coded", _("coded {code}")), ("uncoded", _("not coded {code}"))):
            found += [
                (words.format(code=codes.get(code, "?")), self.without(name, code))
                for code in getattr(self, name)
            ]
        for name, words in (("since", _("from {day}")), ("until", _("until {day}"))):
            if day := getattr(self, name):
                found.append((words.format(day=day.isoformat()), self.without(name, day)))
        return found


def asked(given: QueryDict) -> Asked:
    """The search that an address or a form carries; what is no such thing is left out."""
    return Asked(
        q=" ".join(given.get("q", "").split()),
        kind=_among(given, "kind", KINDS),
        by=_among(given, "by", tuple(SPEAKERS)),
        case=tuple(pair for text in given.getlist("case") if (pair := _pair(text))),
        coded=_numbers(given, "coded"),
        uncoded=_numbers(given, "uncoded"),
        since=_day(given.get("since", "")),
        until=_day(given.get("until", "")),
        order=given.get("order", "") if given.get("order") in ORDERS else "best",
        page=next(iter(_numbers(given, "page")), 0),
    )


def _among(given: QueryDict, name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys(given.getlist(name)) if one in known)


def _numbers(given: QueryDict, name: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(one) for one in given.getlist(name) if one.isdecimal() and len(one) < 19))


def _pair(text: str) -> tuple[int, str] | None:
    key, _colon, value = text.partition(":")
    return (int(key), value) if key.isdecimal() and len(key) < 19 and value else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
