"""Cases: participants and accounts with their attributes in a grid."""

from __future__ import annotations

import csv
import io

from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from makna.errors import RecordError
from makna.i18n import _, ngettext
from makna.record.actions.add_participant import add_participant
from makna.record.actions.change_attribute import change_attribute
from makna.record.actions.define_attribute import define_attribute
from makna.record.actions.import_participants import import_participants
from makna.record.actions.move_attribute import move_attribute
from makna.record.actions.remove_attribute import remove_attribute
from makna.record.actions.set_attributes import set_attributes
from makna.record.casework import Case
from makna.record.models import Attribute, Guide, Kind, Participant, Scale
from makna.record.participants_file import read
from makna.web.answers import done
from makna.web.casework import listing
from makna.web.casework.asking import ask_once
from makna.web.forms import kept, seen, text, whole_number
from makna.web.here import Here, in_study

_SCALES = [(value, label) for value, label in Scale.choices]


@in_study
def cases(here: Here) -> HttpResponse:
    """The participants."""
    return here.render("cases/page.html", **_context(here, "participants"))


@in_study
def accounts(here: Here) -> HttpResponse:
    """The accounts, a page of them."""
    return here.render("cases/page.html", **_context(here, "accounts"))


def _context(here: Here, which: str) -> dict[str, object]:
    get, actor = here.request.GET, here.actor
    shared = {"which": which, "attributes": listing.attributes(actor), "scales": _SCALES}
    if which == "participants":
        lines = listing.participants(actor)
        stated = 0 if lines else len(read(here.study.folder / "participants.toml"))
        return {
            **shared, "lines": lines, "total": len(lines), "kinds": Kind.choices, "stated": stated, "pages": 1, "at": 0,
            "guides": Guide.objects.filter(study=actor.study).order_by("pk"), "words": "", "state": "",
        }  # fmt: skip
    words, state = get.get("q", ""), get.get("state", "")
    at = int(get["page"]) - 1 if get.get("page", "").isdigit() and int(get["page"]) else 0
    lines, total = listing.accounts(here.study, actor, words=words, state=state, page=at)
    pages = max(1, -(-total // listing.PAGE))
    return {
        **shared,
        "lines": lines,
        "total": total,
        "words": words,
        "state": state,
        "pages": pages,
        "at": at,
    }


def _answer(here: Here, said: str, which: str, *, undo: bool = True) -> HttpResponse:
    to = reverse("cases" if which == "participants" else "accounts", kwargs={"study": here.study.name})
    answer = here.render("cases/whole.html", **_context(here, which))
    return done(here.request, said, answer, undo=undo, to=here.request.headers.get("Referer") or to)


def _which(here: Here) -> str:
    return "accounts" if here.request.POST.get("which") == "accounts" else "participants"


@require_POST
@in_study
def set_values(here: Here) -> HttpResponse:
    """Set values of one cell, or of many that were pasted; one undo takes all back."""
    post = here.request.POST
    values: list[tuple[int, Case, str | None]] = []
    before: dict[tuple[int, Case], str | None] = {}
    for cell, value, old in zip(
        post.getlist("cell"), post.getlist("value"), post.getlist("old"), strict=True
    ):
        key, _colon, attribute = cell.partition(":")
        case = listing.case_of(key)
        if case is None or not attribute.isdigit():
            raise Http404
        values.append((int(attribute), case, value.strip()))
        before[int(attribute), case] = old or None
    ask_once(here.actor, (value or "" for _key, _case, value in values), kept(post))
    n = set_attributes(here.actor, values, seen=before, kept=kept(post))
    said = ngettext("{n} value set.", "{n} values set.", n).format(n=n)
    if post.get("cells"):  # a grid that shows already what was typed, and only mends it
        stored = listing.stored(here.actor, ((attribute, case) for attribute, case, _value in values))
        return done(here.request, said, undo=n > 0, stored=stored)
    return _answer(here, said, _which(here), undo=n > 0)


@require_POST
@in_study
def paste(here: Here) -> HttpResponse:
    """Set values from a table whose first row names attributes and whose first column names cases."""
    rows = _table(text(here.request.POST, "table") or "")
    known = {one.name.casefold(): one.pk for one in listing.attributes(here.actor)}
    columns = [known.get(name.strip().casefold()) for name in rows[0][1:]]
    if not any(columns):
        raise RecordError(
            _("The first row names no attribute of this study. There are: {known}.").format(
                known=", ".join(known) or "–"
            )
        )
    there = listing.named(here.study, here.actor, [row[0] for row in rows[1:]])
    values, strangers = [], []
    for row in rows[1:]:
        case = there.get(row[0].strip().lstrip("@").lower())
        if case is None:
            strangers.append(row[0].strip())
            continue
        values += [
            (key, case, value.strip())
            for key, value in zip(columns, row[1:], strict=False)
            if key and value.strip()
        ]
    if not values:
        raise RecordError(_("No row names a case of this study by its code or pseudonym: nothing was set."))
    ask_once(here.actor, (value or "" for _key, _case, value in values), kept(here.request.POST))
    n = set_attributes(here.actor, values, kept=kept(here.request.POST))
    said = ngettext("{n} value set.", "{n} values set.", n).format(n=n)
    if strangers:
        said += " " + ngettext(
            "{n} row names no case here.", "{n} rows name no case here.", len(strangers)
        ).format(n=len(strangers))
    return _answer(here, said, _which(here), undo=n > 0)


def _table(pasted: str) -> list[list[str]]:
    """Cells of a pasted table, parted by tabs as a spreadsheet copies them, or by semicolons or commas."""
    first = pasted.lstrip("\n").split("\n", 1)[0]
    delimiter = next((sign for sign in "\t;," if sign in first), "\t")
    rows = [row for row in csv.reader(io.StringIO(pasted), delimiter=delimiter) if any(map(str.strip, row))]
    if len(rows) < 2 or len(rows[0]) < 2:
        raise RecordError(
            _("Paste a table: attributes in its first row, codes or pseudonyms in its first column.")
        )
    return rows


@require_POST
@in_study
def add(here: Here) -> HttpResponse:
    """A participant comes on record."""
    post = here.request.POST
    code = text(post, "code") or ""
    add_participant(
        here.actor, code, kind=post.get("kind", ""), interviewed=post.get("interviewed", "").strip(),
        guide=whole_number(post, "guide"), kept=kept(post),
    )  # fmt: skip
    return _answer(here, _("{code} is on record. Next: the consent.").format(code=code), "participants")


@require_POST
@in_study
def take_over(here: Here) -> HttpResponse:
    """Take over the participants that the study's file states."""
    people = read(here.study.folder / "participants.toml")
    typed = [text for one in people for text in (one.code, *one.attributes, *one.attributes.values())]
    typed += [one.consent.version for one in people if one.consent]
    ask_once(here.actor, typed, kept(here.request.POST))
    n = import_participants(here.actor, people, kept=kept(here.request.POST))
    said = ngettext("{n} participant is on record.", "{n} participants are on record.", n).format(n=n)
    return _answer(here, said, "participants")


@require_POST
@in_study
def attribute(here: Here) -> HttpResponse:
    """Define an attribute, or change, move or remove one."""
    post, actor = here.request.POST, here.actor
    number, what = whole_number(post, "attribute"), post.get("what", "")
    options = [
        one.strip() for one in (text(post, "options") or "").replace(";", "\n").split("\n") if one.strip()
    ]
    scale = post.get("scale") or (Scale.CHOICE if options else Scale.TEXT)
    if number is None:
        define_attribute(
            actor,
            text(post, "name") or "",
            scale=scale,
            options=options if scale == Scale.CHOICE else (),
            kept=kept(post),
        )
        return _answer(here, _("Attribute added."), _which(here))
    if what == "remove":
        remove_attribute(actor, number)
        return _answer(here, _("Attribute removed, with its values."), _which(here))
    if what in ("earlier", "later"):
        _move(here, number, what)
        return _answer(here, _("Attribute moved."), _which(here))
    change_attribute(
        actor, number, name=text(post, "name"), scale=scale, options=options if scale == Scale.CHOICE else (),
        seen=seen(post), kept=kept(post),
    )  # fmt: skip
    return _answer(here, _("Attribute changed."), _which(here))


def _move(here: Here, number: int, what: str) -> None:
    order = [one.pk for one in Attribute.objects.filter(study=here.actor.study).order_by("place", "pk")]
    at = order.index(number) if number in order else 0
    beyond = order[at + 2 :] if what == "later" else order[max(0, at - 1) :]
    move_attribute(here.actor, number, before=next(iter(beyond), None))


def participant_of(here: Here, number: int) -> Participant:
    """A participant of this study, or no page."""
    found = Participant.objects.filter(study=here.actor.study, pk=number).first()
    if found is None:
        raise Http404
    return found


_AT = "s/<str:study>/cases/"
urlpatterns = [
    path(_AT, cases, name="cases"),
    path(f"{_AT}accounts/", accounts, name="accounts"),
    path(f"{_AT}set/", set_values, name="cases_set"),
    path(f"{_AT}paste/", paste, name="cases_paste"),
    path(f"{_AT}add/", add, name="participant_add"),
    path(f"{_AT}take-over/", take_over, name="participants_take_over"),
    path(f"{_AT}attribute/", attribute, name="attribute"),
]
