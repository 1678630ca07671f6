"""Memos as every page's form sends them: a new one on the thing the page is about, or one rewritten."""

from __future__ import annotations

from makna.errors import RecordError
from makna.i18n import _
from makna.record.actions.change_memo import change_memo
from makna.record.actions.write_memo import write_memo
from makna.record.models import MemoKind
from makna.web.forms import kept, seen, text, whole_number
from makna.web.here import Here


def store(here: Here, **about: int) -> str:
    """Write the memo that was sent *about* something (``code=7``), or rewrite one; an empty one is removed. Says which."""
    post = here.request.POST
    words, kind, number = (
        text(post, "text") or "",
        post.get("kind", MemoKind.THEORETICAL),
        whole_number(post, "memo"),
    )
    if kind not in MemoKind.values:
        raise RecordError(_("Choose what kind of memo it is."))
    if number is None:
        write_memo(here.actor, words, kind=kind, kept=kept(post), **about)
        return _("Memo written.")
    change_memo(here.actor, number, text=words, kind=kind, seen=seen(post), kept=kept(post))
    return _("Memo changed.") if words.strip() else _("Memo removed.")
