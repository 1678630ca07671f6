"""WhatsApp exports of both systems and both languages: who said what and when, and what the app wrote itself."""

from __future__ import annotations

import random
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makna.corpus.importing.consenting import fold
from makna.corpus.model import SourceKind
from makna.corpus.readers import chat_people, recognise, whatsapp
from makna.corpus.readers.base import Block, Options
from makna.corpus.readers.whatsapp_stamps import STAMP, Orders, day
from makna.corpus.records import Dropped, RawPost, RawRecord, Rejection, Remark
from makna.errors import MaknaError, UnreadableFile

ANDROID = """\
13/03/21 11.20 - Pesan dan panggilan terenkripsi secara end-to-end. Tidak seorang pun di luar chat ini yang dapat membaca.
13/03/21 11.21 - Melati Putri membuat grup "Jual: beli kamera"
13/03/21 11.22 - Melati Putri menambahkan Dahlia Sekar dan +62 834-7000-0002
13/03/21 11.25 - Melati Putri: Halo @6283470000001, tanya @\u2068Dahlia Sekar\u2069 ya
13/03/21 11.26 - +62 834-7000-0001: Kabar baik
baris kedua: iya
13/03/21 11.26 - Kenanga: ok
13/03/21 11.26 - Kenanga: ok
13/03/21 11.27 - Kenanga: <Media tidak disertakan>
13/03/21 11.28 - Kenanga: Pesan ini dihapus
13/03/21 11.29 - Kenanga: \u200eIMG-20210313-WA0001.jpg (file terlampir)
testi lagi
13/03/21 11.30 - Kenanga: PTT-20210313-WA0002.opus (file terlampir)
13/03/21 11.31 - Melati Putri: sudah ya <Pesan ini diedit>
13/03/21 11.32 - Kenanga: null
13/03/21 11.33 - Kenanga: Panggilan suara tak terjawab
"""
IOS = """\
\ufeff[13/03/21 11.20.01] Jual Beli: \u200ePesan dan panggilan terenkripsi secara end-to-end.
[13/03/21 11.21.02] Melati Putri: \u200eMelati Putri membuat grup ini
[13/03/21 11.25.03] ~\u202fMelati Putri: Halo semua
\u200e[13/03/21 11.26.04] Kenanga: \u200egambar tidak disertakan
\u200e[13/03/21 11.27.05] Kenanga: katalog.pdf • \u200e3 halaman \u200edokumen tidak disertakan
\u200e[13/03/21 11.28.06] Kenanga: ini testinya \u200e<lampiran: 00000012-PHOTO-2021-03-13-11-28-06.jpg>
\u200e[13/03/21 11.29.07] Kenanga: \u200ePesan ini dihapus.
\u200e[13/03/21 11.30.08] \u202a+62\u00a0834\u20117000\u20110001\u202c: \u200estiker tidak disertakan
[13/03/21 11.31.09] Kenanga: sip \u200e<Pesan ini diedit>
\u200e[13/03/21 11.32.10] Kenanga: \u200eLokasi: https://maps.example.test/?q=1
"""


def save(folder: Path, text: str, name: str = "Chat WhatsApp dengan Grup.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def read(path: Path) -> list[RawRecord]:
    """All records of *path*, which must be recognised as a chat."""
    reader, head = recognise(path)
    assert reader.name == "whatsapp"
    return [r for block in reader.blocks(path, head, Options()) for r in reader.parse(block, Options())]


def posts(found: list[RawRecord]) -> list[RawPost]:
    return [r for r in found if isinstance(r, RawPost)]


def who(post: RawPost) -> str | None:
    return post.account and (post.account.name or post.account.handle)


def said(found: list[RawRecord]) -> list[tuple[str | None, str, tuple[str, ...]]]:
    return [(who(p), p.text, p.media) for p in posts(found)]


def times(found: list[RawRecord]) -> list[str]:
    return [datetime.fromtimestamp(p.sent, UTC).strftime("%Y-%m-%d %H:%M:%S") for p in posts(found) if p.sent]


def test_an_android_export_in_indonesian(tmp_path: Path) -> None:
    """Senders, words over several lines and media come out; notices and what was taken back are counted."""
    found = read(save(tmp_path, ANDROID))
    assert said(found) == [
        ("Melati Putri", "Halo @6283470000001, tanya @\u2068Dahlia Sekar\u2069 ya", ()),
        ("6283470000001", "Kabar baik\nbaris kedua: iya", ()),
        ("Kenanga", "ok", ()),
        ("Kenanga", "ok", ()),
        ("Kenanga", "", ("media",)),
        ("Kenanga", "testi lagi", ("image",)),
        ("Kenanga", "", ("voice",)),
        ("Melati Putri", "sudah ya", ()),
    ]
    assert [r.fields for r in found if isinstance(r, Dropped)] == [{"notice": 5, "deleted message": 1}]
    assert [p.where for p in posts(found)][:3] == [4, 5, 7]
    assert not [r for r in found if isinstance(r, Rejection | Remark)]


def test_an_ios_export_with_unseen_marks(tmp_path: Path) -> None:
    """Marks of direction, narrow spaces and the tilde leave the names; what the app wrote behind a mark is no speech."""
    found = read(save(tmp_path, IOS))
    assert said(found) == [
        ("Melati Putri", "Halo semua", ()),
        ("Kenanga", "", ("image",)),
        ("Kenanga", "", ("document",)),
        ("Kenanga", "ini testinya", ("image",)),
        ("6283470000001", "", ("sticker",)),
        ("Kenanga", "sip", ()),
        ("Kenanga", "Lokasi: https://maps.example.test/?q=1", ()),
    ]
    assert times(found)[0] == "2021-03-13 11:25:03"


def test_an_english_export(tmp_path: Path) -> None:
    """The wording of English phones, with a narrow space before AM and PM; 12 AM is midnight."""
    text = (
        "3/13/21, 12:05\u202fAM - Messages and calls are end-to-end encrypted.\n"
        "3/13/21, 12:06\u202fAM - Melati added Dahlia Sekar\n"
        "3/13/21, 12:07\u202fAM - Melati: <Media omitted>\n"
        "3/13/21, 12:08\u202fPM - Melati: You deleted this message\n"
        "3/13/21, 12:09\u202fPM - Melati: VID-20210313-WA0001.mp4 (file attached)\n"
        "3/13/21, 1:10\u202fPM - Melati: hello <This message was edited>\n"
        "3/13/21, 1:11\u202fPM - Melati: Missed voice call\n"
    )
    found = read(save(tmp_path, text))
    assert said(found) == [("Melati", "", ("media",)), ("Melati", "", ("video",)), ("Melati", "hello", ())]
    assert times(found) == ["2021-03-13 00:07:00", "2021-03-13 12:09:00", "2021-03-13 13:10:00"]


def test_equal_words_within_a_minute_stay_two(tmp_path: Path) -> None:
    """Ids tell them apart, and the same export made anew gives the same ids."""
    first, again = read(save(tmp_path, ANDROID)), read(save(tmp_path, ANDROID + ANDROID[-60:], "baru.txt"))
    ids = [p.id for p in posts(first)]
    assert len(set(ids)) == len(ids) == 8
    assert [p.id for p in posts(again)][:8] == ids
    assert {p.conversation_id for p in posts(first)} == {p.conversation_id for p in posts(again)}


def test_whom_a_notice_or_a_mention_names_is_known_to_the_door(tmp_path: Path) -> None:
    """Who made the group and who was added, by name or number, are mentions of the next message."""
    first = posts(read(save(tmp_path, ANDROID)))[0]
    known = {chat_people.handle(n) for n in ("Melati Putri", "Dahlia Sekar", "083470000002", "083470000001")}
    assert set(first.mentions) == known


ORDERS = [
    ("13/03/21", "dmy", True), ("03/13/21", "mdy", True), ("2021-03-13", "ymd", True), ("2021/03/04", "ymd", True),
    ("13.03.2021", "dmy", True), ("03/04/21", "dmy", False), ("04/04/21", "dmy", True),
]  # fmt: skip


@pytest.mark.parametrize(("written", "order", "told"), ORDERS)
def test_the_order_of_a_day(written: str, order: str, told: bool) -> None:
    """A number above 12 or 31 tells the order; where none does the day is first, and that is known to be a guess."""
    match = STAMP.match(f"{written} 11.20 - ")
    assert match is not None
    orders = Orders()
    orders.see([day(match)])
    assert orders.decide() == (order, told)


def test_the_order_is_told_by_the_whole_file(tmp_path: Path) -> None:
    """Early days alone leave it open; one late day, or that time runs forward, settles all; and the rest is remarked."""
    early = "".join(f"[01/0{n}/21 11:25] Melati: ya {n}\n" for n in (2, 3))
    (remark,) = [r for r in read(save(tmp_path, early)) if isinstance(r, Remark)]
    assert "3 April or 4 March" in remark.text
    late = read(save(tmp_path, early + "[01/20/21 11:25] Melati: ya\n"))
    assert [t[:10] for t in times(late)] == ["2021-01-02", "2021-01-03", "2021-01-20"]
    forward = "".join(f"[0{month}/0{d}/21 11:25] Melati: ya\n" for month in (1, 2) for d in (2, 9))
    found = read(save(tmp_path, forward))
    assert [t[:10] for t in times(found)] == ["2021-01-02", "2021-01-09", "2021-02-02", "2021-02-09"]
    assert not [r for r in late + found if isinstance(r, Remark)]


def test_blocks_end_where_a_minute_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However small the blocks, records, lines and ids are those of one block."""
    path = save(tmp_path, ANDROID)
    whole = posts(read(path))
    monkeypatch.setattr(whatsapp, "BLOCK_BYTES", 64)
    reader, head = recognise(path)
    found: list[Block] = []
    monkeypatch.setattr("makna.corpus.readers.source.BLOCK_BYTES", 50)
    found = list(reader.blocks(path, head, Options()))
    assert len(found) > 5
    parts = posts([r for block in found for r in reader.parse(block, Options())])
    assert [(p.where, p.text, p.id, p.media) for p in parts] == [
        (p.where, p.text, p.id, p.media) for p in whole
    ]


def test_the_archive_as_the_app_shares_it(tmp_path: Path) -> None:
    """A ZIP with the chat and its pictures reads as the text in it; nothing is unpacked."""
    path = tmp_path / "WhatsApp Chat - Grup.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("00000012-PHOTO-2021-03-13-11-28-06.jpg", b"\xff\xd8\xff")
        archive.writestr("_chat.txt", IOS)
    assert said(read(path)) == said(read(save(tmp_path, IOS)))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["Chat WhatsApp dengan Grup.txt", path.name]
    with pytest.raises(UnreadableFile, match="is a ZIP archive"):
        recognise(path, options=Options(kind=SourceKind.INTERVIEW))


def test_other_archives_are_no_chat(tmp_path: Path) -> None:
    """A ZIP of two texts, of one that is no chat, and a damaged one are refused as before."""
    for n, texts in enumerate(({"a.txt": IOS, "b.txt": IOS}, {"a.txt": "halo"}, {"a/b/c.txt": IOS})):
        path = tmp_path / f"{n}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in texts.items():
                archive.writestr(name, text)
        with pytest.raises(UnreadableFile, match="is a ZIP archive"):
            recognise(path)
    (tmp_path / "cut.zip").write_bytes((tmp_path / "0.zip").read_bytes()[:300])
    with pytest.raises(UnreadableFile, match="damaged"):
        recognise(tmp_path / "cut.zip")


def test_an_archive_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What its directory says of the size is enough to refuse it."""
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_chat.txt", IOS * 1000)
    monkeypatch.setattr("makna.corpus.readers.chat_zip._LIMIT", 1000)
    with pytest.raises(UnreadableFile, match=r"bomb\.zip unpacks to more than"):
        recognise(path)


PHONES = {
    "+62 834-7000-0001": "6283470000001", "0834 7000 0001": "6283470000001", "0834-7000-0001": "6283470000001",
    "62834 7000 0001": "6283470000001", "\u202a+62\u00a0834\u20117000\u20110001\u202c": "6283470000001",
    "+12 345 578": "12345578", "Mawar 83": None, "1234567": None, "2021": None, "": None,
}  # fmt: skip


@pytest.mark.parametrize("written", PHONES)
def test_numbers_of_senders_are_one_however_written(written: str) -> None:
    """A sender's number goes by its international digits, also in the list of consents; a name is no number."""
    assert chat_people.phone(chat_people.plain(written)) == PHONES[written]
    if PHONES[written]:
        assert fold(written) == PHONES[written]


@pytest.mark.parametrize(
    "written", ["Melati Putri", "~ melati  putri", "\u200e~\u202fMELATI PUTRI", "@Melati Putri"]
)
def test_consents_by_display_name(written: str) -> None:
    """A display name compares without case, tilde, sign and unseen marks."""
    assert fold(written) == "melati putri" == fold(chat_people.handle("Melati Putri") or "")


def test_a_name_is_not_the_handle_of_another_platform() -> None:
    """``Mawar`` in somebody's phone and @mawar elsewhere are two accounts."""
    account = chat_people.account("Mawar")
    assert account is not None
    assert account.handle != "Mawar"
    assert account.name == "Mawar"


@given(
    st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40), max_size=30),
    st.randoms(),
)
def test_damaged_exports_never_crash(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], dice: random.Random
) -> None:
    """Any lines among real ones, in any order: each message is read, rejected or counted, and nothing is raised."""
    mixed = [*ANDROID.splitlines(), *IOS.splitlines(), *lines]
    dice.shuffle(mixed)
    path = save(tmp_path_factory.mktemp("mixed"), "\n".join(mixed))
    try:
        reader, head = recognise(path)
    except MaknaError:
        return
    for block in reader.blocks(path, head, Options()):
        for record in reader.parse(block, Options()):
            assert not isinstance(record, RawPost) or record.text is not None


HOSTILE = {
    "one endless line": "[13/03/21 11:20] Melati: " + "a" * 3_000_000,
    "endless names": "[13/03/21 11:20] Melati: ya\n" * 3 + ("[13/03/21 11:20] " + "a" * 120 + "\n") * 20_000,
    "stamps alone": "[13/03/21 11:20] " * 100_000 + "\n[13/03/21 11:20] Melati: a\n" * 3,
    "marks": "[13/03/21 11:20] Melati: a\n" * 3 + "\u200e" * 1_000_000 + "omitted",
    "brackets": "[13/03/21 11:20] Melati: a\n" * 3 + "[13/03/21 11:20] M: " + "\u200e<attached: " * 60_000,
    "attached": "[13/03/21 11:20] Melati: a\n" * 3 + "[13/03/21 11:20] M: " + "a. " * 500_000,
    "notices": "[13/03/21 11:20] Melati: a\n" * 3 + "[13/03/21 11:20] " + "a added b, " * 200_000,
    "digits": "[13/03/21 11:20] Melati: a\n" * 3 + "1" * 1_000_000 + "\n" + "13/03/21 " * 100_000,
    "blank": "[13/03/21 11:20] Melati: a\n" * 3 + " " * 1_000_000 + "<Pesan ini diedit",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_exports_end_soon(tmp_path: Path, name: str) -> None:
    """A few megabytes made to slow a reader down are read within seconds of computing."""
    path = save(tmp_path, HOSTILE[name])
    before = time.process_time()
    try:
        found = read(path)
    except (MaknaError, AssertionError):
        found = []
    assert time.process_time() - before < 10
    assert all(len(p.text) <= len(HOSTILE[name]) for p in posts(found))
