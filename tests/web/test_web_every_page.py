"""Every page of a study whose texts and names are hostile: nothing runs, nothing overflows, axe finds nothing serious."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from makna.library import Study

HOSTILE = (
    "<script>document.title='run'</script>",
    '"><img src=x onerror="document.title=\'run\'">',
    "=HYPERLINK(A1)",
    "{{ 7*7 }}{% raw %}",
    "</script><svg onload=document.title='run'>",
)
PAGES = (
    "", "sources/", "sources/add/", "sources/note/", "sources/observed/", "review/", "read/", "search/?q=testi",
    "codebook/", "codebook/1/", "frame/", "lenses/", "lenses/motives/", "compare/", "cases/", "cases/accounts/", "findings/",
    "findings/1/", "trust/", "report/", "activity/", "settings/",
)  # fmt: skip


@pytest.fixture
def hostile(study: Study, tmp_path: Path) -> Study:
    """Hostile words in a text, and as names of codes, concepts, findings, memos and in the design."""
    (tmp_path / "catatan.txt").write_text("\n\n".join(HOSTILE) + "\n\nLalu testi.\n", encoding="utf-8")
    study.add(tmp_path / "catatan.txt", kind="field_note", title=HOSTILE[0])
    study.add_concept("a", HOSTILE[1], definition=HOSTILE[4])
    for words in HOSTILE:
        study.add_code(words, definition=words)
        study.add_codings(words, study.search("testi", limit=3))
        study.write_memo(words, code=words, title=words)
    finding = study.add_finding(HOSTILE[4], concept="a", argument=HOSTILE[1])
    study.add_evidence(finding, study.search("testi", limit=4), note=HOSTILE[0], paraphrase=HOSTILE[1])
    study.answer_concept(HOSTILE[0], "a", argument=HOSTILE[4])
    return study


@pytest.mark.parametrize(("language", "theme", "width"), [("en", "light", 1280), ("id", "dark", 1024)])
@pytest.mark.timeout(900)
def test_every_page(page: Page, hostile: Study, language: str, theme: str, width: int) -> None:
    """In both languages, light and dark, at both widths."""
    base = page.url.partition("/s/s/")[0]
    cookies = {"makna_language": language, "makna_theme": theme}
    page.context.add_cookies([{"name": n, "value": v, "url": base} for n, v in cookies.items()])
    page.set_viewport_size({"width": width, "height": 800})
    page.on("dialog", lambda dialog: pytest.fail(f"a dialogue: {dialog.message}"))
    serious, wide = {}, []
    for path in PAGES:
        answer = page.goto(f"{base}/s/s/{path}")
        assert answer is not None
        assert answer.status == 200, path
        page.wait_for_load_state("networkidle")
        while page.locator(".job[hx-trigger], .job [hx-trigger]").count():
            page.wait_for_timeout(300)
        page.wait_for_load_state("networkidle")
        assert page.title() != "run", path
        assert (
            page.locator(
                "main script:not([type='application/json']), main img[src=x], main svg[onload]"
            ).count()
            == 0
        )
        found = Axe().run(page).response["violations"]
        serious |= {
            f"{path} {one['id']}": one["nodes"][0]["html"][:200]
            for one in found
            if one["impact"] in ("serious", "critical")
        }
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    assert serious == {}
    assert wide == []
