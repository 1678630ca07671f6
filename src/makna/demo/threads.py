"""Conversations of the demo: who answers whom, in real shapes, streamed in the order of a file.

Threads overlap in time. The file does not keep their order: a reply may stand before its parent, some parents were
never collected, a few originals only come along with those who quote them.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from random import Random

from makna.demo.people import Crowd, Person
from makna.demo.phrases import book, pick
from makna.demo.posts import Post
from makna.demo.speech import Said, Voice

BEGIN, END = 1_609_459_200_000, 1_617_235_200_000  # 1 January to 31 March 2021, milliseconds
_X_EPOCH = 1_288_834_974_657
_STARTS = (
    ["promote"] * 30 + ["seek"] * 7 + ["vouch"] * 8 + ["show"] * 6 + ["chat"] * 26 + ["cheer"] * 4 + ["mutter"] * 11
    + ["research"] * 2 + ["orphan"] * 4 + ["self_parent"] * 1 + ["context"] * 1
)  # fmt: skip
_BUFFER = 48  # posts that the order of the file is mixed over
_MUTTERS = {"provider": "insider", "broker": "broker", "customer": "customer"}


class Talk:
    """Makes threads; hands posts out in the order of the file."""

    def __init__(self, crowd: Crowd, posts: int, seed: int) -> None:
        self._rng = Random(seed)
        self._rand, self._crowd, self._posts = self._rng.random, crowd, posts
        self._voice = Voice(self._rng)
        self._ms, self._count, self._serial = BEGIN, 0, 0
        self._step = (END - BEGIN) / max(posts, 1) * 1.95  # a thread holds about two posts
        self._recent: list[Person] = []

    def stream(self) -> Iterator[Post]:
        """Exactly the number of posts asked for, mixed as files are."""
        held: list[Post] = []
        for n, post in enumerate(self._in_time()):
            if n >= self._posts:
                break
            held.append(post)
            if len(held) > _BUFFER:
                at = int(self._rand() * len(held))
                held[at], held[-1] = held[-1], held[at]
                yield held.pop()
        self._rng.shuffle(held)
        yield from held

    def _in_time(self) -> Iterator[Post]:
        waiting: list[tuple[int, int, Post]] = []
        while True:
            self._ms += int(self._step * 2 * self._rand())
            start = self._ms
            for post in getattr(self, "_" + pick(_STARTS, self._rand))():
                self._crowd.tick()
                heapq.heappush(waiting, (post.ms, self._count, post))
                self._count += 1
            while waiting and waiting[0][0] <= start:
                yield heapq.heappop(waiting)[2]

    # how a post comes about

    def _id(self, ms: int) -> str:
        self._serial = (self._serial + 1) & 0x3FFFFF
        return str(((ms - _X_EPOCH) << 22) | self._serial)

    def _root(self, who: Person, said: Said, kind: str) -> Post:
        made = self._id(self._ms)
        return Post(made, self._ms, who, said, kind, made)

    def _after(self, post: Post) -> int:
        return post.ms + 60_000 + int(self._rand() ** 3 * 20 * 3_600_000)

    def _reply(self, to: Post, who: Person, said: Said, kind: str) -> Post:
        ms = self._after(to)
        said.text = f"{to.author.at} {said.text}"
        return Post(
            self._id(ms), ms, who, said, kind, to.conversation, to, "replied_to", mentions=(to.author,)
        )

    def _someone(self, *roles: str) -> Person:
        return self._crowd.one(pick(roles, self._rand), self._rand)

    # threads

    def _promote(self) -> Iterator[Post]:
        who = self._someone("provider", "provider", "provider", "provider", "broker")
        root = self._root(who, self._voice.promotion(who), "promotion")
        yield root
        rand = self._rand
        if rand() < 0.14:
            yield self._reply(root, who, self._voice.seasoned(who, "self_reply"), "self_reply")
        while rand() < 0.42:
            yield from self._asked(root)
        if rand() < 0.08:
            yield self._reply(root, self._someone("fan"), self._voice.plain(who, "fan"), "fan")
        if rand() < 0.1 and root.said.terms:
            yield from self._outsider(root)

    def _asked(self, root: Post) -> Iterator[Post]:
        """A customer asks; the other answers in public or leads out of it."""
        customer = self._someone("customer")
        private = self._rand() < 0.12
        city = {"city": root.author.city}
        said = self._voice.request(customer) if private else self._voice.plain(customer, "ask", more=city)
        ask = self._reply(root, customer, said, "request" if private else "ask")
        yield ask
        if self._rand() < 0.75:
            yield self._answer(ask, root.author)

    def _answer(self, ask: Post, who: Person) -> Post:
        if self._rand() < 0.7:
            return self._reply(ask, who, self._voice.invitation(who), "invitation")
        return self._reply(ask, who, self._voice.plain(who, "open_answer"), "open_answer")

    def _outsider(self, root: Post) -> Iterator[Post]:
        term = pick(root.said.terms, self._rand)
        spelled = book().argot[term]["variants"][0]
        who = self._someone("bystander")
        ask = self._reply(root, who, self._voice.plain(who, "what", more={"term": spelled}), "what")
        ask.about = term
        yield ask
        if self._rand() < 0.65:
            yield self._reply(
                ask, root.author, self._voice.plain(root.author, "what_unanswered"), "unexplained"
            )

    def _seek(self) -> Iterator[Post]:
        customer = self._someone("customer")
        root = self._root(customer, self._voice.plain(customer, "seek"), "ask")
        yield root
        while self._rand() < 0.5:
            other, provider = self._someone("customer"), self._someone("provider")
            said = self._voice.vouch(other, provider.at, answer=True)
            vouch = self._reply(root, other, said, "testimonial")
            vouch.mentions += (provider,)
            yield vouch
        while self._rand() < 0.45:
            yield self._answer(root, self._someone("provider", "provider", "broker"))

    def _vouch(self) -> Iterator[Post]:
        customer, provider = self._someone("customer"), self._someone("provider")
        root = self._root(customer, self._voice.vouch(customer, provider.at), "testimonial")
        root.mentions = (provider,)
        yield root
        if self._rand() < 0.5:
            yield self._passed_on(root, provider)
        if self._rand() < 0.2:
            other = self._someone("customer")
            yield self._reply(root, other, self._voice.vouch(other, provider.at, answer=True), "testimonial")

    def _passed_on(self, root: Post, provider: Person) -> Post:
        """The praised account reposts, quotes or thanks."""
        ms, chance = self._after(root), self._rand()
        if chance < 0.25:
            return self._reply(root, provider, self._voice.plain(provider, "relay", file="vouch"), "thanks")
        relation, kind = ("retweeted", "repost") if chance < 0.75 else ("quoted", "relay")
        said = Said("") if kind == "repost" else self._voice.plain(provider, "relay", file="vouch")
        made = self._id(ms)
        return Post(
            made,
            ms,
            provider,
            said,
            kind,
            made,
            root,
            relation,
            mentions=(root.author,) if kind == "repost" else (),
        )

    def _show(self) -> Iterator[Post]:
        provider = self._someone("provider")
        link = self._link()
        root = self._root(provider, self._voice.shown(provider, link), "shown")
        root.link = link
        yield root
        while self._rand() < 0.3:
            yield from self._asked(root)

    def _chat(self) -> Iterator[Post]:
        who = self._someone(
            "bystander", "bystander", "bystander", "bystander", "bystander", "fan", "customer"
        )
        near = who.role == "bystander" and self._rand() < 0.07
        root = self._root(who, self._voice.plain(who, "near_miss" if near else "daily"), "chat")
        yield root
        last = root
        while self._rand() < 0.5:
            other = self._someone("bystander", "bystander", "fan")
            last = self._reply(last, other, self._voice.plain(other, "chat_reply"), "chat")
            yield last

    def _cheer(self) -> Iterator[Post]:
        fan, provider = self._someone("fan"), self._someone("provider")
        said = self._voice.plain(fan, "fan")
        said.text = f"{provider.at} {said.text}"
        root = self._root(fan, said, "fan")
        root.mentions = (provider,)
        yield root

    def _mutter(self) -> Iterator[Post]:
        who = self._someone("provider", "provider", "customer", "broker")
        root = self._root(who, self._voice.plain(who, _MUTTERS[who.role]), "mutter")
        yield root
        if self._rand() < 0.2:
            yield self._reply(root, who, self._voice.plain(who, _MUTTERS[who.role]), "mutter")

    def _research(self) -> Iterator[Post]:
        who, link = self._someone("researcher"), self._link()
        root = self._root(who, self._voice.plain(who, "research", more={"link": link}), "research")
        root.link = link
        yield root

    def _orphan(self) -> Iterator[Post]:
        """A reply to a post that was never collected."""
        ms = self._ms
        asks = self._rand() < 0.5
        who = self._someone("customer") if asks else self._someone("bystander")
        to = self._someone("provider") if asks else self._someone("bystander")
        said = self._voice.plain(who, "ask" if asks else "chat_reply")
        said.text = f"{to.at} {said.text}"
        gone = self._id(ms - 7_200_000)
        post = Post(
            self._id(ms), ms, who, said, "ask" if asks else "chat", gone, None, "replied_to", gone, (to,)
        )
        yield post
        if asks and self._rand() < 0.5:
            yield self._answer(post, to)

    def _self_parent(self) -> Iterator[Post]:
        """Damage as real files have it: a post that names itself as parent."""
        who = self._someone("bystander")
        post = self._root(who, self._voice.plain(who, "daily"), "chat")
        post.parent, post.relation = post, "replied_to"
        yield post

    def _context(self) -> Iterator[Post]:
        """A quotation of a post that only comes along."""
        who, author = self._someone("bystander"), self._someone("bystander")
        ms = self._ms - 86_400_000
        original = Post(self._id(ms), ms, author, self._voice.plain(author, "daily"), "chat", "")
        original.conversation = original.id
        quote = self._root(who, self._voice.plain(who, "chat_reply"), "chat")
        quote.parent, quote.relation, quote.context = original, "quoted", original
        yield quote

    def _link(self) -> str:
        letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
        return "https://t.co/" + "".join(pick(letters, self._rand) for _each in range(10))
