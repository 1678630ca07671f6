"""The invented accounts: roles, names, profiles and the signs they carry.

Account *i* is a pure function of (seed, i), so that ten million posts need no memory of their authors: only those
who are active at the time are kept (:class:`Crowd`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

import orjson

from makna.demo.phrases import Rand, deck, load, pick

ROLES = ("provider", "broker", "customer", "fan", "bystander", "researcher")
CASUAL = 0.35  # share of the accounts that write as they text
SIGNED = 0.8  # share of the accounts of a role whose names carry its signs
_ROUND = 100  # roles repeat after so many accounts, each round in an order of its own
_LONGEST = 15  # characters of a handle, as X allows
ACTIVE = 2_000  # accounts that talk at one time in a large crowd
EPOCH_2012, EPOCH_2020 = 1_325_376_000, 1_606_780_800


@dataclass(slots=True, eq=False)
class Person:
    """An invented account. *blob* and *mention* are its X API objects, encoded once."""

    index: int
    id: str
    role: str
    handle: str
    name: str
    bio: str
    city: str
    abbr: str
    location: str
    created: int
    followers: int
    signs: tuple[str, ...]
    casual: bool  # shortens everyday words
    bring: dict[str, str] = field(default_factory=dict)
    templates: list[Any] = field(default_factory=list)  # promoting posts that a provider repeats
    blob: Any = None
    mention: dict[str, Any] = field(default_factory=dict)

    @property
    def at(self) -> str:
        """The handle with its @."""
        return "@" + self.handle


@cache
def _roles_of_round(seed: int, number: int) -> tuple[str, ...]:
    shares = {role: load("people")["role"][role]["share"] for role in ROLES}
    roles = [role for role, share in shares.items() for _each in range(round(share * _ROUND))]
    Random(seed * 7919 + number).shuffle(roles)
    return tuple(roles)


def person(index: int, seed: int) -> Person:
    """Account number *index* of the crowd that *seed* makes."""
    rng = Random((seed << 32) + index)
    rand = rng.random
    roles = _roles_of_round(seed, index // _ROUND)
    role = roles[index % len(roles)]
    spec = load("people")["role"][role]
    city, abbr = pick(_cities(), rand)
    nick = _nick(index, seed)
    emoji, word = pick(spec["emoji"], rand), pick(spec["words"], rand)
    plain = rand() > SIGNED
    name = (
        nick.title()
        if plain
        else pick(spec["name"], rand).format(nick=nick.title(), emoji=emoji, word=word, abbr=abbr)
    )
    handle = _handle(nick, "{nick}" if plain else pick(spec["handle"], rand), word, abbr, index)
    bio = pick(spec["bio"], rand).format(emoji=emoji, word=word, city=city)
    who = Person(
        index=index,
        id=str(1_100_000_000_000_000_000 + index * 104_729 + rng.randrange(99_991)),
        role=role,
        handle=handle,
        name=name,
        bio=bio,
        city=city,
        abbr=abbr,
        location=city if rand() < 0.6 else "",
        created=EPOCH_2012 + int(rand() * (EPOCH_2020 - EPOCH_2012)),
        followers=int(10 ** (1 + 3 * rand())),
        casual=rand() < CASUAL,
        signs=() if plain else _visible((emoji, word, abbr), name, handle),
    )
    who.bring = _brings(who, nick, rng)
    _encode(who, rand)
    return who


@cache
def _cities() -> tuple[tuple[str, str], ...]:
    """(city, short form), the first heard most."""
    return deck(list(load("people")["city"].items()))


def _visible(signs: tuple[str, ...], name: str, handle: str) -> tuple[str, ...]:
    """Those of *signs* that stand apart in the display name or the handle, as anybody sees them."""
    pieces = set(re.split(r"[\W\d_]+", f"{name} {handle}".lower()))
    return tuple(s for s in signs if s in pieces or (not s.isalpha() and s in name))


def _nick(index: int, seed: int) -> str:
    """A nickname that no other account has: the index, scrambled, written in syllables."""
    syllables, endings = load("people")["syllables"], load("people")["endings"]
    n = (index * 7_919 + seed * 104_729) % (len(syllables) ** 3 * len(endings))
    n, ending = divmod(n, len(endings))
    n, first = divmod(n, len(syllables))
    third, second = divmod(n, len(syllables))
    middle = "" if third == 0 else str(syllables[third])
    return str(syllables[first]) + str(syllables[second]) + middle + str(endings[ending])


def _handle(nick: str, form: str, word: str, abbr: str, index: int) -> str:
    """A handle of at most 15 characters; the index at its end keeps handles apart."""
    tail = str((index * 37) % 90 + 10) if index < 90 else str(1_000 + index)
    return form.format(nick=nick, word=word, abbr=abbr)[: _LONGEST - len(tail)] + tail


def _brings(who: Person, nick: str, rng: Random) -> dict[str, str]:
    """What a person brings to any phrase: own city, number (only prefixes nobody has) and messenger id."""
    a, b, c = rng.randrange(4, 7), rng.randrange(1_000, 9_999), rng.randrange(1_000, 9_999)
    forms = (f"083{a}-{b}-{c}", f"083{a}{b}{c}", f"+62 83{a} {b} {c}", f"083{a} {b} {c}", f"6283{a}{b}{c}")
    return {
        "city": who.city,
        "kota": who.abbr,
        "phone": rng.choice(forms),
        "id": f"{nick}{rng.randrange(10, 99)}",
    }


def _encode(who: Person, rand: Rand) -> None:
    metrics = {
        "followers_count": who.followers,
        "following_count": int(rand() * 900) + 20,
        "tweet_count": int(rand() * 9_000) + 40,
        "listed_count": int(rand() * 6),
    }
    facts = {
        "created_at": stamp(who.created),
        "description": who.bio,
        "id": who.id,
        "name": who.name,
        "profile_image_url": f"https://pbs.twimg.com/profile_images/{who.id}/invented_normal.jpg",
        "protected": False,
        "public_metrics": metrics,
        "url": "",
        "username": who.handle,
        "verified": False,
    }
    if who.location:
        facts["location"] = who.location
    who.blob = orjson.Fragment(orjson.dumps(facts))
    who.mention = {key: facts[key] for key in facts if key not in ("protected", "verified", "url")}


def stamp(seconds: float) -> str:
    """*seconds* since the epoch as X API v2 writes them."""
    days, rest = divmod(int(seconds), 86_400)
    return f"{_day(days)}T{rest // 3600:02d}:{rest % 3600 // 60:02d}:{rest % 60:02d}.000Z"


@cache
def _day(days: int) -> str:
    return (date(1970, 1, 1) + timedelta(days)).isoformat()


class Crowd:
    """The accounts active at a time: all of a small crowd, a sliding window of a large one."""

    def __init__(self, total: int, posts: int, seed: int) -> None:
        self.total, self._seed = total, seed
        self._active = min(total, ACTIVE)
        self._next = 0
        self._by_role: dict[str, list[Person]] = {role: [] for role in ROLES}
        for _each in range(self._active):
            self._join()
        later = total - self._active
        self._every = max(1, posts // (later + 1)) if later else 0
        self._posts = 0

    def _join(self) -> None:
        who = person(self._next, self._seed)
        group = self._by_role[who.role]
        if self._next >= self._active and len(group) > 5:
            group[self._next % len(group)] = who
        else:
            group.append(who)
        self._next += 1

    def tick(self) -> None:
        """A post was written; now and then a newcomer takes the place of somebody."""
        self._posts += 1
        if self._every and self._posts % self._every == 0 and self._next < self.total:
            self._join()

    def one(self, role: str, rand: Rand) -> Person:
        """Somebody of *role*; the first of a group talk most."""
        group = self._by_role[role]
        return group[int(len(group) * rand() ** 1.7)]

    def one_of_all(self) -> Person:
        """The first account of all."""
        return next(group[0] for group in self._by_role.values() if group)
