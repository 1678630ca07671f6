"""Home, findings, trustworthiness, report, activity and settings of a study."""

from __future__ import annotations

import re
import time

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from makna.library import Study

HTMX = {"HTTP_HX_REQUEST": "true"}
CLAIM = "Testimoni membuat orang percaya"


def text(client: Client, address: str) -> str:
    """The page at *address*."""
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_home_says_where_the_study_stands_and_what_comes_next(client: Client, study: Study) -> None:
    """The first thing that is missing, in the order of the work."""
    assert "Write the research questions." in text(client, "/s/s/")
    client.post("/s/s/questions/", {"text": "Mengapa orang percaya?"}, **HTMX)
    page = text(client, "/s/s/")
    assert "Mengapa orang percaya?" in page
    assert "Read, and code what strikes you." in page or "in doubt about" in page
    study.add_codings("Percaya", study.search("testi"))
    assert "Claim something that the codes show" in text(client, "/s/s/") or "in doubt" in page


def test_a_design_is_stated_and_overtaken_nowhere(client: Client) -> None:
    """Whoever saw another text than stands now is told, and nothing is overwritten."""
    client.post(
        "/s/s/design/", {"setting": "Pasar daring", "seen_setting": "", "begins": "2021-01-01"}, **HTMX
    )
    assert "Pasar daring" in text(client, "/s/s/")
    late = client.post("/s/s/design/", {"setting": "Lain", "seen_setting": ""}, **HTMX)
    assert late.status_code == 409
    assert "Pasar daring" in text(client, "/s/s/")
    assert client.post("/s/s/design/", {"begins": "kemarin"}, **HTMX).status_code == 400


def test_a_finding_grows_and_becomes_final(client: Client, study: Study) -> None:
    """Only once something was said against it."""
    answer = client.post("/s/s/findings/add/", {"claim": CLAIM}, **HTMX)
    assert CLAIM in answer.content.decode()
    number = study.findings()["finding"].to_pylist()[0]
    study.add_evidence(number, study.search("testi", kinds=["observation"], limit=3))
    study.add_evidence(number, study.search("percaya", kinds=["interview"]))
    page = text(client, f"/s/s/findings/{number}/")
    assert page.count('class="passage"') == 4
    assert re.search(r'class="stands"[^<]*<span[^<]*</span> method <b>2</b>', page)
    refused = client.post(f"/s/s/findings/{number}/conclude/", {"final": "1"}, **HTMX)
    assert refused.status_code == 400
    client.post(
        f"/s/s/findings/{number}/memo/", {"text": "Dicari: yang tidak percaya", "kind": "negative_case"}
    )
    assert client.post(f"/s/s/findings/{number}/conclude/", {"final": "1"}, **HTMX).status_code == 200
    assert study.findings()["status"].to_pylist() == ["final"]


def test_what_looks_like_a_contact_is_shown_and_decided(client: Client, study: Study) -> None:
    """The same form, with the words that are kept, stores it."""
    told = {"claim": "Hubungi wa 083471000123 untuk pesan"}
    answer = client.post("/s/s/findings/add/", told, **HTMX)
    assert answer.status_code == 422
    kept = re.findall(r'name="kept" value="([^"]+)"', answer.content.decode())
    assert kept
    assert study.findings().num_rows == 0
    assert client.post("/s/s/findings/add/", {**told, "kept": kept}, **HTMX).status_code == 200
    assert study.findings().num_rows == 1


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}"]
)
def test_markup_in_claims_does_nothing(client: Client, hostile: str) -> None:
    """It is shown as it was typed."""
    client.post("/s/s/findings/add/", {"claim": hostile})
    page = text(client, "/s/s/findings/")
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert ">49<" not in page


def test_trustworthiness_claims_what_stands_in_the_record(client: Client, study: Study) -> None:
    """And names what does not."""
    page = text(client, "/s/s/trust/")
    assert "No member check yet" in page
    assert "No reflexive memo yet" in page
    study.write_memo("Saya sendiri pembeli di pasar ini.", kind="reflexive")
    assert "1 reflexive memo on" in text(client, "/s/s/trust/")


def test_activity_is_filtered_and_restored(client: Client, study: Study) -> None:
    """To the moment after an event; an event of the restoring says so."""
    study.add_code("Satu")
    study.add_code("Dua")
    page = text(client, "/s/s/activity/?action=add_code")
    assert page.count("code added") >= 3
    events = study.activity()["event"].to_pylist()
    client.post(f"/s/s/activity/{events[1]}/restore/", {})
    assert "Dua" not in study.codes()["code"].to_pylist()
    assert "study restored" in text(client, "/s/s/activity/")


def test_settings_hold_and_seal_asks_for_the_name(client: Client, study: Study) -> None:
    """A wrong name changes nothing."""
    client.post("/s/s/settings/coding/", {"proposals_hidden_until": "3"}, **HTMX)
    assert 'name="proposals_hidden_until" min="0" max="999" value="3"' in text(client, "/s/s/settings/")
    client.post("/s/s/settings/names/", {"lines": "Nama Tiruan\n", "what": "names"}, **HTMX)
    assert study.masked_names_count() == 1
    assert "Nama Tiruan" not in text(client, "/s/s/settings/")
    assert client.post("/s/s/settings/seal/", {"sure": "x"}, **HTMX).status_code == 400
    assert not study.sealed
    client.post("/s/s/settings/seal/", {"sure": "s"}, **HTMX)
    assert "Names to mask" not in text(client, "/s/s/settings/")
    assert "This study is sealed" in text(client, "/s/s/settings/")


def test_an_erasure_shows_first_what_would_go(client: Client, study: Study) -> None:
    """Then it goes, as long work."""
    document = study.search("bebas", kinds=["interview"])["document_id"].to_pylist()[0]
    shown = client.post("/s/s/settings/erase/", {"what": str(document)}, **HTMX).content.decode()
    assert "This would go, for good" in shown
    assert study.search("bebas").num_rows == 1
    job = client.post("/s/s/settings/erase/", {"what": str(document), "sure": "s"}, **HTMX).content.decode()
    number = re.search(r'id="job-(\d+)"', job)
    assert number
    for _each in range(200):
        part = client.get(f"/s/s/jobs/{number[1]}/", **HTMX).content.decode()
        if "hx-trigger" not in part:
            break
        time.sleep(0.1)
    assert "done" in part
    assert study.search("bebas").num_rows == 0


def test_a_report_is_written_and_opened(page: Page, study: Study) -> None:
    """In the page, without leaving it; scripts do not run in it."""
    page.goto(page.url.split("/s/s/")[0] + "/s/s/report/")
    page.get_by_role("button", name="Write it").click()
    page.wait_for_selector("text=as the record stands", timeout=60_000)
    with page.context.expect_page() as opened:
        page.locator("ul.lines a").first.click()
    report = opened.value
    report.wait_for_load_state()
    assert "Symbolic Interactionism" in report.content()


def test_findings_are_ordered_by_keys(page: Page, study: Study) -> None:
    """Down and up, focus stays on what is moved; undo brings it back."""
    for claim in ("Satu", "Dua", "Tiga"):
        study.add_finding(claim)
    page.goto(page.url.split("/s/s/")[0] + "/s/s/findings/")
    page.keyboard.press("j")
    page.keyboard.press("Shift+J")
    expect(page.locator(".finding h3").nth(1)).to_have_text("Satu")
    assert study.findings()["claim"].to_pylist() == ["Dua", "Satu", "Tiga"]
    expect(page.locator(".finding").nth(1)).to_be_focused()
    page.keyboard.press("z")
    expect(page.locator(".finding h3").first).to_have_text("Satu")


def test_a_report_is_shown_where_nothing_of_it_runs(client: Client, study: Study) -> None:
    """Its own styles, no script, no form, no way to this workbench; a name that is no report's is nothing."""
    study.report(study.report_path(language="en"), language="en")
    asked = "/s/s/report/look/?edition=public&language=en&format=.html"
    answer = client.get(asked)
    policy = answer.headers["Content-Security-Policy"]
    answer.close()
    assert "sandbox allow-popups" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    for wrong in (
        "edition=../x&language=en&format=.html",
        "edition=public&language=en&format=/../../study.json",
    ):
        assert client.get(f"/s/s/report/look/?{wrong}").status_code == 404
