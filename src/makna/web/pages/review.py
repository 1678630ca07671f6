"""Review: what the door doubted, one span at a time; decided by one key each, carried out at the end."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from makna.corpus.disguise import measured
from makna.corpus.reviewing.decisions import EVERYWHERE, KEEP, MASK, NEVER, TOO_LONG, classes
from makna.errors import NotAllowed
from makna.i18n import N_, _, ngettext
from makna.web import jobs
from makna.web.answers import done
from makna.web.here import Here, in_study
from makna.web.incoming import work
from makna.web.passages import address_of
from makna.web.reading.texts import SHELF
from makna.web.workbench import served

REASONS = {
    "many digits": N_("Many digits together: it may be a number that reaches somebody."),
    "form of a contact": N_("It has the form of a contact: a name for a messenger, an address, an account."),
    TOO_LONG: N_("This text was too long for the door to read, so all of it was masked. It cannot come back; add it again in parts."),
}  # fmt: skip
MARK = "⟦?⟧"
_decided: dict[tuple[str, int], list[tuple[int, int]]] = {}  # what a person decided last, to be taken back
_class: dict[tuple[str, int], str] = {}  # what a person masked as last
Row = dict[str, Any]


def _key(here: Here) -> tuple[str, int]:
    if not here.may_code:
        raise NotAllowed(_("Readers of a study decide nothing in it."))
    return here.study.id, here.actor.person.pk


@in_study
def review(here: Here) -> HttpResponse:
    """The page: the first doubt, or what there is to carry out."""
    return here.render("review/page.html", **_context(here))


def _context(
    here: Here, after: tuple[int, int] | None = None, at: tuple[int, int] | None = None
) -> dict[str, Any]:
    """The doubt to show: the one *at* a place, else the next open one *after* a place, from the start again at the end."""
    key = _key(here)
    batch = here.request.GET.get("batch") or here.request.POST.get("batch") or ""
    rows = [
        row for row in here.study.doubts().to_pylist() if not batch.isdigit() or row["batch"] == int(batch)
    ]
    left = [row for row in rows if not row["decision"]]
    places = [(row["unit_id"], row["start"]) for row in left]
    chosen = next((row for row, place in zip(left, places, strict=True) if place == at), None)
    if chosen is None:
        chosen = next((row for row, place in zip(left, places, strict=True) if after and place > after), None)
    chosen = chosen or (left[0] if left else None)
    decided = [row for row in rows if row["decision"]]
    begun = [job for job in jobs.of(here.study.name) if job.key == "review"][:1]
    return {
        "doubt": chosen, "left": len(left), "decided": decided, "total": len(rows), "batch": batch, "job": next(iter(begun), None),
        "keeps": sum(row["decision"] in (KEEP, NEVER) for row in decided), "last": _class.get(key, ""),
        "can_undo": bool(_decided.get(key)), "classes": [(one, _(measured.CLASSES.get(one, one))) for one in classes()],
        "whole": chosen is not None and chosen["reason"] == TOO_LONG, "reasons": REASONS, "before": 0,
        "where": _where(here, chosen), "words": _words,
    }  # fmt: skip


def _where(here: Here, row: Row | None) -> tuple[str, str]:
    """(whose words they are, where they are read)."""
    leaf = SHELF.leaf(here.study, row["document_id"]) if row else None
    if row is None or leaf is None:
        return "", ""
    start = leaf.text.find(f"{row['left']}{MARK}{row['right']}") + len(row["left"])
    title = leaf.about["title"] or (leaf.author.pseudonym if leaf.author else "")
    said = " · ".join(part for part in (_(leaf.kind.replace("_", " ")), title) if part)
    return said, address_of(here.study, row["document_id"], start, start + len(MARK))


def _words(decision: str) -> str:
    """What was decided, in words."""
    verb, _colon, label = decision.partition(":")
    said = {
        MASK: _("mask as {label}"),
        EVERYWHERE: _("mask everywhere as {label}"),
        KEEP: _("keep"),
        NEVER: _("never ask again"),
    }
    return said[verb].format(label=_(measured.CLASSES.get(label, label)))


@require_POST
@in_study
def decide(here: Here) -> HttpResponse:
    """Decide about one span, and show the next."""
    post, key = here.request.POST, _key(here)
    place = int(post["unit"]), int(post["start"])
    verb, label = post.get("verb", ""), post.get("label", "").strip()
    if verb != "later":
        with_class = verb in (MASK, EVERYWHERE)
        label = _of_name(label)
        here.study.decide(*place, f"{verb}:{label}" if with_class else verb)
        _decided.setdefault(key, []).append(place)
        if with_class:
            _class[key] = label
    return _answer(here, after=place)


def _of_name(typed: str) -> str:
    """The class that was typed: as the program calls it, in the reader's language, or by its beginning."""
    named = {_(measured.CLASSES.get(one, one)).casefold(): one for one in classes()}
    low = typed.casefold()
    exact = low if low in classes() else named.get(low)
    fitting = [one for name, one in named.items() if low and (name.startswith(low) or one.startswith(low))]
    return exact or (fitting[0] if len(set(fitting)) == 1 else low)


@require_POST
@in_study
def take_back(here: Here) -> HttpResponse:
    """Take back what was decided last, and show it again."""
    mine = _decided.get(_key(here), [])
    open_ = {(row["unit_id"], row["start"]) for row in here.study.doubts().to_pylist()}
    while mine:
        place = mine.pop()
        if place in open_:
            here.study.decide(*place, None)
            return _answer(here, at=place)
    return _answer(here)


def _answer(here: Here, **where: Any) -> HttpResponse:
    answer = here.render("review/doubt.html", **_context(here, **where))
    if here.request.htmx:
        return answer
    return done(here.request, "", answer, undo=False, to=reverse("review", kwargs={"study": here.study.name}))


@require_POST
@in_study
def carry_out(here: Here) -> HttpResponse:
    """Carry out what was decided; what stands decided is then forgotten."""
    _decided.pop(_key(here), None)
    rows = [row for row in here.study.doubts().to_pylist() if row["decision"]]
    what = ngettext("Carrying out {n} decision", "Carrying out {n} decisions", len(rows)).format(n=len(rows))
    for job in jobs.of(here.study.name):
        if job.key == "review" and job.over:
            job.key = None
    after = reverse("review", kwargs={"study": here.study.name})
    jobs.start(served().library.path, here.study.name, what, work.carry_out, key="review", after=after)
    return _answer(here)


_AT = "s/<str:study>/review/"
urlpatterns = [
    path(_AT, review, name="review"),
    path(f"{_AT}decide/", decide, name="review_decide"),
    path(f"{_AT}undo/", take_back, name="review_undo"),
    path(f"{_AT}carry-out/", carry_out, name="review_carry_out"),
]
