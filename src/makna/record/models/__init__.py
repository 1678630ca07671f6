"""What researchers make of what was observed. Only actions write these."""

from makna.record.models.codes import Code, CodeRelation, Cycle, Origin, Tie
from makna.record.models.codings import Coding, Source
from makna.record.models.events import Event, Way
from makna.record.models.findings import Evidence, Finding, Stance, Status
from makna.record.models.frame import Answer, Concept
from makna.record.models.memos import Memo, MemoKind
from makna.record.models.people import Membership, Person, Role, Study

__all__ = [
    "Answer", "Code", "CodeRelation", "Coding", "Concept", "Cycle", "Event", "Evidence", "Finding", "Membership", "Memo",
    "MemoKind", "Origin", "Person", "Role", "Source", "Stance", "Status", "Study", "Tie", "Way",
]  # fmt: skip
