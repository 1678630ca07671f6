"""What the database refused, in words."""

from __future__ import annotations

from django.db import IntegrityError
from django.db.models import ProtectedError

from makna.errors import RecordError
from makna.i18n import N_, _

_WORDS = {
    "a_name_once_a_study": N_("A code of this name is there already. Choose another name, or use that code."),
    "a_code_has_a_name": N_("A code needs a name."),
    "a_coding_once_a_coder": N_("You have coded this passage with this code already."),
    "record_coding.source_id, record_coding.start": N_("You have coded this passage with this code already."),
    "a_passage_has_words": N_("This passage is empty: select at least one character."),
    "passage_out_of_range": N_("This passage reaches beyond the end of its text. Open the text again."),
    "no_consent_to_analysis": N_(
        "The consent to this interview does not cover analysis, so it cannot be coded."
    ),
    "coding_of_another_study": N_("Code and text belong to different studies."),
    "parent_of_another_study": N_("These codes belong to different studies."),
    "evidence_once_an_investigator": N_("You have this passage as evidence of this finding already."),
    "record_evidence.finding_id, record_evidence.source_id": N_(
        "You have this passage as evidence of this finding already."
    ),
    "evidence_has_words": N_("This passage is empty: select at least one character."),
    "evidence_out_of_range": N_("This passage reaches beyond the end of its text. Open the text again."),
    "no_consent_to_evidence": N_(
        "The consent to this interview does not cover analysis, so it is no evidence."
    ),
    "evidence_of_another_study": N_("Finding and text belong to different studies."),
    "a_finding_claims_something": N_("A finding needs a claim."),
    "a_label_once_a_study": N_("A concept of this label is there already."),
    "record_concept.study_id, record_concept.label": N_("A concept of this label is there already."),
    "a_concept_has_a_name": N_("A concept needs a name and a label."),
    "cycle_of_concepts": N_("A concept cannot stand under itself or under one of its own."),
    "no_concept_in_itself": N_("A concept cannot stand under itself or under one of its own."),
    "concept_of_another_study": N_("These concepts belong to different studies."),
    "answer_across_studies": N_("Code and concept belong to different studies."),
    "tie_across_studies": N_("These codes belong to different studies."),
    "cycle_of_codes": N_("A code cannot stand under itself or under one of its own subcodes."),
    "no_code_in_itself": N_("A code cannot stand under itself or under one of its own subcodes."),
    "no_tie_to_itself": N_("A code cannot be related to itself."),
    "a_tie_once": N_("These codes are related in this way already."),
    "record_coderelation.source_id, record_coderelation.target_id": N_(
        "These codes are related in this way already."
    ),
    "a_memo_is_on_one_thing": N_("A memo is about one thing: a code, a coding or a text."),
}


def refusal(error: IntegrityError) -> RecordError:
    """The reason of *error* as a sentence; the error itself stays its cause."""
    if isinstance(error, ProtectedError):
        return RecordError(_("Something still stands on this: take that away first."))
    said = str(error)
    for name, words in _WORDS.items():
        if name in said:
            return RecordError(_(words))
    return RecordError(_("The record cannot hold this: {reason}").format(reason=said))
