"""Participants, accounts, attributes, consents, member checks and withdrawal, without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from makna.library import Study
from makna.record.database import opened
from makna.web import jobs

if TYPE_CHECKING:
    from django.test import Client, Response

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _no_jobs() -> Iterator[None]:
    """No job is remembered."""
    yield
    jobs.stop_all()
    jobs._jobs.clear()


@pytest.fixture
def post(client: Client) -> Callable[..., Response]:
    """POST as a page with scripts does; it must not fail."""

    def sent(address: str, *, status: int = 200, **form: object) -> Response:
        answer = client.post(f"/s/s/cases/{address}", form, headers=HTMX)
        assert answer.status_code == status, answer.content.decode()[:400]
        return answer

    return sent


@pytest.fixture
def role(post: Callable[..., Response]) -> int:
    """An attribute with a list."""
    post("attribute/", name="peran", options="penjual; pembeli")
    return 1


def values_of(study: Study) -> dict[str, str]:
    """Case -> the value of its first attribute, as the record has it."""
    from makna.record.models import CaseValue  # noqa: PLC0415  (Django is ready now)

    with opened(study.folder.parents[1]):
        return {
            str(row.participant or row.author): row.value
            for row in CaseValue.objects.select_related("participant")
        }


def accounts(study: Study) -> list[tuple[int, str]]:
    """(id, pseudonym) of all accounts, in the order of the page."""
    table = study.authors
    rows = study.run(table.filter(~table.participant).select("author_id", "pseudonym").order_by("pseudonym"))
    return [(row["author_id"], row["pseudonym"]) for row in rows.to_pylist()]


def test_the_file_of_participants_is_taken_over(client: Client, post: Callable[..., Response]) -> None:
    """Once, by one button."""
    assert "Take over 1 participant of participants.toml" in client.get("/s/s/cases/").content.decode()
    page = post("take-over/").content.decode()
    assert "Informan 1" in page
    assert "2/5" in page


def test_a_participant_comes_on_record_with_a_consent(client: Client, post: Callable[..., Response]) -> None:
    """Mode, version, days and scopes; the latest counts, and it can be corrected."""
    post("add/", code="Informan 1", kind="key", interviewed="2021-03")
    assert "none to analysis" in client.get("/s/s/cases/").content.decode()
    form = {"mode": "recorded oral", "version": "2", "given": "2021-03-01", "until": "2021-06-01"}
    page = post("1/consent/", **form, scope=["analysis", "verbatim"]).content.decode()
    assert "Recorded oral" in page
    assert "can be taken back until 1 Jun 2021" in page
    page = post("1/consent/", **{**form, "given": "2021-04-01"}, scope=["archive"]).content.decode()
    assert page.index("1 Apr 2021") < page.index("1 Mar 2021")
    assert "an earlier one: the latest counts" in page
    page = post("1/consent/", consent="2", what="remove").content.decode()
    assert "1 Apr 2021" not in page


def test_a_name_is_no_code(post: Callable[..., Response]) -> None:
    """It is refused, with what a code is."""
    assert "word and a number" in post("add/", status=400, code="Penjual").content.decode()
    assert 'name="kept"' in post("add/", status=422, code="Siti").content.decode()


def test_consent_needs_a_day(post: Callable[..., Response]) -> None:
    """And a day that there is."""
    post("add/", code="Informan 1")
    assert "on which day" in post("1/consent/", status=400, mode="written", version="1").content.decode()
    assert (
        "is no day"
        in post("1/consent/", status=400, mode="written", version="1", given="kemarin").content.decode()
    )


def test_many_values_are_set_and_taken_back_at_once(
    client: Client, post: Callable[..., Response], role: int, study: Study
) -> None:
    """As cells are pasted; a value that is none of the list is refused, and none is set."""
    there = accounts(study)
    cells = [f"a{key}:{role}" for key, _name in there[:4]]
    form = {"which": "accounts", "cell": cells, "old": [""] * 4}
    assert (
        "4 values set"
        in post("set/", **form, value=["penjual", "PEMBELI", "pembeli", "penjual"])["HX-Trigger"]
    )
    assert sorted(values_of(study).values()) == ["pembeli", "pembeli", "penjual", "penjual"]
    client.post("/s/s/undo/", headers=HTMX)
    assert values_of(study) == {}
    assert (
        "is no value of peran"
        in post("set/", status=400, **form, value=["penjual", "raja", "", ""]).content.decode()
    )
    assert values_of(study) == {}


def test_a_value_that_another_changed_is_not_overwritten(
    post: Callable[..., Response], role: int, study: Study
) -> None:
    """What was seen is sent along."""
    cell = f"a{accounts(study)[0][0]}:{role}"
    post("set/", which="accounts", cell=cell, value="penjual", old="")
    post("set/", status=409, which="accounts", cell=cell, value="pembeli", old="")


def test_a_table_with_names_goes_where_it_belongs(
    post: Callable[..., Response], role: int, study: Study
) -> None:
    """By attribute, code and pseudonym, in any order; rows of strangers are counted."""
    post("add/", code="Informan 1")
    name = accounts(study)[3][1]
    table = f"siapa\tPeran\n@{name.lower()}\tpenjual\nInforman 1\tpembeli\nInforman 99\tpenjual\n"
    told = post("paste/", which="accounts", table=table)["HX-Trigger"]
    assert "2 values set. 1 row names no case here." in told
    assert values_of(study) == {"Informan 1": "pembeli", str(accounts(study)[3][0]): "penjual"}
    assert "names no attribute" in post("paste/", status=400, table="a\tb\nInforman 1\tx").content.decode()
    assert "Paste a table" in post("paste/", status=400, table="x").content.decode()


def test_accounts_are_filtered(
    client: Client, post: Callable[..., Response], role: int, study: Study
) -> None:
    """By pseudonym and value, with or without values."""
    there = accounts(study)
    post("set/", which="accounts", cell=f"a{there[2][0]}:{role}", value="penjual", old="")

    def shown(asked: str) -> list[str]:
        page = client.get(f"/s/s/cases/accounts/?{asked}").content.decode()
        return [name for _key, name in there if f">{name}</a>" in page]

    assert shown("") == [name for _key, name in there]
    assert shown("state=with") == shown("q=PENJ") == [there[2][1]]
    assert len(shown("state=without")) == len(there) - 1
    assert shown(f"q={there[5][1][:6].lower()}") == [
        name for _key, name in there if name[:6] == there[5][1][:6]
    ]
    assert "No account fits" in client.get("/s/s/cases/accounts/?q=tidakada").content.decode()


def test_attributes_are_changed_moved_and_removed(post: Callable[..., Response], role: int) -> None:
    """In place."""
    post("attribute/", name="usia", scale="number")
    page = post("attribute/", attribute="2", what="earlier").content.decode()
    assert page.index("<summary>usia") < page.index("<summary>peran")
    post(
        "attribute/",
        attribute="1",
        name="peran di pasar",
        seen_name="peran",
        scale="choice",
        options="penjual; pembeli; pengamat",
    )
    page = post("attribute/", attribute="2", what="remove").content.decode()
    assert "usia" not in page
    assert "peran di pasar" in page


def test_an_attribute_that_identifies_is_refused(post: Callable[..., Response]) -> None:
    """No name, no number of a person; what is typed passes the door."""
    assert "identifies a person" in post("attribute/", status=400, name="nama").content.decode()
    typed = post("attribute/", status=422, name="catatan", options="wa 0834-5550-0166").content.decode()
    assert 'name="kept"' in typed


def test_an_account_has_a_page(client: Client, study: Study, role: int) -> None:
    """With its values, for whoever has no scripts."""
    key, name = accounts(study)[0]
    page = client.get(f"/s/s/cases/accounts/{key}/").content.decode()
    assert name in page
    client.post(
        "/s/s/cases/set/", {"which": "accounts", "cell": f"a{key}:{role}", "value": "pembeli", "old": ""}
    )
    assert "<option selected>pembeli" in client.get(f"/s/s/cases/accounts/{key}/").content.decode()
    assert client.get("/s/s/cases/accounts/7/").status_code == 404


def words_of(study: Study) -> tuple[int, int, int]:
    """A passage in the informant's own words."""
    table = study.documents
    document = study.run(table.filter(table.kind == "interview").select("document_id"))["document_id"][
        0
    ].as_py()
    text = study.text(document)
    start = text.index("Karena bebas saja")
    return document, start, start + len("Karena bebas saja")


def test_a_member_check_shows_their_words_and_the_claims(
    client: Client, post: Callable[..., Response], study: Study
) -> None:
    """A correction becomes evidence against the claim."""
    post("take-over/")
    finding = study.add_finding("Tempat ini dipilih karena bebas.")
    study.add_evidence(finding, [words_of(study)])
    page = client.get("/s/s/cases/1/check/").content.decode()
    assert "Tempat ini dipilih karena bebas." in page
    assert "Karena bebas saja" in page
    assert "speaks for it" in page
    document, start, _end = words_of(study)
    form = {
        "finding": finding,
        "reply": "corrects",
        "on": "2021-05-01",
        "correction": "Bukan bebas, tetapi murah.",
    }
    page = post("1/answer/", **form, passage=f"{document}-{start}-{start + 6}").content.decode()
    assert "Bukan bebas, tetapi murah." in page
    assert study.evidence(finding)["stance"].to_pylist() == ["supports", "contradicts"]
    page = post("1/answer/", what="remove", check="1").content.decode()
    assert "Bukan bebas, tetapi murah." not in page


def test_a_correction_says_something(post: Callable[..., Response], study: Study) -> None:
    """Else it is refused."""
    post("take-over/")
    finding = study.add_finding("Tempat ini dipilih karena bebas.")
    post("1/answer/", status=400, finding=finding, reply="corrects", on="2021-05-01")


def test_a_withdrawal_says_what_goes_before_it_goes(
    client: Client, post: Callable[..., Response], study: Study
) -> None:
    """Counts first; carried out by the typed code alone; then the transcript, codings and evidence are gone."""
    post("take-over/")
    study.add_codings("Percaya", [words_of(study)])
    finding = study.add_finding("Tempat ini dipilih karena bebas.")
    study.add_evidence(finding, [words_of(study)])
    page = client.get("/s/s/cases/1/withdrawal/").content.decode()
    for row in ("interviews and other documents", "codings", "pieces of evidence"):
        assert row in page
    assert study.codings().num_rows == 1
    assert "Nothing was erased" in post("1/withdraw/", status=400, code="Informan 2").content.decode()
    post("1/withdraw/", code="informan 1")
    (job,) = jobs.of("s")
    assert job.wait(60)
    assert job.state is jobs.State.DONE, job.error
    assert study.codings().num_rows == 0
    assert study.evidence(finding).num_rows == 0
    assert "interview" not in study.run(study.documents)["kind"].to_pylist()
    page = client.get("/s/s/cases/1/").content.decode()
    assert "Withdrew on" in page
    assert "Record a consent" not in page


def test_a_participant_on_record_alone_can_withdraw(client: Client, post: Callable[..., Response]) -> None:
    """Nothing they said is in the study; the code and the day are kept."""
    post("add/", code="Informan 8")
    post("1/withdraw/", code="Informan 8")
    (job,) = jobs.of("s")
    assert job.wait(60)
    assert job.state is jobs.State.DONE, job.error
    assert "Withdrew on" in client.get("/s/s/cases/1/").content.decode()


def test_who_was_put_there_by_mistake_goes_and_comes_back(
    client: Client, post: Callable[..., Response]
) -> None:
    """This is no withdrawal: it can be undone."""
    post("add/", code="Informan 1")
    answer = post("1/remove/", status=204)
    assert answer["HX-Redirect"] == "/s/s/cases/"
    client.post("/s/s/undo/", headers=HTMX)
    assert "Informan 1" in client.get("/s/s/cases/").content.decode()
