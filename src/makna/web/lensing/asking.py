"""Asking a lens: its options as a form sends them, and the job that answers, kept as long as nothing it reads changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from makna.analysis.lenses import LENSES
from makna.corpus.model import SourceKind
from makna.errors import NoSuchLens
from makna.i18n import _
from makna.library.queries import refuse_identifiers
from makna.web import jobs
from makna.web.here import Here
from makna.web.lensing import words
from makna.web.lensing.reading_record import codings_under, evidence
from makna.web.lensing.words import FIELDS
from makna.web.lensing.work import answer

PATIENCE = 0.3  # seconds that a page waits for an answer before it shows that the lens is still reading
_MOST = 500  # of a number in a form


@dataclass(frozen=True)
class Asked:
    """A lens with its options: *query* leads back to the same question."""

    lens: str
    options: Mapping[str, Any]

    @property
    def query(self) -> str:
        """The options as an address carries them."""
        sent = QueryDict(mutable=True)
        for name, value in sorted(self.options.items()):
            sent.setlist(
                name, [", ".join(value)] if name == "seeds" else value if isinstance(value, list) else [value]
            )
        return sent.urlencode()


def asked(here: Here, lens: str, sent: QueryDict) -> Asked:
    """What a form asks of *lens*; raises NoSuchLens, and refuses words that look a person up."""
    if lens not in LENSES:
        raise NoSuchLens(_("There is no such lens."))
    options: dict[str, Any] = {}
    for name in FIELDS[lens]:
        value = _READ[name](here, sent)
        if value:
            options[name] = value
    return Asked(lens, options)


def _seeds(here: Here, sent: QueryDict) -> list[str]:
    words = [word.strip() for word in sent.get("seeds", "").replace("\n", ",").split(",")]
    for word in words:
        refuse_identifiers(word)
    return sorted({word for word in words if word})


def _sign(here: Here, sent: QueryDict) -> str:
    sign = sent.get("sign", "").strip()
    refuse_identifiers(sign)
    return sign


def _reference(here: Here, sent: QueryDict) -> list[int]:
    there = {batch.number for batch in observed_batches(here)}
    return sorted({int(n) for n in sent.getlist("reference") if n.isdigit()} & there)


def _minimum(here: Here, sent: QueryDict) -> int:
    value = sent.get("minimum", "")
    return min(int(value), _MOST) if value.isdigit() else 0


def _under(here: Here, sent: QueryDict) -> int:
    value = sent.get("under", "")
    return int(value) if value.isdigit() and here.actor.study.codes.filter(pk=int(value)).exists() else 0


_READ = {"seeds": _seeds, "sign": _sign, "reference": _reference, "minimum": _minimum, "under": _under}


def observed_batches(here: Here) -> list[Any]:
    """The batches that can be set apart to compare against."""
    return [batch for batch in here.study.batches() if batch.kind == SourceKind.OBSERVATION.value]


def answering(here: Here, ask: Asked) -> jobs.Job:
    """The job that answers: the one that did or does already, else a new one."""
    given = _given(here, ask)
    key = _key(here, ask, given)
    return jobs.start(
        here.library, here.study.name, _("Reading through the lens {lens}").format(lens=words.name(ask.lens)),
        answer, key=key, after=address(here, ask), lens=ask.lens, options=dict(ask.options), given=given,
    )  # fmt: skip


def known(here: Here, ask: Asked) -> jobs.Job | None:
    """The job that answered already or is about to, without starting one."""
    key = _key(here, ask, _given(here, ask))
    undone = (jobs.State.FAILED, jobs.State.STOPPED)
    return next((job for job in jobs.of(here.study.name) if job.key == key and job.state not in undone), None)


def _key(here: Here, ask: Asked, given: list[dict[str, Any]]) -> Any:
    """What an answer depends on: sources, options, what it takes from the record, the study's word lists and keywords."""
    folder = here.study.folder
    said = [folder / "study.toml", *sorted((folder / "wordlists").glob("*.txt"))]
    written = [(file.name, file.stat().st_mtime_ns) for file in said if file.is_file()]
    return "lens", ask.lens, dict(ask.options), here.study.standing(), given, written


def address(here: Here, ask: Asked) -> str:
    """The page that shows the answer."""
    page = reverse("lens", kwargs={"study": here.study.name, "lens": ask.lens})
    return f"{page}?{ask.query}" if ask.options else page


def _given(here: Here, ask: Asked) -> list[dict[str, Any]]:
    """What a lens needs of the record: findings, or the codings that are to be the motives."""
    if ask.lens == "triangulation":
        return evidence(here.study, here.actor)
    return codings_under(here.actor, ask.options["under"]) if "under" in ask.options else []
