"""Adding sources: files dropped or named, what they seem to be, how they look after the door, and their import."""

from __future__ import annotations

from pathlib import Path

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from makna.corpus.importing.outcome import Unserved
from makna.corpus.model import SourceKind
from makna.errors import MaknaError, NotAllowed, StudySealed, UnreadableFile
from makna.i18n import _, ngettext
from makna.web import jobs
from makna.web.answers import done
from makna.web.here import Here, in_study
from makna.web.incoming import gathering, parts, work
from makna.web.incoming.looking import ROLES
from makna.web.incoming.placeholders import pieces, tints
from makna.web.incoming.tray import Pile, Tray, tray
from makna.web.pages.sources import PARTS, WAYS
from makna.web.workbench import served

_SHOWN = 8  # records of a preview


def _tray(here: Here) -> Tray:
    if not here.may_code:
        raise NotAllowed(_("Readers of a study add nothing to it."))
    if here.study.sealed:
        raise StudySealed(_("The study is sealed: its key is gone, so the door cannot link new files to it."))
    return tray(here.study.id, here.actor.person.pk)


@in_study
def add(here: Here) -> HttpResponse:
    """The place to drop files, and what waits there."""
    jobs.warm_up()
    return here.render("sources/add.html", **_context(here))


def _context(here: Here) -> dict[str, object]:
    held = _tray(here)
    waiting = held.waiting()
    return {
        "waiting": waiting, "refused": held.refused, "came_in": held.came_in, "kinds": list(SourceKind), "ways": WAYS,
        "roles": ROLES, "lacking": _lacking, "people": gathering.participants(here.actor), "ready": sum(not pile.error and _idle(pile) for pile in waiting), "before": jobs.before,
    }  # fmt: skip


def _idle(pile: Pile) -> bool:
    """Whether its import has not begun, or ended without it."""
    return pile.job is None or pile.job.state in (jobs.State.FAILED, jobs.State.STOPPED)


def _lacking(one: Unserved) -> str:
    return ", ".join(_(PARTS.get(part, part)) for part in one.missing)


def _answer(here: Here, said: str | None = None) -> HttpResponse:
    to = reverse("sources_add", kwargs={"study": here.study.name})
    answer = here.render("sources/tray.html", **_context(here))
    return (
        answer
        if said is None and here.request.htmx
        else done(here.request, said or "", answer, undo=False, to=to)
    )


@require_POST
@in_study
def upload(here: Here) -> HttpResponse:
    """Take whole files, or a piece of a large one."""
    held, request = _tray(here), here.request
    files = request.FILES.getlist("file")
    for one in files:
        held.take(one.take())
    if request.FILES.get("piece"):
        post = request.POST
        whole = parts.add(
            post["key"],
            request.FILES["piece"].take(),
            name=post["name"],
            at=int(post["at"]),
            size=int(post["size"]),
        )
        if whole is not None:
            held.take(whole)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"waiting": len(held.piles)})
    return _answer(
        here, ngettext("{n} file is here.", "{n} files are here.", len(files)).format(n=len(files))
    )


@require_POST
@in_study
def name(here: Here) -> HttpResponse:
    """Take a file, or all files of a folder, by its path on this machine."""
    if not served().local:
        raise NotAllowed(_("A path is taken only by a workbench on your own machine: upload the file."))
    stated = here.request.POST.get("path", "").strip().strip('"')
    if not stated:
        raise UnreadableFile(_("Write the path of a file or a folder."))
    held = _tray(here)
    for file in gathering.files(Path(stated).expanduser(), inside=here.study.folder.parents[1]):
        held.take(file)
    return _answer(here)


def _pile(here: Here, pile: int) -> Pile:
    found = _tray(here).piles.get(pile)
    if found is None:
        raise Http404
    return found


@require_POST
@in_study
def say(here: Here, pile: int) -> HttpResponse:
    """Change what is said of a pile."""
    found = _pile(here, pile)
    found.say(gathering.said(here.request.POST, found))
    return _answer(here)


@in_study
def preview(here: Here, pile: int) -> HttpResponse:
    """The first records after the door; nothing is written."""
    found = _pile(here, pile)
    at = here.request.GET.get("file", "0")
    file = found.files[min(int(at), len(found.files) - 1) if at.isdigit() else 0]
    try:
        rows = here.study.preview(file, limit=_SHOWN, **gathering.stated(here.actor, found, file))
    except MaknaError as error:
        return here.render("sources/preview.html", pile=found, error=str(error), file=file, rows=[], tints=[])
    shown = [(row["who"], row["sent_on"], pieces(row["text"][:1_500])) for row in rows]
    return here.render(
        "sources/preview.html",
        pile=found,
        rows=shown,
        tints=tints(text for _w, _d, text in shown),
        error="",
        file=file,
    )


@in_study
def labels(here: Here, pile: int) -> HttpResponse:
    """Who speaks in an interview, and whom each label is taken to mean."""
    found = _pile(here, pile)
    try:
        spoken, error = here.study.labels(found.files[0], **found.stated()), ""
    except MaknaError as refusal:
        spoken, error = [], str(refusal)
    return here.render(
        "sources/labels.html",
        pile=found,
        spoken=spoken,
        error=error,
        people=gathering.participants(here.actor),
    )


@require_POST
@in_study
def split(here: Here, pile: int) -> HttpResponse:
    """Let each file of a pile be said something of on its own."""
    _tray(here).split(_pile(here, pile))
    return _answer(here)


@require_POST
@in_study
def drop(here: Here, pile: int) -> HttpResponse:
    """Put a pile away; 0 forgets what could not be read."""
    held = _tray(here)
    if pile == 0:
        held.refused.clear()
        held.came_in.clear()
    else:
        held.drop([pile])
    return _answer(here)


@require_POST
@in_study
def begin(here: Here, pile: int) -> HttpResponse:
    """Begin the import of a pile, or of all (0)."""
    held = _tray(here)
    chosen = [_pile(here, pile)] if pile else [one for one in held.waiting() if not one.error and _idle(one)]
    if here.request.POST.get("said"):  # without scripts the form is sent with the button
        chosen[0].say(gathering.said(here.request.POST, chosen[0]))
    for one in chosen:
        _begin(here, one, alone=len(chosen) == 1 and len(held.piles) == 1)
    return _answer(here)


def _begin(here: Here, pile: Pile, *, alone: bool) -> None:
    """Start the import; one that is *alone* leads on to its report, among several the page stays."""
    after = reverse("import_report", kwargs={"study": here.study.name, "pile": pile.number}) if alone else ""
    folder, study = served().library.path, here.study.name
    if pile.one or pile.look.posts:
        what = _("Import of {name}").format(name=pile.names[0])
        said = gathering.options(here.actor, pile)
        given = {"file": pile.files[0], "posts": pile.look.posts, "said": said}
        pile.job = jobs.start(
            folder, study, what, work.add_file, key=pile.key, after=after, unit="bytes", **given
        )
        return
    what = ngettext("Import of {n} file", "Import of {n} files", len(pile.files)).format(n=len(pile.files))
    given = {"files": pile.files, "said": gathering.options(here.actor, pile)}
    pile.job = jobs.start(
        folder, study, what, work.add_texts, key=pile.key, after=after, unit="bytes", **given
    )


_AT = "s/<str:study>/sources/add/"
urlpatterns = [
    path(_AT, add, name="sources_add"),
    path(f"{_AT}upload/", upload, name="upload"),
    path(f"{_AT}path/", name, name="sources_path"),
    path(f"{_AT}<int:pile>/say/", say, name="pile_say"),
    path(f"{_AT}<int:pile>/preview/", preview, name="pile_preview"),
    path(f"{_AT}<int:pile>/labels/", labels, name="pile_labels"),
    path(f"{_AT}<int:pile>/split/", split, name="pile_split"),
    path(f"{_AT}<int:pile>/drop/", drop, name="pile_drop"),
    path(f"{_AT}<int:pile>/import/", begin, name="pile_import"),
]
