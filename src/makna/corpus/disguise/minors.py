"""Cues that the author, or the person offered, is under 18: such a record stays outside the study.

A cue errs towards protection; a counter-cue takes it back where the words plainly speak of someone or something
else: a teacher of a school, a year of graduation, years of duration, a rule that names the age, somebody's child.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from makna import wordlists
from makna.corpus.disguise.normalise import plain

_LIST = wordlists.load("door_minors").entries
_SLOTS = {f"<{kind.removeprefix('slot ')}>": text for text, kind in _LIST.items() if kind.startswith("slot ")}


def _either(kind: str) -> re.Pattern[str]:
    """All patterns of one kind, what slots stand for put in."""
    patterns = [text for text, of in _LIST.items() if of == kind]
    for slot, stands in (*_SLOTS.items(), *_SLOTS.items()):
        patterns = [pattern.replace(slot, stands) for pattern in patterns]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


_CUE, _COUNTER = _either("cue"), _either("counter")
_SCHOOLED = re.compile(
    rb"s(?:m[apku]|d\b|tm|lt|ekolah|kolah|klh|chool)|m(?:ts|inor)|k(?:elas|ls)|b(?:elas|awah)|teen|puluh|pelajar|grade|underage"
)
_AGED = re.compile(
    rb"(?<!\d)(?:1[0-7]|[5-9]) ?[/,]? ?(?:t|y|[fm]\b|fem|male)"
    rb"|(?:masih|msh|bel[uo]m|blm|turn(?:ing|ed)|bentar lagi)\D{0,14}1[0-8]|(?:lahir|born)\D{0,12}20[01]"
    rb"|(?:umur|usia|\bage|\bi'?m|\bi am|c[eo]?w[eo]|girl|boy|gadis|abg|muda)\D{0,24}(?:1[0-7]|[5-9])"
)
_YOUNG = re.compile(rb"(?:1[0-8](?<!\d..)|[5-9](?<!\d.)|20(?:09|1\d)(?<!\d....))(?!\d)")
_SCAN = (  # in RE2, for many texts at once: whatever _may_tell says yes to, and no more than that costs little
    f"(?i){_SCHOOLED.pattern.decode()}"
    r"|(?:^|[^0-9])(?:1[0-8]|[5-9]|20(?:09|1[0-9]))(?:[^0-9]|$)"
    r"|[^\x00-\x7f\x{201c}-\x{201e}\x{2022}-\x{2027}\x{2600}-\x{2775}\x{2795}-\x{27bf}\x{1f300}-\x{1faff}\x{fe0f}\x{200d}]"
    r"|[0-9A-Za-z'][\x{fe0f}\x{200d}]"
)
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


def under_18_cues(texts: Sequence[str]) -> list[int]:
    """Which of *texts* hold such a cue: their places, in order."""
    texts = [text[:_LIMIT] for text in texts]
    try:
        seen = pc.match_substring_regex(pa.array(texts, pa.string()), _SCAN)
    except UnicodeEncodeError:  # half of a surrogate pair
        return [i for i, text in enumerate(texts) if under_18_cue(text)]
    some = np.flatnonzero(seen.to_numpy(zero_copy_only=False)).tolist()
    return [i for i in some if under_18_cue(texts[i])]


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
