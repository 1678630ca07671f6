"""Figure specifications of the lenses: Vega-Lite v5 with their data inside.

A title is the sentence that the figure proves, labels stand beside their marks, intervals are drawn, and what stands
on too few is grey.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"  # the name of the language, never fetched
GREY = "#a8a8a8"
INK = "#2f7d8c"
AGAINST = "#b5552f"
_SMALL = {"condition": {"test": "datum.small", "value": GREY}, "value": INK}
_Y = {"field": "label", "type": "nominal", "sort": None, "title": None}


def shares(title: str, rows: Sequence[Mapping[str, Any]], *, axis: str) -> dict[str, Any]:
    """Points with their intervals: rows of label, share, low, high, note (written beside), small."""
    drawn = [dict(r) for r in rows if r.get("share") is not None]
    x = {"field": "share", "type": "quantitative", "title": axis, "axis": {"format": "%"}}
    return _spec(
        title,
        drawn,
        [
            {"mark": {"type": "rule", "size": 2}, "encoding": {"y": _Y, "x": {**x, "field": "low"}, "x2": {"field": "high"}, "color": _SMALL}},
            {"mark": {"type": "point", "filled": True, "size": 70}, "encoding": {"y": _Y, "x": x, "color": _SMALL}},
            {"mark": {"type": "text", "align": "left", "dx": 8, "dy": -8}, "encoding": {"y": _Y, "x": x, "text": {"field": "note"}}},
        ],
    )  # fmt: skip


def bars(title: str, rows: Sequence[Mapping[str, Any]], *, axis: str) -> dict[str, Any]:
    """Bars with their counts: rows of label, count, small."""
    x = {"field": "count", "type": "quantitative", "title": axis}
    return _spec(
        title,
        [dict(r) for r in rows],
        [
            {"mark": {"type": "bar"}, "encoding": {"y": _Y, "x": x, "color": _SMALL}},
            {"mark": {"type": "text", "align": "left", "dx": 4}, "encoding": {"y": _Y, "x": x, "text": {"field": "count"}}},
        ],
    )  # fmt: skip


def intervals(title: str, rows: Sequence[Mapping[str, Any]], *, axis: str) -> dict[str, Any]:
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


def matrix(title: str, rows: Sequence[Mapping[str, Any]], *, columns: Sequence[str]) -> dict[str, Any]:
    """A grid: rows of label, column, count, against; the count is written in each cell."""
    x = {
        "field": "column",
        "type": "nominal",
        "sort": list(columns),
        "title": None,
        "axis": {"orient": "top", "labelAngle": 0},
    }
    colour = {"condition": {"test": "datum.against", "value": AGAINST}, "value": INK}
    size = {"field": "count", "type": "quantitative", "legend": None, "scale": {"range": [0, 500]}}
    return _spec(
        title,
        [dict(r) for r in rows],
        [
            {"mark": {"type": "circle", "opacity": 0.35}, "encoding": {"y": _Y, "x": x, "size": size, "color": colour}},
            {"mark": {"type": "text"}, "encoding": {"y": _Y, "x": x, "text": {"field": "count"}}},
        ],
    )  # fmt: skip


def _spec(title: str, values: list[dict[str, Any]], layer: list[dict[str, Any]]) -> dict[str, Any]:
    return {"$schema": SCHEMA, "title": title, "data": {"values": values}, "layer": layer}
