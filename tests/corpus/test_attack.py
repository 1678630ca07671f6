"""Whoever holds a study but not its key, and can guess every identifier, learns nothing: no guess can be tested."""

from __future__ import annotations

import base64
import hashlib
import random
import re
import shutil
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest
from canary_search import contents
from numpy.typing import NDArray
from test_importing import post, write

from makna.corpus import keys
from makna.library import Library, Study

ACCOUNTS = 40
HASHES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "sha3_512", "blake2b", "blake2s")
PERSONS = (b"", b"post", b"account", b"handle", b"name", b"part", b"content", b"conversation")
_INTEGER = re.compile(rb"\d{7,20}")


def handle(n: int) -> str:
    """An invented handle that no word list holds."""
    return f"wrq{chr(97 + n // 26)}{chr(97 + n % 26)}zk_lapak"


def phone(n: int) -> str:
    """An invented number."""
    return f"0834{71_000_000 + 137 * n:08d}"


def posts() -> list[dict[str, object]]:
    """Posts of many accounts that mention each other and give contacts."""
    made: list[dict[str, object]] = []
    for n in range(3 * ACCOUNTS):
        who, other = n % ACCOUNTS, (n + 7) % ACCOUNTS
        text = f"hai @{handle(other)} kabar {n} wa {phone(who)} surel {handle(who)}@contoh.id ya"
        one = post(n, parent=n - 1 if n % 3 else None, handle=handle(who), text=text)
        one["author_id"] = one["author"]["id"] = str(77_000_000_000 + 9_973 * who)
        made.append(one)
    return made


def identifiers() -> Iterator[str]:
    """Everything that the source tells of a person, in the spellings one would guess."""
    for n in range(ACCOUNTS):
        yield from (handle(n), f"@{handle(n)}", f"Nama {handle(n)}", f"{handle(n)}@contoh.id")
        yield from (phone(n), f"+62{phone(n)[1:]}", f"62{phone(n)[1:]}", str(77_000_000_000 + 9_973 * n))
    for n in range(3 * ACCOUNTS):
        yield str(1_700_000_000_000_000_000 + n)


def digests(value: bytes) -> Iterator[bytes]:
    """The usual hashes of *value*, and Makna's own without a key or with a key anybody could guess."""
    for name in HASHES:
        yield hashlib.new(name, value).digest()
    for person in PERSONS:
        for key in (b"", bytes(16), bytes(32), b"makna"):
            yield hashlib.blake2b(value, digest_size=8, key=key, person=person).digest()
    yield zlib.crc32(value).to_bytes(4, "little")
    yield zlib.adler32(value).to_bytes(4, "little")


class Attack:
    """Looks for every guess in every byte and every value of a folder."""

    def __init__(self) -> None:
        self._windows: dict[int, str] = {}  # 8 bytes as a number -> the identifier they would betray
        self._pairs: dict[tuple[int, int], str] = {}  # 16 characters of a written digest
        self._numbers: dict[int, str] = {}
        for identifier in identifiers():
            self._guess(identifier)
        self._one, self._first = _Sieve(self._windows), _Sieve(first for first, _second in self._pairs)

    def _guess(self, identifier: str) -> None:
        for spelled in {identifier, identifier.lower(), identifier.upper()}:
            value = spelled.encode()
            for digest in digests(value):
                self._digest(digest, identifier)
            if len(value) >= 8:
                self._windows[_number(value[:8])] = identifier
        if identifier.isdigit():
            self._numbers[int(identifier)] = identifier
            self._windows[int(identifier) & (1 << 64) - 1] = identifier

    def _digest(self, digest: bytes, identifier: str) -> None:
        for part in {digest[:8], digest[-8:]}:
            for order in ("little", "big"):
                number = int.from_bytes(part, order)  # type: ignore[arg-type]
                if len(part) == 8:
                    self._windows[number] = identifier
                    self._numbers[number - (1 << 64)] = identifier
                self._numbers[number] = identifier
        for written in (digest.hex(), digest.hex().upper(), base64.b64encode(digest).decode()):
            if len(written) >= 16:
                self._pairs[_number(written[:8].encode()), _number(written[8:16].encode())] = identifier

    def on(self, folder: Path) -> set[str]:
        """What is betrayed, and where."""
        found = set()
        for name, content in contents(folder):
            windows = _windows(content)
            seen = {int(windows[at]) for at in self._one.maybe(windows)} & self._windows.keys()
            found |= {f"{self._windows[n]} in {name}" for n in seen}
            for at in self._first.maybe(windows[:-8]):
                if who := self._pairs.get((int(windows[at]), int(windows[at + 8]))):
                    found.add(f"{who} written in {name}")
            numbers = {int(n) for n in _INTEGER.findall(content)}
            found |= {f"{self._numbers[n]} as a number in {name}" for n in numbers & self._numbers.keys()}
        return found


class _Sieve:
    """Tells fast which of many numbers may be among the *guesses*."""

    def __init__(self, guesses: Iterable[int]) -> None:
        self._bits = np.zeros(1 << 24, bool)
        self._bits[np.array([*guesses], np.uint64) & np.uint64((1 << 24) - 1)] = True

    def maybe(self, numbers: NDArray[np.uint64]) -> list[int]:
        """Where they stand."""
        return [int(at) for at in np.flatnonzero(self._bits[numbers & np.uint64((1 << 24) - 1)])]


def _number(eight: bytes) -> int:
    return int.from_bytes(eight, "little")


def _windows(content: bytes) -> NDArray[np.uint64]:
    """Every eight bytes of *content* as a number, in order."""
    if len(content) < 8:
        return np.empty(0, np.uint64)
    data = np.frombuffer(content, np.uint8)
    return np.lib.stride_tricks.sliding_window_view(data, 8).copy().view("<u8").reshape(-1)


@pytest.fixture(scope="module")
def attack() -> Attack:
    """The guesses, made once."""
    return Attack()


@pytest.fixture
def studies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Study, Study]:
    """Two studies of the same file."""
    monkeypatch.setenv("MAKNA_CONFIG", str(tmp_path / "config"))
    chance = random.Random(11)
    monkeypatch.setattr(keys.secrets, "token_bytes", chance.randbytes)
    file = write(tmp_path / "posts.jsonl", posts())
    made = []
    for name in ("a", "b"):
        study = Library(tmp_path / "library").create(name)
        study.add(file)
        made.append(study)
    return made[0], made[1]


@pytest.mark.parametrize(
    "planted",
    [
        hashlib.sha256(handle(3).encode()).hexdigest().encode(),
        b"--" + hashlib.md5(phone(5).encode()).digest(),
        base64.b64encode(hashlib.sha1(f"@{handle(1)}".encode()).digest()),
        str(zlib.crc32(b"1700000000000000004")).encode(),
        str(77_000_000_000 + 9_973 * 8).encode(),
        b"x" + hashlib.blake2b(handle(9).encode(), digest_size=8, person=b"handle").digest(),
        handle(2).upper().encode(),
    ],
)
def test_the_attack_finds_what_is_planted(attack: Attack, tmp_path: Path, planted: bytes) -> None:
    """Each kind of trace is seen where there is one."""
    (tmp_path / "left.bin").write_bytes(b"some bytes before " + planted + b" and after")
    assert attack.on(tmp_path)


def test_nothing_stored_lets_a_guess_be_tested(attack: Attack, studies: tuple[Study, Study]) -> None:
    """No plain, hashed or weakly keyed trace of any identifier stands in the study, its links and its index."""
    for study in studies:
        assert study.run(study.authors).num_rows >= ACCOUNTS
        assert attack.on(study.folder) == set()


def test_after_sealing_also_the_configuration_holds_nothing(
    attack: Attack, studies: tuple[Study, Study], tmp_path: Path
) -> None:
    """Key and links are gone; what is left betrays nobody."""
    for study in studies:
        study.seal()
        assert not (study.folder / "links").exists()
    assert attack.on(tmp_path / "config") == set()
    assert attack.on(tmp_path / "library") == set()


def test_two_studies_of_one_file_share_nothing_that_came_from_an_identifier(
    studies: tuple[Study, Study],
) -> None:
    """No pseudonym, no MAC and no token made of one; so nobody can join the two."""
    names, macs, tokens = [], [], []
    for study in studies:
        names.append(study.run(study.authors.order_by("author_id"))["pseudonym"].to_pylist())
        links = study.folder / "links" / "0001"
        macs.append(
            {
                int(n)
                for f in ("posts", "contents", "nodes", "accounts", "accounts_name")
                for n in np.load(links / f"{f}.npy")
            }
        )
        words = study.words()["token"].to_pylist()
        tokens.append({word for word in words if word.startswith("⟦@")})
    assert len(names[0]) == len(names[1]) >= ACCOUNTS
    assert not [a for a, b in zip(*names, strict=True) if a == b]
    assert len(macs[0]) > 4 * ACCOUNTS
    assert not macs[0] & macs[1]
    assert len(tokens[0]) >= ACCOUNTS
    assert not tokens[0] & tokens[1]


def test_a_copy_of_the_study_says_no_more(
    attack: Attack, studies: tuple[Study, Study], tmp_path: Path
) -> None:
    """What a colleague gets without the key, moved to another place, betrays nothing either."""
    copy = tmp_path / "copy"
    shutil.copytree(studies[0].folder, copy)
    assert attack.on(copy) == set()
