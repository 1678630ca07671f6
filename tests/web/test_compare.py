"""Codes compared: the matrix, its cells, and what of it leaves."""

from __future__ import annotations

import csv
import io
import re
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from makna.library import Study

AT = "/s/s/compare/"
BATCH = 1 << 32  # of the posts


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page waits for its codings, however busy the machine is."""
    monkeypatch.setattr("makna.web.comparing.standing.PATIENCE", 60.0)


@pytest.fixture
def coded(study: Study) -> Study:
    """Three codes: on posts of all seven accounts, on those of two, and on the interview with its overlap."""
    for code in ("Kabar", "=Jarang", "Bebas"):
        study.add_code(code)
    study.add_codings("Kabar", [(BATCH + n, 0, 10) for n in range(14)])
    study.add_codings("=Jarang", [(BATCH + n, 6, 12) for n in (0, 1, 7)])
    interview = study.run(study.documents.filter(study.documents.kind == "interview"))["document_id"][
        0
    ].as_py()
    at = study.text(interview).index("Karena bebas")
    study.add_codings("Bebas", [(interview, at, at + 17)])
    study.add_codings("Percaya", [(interview, at + 7, at + 30)])
    return study


def code(study: Study, name: str) -> int:
    """A code's id."""
    with study._acting() as actor:
        return int(actor.study.codes.get(name=name).pk)


def cells(said: str) -> dict[str, str]:
    """What each cell is called -> its class."""
    found = re.findall(r'<td class="(s\d(?: few)?)"><a [^>]*aria-label="([^"]+)"', said)
    return {label.replace("&#39;", "'"): kind for kind, label in found}


def exported(client: Client, query: str) -> dict[tuple[str, str, str], str]:
    """The rows of an exported table."""
    answer = client.get(f"{AT}export/csv/?{query}")
    assert answer.status_code == 200
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    return {(r[0], r[1], r[2]): r[4] for r in rows[1:] if len(r) == 5}


def test_codes_against_kinds_of_source(client: Client, coded: Study) -> None:
    """Counts with a shade; where fewer than five passages stand, the cell is hatched."""
    said = client.get(f"{AT}?by=kind").content.decode()
    found = cells(said)
    assert found["Kabar × observation: 14"].startswith("s6")
    assert found["=Jarang × observation: 3"] == "s1"
    assert found["Bebas × interview: 1, too few"] == "s0 few"


def test_a_cell_opens_its_passages_with_the_measure(client: Client, coded: Study) -> None:
    """A share with its interval, of passages and of persons; too few are said."""
    said = client.get(f"{AT}cell/?by=kind&row={code(coded, 'Kabar')}&col=observation").content.decode()
    assert "14 of 17 passages coded there: 82.4\u00a0% (59.0–93.8)" in said
    assert "7 of 7 persons coded there: 100\u00a0% (64.6–100.0)" in said
    assert said.count('class="passage"') == 12
    further = client.get(
        f"{AT}cell/?by=kind&row={code(coded, 'Kabar')}&col=observation&first=12"
    ).content.decode()
    assert further.count('class="passage"') == 2
    said = client.get(f"{AT}cell/?by=kind&row={code(coded, 'Bebas')}&col=interview").content.decode()
    assert "too few to compute" in said
    assert f"?at={said.split('?at=')[1].split(chr(34))[0]}" in said
    assert client.get(f"{AT}cell/?by=kind&row={code(coded, 'Bebas')}&col=literature").status_code == 404


def test_codes_against_each_other(client: Client, coded: Study) -> None:
    """On the same words, and in the same document; a cell opens the passages of the row's code."""
    said = client.get(f"{AT}?by=passage").content.decode()
    assert "=Jarang × Kabar: 3, too few" in cells(said)
    assert "Kabar × =Jarang: 3, too few" in cells(said)
    assert not any("Bebas × Kabar" in label for label in cells(said))
    query = f"row={code(coded, 'Kabar')}&col={code(coded, '=Jarang')}"
    opened = client.get(f"{AT}cell/?by=passage&{query}").content.decode()
    assert "3 of 14 passages of Kabar meet =Jarang: 21.4" in opened
    assert "Dice 0.35" in opened  # 2 · 3 / (14 + 3)
    assert opened.count('class="passage"') == 3
    assert "documents with Kabar" in client.get(f"{AT}cell/?by=document&{query}").content.decode()


def test_codes_against_attributes_informants_and_time(client: Client, coded: Study) -> None:
    """Values of accounts and participants alike; months in their order."""
    assert "no attributes yet" in client.get(AT).content.decode()
    coded.define_attribute("peran", scale="choice", options=["penjual", "pembeli"])
    names = coded.run(coded.authors.filter(~coded.authors.participant))["pseudonym"].to_pylist()
    coded.set_attributes([{"case": name, "peran": "penjual"} for name in names])
    found = cells(client.get(f"{AT}?by=attribute").content.decode())
    assert "Kabar × penjual: 14" in found
    assert "Bebas × Informan 1: 1, too few" in cells(client.get(f"{AT}?by=informant").content.decode())
    assert "Kabar × 2021-03: 14" in cells(client.get(f"{AT}?by=month").content.decode())


def test_coders_are_compared_code_by_code(client: Client, coded: Study) -> None:
    """Counts of each, and alpha once it is worked out; a code that one alone read is said to be so."""
    with coded._acting() as actor:
        from makna.record.acting import Actor  # noqa: PLC0415  (Django is ready now)
        from makna.record.actions.add_codings import add_codings  # noqa: PLC0415
        from makna.record.actions.give_role import give_role  # noqa: PLC0415
        from makna.record.models import Person  # noqa: PLC0415

        other = Person.objects.create(username="bayu")
        give_role(actor, other.pk, "coder")
        second = Actor(other, actor.study, actor.corpus)
        add_codings(second, code(coded, "Kabar"), [(BATCH + n, 0, 10) for n in range(3, 14)])
        add_codings(second, code(coded, "=Jarang"), [(BATCH + n, 0, 4) for n in range(6)])
    for _attempt in range(100):
        said = client.get(f"{AT}?by=coder").content.decode()
        if ">…</td>" not in said:
            break
        time.sleep(0.2)
    assert "Kabar × bayu: 11" in cells(said)
    assert re.search(r"=Jarang.*?alpha\">[−-]?0\.\d+ \(", said, re.DOTALL)
    assert re.search(r"Bebas.*?alpha\" colspan=\"3\">not coded by two", said, re.DOTALL)


def test_what_a_round_hides_is_not_compared(client: Client, coded: Study) -> None:
    """Another coder's codings of a blind round stand in no cell before it is revealed."""
    with coded._acting() as actor:
        from makna.record.acting import Actor  # noqa: PLC0415  (Django is ready now)
        from makna.record.actions.add_codings import add_codings  # noqa: PLC0415
        from makna.record.actions.begin_round import begin_round  # noqa: PLC0415
        from makna.record.actions.give_role import give_role  # noqa: PLC0415
        from makna.record.models import Person  # noqa: PLC0415

        other = Person.objects.create(username="bayu")
        give_role(actor, other.pk, "coder")
        begin_round(actor, "pertama")
        add_codings(Actor(other, actor.study, actor.corpus), code(coded, "Kabar"), [(BATCH + 20, 0, 5)])
    assert "Kabar × observation: 14" in cells(client.get(AT).content.decode())
    assert not any("bayu" in label for label in cells(client.get(f"{AT}?by=coder").content.decode()))


def test_a_public_export_holds_back_what_stands_on_few_accounts(client: Client, coded: Study) -> None:
    """Accounts from five on, to the nearest five; never passages; no cell of a spreadsheet is a formula."""
    rows = exported(client, "by=kind&edition=public")
    assert rows["Kabar", "observation", "observed accounts"] == "5"  # seven accounts
    assert rows["'=Jarang", "observation", "observed accounts"] == "–"  # one
    assert rows["Bebas", "interview", "interviews, notes and literature"] == "1"
    coded.add_codings("Kabar", [(BATCH + 30, 0, 5)])
    assert exported(client, "by=kind&edition=public") == rows  # one more passage cannot be told
    together = exported(client, "by=passage&edition=public")
    assert together["Kabar", "'=Jarang", "observed accounts"] == "–"
    complete = exported(client, "by=kind&edition=examiners")
    assert complete["Kabar", "observation", "observed accounts"] == "15"
    assert complete["'=Jarang", "observation", "observed accounts"] == "3 †"
    assert exported(client, "by=month&edition=public")["Kabar", "2021-Q1", "observed accounts"] == "5"


def test_a_public_export_names_no_term_of_the_field(client: Client, coded: Study) -> None:
    """A code that is an argot term is called by a number, until a release lets it out."""
    coded.add_term("kabar")
    rows = exported(client, "by=kind&edition=public")
    assert not any("kabar" in name.lower() for name, _group, _source in rows)
    assert any("a term of the field" in name for name, _group, _source in rows)
    assert any(name == "Kabar" for name, _group, _source in exported(client, "by=kind&edition=examiners"))
    with coded._acting() as actor:
        from makna.record.actions.release import release  # noqa: PLC0415  (Django is ready now)

        release(actor, "term", "Kata umum", name="kabar")
    assert any(name == "Kabar" for name, _group, _source in exported(client, "by=kind&edition=public"))


def test_pictures_are_drawn(client: Client, coded: Study) -> None:
    """As PNG and as an SVG that stands alone; other forms and editions there are none."""
    picture = client.get(f"{AT}export/png/?by=kind&edition=public")
    assert picture.content.startswith(b"\x89PNG") and "attachment" in picture["Content-Disposition"]
    drawn = client.get(f"{AT}export/svg/?by=passage&edition=public").content.decode()
    assert 'xmlns="http://www.w3.org/2000/svg"' in drawn and "Kabar" in drawn
    for address in ("export/exe/?by=kind", "export/csv/?by=kind&edition=mine"):
        assert client.get(f"{AT}{address}").status_code == 404


def test_nothing_coded_says_what_to_do_next(client: Client) -> None:
    """And an address that makes no sense shows what a page shows at first."""
    for by in ("kind", "attribute", "informant", "passage", "document", "coder", "month", "nonsense"):
        said = client.get(f"{AT}?by={by}&under=99999&attribute=7&order=x").content.decode()
        assert 'class="empty"' in said, by


def test_many_codings_are_read_beside(page: Page, coded: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that would wait too long says so at once, and shows the matrix as soon as it is there."""
    from makna.web.comparing import standing  # noqa: PLC0415  (Django is ready now)

    monkeypatch.setattr(standing, "PATIENCE", 0.2)
    slow = standing.coded
    monkeypatch.setattr(standing, "coded", lambda *given: time.sleep(0.8) or slow(*given))
    root = page.url.split("/s/s/")[0]
    page.goto(f"{root}{AT}?by=kind")
    assert "being read" in page.inner_text("#main")
    page.wait_for_selector(".matrix")


def test_the_matrix_by_keys(page: Page, coded: Study) -> None:
    """Arrows walk, Enter opens, the address leads back; the console stays clean."""
    root = page.url.split("/s/s/")[0]
    page.goto(f"{root}{AT}?by=passage")
    page.keyboard.press("t")
    assert "×" in page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")
    page.wait_for_selector("#opened h2")
    assert "row=" in page.url
    page.reload()
    assert page.locator("#opened .passage").count() > 0
    assert page.locator(".matrix a[tabindex='0']").count() == 1
    page.keyboard.press("q")
    assert "row=" not in page.url
    page.select_option("#order", "book")
    page.wait_for_url("**order=book**")


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("id", "dark")])
def test_nothing_serious_for_who_cannot_see(page: Page, coded: Study, language: str, theme: str) -> None:
    """axe finds no serious or critical fault in any comparison."""
    root = page.url.split("/s/s/")[0]
    for name, value in (("makna_language", language), ("makna_theme", theme)):
        page.context.add_cookies([{"name": name, "value": value, "url": root}])
    opened = f"&row={code(coded, 'Kabar')}&col="
    for query in (
        f"by=kind{opened}observation",
        f"by=passage{opened}{code(coded, '=Jarang')}",
        "by=attribute",
        "by=coder",
    ):
        page.goto(f"{root}{AT}?{query}")
        found = Axe().run(page).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
