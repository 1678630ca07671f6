"""What a report says, and what it never says, by edition, language and consent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from report_sample import (
    ARGOT_TERM,
    DESIGN,
    INFORMANTS,
    INPUTS,
    POSTS,
    informant,
    noted,
    post,
    said,
    with_evidence,
)

from makna.errors import ReportError, SearchableParaphrase
from makna.record.study_file import StudyDesign
from makna.record.toml_table import Text
from makna.report import html
from makna.report.blocks import Gap, Quote, Report, Table, plain
from makna.report.build import build
from makna.report.inputs import ReportInputs

Gettexts = dict[str, Callable[[str], str]]


@pytest.fixture
def make(gettexts: Gettexts) -> Callable[..., Report]:
    """Build with catalogues read from source."""
    return lambda inputs=INPUTS, **options: build(inputs, gettexts=gettexts, **options)


def blocks(report: Report, kind: type) -> list[Any]:
    return [b for v in report.versions for b in v.blocks if isinstance(b, kind)]


def quotes(report: Report) -> list[Quote]:
    return blocks(report, Quote)


def gaps(report: Report) -> str:
    return "\n".join(g.text for g in blocks(report, Gap))


@pytest.mark.parametrize("edition", ["public", "examiners"])
@pytest.mark.parametrize("language", ["id", "en", "both"])
def test_no_post_stands_verbatim_and_no_pseudonym_at_all(make: Any, edition: str, language: str) -> None:
    """No five words of a post in a row, and no account's pseudonym, in any edition and language."""
    page = html.render(make(edition=edition, language=language))
    for text in POSTS:
        tokens = text.split()
        assert not any(" ".join(tokens[n : n + 5]) in page for n in range(len(tokens) - 4))
    assert "Melati-" not in page
    assert "nonym" not in page  # neither "anonymous" nor "anonim" is ever claimed
    assert "anonim" not in page


def test_interview_quote_carries_informant_kind_and_month(make: Any) -> None:
    """ "(Informan 2, wawancara, Maret 2021)", and in English "(Informant 2, interview, March 2021)"."""
    inputs = with_evidence(passages=[said("Informan 2", "Karena testi.", 202)])
    (found,) = quotes(make(inputs))
    assert (found.manner, found.source) == ("verbatim", "(Informan 2, wawancara, Maret 2021)")
    (found,) = quotes(make(inputs, language="en"))
    assert found.source == "(Informant 2, interview, March 2021)"


def test_consent_decides_over_verbatim(make: Any) -> None:
    """Without the scope: the paraphrase; without a paraphrase: nothing but the reason."""
    passage = said("Informan 3", "Kalau sudah ada yang bilang aman, saya ikut.", 203)
    (found,) = quotes(make(with_evidence(passages=[passage])))
    assert found.manner == "withheld"
    assert "aman" not in plain(found.text)
    (found,) = quotes(make(with_evidence(passages=[passage], paraphrase=Text("Ia mengikuti pembeli lain."))))
    assert (found.manner, plain(found.text)) == ("paraphrase", "Ia mengikuti pembeli lain.")


def test_consent_given_after_the_report_does_not_count(make: Any) -> None:
    """A consent counts from its day on."""
    early = replace(
        with_evidence(passages=[said("Informan 2", "Karena testi.", 202)]),
        made_on=INPUTS.made_on.replace(year=2020),
    )
    assert quotes(make(early))[0].manner == "withheld"


def test_a_speaker_without_consent_is_withheld(make: Any) -> None:
    """Who is not in participants.toml is not quoted; the researcher's own words are."""
    passage = said("Informan 9", "Rahasia.", 209)
    assert quotes(make(with_evidence(passages=[passage])))[0].manner == "withheld"
    asked = replace(passage, place=replace(passage.place, role="researcher", participant=False, author=None))
    (found,) = quotes(make(with_evidence(passages=[asked]), language="en"))
    assert (found.manner, found.source) == ("verbatim", "(researcher, interview, March 2021)")


def test_a_quote_that_names_an_account_loses_the_name(make: Any) -> None:
    """A pseudonym inside an informant's words becomes "account": it never stands beside an interview quote."""
    for edition in ("public", "examiners"):
        (found,) = quotes(
            make(
                with_evidence(passages=[said("Informan 1", "Lihat ⟦@Melati-042⟧ itu.", 201)]), edition=edition
            )
        )
        assert plain(found.text) == "Lihat ⟦account⟧ itu."


def test_a_post_is_its_paraphrase_or_only_a_place(make: Any) -> None:
    """With a paraphrase the paraphrase, without one finding, time band and why; never a day."""
    (found,) = quotes(
        make(with_evidence(passages=[post(0)], paraphrase=Text(en="A buyer is grateful.")), language="en")
    )
    assert (found.manner, plain(found.text)) == ("paraphrase", "A buyer is grateful.")
    (found,) = quotes(make(with_evidence(passages=[post(0)]), language="en"))
    assert found.manner == "withheld"
    assert "lead to its author" in plain(found.text)
    assert found.source == "(an observed account, observation, January–March 2021)"


def test_a_paraphrase_of_several_posts_is_marked_as_composite(make: Any) -> None:
    """A composite says that it is one, and of how many."""
    inputs = with_evidence(passages=[post(0), post(1)], paraphrase=Text(en="People are grateful."))
    assert quotes(make(inputs, language="en"))[0].label == "composite paraphrase of 2 posts"


@pytest.mark.parametrize("field", ["paraphrase", "note"])
def test_searchable_wording_is_refused_wherever_it_is_written(make: Any, field: str) -> None:
    """A post's words in a paraphrase or a note stop the report, which names finding and evidence."""
    with pytest.raises(SearchableParaphrase, match=f"finding trust, evidence 1, {field}"):
        make(with_evidence(passages=[post(2)], **{field: Text(POSTS[1])}))


def test_searchable_claim_is_refused(make: Any) -> None:
    """A claim that quotes a post is refused too."""
    one = INPUTS.findings[0]
    copied = replace(one, finding=replace(one.finding, claim=Text(POSTS[1])))
    with pytest.raises(SearchableParaphrase, match="finding trust, claim"):
        make(replace(INPUTS, findings=(copied,)))


def test_a_field_note_that_repeats_a_post_is_withheld(make: Any) -> None:
    """A note written from the screen may hold a post's words: it is withheld, and the report goes on."""
    assert quotes(make(with_evidence(passages=[noted()])))[0].manner == "verbatim"
    copied = replace(noted(), text=f"Terbaca: {POSTS[0]}")
    (found,) = quotes(make(with_evidence(passages=[copied])))
    assert found.manner == "withheld"
    assert "packing" not in plain(found.text)


def test_terms_and_keywords_leave_in_the_examiners_edition_only(make: Any) -> None:
    """The public edition names no argot term and no keyword; the examiners' edition does, and is marked."""
    public, examiners = (html.render(make(edition=e, language="en")) for e in ("public", "examiners"))
    for word in (ARGOT_TERM, "kloter", "slot titip"):
        assert word not in public
        assert word in examiners
    assert "do not distribute" in examiners
    assert "do not distribute" not in public


def test_informants_are_coarsened_in_public(make: Any) -> None:
    """In public no combination of attributes is of one informant; the examiners see all."""

    def rows(edition: str) -> list[tuple[str, ...]]:
        table = next(t for t in blocks(make(edition=edition), Table) if t.columns[0] == "informan")
        return [row[1:-1] for row in table.rows]

    assert all(rows("public").count(row) >= 2 for row in rows("public"))
    assert ("utama", "pembeli", "L", "30–34") in rows("examiners")
    assert ("utama", "pembeli", "L", "30–34") not in rows("public")


def test_a_batch_of_few_accounts_is_counted_with_another(make: Any) -> None:
    """The batch of three accounts has no row of its own in public."""

    def numbers(edition: str) -> list[str]:
        return [
            r[0]
            for r in next(t for t in blocks(make(edition=edition), Table) if t.columns[0] == "kelompok").rows
        ]

    assert numbers("public") == ["1, 2", "3", "4", "5"]
    assert numbers("examiners") == ["1", "2", "3", "4", "5"]


def test_a_lone_batch_of_few_accounts_is_not_counted(make: Any) -> None:
    """Where nothing can be counted along with it, its counts are withheld, in the total too."""
    few = replace(INPUTS, sources=(INPUTS.sources[1],))
    tables = [t for t in blocks(make(few), Table) if "dokumen" in t.columns]
    assert len(tables) == 2
    assert all(t.rows[0][t.columns.index("dokumen")] == "–" for t in tables)


def test_every_table_says_what_was_held_back(make: Any) -> None:
    """No table of any edition is silent about it."""
    for edition in ("public", "examiners"):
        tables = blocks(make(edition=edition), Table)
        assert len(tables) > 5
        assert all(t.held for t in tables)
        assert [t.number for t in tables] == list(range(1, len(tables) + 1))


def test_an_empty_study_is_a_report_of_gaps(make: Any) -> None:
    """What is not there is named, section by section, and nothing is made up."""
    empty = ReportInputs(StudyDesign("kosong"), INPUTS.made_on)
    said_ = gaps(make(empty, language="en"))
    for missing in ("no abstract", "no research question", "method is not described", "criteria", "No informant", "no source",
                    "no finding", "No lens", "no literature", "no title"):  # fmt: skip
        assert missing in said_


def test_missing_evidence_is_named_where_it_should_stand(make: Any) -> None:
    """The search that found nothing is a gap of its finding, and stands in the list of gaps again."""
    report = make(language="en")
    assert "Evidence 7 is missing: the search finds nothing in the study." in gaps(report)
    listed = html.render(report).partition('id="en-gaps"')[2]
    assert "Evidence 7 is missing" in listed


def test_sampling_that_does_not_add_up_is_named(make: Any) -> None:
    """Approached less refused must be who took part."""
    fewer = replace(INPUTS, participants=INFORMANTS[:3])
    assert "9 approached less 4 refused is not 3 who took part." in gaps(make(fewer, language="en"))
    assert "who took part" not in gaps(make(language="en"))


def test_recall_stands_beside_its_class_or_is_not_measured(make: Any) -> None:
    """A class without a measured recall says so."""
    table = next(
        t for t in blocks(make(language="en", edition="examiners"), Table) if t.columns[0] == "class"
    )
    assert ("WhatsApp number", "212", "99.3\u00a0%") in table.rows
    assert ("link (Telegram)", "61", "not measured") in table.rows


def test_the_public_edition_names_no_channel_among_what_was_disguised(make: Any) -> None:
    """How people are reached leaves the study as a category only; the lowest recall stands for all of it."""
    held = replace(INPUTS, disguised={**INPUTS.disguised, "telegram": 40, "line": 8, "link": 4})
    held = replace(held, recall={**held.recall, "telegram": 0.97, "line": 0.98})
    table = next(t for t in blocks(make(held, language="en"), Table) if t.columns[0] == "class")
    assert ("contact on a messenger or platform", "260", "97.0\u00a0%") in table.rows
    assert ("link", "65", "not measured") in table.rows
    assert not [row for row in table.rows if {"WhatsApp", "Telegram", "LINE"} & set(row[0].split())]


def test_abstract_in_both_languages_whatever_the_report_speaks(make: Any) -> None:
    """The Indonesian report holds the English abstract and marks its language."""
    page = html.render(make(language="id"))
    assert DESIGN.abstract.en is not None
    assert DESIGN.abstract.en.split("\n\n")[0] in page
    assert '<p lang="en">This study asks' in page


def test_attributes_unknown_to_the_catalogue_stand_as_written(make: Any) -> None:
    """A study's own attribute names need no translation."""
    people = (informant(1, "verbatim", pulau="Bali"), informant(2, "verbatim", pulau="Bali"))
    assert "pulau" in html.render(make(replace(INPUTS, participants=people)))


@pytest.mark.parametrize("options", [{"edition": "secret"}, {"language": "fr"}])
def test_an_edition_or_language_there_is_not_is_refused(make: Any, options: dict[str, str]) -> None:
    """The refusal names what there is."""
    with pytest.raises(ReportError, match=r"public, examiners|id, en, both"):
        make(**options)
