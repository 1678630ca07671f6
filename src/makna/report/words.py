"""One language of a report: its messages, months, numbers and terms."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable

from makna.analysis.lenses import say
from makna.i18n import catalogue
from makna.record.toml_table import Text
from makna.report.blocks import Inline, inline

LANGUAGES = ("id", "en")
_MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}
_ABOUT = ("share with ", "share that praises ", "share of informants: ")  # statistics about a named thing
_MARKS = {"id": str.maketrans(",.", ".,"), "en": str.maketrans("", "")}  # 3.000,5 and 3,000.5


class Words:
    """How a report speaks *language*; *gettext* turns an English message into it."""

    def __init__(self, language: str, *, gettext: Callable[[str], str] | None = None) -> None:
        self.language = language
        self._gettext = gettext or catalogue(language).gettext
        self._plural = catalogue(language).ngettext if gettext is None else None
        self._months = _MONTHS[language].split()

    def gettext(self, message: str) -> str:
        """*message* in this language; nothing stays nothing (a catalogue answers it with its own head)."""
        return self._gettext(message) if message else ""

    def ngettext(self, one: str, many: str, n: int) -> str:
        """*one* or *many* for *n*, in this language, with *n* in its place."""
        message = self._plural(one, many, n) if self._plural else self._gettext(one if n == 1 else many)
        return message.format(n=self.number(n))

    def said(self, text: Text, style: str = "plain") -> Inline:
        """A researcher's words in this language, marked where they are in the other."""
        said, language = text.said(self.language)
        return inline(said, style, language if language != self.language else None)

    def month(self, month: tuple[int, int] | None) -> str:
        """Maret 2021; empty where the month is not known."""
        return f"{self._months[month[1] - 1]} {month[0]}" if month else ""

    def band(self, month: tuple[int, int] | None) -> str:
        """The quarter of a month: "Januari–Maret 2021". A post is placed no closer than this."""
        if month is None:
            return self.gettext("undated")
        first = (month[1] - 1) // 3 * 3
        return f"{self._months[first]}–{self._months[first + 2]} {month[0]}"

    def day(self, day: dt.date | None) -> str:
        """4 Maret 2021; a dash where the day is not known."""
        return f"{day.day} {self._months[day.month - 1]} {day.year}" if day else "–"

    def days(self, start: dt.date | None, end: dt.date | None) -> str:
        """A period with its first and last day."""
        return f"{self.day(start)} – {self.day(end)}" if start or end else "–"

    def number(self, value: float | None, *, decimals: int = 2) -> str:
        """A whole number with its thousands apart, or a fraction to *decimals*; a dash for None."""
        if value is None or math.isnan(value):
            return "–"
        written = f"{value:,}" if isinstance(value, int) else f"{value:,.{decimals}f}"
        return written.translate(_MARKS[self.language]).replace("-", "−")

    def share(self, value: float) -> str:
        """A share of one as per cent: "98 %" in both languages, never broken."""
        return f"{self.number(100 * value, decimals=0 if value in (0, 1) else 1)}\u00a0%"

    def kind(self, kind: str) -> str:
        """A kind of source."""
        _ = self.gettext
        return {
            "observation": _("observation"), "interview": _("in-depth interview"),
            "field_note": _("field note"), "literature": _("literature"),
        }[kind]  # fmt: skip

    def access(self, access: str) -> str:
        """An access basis."""
        _ = self.gettext
        return {
            "public": _("public"),
            "closed": _("closed, with permission"),
            "private": _("private, with consent"),
        }[access]

    def triangulation(self, kind: str) -> str:
        """A kind of triangulation."""
        _ = self.gettext
        return {
            "source": _("sources"), "method": _("methods"), "time": _("points in time"), "theory": _("theory"),
            "investigator": _("investigators"),
        }[kind]  # fmt: skip

    def column(self, name: str) -> str:
        """The head of a lens column: its translation where the catalogue has one, else its words."""
        return self.gettext(name.replace("_", " "))

    def name(self, value: str) -> str:
        """A name that a lens gives (a move, a channel, a motive), else what the catalogue says for it."""
        said = say.name(value, self.language)
        return said if said != value.replace("_", " ") else self.gettext(value)

    def statistic(self, name: str) -> str:
        """The name of a statistic; one about a named thing is put together from both."""
        for head in _ABOUT:
            if name.startswith(head):
                message = f"{head}{{what}}"
                return self.gettext(message).format(what=self.name(name.removeprefix(head)))
        return self.gettext(name)

    def cleared(self, text: str) -> str:
        """*text* ready to stand inside a sentence: without its last full stop."""
        return text.strip().removesuffix(".")

    def code(self, code: str) -> str:
        """An informant's code as this language writes it: "Informan 2" is "Informant 2" in English."""
        word, _space, rest = code.partition(" ")
        pairs = {"informan": ("Informan", "Informant"), "partisipan": ("Partisipan", "Participant")}
        pairs |= {
            "informant": pairs["informan"],
            "participant": pairs["partisipan"],
            "narasumber": ("Narasumber", "Source"),
        }
        if word.casefold() not in pairs:
            return code
        return f"{pairs[word.casefold()][self.language == 'en']} {rest}".strip()
