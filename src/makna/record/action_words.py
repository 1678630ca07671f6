"""Actions in words, for whatever tells what was done."""

from __future__ import annotations

from makna.i18n import N_

WORDS = {
    # the study and who works on it
    "import_design": N_("design imported"), "state_design": N_("design stated"), "give_role": N_("role given"),
    "change_settings": N_("settings changed"), "restore": N_("study restored"), "erase": N_("somebody or something erased"),
    "add_question": N_("research question added"), "change_question": N_("research question changed"),
    "move_question": N_("research question moved"), "remove_question": N_("research question removed"),
    "write_guide": N_("interview guide written"), "remove_guide": N_("interview guide removed"),
    # codes and codings
    "add_code": N_("code added"), "change_code": N_("code changed"), "move_code": N_("code moved"),
    "merge_codes": N_("codes merged"), "split_code": N_("code split"), "relate_codes": N_("codes related"),
    "remove_code": N_("code removed"), "answer_concept": N_("code answers to a concept"),
    "add_coding": N_("passage coded"), "add_codings": N_("passages coded"), "code_passage": N_("passage coded"),
    "code_passages": N_("passages coded"), "change_coding": N_("coding moved"), "remove_codings": N_("codings removed"),
    "begin_round": N_("blind round begun"), "reveal_round": N_("blind round revealed"),
    "accept_as": N_("proposals accepted"), "accept_proposals": N_("proposals accepted"),
    "dismiss_proposals": N_("proposals dismissed"), "reconsider_proposals": N_("proposals looked at again"),
    "write_memo": N_("memo written"), "change_memo": N_("memo changed"),
    # the frame
    "adopt_frame": N_("frame taken over"), "add_concept": N_("concept added"), "change_concept": N_("concept changed"),
    "move_concept": N_("concept moved"), "remove_concept": N_("concept removed"),
    # cases
    "import_participants": N_("participants imported"), "add_participant": N_("participant added"),
    "change_participant": N_("participant changed"), "remove_participant": N_("participant removed"),
    "record_consent": N_("consent recorded"), "change_consent": N_("consent changed"), "remove_consent": N_("consent removed"),
    "define_attribute": N_("attribute defined"), "change_attribute": N_("attribute changed"),
    "move_attribute": N_("attribute moved"), "remove_attribute": N_("attribute removed"),
    "set_attributes": N_("values of cases set"),
    # argot
    "add_term": N_("argot term noted"), "change_term": N_("argot term changed"), "decide_term": N_("argot term decided on"),
    "remove_term": N_("argot term removed"), "define_sense": N_("sense of a term defined"),
    "remove_sense": N_("sense of a term removed"), "add_term_evidence": N_("passages of a term kept"),
    "remove_term_evidence": N_("passages of a term removed"),
    # findings
    "import_findings": N_("findings imported"), "add_finding": N_("finding added"), "change_finding": N_("finding changed"),
    "move_finding": N_("finding moved"), "conclude_finding": N_("finding concluded"), "remove_finding": N_("finding removed"),
    "add_evidence": N_("evidence kept"), "add_evidences": N_("evidence kept"), "change_evidence": N_("evidence changed"),
    "remove_evidence": N_("evidence removed"), "add_member_check": N_("member check recorded"),
    "change_member_check": N_("member check changed"), "remove_member_check": N_("member check removed"),
    "release": N_("something released"), "take_back_release": N_("release taken back"),
}  # fmt: skip


def of(action: str) -> str:
    """The English message of an action; its own name, spaced, where it has none."""
    return WORDS.get(action, action.replace("_", " "))
