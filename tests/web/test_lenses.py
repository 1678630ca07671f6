"""Lenses: their answers, and the way from a row to a coding or to evidence."""

from __future__ import annotations

import re
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from makna.library import Study

AT = "/s/s/lenses/"


def settle(client: Client, address: str) -> str:
    """The page of a lens once it has answered."""
    for _attempt in range(200):
        said = client.get(address).content.decode()
        if 'id="rows"' in said:
            return said
        assert 'class="job"' in said, said[-2000:]
        time.sleep(0.1)
    raise AssertionError(f"no answer at {address}")


def show(study: Study) -> None:
    """Let proposals be shown at once."""
    with study._acting() as actor:
        from makna.record.actions.change_settings import change_settings  # noqa: PLC0415  (Django is ready now)

        change_settings(actor, proposals_hidden_until=0)


def passages(client: Client, row: int = 0, lens: str = "motives") -> list[str]:
    """The passages behind a row, as the form names them."""
    said = client.get(f"{AT}{lens}/rows/{row}/", HTTP_HX_REQUEST="true").content.decode()
    return re.findall(r'name="passage"[^>]* value="([\d:]+)"', said)


def decide(client: Client, row: int = 0, **sent: object):
    """Press a button below a row."""
    return client.post(f"{AT}motives/rows/{row}/decide/", sent, HTTP_HX_REQUEST="true")


def codings(study: Study) -> list[tuple[str, str, str]]:
    """Code, words and lens of every coding."""
    with study._acting() as actor:
        lenses = dict(actor.study.codings.values_list("pk", "lens"))
    return [(row["code"], row["text"], lenses[row["coding"]]) for row in study.codings().to_pylist()]


def test_every_lens_says_its_sentence_and_what_it_cannot_see(client: Client) -> None:
    """Also where the sources lack what it needs; then that is what it says."""
    for lens in ("presentation", "promotion", "testimony", "migration", "argot", "motives", "triangulation"):
        said = settle(client, f"{AT}{lens}/")
        assert 'class="sentence"' in said
        assert "What this cannot see" in said
        assert re.search(r"<aside.*?<li>.+?</li>", said, re.DOTALL), lens
    listed = client.get(AT).content.decode()
    assert listed.count('class="answer"') == 7
    assert "Ask all of them" not in listed


def test_an_answer_is_kept_until_the_sources_change(client: Client, study: Study) -> None:
    """The same question is not asked twice; other options are another question."""
    from makna.web import jobs  # noqa: PLC0415  (Django is ready now)

    before = len(jobs.of("s"))
    for _again in range(3):
        settle(client, f"{AT}motives/")
    settle(client, f"{AT}argot/?seeds=kue,%20testi&minimum=2")
    assert len(jobs.of("s")) == before + 2
    (study.folder / "wordlists").mkdir(exist_ok=True)
    (study.folder / "wordlists" / "motives.txt").write_text("santai\tcontoh\n", encoding="utf-8")
    settle(client, f"{AT}motives/")
    assert len(jobs.of("s")) == before + 3
    study.remove(study.batches()[-1].number)
    settle(client, f"{AT}motives/")
    assert len(jobs.of("s")) == before + 4


def test_passages_are_hidden_until_enough_was_coded_unaided(client: Client, study: Study) -> None:
    """The page says how many documents are left and why; what came of a proposal does not count."""
    settle(client, f"{AT}motives/")
    said = client.get(f"{AT}motives/rows/0/").content.decode()
    assert "after you have coded 5 more documents unaided" in said
    assert "steers the eye" in said
    assert passages(client) == []
    batch = study.batches()[0].number << 32
    study.add_codings("Percaya", [(batch + n, 0, 5) for n in range(4)])
    with study._acting() as actor:
        actor.study.codings.filter(source__document=batch).update(lens="argot")
    assert "after you have coded 2 more documents" in client.get(AT).content.decode()
    study.add_codings("Percaya", [(batch + n, 0, 5) for n in (7, 8)])
    assert passages(client) != []


def test_a_hidden_proposal_cannot_be_accepted(client: Client, study: Study) -> None:
    """Not even by whoever knows its place."""
    show(study)
    settle(client, f"{AT}motives/")
    known = passages(client)[0]
    with study._acting() as actor:
        from makna.record.actions.change_settings import change_settings  # noqa: PLC0415

        change_settings(actor, proposals_hidden_until=3)
    answer = decide(client, do="accept", code="Bebas", passage=known)
    assert answer.status_code == 400
    assert codings(study) == []


def test_a_proposal_becomes_a_coding_that_names_its_lens(client: Client, study: Study) -> None:
    """An unknown name makes the code in the same gesture, and one undo takes back both."""
    show(study)
    settle(client, f"{AT}motives/")
    answer = decide(client, do="accept", code="Bebas", passage=passages(client)[0])
    assert "New code" in answer.headers["HX-Trigger"]
    assert "coded Bebas" in answer.content.decode()
    [(code, words, lens)] = codings(study)
    assert (code, lens) == ("Bebas", "motives")
    assert "bebas" in words.lower()
    client.post("/s/s/undo/", HTTP_HX_REQUEST="true")
    assert codings(study) == []
    assert study.codes()["code"].to_pylist() == ["Percaya"]
    decide(client, do="accept", code="PERCAYA", passage=passages(client)[0])
    assert [code for code, _words, _lens in codings(study)] == ["Percaya"]


def test_a_dismissed_proposal_can_be_proposed_again(client: Client, study: Study) -> None:
    """It stands in its place, quiet, until it is taken back."""
    show(study)
    settle(client, f"{AT}motives/")
    said = decide(client, do="dismiss", passage=passages(client)[0]).content.decode()
    assert "pick dismissed" in said
    key = re.search(r'name="again" value="(\d+)"', said)
    assert key
    said = decide(client, again=key[1]).content.decode()
    assert "pick dismissed" not in said


def test_a_proposal_becomes_evidence_for_or_against(client: Client, study: Study) -> None:
    """Of a finding that is chosen; without one that is said."""
    show(study)
    finding = study.add_finding("Tempat ini dipilih karena bebas")
    settle(client, f"{AT}motives/")
    place = passages(client)[0]
    assert decide(client, do="evidence", passage=place).status_code == 404
    decide(client, do="evidence", passage=place, finding=str(finding), stance="contradicts")
    [kept] = study.evidence().to_pylist()
    assert (kept["stance"], f"{kept['document_id']}:{kept['start']}:{kept['end']}") == ("contradicts", place)
    said = settle(client, f"{AT}triangulation/")
    assert "Tempat ini dipilih" in said


@pytest.mark.parametrize("sent", ["1:0:5", "x", "1:2", "4294967296:0:99999", ""])
def test_only_what_the_lens_proposes_is_accepted(client: Client, study: Study, sent: str) -> None:
    """A place made up is refused, and nothing is coded."""
    show(study)
    settle(client, f"{AT}motives/")
    passage = {"passage": sent} if sent else {}
    assert decide(client, do="accept", code="Bebas", **passage).status_code == 404
    assert codings(study) == []
    assert client.get(f"{AT}motives/rows/9999/").status_code == 404


def test_what_is_typed_passes_the_door(client: Client, study: Study) -> None:
    """A name like a number is shown and decided; options that look a person up are refused."""
    show(study)
    settle(client, f"{AT}motives/")
    answer = decide(client, do="accept", code="hubungi 0834 1234 5678", passage=passages(client)[0])
    assert answer.status_code == 422
    assert codings(study) == []
    for query in ("seeds=kue,0834-1234-5678", "sign=%40melati_042"):
        assert client.get(f"{AT}argot/?{query}").status_code == 422
    assert client.get(f"{AT}nothing/").status_code == 404


def test_what_is_written_does_nothing(client: Client, study: Study) -> None:
    """Markup and script in the name of a code are words on the page."""
    show(study)
    settle(client, f"{AT}motives/")
    said = decide(client, do="accept", code="<img src=x onerror=alert(1)>", passage=passages(client)[0])
    assert "<img" not in said.content.decode()
    assert "&lt;img" in said.content.decode()
    compared = client.get("/s/s/compare/?by=passage").content.decode()
    assert "<img" not in compared


def test_motives_can_be_the_researchers_own_codes(client: Client, study: Study) -> None:
    """Those under a code that is chosen, where they stand in interviews."""
    study.add_code("Alasan")
    study.add_code("Kebebasan", parent="Alasan")
    interview = study.run(study.documents.filter(study.documents.kind == "interview"))["document_id"][
        0
    ].as_py()
    text = study.text(interview)
    at = text.index("Karena bebas")
    study.add_codings("Kebebasan", [(interview, at, at + 17)])
    with study._acting() as actor:
        branch = actor.study.codes.get(name="Alasan").pk
    said = settle(client, f"{AT}motives/?under={branch}")
    assert re.search(r'class="row-open"[^>]*>Kebebasan<', said)


def test_a_reader_sees_and_changes_nothing(client: Client, study: Study) -> None:
    """No button stands on the page, and the form is refused."""
    show(study)
    settle(client, f"{AT}motives/")
    with study._acting() as actor:
        from makna.record.models import Membership, Proposal  # noqa: PLC0415  (Django is ready now)

        Membership.objects.filter(study=actor.study).update(role="reader")
        said = client.get(f"{AT}motives/rows/0/").content.decode()
        assert "Accept as coding" not in said
        document, start, end = re.search(
            r'data-document="(\d+)" data-start="(\d+)" data-end="(\d+)"', said
        ).groups()
        assert decide(client, do="dismiss", passage=f"{document}:{start}:{end}").status_code == 403
        assert not Proposal.objects.exists()


def test_by_keys_alone(page: Page, study: Study) -> None:
    """From the sentence to a coding, evidence and back; the figure is drawn and the console stays clean."""
    show(study)
    study.add_finding("Tempat ini dipilih karena bebas")
    page.goto(page.url.split("/s/s/")[0] + f"{AT}motives/")
    page.wait_for_selector("#figure[data-drawn=yes]", timeout=90_000)
    assert page.locator(
        "#figure svg .mark-rule path, #figure svg .mark-symbol path, #figure svg path"
    ).count()
    page.keyboard.press("t")
    page.keyboard.press("Enter")
    page.wait_for_selector(".under .pick")
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.type("Bebas")
    page.keyboard.press("Enter")
    page.wait_for_selector("#told >> text=New code")
    page.wait_for_function("document.activeElement.id.startsWith('p-')")  # back on the line it stood on
    assert [code for code, _words, _lens in codings(study)] == ["Bebas"]
    page.keyboard.press("z")
    page.wait_for_selector("#told >> text=Undone")
    assert codings(study) == []
    assert "row=" in page.url
    page.reload()
    page.wait_for_selector(".under .pick")
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.wait_for_selector(".pick.dismissed")


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("id", "dark")])
def test_nothing_serious_for_who_cannot_see(page: Page, study: Study, language: str, theme: str) -> None:
    """axe finds no serious or critical fault in the list, a lens and its opened row."""
    show(study)
    root = page.url.split("/s/s/")[0]
    for name, value in (("makna_language", language), ("makna_theme", theme)):
        page.context.add_cookies([{"name": name, "value": value, "url": root}])
    page.goto(f"{root}{AT}motives/")
    page.wait_for_selector("#figure[data-drawn=yes]", timeout=90_000)
    page.locator(".row-open").first.click()
    page.wait_for_selector(".under .pick")
    _sound(page)
    page.goto(f"{root}{AT}")
    _sound(page)


def _sound(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
