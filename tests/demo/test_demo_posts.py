"""The generated posts: their forms, their structure, and what must never stand in them."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest

from makna.corpus.disguise.minors import under_18_cue
from makna.corpus.disguise.signs import parts
from makna.corpus.model import Relation
from makna.corpus.records import RawDocument, RawPost, RawRecord, Rejection
from makna.demo import Truth, generate, generate_posts
from makna.demo.people import ROLES, Crowd, person
from makna.demo.phrases import book
from makna.demo.sources import HARVEST, POSTS, STATUSES
from makna.demo.truth import read

Generated = tuple[Path, Truth]
Records = dict[str, list[RawRecord]]
INSIDERS = {"provider", "customer", "broker"}
EXPLICIT = re.compile(
    r"\b(?:sex|seks\w*|porn\w*|bugil|telanjang|nude\w*|naked|sange\w*|birahi|orgasm\w*|penis|vagina|payudara|ejakulasi|"
    r"oral|anal|bdsm|fetish\w*|vcs|threesome|hardcore|horny|mesum|cabul|zina|lonte|pelacur|perek|whore|slut|hooker)\b",
    re.IGNORECASE,
)
YOUTH = re.compile(
    r"\b(?:abg|sma|smp|smk|sd|pelajar|siswi?|siswa|bocil|daun muda|gadis|remaja|teen\w*|schoolgirl|sekolah)\b",
    re.I,
)
PHONE = re.compile(r"(?:\+?62[ -]?|\b0)8\d[\d -]{6,}\d")


def _posts(records: Records, file: str) -> list[RawPost]:
    return [r for r in records[file] if isinstance(r, RawPost)]


def _own(records: Records) -> list[RawPost]:
    """All posts but those planted to show that minors stay outside."""
    every = [p for file in (POSTS, HARVEST, STATUSES) for p in _posts(records, file)]
    return [p for p in every if not under_18_cue(p.text)]


def _digest(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    """The same seed gives the same bytes in every file and the same truth; another seed gives others."""
    first = generate(tmp_path / "a", seed=5, posts=300)
    again = generate(tmp_path / "b", seed=5, posts=300)
    generate(tmp_path / "c", seed=6, posts=300)
    assert _digest(tmp_path / "a") == _digest(tmp_path / "b")
    assert first == again
    other, mine = _digest(tmp_path / "c"), _digest(tmp_path / "a")
    assert all(
        other[name] != mine[name]
        for name in (POSTS, HARVEST, STATUSES, "wawancara-1.docx", "wawancara-5.srt")
    )


def test_truth_stays_outside_the_sources(demo: Generated, tmp_path: Path) -> None:
    """No truth lies among the source files; written elsewhere, it reads back as it was."""
    folder, truth = demo
    assert not list(folder.glob("*truth*"))
    truth.write(tmp_path / "truth.json")
    assert read(tmp_path / "truth.json") == truth


def test_counts(demo: Generated, records: Records) -> None:
    """3,000 posts of at least 60 accounts in all roles; the planted repeats, minors and the broken line are what the truth says."""
    _folder, truth = demo
    posts = _posts(records, POSTS)
    rejected = {file: sum(isinstance(r, Rejection) for r in found) for file, found in records.items()}
    young = {
        file: n
        for file in (POSTS, HARVEST, STATUSES)
        if (n := sum(under_18_cue(p.text) for p in _posts(records, file)))
    }
    counts = Counter(p.id for p in posts)
    assert sum(not p.context for p in posts) == 3000 + truth.repeated[POSTS] + truth.minors[POSTS]
    assert len(truth.roles) >= 60
    assert all(n >= 5 for n in Counter(truth.roles.values()).values())
    assert set(truth.roles.values()) == set(ROLES)
    assert young == truth.minors == {POSTS: 2}
    assert {file: n for file, n in rejected.items() if n} == truth.rejected == {POSTS: 1}
    assert sum(n - 1 for n in counts.values()) == truth.repeated[POSTS] > 0
    assert {p.id for p in posts if p.context} == set(truth.contexts)


@pytest.mark.parametrize("file", [POSTS, HARVEST, STATUSES])
def test_order_leads_from_document_to_truth(demo: Generated, records: Records, file: str) -> None:
    """What is kept of a file, in its order, is what the truth lists in order: document n is entry n."""
    _folder, truth = demo
    earlier = set(truth.order[POSTS]) if file != POSTS else set()
    kept = dict.fromkeys(
        p.id for p in _posts(records, file) if not under_18_cue(p.text) and p.id not in earlier
    )
    assert tuple(kept) == truth.order[file]
    assert truth.ordinals(file)[truth.order[file][7]] == 7


def test_lines_have_the_size_of_real_ones(demo: Generated) -> None:
    """A line of the large file has 3 to 4 kB on average, and all fields a flat post of twarc2 has."""
    lines = (demo[0] / POSTS).read_bytes().splitlines()
    assert 3000 <= sum(map(len, lines)) / len(lines) <= 4100
    post = orjson.loads(lines[0])
    assert {
        "author",
        "conversation_id",
        "created_at",
        "public_metrics",
        "context_annotations",
        "__twarc",
    } <= post.keys()
    assert {"description", "username", "name", "created_at", "public_metrics"} <= post["author"].keys()
    assert post["author_id"] == post["author"]["id"]


def test_posts_fall_into_the_period_of_the_study(demo: Generated, records: Records) -> None:
    """All posts of the large file were written from January to the first days of April 2021, and its ids tell their times."""
    begin, end = datetime(2021, 1, 1, tzinfo=UTC).timestamp(), datetime(2021, 4, 10, tzinfo=UTC).timestamp()
    for post in _own(records):
        assert begin - 86_400 <= (post.sent or 0) <= end
        assert abs((int(post.id or 0) >> 22) / 1000 + 1_288_834_974.657 - (post.sent or 0)) <= 1


def test_entities_point_at_what_they_name(demo: Generated) -> None:
    """Offsets of mentions, hashtags and links are code points into the text."""
    seen: Counter[str] = Counter()
    for line in (demo[0] / POSTS).read_bytes().splitlines():
        if not line.endswith(b"}"):
            continue
        post = orjson.loads(line)
        for name, key, sign in (("mentions", "username", "@"), ("hashtags", "tag", "#"), ("urls", "url", "")):
            for one in post.get("entities", {}).get(name, ()):
                if one["end"] <= len(post["text"]) and "…" not in post["text"]:
                    assert post["text"][one["start"] : one["end"]] == sign + one[key]
                    seen[name] += 1
    assert min(seen.values()) > 20 and len(seen) == 3


def test_conversations_are_real(demo: Generated, records: Records) -> None:
    """Replies, quotations, reposts, missing parents, self-parents, self-replies, and replies before their parents all occur."""
    _folder, truth = demo
    posts = [p for p in _posts(records, POSTS) if not p.context]
    place = {p.id: n for n, p in enumerate(posts)}
    author = {p.id: p.account.id for p in posts if p.account}
    relations = Counter(p.relation for p in posts)
    assert all(relations[r] > 10 for r in Relation)
    assert any(
        p.parent_id in author and p.account and author[p.parent_id] == p.account.id != p.id for p in posts
    )
    assert sum(p.parent_id in place and place[p.parent_id] > n for n, p in enumerate(posts)) > 20
    self_parents = {p.id for p in posts if p.parent_id == p.id}
    assert self_parents == set(truth.self_parents) & set(place) and self_parents
    gone = {
        p.id for p in posts if p.parent_id and p.parent_id not in place and p.parent_id not in truth.contexts
    }
    assert set(truth.missing_parents) & set(place) <= gone
    depth: dict[str, int] = defaultdict(int)
    for post in sorted(posts, key=lambda p: p.sent or 0):
        if post.parent_id in place and post.parent_id != post.id:
            depth[post.id or ""] = depth[post.parent_id or ""] + 1
    assert max(depth.values()) >= 4


def test_parents_agree_with_the_truth(demo: Generated, records: Records) -> None:
    """The reader finds the parents that the generator wrote, and nobody answers what is yet to be written."""
    _folder, truth = demo
    posts = {p.id: p for p in _posts(records, POSTS) if not p.context}
    for child, parent in truth.replies.items():
        if child in posts:
            assert posts[child].parent_id == parent
            assert (posts[child].sent or 0) >= (posts[parent].sent or 0)


def test_the_csv_continues_conversations(demo: Generated, records: Records) -> None:
    """The smaller files name accounts and conversations of the large one, so that batches can be linked."""
    talks = {p.conversation_id for p in _posts(records, POSTS)}
    people = {p.account.id for p in _posts(records, POSTS) if p.account}
    for file in (HARVEST, STATUSES):
        assert sum(p.account is not None and p.account.id in people for p in _posts(records, file)) > 20
    assert sum(p.conversation_id in talks for p in _posts(records, HARVEST)) > 10


def test_texts_vary(demo: Generated, records: Records) -> None:
    """Texts are not near-identical but where an account repeats its own template."""
    _folder, truth = demo
    repeated = {post for ids in truth.templates.values() for post in ids}
    spoken = [
        re.sub(r"@\w+ ?", "", p.text) for p in _posts(records, POSTS) if p.text and p.id not in repeated
    ]
    long = [text for text in spoken if len(text) > 40]
    assert len(set(long)) > 0.9 * len(long)
    assert sum(len(ids) for ids in truth.templates.values()) > 100


def test_words_of_every_kind_are_left_out(records: Records) -> None:
    """No explicit word stands in any post, profile, transcript or note; no word of youth in what is offered."""
    texts = [p.text for p in _own(records)]
    profiles = [f"{p.account.name} {p.account.bio}" for p in _own(records) if p.account]
    spoken = [
        t.text
        for found in records.values()
        for r in found
        if isinstance(r, RawDocument) and not r.csl
        for t in r.turns
    ]
    assert [t for t in [*texts, *profiles, *spoken] if EXPLICIT.search(t)] == []
    assert [t for t in [*texts, *profiles] if YOUTH.search(t)] == []
    assert EXPLICIT.search("kata bugil") and YOUTH.search("anak SMA")


def test_nobody_is_under_18(records: Records) -> None:
    """Outside the two planted records no text, profile or transcript bears a cue of an age under 18."""
    texts = [p.account.bio or "" for p in _own(records) if p.account]
    texts += [
        t.text for found in records.values() for r in found if isinstance(r, RawDocument) for t in r.turns
    ]
    assert [t for t in texts if under_18_cue(t)] == []
    ages = [
        int(n)
        for p in _own(records)
        for n in re.findall(r"\b(\d\d)\+", f"{p.text} {p.account.bio if p.account else ''}")
    ]
    assert ages and min(ages) >= 18


def test_numbers_belong_to_nobody(demo: Generated) -> None:
    """Every phone number has a prefix that no operator uses: 0834, 0835 or 0836."""
    found = []
    for path in demo[0].iterdir():
        if path.suffix in (".jsonl", ".csv", ".txt", ".md", ".toml", ".srt", ".vtt"):
            texts = path.read_text(encoding="utf-8")
            if path.suffix == ".jsonl":
                texts = "\n".join(re.findall(r'"(?:text|full_text|description)":"((?:[^"\\]|\\.)*)"', texts))
            found += PHONE.findall(re.sub(r"\d{15,}", "", texts))
    digits = [re.sub(r"\D", "", f) for f in found]
    assert len(digits) > 50
    assert [d for d in digits if not re.match(r"(?:62|0)83[456]", d)] == []


def test_argot_is_the_insiders(demo: Generated, records: Records) -> None:
    """Each of at least 15 terms is used by providers and customers, in several spellings; by outsiders only to ask."""
    _folder, truth = demo
    assert len(truth.argot) >= 15
    texts = " ".join(p.text.lower() for p in _own(records))
    for term, facts in truth.argot.items():
        assert set(facts.users) <= INSIDERS
        assert facts.users.get("customer", 0) >= 3, term
        assert facts.users.get("provider", 0) + facts.users.get("broker", 0) >= 3, term
        assert sum(v in texts for v in facts.variants) > 1, term
    outside = {h for h, role in truth.roles.items() if role not in INSIDERS}
    askers = {truth.authors[post] for post in truth.questions}
    assert askers <= outside and len(askers) >= 5
    assert set(truth.questions.values()) <= set(truth.argot)


def test_roles_behave_as_roles(demo: Generated) -> None:
    """Providers and brokers promote and invite, customers vouch, bystanders do neither."""
    _folder, truth = demo
    role = {post: truth.roles[handle] for post, handle in truth.authors.items()}
    assert {role[p] for p in truth.moves} == {"provider", "broker"}
    assert {role[p] for p in truth.invitations} == {"provider", "broker", "customer"}
    assert {role[p] for p in truth.testimonials} == {"provider", "customer"}
    assert {role[p] for p in truth.relays} == {"provider"}
    assert set(truth.invitations.values()) == {"dm", "wa", "telegram", "line", "private"}
    moves = Counter(move for found in truth.moves.values() for move in found)
    assert (
        set(moves) == {"offer", "terms", "place", "condition", "contact", "tag"} and min(moves.values()) > 100
    )
    assert all(("contact" in found) == (post in truth.invitations) for post, found in truth.moves.items())


def test_signs_are_shared_and_seen(demo: Generated, records: Records) -> None:
    """A sign of a role is carried by at least five of its accounts, where Makna's own reading of names sees it."""
    _folder, truth = demo
    accounts = {p.account.handle: p.account for p in _own(records) if p.account and p.account.name}
    for role, signs in truth.signs.items():
        for sign in signs:
            bearers = [
                a
                for a in accounts.values()
                if truth.roles.get(a.handle or "") == role and sign in parts(a.handle, a.name)
            ]
            assert len(bearers) >= 5, (role, sign)
    assert len(truth.signs["provider"]) >= 5 and truth.signs["broker"]


def test_handles_are_unique_and_fit() -> None:
    """Handles have at most 15 characters of X's alphabet and are never given twice, also far beyond the demo."""
    handles = [person(n, 2021).handle for n in range(3000)] + [
        person(n, 2021).handle for n in range(600_000, 600_500)
    ]
    assert len(set(handles)) == len(handles)
    assert all(re.fullmatch(r"\w{4,15}", h, re.ASCII) for h in handles)


def test_a_crowd_stays_small() -> None:
    """Ten million posts need no more accounts in memory than those who are active."""
    crowd = Crowd(666_666, 10_000_000, 2021)
    for _n in range(50_000):
        crowd.tick()
    held = sum(len(group) for group in crowd._by_role.values())
    assert held <= 2_100
    assert crowd._next > 5_000


def test_streaming_writes_as_many_posts_as_asked(tmp_path: Path) -> None:
    """The stream holds exactly the posts asked for beside the planted lines, the same for the same seed, with accounts that grow."""
    path = tmp_path / "posts.jsonl"
    lines = generate_posts(path, posts=5000, seed=3)
    data = path.read_bytes()
    ids = [orjson.loads(line)["id"] for line in data.splitlines() if line.endswith(b"}")]
    authors = {orjson.loads(line)["author_id"] for line in data.splitlines() if line.endswith(b"}")}
    assert lines == len(data.splitlines())
    assert len(set(ids)) == 5000 + 2
    assert 300 < len(authors) <= 5000 // 15 + 2
    generate_posts(path, posts=5000, seed=3)
    assert path.read_bytes() == data


def test_some_write_as_they_text() -> None:
    """Those who shorten words do so to whole words only; others write them out."""
    assert book().shortened("nggak bisa, bisanya besok") == "gak bs, bisanya besok"
    casual = [person(n, 1).casual for n in range(400)]
    assert 0.2 < sum(casual) / len(casual) < 0.5


def test_an_unknown_slot_is_an_error() -> None:
    """A phrase that names a slot nobody fills fails loudly and does not reach a file."""
    with pytest.raises(KeyError):
        book().render(book().compile("halo {nobody}"), lambda: 0.5, {})
