"""The normal forms of many texts at once: a table of code points instead of a call for each text."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from makna.corpus.disguise.folding import _SPACE, Stream
from makna.corpus.disguise.normalise import plain


def plain_texts(stream: Stream) -> list[str | None]:
    """The plain form of each text of the *stream*, made for all at once; None where a form is not one character."""
    if stream.joined.isascii():
        joined, odd = plain(stream.joined), np.zeros(len(stream.lengths), bool)
    else:
        forms = _forms(stream.codes)
        joined = forms.tobytes().decode("utf-32-le", "surrogatepass")
        odd = np.zeros(len(stream.lengths), bool)
        odd[np.searchsorted(stream.offsets, np.flatnonzero(forms == _MANY), side="right") - 1] = True
    firsts, lasts = stream.offsets.tolist(), (stream.offsets + stream.lengths).tolist()
    return [
        None if strange else joined[first:last]
        for first, last, strange in zip(firsts, lasts, odd.tolist(), strict=True)
    ]


_FORMS: NDArray[np.uint32] = np.full(_SPACE, 0xFFFF_FFFF, np.uint32)  # all ones: not met yet
_MANY = 1  # stands for a form that is not one character; no form holds this control character


def _forms(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    forms = _FORMS[codes]
    unmet = forms == 0xFFFF_FFFF
    if unmet.any():
        for code in np.unique(codes[unmet]).tolist():
            form = plain(chr(code))
            _FORMS[code] = ord(form) if len(form) == 1 and code < _SPACE - 1 else _MANY
        forms = _FORMS[codes]
    return forms
