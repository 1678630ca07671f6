"""The second scan by itself, and the doubts it leaves to a person."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from hypothesis import given

from makna.corpus.disguise.door import Doubt
from makna.corpus.disguise.doubts import DoubtFiles, KeptDoubt
from makna.corpus.disguise.second_scan import scan
from makna.errors import DoorError
from strategies import PHONE_STYLES, phones

KEY = bytes(range(32))
ALONE = ["plain", "dashes", "blanks", "dots", "single blanks", "circled", "bold", "keycaps", "spelled", "spelled english", "arabic",
         "full width", "slashes", "line breaks"]  # fmt: skip


@pytest.mark.parametrize("style", ALONE)
@given(phones())
def test_the_second_scan_sees_numbers_by_itself(style: str, number: str) -> None:
    """Without any recogniser before it, most disguises of a number are heavy enough to be seen."""
    written = PHONE_STYLES[style](number)
    found = scan(f"halo {written} ya", [])
    assert len(found) == 1
    assert found[0][0] <= 5
    assert found[0][1] >= 5 + len(written) - 1


@pytest.mark.parametrize("text", ["x@y.co", "ke @mawarmel", "https://a.b", "www.x", "t.me"])
def test_what_has_the_form_of_a_contact_is_seen(text: str) -> None:
    """Signs and schemes that slipped through are doubtful."""
    assert scan(text, [])


@pytest.mark.parametrize(
    "text",
    ["cicilan 1.250.000 x 12 bulan", "jam 08.15 - 12.30, 13.00", "10/11/2020 12/12/2021", "2019 2020 2021 2022", "300 500 800 1000",
     "1 2 3 4 5 6 7 8 9 10", "20210512", "12000000 dan 15000000", "halo"],
)  # fmt: skip
def test_plain_quantities_fall_apart(text: str) -> None:
    """Prices, times, dates, years and lists are no identifiers, however many digits they have."""
    assert scan(text, []) == []


def test_placeholders_are_bars() -> None:
    """Digits on both sides of a placeholder are not one heap."""
    text = "4821 ⟦wa⟧ 1137"
    assert scan(text, [(5, 9)]) == []
    assert scan("4821 - 1137", []) != []


def files(tmp_path: Path, key: bytes = KEY) -> DoubtFiles:
    """The doubts of a study under a temporary folder."""
    return DoubtFiles(tmp_path, "s1", key)


def test_doubts_lie_encrypted_and_come_back(tmp_path: Path) -> None:
    """What is kept is read again with the key, and no byte of it lies open."""
    kept = files(tmp_path)
    assert kept.write(2, [(7, Doubt(4, 7, "48211937", "many digits"))]) == 1
    assert kept.read(2) == [KeptDoubt(7, 4, 7, "48211937", "many digits")]
    assert kept.batches() == [2]
    (file,) = (tmp_path / "doubts" / "s1").iterdir()
    assert b"48211937" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0


def test_what_is_decided_is_forgotten(tmp_path: Path) -> None:
    """What remains is kept for the batch as it will stand; once it does, the rest goes, and the file with the last doubt."""
    kept = files(tmp_path)
    kept.write(1, [(7, Doubt(4, 7, "a", "r")), (7, Doubt(9, 12, "b", "r"))])
    kept.keep(1, kept.read(1)[1:], revision=1)
    assert [d.span for d in kept.read(1)] == ["a", "b"]  # the batch may not have been written yet
    kept.forget_others(1, 1)
    assert kept.read(1) == []
    assert [d.span for d in kept.read(1, 1)] == ["b"]
    kept.keep(1, [], revision=2)
    kept.forget_others(1, 2)
    assert kept.batches() == []


def test_writing_again_replaces_and_destroying_forgets_all(tmp_path: Path) -> None:
    """A batch has one set of doubts; a study can drop them all."""
    kept = files(tmp_path)
    for span in ("a", "b"):
        kept.write(1, [(1, Doubt(0, 3, span, "r"))])
    assert [d.span for d in kept.read(1)] == ["b"]
    kept.write(2, [(1, Doubt(0, 3, "c", "r"))])
    kept.destroy()
    assert kept.batches() == []


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    """Without the study's key the doubts stay shut, with a message that says so."""
    files(tmp_path).write(1, [(1, Doubt(0, 3, "a", "r"))])
    with pytest.raises(DoorError, match="does not open"):
        files(tmp_path, Fernet.generate_key()[:32]).read(1)


@pytest.mark.parametrize("ornament", ["", " 😭", " ✨ siap", " ×2"])
def test_an_ornament_hides_no_contact_and_makes_no_number(ornament: str) -> None:
    """Emoji beside it change nothing: a contact is still seen, a price and a time are still quantities."""
    assert scan(f"tulis ke akun@contoh.id{ornament}", ())
    assert scan(f"ada di www.contoh.id{ornament}", ())
    assert not scan(f"harga 1.500.000 jam 10:30 sampai 12:45{ornament}", ())
