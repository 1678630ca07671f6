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
    "a_memo_is_on_one_thing": N_("A memo is about one thing."),
    "memo_across_studies": N_("The memo and what it is about belong to different studies."),
    "coded_without_consent": N_(
        "Codings or evidence stand on what this participant said: let the participant withdraw, which takes them along."
    ),
    "code_of_another_study": N_("Code and text belong to different studies."),
    "round_of_another_study": N_("Round and text belong to different studies."),
    "finding_across_studies": N_("Finding and concept belong to different studies."),
    "guide_across_studies": N_("The guide and what its questions serve belong to different studies."),
    "guide_of_another_study": N_("Participant and guide belong to different studies."),
    "a_period_runs_forward": N_("The last day of this period lies before the first."),
    "no_more_refused_than_approached": N_("More refused than were approached."),
    "persons_are_no_debt": N_("Write how many persons, 0 or more."),
    "a_question_once_a_study": N_("A research question of this label is there already."),
    "record_question.study_id, record_question.label": N_(
        "A research question of this label is there already."
    ),
    "a_question_asks_something": N_("A research question needs a label and a text."),
    "a_guide_question_asks_something": N_("A question of the guide needs a text."),
    "a_participant_once_a_study": N_("A participant of this code is there already."),
    "a_participant_has_a_code": N_("A participant needs a code, such as Informan 1."),
    "a_consent_once_a_day": N_("This consent is on record already."),
    "record_consent.participant_id, record_consent.given": N_("This consent is on record already."),
    "a_consent_has_a_version": N_("Say which version of the consent form it was."),
    "a_deadline_after_the_consent": N_("The last day to withdraw lies before the consent was given."),
    "consent_after_withdrawal": N_("This participant withdrew: nothing more is kept about them."),
    "value_after_withdrawal": N_("This participant withdrew: nothing more is kept about them."),
    "check_after_withdrawal": N_("This participant withdrew: nothing more is kept about them."),
    "an_attribute_once_a_study": N_("An attribute of this name is there already."),
    "an_attribute_has_a_name": N_("An attribute needs a name."),
    "case_of_another_study": N_("Attribute and participant belong to different studies."),
    "a_term_once_a_study": N_("This term is there already."),
    "a_term_has_letters": N_("A term needs a spelling."),
    "a_sense_means_something": N_("A sense needs a definition."),
    "term_evidence_once_an_investigator": N_("You have this passage as evidence of this term already."),
    "record_termevidence.term_id, record_termevidence.source_id": N_(
        "You have this passage as evidence of this term already."
    ),
    "term_evidence_has_words": N_("This passage is empty: select at least one character."),
    "term_evidence_out_of_range": N_("This passage reaches beyond the end of its text. Open the text again."),
    "no_consent_to_term_evidence": N_(
        "The consent to this interview does not cover analysis, so it is no evidence."
    ),
    "term_evidence_of_another_study": N_("Term and text belong to different studies."),
    "sense_of_another_term": N_("This sense belongs to another term."),
    "check_across_studies": N_("Participant and finding belong to different studies."),
    "correction_of_another_finding": N_("The correction is evidence of another finding."),
    "a_correction_says_something": N_(
        "Write what the participant corrects, or mark the passage where it stands."
    ),
    "proposal_has_words": N_("This passage is empty: select at least one character."),
    "proposal_out_of_range": N_("This passage reaches beyond the end of its text. Open the text again."),
    "proposal_of_another_study": N_("Code and text belong to different studies."),
    "proposal_across_studies": N_("Code and text belong to different studies."),
    "a_decision_once_a_coder": N_("You have decided about this proposal already."),
    "a_decision_on_a_passage_once": N_("You have decided about this proposal already."),
    "record_proposal.coder_id, record_proposal.lens": N_("You have decided about this proposal already."),
    "a_release_once": N_("This is released already."),
    "record_release.study_id, record_release.what": N_("This is released already."),
    "a_release_has_a_reason": N_("A release needs its reason in writing."),
    "one_round_at_a_time": N_("A blind round is going on: reveal it first."),
    "record_round.study_id": N_("A blind round is going on: reveal it first."),
    "a_round_has_a_name": N_("A round needs a name."),
}


def refusal(error: IntegrityError) -> RecordError:
    """The reason of *error* as a sentence; the error itself stays its cause."""
    if isinstance(error, ProtectedError):
        return RecordError(_("Something still stands on this: take that away first."))
    said = str(error)
    names = [name for name in _WORDS if name in said]
    if names:
        return RecordError(_(_WORDS[max(names, key=len)]))
    return RecordError(_("The record cannot hold this: {reason}").format(reason=said))
