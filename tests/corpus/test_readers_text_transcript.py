"""Transcripts: what begins a turn, what does not, and what stays outside."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makna.corpus.readers.base import Block, Head, Options
from makna.corpus.readers.transcript import Transcript
from makna.corpus.records import Dropped, RawDocument, RawRecord, Rejection
from makna.errors import NothingToRead, UnreadableFile


def head_of(path: Path) -> Head:
    data = path.read_bytes()[: 1 << 16]
    return Head(path.suffix, data, data.decode("utf-8", "replace"), "utf-8", True)


def records(
    folder: Path, text: str | bytes, *, name: str = "wawancara.txt", options: Options | None = None
) -> list[RawRecord]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    asked = options or Options()
    reader = Transcript()
    blocks: list[Block] = list(reader.blocks(path, head_of(path), asked))
    assert len(blocks) == 1
    return list(reader.parse(blocks[0], asked))


def document(*args: object, **kwargs: object) -> RawDocument:
    found = [r for r in records(*args, **kwargs) if isinstance(r, RawDocument)]  # type: ignore[arg-type]
    assert len(found) == 1
    return found[0]


def said(doc: RawDocument) -> list[tuple[str | None, str]]:
    return [(t.speaker, t.text) for t in doc.turns]


INTERVIEW = """TRANSKRIP WAWANCARA
Hari/Tanggal: Senin, 3 Maret 2021
Tempat : Warung kopi dekat stasiun
Informan: Ibu Melati
Pewawancara: Rina

P: Selamat siang, Bu. Sejak kapan buka jastip?
I: Siang. Jadi gini: saya mulai tahun 2019,
waktu itu masih sepi.
Contohnya: titip sepatu.

[00:12:03] P: Kenapa memilih jastip?
I : Ya karena bebas saja. Buka jam 10:30 tutup sore.
"""


def test_a_students_interview_reads_as_its_turns(tmp_path: Path) -> None:
    """Labels begin turns, wrapped lines join, a colon inside speech begins nothing, a paragraph keeps its line end."""
    assert said(document(tmp_path, INTERVIEW)) == [
        ("P", "Selamat siang, Bu. Sejak kapan buka jastip?"),
        ("I", "Siang. Jadi gini: saya mulai tahun 2019, waktu itu masih sepi. Contohnya: titip sepatu."),
        ("P", "Kenapa memilih jastip?"),
        ("I", "Ya karena bebas saja. Buka jam 10:30 tutup sore."),
    ]


def test_the_head_gives_its_date_and_nothing_else(tmp_path: Path) -> None:
    """Place, names and title are counted as dropped, and no word of them is in the document."""
    found = records(tmp_path, INTERVIEW)
    doc = next(r for r in found if isinstance(r, RawDocument))
    dropped = next(r for r in found if isinstance(r, Dropped))
    assert doc.date == "2021-03-03"
    assert dropped.fields == {"other": 1, "place": 1, "person": 2, "time": 1}
    assert not any(word in repr(doc) for word in ("Melati", "Rina", "stasiun", "TRANSKRIP", "00:12"))


@pytest.mark.parametrize(
    ("asks", "answers"),
    [
        ("P: {}", "I: {}"),
        ("P : {}", "N : {}"),
        ("T: {}", "J: {}"),
        ("Q: {}", "A: {}"),
        ("Tanya: {}", "Jawab: {}"),
        ("Peneliti: {}", "Informan 3: {}"),
        ("Pewawancara: {}", "Narasumber: {}"),
        ("Interviewer: {}", "Participant 4: {}"),
        ("Peneliti\t{}", "Responden 2\t{}"),
        ("P\t: {}", "I\t: {}"),
        ("P - {}", "I - {}"),
        ("Peneliti – {}", "Informan Kunci 1 – {}"),
        ("[00:12:03] P: {}", "[00:12:09] I: {}"),
        ("00:12:03 P: {}", "00:12:09 I: {}"),
        ("P (00:12:03): {}", "I (00:12:09): {}"),
        ("Peneliti [00:12:03] {}", "Informan 3 [00:12:09] {}"),
        ("1. P: {}", "2. I: {}"),
        ("1) Peneliti: {}", "2) Informan: {}"),
        ("**P:** {}", "**I:** {}"),
        ("**Peneliti**: {}", "**Informan 3**: {}"),
        ("> P: {}", "> I: {}"),
        ("Peneliti\n{}", "Informan 3\n{}"),
        ("P:\n{}", "I:\n{}"),
        ("**Peneliti**\n\n{}", "**Informan 3**\n\n{}"),
        ("Peneliti 00:01:20\n{}", "Informan 3 00:01:29\n{}"),
        ("Speaker 1  0:12\n{}", "Speaker 2  0:19\n{}"),
        ("Rina: {}", "Bu Melati: {}"),
        ("Rina (Peneliti): {}", "Melati (Informan 2): {}"),
        ("P1: {}", "P2: {}"),
    ],
)
def test_the_label_styles_that_students_use(tmp_path: Path, asks: str, answers: str) -> None:
    """Each style gives four turns of two speakers, without label, number, mark or time in the speech."""
    talk = [
        "Sejak kapan jualan?",
        "Sejak kuliah, *ketawa* waktu itu iseng.",
        "Siapa pembelinya?",
        "Teman: itu saja.",
    ]
    text = "\n".join((asks, answers)[n % 2].format(line) for n, line in enumerate(talk))
    doc = document(tmp_path, text)
    assert [t.text for t in doc.turns] == talk
    assert len({t.speaker for t in doc.turns}) == 2
    assert doc.turns[0].speaker == doc.turns[2].speaker


def test_a_legend_is_no_turn_and_says_who_is_who(tmp_path: Path) -> None:
    """``P : Participant`` in the head turns the usual reading of P and I round."""
    text = "Keterangan:\nI : Interviewer\nP : Participant\n\nI: Since when?\nP: Since 2019.\n"
    doc = document(tmp_path, text)
    assert said(doc) == [("I", "Since when?"), ("P", "Since 2019.")]
    assert doc.roles == {"I": "researcher", "P": "participant"}


def test_a_head_of_persons_alone_is_a_head(tmp_path: Path) -> None:
    """``Informan: Ibu Melati`` stands for itself where turns go by other labels."""
    doc = document(
        tmp_path, "Informan: Ibu Melati\nPewawancara: Rina Sari\n\nP: Sejak kapan?\nI: Sejak 2019.\n"
    )
    assert said(doc) == [("P", "Sejak kapan?"), ("I", "Sejak 2019.")]


def test_full_labels_of_turns_are_not_taken_for_a_head(tmp_path: Path) -> None:
    """Speech after ``Informan:`` is speech, also in the first lines and right below a date."""
    doc = document(tmp_path, "Tanggal: 3/3/2021\nPewawancara: Selamat siang, Bu.\nInforman: Siang juga.\n")
    assert said(doc) == [("Pewawancara", "Selamat siang, Bu."), ("Informan", "Siang juga.")]
    assert doc.date == "2021-03-03"


def test_front_matter_is_a_head(tmp_path: Path) -> None:
    """A Markdown front matter gives its date; its other keys stay outside."""
    doc = document(
        tmp_path, "---\ndate: 2021-03-04\ninforman: Ibu Melati\n---\n\nP: Kapan?\nI: Dulu.\n", name="a.md"
    )
    assert (doc.date, said(doc)) == ("2021-03-04", [("P", "Kapan?"), ("I", "Dulu.")])


def test_a_recurring_opener_of_sentences_is_no_speaker(tmp_path: Path) -> None:
    """Words that people open explanations with stay speech, however often they recur."""
    talk = "P: Bagaimana?\nI: Begini.\n\nIntinya: sabar.\n\nIntinya: jujur.\n\nIntinya: cepat.\n\nIntinya: rapi.\n"
    doc = document(tmp_path, talk)
    assert said(doc) == [
        ("P", "Bagaimana?"),
        ("I", "Begini.\nIntinya: sabar.\nIntinya: jujur.\nIntinya: cepat.\nIntinya: rapi."),
    ]


def test_an_aside_in_a_label_belongs_to_the_turn(tmp_path: Path) -> None:
    """``Informan 2 (tertawa):`` is the same speaker as ``Informan 2:``."""
    doc = document(
        tmp_path, "Peneliti: Kenapa?\nInforman 2: Bebas.\nPeneliti: Oh?\nInforman 2 (tertawa): Iya.\n"
    )
    assert said(doc)[3] == ("Informan 2", "(tertawa) Iya.")


def test_labels_that_the_researcher_names_count(tmp_path: Path) -> None:
    """A label from the options begins turns even if nothing else tells, and carries the role given."""
    options = Options(speakers={"kakak toko": "Informan 1", "saya": "researcher"})
    doc = document(tmp_path, "saya: kapan?\nkakak toko: dulu.\n", options=options)
    assert said(doc) == [("saya", "kapan?"), ("kakak toko", "dulu.")]
    assert doc.roles == {"saya": "researcher", "kakak toko": "participant"}


def test_without_labels_paragraphs_are_units(tmp_path: Path) -> None:
    """A told life story keeps its paragraphs, with no speaker."""
    doc = document(tmp_path, "Saya mulai jualan\nwaktu kuliah.\n\nLalu pandemi datang.\n")
    assert said(doc) == [(None, "Saya mulai jualan waktu kuliah."), (None, "Lalu pandemi datang.")]


def test_lines_too_long_to_be_wrapped_are_paragraphs(tmp_path: Path) -> None:
    """Where no editor wrapped the lines, a line end is a paragraph's end."""
    long = "panjang " * 20
    doc = document(tmp_path, f"P: Cerita dong.\nI: {long}\nLalu selesai.\n")
    assert doc.turns[1].text == f"{long.strip()}\nLalu selesai."


def test_time_codes_are_dropped_and_clock_times_kept(tmp_path: Path) -> None:
    """Bracketed codes go wherever they stand; "jam 10:30" is speech."""
    doc = document(tmp_path, "P: Jam berapa?\nI: Jam 10:30 [00:03:12] sudah buka.\n00:03:15\nTutup 21:00.\n")
    assert doc.turns[1].text == "Jam 10:30 sudah buka. Tutup 21:00."


@pytest.mark.parametrize(
    "encode",
    [
        lambda t: t.encode("utf-8-sig"),
        lambda t: t.encode("utf-16"),
        lambda t: t.encode("utf-16-le"),
        lambda t: t.encode("cp1252"),
        lambda t: t.replace("\n", "\r\n").encode(),
        lambda t: t.replace("\n", "\r").encode(),
        lambda t: t.encode().replace(b"\n", b"\x00\n"),
    ],
)
def test_whatever_program_saved_it(tmp_path: Path, encode: object) -> None:
    """BOMs, UTF-16, Windows code pages, foreign line ends and NULs give the same turns."""
    text = "P: Kafé mana?\nI: Kafé “Tenang”, titip sepatu.\nP: Oke.\nI: Sip.\n"
    doc = document(tmp_path, encode(text))  # type: ignore[operator]
    assert said(doc)[:2] == [("P", "Kafé mana?"), ("I", "Kafé “Tenang”, titip sepatu.")]


def test_a_file_of_two_encodings_keeps_both(tmp_path: Path) -> None:
    """Lines in UTF-8 and lines in cp1252 each come out whole."""
    doc = document(tmp_path, "P: Kafé mana?\nI: Kafé itu.\n".encode() + "P: Café?\n".encode("cp1252"))
    assert [t.text for t in doc.turns] == ["Kafé mana?", "Kafé itu.", "Café?"]


def test_files_that_hold_no_text_are_refused_by_name(tmp_path: Path) -> None:
    """An empty file, a folder and a PDF under a false suffix say what they are and what helps."""
    with pytest.raises(NothingToRead, match=r"wawancara\.txt is empty"):
        records(tmp_path, b" \n")
    with pytest.raises(UnreadableFile, match="not a text file"):
        records(tmp_path, b"%PDF-1.7 ...")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(UnreadableFile, match="is a folder"):
        list(Transcript().blocks(tmp_path / "folder.txt", Head(".txt", b"", "", "utf-8", True), Options()))
    with pytest.raises(UnreadableFile, match="damaged"):
        records(tmp_path, b"PK\x03\x04 not really", name="wawancara.docx")


def test_a_head_without_speech_is_rejected_with_the_remedy(tmp_path: Path) -> None:
    """A transcript whose turns are missing is one rejection, and yields no document."""
    found = records(tmp_path, "Tanggal: 3 Maret 2021\nP:\nI:\n")
    assert [type(r) for r in found if not isinstance(r, Dropped)] == [Rejection]


def test_tables_in_markdown(tmp_path: Path) -> None:
    """A pipe table of question and answer reads as turns under its header."""
    text = "| No | Pertanyaan | Jawaban |\n|---|---|---|\n| 1 | Sejak kapan? | 2019. |\n| 2 | Untung? | Lumayan. |\n"
    doc = document(tmp_path, text, name="a.md")
    assert said(doc) == [
        ("Pertanyaan", "Sejak kapan?"),
        ("Jawaban", "2019."),
        ("Pertanyaan", "Untung?"),
        ("Jawaban", "Lumayan."),
    ]
    assert doc.roles == {"Pertanyaan": "researcher", "Jawaban": "participant"}


def test_sniffing_prefers_recurring_labels(tmp_path: Path) -> None:
    """An interview is surer than prose, and other formats are left alone."""
    path = tmp_path / "a.txt"
    path.write_text(INTERVIEW, encoding="utf-8")
    interview = Transcript().sniff(head_of(path))
    path.write_text("Hari ini saya ke pasar. Ramai sekali.\n", encoding="utf-8")
    prose = Transcript().sniff(head_of(path))
    assert interview > 0.8
    assert prose < 0.4
    assert Transcript().sniff(Head(".csv", b"a,b", "a,b", "utf-8", True)) == 0.0


_WORDS = st.text(alphabet="abcdefghijklmnoprstuvwyé ,.?!0123456789'", min_size=1, max_size=60)
_SPEECH = _WORDS.map(lambda t: " ".join(t.split())).filter(
    lambda t: any(c.isalpha() for c in t) and t[0].isalpha()
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(["P", "I"]), _SPEECH), min_size=1, max_size=12))
def test_any_turns_written_in_this_style_read_back(
    tmp_path_factory: pytest.TempPathFactory, turns: list[tuple[str, str]]
) -> None:
    """P:/I: lines come back as they were written, whatever was said."""
    text = "\n".join(f"{speaker}: {speech}" for speaker, speech in turns)
    assert said(document(tmp_path_factory.mktemp("t"), text)) == turns


def test_who_is_there_as_well_speaks_for_themselves(tmp_path: Path) -> None:
    """A third person's words are a turn of their own, also when they speak once; their consent is asked for apart."""
    text = (
        "P: Kenapa?\nI: Bebas.\nTeman: Aku juga.\nP: Lalu?\nI: Ya.\nDita: Betul.\nP: Terus?\nDita: Sudah.\n"
    )
    doc = document(tmp_path, text)
    assert [t.speaker for t in doc.turns] == ["P", "I", "Teman", "P", "I", "Dita", "P", "Dita"]


def test_a_field_below_a_name_in_small_letters(tmp_path: Path) -> None:
    """ "Pewawancara: dita" above "Waktu: 13.00" belongs to the head, and neither name nor time enters."""
    text = "Nama: melati\nPewawancara: dita\nWaktu: 13:57:41\nUsia: 21\n\nP: Kenapa?\nI: Bebas [13:57:41] saja.\n"
    doc = document(tmp_path, text + "P: Lalu?\nI: Ya.\n")
    assert [t.text for t in doc.turns] == ["Kenapa?", "Bebas saja.", "Lalu?", "Ya."]
