"""Characters that look like a Latin letter, a digit or a mark, and have no Unicode decomposition to it.

After the most used rows of Unicode Technical Standard 39, confusables, for the letters that people write names and
contacts with.
"""

from __future__ import annotations

_LETTERS = {
    "a": "аαɑᴀ𐊠ꭺ₳ѧ",
    "b": "вʙьƅᏏ฿",
    "c": "сᴄϲⅽ¢ꮯ",
    "d": "ԁᴅđðꓒ",
    "e": "еєεᴇ€ҽɛǝℯ",
    "f": "ғꜰƒ",
    "g": "ɡɢցǥ",
    "h": "һнʜհħ",
    "i": "іιɪıіӏɩᎥ",
    "j": "јᴊյ",
    "k": "кκᴋĸ",
    "l": "ʟłⅼǀן",
    "m": "мᴍɱⅿ₥",
    "n": "пηɴռոń₦",
    "o": "оοσᴏօөøо๐◯",
    "p": "рρᴘþ₱",
    "q": "ԛգ",
    "r": "гʀяɾ",
    "s": "ѕꜱƽ§ʂ",
    "t": "тτᴛ†ŧ",
    "u": "υᴜսцʊ",
    "v": "νᴠѵⅴ",
    "w": "ѡᴡԝшщω₩",
    "x": "хχ×ҳ",
    "y": "уʏүγ¥ý",
    "z": "ᴢʐżź",
}
_FIGURES = {"0": "⓿", "3": "зЗӡӠ", "4": "чЧ", "6": "бБ"}
_MARKS = {
    ".": "。․·•∙⋅‧・٫۔",
    "/": "∕⁄╱⧸",
    ":": "ː˸∶꞉",
    "'": "‘’ʼʹ′`´",
    '"': "“”„″",
    "-": "‐‑‒–—―−⁃ー",
    "_": "＿‿",
    ",": "‚،、",
    "@": "＠﹫",
    "~": "～∼",
    "*": "∗＊×✱⁎",
    "+": "＋➕",
}


def _pairs() -> dict[str, str]:
    table = {like: plain for plain, likes in _MARKS.items() for like in likes}
    for plain, likes in _LETTERS.items():
        for like in likes:
            table.setdefault(like, plain)
            table.setdefault(like.upper() if len(like.upper()) == 1 else like, plain)
    for first, last in ((0x1F150, 0x1F169), (0x1F170, 0x1F189), (0x1F1E6, 0x1F1FF)):
        table |= {chr(code): chr(ord("a") + code - first) for code in range(first, last + 1)}
    for digit, likes in _FIGURES.items():
        table |= dict.fromkeys(likes, digit)
    return {like: plain for like, plain in table.items() if not like.isascii()}


LOOKALIKES = _pairs()
