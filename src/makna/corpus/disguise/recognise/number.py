"""Phones, identity numbers, bank and e-wallet numbers: what a run of digits is, by its shape and its neighbours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

import phonenumbers

from makna.corpus.disguise.recognise import cues, quantities, tens
from makna.corpus.disguise.recognise.base import Hit, Reading
from makna.corpus.disguise.recognise.digits import Run, is_big, runs

_NPWP = re.compile(r"\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}")
_AMERICAN = re.compile(r"\(?\d{3}\)?[\s.\-]{0,3}\d{3}[\s.\-]{1,3}\d{4}$|\(\d{3}\)\s?\d{3}[\s.\-]?\d{4}$")
_SAID, _LONG_SCALE, _SHORT_GROUP = 3, 4, 3
_LEAST, _BANK_LEAST, _TRIGGERED_LEAST, _DOCUMENT_LEAST = 7, 6, 7, 6
_NIK, _LONG, _WITHOUT_NOUGHT = 16, 14, 10


def find(reading: Reading) -> Iterator[Hit]:
    """Every number of the text that leads to a person."""
    for run in runs(reading):
        if len(run.digits) >= 5:
            label = _judge(run, reading)
            if label:
                yield Hit(*_extent(run, reading), label)
    if not tens.words().isdisjoint(reading.words):
        yield from tens.find(reading)


def _extent(run: Run, reading: Reading) -> tuple[int, int]:
    """The whole of the number, with the sign and brackets that belong to it and the mask that hides its end."""
    start, end = reading.spans[run.first][0], reading.spans[run.last][1]
    text = reading.text
    lead = re.compile(r"(?<![^\W_])[a-z] ?$").search(text, max(0, start - 3), start)
    if lead and cues.around(reading, run.first, run.last).document:
        start = lead.start()
    while start > 0 and text[start - 1] in "+(":
        start -= 1
    while end < len(text) and text[end] in "*•_#":
        end += 1
    return start, end


def _judge(run: Run, reading: Reading) -> str | None:
    near = cues.around(reading, run.first, run.last)
    if _is_nik(run) and not _has_sums(run, reading):
        return near.document or "nik"
    if _NPWP.match(reading.text, reading.spans[run.first][0]):
        return "npwp"
    if _is_phone_by_prefix(run):
        return near.document or near.bank or near.messenger or "phone"
    return None if _is_quantity(run, reading, near) else _contact(run, reading, near)


def _contact(run: Run, reading: Reading, near: cues.Near) -> str | None:
    n = len(run.digits)
    if near.document and n >= _DOCUMENT_LEAST:
        return near.document
    if near.bank and n >= _BANK_LEAST:
        return near.bank
    if n >= _LONG and not run.faint and n > 2 * len(run.groups):
        return near.messenger or "document"
    if (near.contact or near.messenger) and n >= _TRIGGERED_LEAST:
        return near.messenger or "phone"
    return "phone" if _is_phone_by_shape(run, reading) else None


def _is_nik(run: Run) -> bool:
    d = run.digits
    if len(d) != _NIK or not d.isdigit():
        return False
    day, month = int(d[6:8]) % 40, int(d[8:10])
    return 1 <= day <= 31 and 1 <= month <= 12 and d[:2] >= "11"


def _has_sums(run: Run, reading: Reading) -> bool:
    """Whether sums, dates or times stand among the figures of a run."""
    start, end = reading.spans[run.first][0], reading.spans[run.last][1]
    shown = sum(map(str.isdecimal, reading.text[start:end]))
    return quantities.left(reading.text, start, end, called=True) < shown


def _is_phone_by_prefix(run: Run) -> bool:
    national = re.sub(r"^(?:00)?62", "0", run.digits)
    national = "0" + national.lstrip("0")
    return run.mobile and len(national) >= 9


def _is_quantity(run: Run, reading: Reading, near: cues.Near) -> bool:
    """Prices, times, dates, years, scores, counts: numbers that lead to nobody."""
    start, end = reading.spans[run.first][0], reading.spans[run.last][1]
    called = bool(near.messenger or near.contact)
    shown = sum(map(str.isdecimal, reading.text[start:end]))
    plain = len(run.digits) - shown < _SAID and not run.faint
    if plain and (not _all_single(run) or len(set(reading.text[start:end]) & set("-:/")) > 1):
        least = _BANK_LEAST if called or near.bank or near.document else _LEAST
        if quantities.left(reading.text, start, end, called=called) < least:
            return True
    if (
        len(run.said) >= _SAID
        and _evenly(run.said)
        and quantities.left(reading.text, start, end, called=called) < _BANK_LEAST
    ):
        return True
    following = reading.words[run.last + 1] if run.last + 1 < len(reading.words) else ""
    listed = (
        not near.bank
        and not near.document
        and (
            (
                _price_list(run)
                and not (near.contact and run.digits.startswith("8") and len(run.digits) >= _WITHOUT_NOUGHT)
            )
            or _counting(run)
        )
    )
    return listed or is_big(following)


def _price_list(run: Run) -> bool:
    return len(run.groups) > 1 and all(len(g) <= 4 and g[0] != "0" and g[-1] in "05" for g in run.groups)


def _counting(run: Run) -> bool:
    """One, two, three, …: a list, a scale or a countdown."""
    if not all(g.isdigit() for g in run.groups) or len(run.groups) < 4:
        return False
    numbers = [int(g) for g in run.groups]
    if numbers == sorted(numbers) and max(map(len, run.groups)) < _SHORT_GROUP:
        return True
    row = longest = 1
    for a, b, c in zip([0, *numbers], numbers, numbers[1:], strict=False):
        row = row + 1 if abs(c - b) == 1 and (row == 1 or c - b == b - a) else 2 if abs(c - b) == 1 else 1
        longest = max(longest, row)
    return longest == len(numbers) or longest >= _LEAST


def _evenly(said: list[int]) -> bool:
    """Whether digits are said as one counts: up or down by one."""
    return {b - a for a, b in pairwise(said)} in ({1}, {-1})


def _all_single(run: Run) -> bool:
    return len(run.groups) >= _LEAST and sum(len(g) == 1 for g in run.groups) >= len(run.groups) - 1


def _is_phone_by_shape(run: Run, reading: Reading) -> bool:
    start, end = _extent(run, reading)
    written = reading.text[start:end]
    n = len(run.digits)
    if n - run.faint < _LEAST:
        return False
    if written.startswith("+") or (n == 10 and _AMERICAN.match(written)):
        return True
    if run.spelled >= 5 or _all_single(run) or run.disguised or _foreign(reading.raw(start, end)):
        return True
    if "\n" in written or any(len(group) < _SHORT_GROUP for group in run.groups[1:-1]):
        return False
    return n >= 9 and max(map(len, run.groups)) >= 4 and _possible(run.digits)


def _foreign(raw: str) -> bool:
    """Whether some digit is not written in ASCII: circled, mathematical, in a keycap."""
    return not raw.isascii() and any(
        char == "\u20e3" or (not char.isascii() and unicodedata.digit(char, None) is not None) for char in raw
    )


def _possible(digits: str) -> bool:
    """Whether libphonenumber calls it possible, in Indonesia or abroad."""
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(digits, "ID"))
    except phonenumbers.NumberParseException:
        return False
