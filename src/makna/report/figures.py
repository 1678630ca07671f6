"""Figures as SVG and PNG by vl-convert (Vega inside it, no browser, no network), in the report's own hand.

A figure is set on transparent ground in a colour that reads on white and on dark, so one file serves both.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

import regex
import vl_convert as vl

from makna.errors import ReportError
from makna.i18n import _

INK, FAINT, ACCENT, GREY = "#6b6b6b", "#8c8c8c55", "#2f7d8c", "#a8a8a8"
_FONT = "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif"
_CONFIG: dict[str, Any] = {
    "background": None,
    "font": _FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK, "titleColor": INK, "domainColor": FAINT, "tickColor": FAINT, "gridColor": FAINT,
        "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelLimit": 260,
    },
    "legend": {"labelColor": INK, "titleColor": INK, "labelFontSize": 12, "titleFontWeight": "normal"},
    "header": {"labelColor": INK, "titleColor": INK},
    "text": {"color": INK},
    "bar": {"color": ACCENT},
    "point": {"color": ACCENT},
    "line": {"color": ACCENT},
    "rule": {"color": INK},
}  # fmt: skip
_WIDTH = 560
_INDONESIAN = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["Rp", ""]}


def bars(
    labels: Sequence[str], values: Sequence[float], *, name: str, language: str = "en"
) -> dict[str, Any]:
    """Horizontal bars, the value written at each: what a released table looks like. *name* is of the value."""
    data = [{"label": a, "value": b} for a, b in zip(labels, values, strict=True)]
    place = {
        "y": {"field": "label", "type": "nominal", "sort": None, "title": None, "axis": {"ticks": False}}
    }
    bare = {
        "labels": False,
        "ticks": False,
        "grid": False,
        "domain": False,
        "titleAnchor": "start",
    }  # values are written
    length = {"x": {"field": "value", "type": "quantitative", "title": name, "axis": bare}}
    return {
        "usermeta": {"language": language},
        "data": {"values": data},
        "width": _WIDTH - 180,
        "layer": [
            {"mark": {"type": "bar", "height": {"band": 0.62}}, "encoding": {**place, **length}},
            {
                "mark": {"type": "text", "align": "left", "dx": 4},
                "encoding": {
                    **place,
                    **length,
                    "text": {"field": "value", "type": "quantitative", "format": ","},
                },
            },
        ],
    }


def svg(spec: Mapping[str, Any], *, name: str) -> str:
    """The figure as SVG that scales with its column, its ids under *name*; raises :class:`ReportError` where it cannot be drawn."""
    drawn = _drawn(
        lambda: vl.vegalite_to_svg(_dressed(spec), allowed_base_urls=[], format_locale=_locale(spec))
    )
    drawn = regex.sub(r'(?<=\bid="|url\(#)', f"{name}-", drawn)  # several figures share one page
    head, _tag, rest = drawn.partition(">")
    size = regex.search(r'width="([\d.]+)" height="([\d.]+)"', head)
    if size:
        head = head.replace(size[0], f'style="width:100%;max-width:{float(size[1]):.0f}px;height:auto"')
    return regex.sub(r' xmlns(:\w+)?="[^"]*"', "", head) + ">" + regex.sub(r' xmlns(:\w+)?="[^"]*"', "", rest)


def png(spec: Mapping[str, Any], *, scale: float = 2.5) -> bytes:
    """The figure as PNG on white, for word processors; raises :class:`ReportError` where it cannot be drawn."""
    dressed = _dressed(spec)
    dressed["config"] = {**dressed["config"], "background": "white"}
    return bytes(
        _drawn(
            lambda: vl.vegalite_to_png(
                dressed, scale=scale, allowed_base_urls=[], format_locale=_locale(spec)
            )
        )
    )


def _locale(spec: Mapping[str, Any]) -> dict[str, Any] | None:
    """How numbers are written in the figure: as the language of its ``usermeta`` does."""
    return _INDONESIAN if spec.get("usermeta", {}).get("language") == "id" else None


def _drawn(draw: Any) -> Any:
    try:
        return draw()
    except ValueError as error:
        reason = str(error).strip().splitlines()[-1] if str(error).strip() else type(error).__name__
        raise ReportError(_("A figure cannot be drawn: {reason}.").format(reason=reason)) from error


def _dressed(spec: Mapping[str, Any]) -> dict[str, Any]:
    """The figure without title (the caption is the sentence) and with our configuration under its own."""
    dressed = copy.deepcopy(dict(spec))
    dressed.pop("title", None)
    dressed.pop("$schema", None)
    dressed.pop("background", None)
    if "width" not in dressed and not {"facet", "hconcat", "vconcat", "concat", "repeat"} & set(dressed):
        dressed["width"] = _WIDTH - 180
    if dressed.get("width") == "container":
        dressed["width"] = _WIDTH - 180
    dressed["config"] = _CONFIG
    return dressed


def strings(value: Any) -> set[str]:
    """Every string that stands anywhere in a specification, its data included."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, Mapping):
        return set().union(*(strings(v) for v in value.values()), *({str(k)} for k in value))
    if isinstance(value, list | tuple):
        return set().union(*map(strings, value))
    return set()
