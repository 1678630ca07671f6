"""What WhatsApp itself writes into an export, in Indonesian and English: media left out, deletions, notices.

Wording as public parsers of real exports hold it. iOS sets a mark of direction before what the app wrote.
"""

from __future__ import annotations

import regex

from makna.corpus.readers.chat_people import UNSEEN, plain

_LRM = "\u200e"
_KIND = {
    "image": "image photo gambar foto",
    "video": "video pesan_video video_note video_message catatan_video",
    "voice": "audio voice_message pesan_suara voice voice_note suara view_once_voice_message",
    "animation": "gif",
    "sticker": "sticker stiker",
    "document": "document dokumen file berkas contact_card kontak kartu_kontak contact",
    "media": "media",
}
_KINDS = {word.replace("_", " "): kind for kind, words in _KIND.items() for word in words.split()}
_ENDINGS = {
    "image": "jpg jpeg png heic",
    "video": "mp4 mov 3gp avi mkv",
    "voice": "opus ogg m4a mp3 aac amr wav",
    "sticker": "webp",
    "animation": "gif",
}
_OF_ENDING = {ending: kind for kind, endings in _ENDINGS.items() for ending in endings.split()}
_NAMES = "|".join(sorted(_KINDS, key=len, reverse=True))
_OMITTED = regex.compile(
    rf"(?:^|(?<=\n)|{_LRM})<?(?P<kind>{_NAMES})(?: omitted| tidak disertakan| dihilangkan)>?{_LRM}?(?=\s|$)",
    regex.IGNORECASE,
)
_BRACKETED = regex.compile(
    rf"{_LRM}?<(?:attached|lampiran|terlampir|dilampirkan):\s*(?P<name>[^>\n]{{1,300}})>", regex.IGNORECASE
)
_ATTACHED = regex.compile(
    rf"^{_LRM}?(?P<name>[^\n]{{1,300}}?\.\w{{1,5}}) \((?:file attached|file terlampir|berkas terlampir|terlampir)\)\n?",
    regex.IGNORECASE,
)
_FILE = regex.compile(r"^[^\n]{1,300}?(?:\.\w{1,5}\s*$|\s[•·]\s[^\n]*$)", regex.MULTILINE)
_EDITED = regex.compile(
    rf"\s*{_LRM}?<(?:this message was edited|pesan ini (?:telah )?diedit|pesan ini telah diubah)>{_LRM}?\s*$",
    regex.IGNORECASE,
)
_DELETED = regex.compile(
    r"(?:this message was deleted|you deleted this message|pesan ini (?:telah )?dihapus|anda (?:telah )?menghapus pesan ini)"
    r"(?: (?:by|oleh) admin\b[^\n]{0,120}| as admin| sebagai admin)?\.?",
    regex.IGNORECASE,
)
_NOTICE = regex.compile(
    r"(?:null|waiting for this message\b.*|menunggu pesan ini\b.*|pesan tidak didukung|"
    r"(?:missed |silenced )?(?:group )?(?:voice|video) call(?:[,.] .*)?|"
    r"panggilan (?:suara|video)(?: grup)?(?: tak terjawab| tidak terjawab)?(?:[,.] .*)?|"
    r".*\b(?:end-to-end encrypted|terenkripsi secara end-to-end)\b.*|"
    r"live location shared|lokasi (?:langsung|terkini) dibagikan)\.?",
    regex.IGNORECASE | regex.DOTALL,
)
_PERSONS = regex.compile(r"(?:https?://|^\s*(?:poll(?:ing)?|jajak pendapat)\s*:)", regex.IGNORECASE)
_TITLED = regex.compile(  # a notice that quotes a title with a colon in it
    r"\b(?:created|changed|added|pinned|membuat|mengubah|mengganti|menambahkan|menyematkan)\b.*[\"“”‘'«]",
    regex.IGNORECASE,
)
_DOES = (
    r"(?:was added|were added|added|removed|invited|left|joined|created|changed|pinned|turned|is now|requested|"
    r"menambahkan|mengeluarkan|mengundang|keluar|bergabung|membuat|mengubah|mengganti|menyematkan|ditambahkan|telah|"
    r"mengaktifkan|menonaktifkan|sekarang|meminta)"
)
_ACT = regex.compile(rf"^(?P<who>[^\n\"“”]{{1,60}}?) {_DOES}\b(?P<rest>[^\n\"“”]*)")
_TO_WHOM = regex.compile(r"^\s+(?P<whom>[^\n]{1,300}?)(?:\s+(?:to|from|ke|dari|using|melalui|via)\b.*)?$")
_ACTS_ON = regex.compile(r" (?:added|removed|invited|menambahkan|mengeluarkan|mengundang)$")
_AND = regex.compile(r",\s+|\s+(?:and|dan|&)\s+")
_TAIL = 100  # characters, in which a remark at the end is
_SHORT = 1000  # characters; what the app writes is shorter
_YOU = frozenset({"you", "anda", "kamu", "your", "messages", "pesan", "this", "grup", "group", "ini"})


def media(text: str) -> tuple[str, tuple[str, ...]]:
    """*text* without what stands for media and without names of files, and the signs of these media."""
    found: list[str] = []
    for pattern in (_ATTACHED, _BRACKETED):
        found += [_by_name(match["name"]) for match in pattern.finditer(text)]
        text = pattern.sub("", text)
    kinds = [_KINDS[match["kind"].lower()] for match in _OMITTED.finditer(text)]
    if "document" in kinds:
        text = _FILE.sub("", _OMITTED.sub("", text), count=1)
    elif kinds:
        text = _OMITTED.sub("", text)
    return text, tuple(found + kinds)


def _by_name(name: str) -> str:
    ending = name.rpartition(".")[2].strip().lower()
    return _OF_ENDING.get(ending, "document")


def without_edit(text: str) -> str:
    """*text* without the remark that it was edited."""
    return (text[:-_TAIL] + _EDITED.sub("", text[-_TAIL:])).rstrip()


def is_deleted(text: str) -> bool:
    """Whether the message was taken back."""
    return len(text) < _SHORT and _DELETED.fullmatch(text.translate(UNSEEN).strip()) is not None


def is_notice(text: str) -> bool:
    """Whether the app wrote this in somebody's name: a call, the notice of encryption, a mark of direction before it."""
    if len(text) >= _SHORT:
        return False
    seen = text.translate(UNSEEN)
    return bool(_NOTICE.fullmatch(seen.strip())) or (text.startswith(_LRM) and not _PERSONS.search(seen))


def is_titled(sender: str) -> bool:
    """Whether what stands before the colon is part of a notice (``Budi changed the subject to "Jual``)."""
    return _TITLED.search(sender) is not None


def people(notice: str) -> list[str]:
    """The people whom a notice names: who came, left, added whom. Their names may occur in what others write."""
    act = _ACT.match(notice[:_SHORT])
    if act is None:
        return []
    named = [act["who"]]
    whom = _TO_WHOM.match(act["rest"]) if _ACTS_ON.search(notice[: act.start("rest")]) else None
    named += _AND.split(whom["whom"]) if whom else []
    return [name for name in map(plain, named) if name and name.split()[0].casefold() not in _YOU]
