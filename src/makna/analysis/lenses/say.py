"""Numbers and lists inside the sentences of a lens, in Indonesian and in English.

A lens says its sentence in both languages at once, whatever the language of the process: a report needs both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

LANGUAGES = ("en", "id")
_MARKS = {"id": str.maketrans(",.", ".,"), "en": str.maketrans("", "")}
TOO_FEW = {"en": "too few to compute", "id": "terlalu sedikit untuk dihitung"}


def number(value: float, language: str, *, decimals: int = 0) -> str:
    """1,234.5 in English, 1.234,5 in Indonesian."""
    return f"{value:,.{decimals}f}".translate(_MARKS[language]).replace("-", "−")


def percent(value: float | None, language: str) -> str:
    """A share of one as per cent; the words for "too few" where it is None."""
    if value is None:
        return TOO_FEW[language]
    return f"{number(100 * value, language, decimals=0 if value in (0, 1) else 1)}\u00a0%"


def between(low: float | None, high: float | None, language: str) -> str:
    """An interval of shares in brackets, such as " (95\u00a0%: 12.0–15.1 %)"; nothing where there is none."""
    if low is None or high is None:
        return ""
    bounds = (number(100 * v, language, decimals=1) for v in (low, high))
    return f" (95\u00a0%: {'–'.join(bounds)}\u00a0%)"


def series(words: Sequence[str], language: str) -> str:
    """a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {'dan' if language == 'id' else 'and'} {words[-1]}"


def both(build: Callable[[str], str]) -> dict[str, str]:
    """*build* called with each language."""
    return {language: build(language) for language in LANGUAGES}


def blinds(*pairs: tuple[str, str]) -> dict[str, tuple[str, ...]]:
    """(English, Indonesian) pairs as the lens's blind spots by language."""
    return {"en": tuple(p[0] for p in pairs), "id": tuple(p[1] for p in pairs)}


def name(key: str, language: str) -> str:
    """A label of a lens (a move, a channel, a praise, a motive) as *language* says it; the key where unknown."""
    return pair(key)[LANGUAGES.index(language)]


def pair(key: str) -> tuple[str, str]:
    """:func:`name` in English and in Indonesian; several labels joined by an arrow or a plus are said one by one."""
    for joint in (" → ", " + "):
        if joint in key and key not in _NAMES:
            parts = [pair(part) for part in key.split(joint)]
            return joint.join(p[0] for p in parts), joint.join(p[1] for p in parts)
    return _NAMES.get(key, (key.replace("_", " "),) * 2)


def title(sentence: Mapping[str, str]) -> tuple[str, str]:
    """A sentence in both languages as a figure takes it."""
    return sentence["en"], sentence["id"]


_NAMES = {
    "offer": ("offer", "tawaran"), "terms": ("terms", "syarat harga"), "place": ("place", "tempat"),
    "condition": ("condition", "ketentuan"), "contact": ("contact", "kontak"), "tag": ("hashtag", "tagar"),
    "wa": ("WhatsApp", "WhatsApp"), "telegram": ("Telegram", "Telegram"), "line": ("LINE", "LINE"),
    "dm": ("direct message", "pesan langsung"), "private": ("private talk", "jalur pribadi"),
    "instagram": ("Instagram", "Instagram"), "email": ("e-mail", "surel"), "phone": ("phone", "telepon"),
    "profile": ("the profile", "profil"), "unnamed": ("no channel named", "tanpa nama saluran"),
    "trust": ("trustworthiness", "kepercayaan"), "manner": ("manner", "sikap"), "accuracy": ("being as described", "kesesuaian"),
    "punctuality": ("punctuality", "ketepatan waktu"), "care": ("care", "kerapian"), "looks": ("looks", "penampilan"),
    "satisfaction": ("satisfaction", "kepuasan"), "thanks": ("gratitude", "terima kasih"), "price": ("price", "harga"),
    "recommendation": ("recommendation", "anjuran"), "return": ("coming back", "kembali lagi"),
    "testimonial": ("testimonials by name", "sebutan testimoni"), "other": ("other praise", "pujian lain"),
    "freedom": ("freedom and openness", "kebebasan dan keterbukaan"), "long_place": ("having long been the place", "sudah lama menjadi tempatnya"),
    "anonymity": ("anonymity", "anonimitas"), "income": ("income", "penghasilan"), "reach": ("reach", "jangkauan"),
    "community": ("community", "kebersamaan"), "ease": ("ease", "kemudahan"), "safety": ("safety", "keamanan"),
    "both": ("both parties", "kedua pihak"), "inside": ("promoting accounts only", "hanya akun yang berpromosi"),
    "near": ("those who deal with them", "lawan bicaranya"), "few": ("too few to say", "terlalu sedikit"),
    "asked": ("asked, not explained", "ditanyakan, tidak diterangkan"), "explained": ("explained", "diterangkan"),
    "unexplained": ("neither asked nor explained", "tidak ditanyakan, tidak diterangkan"),
    "listed": ("ordinary spelling", "ejaan biasa"), "unlisted": ("in no dictionary list", "tidak ada dalam daftar kata"),
    "respelled": ("changed spelling", "ejaan diubah"), "emoji": ("emoji", "emoji"), "hashtag": ("hashtag", "tagar"),
    "name": ("name", "nama"), "bio": ("bio", "bio"), "service": ("service", "jasa"), "rule": ("rule", "aturan"),
    "no slot": ("none of them", "tidak satu pun"),
    "told": ("told by somebody else", "diceritakan orang lain"), "shown": ("shown as a picture", "dipajang sebagai gambar"),
    "other account → promoting account": ("another account vouches", "akun lain menjamin"),
    "promoting account → itself": ("the account shows its own", "akun memajang miliknya"),
    "promoting account passes on": ("the account passes it on", "akun itu menyebarkan lagi"),
    "other account passes on": ("another account passes it on", "akun lain menyebarkan lagi"),
    "own post": ("own post", "unggahan sendiri"), "answer": ("answer", "jawaban"), "request": ("request", "permintaan"),
    "opening post": ("opening post", "unggahan pembuka"), "first answer": ("first answer", "balasan pertama"),
    "second or third answer": ("second or third answer", "balasan kedua atau ketiga"),
    "later answer": ("later answer", "balasan sesudahnya"), "unknown": ("unknown", "tidak diketahui"),
    "Monday": ("Monday", "Senin"), "Tuesday": ("Tuesday", "Selasa"), "Wednesday": ("Wednesday", "Rabu"),
    "Thursday": ("Thursday", "Kamis"), "Friday": ("Friday", "Jumat"), "Saturday": ("Saturday", "Sabtu"), "Sunday": ("Sunday", "Minggu"),
    "observation": ("observation", "observasi"), "interview": ("interview", "wawancara"), "field_note": ("field note", "catatan lapangan"),
    "sources": ("sources", "sumber"), "methods": ("methods", "metode"), "times": ("time", "waktu"),
    "theories": ("theory", "teori"), "investigators": ("investigators", "peneliti"),
    "source": ("sources", "sumber"), "method": ("methods", "metode"), "time": ("time", "waktu"), "theory": ("theory", "teori"),
    "investigator": ("investigators", "peneliti"),
}  # fmt: skip
