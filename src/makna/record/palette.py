"""The colours of codes: slots evenly spaced around OKLCH in three lightnesses, and which of them a new code gets.

Light differs from slot to slot because hue alone is lost to colour-blind readers. A new code gets the slot that stays
most distinct from its branch of the tree under every kind of colour vision; the page shows a name beside any colour.
OKLab: Ottosson 2020. Simulation: Machado, Oliveira & Fernandes 2009, table 1, severity 1.0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import product
from math import cbrt, cos, dist, radians, sin

SLOTS = 24
_FIRST_HUE, _STRONGEST = 15, 0.16
_LIGHTNESS = {
    "light": (0.63, 0.52, 0.41),
    "dark": (0.85, 0.74, 0.63),
}  # at least 3:1 against the page of each theme
Triple = tuple[float, float, float]
_Matrix = tuple[Triple, Triple, Triple]

_TO_LMS: _Matrix = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB: _Matrix = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_FROM_LAB: _Matrix = (
    (1, 0.3963377774, 0.2158037573),
    (1, -0.1055613458, -0.0638541728),
    (1, -0.0894841775, -1.2914855480),
)
_FROM_LMS: _Matrix = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
_VISION: tuple[_Matrix, ...] = (
    ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),  # protanopia
    (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),  # deuteranopia
    (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),  # tritanopia
)


def choose(branch: Collection[int], used: Sequence[int] = ()) -> int:
    """The slot for a new code beside those of its *branch*; of equals the one least *used* in the whole study."""
    counts = Counter(used)
    kept = {slot % SLOTS for slot in branch}
    if not kept:
        return min(range(SLOTS), key=lambda slot: (counts[slot], -_solitude(slot, counts), slot))
    return max(
        range(SLOTS), key=lambda slot: (min(apart(slot, other) for other in kept), -counts[slot], -slot)
    )


def _solitude(slot: int, counts: Counter[int]) -> float:
    return min((apart(slot, other % SLOTS) for other in counts), default=0.0)


@cache
def apart(one: int, other: int) -> float:
    """How far two slots are from each other in OKLab, in the theme and to the eyes that tell them apart least."""
    pairs = (zip(_seen(one, theme), _seen(other, theme), strict=True) for theme in _LIGHTNESS)
    return min(dist(a, b) for theme in pairs for a, b in theme)


@cache
def colour(slot: int, theme: str) -> Triple:
    """Lightness, chroma and hue (OKLCH) of a slot in the ``light`` or ``dark`` theme, as strong as sRGB can show."""
    slot %= SLOTS
    lightness = _LIGHTNESS[theme][slot % 3]
    hue = (_FIRST_HUE + slot * 360 / SLOTS) % 360
    steps = (round(_STRONGEST - n / 1000, 3) for n in range(int(_STRONGEST * 1000)))
    return lightness, next(c for c in steps if _shown((lightness, c, hue))), hue


def css(slot: int, theme: str) -> str:
    """A slot's colour as a stylesheet writes it."""
    lightness, chroma, hue = colour(slot, theme)
    return f"oklch({lightness:g} {chroma:g} {hue:g})"


@cache
def _seen(slot: int, theme: str) -> tuple[Triple, ...]:
    """A colour in OKLab as it looks to each kind of vision."""
    light = _linear(colour(slot, theme))
    return tuple(_lab(_times(vision, light)) for vision in _VISION)


def _linear(lch: Triple) -> Triple:
    lightness, chroma, hue = lch
    lab = (lightness, chroma * cos(radians(hue)), chroma * sin(radians(hue)))
    long, middle, short = _times(_FROM_LAB, lab)
    return _times(_FROM_LMS, (long**3, middle**3, short**3))


def _lab(light: Triple) -> Triple:
    long, middle, short = _times(_TO_LMS, light)
    return _times(_TO_LAB, (_root(long), _root(middle), _root(short)))


def _root(value: float) -> float:
    return cbrt(value)


def _times(matrix: _Matrix, vector: Triple) -> Triple:
    a, b, c = (sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix)
    return a, b, c


def _shown(lch: Triple) -> bool:
    return all(-0.00005 <= part <= 1.00005 for part in _linear(lch))


def distances() -> Iterator[tuple[int, int, float]]:
    """Every two slots, and how far apart they are."""
    return ((a, b, apart(a, b)) for a, b in product(range(SLOTS), repeat=2) if a < b)
