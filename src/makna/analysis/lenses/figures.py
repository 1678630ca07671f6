"""Figure specifications of the lenses: Vega-Lite v5 with their data inside.

A title is the sentence that the figure proves, labels stand beside their marks, intervals are drawn, and what stands
on too few is grey. A specification speaks English and carries its Indonesian words in ``usermeta``: :func:`said` gives
it in either language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"  # the name of the language, never fetched
GREY = "#a8a8a8"
INK = "#2f7d8c"
AGAINST = "#b5552f"
_SMALL = {"condition": {"test": "datum.small", "value": GREY}, "value": INK}
Text: TypeAlias = str | tuple[str, str]  # one for both languages, or (English, Indonesian)
_WORDED = frozenset({"title", "label", "column", "sort"})  # the keys under which words stand
_LONG = 60  # characters of column heads that stand side by side
_Y = {"field": "label", "type": "nominal", "sort": None, "title": None}


def shares(title: Text, rows: Sequence[Mapping[str, Any]], *, axis: Text) -> dict[str, Any]:
    """Points with their intervals: rows of label, share, low, high, note (a count, written beside), small."""
    drawn = [dict(r) for r in rows if r.get("share") is not None]
    x = {"field": "share", "type": "quantitative", "title": axis, "axis": {"format": "%"}}
    return _spec(
        title,
        drawn,
        [
            {"mark": {"type": "rule", "size": 2}, "encoding": {"y": _Y, "x": {**x, "field": "low"}, "x2": {"field": "high"}, "color": _SMALL}},
            {"mark": {"type": "point", "filled": True, "size": 70}, "encoding": {"y": _Y, "x": x, "color": _SMALL}},
            {"mark": {"type": "text", "align": "left", "dx": 8, "dy": -8}, "encoding": {"y": _Y, "x": x, "text": {"field": "note", "type": "quantitative", "format": ","}}},
        ],
    )  # fmt: skip


def bars(title: Text, rows: Sequence[Mapping[str, Any]], *, axis: Text) -> dict[str, Any]:
    """Bars with their counts: rows of label, count, small."""
    x = {"field": "count", "type": "quantitative", "title": axis}
    return _spec(
        title,
        [dict(r) for r in rows],
        [
            {"mark": {"type": "bar"}, "encoding": {"y": _Y, "x": x, "color": _SMALL}},
            {"mark": {"type": "text", "align": "left", "dx": 4}, "encoding": {"y": _Y, "x": x, "text": {"field": "count", "type": "quantitative", "format": ","}}},
        ],
    )  # fmt: skip


def intervals(title: Text, rows: Sequence[Mapping[str, Any]], *, axis: Text) -> dict[str, Any]:
    """Effects with their intervals around zero: rows of label, value, low, high, small."""
    x = {"field": "value", "type": "quantitative", "title": axis}
    return _spec(
        title,
        [dict(r) for r in rows],
        [
            {"mark": {"type": "rule", "size": 2}, "encoding": {"y": _Y, "x": {**x, "field": "low"}, "x2": {"field": "high"}, "color": _SMALL}},
            {"mark": {"type": "point", "filled": True, "size": 60}, "encoding": {"y": _Y, "x": x, "color": _SMALL}},
        ],
    )  # fmt: skip


def matrix(title: Text, rows: Sequence[Mapping[str, Any]], *, columns: Sequence[Text]) -> dict[str, Any]:
    """A grid: rows of label, column, count, against; the count is written in each cell."""
    x = {
        "field": "column",
        "type": "nominal",
        "sort": list(columns),
        "title": None,
        "axis": {"orient": "top", "labelAngle": -40 if sum(len(_english(c)) for c in columns) > _LONG else 0},
    }
    colour = {"condition": {"test": "datum.against", "value": AGAINST}, "value": INK}
    size = {"field": "count", "type": "quantitative", "legend": None, "scale": {"range": [0, 500]}}
    return _spec(
        title,
        [dict(r) for r in rows],
        [
            {"mark": {"type": "circle", "opacity": 0.35}, "encoding": {"y": _Y, "x": x, "size": size, "color": colour}},
            {"mark": {"type": "text"}, "encoding": {"y": _Y, "x": x, "text": {"field": "count", "type": "quantitative", "format": ","}}},
        ],
    )  # fmt: skip


def said(spec: Mapping[str, Any], language: str) -> dict[str, Any]:
    """*spec* with its title, axes and labels in *language*."""
    words = spec.get("usermeta", {}).get(language, {})
    plain = {key: value for key, value in spec.items() if key != "usermeta"}
    return {**_reworded(plain, words, worded=False), "usermeta": {"language": language}}


def relabelled(spec: Mapping[str, Any], labels: Mapping[str, str]) -> dict[str, Any]:
    """*spec* with other labels of its marks."""
    return dict(_reworded(spec, labels, worded=False))


def _reworded(value: Any, words: Mapping[str, str], *, worded: bool) -> Any:
    if isinstance(value, Mapping):
        return {key: _reworded(of, words, worded=key in _WORDED) for key, of in value.items()}
    if isinstance(value, list):
        return [_reworded(of, words, worded=worded) for of in value]
    return words.get(value, value) if worded and isinstance(value, str) else value


def _english(text: Text) -> str:
    return text if isinstance(text, str) else text[0]


def _spec(title: Text, values: list[dict[str, Any]], layer: list[dict[str, Any]]) -> dict[str, Any]:
    indonesian: dict[str, str] = {}
    spec = {"$schema": SCHEMA, "title": title, "data": {"values": values}, "layer": layer}
    return {**_in_english(spec, indonesian), "usermeta": {"id": indonesian}}


def _in_english(value: Any, indonesian: dict[str, str]) -> Any:
    """*value* with the first of each pair; the second goes into *indonesian*."""
    if isinstance(value, tuple):
        indonesian[value[0]] = value[1]
        return value[0]
    if isinstance(value, Mapping):
        return {key: _in_english(of, indonesian) for key, of in value.items()}
    return [_in_english(of, indonesian) for of in value] if isinstance(value, list) else value
