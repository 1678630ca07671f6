"""Starting the workbench: this machine alone, an address with a token in it, opened in the browser."""

from __future__ import annotations

import os
import secrets
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from makna.web.workbench import Workbench, serve

HOST = "127.0.0.1"
THREADS = 6
_MOST = 64 << 20  # bytes of one request; a larger file comes in pieces
IN_MEMORY = {"max_request_body_size": _MOST, "inbuf_overflow": 2 * _MOST, "outbuf_overflow": 2 * _MOST}
"""The server may hold no request and no answer in a file: it would lie there in clear."""


def application(workbench: Workbench, *, port: int = 0) -> Any:
    """The WSGI application that serves *workbench* from this process."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "makna.web.settings"
    from django.conf import settings  # noqa: PLC0415  (Django loads when the workbench opens, not before)
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415

    if not hasattr(settings, "ROOT_URLCONF"):  # a record was opened before, with the settings of the record
        raise RuntimeError("Django was set up without the workbench: choose makna.web.settings first")
    # Browsers share cookies between the ports of a machine: two workbenches must not know each other's.
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = f"makna_{port}", f"makna_csrf_{port}"
    serve(workbench)
    return get_wsgi_application()


def open_workbench(
    library: Path,
    *,
    port: int = 0,
    browser: bool = True,
    told: Callable[[str], None] = print,
    page: str = "/",
) -> None:
    """Serve *library* until Ctrl-C; *told* gets the address. Without *port* the system chooses a free one."""
    listener = _listening(HOST, port)
    port = listener.getsockname()[1]
    token = secrets.token_urlsafe(24)
    address = f"http://{HOST}:{port}/enter/?token={token}&to={page}"

    def began() -> None:
        told(address)
        if browser:
            webbrowser.open(address)

    _serve(Workbench(library, token=token), listener, began)


def serve_team(
    library: Path,
    *,
    host: str = HOST,
    port: int = 0,
    names: Sequence[str] = (),
    told: Callable[[str], None] = print,
) -> None:
    """Serve *library* to accounts until Ctrl-C. *names* are the host names that it is reached by, beside this machine's.

    Cookies are secure wherever others reach it: a server before it speaks HTTPS and says so (``X-Forwarded-Proto``).
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "makna.web.settings"
    from django.conf import settings  # noqa: PLC0415

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, *names]
    if names or host != HOST:
        settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    listener = _listening(host, port)
    address = f"http://{host}:{listener.getsockname()[1]}/"
    _serve(Workbench(library, local=False), listener, lambda: told(address))


def _serve(workbench: Workbench, listener: socket.socket, began: Callable[[], None]) -> None:
    from waitress.server import create_server  # noqa: PLC0415  (only a server needs it)

    made = application(workbench, port=listener.getsockname()[1])
    server = create_server(made, sockets=[listener], threads=THREADS, ident=None, **IN_MEMORY)
    began()
    threading.Thread(target=_warm_up, args=(workbench,), daemon=True).start()
    try:
        server.run()
    finally:
        server.close()
        if "makna.web.jobs" in sys.modules:
            sys.modules["makna.web.jobs"].stop_all()


def _warm_up(workbench: Workbench) -> None:
    """Read what the pages of studies need, once the first page is out: nobody waits for it then."""
    workbench.greeted.wait(10)
    from django.urls import get_resolver  # noqa: PLC0415

    get_resolver()._populate()
    from makna.web.incoming import uploads  # noqa: PLC0415

    uploads.clear()


def _listening(host: str, port: int) -> socket.socket:
    """A socket; that of HOST is reached by this machine alone."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    return listener
