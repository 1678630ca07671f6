"""The side of long work that is a process of its own: it does the work and tells how it goes."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Mapping
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import Any

import makna.analysis.lenses  # read once, by the process that others are begun from
import makna.library  # noqa: F401
from makna.errors import MaknaError
from makna.i18n import _, speaking
from makna.record.database import ready


def run(
    telling: Connection,
    work: tuple[str, str],
    library: Path,
    study: str,
    language: str,
    given: dict[str, Any],
    environment: Mapping[str, str],
) -> None:
    """Do *work* (its module and its name) on a study, and tell *telling* of it."""
    heard: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        heard.append(number)
        signal.default_int_handler(number, frame)

    signal.signal(signal.SIGINT, stop)
    telling.send(("hears", None))
    os.environ.update(environment)

    def told(stage: str, done: int, total: int) -> None:
        telling.send(("told", (stage, done, total)))

    with speaking(language):
        try:
            ready()
            module, name = work
            telling.send(("answer", getattr(import_module(module), name)(library, study, told, **given)))
        except MaknaError as error:
            telling.send(("error", str(error)))
        except KeyboardInterrupt:
            telling.send(("error", _("Stopped.")))
        except Exception:
            if heard:  # a query that is interrupted fails in its own way
                telling.send(("error", _("Stopped.")))
                return
            traceback.print_exc()
            telling.send(("error", _("Makna failed here, which it should not. Nothing was half kept.")))
