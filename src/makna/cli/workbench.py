"""The command that opens the workbench."""

from __future__ import annotations

from pathlib import Path

import click

from makna.i18n import _
from makna.library.places import place


@click.command("open")
@click.option("--port", type=int, default=0, help="The port; else a free one.")
@click.option("--browser/--no-browser", default=True, help="Open the browser, or only say the address.")
@click.option(
    "--library", type=click.Path(path_type=Path), envvar="MAKNA_LIBRARY", help="The library's folder."
)
def open_(library: Path | None, port: int, browser: bool) -> None:
    """Open the workbench in the browser: this machine alone serves it, and only to itself."""
    served(place(library), port=port, browser=browser)


def served(library: Path, *, page: str = "/", port: int = 0, browser: bool = True) -> None:
    """Serve *library* until Ctrl-C, and say where."""
    from makna.web.serving import open_workbench  # noqa: PLC0415  (no other command needs a server)

    def told(address: str) -> None:
        click.echo(_("The workbench is open at {address}").format(address=address))
        click.echo(_("It runs until you press Ctrl-C here."), err=True)

    open_workbench(library, port=port, browser=browser, told=told, page=page)


COMMANDS = (open_,)
