"""Who speaks: which line beginnings are speaker labels, and whether a label means the researcher or a participant.

A colon makes no label: people say "jadi gini: ...". A line beginning counts as a label when it stands in the list of
labels that Indonesian and English transcripts use, when the researcher named it, or when it recurs and is written
like a name. What a label means is read from the list; ``P`` and ``I`` mean opposite things in the two languages
(*peneliti*/*informan*, participant/interviewer), so there the legend, the other labels and who asks decide.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import regex

from makna.corpus.records import RawTurn

Role = Literal["researcher", "participant", "other"]
RESEARCHER: Role = "researcher"
PARTICIPANT: Role = "participant"
OTHER: Role = "other"


def words(text: str) -> frozenset[str]:
    """The words of *text*, to write a list of them readably."""
    return frozenset(text.split())


_RESEARCHER = words(
    "peneliti penanya pewawancara pewancara interviewer researcher moderator fasilitator facilitator enumerator "
    "tanya pertanyaan question q t int pwc host iv"
)
_PARTICIPANT = words(
    "informan narasumber responden respondent partisipan participant interviewee informant subjek subject jawab "
    "jawaban answer a j n ir peserta inf nrs res resp narsum terwawancara"
)
_EITHER = words("p i r m")  # peneliti or participant, informan or interviewer, responden or researcher
_KNOWN = _RESEARCHER | _PARTICIPANT | _EITHER
_BYSTANDERS = words(  # who is often there as well; heard once they are speakers, whose words need their own consent
    "teman kawan sahabat rekan pacar suami istri isteri ibu bapak ayah mama papa mamah bunda anak kakak adik abang mas "
    "mbak tante om paman bibi nenek kakek tetangga keluarga orang seseorang friend partner husband wife mother father "
    "neighbour neighbor someone"
)
_QUALIFIERS = words("kunci utama pendukung tambahan ahli key main supporting ke no nomor satu dua tiga")
_NOT_NAMES = words(
    "adapun akhirnya alamat alasan alasannya artinya asal awalnya bagian biasanya catatan contoh contohnya dan data "
    "durasi hasil hari ini ingat intinya itu jadi jam jawabannya judul katanya kalau kegiatan kesimpulan keterangan "
    "ketiga kedua lalu lampiran lokasi maksudnya misal misalnya nb note notes padahal pertama pertanyaannya pokoknya "
    "ps sebenarnya sumber tapi tanggal tema tempat terus topik transkrip waktu yaitu yakni also and because but date "
    "example finally first for however location like namely place remember second so source summary table tabel "
    "then third time title topic well gambar figure http https link"
)

CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
TIME = rf"(?:[\[(<]\s*{CLOCK}(?:\s*(?:-->|[-–—])\s*{CLOCK})?\s*[\])>]|{CLOCK}(?:\s*(?:-->|[-–—])\s*{CLOCK})?)"
_BOXED = rf"(?:[\[(<]\s*{CLOCK}(?:\s*(?:-->|[-–—])\s*{CLOCK})?\s*[\])>])"
_WORD = r"\p{L}[\p{L}\p{M}\p{N}.'’_-]{0,29}"
_SIGN = r"(?:\d{1,3}|\([^()\n:]{1,30}\)|\#\d{1,3}|&)"  # may stand against a word
_LABEL = rf"(?P<label>{_WORD}(?:(?:\ {{1,2}}|(?<=[)&])){_WORD}|\ {{0,2}}{_SIGN}){{0,4}}?)"  # a word is read one way
_NUMBER = r"(?:(?:\d{1,4}[.)]|\[\d{1,4}\])\s*)?"
_QUOTED = r"^\s*(?:[>#]+\s*)*"  # Markdown before a label
_START = rf"{_QUOTED}(?P<m>[*_]{{1,3}})?{_NUMBER}(?:{TIME}\s*[-–—|]?\s*)?{_NUMBER}(?P<k>[*_]{{1,3}})?{_LABEL}[*_]{{0,3}}\s*"
_CLOSE = (
    r"(?:\s*(?(m)[*_]{1,3}))?(?:\s*(?(k)[*_]{1,3}))?"  # only what was opened: "*tertawa*" after a label stays
)
_FORMS = tuple(
    (form, regex.compile(pattern))
    for form, pattern in (
        (
            "colon",
            rf"{_START}(?:{TIME}\s*)?(?:(?<!\d)[:：]|[:：](?!\d))(?!//){_CLOSE}\s*(?:{_BOXED})?(?P<speech>.*)$",
        ),
        ("time", rf"{_START}(?P<time>{_BOXED})[ \t]+(?P<speech>\S.*)$"),
        ("time", rf"{_START}(?P<time>{TIME})\s*(?P<speech>)$"),
        ("time", rf"{_QUOTED}(?P<m>[*_]{{1,3}})?(?P<time>{TIME})\s+{_LABEL}[*_]{{0,3}}\s*(?P<speech>)$"),
        ("tab", rf"{_START}\t\s*(?P<speech>\S.*)$"),
        ("dash", rf"{_START}(?<=\s)[-–—]\s+(?P<speech>\S.*)$"),
        ("alone", rf"{_START}(?P<speech>)$"),
    )
)


_SIGNS = {
    "colon": ":：",
    "time": ":",
    "tab": "\t",
    "dash": "-–—",
}  # without one, a line has no label of the form
_LONGEST = 400  # code points of a line that is a label alone


@dataclass(frozen=True)
class Line:
    """A line of a source: its text, its position, and how many of its first characters are bold."""

    text: str
    where: int
    bold: int = 0


@dataclass(frozen=True)
class Labelled:
    """A line that may begin a turn: the label as it stands, what follows it, and how the two are parted."""

    label: str
    speech: str
    form: str  # colon, time, tab, dash, bold, alone
    timed: bool = False  # a time code stood beside the label


def fold(label: str) -> str:
    """*label* as two spellings of it compare: lower case, one space, no closing dots or brackets."""
    return " ".join(regex.sub(r"[()\[\]#.]", " ", label).casefold().split())


def base(label: str) -> str | None:
    """The known word that a label begins with ("informan" of "Informan Kunci 3"); None where it is not a known label."""
    plain = regex.sub(r"\([^)]*\)", " ", label).strip(" .")
    words = [w for w in regex.split(r"[\s.#_-]+", regex.sub(r"(?<=\p{L})(?=\d)", " ", plain)) if w]
    if not words or words[0].casefold() not in _KNOWN:
        return None
    first, rest = words[0].casefold(), words[1:]
    if all(
        w.isdigit() or regex.fullmatch(r"[IVX]{1,4}|[A-Z]", w) or w.casefold() in _QUALIFIERS for w in rest
    ):
        return first
    named = len(first) > 3 and len(rest) <= 3 and all(w[0].isupper() for w in rest)
    return first if named else None


def _may_be(form: str, text: str) -> bool:
    """Whether a line can have a label of this form: seen in a moment, as most lines have none."""
    return any(sign in text for sign in _SIGNS[form]) if form in _SIGNS else len(text) <= _LONGEST


def candidates(line: Line) -> list[Labelled]:
    """The ways in which *line* could begin a turn, the surest first."""
    found = []
    for form, pattern in _FORMS:
        match = pattern.match(line.text) if _may_be(form, line.text) else None
        if match:
            timed = form == "time" or regex.match(rf"\s*{TIME}", line.text) is not None
            found.append(Labelled(match["label"].strip(" *_"), match["speech"].strip(" \t"), form, timed))
    label = line.text[: line.bold].strip().rstrip(":").strip()
    if 0 < line.bold < len(line.text.rstrip()) and len(label) <= 40 and regex.fullmatch(_LABEL, label):
        found.append(Labelled(label, line.text[line.bold :].strip(" \t:"), "bold"))
    return found


def choose(lines: Sequence[Line], *, named: Iterable[str] = ()) -> dict[int, Labelled]:
    """Index of a line → the turn it begins. *named* are labels that the researcher stated."""
    given = {fold(n) for n in named}
    options = {n: found for n, line in enumerate(lines) if (found := candidates(line))}
    counts: Counter[tuple[str, str]] = Counter()
    for found in options.values():
        counts.update({(fold(c.label), c.form) for c in found})
    chosen: dict[int, Labelled] = {}
    for n, found in options.items():
        best = next((c for c in found if fold(c.label) in given or _is_known(c, counts)), None)
        if best is not None:
            chosen[n] = best
    chosen |= _names(options, chosen, counts)
    chosen |= _again(options, chosen)
    heard = {fold(c.label) for c in chosen.values()} | given
    return {n: _without_aside(one, heard) for n, one in sorted(chosen.items())}


def _without_aside(one: Labelled, heard: Container[str]) -> Labelled:
    """``Informan 2 (tertawa):`` is Informan 2, where that label stands alone elsewhere; the aside is part of the turn."""
    match = regex.fullmatch(r"(.*\S)\s*(\([^()]*\))", one.label)
    if match is None or fold(match[1]) not in heard:
        return one
    return replace(one, label=match[1], speech=f"{match[2]} {one.speech}".strip())


def _again(options: Mapping[int, list[Labelled]], chosen: Mapping[int, Labelled]) -> dict[int, Labelled]:
    """Labels already heard, parted in another way; and names beside a time on a line of their own, once these recur."""
    heard = {fold(c.label) for c in chosen.values()}
    timed = any(c.form == "time" and not c.speech for c in chosen.values())
    more: dict[int, Labelled] = {}
    for n, found in options.items():
        for one in found if n not in chosen else ():
            known = fold(one.label) in heard and one.form != "alone"
            if known or (timed and one.form == "time" and not one.speech and _like_a_name(one.label)):
                more.setdefault(n, one)
    return more


def _is_known(one: Labelled, counts: Mapping[tuple[str, str], int]) -> bool:
    known = base(one.label)
    if known is None or (one.label[0].islower() and len(known) > 1 and one.form in ("alone", "dash", "tab")):
        return False
    times = counts[fold(one.label), one.form]
    short = len(known) <= 3
    if one.form in ("colon", "time", "bold"):
        return not (short and one.label[0].islower()) or times > 1
    return times > 1 or not short


def _names(
    options: Mapping[int, list[Labelled]],
    known: Mapping[int, Labelled],
    counts: Mapping[tuple[str, str], int],
) -> dict[int, Labelled]:
    """Lines that begin with a name: written like one, and recurring; once is enough for somebody who is often there too.

    Better a turn too many, which is withheld for want of consent, than one person's words under another's consent.
    """
    colons = any(c.form == "colon" and c.speech for c in known.values())
    chosen: dict[int, Labelled] = {}
    for n, found in options.items():
        if n in known:
            continue
        for one in found:
            needed = 2 if one.form in ("colon", "time") else 3
            if one.form == "colon" and colons and fold(one.label).partition(" ")[0] in _BYSTANDERS:
                needed = 1
            if counts[fold(one.label), one.form] >= needed and _like_a_name(one.label):
                chosen[n] = one
                break
    speakers = {fold(c.label) for c in chosen.values()} | {fold(c.label) for c in known.values()}
    return chosen if len(speakers) > 1 or any(c.timed for c in chosen.values()) else {}


def _like_a_name(label: str) -> bool:
    words = regex.sub(r"[()#&]", " ", label).split()
    if not words or len(words) > 4 or fold(words[0]) in _NOT_NAMES:
        return False
    return all(w[0].isupper() or w.isdigit() for w in words)


def role_of(known: str | None) -> Role:
    """The role that a known word states; ``other`` for none, or for a letter that may mean either."""
    if known in _RESEARCHER:
        return RESEARCHER
    return PARTICIPANT if known in _PARTICIPANT else OTHER


def roles(
    labels: Iterable[str],
    participants: Mapping[str, str] | None = None,
    *,
    overrides: Mapping[str, str] | None = None,
    turns: Sequence[RawTurn] = (),
    legend: Mapping[str, Role] | None = None,
) -> dict[str, Role]:
    """Label → ``researcher``, ``participant`` or ``other``.

    *participants* (label → code) and *overrides* (label → ``"researcher"`` or a code) outrank the *legend* of the
    transcript, which outranks the list of known labels. *turns* settle ``P``/``I`` where nothing else does: who asks
    more is the researcher; without a clear difference ``P`` is *peneliti*.
    """
    wanted = list(dict.fromkeys(labels))
    stated: dict[str, Role] = {fold(k): v for k, v in (legend or {}).items()}
    stated |= {fold(k): PARTICIPANT for k in participants or {}}
    stated |= {fold(k): RESEARCHER if v == RESEARCHER else PARTICIPANT for k, v in (overrides or {}).items()}
    found: dict[str, Role] = {label: stated.get(fold(label), role_of(base(label))) for label in wanted}
    letters = [
        label
        for label in wanted
        if found[label] == OTHER and base(label) in _EITHER and fold(label) not in stated
    ]
    _settle_letters(letters, found, _asking(turns))
    names = [
        label
        for label in wanted
        if found[label] == OTHER and base(label) is None and fold(label) not in stated
    ]
    _settle_names(names, found, _asking(turns))
    return found


def _settle_letters(letters: Sequence[str], found: dict[str, Role], asking: Mapping[str, float]) -> None:
    """Roles for P, I, R, M: several of one letter (P1, P2) take part; else the side that is missing, else who asks."""
    by_base: dict[str, list[str]] = defaultdict(list)
    for label in letters:
        by_base[base(label) or ""].append(label)
    many = {
        b for b, group in by_base.items() if len(group) > 1 and len(by_base) + len(found) - len(letters) > 1
    }
    for label in (label for b in many for label in by_base.pop(b)):
        found[label] = PARTICIPANT
    heard = set(found.values())
    if len(by_base) == 1:
        only = next(iter(by_base))
        missing = PARTICIPANT if RESEARCHER in heard else RESEARCHER if PARTICIPANT in heard else None
        default = RESEARCHER if only in ("p", "m") else PARTICIPANT
        for label in by_base[only]:
            found[label] = missing or default
        return
    ranked = sorted(by_base, key=lambda b: ("pmir".index(b), b))
    asker = ranked[0] if ranked else ""
    share = {b: max(asking.get(label, 0.0) for label in group) for b, group in by_base.items()}
    surest = max(ranked, key=lambda b: share[b], default="")
    if ranked and share[surest] - share[asker] > 0.3:
        asker = surest
    for b, group in by_base.items():
        for label in group:
            found[label] = RESEARCHER if b == asker and RESEARCHER not in heard else PARTICIPANT


def _settle_names(names: Sequence[str], found: dict[str, Role], asking: Mapping[str, float]) -> None:
    """Beside a known researcher, names are participants; beside a known participant, one name is the researcher's.

    Where every label is a name, one who asks in most turns while nobody else does is the researcher; else all stay
    ``other``, for the researcher to say.
    """
    heard = set(found.values())
    if RESEARCHER in heard:
        found.update(dict.fromkeys(names, PARTICIPANT))
    elif PARTICIPANT in heard and len(names) == 1:
        found[names[0]] = RESEARCHER
    elif len(names) > 1:
        first, second = sorted(names, key=lambda n: -asking.get(n, 0.0))[:2]
        if asking.get(first, 0.0) > 0.5 and asking.get(first, 0.0) - asking.get(second, 0.0) > 0.3:
            found.update(dict.fromkeys(names, PARTICIPANT))
            found[first] = RESEARCHER


def _asking(turns: Sequence[RawTurn]) -> dict[str, float]:
    """Label → the share of its turns that ask."""
    asked: Counter[str] = Counter()
    spoken: Counter[str] = Counter()
    for turn in turns:
        if turn.speaker:
            spoken[turn.speaker] += 1
            asked[turn.speaker] += "?" in turn.text
    return {label: asked[label] / spoken[label] for label in spoken}
