"""Quantities that stand among figures and lead to nobody: money, dates, times, measures, shares, scores, years."""

from __future__ import annotations

import re

_GROUPED = r"[1-9]\d{0,2}(?:\.\d{3}){1,3}(?:,\d{1,2})?|[1-9]\d{0,2}(?:,\d{3}){1,3}(?:\.\d{1,2})?"
UNIT = (
    r"(?:k|rb|ribu|rbu|jt|juta|m|miliar|triliun|%|persen|percent|tahun|thn|th|menit|mnt|jam|hari|kali|x|orang|org|cm|mm|kg|gr|km|hp|cc|ml|"
    r"gb|mb|tb|kb|mbps|ghz|mhz|fps|mah|ppm|mdpl|pcs|lembar|hours?|minutes?|mins?|years?|yrs?|days?|weeks?|months?|people|views?|likes?|followers?|"
    r"usd|idr|dollars?|won|watt|volt|meter|rupiah|perak|derajat|kalori|calories|steps|langkah|bulan|minggu|butir|lbs|pounds|miles)\b"
)
_EDGE, _END = r"(?<![\w.,])", r"(?![.,]?\d)(?:,-)?"
_SURE = (
    r"(?<![\d])(?:0?[1-9]|[12]\d|3[01])(?P<a>[./\-])(?:0?[1-9]|1[0-2])(?P=a)(?:(?:19|20)\d\d|\d\d)(?!\d)",  # dates
    r"(?<![\d])(?:19|20)\d\d(?P<b>[./\-])(?:0?[1-9]|1[0-2])(?P=b)(?:0?[1-9]|[12]\d|3[01])(?!\d)",
    rf"(?<![a-z])(?:rp|idr|usd|rm|sgd|\$|£|€)\s?\.?\s?(?:{_GROUPED}|\d+){_END}",
    r"(?<![\d.,:])(?:[01]?\d|2[0-4])[.:][0-5]\d(?::[0-5]\d)?(?![\d])(?![.:]\d)",  # times
    rf"{_EDGE}[1-9]\d{{0,2}}(?:(?:\.\d{{3}})*\.\d(?:00|50)|(?:,\d{{3}})*,\d(?:00|50)){_END}",  # round sums
    rf"{_EDGE}[1-9]\d{{0,2}}(?:(?:\.\d{{3}}){{2,3}}|(?:,\d{{3}}){{2,3}}){_END}",
    rf"{_EDGE}[1-9]\d{{0,5}}000{_END}",
    rf"{_EDGE}(?:{_GROUPED}|\d+(?:[.,]\d+)?)\s?{UNIT}",
    r"(?<![\d.,])\d[.,]\d{4,12}(?![.,]?\d)",
    r"(?<!\d)(?:(?:19|20)\d\d[\s\-/,.&+]{1,3}){1,9}(?:19|20)\d\d(?!\d)",  # years in a row
    r"(?<![\d\-:])(?:\d{1,2}[\-:]\d{1,2}[\s,;]{1,3}){1,9}\d{1,2}[\-:]\d{1,2}(?![\-:]?\d)",  # scores in a row
    r"(?<![\d/])\d{1,2}/(?:16|32|64|128|256|512)(?!\d)",  # the memory of a telephone for sale
)
_LIKELY = (
    rf"{_EDGE}(?:{_GROUPED}){_END}",
    r"(?<![\d.,])\d{1,3}[.,]\d{1,2}(?!\d)(?![.,]\d)",
    r"(?<![\d/:\-x×])\d{1,3}\s?[/:x×\-]\s?\d{1,3}(?![/:\-x×]?\d)",  # scores, ranges, ratios, sizes
    r"(?<![\d.])(?:19|20)\d\d(?![\d])",
)
_SURELY = re.compile("|".join(_SURE))
_PERHAPS = re.compile("|".join((*_SURE, *_LIKELY)))
_BEFORE, _AFTER = 8, 14


def left(text: str, start: int, end: int, *, called: bool) -> int:
    """How many figures of text[start:end] belong to no quantity.

    Where a word beside it calls for a contact (*called*) only what can hardly be anything else is a quantity.
    """
    count = sum(map(str.isdecimal, text[start:end]))
    pattern = _SURELY if called else _PERHAPS
    for found in pattern.finditer(text, max(0, start - _BEFORE), end + _AFTER):
        count -= sum(map(str.isdecimal, text[max(start, found.start()) : min(end, found.end())]))
    return count
