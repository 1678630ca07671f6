"""Accounts, where a team shares a library: a name and a password let in, and whoever guesses waits."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from makna.i18n import _
from makna.record.models import Person
from makna.web.workbench import served

TRIES, WAIT = 5, 900.0  # wrong passwords for an account, and seconds until it may be tried again
_REMEMBERED = 10_000


class LockOut:
    """Who gave how many wrong passwords lately, by what was typed as the name: also where there is no such account."""

    def __init__(self, clock: object = time.monotonic) -> None:
        self._clock = clock
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lock = threading.Lock()

    def seconds(self, name: str) -> float:
        """How long *name* has to wait; 0 where it may try."""
        tries, last = self._wrong.get(name.casefold(), (0, 0.0))
        return max(0.0, last + WAIT - self._clock()) if tries >= TRIES else 0.0  # type: ignore[operator]

    def wrong(self, name: str) -> None:
        """Count a wrong password."""
        with self._lock:
            tries, last = self._wrong.pop(name.casefold(), (0, 0.0))
            now = self._clock()  # type: ignore[operator]
            self._wrong[name.casefold()] = (tries + 1 if now - last < WAIT else 1, now)
            while len(self._wrong) > _REMEMBERED:
                self._wrong.popitem(last=False)

    def right(self, name: str) -> None:
        """Forget what was wrong before."""
        with self._lock:
            self._wrong.pop(name.casefold(), None)


LOCK_OUT = LockOut()


def log_in(request: HttpRequest) -> HttpResponse:
    """The page that asks for name and password, and what comes of them."""
    if served().local:
        return render(request, "shut.html", status=403)
    to = request.POST.get("to") or request.GET.get("to", "/")
    to = to if url_has_allowed_host_and_scheme(to, allowed_hosts=None) else "/"
    if request.method != "POST":
        return render(request, "log_in.html", {"to": to, "said": ""})
    name, password = request.POST.get("username", ""), request.POST.get("password", "")
    wait = LOCK_OUT.seconds(name)
    if wait:
        said = _("Too many wrong passwords: try again in {n} minutes.").format(n=round(wait / 60) or 1)
        return render(request, "log_in.html", {"to": to, "said": said}, status=429)
    person = Person.objects.filter(username=name, is_active=True).first()
    # The same work is done for an account that is not there, so that time does not tell which are.
    if check_password(password, person.password if person else _decoy()) and person:
        LOCK_OUT.right(name)
        request.session.cycle_key()
        request.session["person"] = person.pk
        return HttpResponseRedirect(to)
    LOCK_OUT.wrong(name)
    return render(request, "log_in.html", {"to": to, "said": _("Name or password is wrong.")}, status=403)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Leave."""
    request.session.flush()
    return HttpResponseRedirect("/")


_decoys: list[str] = []


def _decoy() -> str:
    if not _decoys:
        _decoys.append(make_password("nobody's"))
    return _decoys[0]
