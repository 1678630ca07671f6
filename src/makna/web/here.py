"""A page of a study: which study, who looks, and what is said where something is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from makna.errors import MaknaError, NoSuchStudy
from makna.i18n import _
from makna.record.acting import Actor
from makna.record.actions.begin_study import begin_study
from makna.record.models import Membership, Role
from makna.record.models import Study as Row
from makna.web import errors
from makna.web.workbench import served

if TYPE_CHECKING:
    from makna.library import Study


@dataclass(frozen=True)
class Here:
    """The study that a request is about, and who acts in it."""

    request: HttpRequest
    study: Study
    actor: Actor
    role: Role

    @property
    def library(self) -> Path:
        """The folder of the library, for long work."""
        return self.study.folder.parents[1]

    @property
    def owner(self) -> bool:
        """Whether whoever looks owns the study."""
        return self.role is Role.OWNER

    @property
    def may_code(self) -> bool:
        """Whether whoever looks may change anything."""
        return self.role is not Role.READER

    def render(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        """A template with the study in it."""
        return render(self.request, template, {"here": self, **context}, status=status)


def in_study(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make ``view(here, …)`` a view of the study that the address names; a refusal becomes a sentence on the page."""

    @wraps(view)
    def answered(request: HttpRequest, study: str, **named: Any) -> HttpResponse:
        try:
            return view(_here(request, study), **named)
        except MaknaError as error:
            return errors.refused(request, error)

    return answered


def anywhere(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The same for a view outside studies: ``view(request, …)``."""

    @wraps(view)
    def answered(request: HttpRequest, **named: Any) -> HttpResponse:
        try:
            return view(request, **named)
        except MaknaError as error:
            return errors.refused(request, error)

    return answered


def _here(request: HttpRequest, name: str) -> Here:
    workbench = served()
    study = workbench.study(name)
    row = (
        begin_study(study.id, request.person) if workbench.local else Row.objects.filter(key=study.id).first()
    )
    held = Membership.objects.filter(study=row, person=request.person).first() if row else None
    if held is None and workbench.local:  # the folder is theirs, so the study is
        held = Membership.objects.create(study=row, person=request.person, role=Role.OWNER)
    if held is None or row is None:
        raise NoSuchStudy(_("There is no such study, or you have no part in it."))
    return Here(request, study, Actor(request.person, row, workbench.texts(study)), Role(held.role))
