"""What people of the demo say: each utterance with the facts that the ground truth needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from makna.demo.people import Person
from makna.demo.phrases import Phrase, book, deck, pick

CHANNELS = ("dm", "wa", "telegram", "line", "private")
_IN_PROMOTION = deck(["dm"] * 8 + ["wa"] * 5 + ["telegram"] * 3 + ["line"] + ["private"] * 4, flat=True)
_IN_ANSWER = deck(["private"] * 9 + ["dm"] * 7 + ["wa"] * 3 + ["telegram"] * 2 + ["line"], flat=True)
_MOVES = (("terms", 0.62), ("place", 0.66), ("condition", 0.55), ("contact", 0.85), ("tag", 0.6))
_JOINS = (" ", "\n", ", ", " | ", " • ", ". ", " ✨ ", "\n\n")
_DECORATION = (
    "",
    "",
    "",
    "",
    "",
    " 🌙",
    " ✨",
    " 🙏",
    " 💕",
    " 🥰",
    " 😊",
    " 🔥",
    " wkwk",
    " hehe",
    " 😭",
    " 🤍",
)
_OPENERS = (
    "", "", "", "masih, ", "bisa, ", "boleh, ", "siap, ", "iya, ", "halo, ", "tentu, ", "yes, ", "untuk detail ", "mau? ",
    "kalau minat ", "soal itu ",
)  # fmt: skip
REPEATS = 0.5  # share of promoting posts that repeat a template of their author
TEMPLATES = 2  # of each promoting account


@dataclass(slots=True)
class Said:
    """A text, and what is true of it."""

    text: str
    terms: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
    channel: str | None = None
    template: str | None = None
    cue: str | None = None  # the phrase, as written in the data, that makes it an invitation or a testimonial
    media: bool = False


@dataclass(slots=True)
class _Template:
    name: str
    phrase: Phrase
    said: Said


class Voice:
    """Speaks for everybody, from one source of chance."""

    def __init__(self, rng: Random) -> None:
        self._rng, self._rand, self._book = rng, rng.random, book()

    def plain(
        self, who: Person, kind: str, *, file: str = "talk", more: Mapping[str, str] | None = None
    ) -> Said:
        """Something of the list *kind*; *more* fills further slots."""
        phrase = pick(self._book.deck(file, kind), self._rand)
        bring = {**who.bring, **more} if more else who.bring
        text = self._book.render(phrase, self._rand, bring)
        if who.casual and file == "talk":
            text = self._book.shortened(text)
        return Said(text + pick(_DECORATION, self._rand), phrase.terms, cue=phrase.source)

    def vouch(self, who: Person, at: str, *, answer: bool = False) -> Said:
        """A testimonial about the account *at*."""
        said = self.plain(who, "answer" if answer else "praise", file="vouch", more={"at": at})
        if not answer and self._rand() < 0.5:
            more = self.plain(who, "more", file="vouch")
            said.text, said.terms = f"{said.text}, {more.text}", said.terms + more.terms
        return said

    def shown(self, who: Person, media: str) -> Said:
        """A provider shows a customer's testimonial, as a picture."""
        said = self.plain(who, "shown", file="vouch", more={"media": media})
        said.media = True
        return said

    def seasoned(self, who: Person, kind: str) -> Said:
        """A follow-up in the author's own thread; it may carry terms or a condition."""
        fill = {}
        for move in ("terms", "condition"):
            phrase = pick(self._book.deck("moves", move), self._rand)
            fill[move] = self._book.render(phrase, self._rand, who.bring)
        said = self.plain(who, kind, file="moves", more=fill)
        said.moves = tuple(move for move in fill if said.cue and f"{{{move}}}" in said.cue)
        return said

    def invitation(self, who: Person) -> Said:
        """An answer that leads out of the public place."""
        channel = pick(_IN_ANSWER, self._rand)
        phrase = pick(self._book.deck("contact", channel), self._rand)
        text = pick(_OPENERS, self._rand) + self._book.render(phrase, self._rand, who.bring)
        return Said(
            text + pick(_DECORATION, self._rand), phrase.terms, ("contact",), channel, cue=phrase.source
        )

    def request(self, who: Person) -> Said:
        """A customer asks to leave the public place."""
        channel = "dm" if self._rand() < 0.5 else "private"
        said = self.plain(who, f"request_{channel}", file="contact")
        said.channel = channel
        return said

    def promotion(self, who: Person) -> Said:
        """A promoting post: a template that the author repeats, or moves put together anew."""
        if self._rand() >= REPEATS:
            return self._composed(who, who.bring)
        if not who.templates:
            who.templates = [self._template(who, n) for n in range(TEMPLATES)]
        chosen: _Template = pick(who.templates, self._rand)
        text = self._book.render(chosen.phrase, self._rand, who.bring) + pick(_DECORATION, self._rand)
        s = chosen.said
        return Said(text, s.terms, s.moves, s.channel, chosen.name, s.cue)

    def _template(self, who: Person, number: int) -> _Template:
        """A post with everything settled but the day and the number of places."""
        said = self._composed(who, {**who.bring, "day": "{day}", "n": "{n}"})
        return _Template(f"{who.index}-{number}", self._book.compile(said.text), said)

    def _composed(self, who: Person, bring: Mapping[str, str]) -> Said:
        rand = self._rand
        chosen = [move for move, share in _MOVES if rand() < share]
        middle = [move for move in chosen if move != "tag"]
        self._rng.shuffle(middle)
        channel = pick(_IN_PROMOTION, rand) if "contact" in chosen else None
        phrases = {
            move: pick(
                self._book.deck("contact", channel) if move == "contact" else self._book.deck("moves", move),
                rand,
            )
            for move in ["offer", *middle]
        }
        pieces = [self._book.render(phrase, rand, bring) for phrase in phrases.values()]
        found = {*phrases, *(["place"] if any("{city}" in p.source for p in phrases.values()) else [])}
        if "tag" in chosen:
            pieces.append(self._tags(bring))
            found.add("tag")
        terms = tuple(term for phrase in phrases.values() for term in phrase.terms)
        cue = phrases["contact"].source if channel else None
        return Said(pick(_JOINS, rand).join(pieces), terms, tuple(sorted(found)), channel, cue=cue)

    def _tags(self, bring: Mapping[str, str]) -> str:
        tags = {
            pick(self._book.deck("moves", "tag"), self._rand) for _each in range(1 + int(self._rand() * 3))
        }
        return " ".join(sorted(self._book.render(tag, self._rand, bring) for tag in tags))
