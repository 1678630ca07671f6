"""Testimonials: who speaks well of a promoting account, and which accounts show such words as pictures.

A word of praise alone proves nothing: fans praise singers. What makes it a testimonial is whom it addresses. Plain
cases are posts to, about or quoting a promoting account with a listed word of praise, and a promoting account's own
pictures with one; questions to such accounts and everybody's talk with others are the contrast.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from makna.analysis.lenses.base import LensInput
from makna.analysis.lenses.cues import Cues, Hit, listed
from makna.analysis.lenses.learning import UNKNOWN, Model, bags, learn
from makna.analysis.lenses.posts import Post, observed, ordered, stream, with_sides
from makna.analysis.lenses.promoting import SAMPLE, Promoting, parts, promoting_accounts, recogniser
from makna.analysis.lenses.segments import unleet
from makna.analysis.tokens import tokens_of

LIKELY = 0.5
FEWEST = 10
WEAK = frozenset({"thanks", "price", "looks"})  # said for many reasons


@dataclass(frozen=True, slots=True)
class Testimonial:
    """One testimonial: what it praises, its form, and why it counts."""

    post: Post
    praise: tuple[str, ...]
    form: str  # told, shown
    role: str  # who vouches → for whom
    note: str


@dataclass(frozen=True)
class Vouching:
    """Recognises testimonials; made by :func:`learn_testimonials`."""

    promoting: Promoting
    accounts: frozenset[int]
    names: frozenset[str]  # promoting accounts as tokens: ⟦@Melati-042⟧
    dealing: frozenset[int]  # accounts that a promoting account answered, or that asked one
    cues: Cues
    model: Model | None

    def find(self, data: LensInput) -> Iterator[Testimonial]:
        """Every testimonial among the harvested posts."""
        for post in stream(self._candidates(data)):
            found = self._of(post)
            if found:
                yield found

    def form(self, post: Post) -> str | None:
        """told: somebody else speaks to or of a promoting account; shown: such an account shows a picture."""
        inside = post.author_id in self.accounts
        if inside:
            return "shown" if post.image and post.relation == "none" else None
        addressed = post.parent_author in self.accounts or any(t[0] in self.names for t in post.tokens)
        return "told" if addressed else None

    def hits(self, post: Post) -> list[Hit]:
        """The words of praise in a post."""
        return self.cues.find([unleet(t[0]) for t in post.tokens])

    def signs(self, post: Post, hits: Sequence[Hit]) -> list[str]:
        """What a post shows: words, pairs, kinds of praise, whether it asks."""
        words = [unleet(t[0]) for t in post.tokens if not t[0].startswith("⟦")]
        found = [*words, *(f"{a} {b}" for a, b in itertools.pairwise(words))]
        found += [f"·{h.category}" for h in hits] + (["·?"] if "?" in post.text else [])
        return list(dict.fromkeys(found))

    def from_afar(self, post: Post) -> bool:
        """Whether somebody speaks to or of a promoting account without a trace of dealing with one: maybe a fan."""
        return post.author_id not in self.dealing and post.author_id not in self.accounts

    def _likely(self, signs: Sequence[str], *, from_afar: bool) -> bool:
        if self.model is None:
            return False
        other, testimonial, admiration = self.model.probabilities(signs)
        return testimonial > LIKELY * (testimonial + other + (admiration if from_afar else 0.0))

    def _of(self, post: Post) -> Testimonial | None:
        form = self.form(post)
        if form is None or self.promoting.decide(post) is not None:
            return None
        hits = self.hits(post)
        signs = self.signs(post, hits)
        if not _plain(post, hits) and not self._likely(signs, from_afar=self.from_afar(post)):
            return None
        strong = [h for h in hits if h.category not in WEAK] or hits
        praise = tuple(dict.fromkeys(h.category for h in strong)) or ("other",)
        words = [f"“{h.cue}”" for h in strong[:3]]
        if not words and self.model is not None:
            words = ["≈ " + ", ".join(f"“{w}”" for w in self.model.reasons(signs, 1))]
        role = "promoting account → itself" if form == "shown" else "other account → promoting account"
        return Testimonial(post, praise, form, role, ", ".join(words))

    def _candidates(self, data: LensInput) -> ir.Table:
        posts = with_sides(observed(data), self.accounts)
        names = ibis.memtable(pa.table({"token": pa.array(sorted(self.names), pa.string())}))
        placeholders = tokens_of(data.units.filter(data.units.text.contains("⟦@")))
        named = placeholders.semi_join(names, "token").select("document_id").distinct()
        about = posts.semi_join(named, "document_id").filter(lambda t: ~t.inside & ~t.answered)
        direct = posts.filter((~posts.inside & posts.answered) | (posts.inside & posts.image))
        return direct.union(about)


def learn_testimonials(data: LensInput) -> Vouching:
    """Learn what a testimonial looks like in *data*."""
    promoting = recogniser(data)
    accounts = promoting_accounts(data, promoting)
    cues = Cues(listed(data.wordlist, {"testimony_cues": "praise"}))
    start = Vouching(promoting, accounts, _names(data, accounts), _dealing(data, accounts), cues, None)
    fond = Cues(listed(data.wordlist, {"admiration_cues": "fond"}))
    signs, seeds = [], []
    for post in ordered(observed(data), SAMPLE):
        hits = start.hits(post)
        signs.append(start.signs(post, hits))
        seeds.append(_seed(start, post, hits, fond))
    seen = np.array(seeds, dtype=np.int64)
    if min((seen == 0).sum(), (seen == 1).sum()) < FEWEST:
        return start
    model = learn(bags(signs), seen, ("other", "testimonial", "admiration"), weight=0.1)
    return replace(start, model=model)


def _names(data: LensInput, accounts: frozenset[int]) -> frozenset[str]:
    ids = ibis.memtable(pa.table({"author_id": pa.array(sorted(accounts), pa.int64())}))
    found = data.authors.semi_join(ids, "author_id").select("pseudonym").distinct().to_pyarrow()
    return frozenset(f"⟦@{name}⟧" for name in found["pseudonym"].to_pylist())


def _plain(post: Post, hits: Sequence[Hit]) -> bool:
    """Praise that is not asked for: a question about trust praises nobody."""
    return "?" not in post.text and any(h.category not in WEAK for h in hits)


def _dealing(data: LensInput, accounts: frozenset[int]) -> frozenset[int]:
    posts = with_sides(observed(data), accounts)
    answered = posts.filter(posts.inside & (posts.relation == "reply")).select(account=posts.parent_author)
    asking = posts.filter(~posts.inside & posts.answered & posts.text.contains("?")).select(
        account=posts.author_id
    )
    found = answered.union(asking).distinct().to_pyarrow()
    return frozenset(found["account"].to_pylist()) - {None}


def _seed(vouching: Vouching, post: Post, hits: Sequence[Hit], fond: Cues) -> int:
    if vouching.promoting.decide(post) is not None or vouching.form(post) is None:
        return 0
    if "?" in post.text:
        return 0
    if any("contact" in p.moves for p in parts(post, vouching.promoting.cues)):
        return UNKNOWN
    if _plain(post, hits):
        return 1
    return (
        2
        if vouching.from_afar(post) and not hits and fond.find([unleet(t[0]) for t in post.tokens])
        else UNKNOWN
    )
