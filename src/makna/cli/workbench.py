"""The command that opens the workbench."""

from __future__ import annotations

import click

from makna.cli.common import library_option
from makna.i18n import _
from makna.library import Library


@click.command("open")
@click.option("--port", type=int, default=0, help="The port; else a free one.")
@click.option("--browser/--no-browser", default=True, help="Open the browser, or only say the address.")
@library_option
def open_(library: Library, port: int, browser: bool) -> None:
    """Open the workbench in the browser: this machine alone serves it, and only to itself."""
    from makna.web.serving import open_workbench  # noqa: PLC0415  (no other command needs a server)

    def told(address: str) -> None:
        click.echo(_("The workbench is open at {address}").format(address=address))
        click.echo(_("It runs until you press Ctrl-C here."), err=True)

    open_workbench(library, port=port, browser=browser, told=told)


COMMANDS = (open_,)
