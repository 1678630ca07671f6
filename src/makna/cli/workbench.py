"""Commands of the workbench: open, serve, account."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from makna.i18n import _
from makna.library.places import place

# As in ``common``, but handed on as a path: what reads a library is slow to load, and a first page needs none of it.
_library = click.option(
    "--library", type=click.Path(path_type=Path), envvar="MAKNA_LIBRARY", help="The library's folder."
)


@click.command("open")
@click.option("--port", type=int, default=0, help="The port; else a free one.")
@click.option("--browser/--no-browser", default=True, help="Open the browser, or only say the address.")
@_library
def open_(library: Path | None, port: int, browser: bool) -> None:
    """Open the workbench in the browser: this machine alone serves it, and only to itself."""
    served(place(library), port=port, browser=browser)


def will_serve() -> None:
    """Say that this process will serve the workbench: Django is set up once, and a record may open before."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "makna.web.settings"


def served(library: Path, *, page: str = "/", port: int = 0, browser: bool = True) -> None:
    """Serve *library* until Ctrl-C, and say where."""
    from makna.web.serving import open_workbench  # noqa: PLC0415  (no other command needs a server)

    open_workbench(library, port=port, browser=browser, told=_said, page=page)


def _said(address: str) -> None:
    """Where it is open, and how it ends."""
    click.echo(_("The workbench is open at {address}").format(address=address))
    click.echo(_("It runs until you press Ctrl-C here."), err=True)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=int, default=8000, show_default=True, help="The port.")
@click.option("--name", "names", multiple=True, help="A host name that it is reached by; once for each.")
@_library
def serve(library: Path | None, host: str, port: int, names: tuple[str, ...]) -> None:
    """Serve the workbench to a team: everybody comes in by an account. Put a server with HTTPS before it."""
    from makna.web.serving import serve_team  # noqa: PLC0415

    serve_team(place(library), host=host, port=port, names=names, told=_said)


@click.command()
@click.argument("username")
@click.option("--study", help="A study that the account works on.")
@click.option(
    "--role",
    type=click.Choice(["owner", "coder", "reader"]),
    default="coder",
    show_default=True,
    help="As what.",
)
@_library
def account(library: Path | None, username: str, study: str | None, role: str) -> None:
    """Give USERNAME an account with a password asked for, unseen, and a part in a study."""
    from makna.library.accounts import give_account  # noqa: PLC0415

    give_account(place(library), username, _password(), study=study, role=role)
    click.echo(_("{name} can come in now.").format(name=username))


def _password() -> str:
    """A new password, typed twice at a terminal, else the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt(_("New password"), hide_input=True, confirmation_prompt=True, err=True))


COMMANDS = (open_, serve, account)
