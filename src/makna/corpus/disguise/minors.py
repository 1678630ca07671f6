"""Cues that the author, or the person offered, is under 18: such a record stays outside the study.

A cue errs towards protection; a counter-cue takes it back where the words plainly speak of someone or something
else: a teacher of a school, a year of graduation, years of duration, a rule that names the age.
"""

from __future__ import annotations

import re

from makna.corpus.disguise.normalise import plain

_FAST = re.compile(
    r"1[0-7]|[5-9] ?t|sm[apk]|sd\b|mts\b|\bma\b|kelas|kls|belas|minor|underage|bocil|dibawah|di bawah|teen|grade|school|"
    r"umur|usia|pelajar|junior|freshman|sophomore|𝟏|①|１|1",
    re.IGNORECASE,
)
_AGE = r"(?:1[0-7]|[5-9]|sepuluh|sebelas|(?:dua|tiga|empat|lima|enam|tujuh) ?belas)"
_YEARS = r"(?:tahun|thn|th|taun|y/?o\b|yo\b|yrs? old|years? old|yrs?\b)"
_CUES = (
    rf"\b(?:umur|usia|umurku|umurnya|usiaku|usianya|u?mur gue|berumur|berusia|age|aged|im|i'm|i am)\s*(?:aku|gue|gw|saya|ku|nya|masih|baru|is|only|just|now|:|=|-)*\s*{_AGE}\b(?!\s*(?:ribu|rb|k\b|jt|juta|[.,:/]\d|%|menit|jam|hari|bulan|minggu|kali|x\b|months?|weeks?|days?|hours?|minutes?|mins?|am\b|pm\b|km|cm|kg))",
    rf"\b(?:cew[ek]*|cow[ok]*|cewek|cowok|girl|boy|gadis|abg|daun muda|[fm])\s*[/,(]?\s*{_AGE}\s*(?:{_YEARS}|\))",
    rf"\b{_AGE}\s*[/,]?\s*(?:f|m|female|male|fem)\b(?![a-z])",
    rf"\b(?:aku|gue|gw|saya|masih|baru|anak|me|only)\s*(?:masih|baru|cuma|aja|is)?\s*{_AGE}\s*{_YEARS}",
    rf"\b{_AGE}\s*(?:y/?o|yo|yrs? old|years? old)\b",
    rf"\b{_AGE}\s*(?:tahun|thn|th)\b",
    r"\b(?:kelas|kls)\s*(?:1[0-2]|[1-9]|x{1,2}i{0,2}|vi{0,3}|ix)\b(?!\s*(?:jam|ribu|rb|berat|kakap|dunia|ekonomi))",
    r"\b(?:anak|siswa|siswi|pelajar|murid|cewek|cowok|adek|masih|kelas \d+)\s*(?:di|kelas|sekolah)?\s*(?:sma|smp|smk|sd|mts|stm|sltp|slta|smu|sekolah dasar)\b",
    r"\b(?:aku|gue|gw|saya)\s*(?:masih)?\s*(?:sekolah|pelajar)\b",
    r"\bmasih (?:sekolah|pelajar|di bawah umur|dibawah umur)\b",
    r"\b(?:di ?bawah umur|underage|bawah umur)\b",
    r"\b(?:high school|middle school|secondary school) (?:student|girl|boy|kid)\b",
    r"\bi(?:'m| am) (?:still )?in (?:high|middle|secondary) school\b|\bi(?:'m| am)? ?(?:a )?minor\b|\b(?:[6-9]|1[0-2])(?:th)? grade(?:r)?\b",
    r"\blahir (?:tahun )?20(?:1\d|09|08)\b|\b(?:siswi|siswa|anak) (?:sekolahan)\b|\bbocil (?:sma|smp|sd)\b",
)
_COUNTER = (
    rf"\b(?:selama|sudah|udah|udh|sejak|lebih dari|hampir|sekitar|for|over|after|tiap|setiap|kontrak|penjara|hukuman|vonis|dihukum)\s+{_AGE}\s*(?:{_YEARS}|years?)",
    rf"\b{_AGE}\s*(?:{_YEARS}|years?)\s*(?:yang lalu|yg lalu|lalu|lamanya|silam|penjara|terakhir|kerja|kerjo|bekerja|menikah|nikah|pengalaman|berdiri|ago|of experience|in prison|later|experience|jadi|jd|di (?:kota|sini|jakarta|bisnis)|hidup|pacaran|bersama|berjuang)",
    r"\b(?:guru|gurunya|dosen|kepala|alumni|lulusan|reuni|tamat|tamatan|lulus|mantan|ijazah|jaman|zaman|dulu|waktu|pas|semasa|sejak|dari|teman|temen|gedung|dekat|deket|depan|belakang|samping|seragam)\s+(?:(?:waktu|jaman|zaman|pas|masih|di|dari|anak|sekolah|siswa|kelas)\s+)*(?:sma|smp|smk|sd|mts|stm|sltp|slta|smu|kelas|kls|sekolah)\b",
    r"\b(?:sma|smp|smk|sd|kelas \d+|sekolah)\s*(?:tahun|thn|th|angkatan)\s*(?:19\d\d|200\d|201[0-5]|\d\d)\b",
    r"\b(?:dulu|waktu|jaman|zaman|pas|ketika|semasa|saat|when i was|back (?:in|when))\b[^.!?\n]{0,30}?\b(?:sma|smp|smk|sd|kelas \d+|sekolah|school|umur|usia|{age})\b".replace(
        "{age}", _AGE
    ),
    rf"\b(?:anak(?:ku|nya|mu)?|putr[ai](?:ku)?|adik(?:ku|nya)?|adek(?:ku|nya)?|keponakan(?:ku)?|cucu(?:ku)?|my (?:son|daughter|kid|child|nephew|niece|brother|sister)|her (?:son|daughter)|his (?:son|daughter))\b[^.!?\n]{{0,25}}?\b(?:{_AGE}|kelas|sma|smp|smk|sd|sekolah|school|grade)\b",
    rf"(?:\bunder|\bdi ?bawah|<|\bno\b|\bnot\b|\bbukan|\bminimal|\bmin\b|\bdilarang|\bkhusus|\bminors?|\banti|\bgak terima|\btidak (?:terima|melayani)|\bga terima)[^.!?\n]{{0,20}}?(?:{_AGE}|18|umur|minors?|underage|anak|sekolah|pelajar|sma|smp|smk)\b",
    rf"\b{_AGE}\s*{_YEARS}?\s*(?:ke atas|keatas|\+|up\b|and over|or older)",
    rf"\b(?:kamar|lantai|lt|no|nomor|jam|pukul|tanggal|tgl|pasal|ayat|episode|eps|season|chapter|bab|halaman|hal|level|lvl|skor|gol|menit|iphone)\s*{_AGE}\b",
    r"\bkelas (?:atas|bawah|menengah|satu dunia|ekonomi|bisnis|berat|premium)\b",
    r"\b(?:uu|undang-undang|perlindungan|korban|kasus|stop|tolak|lindungi|pernikahan|eksploitasi|berita|pelaku|tersangka)\b[^.!?\n]{0,40}\b(?:anak|bawah umur|minors?|underage|pelajar|umur|usia)\b",
)
_CUE = re.compile("|".join(f"(?:{cue})" for cue in _CUES))
_COUNTERS = re.compile("|".join(f"(?:{cue})" for cue in _COUNTER))
_OWN = re.compile(
    rf"\b(?:aku|gue|gw|saya|i'm|i am|im)\s+(?:masih|baru|sekarang|skrg|still|only|just)?\s*(?:umur|usia|berumur|kelas|anak|siswi|siswa)?\s*(?:{_AGE}\s*{_YEARS}|sma\b|smp\b|smk\b|kelas (?:1[0-2]|[7-9])\b)"
)
_LIMIT = 20_000


def under_18_cue(text: str) -> bool:
    """Whether *text* says that its author, or the person offered, is under 18. Reads the first 20,000 characters."""
    if not _FAST.search(text) and text.isascii():
        return False
    view = plain(text[:_LIMIT])
    counters = [m.span() for m in _COUNTERS.finditer(view)]
    return any(not _taken_back(cue.span(), counters) for cue in _CUE.finditer(view))


def _taken_back(cue: tuple[int, int], counters: list[tuple[int, int]]) -> bool:
    return any(start < cue[1] and cue[0] < end for start, end in counters)
