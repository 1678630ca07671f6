"""References are right APA 7, for each kind of work a thesis cites, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from makna.report.blocks import Inline, plain
from makna.report.references import References


def year(*parts: int) -> dict[str, Any]:
    return {"date-parts": [list(parts)]}


ONE, TWO = {"family": "Blumer", "given": "Herbert"}, {"family": "van der Contoh", "given": "A. B."}
ARTICLE = {
    "type": "article-journal",
    "title": "Trust among strangers",
    "author": [ONE, TWO],
    "container-title": "Jurnal Contoh",
    "volume": "12",
    "issue": "3",
    "page": "101-120",
    "issued": year(2007),
    "DOI": "10.0000/abc",
}
BOOK = {
    "type": "book",
    "title": "Symbolic interactionism: Perspective and method",
    "author": [ONE],
    "publisher": "Prentice-Hall",
    "publisher-place": "Englewood Cliffs",
    "issued": year(1969),
}
CHAPTER = {
    "type": "chapter",
    "title": "Reselling as talk",
    "author": [TWO],
    "editor": [{"family": "Misal", "given": "Jo"}, {"family": "Umpama", "given": "R."}],
    "container-title": "Handbook of markets",
    "edition": "2",
    "page": "33-50",
    "publisher": "Contoh Press",
    "issued": year(2010),
}
THESIS = {
    "type": "thesis",
    "genre": "Skripsi sarjana",
    "title": "Makna jastip",
    "author": [{"family": "Sari"}],
    "publisher": "Universitas Contoh",
    "issued": year(2019),
    "URL": "https://repo.example.org/1",
}
PAGE = {
    "type": "webpage",
    "title": "Digital 2021",
    "author": [{"literal": "Badan Contoh"}],
    "container-title": "Badan Contoh",
    "issued": year(2021, 2, 11),
    "URL": "https://www.example.org/x",
}
UNDATED = {
    "type": "webpage",
    "title": "No date",
    "author": [{"family": "Nil", "given": "O."}],
    "URL": "https://www.example.org/n",
}
EDITED = {
    "type": "book",
    "title": "Edited",
    "editor": [{"family": "Nil", "given": "O."}],
    "publisher": "X",
    "issued": year(2001),
}
NOBODY = {"type": "book", "title": "No author", "publisher": "X", "issued": year(2001)}
MANY = {
    "type": "article-journal",
    "title": "Many",
    "author": [{"family": f"A{chr(97 + n)}", "given": "B."} for n in range(22)],
    "container-title": "J",
    "issued": year(2020),
}


def listed(*works: dict[str, Any], language: str = "en") -> list[str]:
    return [plain(entry) for entry in References([(n, w) for n, w in enumerate(works)], language).listed()]


@pytest.mark.parametrize(
    ("work", "english", "indonesian"),
    [
        (ARTICLE, "Blumer, H., & van der Contoh, A. B. (2007). Trust among strangers. Jurnal Contoh, 12(3), 101–120. https://doi.org/10.0000/abc", None),
        (BOOK, "Blumer, H. (1969). Symbolic interactionism: Perspective and method. Prentice-Hall.", None),
        (CHAPTER, "van der Contoh, A. B. (2010). Reselling as talk. In J. Misal & R. Umpama (Eds.), Handbook of markets (2nd ed., pp. 33–50). Contoh Press.",
         "van der Contoh, A. B. (2010). Reselling as talk. Dalam J. Misal & R. Umpama (Ed.), Handbook of markets (ed. ke-2, hlm. 33–50). Contoh Press."),
        (THESIS, "Sari. (2019). Makna jastip [Skripsi sarjana, Universitas Contoh]. https://repo.example.org/1", None),
        (PAGE, "Badan Contoh. (2021, February 11). Digital 2021. https://www.example.org/x", "Badan Contoh. (2021, 11 Februari). Digital 2021. https://www.example.org/x"),
        (UNDATED, "Nil, O. (n.d.). No date. https://www.example.org/n", "Nil, O. (t.t.). No date. https://www.example.org/n"),
        (EDITED, "Nil, O. (Ed.). (2001). Edited. X.", None),
        (NOBODY, "No author. (2001). X.", None),
    ],
    ids=["article", "book", "chapter", "thesis", "page", "undated", "edited", "no author"],
)  # fmt: skip
def test_apa(work: dict[str, Any], english: str, indonesian: str | None) -> None:
    """The entry is what the Publication Manual asks for; Indonesian differs in its words alone."""
    assert listed(work) == [english]
    assert listed(work, language="id") == [indonesian or english]


def test_titles_stand_in_italics_as_apa_says() -> None:
    """The journal and its volume, not the article; the book itself."""

    def italics(work: dict[str, Any]) -> list[str]:
        return [s.text for s in References([(1, work)], "en").listed()[0] if s.style == "em"]

    assert italics(ARTICLE) == ["Jurnal Contoh", "12"]
    assert italics(BOOK) == ["Symbolic interactionism: Perspective and method"]
    assert italics(CHAPTER) == ["Handbook of markets"]


def test_twenty_two_authors_are_nineteen_and_the_last() -> None:
    """APA 7, section 9.8: more than twenty authors are cut after the nineteenth."""
    (entry,) = listed(MANY)
    assert entry.startswith("Aa, B., Ab, B.")
    assert "As, B., … Av, B. (2020)" in entry
    assert "At, B." not in entry


def test_same_author_and_year_are_told_apart() -> None:
    """1969a and 1969b, in the order of the list, in the citation as in the entry."""
    works = References([(7, BOOK), (8, {**BOOK, "title": "A first word"})], "en")
    assert [plain(e)[:21] for e in works.listed()] == ["Blumer, H. (1969a). A", "Blumer, H. (1969b). S"]
    assert said(works.cite(7)) == "(Blumer, 1969b)"
    assert said(works.cite(8)) == "(Blumer, 1969a)"


def said(text: Inline | None) -> str:
    return plain(text or ())


def test_citations_by_key_are_one_in_order_and_name_what_is_missing() -> None:
    """A concept that names a work the study lacks says so."""
    works = References([(1, {**CHAPTER, "id": "c"}), (2, {**BOOK, "id": "b"})], "en")
    cited, missing = works.cite_keys(["c", "nowhere", "b"])
    assert plain(cited) == "(Blumer, 1969; van der Contoh, 2010)"
    assert missing == ["nowhere"]
    assert works.cite(99) is None


def test_et_al_in_both_languages() -> None:
    """Three authors and more are cited by the first."""
    assert said(References([(1, MANY)], "en").cite(1)) == "(Aa et al., 2020)"
    assert said(References([(1, MANY)], "id").cite(1)) == "(Aa dkk., 2020)"


def test_only_dois_are_links() -> None:
    """No other address leads out of a report."""
    spans = [s for w in (ARTICLE, THESIS) for s in References([(1, w)], "en").listed()[0]]
    assert [s.href for s in spans if s.href] == ["https://doi.org/10.0000/abc"]


def test_no_work_is_no_list() -> None:
    """A study without literature has an empty list, not an error."""
    assert References([], "id").listed() == []


def test_names_written_small_keep_their_initials() -> None:
    """danah boyd is cited as boyd and listed as boyd, d. m. (her own spelling)."""
    work = {
        "id": "boyd2007", "type": "book", "title": "A title", "issued": {"date-parts": [[2007]]}, "publisher": "House",
        "author": [{"family": "boyd", "given": "danah m."}, {"family": "Ellison", "given": "Nicole B."}],
    }  # fmt: skip
    made = References([(1, work)], "en")
    assert plain(made.listed()[0]).startswith("boyd, d. m., & Ellison, N. B. (2007).")
