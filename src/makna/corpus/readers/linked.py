"""How links and mentions that a network keeps beside a text enter it, so that the door knows what they lead to.

Decisions: the address behind words ("klik di sini") follows the words, and stands in the place of its own shortened form,
for a link is data and its address goes at the door. A handle that looks like an address (``@nama@server.id``, ``@nama.bsky.social``) is named as one in ``links``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ADDRESS = re.compile(r"\s*(?:https?://|www\.)\S+\s*|\s*[\w-]+(?:\.[\w-]+)+(?:[/?#…]\S*)?\s*", re.IGNORECASE)


_LEADS = re.compile(r"https?://[^\s<>]+$|[^\s@/:<>]+@[\w.-]+$", re.IGNORECASE)


@dataclass
class Linked:
    """What one text mentions and links to."""

    mentions: list[str] = field(default_factory=list)  # handles
    names: list[str] = field(default_factory=list)  # short forms of those handles
    links: dict[str, str] = field(default_factory=dict)

    def mention(self, handle: str) -> str:
        """What stands in a text for the account *handle*, without @ where it has none."""
        self.mentions.append(handle)
        self.note(handle)
        return f"@{handle}"

    def note(self, handle: str) -> None:
        """Remember a handle that a text may write in its short form, or that looks like an address."""
        short = handle.split("@", maxsplit=1)[0] if "@" in handle else handle.split(".", maxsplit=1)[0]
        if short != handle:
            self.links[handle] = f"@{handle}"
            if len(short) > 2:
                self.names.append(short)

    def link(self, shown: str, address: str) -> str:
        """What stands in a text for a link shown as *shown*: where it leads, behind the words if they are words."""
        address = address.removeprefix("mailto:").strip()
        if not address or shown == address or not _LEADS.match(address):
            return shown
        words = "" if _ADDRESS.fullmatch(shown) else shown.strip()
        before, after = (" " if part else "" for part in (shown[:1].isspace(), shown[-1:].isspace()))
        return f"{before}{words} {address}{after}" if words else f"{before}{address}{after}"
