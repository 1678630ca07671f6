"""What is taken out of a study for good: an account, a participant who withdraws, a document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, cast
from uuid import uuid4

from makna.corpus import keys
from makna.corpus.disguise.door import Door
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.pseudonyms import Pseudonyms
from makna.corpus.disguise.roster import Roster
from makna.corpus.edits import Edit
from makna.corpus.erasure.batches import Effect, Erasing, doubts_left
from makna.corpus.erasure.matching import Pasted
from makna.corpus.erasure.plan import ErasedIds, Journal, Plan, Relocated
from makna.corpus.erasure.seeking import Progress, Seeker, Wanted, size_of
from makna.corpus.importing.consenting import fold
from makna.corpus.kept_lists import CONSENTING, ERASED
from makna.corpus.model import SourceKind
from makna.corpus.readers import chat_people
from makna.errors import NothingToErase, StudySealed
from makna.i18n import _
from makna.library.apart import apart
from makna.library.growing import Growing
from makna.record import forgetting, participants_file, withdrawing
from makna.report import assemble
from makna.report.written import Written

RECORDED = (
    "coding", "evidence", "memo", "termevidence", "proposal", "consent", "casevalue", "membercheck",
)  # fmt: skip
_PSEUDONYM = re.compile(r"⟦?@?([^\W\d_]+-\d{3,6})⟧?")


@dataclass(frozen=True)
class ErasureReport:
    """Counts of one erasure, or of what it would erase. Holds no text and no name but codes of participants."""

    documents: Mapping[str, int] = field(default_factory=dict)  # kind of source -> how many
    units: int = 0
    authors: int = 0  # profiles of accounts and entries of participants
    codes: tuple[str, ...] = ()  # participants who withdraw
    withheld: int = 0  # turns in conversations that others agreed to
    reposts: int = 0  # by others: that they reposted stays, the words go
    mentions: int = 0  # in texts that stay
    replies: int = 0  # that lose what they answer
    doubts: int = 0
    evidence: int = 0
    recorded: Mapping[str, int] = field(
        default_factory=dict
    )  # what goes of the record: codings, memos, consents …
    findings: tuple[str, ...] = ()  # whose evidence is withdrawn: their prose needs reading again
    reports: tuple[str, ...] = ()  # deleted
    changed_reports: tuple[str, ...] = ()  # not as Makna wrote them: they stay
    batches: tuple[int, ...] = ()  # written anew
    kept_out: int = 0  # keys of accounts and posts that no later import lets in
    done: bool = False

    @property
    def nothing(self) -> bool:
        """Whether the study holds nothing of what was named."""
        return not (self.batches or self.codes or self.evidence or self.recorded)

    def asdict(self) -> dict[str, Any]:
        """The report as plain data, for ``--json``."""
        rows = [{"kind": kind, "documents": n} for kind, n in sorted(self.documents.items())]
        return {**asdict(self), "documents": sum(self.documents.values()), "rows": rows}


class ErasingStudy(Growing):
    """A study that forgets for good."""

    def erase(
        self,
        *what: str | int,
        handles: Iterable[str] = (),
        texts: Iterable[str] = (),
        preview: bool = False,
        progress: Progress = lambda stage, size: None,
    ) -> ErasureReport:
        """Erase accounts (by pseudonym), participants (by code: a withdrawn consent), documents (by id).

        *handles* are account names as the source has them, *texts* what a post or a turn says: neither is kept. Batches,
        index, links, doubts, evidence and written reports follow; what is erased stays out of later imports while the
        key exists. With *preview* nothing is changed. Raises :class:`NothingToErase` where one of *what* is unknown,
        :class:`StudySealed` for handles of a sealed study.
        """
        wanted = self._wanted(what, handles, texts)
        if preview:
            return self._weighed(wanted, progress)[1]
        with self._writing(_("erase")):
            return self._erased(wanted, progress)

    def erase_again(self, *, progress: Progress = lambda stage, size: None) -> ErasureReport:
        """Erase what a backup brought back, by the list of erased ids; ends first what was broken off."""
        with self._writing(_("erase")):
            known = ErasedIds(self.folder).read()
            macs = set() if self.sealed else set(map(int, self._kept(ERASED).read()))
            wanted = Wanted(documents=set(known.documents), authors=set(known.authors), macs=macs, again=True)
            return self._erased(wanted, progress)

    def brought_back(self) -> int:
        """How many documents stand in the study though they were erased: a backup brought them back."""
        erased = ErasedIds(self.folder).read().documents
        return len(Seeker(self._store, None, None).standing(set(erased))) if erased else 0

    def _erased(self, wanted: Wanted, progress: Progress) -> ErasureReport:
        from makna.library.finishing import finish  # noqa: PLC0415  (seldom needed, and slow to load)

        self._store.tidy()
        self._index.catch_up()
        plan, report = self._weighed(wanted, progress)
        if not self.sealed:
            self._forget_consents(wanted, plan)
        Journal(self.folder).begin(plan)
        finish(self._workshop(), progress=progress)
        return replace(report, done=True)

    def _wanted(self, what: Iterable[str | int], handles: Iterable[str], texts: Iterable[str]) -> Wanted:
        names = {_handle(handle) for handle in handles} - {""}
        if names and self.sealed:
            raise StudySealed(
                _(
                    "The study is sealed: its key is gone, so handles can no longer match. Erase by pseudonym or by"
                    " document."
                )
            )
        wanted = Wanted(handles=names, texts=[self._pasted(text) for text in texts if text.strip()])
        codes = {code.casefold(): code for code in self._known_codes()}
        for one in what:
            name = str(one).strip()
            pseudonym = _PSEUDONYM.fullmatch(name)
            if name.casefold() in codes:
                wanted.codes.add(codes[name.casefold()])
            elif name.isascii() and name.isdigit():
                wanted.documents.add(int(name))
            elif pseudonym:
                wanted.pseudonyms.add(pseudonym[1].capitalize())
            else:
                raise NothingToErase(_(NothingToErase.__doc__))  # type: ignore[arg-type]
        return wanted

    def _known_codes(self) -> set[str]:
        stated = {p.code for p in participants_file.read(self.folder / "participants.toml")}
        return stated | set(self._codes()) | {p.code for p in self._recorded(SourceKind.INTERVIEW)}

    def _pasted(self, text: str) -> Pasted:
        """A pasted text, also as the door makes it."""
        if self.sealed:
            return Pasted(text)
        settings = self._door()
        door = Door(settings, Roster.empty(), Pseudonyms(Macs(settings.key)))
        return Pasted(text, [door.disguise([text])[0].text])

    def _weighed(self, wanted: Wanted, progress: Progress) -> tuple[Plan, ErasureReport]:
        """What is to be erased, and how much that is."""
        sealed = self.sealed
        seeker = Seeker(
            self._store, None if sealed else self._links(), None if sealed else Macs(keys.load(self.id))
        )
        plan = seeker.plan(wanted, progress=progress)
        plan = replace(plan, codes=plan.codes | wanted.codes)
        effects = self._effects(plan, progress)
        plan = replace(
            plan,
            batches={n: self._store.manifest(n).revision for n in effects},
            evidence=self._evidence(plan),
        )
        self._refuse_unknown(wanted, plan, effects)
        plan = replace(plan, relocated=self._relocated(plan), mark=uuid4().hex)
        return plan, self._report(plan, effects)

    def _effects(self, plan: Plan, progress: Progress) -> dict[int, Effect]:
        """Batch -> what changes in it, for those in which something does."""
        found: dict[int, Effect] = {}
        for number in self._store.numbers():
            erasing = Erasing(self._store, number, plan)
            effect = erasing.effect()
            if effect.touched:
                found[number] = effect
                if not self.sealed:
                    files, revision = self._doubts(keys.load(self.id)), self._store.manifest(number).revision
                    left = doubts_left(self._store, files, number, erasing, plan)
                    effect.doubts = len(files.read(number, revision)) - len(left)
            progress("seek", size_of(self._store, number))
        return found

    def _relocated(self, plan: Plan) -> tuple[Relocated, ...]:
        """Where the coded passages of texts that stay, and change, stand then."""
        if not forgetting.exists(self.folder.parents[1]):
            return ()
        edited: dict[int, tuple[int, list[Edit]]] = {}
        for number in plan.batches:
            edited |= Erasing(self._store, number, plan).texts_edited()
        return self._coded_places(edited)

    def _evidence(self, plan: Plan) -> frozenset[tuple[str, str]]:
        if not any(withdrawing.entries_of(self.folder).values()) or not (
            plan.documents or plan.codes or plan.authors
        ):
            return frozenset()
        titles = Seeker(self._store, None, None).titles(plan.documents)
        return withdrawing.standing_on(
            self.folder, assemble.stated(cast("assemble.StudyLike", self)), documents=plan.documents, authors=plan.authors,
            codes=plan.codes, titles=titles | {str(document) for document in plan.documents},
        )  # fmt: skip

    def _refuse_unknown(self, wanted: Wanted, plan: Plan, effects: Mapping[int, Effect]) -> None:
        if wanted.again:
            return
        lost = wanted.documents - plan.documents
        strangers = (
            wanted.pseudonyms and not effects and not withdrawing.named_in(self.folder, wanted.pseudonyms)
        )
        if lost or strangers:
            raise NothingToErase(_(NothingToErase.__doc__))  # type: ignore[arg-type]
        if wanted.texts and not plan.documents and not wanted.handles:
            raise NothingToErase(
                _(
                    "No text of this study is recognised in what was pasted. Paste it whole, or name the document."
                )
            )

    def _report(self, plan: Plan, effects: Mapping[int, Effect]) -> ErasureReport:
        documents: Counter[str] = Counter()
        for number, effect in effects.items():
            documents[self._store.manifest(number).kind] += effect.documents
        ours, changed = Written(self.folder / "reports").withdraw(write=False)
        total = {
            name: sum(getattr(e, name) for e in effects.values())
            for name in vars(Effect())
            if name != "other"
        }
        del total["documents"]
        return ErasureReport(
            documents=+documents, **total, codes=tuple(sorted(plan.codes)), evidence=len(plan.evidence),
            findings=tuple(sorted({finding for finding, _digest in plan.evidence})),
            reports=tuple(file.name for file in ours), changed_reports=tuple(file.name for file in changed),
            batches=tuple(effects), kept_out=0 if self.sealed else len(plan.macs), recorded=self._on_record(plan),
        )  # fmt: skip

    def _on_record(self, plan: Plan) -> dict[str, int]:
        """What goes of the record, by kind."""
        found = apart(forgetting.weighed)(
            self.folder.parents[1], self.id, documents=plan.documents, relocated=plan.relocated,
            pseudonyms=plan.pseudonyms, codes=plan.codes, authors=plan.authors,
        )  # fmt: skip
        return {name: n for name, n in sorted(found.items()) if name in RECORDED}

    def _forget_consents(self, wanted: Wanted, plan: Plan) -> None:
        """Take erased accounts off the list of those who agreed to be observed."""
        macs = Macs(keys.load(self.id))
        kept = self._kept(CONSENTING)
        typed = set(map(fold, wanted.handles))
        gone = [
            entry
            for entry in kept.read()
            if fold(entry) in typed
            or any(
                macs.mac("handle", name.casefold()) in plan.macs
                for name in (_handle(entry), chat_people.handle(entry) or "")
            )
        ]
        kept.forget(gone)


def _handle(typed: str) -> str:
    """A handle out of what was typed: without ``@``, and without the address of its profile before it."""
    return typed.strip().rstrip("/").rpartition("/")[2].removeprefix("@").partition("?")[0]
