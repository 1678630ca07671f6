"""Tables by a mapping, tweet-harvest's own, and workbooks: what a cell means and which column is what."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from makna.corpus.model import Relation
from makna.corpus.readers import cells, mapping, recognise, sheets
from makna.corpus.readers.base import Options
from makna.corpus.readers.table import Table
from makna.corpus.readers.times import any_time, x_time
from makna.corpus.records import Dropped, RawAccount, RawPost, RawRecord, Rejection
from makna.errors import BadMapping, NothingToRead, UnreadableFile

COMMENTS = Path(__file__).parent / "fixtures_posts" / "komentar.csv"
HARVEST = "id_str,created_at,full_text,favorite_count,username,user_id_str,conversation_id_str,tweet_url"


def read(path: Path, **said: object) -> list[RawRecord]:
    """All records of *path* by the reader that recognises it."""
    options = Options(**said)  # type: ignore[arg-type]
    reader, head = recognise(path, options=options)
    return [r for b in reader.blocks(path, head, options) for r in reader.parse(b, options)]


def posts(records: Sequence[RawRecord]) -> list[RawPost]:
    return [r for r in records if isinstance(r, RawPost)]


def harvest(folder: Path, *rows: str, header: str = HARVEST) -> list[RawPost]:
    """The posts of a tweet-harvest file of *rows*."""
    path = folder / "tweets.csv"
    path.write_text("\n".join([header, *rows]) + "\n")
    return posts(read(path))


def workbook(path: Path, content: dict[str, list[list[object]]], *, hidden: Sequence[str] = ()) -> Path:
    """A small XLSX: strings inline, numbers as numbers, ``("date", n)`` as a day of Excel's."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    states = {name: ' state="hidden"' if name in hidden else "" for name in content}
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"{states[name]}/>' for n, name in enumerate(content, 1)
    )
    ends = "".join(
        f'<Relationship Id="r{n}" Type="{rel}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(content) + 1)
    )
    styles = (
        f'<styleSheet xmlns="{main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/>'
        "</cellXfs></styleSheet>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" Type="{rel}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets>{listed}</sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships">{ends}'
            f'<Relationship Id="s" Type="{rel}/styles" Target="styles.xml"/></Relationships>',
        )
        archive.writestr("xl/styles.xml", styles)
        for n, rows in enumerate(content.values(), 1):
            body = "".join(_xml_row(at, cells_) for at, cells_ in enumerate(rows, 1) if cells_)
            archive.writestr(
                f"xl/worksheets/sheet{n}.xml",
                f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>',
            )
    return path


def _xml_row(at: int, row: Sequence[object]) -> str:
    made = []
    for n, cell in enumerate(row):
        where = f'r="{chr(65 + n)}{at}"'
        if isinstance(cell, tuple):
            made.append(f'<c {where} s="1"><v>{cell[1]}</v></c>')
        elif isinstance(cell, str):
            made.append(f'<c {where} t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>')
        elif cell is not None:
            made.append(f"<c {where}><v>{cell!r}</v></c>")
    return f'<row r="{at}">{"".join(made)}</row>'


def test_a_table_with_indonesian_names() -> None:
    """Columns named in Indonesian are guessed; texts over lines, counts in *ribu* and written dates are read."""
    records = read(COMMENTS)
    first, second, third = posts(records)
    assert first.text == "Bagus kak; recommended\nbanget"
    assert first.account == RawAccount(handle="melati_ayu")
    assert (first.sent, first.likes) == (any_time("2025-02-10T15:00:00Z"), 1200)
    assert second.sent == any_time("2025-02-11")
    assert (third.relation, third.parent_handle, third.text) == (
        Relation.REPOST,
        "melati_ayu",
        "RT @melati_ayu: ok",
    )
    assert third.sent == any_time("2025-02-11T18:00:00Z")
    assert [r.fields for r in records if isinstance(r, Dropped)] == [{"other": 4}]


def test_what_the_mapping_does_not_name_never_enters() -> None:
    """With a mapping given, nothing else is read: no guess adds to it."""
    found = posts(read(COMMENTS, mapping={"text": "Isi Komentar"}))
    assert [p.account for p in found] == [None, None, None]
    assert [p.sent for p in found] == [None, None, None]


def test_a_mapping_outranks_the_format(tmp_path: Path) -> None:
    """A mapping is obeyed also where the file is tweet-harvest's."""
    path = tmp_path / "t.csv"
    path.write_text(HARVEST + "\n1,x,halo kak,3,melati,9,1,https://x.com/melati/status/1\n")
    reader, _head = recognise(path, options=Options(mapping={"text": "full_text"}))
    assert reader.name == "table"
    assert posts(read(path, mapping={"text": "full_text", "author": "username"}))[0].account == RawAccount(
        handle="melati"
    )


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (
            ["tweet", "username", "date", "id"],
            {"text": "tweet", "handle": "username", "time": "date", "id": "id"},
        ),
        (
            ["Isi Cuitan", "Nama Pengguna", "Tanggal"],
            {"text": "Isi Cuitan", "handle": "Nama Pengguna", "time": "Tanggal"},
        ),
        (["content", "user_id", "likeCount"], {"text": "content", "author": "user_id", "likes": "likeCount"}),
        (["a", "b"], {}),
    ],
)
def test_guesses_by_name(columns: list[str], expected: dict[str, str]) -> None:
    """Names in both languages, in any case and spacing, are known."""
    assert mapping.guess(columns, ()) == expected


def test_guesses_by_look() -> None:
    """Where names tell nothing the cells do: ids, times, handles, and the longest column of words."""
    rows = [
        [
            f"17000000000000000{n:02d}",
            f"@akun_{n}",
            "2025-02-10 15:00",
            "Surabaya",
            f"kak masih ada slot nomor {n}?",
        ]
        for n in range(10)
    ]
    found = mapping.guess(["k1", "k2", "k3", "k4", "k5"], rows)
    assert found == {"text": "k5", "id": "k1", "handle": "k2", "time": "k3"}


def test_a_mapping_that_does_not_fit() -> None:
    """A missing column is named with its role, and the columns there are are listed."""
    with pytest.raises(
        BadMapping, match=r"komentar\.csv has no column Teks.*for text.*Columns: No, Nama Akun, Isi"
    ):
        read(COMMENTS, mapping={"text": "Teks"})
    with pytest.raises(BadMapping, match="no column is known to hold the text"):
        read(COMMENTS, mapping={"handle": "Nama Akun"})
    assert mapping.check({"text": "isi komentar"}, ["No", "Isi Komentar"], "x.csv") == {"text": 1}


def test_mappings_as_written(tmp_path: Path) -> None:
    """The command line, a TOML file and a CSV file say the same; a wrong role is named with a near one."""
    expected = {"text": "Isi, lengkap", "author": "Akun"}
    assert mapping.parse('"text=Isi, lengkap",author=Akun') == expected
    for name, content in {
        "m.toml": 'text = "Isi, lengkap"\nauthor = "Akun"\n',
        "n.toml": '[columns]\ntext = "Isi, lengkap"\nauthor = "Akun"\n',
        "m.csv": 'role,column\ntext,"Isi, lengkap"\nauthor,Akun\n',
        "n.csv": "text;Isi, lengkap\nauthor;Akun\n",
    }.items():
        (tmp_path / name).write_text(content)
        assert mapping.read_file(tmp_path / name) == expected, name
    with pytest.raises(BadMapping, match=r"role txt.*Did you mean text"):
        mapping.parse("txt=Isi")
    with pytest.raises(BadMapping, match="role=column"):
        mapping.parse("Isi")
    (tmp_path / "bad.toml").write_text("text = [1]")
    with pytest.raises(BadMapping, match=r"bad\.toml is no mapping"):
        mapping.read_file(tmp_path / "bad.toml")


def test_damaged_ids_are_taken_from_the_address(tmp_path: Path) -> None:
    """Id and username that Excel or the harvester lost are taken from the address of the post, else are missing."""
    whole, undefined, none = harvest(
        tmp_path,
        "1.7E+18,Mon Feb 10 15:00:22 +0000 2025,halo,3,,9,1.7E+18,https://x.com/melati/status/1700000000000000001",
        "1.7E+18,Mon Feb 10 15:00:22 +0000 2025,halo,3,,9,1.7E+18,https://x.com/undefined/status/1700000000000000002",
        "1.7E+18,Mon Feb 10 15:00:22 +0000 2025,halo,3,undefined,,1.7E+18,",
    )
    assert (whole.id, whole.account) == ("1700000000000000001", RawAccount("9", "melati"))
    assert (undefined.id, undefined.account) == ("1700000000000000002", RawAccount("9"))
    assert (none.id, none.account, none.conversation_id) == (None, None, None)


def test_rounded_ids_stay(tmp_path: Path) -> None:
    """Ids that Excel rounded are given as they are; the importer sees what many posts share."""
    rows = [
        f"1700000000000000000,Mon Feb 10 15:00:2{n} +0000 2025,halo {n},3,a,9,1700000000000000000,"
        for n in range(3)
    ]
    assert [p.id for p in harvest(tmp_path, *rows)] == ["1700000000000000000"] * 3


def test_an_answer_without_its_column(tmp_path: Path) -> None:
    """Without in_reply_to_screen_name, a post in another's conversation answers the account it begins with."""
    answer, own = harvest(
        tmp_path,
        "2,Mon Feb 10 15:00:22 +0000 2025,@melati ada slot?,0,ayu,8,1,",
        "3,Mon Feb 10 15:00:22 +0000 2025,@melati baik sekali,0,ayu,8,3,",
    )
    assert (answer.relation, answer.parent_handle, answer.parent_id) == (Relation.REPLY, "melati", None)
    assert (own.relation, own.parent_handle) == (Relation.NONE, None)


def test_an_empty_text_is_rejected(tmp_path: Path) -> None:
    """A row without text is a rejection at its line; an empty row is nothing."""
    path = tmp_path / "t.csv"
    path.write_text("id,text\n1,halo kak\n2,\n,\n3,hai\n")
    records = read(path)
    assert [(type(r), r.where) for r in records if isinstance(r, RawPost | Rejection)] == [
        (RawPost, 2), (Rejection, 3), (RawPost, 5),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("17", "17"), ("1.7E+18", None), ("1,7e18", None), ("'17", "17"), ('="17"', "17"), ("17.0", "17"), (" ", None),
        ("nan", None), ("abc-1", "abc-1"),
    ],
)  # fmt: skip
def test_ids_of_cells(cell: str, expected: str | None) -> None:
    """Ids keep their digits; what a spreadsheet shortened is none."""
    assert cells.post_id(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12", 12), ("12.0", 12), ("1.234", 1234), ("1,234,567", 1234567), ("1,2 rb", 1200), ("3.4K", 3400), ("2jt", 2_000_000),
        ("", None), ("banyak", None), ("9" * 5000, None), ("1.2.3", None),
    ],
)  # fmt: skip
def test_counts_of_cells(cell: str, expected: int | None) -> None:
    """Counts are read as people and programs of both languages write them."""
    assert cells.number(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("https://example.org/media/a.jpg", ("image",)), ("https://example.org/ext_tw_video_thumb/1.jpg", ("video",)),
        ("https://example.org/tweet_video_thumb/1.jpg", ("animation",)), ("voice", ("voice",)), ("[]", ()), ("", ()), ("no", ()),
    ],
)  # fmt: skip
def test_media_of_cells(cell: str, expected: tuple[str, ...]) -> None:
    """An address of a medium becomes its sign."""
    assert cells.media(cell) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mon Feb 10 15:00:22 +0000 2025", "2025-02-10T15:00:22.000Z", "2025-02-10 22:00:22+07:00", "1739199622", "1739199622000",
        "10-Feb-2025 (15:00:22)", "10/02/2025 15:00:22", "10/02/2025 15.00.22",
        "15.00.22 10-02-2025",
        "10/02/25 15:00:22", "10 Februari 2025 15:00:22",
        "10 Februari 2025 22:00:22 WIB", "Feb 10, 2025 · 3:00:22 PM UTC", "2025-02-10 15:00:22", "45698.6252546296",
        "Mon Feb 10 22:00:22 +0700 2025", "Mon Feb 10 09:30:22 -0530 2025", "02/25/2025 15:00:22", "45698,6252546296",
    ],
)  # fmt: skip
def test_times(text: str) -> None:
    """Every way of writing one moment is that moment, to the second."""
    found = any_time(text)
    assert found is not None
    assert round(found) - (15 * 86400 if text.startswith("02/25") else 0) == 1739199622


@pytest.mark.parametrize(
    "text", ["", "kemarin", "12", "2025-13-45", "31/02/2025", "10/02/2025 25:00", "Xxx Feb 10"]
)
def test_no_times(text: str) -> None:
    """What is no time is none."""
    assert any_time(text) is None
    assert x_time(None) is None


def test_a_workbook(tmp_path: Path) -> None:
    """The first visible sheet is read: numbers, dates and texts as a CSV export would hold them; hidden ones are not."""
    path = workbook(
        tmp_path / "data.xlsx",
        {
            "rahasia": [["Isi", "Akun"], ["tersembunyi sekali", "x"]],
            "kosong": [],
            "posting": [
                [],
                ["Isi", "Akun", "Waktu", "Suka", "ID Tweet"],
                ["halo kak\nbaris & dua", "@ayu", ("date", 45698.625), 12, 1.7e18],
            ],
        },
        hidden=["rahasia"],
    )
    (post,) = posts(read(path))
    assert (post.where, post.text, post.likes, post.id) == (
        3,
        "halo kak\nbaris & dua",
        12,
        "1700000000000000000",
    )
    assert post.sent == any_time("2025-02-10T15:00:00Z")
    (hidden,) = posts(read(path, sheet="rahasia"))
    assert hidden.text == "tersembunyi sekali"
    with pytest.raises(UnreadableFile, match=r"no sheet lain\. Sheets: kosong, posting"):
        read(path, sheet="lain")


def test_a_workbook_called_csv(tmp_path: Path) -> None:
    """A workbook is read as one whatever its suffix."""
    path = workbook(tmp_path / "data.csv", {"a": [["Isi", "Akun"], ["halo kak", "ayu"]]})
    assert [p.text for p in posts(read(path))] == ["halo kak"]


def test_a_workbook_without_rows(tmp_path: Path) -> None:
    """A workbook of empty or hidden sheets is refused as such."""
    with pytest.raises(NothingToRead, match="no visible sheet"):
        read(workbook(tmp_path / "a.xlsx", {"a": [], "b": [["Isi"]]}, hidden=["b"]))


def test_workbook_blocks(tmp_path: Path) -> None:
    """A large sheet is cut into blocks whose sizes make up the file's."""
    rows: list[list[object]] = [["Isi", "Akun"], *([f"halo kak {n}", "ayu"] for n in range(4500))]
    path = workbook(tmp_path / "a.xlsx", {"a": rows})
    reader, head = recognise(path)
    blocks = list(reader.blocks(path, head, Options()))
    assert [block.start for block in blocks] == [2, 2002, 4002]
    assert sum(block.size for block in blocks) == pytest.approx(path.stat().st_size, rel=0.01)
    assert len(posts([r for b in blocks for r in reader.parse(b, Options())])) == 4500


def test_cells_as_text() -> None:
    """Whole numbers have no decimal point, others keep theirs."""
    assert [sheets.as_text(cell) for cell in (3.0, 3.5, True, "x", 7)] == ["3", "3.5", "True", "x", "7"]


def test_columns_are_offered(tmp_path: Path) -> None:
    """A table tells its columns and first rows, so that a mapping can be offered before anything is read."""
    path = workbook(tmp_path / "a.xlsx", {"a": [["Isi", "Isi", ""], ["x", "y", "z"]]})
    _reader, head = recognise(path)
    assert Table().columns(path, head, Options()) == (("Isi", "Isi (2)", "column 3"), [("x", "y", "z")])
    _reader, head = recognise(COMMENTS)
    assert Table().columns(COMMENTS, head, Options())[0][:3] == ("No", "Nama Akun", "Isi Komentar")
