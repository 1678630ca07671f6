"""Agreement of coders, code by code, worked out in a process of its own."""

from __future__ import annotations

from django.urls import reverse

from makna.i18n import _
from makna.record.queries.passages import seen
from makna.web import jobs
from makna.web.coded import last_event
from makna.web.comparing.standing import kept
from makna.web.comparing.work import agreement
from makna.web.here import Here


def agreeing(here: Here) -> jobs.Job:
    """The job that works the agreement out, or did, as record and corpus stand now."""
    job: jobs.Job = kept(here, "agreement", lambda: _begun(here))
    return job


def _begun(here: Here) -> jobs.Job:
    columns = ("code", "coder", "source__document", "start", "end")
    rows = seen(here.actor).exclude(round__revealed=False).order_by("pk").values_list(*columns)
    key = ("agreement", here.study.standing(), last_event(here.actor))
    return jobs.start(
        here.library, here.study.name, _("Agreement of coders"), agreement, key=key,
        after=f"{reverse('compare', kwargs={'study': here.study.name})}?by=coder",
        codings=[(str(code), *rest) for code, *rest in rows],
    )  # fmt: skip
