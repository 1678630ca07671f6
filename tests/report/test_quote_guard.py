"""The guard refuses what a search engine could follow back to a post, and lets honest paraphrase pass."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makna.errors import SearchableParaphrase
from makna.report import quote_guard
from makna.report.quote_guard import Wording, breaches, letters, words

POSTS = (
    "makasih kak barangnya sudah sampai dengan selamat, packing rapi banget",
    "slot titip tas kanvas minggu ini tinggal tiga ya, format order ada di sorotan",
    "yang mau nitip langsung pindah kamar aja, di sini ramai",
    "besok aku terbang lewat Makassar, koper masih muat buat kerajinan rotan",
    "aman banget kak",
)
HONEST = (
    "Seorang pembeli memuji ketepatan dan kerapian sang penitip.",
    "Penjual menandai bahwa tempat pesanannya hampir habis.",
    "Peminat diarahkan ke percakapan yang tertutup.",
    "A buyer gives thanks in public and praises how the goods were wrapped.",
    "Sebuah akun mengumumkan rencana perjalanan dan sisa ruang di bagasinya.",
)


def breached(text: str, *posts: str, own: tuple[str, ...] = (), **more: object) -> bool:
    given_posts = posts or POSTS
    return bool(breaches([Wording("x", text, own, **more)], lambda: given_posts))  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "own"), list(zip(HONEST, (0, 1, 2, 0, 3), strict=True)))
def test_honest_paraphrase_passes(text: str, own: int) -> None:
    """Other words at another level of detail are not searchable."""
    assert not breached(text, own=(POSTS[own],))


@pytest.mark.parametrize("post", POSTS[:4])
@pytest.mark.parametrize(
    "change",
    [
        lambda p: p,
        lambda p: p.upper(),
        lambda p: f"Menurut seorang pembeli, {p} begitu katanya.",
        lambda p: " ".join(reversed(p.split())),
        lambda p: " ".join(p.split()[:6]),
        lambda p: p.replace("a", "aaa"),
        lambda p: p.replace(" ", ",  "),
        lambda p: "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalpha() else c for c in p),
        lambda p: " ".join(w for n, w in enumerate(p.split()) if n % 4 != 3),
    ],
    ids=["itself", "capitals", "framed", "reversed", "beginning", "elongated", "spaces", "full width", "thinned"],
)  # fmt: skip
def test_the_post_in_disguise_is_refused(post: str, change: object) -> None:
    """Changing case, order, spelling or frame does not make a post unsearchable, even where it is not the own post."""
    assert breached(change(post))  # type: ignore[operator]


def test_any_post_of_the_study_counts() -> None:
    """A paraphrase of one post may not repeat another."""
    assert breached("Ia menulis: koper masih muat buat kerajinan rotan.", own=(POSTS[0],))


def test_a_whole_short_post_is_refused() -> None:
    """A post of four words is found by its four words."""
    assert breached(
        "Kata pembeli: jualannya jujur selalu amanah, begitulah.", "jualannya jujur selalu amanah"
    )


def test_two_rare_words_are_refused_and_common_ones_are_not() -> None:
    """Two words that hardly any post has point to the one that has both; words of every post do not."""
    rare = "kemarin beli kain tenunsumba bareng ibukontrakan"
    others = ["jualan jastip lagi", "titip ongkir jastip murah"] * 20
    assert breached("Seorang pembeli menyebut tenunsumba dan ibukontrakan.", rare, *others)
    assert not breached("Penjual jastip menyebut ongkir.", *others)


def test_letters_of_the_own_post_count() -> None:
    """Glued and respelt words of its own post are seen by their letters."""
    assert breached("makasi kakk brangnya sudah sampe dgn selamatt pakingnya rapi bangett", own=(POSTS[0],))


def test_placeholders_lead_nowhere() -> None:
    """What the door put in is in thousands of posts, and no word of the author."""
    assert words("chat ⟦wa⟧ atau ⟦@Melati-042⟧ ya") == ["chat", "atau", "ya"]


def test_the_error_names_the_place_and_no_content() -> None:
    """The refusal says which evidence and what to do; it repeats no word of the post."""
    with pytest.raises(SearchableParaphrase) as caught:
        quote_guard.check([Wording("findings.toml, finding trust, evidence 2", POSTS[3])], lambda: POSTS)
    message = str(caught.value)
    assert "finding trust, evidence 2" in message
    assert "other words" in message
    assert not {"terbang", "Makassar", "koper", "rotan"} & set(message.split())


def test_every_breach_is_named_at_once() -> None:
    """A researcher mends all paraphrases in one go."""
    found = breaches([Wording("a", POSTS[0]), Wording("b", HONEST[0]), Wording("c", POSTS[1])], lambda: POSTS)
    assert [b.place for b in found] == ["a", "c"]


def test_posts_are_streamed() -> None:
    """The posts are taken one by one from a fresh iterator, never held."""
    asked = []

    def stream() -> Iterator[str]:
        asked.append(1)
        yield from POSTS

    breaches([Wording("a", "Pembeli memuji kerapian tenunsumba.")], stream)
    assert 1 <= len(asked) <= 2


def test_prose_may_meet_a_post_by_chance_for_six_words() -> None:
    """Ordinary phrases meet in longer prose: its limit is seven words in a row."""
    six = " ".join(POSTS[1].split()[:6])
    assert not breached(f"Di sini {six} saja.", run=7, terms=False)
    assert breached(" ".join(POSTS[1].split()[:7]), run=7, terms=False)


@given(st.lists(st.sampled_from(" ".join(POSTS).split()), min_size=5, max_size=12), st.integers(0, 7))
def test_a_run_of_five_is_always_found(post: list[str], at: int) -> None:
    """Wherever five words of a post stand in a paraphrase, it is refused."""
    at = min(at, len(post) - 5)
    run = " ".join(post[at : at + 5])
    if len(words(run)) >= 5:
        assert breached(f"Konon {run} demikian.", " ".join(post))


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_of_letters_is_a_measure(one: str, other: str) -> None:
    """It is symmetric, between 0 and 1, and 1 for the same words."""
    assert letters(one, other) == pytest.approx(letters(other, one))
    assert -1e-9 <= letters(one, other) <= 1 + 1e-9
    assert letters(one, one) == pytest.approx(1.0 if words(one) else 0.0)
