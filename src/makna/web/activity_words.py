"""Actions in words, for the line that says what was undone and for the page of activities."""

from __future__ import annotations

from makna.i18n import N_, _
from makna.record.models import Event

WORDS = {
    "adopt_frame": N_("frame taken over"), "move_concept": N_("concept moved"), "split_code": N_("code split"),
    "code_passages": N_("passages coded"),
    "add_code": N_("code added"), "add_coding": N_("passage coded"), "add_codings": N_("passages coded"),
    "add_concept": N_("concept added"), "add_evidence": N_("evidence kept"), "add_evidences": N_("evidence kept"),
    "add_finding": N_("finding added"), "answer_concept": N_("code answers to a concept"),
    "change_code": N_("code changed"), "code_passage": N_("passage coded"), "change_coding": N_("coding moved"), "change_concept": N_("concept changed"),
    "change_evidence": N_("evidence changed"), "change_finding": N_("finding changed"), "change_memo": N_("memo changed"),
    "conclude_finding": N_("finding concluded"), "give_role": N_("role given"),
    "import_findings": N_("findings imported"), "merge_codes": N_("codes merged"), "move_code": N_("code moved"),
    "move_finding": N_("finding moved"), "relate_codes": N_("codes related"), "remove_code": N_("code removed"),
    "remove_codings": N_("codings removed"), "remove_concept": N_("concept removed"),
    "remove_evidence": N_("evidence removed"), "remove_finding": N_("finding removed"),
    "write_memo": N_("memo written"), "restore": N_("study restored"),
}  # fmt: skip


def of_event(event: Event) -> str:
    """What an event did, in words; the action's own name where there are none."""
    return of_action(event.action)


def of_action(name: str) -> str:
    """An action in words."""
    return _(WORDS[name]) if name in WORDS else name.replace("_", " ")
