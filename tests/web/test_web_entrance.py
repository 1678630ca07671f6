"""Who comes in: whoever brought the token, once, to this host, from pages of this workbench."""

from __future__ import annotations

from django.test import Client

from makna.library import Study
from makna.web.workbench import Workbench, serve


def test_the_token_lets_in_once(study: Study) -> None:
    """And nobody without it, or with a wrong one."""
    serve(Workbench(study.folder.parents[1], token="right"))
    stranger, guest, late = (Client(HTTP_HOST="127.0.0.1") for _each in range(3))
    assert stranger.get("/").status_code == 403
    assert stranger.get("/enter/?token=wrong").status_code == 403
    assert guest.get("/enter/?token=right&to=/s/s/").headers["Location"] == "/s/s/"
    assert guest.get("/").status_code == 200
    assert late.get("/enter/?token=right").status_code == 403
    assert late.get("/s/s/").status_code == 403


def test_it_leads_to_no_other_place(study: Study) -> None:
    """An address in the address is one of ours."""
    serve(Workbench(study.folder.parents[1], token="right"))
    answer = Client(HTTP_HOST="127.0.0.1").get("/enter/?token=right&to=//other.example/")
    assert answer.headers["Location"] == "/"


def test_other_hosts_and_forged_requests_are_refused(client: Client, study: Study) -> None:
    """A name that points here is not this host; a form of another page changes nothing."""
    assert client.get("/", HTTP_HOST="other.example").status_code == 400
    strict = Client(enforce_csrf_checks=True, HTTP_HOST="127.0.0.1")
    strict.cookies = client.cookies
    assert strict.post("/s/s/undo/").status_code == 403
    answer = strict.post("/s/s/undo/", HTTP_ORIGIN="http://other.example")
    assert answer.status_code == 403
    assert "did not come from a page of this workbench" in answer.content.decode()


def test_every_answer_allows_only_its_own_scripts(client: Client) -> None:
    """Nothing inline, nothing from elsewhere, in no frame."""
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert client.get("/").headers["X-Frame-Options"] == "DENY"


def test_it_speaks_the_chosen_language(client: Client) -> None:
    """Chosen once, for every page after."""
    assert "Library" in client.get("/").content.decode()
    client.post("/language/", {"language": "id"})
    assert "Pustaka" in client.get("/").content.decode()
    client.post("/language/", {"language": "xx"})
    assert "Pustaka" in client.get("/").content.decode()


def test_what_is_not_there_is_said(client: Client) -> None:
    """An address, a study, a path out of the library."""
    for address in ("/nothing/", "/s/none/", "/s/..%2f..%2fetc/", "/static/../settings.py"):
        assert client.get(address).status_code == 404, address
