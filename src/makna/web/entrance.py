"""Who may come in: whoever brought the token of the opened address, in the language they chose, with the record open."""

from __future__ import annotations

import getpass
import secrets
from collections.abc import Callable
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from makna.i18n import LANGUAGES, preferred, speaking
from makna.record.database import staying_open
from makna.record.models import Person
from makna.web.workbench import served

Answer = Callable[[HttpRequest], HttpResponse]
LANGUAGE = "makna_language"
_OPEN = ("/enter/", "/static/", "/login/")


class Language:
    """Every page speaks the language its reader chose, else that of this machine."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the chosen language."""
        chosen = request.COOKIES.get(LANGUAGE, "")
        request.language = chosen if chosen in LANGUAGES else preferred()
        with speaking(request.language):
            return self.answer(request)


class Record:
    """Every request finds the record of the served library open."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the record open."""
        with staying_open(served().folder):
            return self.answer(request)


class Entrance:
    """Nobody comes further without the token; the session it opened says who is there."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer whoever has come in; ask others to open the workbench."""
        request.person = Person.objects.filter(pk=request.session.get("person")).first()
        if request.person is None and not request.path.startswith(_OPEN):
            if served().local:
                return render(request, "shut.html", status=403)
            return HttpResponseRedirect(f"/login/?to={quote(request.path)}")
        return self.answer(request)


def enter(request: HttpRequest) -> HttpResponse:
    """Let in who brings the token, once."""
    workbench = served()
    if workbench.token is None or not secrets.compare_digest(
        request.GET.get("token", "").encode(), workbench.token.encode()
    ):
        return render(request, "shut.html", status=403)
    workbench.token = None
    request.session["person"] = local_person().pk
    to = request.GET.get("to", "/")
    return HttpResponseRedirect(to if url_has_allowed_host_and_scheme(to, allowed_hosts=None) else "/")


def local_person() -> Person:
    """Whoever runs this program."""
    return Person.objects.get_or_create(username=getpass.getuser())[0]
