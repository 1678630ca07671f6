"""The report as one HTML file: styles and figures inside, no script, no external request."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from makna.report import figures
from makna.report.blocks import Block, Report, inline


def render(report: Report) -> str:
    """The page as text; raises :class:`makna.errors.ReportError` for a figure that cannot be drawn."""
    environment = Environment(
        loader=PackageLoader("makna.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=False
    )
    loader = environment.loader
    css = loader.get_source(environment, "report.css")[0] if loader else ""
    return environment.get_template("report.html.j2").render(
        versions=report.versions, edition=report.edition, css=Markup(css), inline=inline, kind=_kind, svg=_svg
    )


def write(report: Report, path: Path) -> Path:
    """Write the page to *path*, whole or not at all, and return *path*."""
    aside = path.with_name(f".{path.name}.part")
    aside.write_text(render(report), encoding="utf-8")
    aside.replace(path)
    return path


def _kind(block: Block) -> str:
    return type(block).__name__


def _svg(spec: Mapping[str, Any], name: str) -> Markup:
    return Markup(figures.svg(spec, name=name))  # made by us from a specification, not from anyone's text
