"""What researchers make of what was observed. Only actions write these."""

from makna.record.models.cases import Attribute, CaseValue, Consent, Kind, Mode, Participant, Scale
from makna.record.models.checks import MemberCheck, Reply
from makna.record.models.codes import Code, CodeRelation, Cycle, Origin, Tie
from makna.record.models.codings import Coding, Round, Source
from makna.record.models.design import Design, Guide, GuideQuestion, Question
from makna.record.models.events import Event, Way
from makna.record.models.findings import Evidence, Finding, Stance, Status
from makna.record.models.frame import Answer, Concept
from makna.record.models.memos import MEMO_ON, Memo, MemoKind
from makna.record.models.people import Membership, Person, Role, Study
from makna.record.models.proposals import Decision, Proposal, Release, Settings
from makna.record.models.terms import ArgotTerm, Explained, Sense, Shows, TermEvidence, TermStatus

__all__ = [
    "MEMO_ON", "Answer", "ArgotTerm", "Attribute", "CaseValue", "Code", "CodeRelation", "Coding", "Concept", "Consent",
    "Cycle", "Decision", "Design", "Event", "Evidence", "Explained", "Finding", "Guide", "GuideQuestion", "Kind",
    "MemberCheck", "Membership", "Memo", "MemoKind", "Mode", "Origin", "Participant", "Person", "Proposal", "Question",
    "Release", "Reply", "Role", "Round", "Scale", "Sense", "Settings", "Shows", "Source", "Stance", "Status", "Study",
    "TermEvidence", "TermStatus", "Tie", "Way",
]  # fmt: skip
