"""What stands before the first turn or paragraph: date, place, names. The date enters; the rest is counted and left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import regex

from makna.corpus.readers import dates
from makna.corpus.readers.speakers import Labelled, Line, Role, base, fold, role_of, words

_FIELDS = {
    "date": "date hari tanggal tgl recorded",
    "place": "tempat lokasi alamat place location setting kota",
    "time": "waktu jam pukul durasi lama time duration start mulai selesai length",
    "person": "nama name inisial usia umur age jenis gender kelamin pekerjaan profesi occupation pendidikan agama asal suku "
    "status kontak telepon hp email",
    "title": "judul title topik tema topic subject project proyek penelitian",
    "transcriber": "transkriptor transcriber ditranskrip transcribed observer pengamat author penulis",
    "session": "sesi session jenis_catatan type tipe pertemuan wawancara_ke",
    "code": "kode code nomor no file berkas rekaman media keterangan tags",
}
_FIELD = {word: name for name, words in _FIELDS.items() for word in words.split()}
_KEY = regex.compile(
    r"^[\s#>*_•\-\d.)]*(?P<key>\p{L}[\p{L}\p{N} /,&().'_-]{0,40}?)[*_]{0,3}\s*(?:[:：=]|\t+)[*_]{0,3}\s*(?P<value>.*)$"
)
_GREETINGS = words(
    "halo hallo hai hi hello assalamualaikum selamat permisi baik oke ok iya ya pagi siang sore malam"
)
_FRONT = 60  # lines of front matter at most


@dataclass
class Header:
    """The head of a document: where it ends (index of the first line after it) and what it states."""

    end: int = 0
    date: str | None = None
    legend: dict[str, Role] = field(default_factory=dict)  # label -> role, where the head explains its labels
    stated: dict[str, str] = field(default_factory=dict)  # folded key -> value, of front matter and fields
    dropped: Counter[str] = field(default_factory=Counter)


def entry(line: str) -> tuple[str, str, str | None] | None:
    """(key, value, field name) of a ``Key: value`` line; the name is None where the key is no known field."""
    match = _KEY.match(line)
    if match is None:
        return None
    key = match["key"].strip(" *_")
    first = regex.split(r"[\s/,&]+", fold(key))[0]
    return key, match["value"].strip(" *_\t:"), _FIELD.get(first)


def front_matter(lines: Sequence[Line]) -> Header:
    """The YAML-like block between two ``---`` lines at the very start, read line by line; empty where there is none."""
    head = Header()
    if not lines or lines[0].text.strip() != "---":
        return head
    close = next(
        (n for n, line in enumerate(lines[1:_FRONT], 1) if line.text.strip() in ("---", "...")), None
    )
    for line in lines[1:close] if close else ():
        found = entry(line.text)
        if found:
            take(head, *found)
    head.end = close + 1 if close else 0
    return head


def take(head: Header, key: str, value: str, name: str | None) -> None:
    """Note one ``Key: value`` line: a date enters, a session is stated, all else is counted."""
    stated = dates.iso(value)
    head.stated[fold(key)] = value
    if stated and name in ("date", "time", None) and (head.date is None or name == "date"):
        head.date = stated
    elif name != "session":
        head.dropped[name or "other"] += 1


def of_transcript(lines: Sequence[Line], turns: Mapping[int, Labelled]) -> Header:
    """The head of a transcript whose lines *turns* may begin turns. A person's field ("Informan: Ibu Sri") is no turn."""
    head = front_matter(lines)
    counts = Counter(fold(t.label) for t in turns.values())
    fields = [n for n in range(head.end, len(lines)) if _is_field(lines[n], turns.get(n))]
    first = next(
        (
            n
            for n in turns
            if n >= head.end and not _is_person(lines[n], turns[n]) and not _before_field(lines, n, fields)
        ),
        len(lines),
    )
    last = max((n for n in fields if n < first), default=-1)
    while head.end < len(lines):
        line, turn = lines[head.end], turns.get(head.end)
        if turn is not None and not _is_legend(line):
            spoken = counts[fold(turn.label)] > 1 and last < 0
            if head.end > last and (not _is_person(line, turn) or spoken):
                break
        _note(head, line)
        head.end += 1
    return head


def _before_field(lines: Sequence[Line], n: int, fields: Sequence[int]) -> bool:
    """Whether the next line is a field: "Pewawancara: dita" above "Waktu: 13.00" is one as well, and no speech."""
    return next((m for m in range(n + 1, len(lines)) if lines[m].text.strip()), None) in fields


def _note(head: Header, line: Line) -> None:
    found = entry(line.text)
    if found is None:
        head.date = head.date or dates.iso(line.text)
        if line.text.strip():
            head.dropped["other"] += 1
        return
    key, value, name = found
    known = base(value)
    if base(key) and known and len(known) > 3:
        head.legend[key] = role_of(known)
    take(head, key, value, "person" if base(key) else name)


def _is_field(line: Line, turn: Labelled | None) -> bool:
    found = entry(line.text)
    return _is_legend(line) or (turn is None and found is not None and found[2] is not None)


def _is_legend(line: Line) -> bool:
    """``P : Peneliti``: a label explained by a role."""
    found = entry(line.text)
    if found is None or not base(found[0]):
        return False
    value = regex.sub(r"\([^)]*\)", "", found[1]).strip(" .;")
    known = base(value)
    return known is not None and len(known) > 3 and fold(found[0]) != fold(value) and len(value.split()) <= 3


def _is_person(line: Line, turn: Labelled) -> bool:
    """``Informan: Ibu Sri``: a field that names somebody, not speech."""
    words = turn.speech.split()
    known = base(turn.label)
    if _is_legend(line):
        return True
    if known is None or len(known) <= 3 or not 0 < len(words) <= 6 or turn.speech[-1] in ".?!,…":
        return False
    return all(not w[0].islower() for w in words) and fold(words[0]) not in _GREETINGS
