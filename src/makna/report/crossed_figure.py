"""A released matrix as a picture: one panel for observed accounts, one for the other sources, and what is held back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from makna.report import figures
from makna.report.crossed_release import Cell, Left

_STEP = 26
_XMLNS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def figure(
    left: Left, title: str, notes: Sequence[str], *, words: Callable[[str], str], language: str
) -> dict[str, Any]:
    """The cells as Vega-Lite: shade and number in each, a dash where it is held back."""
    sources = list(dict.fromkeys(cell.source for cell in left.cells))
    panels = [_panel([c for c in left.cells if c.source == source], words) for source in sources]
    return {
        "usermeta": {"language": language},
        "vconcat": [
            _line(title, 14),
            {"hconcat": panels, "spacing": 40, "resolve": {"scale": {"color": "independent"}}},
            *(_line(note, 11) for note in notes),
        ],
        "spacing": 8,
    }


def _line(text: str, size: int) -> dict[str, Any]:
    """Words on a line of their own."""
    mark = {"type": "text", "align": "left", "fontSize": size, "limit": 900, "x": 0, "y": size}
    return {"data": {"values": [{"text": text}]}, "width": 560, "height": size + 6, "mark": mark, "encoding": {"text": {"field": "text", "type": "nominal"}}}  # fmt: skip


def _panel(cells: Sequence[Cell], words: Callable[[str], str]) -> dict[str, Any]:
    rows = [
        {"code": c.code, "group": c.group, "value": c.value, "said": "–" if c.value is None else str(c.value) if c.value else ""}
        for c in cells
    ]  # fmt: skip
    codes, groups = (list(dict.fromkeys(row[name] for row in rows)) for name in ("code", "group"))
    place = {
        "y": {"field": "code", "type": "nominal", "sort": codes, "title": None},
        "x": {
            "field": "group", "type": "nominal", "sort": groups, "title": None,
            "axis": {"orient": "top", "labelAngle": -40},
        },
    }  # fmt: skip
    shade = {
        "field": "value", "type": "quantitative", "legend": None, "scale": {"range": ["#f1f5f6", figures.ACCENT], "zero": True},
    }  # fmt: skip
    head = f"{words(cells[0].source)}: {words(cells[0].counted)}" if cells else ""
    most = max((c.value or 0 for c in cells), default=0)
    ink = {"condition": {"test": f"datum.value > {0.6 * most}", "value": "white"}, "value": "#333333"}
    return {
        "title": {"text": head, "anchor": "start", "fontSize": 12, "fontWeight": "normal", "color": figures.INK},
        "data": {"values": rows}, "width": {"step": _STEP}, "height": {"step": _STEP - 4},
        "layer": [
            {"mark": {"type": "rect", "fill": "white", "stroke": "#d0d4d6"}, "encoding": place},
            {"mark": {"type": "rect", "stroke": "#d0d4d6"}, "encoding": {**place, "color": shade}},
            {"mark": {"type": "text", "fontSize": 11}, "encoding": {**place, "text": {"field": "said", "type": "nominal"}, "color": ink}},
        ],
    }  # fmt: skip


def svg(spec: dict[str, Any]) -> bytes:
    """The figure as a file of its own."""
    drawn = figures.svg(spec, name="codes").replace("<svg", f"<svg {_XMLNS}", 1)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawn}\n'.encode()


def png(spec: dict[str, Any]) -> bytes:
    """The figure on white."""
    return figures.png(spec)
