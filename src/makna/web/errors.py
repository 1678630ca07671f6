"""What went wrong, on the page: a sentence, what to do next, and never a trace of what was sent."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from makna.errors import (
    IdentifierQuery,
    IdentifierTyped,
    MaknaError,
    NoSuchBatch,
    NoSuchLens,
    NoSuchRow,
    NoSuchStudy,
    NotAllowed,
    Overtaken,
)  # fmt: skip
from makna.i18n import _

_STATUS: dict[type[MaknaError], int] = {
    NoSuchStudy: 404, NoSuchRow: 404, NoSuchBatch: 404, NoSuchLens: 404, NotAllowed: 403, Overtaken: 409,
    IdentifierTyped: 422, IdentifierQuery: 422,
}  # fmt: skip


def status_of(error: MaknaError) -> int:
    """The HTTP status that says what kind of refusal *error* is."""
    return next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 400)


def refused(request: HttpRequest, error: MaknaError) -> HttpResponse:
    """*error* as JSON to a script, as the line of the page to htmx, as a page to a browser.

    What was typed and looks like an identifier comes back in a form: each place shown, to be kept or written anew.
    """
    status = status_of(error)
    hits = _hits(error) if isinstance(error, IdentifierTyped) else ()
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"told": str(error), "hits": hits}, status=status)
    context = {"error": str(error), "hits": hits, "again": _again(request)}
    if request.htmx:
        answer = render(request, "parts/refused.html", context, status=status)
        answer["HX-Retarget"], answer["HX-Reswap"] = "#told", "innerHTML"
        return answer
    return render(request, "refused.html", context, status=status)


def _hits(error: IdentifierTyped) -> list[dict[str, Any]]:
    """Each place with the words before and after it."""
    text = error.text
    return [
        {"before": text[max(0, start - 40) : start], "word": text[start:end], "after": text[end : end + 40], "label": label}
        for start, end, label in error.hits
    ]  # fmt: skip


def _again(request: HttpRequest) -> dict[str, Any]:
    """What was sent, so that it can be sent again with the words that are kept."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    return {
        "path": request.get_full_path(),
        "target": request.headers.get("HX-Target", ""),
        "sent": [pair for pair in sent if pair[0] != "csrfmiddlewaretoken"],
    }


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No page stands at this address."""
    return render(request, "refused.html", {"error": _("No page stands at this address.")}, status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Something failed which should not."""
    said = _(
        "Makna failed here, which it should not. What was stored before stands. Look at the window it runs in."
    )
    return render(request, "refused.html", {"error": said}, status=500)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A request that did not come from a page of this workbench."""
    said = _("This did not come from a page of this workbench, so nothing was done. Load the page again.")
    return render(request, "refused.html", {"error": said}, status=403)
