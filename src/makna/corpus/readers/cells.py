"""What one cell of a table means: ids that a spreadsheet damaged, counts as people write them, media."""

from __future__ import annotations

import re

_NOTHING = frozenset({"", "nan", "none", "null", "undefined", "n/a", "#n/a", "nat", "-"})
_NO = frozenset({"no", "false", "0", "[]", "tidak", "{}"})
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
_COUNT = re.compile(r"(\d+(?:[.,]\d+)*)\s*(k|m|rb|ribu|jt|juta)?\.?", re.IGNORECASE)
_TIMES = {"k": 1_000, "rb": 1_000, "ribu": 1_000, "m": 1_000_000, "jt": 1_000_000, "juta": 1_000_000}
_GROUPS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_LANGUAGES = {
    "indonesia": "id",
    "indonesian": "id",
    "bahasa indonesia": "id",
    "english": "en",
    "inggris": "en",
}
_HANDLE = re.compile(r"@?[\w.\-]+")
_VIDEO = re.compile(r"video_thumb|amplify_video|/video/|\.(?:mp4|mov|m3u8|webm)\b|^videos?$", re.IGNORECASE)
_MOVING = re.compile(r"tweet_video|animated|\.gif\b|^gif$", re.IGNORECASE)
_VOICE = re.compile(r"\.(?:mp3|ogg|opus|m4a|wav)\b|^(?:audio|voice|suara)$", re.IGNORECASE)


def value(cell: str) -> str | None:
    """The cell without marks that spreadsheets put around text; None where it says nothing."""
    cell = cell.strip()
    if not cell:
        return None
    if cell.startswith('="') and cell.endswith('"'):
        cell = cell[2:-1]
    cell = cell.removeprefix("'")
    return None if cell.lower() in _NOTHING else cell


def post_id(cell: str) -> str | None:
    """An id; None where it is absent or shortened to ``1.7E+18``. ``17.0`` is 17."""
    if cell.isdecimal():
        return cell
    found = value(cell)
    if found is None or _SCIENTIFIC.fullmatch(found):
        return None
    return found[:-2] if found.endswith(".0") and found[:-2].isdigit() else found


def number(cell: str) -> int | None:
    """A count, also as ``1.234``, ``12.0``, ``1,2 rb`` or ``3.4K``; None where it is none."""
    if cell.isdecimal() and len(cell) < 19:
        return int(cell)
    match = _COUNT.fullmatch(value(cell) or "")
    if match is None or len(cell) > 18:  # an id that stands in the wrong column
        return None
    digits, unit = match[1], (match[2] or "").lower()
    if not unit and _GROUPS.fullmatch(digits):
        return int(re.sub(r"[.,]", "", digits))
    if digits.count(".") + digits.count(",") > 1:
        return None
    return round(float(digits.replace(",", ".")) * _TIMES.get(unit, 1))


def handle(cell: str) -> str | None:
    """An account's handle without @; None where the cell holds none, or a name with spaces."""
    found = value(cell)
    return found.removeprefix("@") if found and _HANDLE.fullmatch(found) else None


def media(cell: str) -> tuple[str, ...]:
    """The sign of the medium that a cell names or leads to."""
    found = value(cell)
    if found is None or found.lower() in _NO:
        return ()
    if _VIDEO.search(found) and not re.search(r"tweet_video_thumb", found):
        return ("video",)
    if _MOVING.search(found):
        return ("animation",)
    return ("voice",) if _VOICE.search(found) else ("image",)


def language(cell: str) -> str | None:
    """A language code, also where the cell names the language; None where it does neither."""
    found = (value(cell) or "").lower()
    return _LANGUAGES.get(found) or (found if re.fullmatch(r"[a-z]{2,3}", found) else None)
