"""Messages out of the source into the Indonesian catalogue: ``update`` writes it, ``check`` fails when it is stale."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "makna"
CATALOGUE = SOURCE / "locale" / "id" / "LC_MESSAGES" / "makna.po"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}


def extracted() -> Catalog:
    """All messages that stand in the source now."""
    found = Catalog(project="makna", locale="id")
    for file, line, message, _comments, context in extract_from_dir(
        str(SOURCE), [("**.py", "python")], keywords=KEYWORDS
    ):
        found.add(message, None, [(f"src/makna/{file}", line)], context=context)
    return found


def main(command: str) -> int:
    """Update the catalogue, or say what is missing in it."""
    current = read_po(CATALOGUE.open("rb"), locale="id") if CATALOGUE.is_file() else Catalog(locale="id")
    wanted = extracted()
    if command == "update":
        current.update(wanted, no_fuzzy_matching=True)
        current.obsolete.clear()
        with CATALOGUE.open("wb") as out:
            write_po(out, current, omit_header=False, sort_output=True, no_location=True, width=110)
    missing = [m.id for m in wanted if m.id and not _translated(current, m.id)]
    for message in missing:
        print("not translated:", message, file=sys.stderr)
    return 1 if missing and command == "check" else 0


def _translated(catalogue: Catalog, message: object) -> bool:
    entry = catalogue.get(message)
    return entry is not None and bool(entry.string) and not entry.fuzzy


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
