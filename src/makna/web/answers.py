"""How a page answers what was done: with its changed part, and one quiet line that can take it back."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

_KEPT = "told"


def done(
    request: HttpRequest, said: str, answer: HttpResponse | None = None, *, undo: bool = True, to: str | None = None,
    **events: Any,
) -> HttpResponse:  # fmt: skip
    """*answer* (empty without one) with the line *said*; a browser without scripts goes on to the page *to*.

    *events* are named to the page's scripts and to ``hx-trigger="… from:body"``: ``codings={"unit": 7}``.
    """
    if not request.htmx and "application/json" not in request.headers.get("Accept", ""):
        request.session[_KEPT] = [said, undo]
        return redirect(to or request.headers.get("Referer") or "/")
    answer = answer or HttpResponse(status=204)
    answer["HX-Trigger"] = json.dumps({"told": {"text": said, "undo": undo}, **events})
    return answer


def told(request: HttpRequest) -> tuple[str, bool] | None:
    """The line kept for the page that a browser was sent on to, once."""
    kept = request.session.pop(_KEPT, None)
    return (kept[0], kept[1]) if kept else None
