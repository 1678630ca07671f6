"""Sources: what the study holds, batch by batch; what an import did; a batch taken out."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from makna.corpus.disguise import measured
from makna.corpus.importing.outcome import ImportReport, Unserved
from makna.corpus.manifest import Manifest
from makna.corpus.model import SourceKind
from makna.corpus.readers import by_name
from makna.corpus.sealed_file import SealedFile
from makna.errors import MaknaError, StudyError, UnknownFormat
from makna.i18n import N_, _
from makna.library import Library
from makna.web import jobs
from makna.web.answers import done
from makna.web.here import Here, in_study
from makna.web.incoming.tray import tray
from makna.web.jinja import number

_ORDER = (SourceKind.INTERVIEW, SourceKind.OBSERVATION, SourceKind.FIELD_NOTE, SourceKind.LITERATURE)
PARTS = {
    "account": N_("who wrote"), "name": N_("display names"), "bio": N_("profiles"), "replies": N_("replies"),
    "time": N_("times"), "media": N_("pictures and videos"), "text": N_("texts"),
    "observation": N_("posts"), "interview": N_("interviews"),
}  # fmt: skip
WAYS = {
    "public": N_("public"),
    "closed": N_("closed, with permission"),
    "private": N_("private, with consent"),
}


@in_study
def sources(here: Here) -> HttpResponse:
    """All batches by kind."""
    return here.render("sources/page.html", **_context(here))


def _context(here: Here) -> dict[str, object]:
    batches = here.study.batches()
    kinds = [(kind.value, [one for one in batches if one.kind == kind]) for kind in _ORDER]
    running = [job for job in jobs.of(here.study.name) if job.key and job.key[0] == "import" and not job.over]
    return {
        "kinds": [(kind, mine) for kind, mine in kinds if mine], "ways": WAYS, "running": running,
        "doubts": sum(one.counts.get("doubts", 0) for one in batches), "format_of": format_of,
        "classes_of": classes_of, "figures": measured.last(),
    }  # fmt: skip


def format_of(batch: Manifest) -> str:
    """What a batch was read as."""
    titles = []
    for name in batch.reader.split(", "):
        try:
            titles.append(_(by_name(name).title))
        except UnknownFormat:  # a reader that later versions no longer have
            titles.append(name)
    return "; ".join(titles)


def classes_of(found: Iterable[tuple[str, int]]) -> list[tuple[str, int, str]]:
    """(class, how often, the share of it that the door covered when last measured), the commonest first."""
    return [(_class(kind), n, _share(kind)) for kind, n in sorted(found, key=lambda one: (-one[1], one[0]))]


def _class(kind: str) -> str:
    return _("doubtful, masked until decided") if kind == "?" else _(measured.CLASSES.get(kind, kind))


def _share(kind: str) -> str:
    """In per cent, never rounded up."""
    share = measured.last().share(kind)
    return "–" if share is None else f"{number(math.floor(share * 1_000) / 10, 1)} %"


@require_POST
@in_study
def remove(here: Here, batch: int) -> HttpResponse:
    """Take a batch out whole, for good."""
    if not here.owner:
        raise StudyError(_("Only an owner of the study takes a batch out."))
    tray(here.study.id, here.actor.person.pk).waiting()  # what came in is known to have come in
    here.study.remove(batch)
    jobs.drop(here.study.name)
    to = reverse("sources", kwargs={"study": here.study.name})
    said = _("Batch {n} is gone.").format(n=batch)
    return done(here.request, said, here.render("sources/list.html", **_context(here)), undo=False, to=to)


@in_study
def report(here: Here, pile: int) -> HttpResponse:
    """What an import did."""
    job = _job(here, pile)
    found: ImportReport | None = job.answer
    clear = [file for file in _files(job) if not isinstance(file, SealedFile) and file.exists()]
    return here.render(
        "sources/report.html", job=job, report=found, before=jobs.before(job), unserved=unserved(found),
        classes=classes_of(found.disguised.items()) if found else (), dropped=_ranked(found),
        clear=[file.name for file in clear],
        pile=pile, figures=measured.last(), parts=PARTS,
    )  # fmt: skip


def _job(here: Here, pile: int) -> jobs.Job:
    """The import of a pile of whoever asks, however many came after it."""
    held = tray(here.study.id, here.actor.person.pk).job(pile)
    if held is None:
        raise Http404
    return held


def _ranked(found: ImportReport | None) -> list[tuple[str, int]]:
    return sorted(found.dropped.items(), key=lambda one: (-one[1], one[0])) if found else []


def _files(job: jobs.Job) -> list[Path]:
    return list(job.given.get("files") or [job.given["file"]])


def unserved(found: ImportReport | None) -> list[tuple[str, list[str], str, bool]]:
    """(what is lacking, the lenses that lack it, what would serve them, whether one can note that by hand)."""
    reasons: dict[tuple[str, ...], list[Unserved]] = {}
    for one in found.unserved if found else ():
        reasons.setdefault(one.missing, []).append(one)
    return [
        (
            ", ".join(_(PARTS.get(part, part)) for part in missing), [_(one.lens) for one in lenses],
            "; ".join(map(_, lenses[0].served_by[:3])), SourceKind.INTERVIEW not in missing,
        )
        for missing, lenses in reasons.items()
    ]  # fmt: skip


@require_POST
@in_study
def dispose(here: Here, pile: int) -> HttpResponse:
    """Lock or delete the source files of an import that were given by their paths."""
    job = _job(here, pile)
    if job.state is not jobs.State.DONE:
        raise Http404
    files = [file for file in _files(job) if not isinstance(file, SealedFile) and file.is_file()]
    post = here.request.POST
    if post.get("how") == "lock":
        _check_passphrases(post.get("passphrase", ""), post.get("again", ""))
        for file in files:
            Library.lock_source(file, post["passphrase"])
        said = _(
            "Locked. Without the passphrase nobody opens it again. Copies elsewhere remain: see to them too."
        )
    else:
        for file in files:
            Library.delete_source(file)
        said = _(
            "Overwritten and deleted. Copies in a cloud folder, a backup or a chat remain: delete them too."
        )
    to = reverse("import_report", kwargs={"study": here.study.name, "pile": pile})
    return done(here.request, said, HttpResponse(), undo=False, to=to)


def _check_passphrases(first: str, second: str) -> None:
    if len(first) < 8:
        raise MaknaError(_("Choose a passphrase of at least eight characters."))
    if first != second:
        raise MaknaError(_("The two passphrases differ. Nothing was locked."))


_AT = "s/<str:study>/sources/"
urlpatterns = [
    path(_AT, sources, name="sources"),
    path(f"{_AT}batch/<int:batch>/remove/", remove, name="batch_remove"),
    path(f"{_AT}import/<int:pile>/", report, name="import_report"),
    path(f"{_AT}import/<int:pile>/source/", dispose, name="import_dispose"),
]
