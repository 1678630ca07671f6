"""The text of HTML as networks store it: paragraphs, line breaks, and links by a rule of the reader's."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from html.parser import HTMLParser

Anchor = Callable[[str, str, frozenset[str]], str]  # (shown, address, classes) -> what stands in the text

LONGEST = 50_000  # characters of HTML; what is longer loses its tags without being understood
OPEN = 100  # tags that do not end, likewise
_UNREAD = frozenset({"script", "style", "template", "head", "title"})
_BLOCKS = frozenset(
    {"p", "div", "blockquote", "ul", "ol", "pre", "table", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_LINES = frozenset({"br", "li", "tr", "hr"})
_TAG = re.compile(r"<[^<>]*>")
_GAPS = re.compile(r"[ \t]*\n[ \t]*")
_MANY = re.compile(r"\n{3,}")


def to_text(content: str, anchor: Anchor, *, without: frozenset[str] = frozenset()) -> str:
    """*content* without markup: an empty line between paragraphs, one line for each break.

    *anchor* says what stands for a link. Elements of a class in *without* are left out.
    """
    if "<" not in content:
        return html.unescape(content).strip()
    if len(content) > LONGEST or content.count("<") > content.count(">") + OPEN:
        return html.unescape(
            _TAG.sub(" ", content)
        ).strip()  # the parser would look for each end again and again
    parser = _Text(anchor, without)
    parser.feed(content)
    parser.close()
    return _MANY.sub("\n\n", _GAPS.sub("\n", parser.text())).strip()


class _Text(HTMLParser):
    def __init__(self, anchor: Anchor, without: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._anchor, self._without = anchor, without
        self._out: list[str] = []
        self._link: tuple[str, frozenset[str], int] | None = None  # address, classes, where its text begins
        self._left_out: list[str] = []  # elements open since one that is left out
        self._address_last = False  # what came last is an address that words after it must not join

    def text(self) -> str:
        self._close_link()
        return "".join(self._out)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = frozenset((dict(attrs).get("class") or "").split())
        if self._left_out or tag in _UNREAD or classes & self._without:
            if tag not in ("br", "hr", "img", "wbr", "input", "meta", "link"):
                self._left_out.append(tag)
            return
        if tag in _LINES:
            self._out.append("\n")
        elif tag in _BLOCKS:
            self._out.append("\n\n")
        elif tag == "a":
            self._close_link()
            self._link = (dict(attrs).get("href") or "", classes, len(self._out))

    def handle_endtag(self, tag: str) -> None:
        if self._left_out:
            if tag in self._left_out:
                del self._left_out[len(self._left_out) - 1 - self._left_out[::-1].index(tag) :]
        elif tag == "a":
            self._close_link()
        elif tag in _BLOCKS:
            self._out.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._left_out:
            if self._address_last and data[:1].isalnum():
                self._out.append(" ")
            self._address_last = False
            self._out.append(data if "\n" not in data else " ".join(data.split("\n")))

    def _close_link(self) -> None:
        if self._link is None:
            return
        address, classes, begin = self._link
        shown = "".join(self._out[begin:])
        stands = self._anchor(shown, address, classes)
        self._address_last = stands != shown
        self._out[begin:] = [stands]
        self._link = None
