"""Settings of a study: how it is coded and by whom, what is masked, and what cannot be undone: seal and erase."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from makna.corpus import keys
from makna.errors import RecordError, StudyError
from makna.i18n import _, ngettext
from makna.library import Library
from makna.record.actions.begin_round import begin_round
from makna.record.actions.change_settings import change_settings
from makna.record.actions.give_role import give_role
from makna.record.actions.reveal_round import reveal_round
from makna.record.models import Membership, Person, Role, Round, Settings
from makna.web import jobs
from makna.web.answers import done
from makna.web.forms import kept, whole_number
from makna.web.here import Here, in_study


@in_study
def settings(here: Here) -> HttpResponse:
    """All of them."""
    return here.render("settings/page.html", **_context(here))


def _context(here: Here) -> dict[str, object]:
    study, row = here.study, here.actor.study
    has_key = not study.sealed and keys.exists(study.id)
    return {
        "settings": Settings.objects.filter(study=row).first() or Settings(study=row),
        "members": Membership.objects.filter(study=row).select_related("person").order_by("person__username"),
        "roles": Role.choices, "rounds": Round.objects.filter(study=row).order_by("pk"), "has_key": has_key,
        "names": study.masked_names_count() if has_key else 0,
        "consents": study.consents_count() if has_key else 0,
        "erasing": [job for job in jobs.of(study.name) if job.key and job.key[0] == "erase"][:1],
    }  # fmt: skip


def _answer(here: Here, said: str, *, undo: bool = True) -> HttpResponse:
    to = reverse("settings", kwargs={"study": here.study.name})
    return done(here.request, said, here.render("settings/parts.html", **_context(here)), undo=undo, to=to)


@require_POST
@in_study
def coding(here: Here) -> HttpResponse:
    """How the study is coded: unaided at first, blind in rounds."""
    post = here.request.POST
    if post.get("round"):
        begin_round(here.actor, post["round"], kept=kept(post))
        return _answer(here, _("A round of blind coding has begun."))
    if post.get("reveal"):
        reveal_round(here.actor, int(post["reveal"]))
        return _answer(here, _("The round is revealed."))
    until = whole_number(post, "proposals_hidden_until")
    if until is None:
        raise RecordError(_("Write a number of documents, 0 or more."))
    change_settings(here.actor, proposals_hidden_until=until)
    return _answer(here, _("Settings stored."))


@require_POST
@in_study
def member(here: Here) -> HttpResponse:
    """Somebody gets a role, another one, or none."""
    post = here.request.POST
    name = post.get("username", "").strip()
    person = whole_number(post, "person")
    if name:
        person = Person.objects.get_or_create(username=name)[0].pk
    if person is None:
        raise RecordError(_("Write the name of the account."))
    give_role(here.actor, person, post.get("role") or None)
    return _answer(here, _("Roles changed."))


@require_POST
@in_study
def names(here: Here) -> HttpResponse:
    """Names that every later import masks, or accounts that gave their consent; they are never shown again."""
    here.actor.check(Role.OWNER)
    lines = [line.strip() for line in here.request.POST.get("lines", "").splitlines() if line.strip()]
    add = here.study.record_consents if here.request.POST.get("what") == "consents" else here.study.mask_names
    n = add(lines)
    return _answer(here, ngettext("{n} new on the list.", "{n} new on the list.", n).format(n=n), undo=False)


@require_POST
@in_study
def seal(here: Here) -> HttpResponse:
    """Destroy the key, for good."""
    here.actor.check(Role.OWNER)
    _sure(here)
    here.study.seal()
    return _answer(here, _("Sealed: from now on nothing can ever be linked again."), undo=False)


@require_POST
@in_study
def erase(here: Here) -> HttpResponse:
    """Say what an erasure would take; and with the study's name typed, do it, as long work."""
    here.actor.check(Role.OWNER)
    post = here.request.POST
    what = [line.strip() for line in post.get("what", "").splitlines() if line.strip()]
    handles = [line.strip() for line in post.get("handles", "").splitlines() if line.strip()]
    texts = [post["text"]] if post.get("text", "").strip() else []
    if not (what or handles or texts):
        raise StudyError(
            _("Name what is to be erased: a pseudonym, a participant's code, a document or an account.")
        )
    if not post.get("sure"):
        would = here.study.erase(*what, handles=handles, texts=texts, preview=True)
        return here.render("settings/erasure.html", would=would, post=post)
    _sure(here)
    job = jobs.start(
        here.library, here.study.name, _("Erasure"), erase_for_good, key=("erase", object()),
        after=reverse("settings", kwargs={"study": here.study.name}), named=what, handles=handles, texts=texts,
    )  # fmt: skip
    return here.render("parts/job.html", job=job, before=jobs.before(job))


def erase_for_good(
    library: Path, study: str, told: jobs.Told, *, named: list[str], handles: list[str], texts: list[str]
) -> int:
    """The job: how many documents went."""
    done_so_far: dict[str, int] = {}

    def progress(stage: str, size: int) -> None:
        done_so_far[stage] = done_so_far.get(stage, 0) + size
        told(stage, done_so_far[stage], 0)

    report = Library(library).study(study).erase(*named, handles=handles, texts=texts, progress=progress)
    return sum(report.documents.values())


def _sure(here: Here) -> None:
    """Whoever loses something for good types the study's name first."""
    if here.request.POST.get("sure", "").strip() != here.study.name:
        raise StudyError(
            _("Type the name of the study, {name}, to do this for good.").format(name=here.study.name)
        )


_AT = "s/<str:study>/settings/"
urlpatterns = [
    path(_AT, settings, name="settings"),
    path(_AT + "coding/", coding, name="settings_coding"),
    path(_AT + "member/", member, name="settings_member"),
    path(_AT + "names/", names, name="settings_names"),
    path(_AT + "seal/", seal, name="settings_seal"),
    path(_AT + "erase/", erase, name="settings_erase"),
]
