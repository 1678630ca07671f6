"""What a form says of a pile, and what an import takes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.http import QueryDict

from makna.corpus.model import SourceKind
from makna.corpus.readers import x_archive_files
from makna.corpus.readers.speakers import fold
from makna.errors import UnreadableFile
from makna.i18n import _
from makna.record.acting import Actor
from makna.record.models import Participant
from makna.web.forms import text
from makna.web.incoming.looking import Said, of_columns
from makna.web.incoming.tray import Pile
from makna.web.workbench import served

_MOST = 20_000  # files of a folder
_HARVEST = ("tool", "from", "to", "inclusion", "exclusion")


def said(post: QueryDict, pile: Pile) -> Said:
    """What the form of a pile says."""
    columns = [(column, post.get(f"column_{n}", "")) for n, column in enumerate(pile.look.columns)]
    labels = zip(post.getlist("label"), post.getlist("who"), strict=False)
    people = {name: post.get(f"informant_{n}", "") for n, name in enumerate(pile.names)}
    kind = post.get("kind", "")
    return Said(
        kind=kind, access=post.get("access", "") if kind == pile.kind else "", permission=(text(post, "permission") or "").strip(),
        title=post.get("title", "").strip(), date=post.get("date", "").strip(), sheet=post.get("sheet", ""),
        pdf_folder=post.get("pdf_folder", "").strip() if served().local else "", minors=post.get("minors", "").strip(),
        names=tuple(one.strip() for one in (text(post, "names") or "").split("\n") if one.strip()),
        mapping=of_columns(columns) if pile.look.columns else {},
        speakers={label: who for label, who in labels if who}, informants={name: who for name, who in people.items() if who},
        harvest=_harvest(post),
    )  # fmt: skip


def _harvest(post: QueryDict) -> dict[str, Any]:
    words = [one.strip() for one in (text(post, "keywords") or "").split("\n") if one.strip()]
    stated = {name: (text(post, f"harvest_{name}") or "").strip() for name in _HARVEST}
    return {name: value for name, value in {"keywords": words, **stated}.items() if value}


def options(actor: Actor, pile: Pile) -> dict[str, Any]:
    """What :meth:`Study.add` takes, or :meth:`Study.add_texts` for many."""
    told = pile.said
    both = {
        "kind": pile.kind, "access": pile.access, "permission": told.permission or None, "masked_names": told.names,
        "pdf_folder": Path(told.pdf_folder) if told.pdf_folder else None, "minors_approval": told.minors or None,
    }  # fmt: skip
    if not (pile.one or pile.look.posts):
        return {**both, "informants": informants(actor, pile)}
    alone = {
        key: value for key, value in pile.stated().items() if key in ("mapping", "sheet", "title", "speakers")
    }
    return {**both, **alone, "date": told.date or None, "harvest": told.harvest or None}


def stated(actor: Actor, pile: Pile, file: Path) -> dict[str, Any]:
    """What a preview of one file of the pile takes."""
    found = pile.stated()
    who = informants(actor, pile).get(file.name) if not pile.one else None
    return {**found, "informant": who} if who else found


def informants(actor: Actor, pile: Pile) -> dict[str, str]:
    """File -> its participant, as said, else where its name has the code of one."""
    if pile.kind != SourceKind.INTERVIEW:
        return {}
    codes = [one.code for one in participants(actor)]
    guessed = {name: code for name in pile.names if (code := _in_name(name, codes))}
    return {**guessed, **{name: who for name, who in pile.said.informants.items() if who in codes}}


def _in_name(name: str, codes: list[str]) -> str | None:
    """The code that a file's name ends in or has between signs: ``informan-2.docx``."""
    plain = f" {' '.join(fold(Path(name).stem.replace('_', ' ').replace('-', ' ')).split())} "
    found = [code for code in codes if f" {fold(code)} " in plain]
    return found[0] if len(found) == 1 else None


def participants(actor: Actor) -> list[Participant]:
    """Whom a label may mean: the participants on record who have not withdrawn."""
    rows = Participant.objects.filter(study=actor.study, withdrew=None).prefetch_related("consents")
    return list(rows.order_by("pk"))


def files(path: Path, *, inside: Path) -> Iterator[Path]:
    """The file at *path*, the files of that folder, or an archive that is a folder. Raises :class:`UnreadableFile`.

    Nothing of the library (*inside*) is a source.
    """
    if path.resolve().is_relative_to(inside.resolve()):
        raise UnreadableFile(_("This lies in the library itself: a source lies outside it."))
    if not path.exists():
        raise UnreadableFile(
            _("There is no {path}. Look for a slip of the pen, or drop the file here.").format(path=path)
        )
    if not path.is_dir() or x_archive_files.at(path) is not None:
        return iter((path,))
    found = sorted(one for one in path.rglob("*") if one.is_file() and not _hidden(one.relative_to(path)))
    if not found or len(found) > _MOST:
        message = _("{path} holds {n} files. Name a folder with at least one and at most {most}.")
        raise UnreadableFile(message.format(path=path, n=len(found), most=_MOST))
    return iter(found)


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
