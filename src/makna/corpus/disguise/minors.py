"""Cues that the author, or the person offered, is under 18: such a record stays outside the study.

A cue errs towards protection; a counter-cue takes it back where the words plainly speak of someone or something
else: a teacher of a school, a year of graduation, years of duration, a rule that names the age, somebody's child.
"""

from __future__ import annotations

import re

from makna.corpus.disguise.normalise import plain

_AGE = r"(?:1[0-7]|[5-9]|sepuluh|sebelas|(?:dua|tiga|empat|lima|enam|tujuh) ?belas|(?:thir|four|fif|six|seven)teen)"
_YEARS = r"(?:tahun|thn|th|taun|y/?o|yrs? old|years? old|yrs?)\b"
_SCHOOL = r"(?:sma|smp|smk|sd|mts|stm|sltp|slta|smu|sekolah dasar)"
_I = r"(?:aku|gue|gw|gua|saya|i'm|im|i am)"
_NO_COUNT = (
    r"(?! ?(?:ribu|rb|k\b|jt|juta|[.,:/]\d|%|menit|jam|hari|bulan|minggu|kali|x\b|months?|weeks?|days?|hours?|minutes?"
    r"|mins?|am\b|pm\b|km|cm|kg|gb|of\b|percent))"
)
_CUES = (
    rf"\b(?:umur|usia|umurku|umurnya|usiaku|usianya|berumur|berusia|age|aged|im|i'm|i am) ?(?:(?:aku|gue|gw|saya|masih|baru|is|only|just|now|:|=|-) ?){{0,3}}{_AGE}\b{_NO_COUNT}",
    rf"\b(?:cewek|cewe|cwe|cowok|cowo|cwo|girl|boy|gadis|abg|daun muda) ?[/,(]? ?{_AGE} ?(?:{_YEARS}|\))",
    r"\b(?:1[0-7]) ?[/,]? ?(?:f|m|female|male|fem)\b(?! ?\d)",
    rf"\b(?:{_I}|masih|baru|anak|only) ?(?:masih|baru|cuma|aja)? ?{_AGE} ?{_YEARS}",
    rf"\b{_AGE} ?(?:y/?o|yo|yrs? old|years? old|tahun|thn|th)\b",
    r"\b(?:kelas|kls) ?(?:1[0-2]|[1-9]|x{1,2}i{0,2}|vi{0,3}|ix)\b(?! ?(?:jam|ribu|rb|berat|kakap|dunia|ekonomi))",
    rf"\b(?:anak|siswa|siswi|pelajar|murid|cewek|cowok|adek|masih) ?(?:di|kelas|sekolah)? ?{_SCHOOL}\b",
    rf"\b{_I} ?(?:masih|msh)? ?(?:anak|kelas|siswi|siswa|di)? ?(?:sekolah|pelajar|{_SCHOOL})\b",
    r"\bmasih (?:sekolah|pelajar)\b|\b(?:siswi|siswa|anak) sekolahan\b",
    r"\b(?:di ?bawah umur|underage|bawah umur)\b",
    r"\b(?:high school|middle school|secondary school) (?:student|girl|boy|kid|senior|junior)\b",
    rf"\b{_I} (?:still )?in (?:high|middle|secondary) school\b|\b{_I} (?:a )?minor\b|\b(?:[6-9]|1[0-2])(?:th)? grade(?:r)?\b",
)  # fmt: skip
_COUNTERS = (
    rf"\b(?:selama|sudah|udah|udh|sejak|lebih dari|hampir|sekitar|for|over|after|tiap|setiap|kontrak|penjara|hukuman|vonis|dihukum) {_AGE} ?(?:{_YEARS}|years?)",
    rf"\b{_AGE} ?(?:{_YEARS}|years?) ?(?:yang lalu|yg lalu|lalu|lamanya|silam|penjara|terakhir|kerja|bekerja|menikah|nikah|pengalaman|berdiri|ago|of experience|in prison|later|experience|jadi|jd|di (?:kota|sini|jakarta|bisnis)|hidup|pacaran|bersama|berjuang|berlalu|kemudian)",
    rf"\b(?:guru|gurunya|dosen|kepala|alumni|lulusan|reuni|tamat|tamatan|lulus|mantan|ijazah|jaman|zaman|dulu|waktu|pas|semasa|sejak|dari|teman|temen|gedung|dekat|deket|depan|belakang|samping|seragam) (?:(?:waktu|jaman|zaman|pas|masih|di|dari|anak|sekolah|siswa|kelas) ){{0,3}}(?:{_SCHOOL}|kelas|kls|sekolah)\b",
    rf"\b(?:{_SCHOOL}|kelas \d+|sekolah) ?(?:tahun|thn|th|angkatan) ?(?:19\d\d|200\d|201[0-5]|\d\d)\b",
    rf"\b(?:dulu|waktu|jaman|zaman|pas|ketika|semasa|saat|when i was|back (?:in|when))\b[^.!?\n]{{0,30}}?\b(?:{_SCHOOL}|kelas \d+|sekolah|school|umur|usia|{_AGE})\b",
    rf"\b(?:anak(?:ku|nya|mu)|anak (?:saya|aku|gue|gw|dia|kami|tetangga)|putr[ai](?:ku)?|adik(?:ku|nya| saya)?|adek(?:ku|nya)|keponakan(?:ku)?|cucu(?:ku)?|(?:my|her|his) (?:son|daughter|kid|child|nephew|niece|brother|sister))\b[^.!?\n]{{0,25}}?\b(?:{_AGE}|kelas|{_SCHOOL}|sekolah|school|grade)\b",
    rf"(?:\bunder|\bdi ?bawah|<) ?(?:{_AGE}|18)\b|(?:\bno|\bnot|\bbukan|\bminimal|\bmin|\bdilarang|\bkhusus|\banti|\b(?:gak|ga|nggak|tidak) (?:terima|melayani)) [^.!?\n]{{0,20}}?(?:{_AGE}|18|umur|minors?|underage|anak|sekolah|pelajar|{_SCHOOL})\b",
    rf"\b{_AGE} ?(?:{_YEARS})? ?(?:ke atas|keatas|\+|up\b|and over|or older)",
    rf"\b(?:kamar|lantai|lt|no|nomor|jam|pukul|tanggal|tgl|pasal|ayat|episode|eps|season|chapter|bab|halaman|hal|level|lvl|skor|gol|menit|iphone) ?{_AGE}\b",
    r"\b(?:uu|undang-undang|perlindungan|korban|kasus|stop|tolak|lindungi|pernikahan|eksploitasi|berita|pelaku|tersangka)\b[^.!?\n]{0,40}\b(?:anak|bawah umur|minors?|underage|pelajar|umur|usia)\b",
)  # fmt: skip
_CUE = re.compile("|".join(f"(?:{cue})" for cue in _CUES))
_COUNTER = re.compile("|".join(f"(?:{cue})" for cue in _COUNTERS))
_SCHOOLED = re.compile(
    rb"s(?:m[apku]|d\b|tm|lt|ekolah|chool)|m(?:ts|inor)|k(?:elas|ls)|b(?:elas|awah)|teen|puluh|pelajar|grade|underage"
)
_AGED = re.compile(
    rb"(?<!\d)(?:1[0-7]|[5-9]) ?[/,]? ?(?:t|y|[fm]\b|fem|male)"
    rb"|(?:umur|usia|\bage|\bi'?m|\bi am|c[eo]?w[eo]|girl|boy|gadis|abg|muda)\D{0,24}(?:1[0-7]|[5-9])"
)
_YOUNG = re.compile(rb"(?:1[0-7](?<!\d..)|[5-9](?<!\d.))(?!\d)")
_SYMBOLS = re.compile("[\x00-\x7f\u201c-\u201e\u2022-\u2027\u2600-\u2775\u2795-\u27bf\U0001f300-\U0001faff]*")
_QUIET = bytes(32 if byte < 32 or byte == 63 else ord(chr(byte).lower()) for byte in range(128)) + bytes(
    range(128, 256)
)  # lower case; a blank for control characters, and for what stands for a symbol
_LIMIT = 20_000


def under_18_cue(text: str) -> bool:
    """Whether *text* says that its author, or the person offered, is under 18. Reads the first 20,000 characters."""
    text = text[:_LIMIT]
    if not _may_tell(text):
        return False
    seen = " ".join(plain(text).split())
    cues = [cue.span() for cue in _CUE.finditer(seen)]
    if not cues:
        return False
    counters = [counter.span() for counter in _COUNTER.finditer(seen)]
    return any(not any(start < cue[1] and cue[0] < end for start, end in counters) for cue in cues)


def _may_tell(text: str) -> bool:
    """Whether any cue is possible, told cheaply: most texts show no word of school and no age."""
    if not text.isascii():
        text = text.replace("\ufe0f", "").replace("\u200d", "")
        if not _SYMBOLS.fullmatch(text):
            text = plain(text)
    data = text.encode("ascii", "replace").translate(_QUIET)
    if _SCHOOLED.search(data):
        return True
    return _YOUNG.search(data) is not None and _AGED.search(b" ".join(data.split())) is not None
