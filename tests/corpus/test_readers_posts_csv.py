"""Cutting CSV: real quotes join lines, wrong ones swallow nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from makna.corpus.readers import source
from makna.corpus.readers.base import Options
from makna.corpus.readers.csv_fields import Shape
from makna.corpus.readers.table import Table
from makna.corpus.records import Dropped, RawPost, RawRecord, Rejection

HEADER = ["id_str", "created_at", "full_text", "favorite_count", "username"]
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), min_size=1, max_size=60
)


def row(n: int, text: str = "halo kak, apa kabar?") -> list[str]:
    """A row as tweet-harvest writes it."""
    return [f"17000000000000{n:05d}", "Mon Feb 10 15:00:22 +0000 2025", text, str(n % 7), f"akun_{n}"]


def written(
    rows: Sequence[Sequence[str]], delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL
) -> list[str]:
    """Each row as the text of one CSV record, without its line end."""
    made = []
    for cells in rows:
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerow(cells)  # type: ignore[arg-type]
        made.append(out.getvalue()[:-1])
    return made


def read(path: Path, options: Options | None = None) -> list[RawRecord]:
    """All records of *path* by the reader of tables."""
    head, options = source.look(path), options or Options()
    return [r for b in Table().blocks(path, head, options) for r in Table().parse(b, options)]


def write(folder: Path, data: str | bytes) -> Path:
    path = folder / "tabel.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def ids(records: Sequence[RawRecord]) -> list[str | None]:
    return [r.id for r in records if isinstance(r, RawPost)]


def rejected(records: Sequence[RawRecord]) -> list[int]:
    return [r.where for r in records if isinstance(r, Rejection)]


@given(
    st.lists(TEXTS, min_size=1, max_size=8),
    st.sampled_from(",;\t|"),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_proper_csv_reads_as_the_csv_module_reads_it(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], delimiter: str, quoting: int
) -> None:
    """Whatever text a correct writer writes comes back, with the fields around it."""
    assume(all(text.strip() for text in texts))
    rows = [row(n, text) for n, text in enumerate(texts)]
    data = "\r\n".join(written([HEADER, *rows], delimiter, quoting)) + "\r\n"
    records = read(write(tmp_path_factory.mktemp("csv"), data))
    found = [r for r in records if isinstance(r, RawPost)]
    assert [p.id for p in found] == [cells[0] for cells in rows]
    assert [p.text.count("\n") for p in found] == [text.count("\n") for text in texts]
    assert [p.account.handle if p.account else None for p in found] == [cells[4] for cells in rows]


@settings(max_examples=150)
@given(st.data())
def test_damage_costs_the_damaged_rows(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Wherever characters of a row are lost or quotes put in, every other row is read as it was."""
    texts = data.draw(st.lists(TEXTS.filter(str.strip), min_size=6, max_size=12))
    lines = written([row(n, text) for n, text in enumerate(texts)], quoting=csv.QUOTE_ALL)
    at = data.draw(st.integers(0, len(lines) - 1))
    place = data.draw(st.integers(0, len(lines[at])))
    insert = data.draw(st.sampled_from(['"', '""', "", '","', '\n"', "\n"]))
    lost = data.draw(st.integers(0, 5))
    lines[at] = lines[at][:place] + insert + lines[at][place + lost :]
    text = "\r\n".join([*written([HEADER]), *lines]) + "\r\n"
    found = ids(read(write(tmp_path_factory.mktemp("csv"), text)))
    others = [row(n)[0] for n in range(len(lines)) if n != at]
    assert [one for one in found if one in others] == others


def test_a_row_cut_short_beside_a_text_over_lines(tmp_path: Path) -> None:
    """A row that loses its last quote does not join the row after it, also where that runs over lines."""
    lines = written([HEADER, *(row(n, "\n0" if n == 5 else "0") for n in range(6))], quoting=csv.QUOTE_ALL)
    lines[5] = lines[5][:-5]
    records = read(write(tmp_path, "\r\n".join(lines) + "\r\n"))
    assert ids(records) == [row(n)[0] for n in (0, 1, 2, 3, 5)]
    assert rejected(records) == [6]


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("stray", ['"', 'dia bilang "aman', '"aman" dan "', '\n"'])
def test_one_stray_quote_in_ten_thousand(tmp_path: Path, stray: str, quoting: int) -> None:
    """A stray quote in the text of one row of 10,000 costs at most that row, also beside texts over many lines."""
    rows = [row(n, "satu, dua\n\ntiga" if n % 5 == 0 else "halo") for n in range(10_000)]
    lines = written(rows, quoting=quoting)
    lines[4999] = lines[4999].replace("halo", f'"{stray}' if quoting == csv.QUOTE_MINIMAL else stray)
    records = read(write(tmp_path, "\n".join([*written([HEADER]), *lines]) + "\n"))
    found = set(ids(records))
    assert {cells[0] for n, cells in enumerate(rows) if n != 4999} <= found
    assert len(rejected(records)) <= 1
    assert len(ids(records)) + len(rejected(records)) == 10_000


@pytest.mark.parametrize("columns", [["isi", "akun"], ["akun", "isi"], ["isi", "akun", "kota"]])
def test_a_stray_quote_without_telling_columns(tmp_path: Path, columns: list[str]) -> None:
    """Where no column tells a row from a text, a quote that never closes still costs one row."""
    cells = {"isi": "halo kak", "akun": "melati", "kota": "Kota Contoh"}
    lines = [",".join(cells[c] + (f" {n}" if c == "isi" else "") for c in columns) for n in range(2000)]
    lines[1000] = lines[1000].replace("halo", '"halo')
    records = read(write(tmp_path, "\n".join([",".join(columns), *lines]) + "\n"))
    assert rejected(records) == [1002]
    assert sum(isinstance(r, RawPost) for r in records) == 1999


@pytest.mark.parametrize(
    ("record", "text"),
    [
        ('17,x,"kata "aman" ya",1,a', 'kata "aman" ya'),
        ('17,x,"kata "aman"",1,a', 'kata "aman"'),
        ('17,x,""aman" katanya",1,a', '"aman" katanya'),
        ('17,x,"5" dan 6"",1,a', '5" dan 6"'),
        ('17,x,layar 5" bagus,1,a', 'layar 5" bagus'),
        ('17,x,"proper ""quotes"", ya",1,a', 'proper "quotes", ya'),
    ],
)
def test_inner_quotes(record: str, text: str) -> None:
    """Inner quotes are kept whether they were doubled or not."""
    fields = Shape(",", 5).fields(record)
    assert fields is not None
    assert fields == ["17", "x", text, "1", "a"]


def test_a_delimiter_in_an_unquoted_text() -> None:
    """One delimiter too many goes to the only column of free text, where the others tell; else nowhere."""
    shape = Shape(",", 4, ((0, "id"), (1, "time"), (3, "number")))
    assert shape.fields("1700000,2025-02-10,halo, kak,5") == ["1700000", "2025-02-10", "halo, kak", "5"]
    assert shape.fields('1700000,2025-02-10,"halo "kak", ya",5') == [
        "1700000",
        "2025-02-10",
        'halo "kak", ya',
        "5",
    ]
    assert Shape(",", 4).fields("1,2,halo, kak,5") is None


def test_rows_that_leave_out_their_last_fields() -> None:
    """Fewer fields are read as Excel leaves them out, where what is there tells that it is a row."""
    shape = Shape(",", 4, ((0, "id"),))
    assert shape.fields("1700000,halo") == ["1700000", "halo", "", ""]
    assert shape.fields("1700000,halo", pad=False) is None
    assert shape.fields("halo,kak") is None


@pytest.mark.parametrize("cut", [3, 30, 60])
def test_a_truncated_end(tmp_path: Path, cut: int) -> None:
    """A file that ends within a row says that it breaks off, and keeps the rows before."""
    lines = written([HEADER, row(1), row(2), row(3, "panjang\nsekali")], quoting=csv.QUOTE_ALL)
    records = read(write(tmp_path, "\n".join(lines)[:-cut]))
    (bad,) = [r for r in records if isinstance(r, Rejection)]
    assert ids(records) == [row(1)[0], row(2)[0]]
    assert bad.where == 4
    assert "breaks off" in bad.reason


def test_a_last_line_without_a_line_end(tmp_path: Path) -> None:
    """A last row that is whole is read without a line end after it."""
    assert len(ids(read(write(tmp_path, "\n".join(written([HEADER, row(1), row(2)])))))) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda s: b"\xef\xbb\xbf" + s.encode(),
        lambda s: s.replace("\n", "\r\n").encode(),
        lambda s: s.replace("\n", "\r").encode(),
        lambda s: s.encode("utf-16"),
        lambda s: s.replace("halo", "ha\0lo").encode(),
        lambda s: ("sep=,\n" + s).encode(),
        lambda s: ("\n\n" + s + "\n\n").encode(),
        lambda s: s.replace(",", "\t").encode(),
    ],
    ids=["bom", "crlf", "cr", "utf-16", "nul", "sep", "blank lines", "tabs"],
)
def test_what_programs_do_to_a_file(tmp_path: Path, change: object) -> None:
    """Marks, line ends, encodings and delimiters of other programs change nothing."""
    text = "\n".join(written([HEADER, row(1, "halo kak"), row(2, "halo")])) + "\n"
    records = read(write(tmp_path, change(text)))  # type: ignore[operator]
    assert ids(records) == [row(1)[0], row(2)[0]]
    assert [r.text for r in records if isinstance(r, RawPost)] == ["halo kak", "halo"]


def test_mixed_encodings(tmp_path: Path) -> None:
    """Lines of cp1252 among UTF-8 are read as what they are."""
    lines = [s.encode() for s in written([HEADER, row(1, "café 🙏")])] + [
        ",".join(row(2, "café")).encode("cp1252")
    ]
    texts = [r.text for r in read(write(tmp_path, b"\n".join(lines) + b"\n")) if isinstance(r, RawPost)]
    assert texts == ["café 🙏", "café"]


def test_overlong_rows(tmp_path: Path) -> None:
    """A row of 10 MB on one line is one rejection; a quoted text of 200,000 characters is read."""
    long, longer = row(2, "x" * 200_000), row(3, "y" * (10 << 20))
    records = read(write(tmp_path, "\n".join(written([HEADER, row(1), long, longer, row(4)])) + "\n"))
    assert ids(records) == [row(n)[0] for n in (1, 2, 4)]
    assert rejected(records) == [4]


def test_positions_and_sizes(tmp_path: Path) -> None:
    """A post knows the line its row begins on; the sizes of the blocks add up to the rows' bytes."""
    lines = written([HEADER, row(1, "a\nb\nc"), row(2), row(3, "d\ne")])
    path = write(tmp_path, "\n".join(lines) + "\n")
    assert [r.where for r in read(path) if isinstance(r, RawPost)] == [2, 5, 6]
    sizes = [block.size for block in Table().blocks(path, source.look(path), Options())]
    assert sum(sizes) == path.stat().st_size - len(lines[0]) - 1


@example("\n")
@example('"')
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters='\n\r\t"'), max_size=300))
def test_nothing_crashes(tmp_path_factory: pytest.TempPathFactory, junk: str) -> None:
    """Whatever follows a header, each record is a post or a rejection and no line is read twice."""
    path = write(tmp_path_factory.mktemp("csv"), ("isi,akun\nhalo kak,melati\n" + junk).encode())
    records = read(path)
    assert all(isinstance(r, RawPost | Rejection | Dropped) for r in records)
    where = [r.where for r in records if isinstance(r, RawPost | Rejection)]
    assert where == sorted(set(where))


@pytest.mark.parametrize("record", ['"' * 400 + "halo", '""a' * 200 + "x", '"a"",' * 200])
def test_a_run_of_quotes_is_read_one_way(record: str) -> None:
    """Hundreds of quotes in a row take no longer than as many letters."""
    assert Shape(",", 4).fields(record) is None
