"""The demo interpreted: what two invented coders made of it, written through actions as anybody's work is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from makna.corpus.model import BATCH_SHIFT, SourceKind
from makna.demo import coders
from makna.demo.passages import Passage, Texts
from makna.demo.phrases import load
from makna.library.apart import apart
from makna.library.texts_of_record import TextsOfRecord
from makna.record import participants_file, study_file
from makna.report import assemble

if TYPE_CHECKING:
    from makna.demo.truth import Truth
    from makna.library import Study
    from makna.record.acting import Actor

_FIRST_ROUND = 4  # interviews that are coded blind
_AT_ONCE = 25  # posts that are coded by one gesture
_USES, _ASKED = 4, 2  # passages that show a term


@apart
def interpret(study: Study, truth: Truth, *, seed: int = 2021, language: str = "id") -> None:
    """Code, note and conclude *study*, a demo of which *truth* is true, in one *language*. Same seed, same record."""
    findings = assemble.stated(study)
    with study._acting() as owner:  # whoever runs this owns the study beside the invented coders
        work = _Work(owner, study, Texts(study, truth), language)
        work.design(study, findings)
        work.codebook()
        work.code(seed)
        work.conclude()
        work.cases(truth)
        work.terms()


class _Work:
    """What the coders do, in the order in which they do it."""

    def __init__(self, owner: Actor, study: Study, texts: Texts, language: str) -> None:
        self._owner, self._texts, self._language = owner, texts, language
        self._study = study
        self._book, self._notes = load("codebook"), load("memos")
        self._codes: dict[str, int] = {}
        self._coded: dict[tuple[str, str], list[Passage]] = defaultdict(list)
        self._coders = {one["id"]: self._person(one) for one in self._notes["coder"]}

    def _person(self, told: dict[str, Any]) -> Actor:
        from makna.record.acting import Actor  # noqa: PLC0415  (needs Django, which is ready now)
        from makna.record.actions.give_role import give_role  # noqa: PLC0415
        from makna.record.models import Person  # noqa: PLC0415

        person, new = Person.objects.get_or_create(
            username=told["username"], defaults={"first_name": told["name"]}
        )
        if new:
            person.set_unusable_password()
            person.save(update_fields=["password"])
        give_role(self._owner, person.pk, told["role"])
        return Actor(person, self._owner.study, TextsOfRecord(self._study))

    def _said(self, text: dict[str, str] | str | None) -> str:
        return text if isinstance(text, str) else (text or {}).get(self._language, "")

    # the study

    def design(self, study: Study, findings: Sequence[Any]) -> None:
        """The frame that Makna brings along; design, participants and findings come over from the study's files."""
        from makna.record.actions.adopt_frame import adopt_frame  # noqa: PLC0415
        from makna.record.actions.change_settings import change_settings  # noqa: PLC0415
        from makna.record.actions.import_design import import_design  # noqa: PLC0415
        from makna.record.actions.import_findings import import_findings  # noqa: PLC0415
        from makna.record.actions.import_participants import import_participants  # noqa: PLC0415

        stated = study_file.read(study.folder / "study.toml")
        people = participants_file.read(study.folder / "participants.toml")
        laras = self._coders["laras"]
        adopt_frame(laras, language=self._language)
        import_design(laras, stated, language=self._language)
        import_participants(laras, people, kept={name for one in people for name in one.attributes})
        import_findings(laras, stated.concepts, findings, language=self._language)
        change_settings(laras, proposals_hidden_until=0)

    def codebook(self) -> None:
        """The codes with their rules, how they relate, and the concepts they answer to."""
        from makna.record.actions.add_code import add_code  # noqa: PLC0415
        from makna.record.actions.answer_concept import answer_concept  # noqa: PLC0415
        from makna.record.actions.change_code import change_code  # noqa: PLC0415
        from makna.record.actions.relate_codes import relate_codes  # noqa: PLC0415

        laras, concepts = self._coders["laras"], self._concepts()
        for told in self._book["code"]:
            code = add_code(
                laras, self._said(told["name"]), parent=self._codes.get(told.get("under", "")), origin=told["origin"],
                definition=self._said(told["definition"]),
            )  # fmt: skip
            self._codes[told["id"]] = code
            rules: dict[str, Any] = {
                name: self._said(told.get(name)) for name in ("include", "exclude", "example")
            }
            change_code(laras, code, cycle=told["cycle"], **rules)
        for told in self._book["code"]:
            for answer in told.get("answers", ()):
                argument = self._said(answer["argument"])
                answer_concept(laras, self._codes[told["id"]], concepts[answer["concept"]], argument=argument)
        for tie in self._book["tie"]:
            relate_codes(laras, self._codes[tie["source"]], self._codes[tie["target"]], tie=tie["tie"])

    def _concepts(self) -> dict[str, int]:
        return dict(self._owner.study.concepts.values_list("label", "pk"))

    # coding

    def code(self, seed: int) -> None:
        """The first interviews blind, the other texts after, then a sample of the posts."""
        from makna.record.actions.begin_round import begin_round  # noqa: PLC0415
        from makna.record.actions.reveal_round import reveal_round  # noqa: PLC0415

        laras, spoken = self._coders["laras"], coders.spoken(self._texts, self._book["code"], seed)
        interviews = sorted({unit.document for unit in self._texts.spoken[SourceKind.INTERVIEW]})
        blind = set(interviews[:_FIRST_ROUND])
        name = {"id": "Putaran pertama", "en": "First round"}[self._language]
        round_ = begin_round(laras, name)
        self._give(spoken, lambda document: document in blind)
        reveal_round(laras, round_)
        self._give(spoken, lambda document: document not in blind)
        self._slip()
        self._give(coders.observed(self._texts, self._book["code"], seed), lambda document: True)

    def _give(self, coded: coders.Coded, wanted: Any) -> None:
        from makna.record.actions.add_codings import add_codings  # noqa: PLC0415

        for coder, by_code in coded.items():
            for told in self._book["code"]:
                passages = sorted(p for p in by_code.get(told["id"], ()) if wanted(p[0]))
                self._coded[coder, told["id"]] += passages
                for some in _gestures(passages):
                    add_codings(self._coders[coder], self._codes[told["id"]], some)

    def _slip(self) -> None:
        """One passage coded by mistake, and taken back."""
        from makna.record.actions.add_coding import add_coding  # noqa: PLC0415
        from makna.record.history import undo  # noqa: PLC0415

        galih, passage = self._coders["galih"], self._coded["galih", "free"][0]
        add_coding(galih, self._codes["stall"], *passage)
        undo(galih)

    # conclusions

    def conclude(self) -> None:
        """Memos, the second coder's evidence, a member check, and the findings that are final."""
        from makna.record.actions.add_evidence import add_evidence  # noqa: PLC0415
        from makna.record.actions.conclude_finding import conclude_finding  # noqa: PLC0415

        findings = list(self._owner.study.findings.order_by("place").values_list("pk", flat=True))
        for told in self._notes["memo"]:
            self._memo(told, findings)
        for told in self._notes["evidence"]:
            passage = self._texts.passage(told["words"])
            if passage:
                stance, finding = told.get("stance", "supports"), findings[told["finding"] - 1]
                add_evidence(self._coders[told["by"]], finding, *passage, stance=stance)
        self._check(self._notes["check"], findings)
        for place in self._notes["final"]:
            conclude_finding(self._coders["laras"], findings[place - 1])

    def _memo(self, told: dict[str, Any], findings: Sequence[int]) -> None:
        from makna.record.actions.write_memo import write_memo  # noqa: PLC0415

        about: dict[str, Any] = {}
        passage = self._texts.passage(told["document"]) if "document" in told else None
        if "code" in told:
            coding = self._coding(told["by"], told["code"], passage) if passage else None
            about = {"coding": coding} if coding else {"code": self._codes[told["code"]]}
        elif passage:
            about = {"document": passage[0]}
        elif "finding" in told:
            about = {"finding": findings[told["finding"] - 1]}
        title, text = self._said(told["title"]), self._said(told["text"])
        write_memo(self._coders[told["by"]], text, kind=told["kind"], title=title, **about)

    def _coding(self, coder: str, code: str, passage: Passage) -> int | None:
        """This coder's coding of a passage, in whatever bounds."""
        document, start, end = passage
        rows = self._owner.study.codings.filter(code=self._codes[code], coder=self._coders[coder].person)
        near = rows.filter(source__document=document, start__lt=end, end__gt=start)
        found: int | None = near.order_by("pk").values_list("pk", flat=True).first()
        return found

    def _check(self, told: dict[str, Any], findings: Sequence[int]) -> None:
        from makna.record.actions.add_member_check import add_member_check  # noqa: PLC0415

        who = self._owner.study.participants.get(code=told["participant"]).pk
        day: date = told["on"]
        add_member_check(
            self._coders[told["by"]], who, findings[told["finding"] - 1], reply=told["reply"], on=day,
            passage=self._texts.passage(told["passage"]), correction=self._said(told["correction"]),
            note=self._said(told["note"]),
        )  # fmt: skip

    # cases and terms

    def cases(self, truth: Truth) -> None:
        """The coders give a role to the accounts whose posts they coded."""
        from makna.record.actions.set_attributes import set_attributes  # noqa: PLC0415
        from makna.record.casework import Case  # noqa: PLC0415

        laras = self._coders["laras"]
        role = self._owner.study.attributes.get(name="role").pk
        documents = {document for passages in self._coded.values() for document, _start, _end in passages}
        authors = self._authors(documents)
        roles = {
            authors[unit.document]: truth.roles[truth.authors[post]]
            for post, unit in self._texts.posts.items()
            if unit.document in authors and post in truth.authors
        }
        set_attributes(laras, [(role, Case(account=who), of) for who, of in sorted(roles.items())])

    def _authors(self, documents: Iterable[int]) -> dict[int, int]:
        table = self._study.documents
        rows = self._study.run(
            table.filter(table.kind == SourceKind.OBSERVATION.value, table.author_id.notnull()).select(
                "document_id", "author_id"
            )
        )
        wanted = {document for document in documents if document >> BATCH_SHIFT}
        pairs = zip(rows["document_id"].to_pylist(), rows["author_id"].to_pylist(), strict=True)
        return {document: author for document, author in pairs if document in wanted}

    def terms(self) -> None:
        """The commonest terms, with their spellings, meaning and passages."""
        from makna.record.actions.add_term import add_term  # noqa: PLC0415
        from makna.record.actions.add_term_evidence import add_term_evidence  # noqa: PLC0415

        galih = self._coders["galih"]
        for told in self._notes["term"]:
            argot, asked = load("argot")[told["id"]], self._texts.asking(told["id"])[:_ASKED]
            term = add_term(
                galih, told["id"], variants=argot["variants"], category=self._said(told["category"]),
                definition=argot[self._language], explained="asked" if asked else "unexplained", lens="argot",
            )  # fmt: skip
            add_term_evidence(galih, term, self._texts.using(told["id"], ("ask", "mutter"))[:_USES])
            if asked:
                add_term_evidence(galih, term, asked, shows="asked")


def _gestures(passages: Sequence[Passage]) -> Iterable[Sequence[Passage]]:
    """Passages as they are coded: those of one text together, posts by the page."""
    by_text: dict[int, list[Passage]] = defaultdict(list)
    for passage in passages:
        by_text[passage[0] >> BATCH_SHIFT].append(passage)
    for some in by_text.values():
        yield from (some[n : n + _AT_ONCE] for n in range(0, len(some), _AT_ONCE))
