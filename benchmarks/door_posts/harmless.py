"""Posts that lead to nobody and are full of numbers: prices, times, ages, counts, years, scores, codes, words said twice."""

# ruff: noqa: SIM905 (words read better in a row)

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from benchmarks.door_posts.figures import EN, ID

_THINGS = "sepatu kaos beras telur kopi ayam geprek tas bekas helm seblak skincare charger tiket buku".split()
_TEAMS = "Persib Persija Arema Liverpool Barca Chelsea Garuda Madrid Bali Timnas".split()
_TWICE = "kupu2 anak2 hati2 kura2 sama2 tiba2 pura2 mata2 teman2 laba2 jalan2 lagi2 kira2 gara2 oleh2 cumi2".split()
_TAGS = "#ootd2021 #17an #flashsale99 #promo1212 #day30 #2021gantipresiden #7days #mood24jam #top10 #kpop4life #indonesia76".split()
_PLACES = "Bandung Jakarta Surabaya Bali Jogja Medan Malang Solo".split()
_CODES = "iPhone 13 Pro Max 256GB|RTX 3060 12GB|Samsung A52s|Redmi Note 10 Pro|PS5|Canon EOS 700D|XR150L|B12 complex|SPF50 PA+++|WD-40|AK47|H2O|CO2 450ppm|MP3 320kbps|Core i7-1165G7|USB 3.2|Type 36B|LM741CN|Vario 125|Mio M3 125|A4 80gsm|ISO 9001:2015|KLX 150|RG405V|JBL T110".split("|")  # fmt: skip


def post(rng: Random) -> str:
    """One harmless post."""
    first = _fill(rng.choice(_LINES), rng)
    if rng.random() < 0.35:
        first += rng.choice((". ", ", ", "\n", " ")) + _fill(rng.choice(_LINES), rng)
    return first + rng.choice(("", "", "", " 😭", " wkwk", "!", "...", " sih", " ya", " 🔥🔥", " lol"))


def _fill(line: str, rng: Random) -> str:
    while "<" in line:
        before, _open, rest = line.partition("<")
        slot, close, after = rest.partition(">")
        if not close or slot not in _SLOTS:
            return before + "<" + (rest if not close else _fill(rest, rng))
        line = before + _SLOTS[slot](rng) + after
    return line


def _price(rng: Random) -> str:
    n = rng.choice((5, 10, 15, 25, 35, 50, 75, 100, 125, 150, 250, 300, 350, 499, 500, 750, 850, 999))
    return rng.choice(
        (
            f"{n}rb",
            f"{n}k",
            f"{n} ribu",
            f"Rp{n}.000",
            f"Rp {n}.000,-",
            f"{n}.000",
            f"IDR {n}K",
            f"{n}000",
            f"Rp. {n}.000,00",
        )
    )


def _large(rng: Random) -> str:
    n = rng.randint(1, 999)
    return rng.choice(
        (
            f"Rp {n}.500.000",
            f"{n}.250.000",
            f"{n} juta",
            f"{n}jt",
            f"{rng.randint(1, 99)},{rng.randint(1, 9)} juta",
            f"${n},000",
            f"{n},450",
            f"Rp{rng.randint(1, 9)}.{rng.randint(100, 999)}.{rng.randint(100, 999)}.000",
            f"USD {n}.50",
            f"{n}M",
            f"{n}.{rng.randint(100, 999)}.{rng.randint(100, 999)}",
        )
    )


def _time(rng: Random) -> str:
    h, m = rng.randint(0, 23), rng.choice((0, 5, 10, 15, 20, 30, 35, 40, 45, 50))
    return rng.choice(
        (
            f"{h:02}.{m:02}",
            f"{h}:{m:02}",
            f"jam {h}",
            f"{h:02}:{m:02} WIB",
            f"{h % 12 or 12}pm",
            f"{h}.{m:02}",
        )
    )


def _date(rng: Random) -> str:
    d, m, y = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1998, 2026)
    month = "Jan Feb Maret April Mei Juni Juli Agustus September Oktober November Desember".split()[m - 1]
    return rng.choice(
        (
            f"{d}/{m}/{y}",
            f"{d:02}-{m:02}-{y}",
            f"{d} {month} {y}",
            f"{y}-{m:02}-{d:02}",
            f"{d} {month}",
            f"{d}.{m}.{y % 100:02}",
            f"{month} {y}",
        )
    )


def _counted(rng: Random) -> str:
    words = rng.choice((ID, EN))
    first, n = rng.randint(1, 4), rng.randint(3, 5)
    return rng.choice((", ", " ", "... ")).join(words[first : first + n])


def _upto(low: int, high: int) -> Callable[[Random], str]:
    return lambda rng: str(rng.randint(low, high))


def _of(words: list[str] | tuple[str, ...]) -> Callable[[Random], str]:
    return lambda rng: rng.choice(words)


_SLOTS: dict[str, Callable[[Random], str]] = {
    "price": _price, "large": _large, "time": _time, "date": _date, "counted": _counted, "n": _upto(2, 20), "nn": _upto(18, 99), "nnn": _upto(100, 999), "nnnn": _upto(1000, 9999), "year": _upto(1965, 2026),
    "score": lambda rng: f"{rng.randint(0, 5)}{rng.choice('-:')}{rng.randint(0, 5)}", "post": lambda rng: f"{rng.randint(10, 98)}{rng.randint(100, 999)}", "age": _upto(19, 70), "pct": lambda rng: f"{rng.randint(1, 99)}{rng.choice((',', '.'))}{rng.randint(1, 9)}%",
    "dec": lambda rng: f"{rng.randint(0, 9)}{rng.choice((',', '.'))}{rng.randint(1, 99)}", "thing": _of(_THINGS), "team": _of(_TEAMS), "twice": _of(_TWICE), "tag": _of(_TAGS), "place": _of(_PLACES), "code": _of(_CODES), "word": _of(ID[1:]), "eng": _of(EN[1:]),
    "sku": lambda rng: f"{rng.choice(('SKU', 'ART', 'KD', 'TX', 'LOT'))}-{rng.randint(100, 99999)}{rng.choice(('', 'A', 'B', '-XL'))}", "long": lambda rng: f"{rng.randint(10, 99)}.{rng.randint(100, 999)}.{rng.randint(100, 999)}",
}  # fmt: skip
_LINES = Path(__file__).with_name("harmless.txt").read_text(encoding="utf-8").splitlines()
