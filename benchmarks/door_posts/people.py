"""Identifiers of invented people, in clear: numbers that no operator and no register gives out, names made of common parts."""

# ruff: noqa: SIM905 (words read better in a row)

from __future__ import annotations

from collections.abc import Callable
from random import Random

_WOMEN = """Ratna Wulan Dian Intan Nurul Fitria Yuliana Maya Lestari Rahma Novi Desi Endang Tuti Lilis Icha Nisa Tiara Vina
Sekar Anggun Widya Mega Yeni Ika Erna Lina Rosa Tika Mila Dinda Citra Puspita Wati Nining Euis Neneng Susi Wiwik Sulastri
Marlina Yunita Febri Rini Hesti Umi Siska Ayu Kartini Salsabila Aulia Nabila Khairunnisa Zahra Jihan Wahyuni""".split()
_MEN = """Budi Joko Agung Slamet Hendra Rizky Fajar Bayu Dimas Andi Yusuf Ilham Wahyu Arif Eko Dwi Tono Asep Ujang Dedi Rudi
Iwan Bambang Supriyadi Gilang Reza Yoga Galih Taufik Rendi Surya Ketut Wayan Nyoman Gede Putu Togar Ucok Parlin Daniel""".split()
_FAMILY = """Rahayu Lestari Handayani Permatasari Kusuma Wijaya Pratama Saputra Setiawan Hidayat Nugroho Santoso Susanti Anggraini
Siregar Nasution Simanjuntak Hutapea Sitompul Harahap Ginting Tarigan Wibowo Hartono Suryani Maharani Puspitasari Oktaviani
Ramadhani Purnama Gunawan Kurniawan Firmansyah Mulyani Safitri Utami Damayanti Purwanti Astuti Wulandari Suharto Halim""".split()
_ENGLISH = """Emily Jessica Hannah Olivia Chloe Megan Lauren Rachel Nicole Amber Michael Jason Kevin Brian Tyler Oliver Ethan
Sophie Natalie Vanessa Brittany Marcus Derek Samantha Grace Bella Katie Laura""".split()
_SURNAMES = """Thompson Mitchell Carter Bennett Hughes Parker Collins Sullivan Reynolds Foster Griffin Hayes Palmer Wallace""".split()
_STEMS = """mawarmel senjakala zelqia nadhine lunaraya bintangtimur kirana awanbiru qeyla cacaolatte miss.kenanga rembulan
dewangga arsyila lolitha vynka jejakhujan sunyimalam jingga.pagi rindusore kopisenja gadisdesa putrimalu vhiera naomikei
elsyana kimberlinaa thalitha mimiperi anyelir dahlia_merah tulipputih lavendr oryza ravennaa sheilaq wendyyy mochieta""".split()
_TAILS = (
    "",
    "",
    "99",
    "_",
    "07",
    "2",
    "xx",
    ".id",
    "_real",
    "88",
    ".x",
    "123",
    "_2nd",
    "ofc",
    "021",
    "_bdg",
    "sby",
    "__",
    "1998",
)
_HEADS = ("", "", "", "", "", "its", "x", "itsme_", "hey.", "the", "real", "_")
_ROADS = """Cempaka Anggrek Kenari Rajawali Merpati Teratai Flamboyan Cendrawasih Nangka Rambutan Salak Manggis Bougenville
Pahlawan Gatot Diponegoro Pattimura Kutilang Seroja Dahlia Kamboja""".split()
_DISTRICTS = """Sukajadi Mekarsari Cibinong Cimanggis Kebonjati Wonorejo Karangasem Tanjungsari Sumberejo Banjarsari Kalideres
Margahayu Sindangsari Purwodadi Kedungdoro""".split()
_TOWNS = (
    "Bandung Surabaya Semarang Medan Bekasi Bogor Malang Makassar Depok Tangerang Yogyakarta Solo".split()
)
_STREETS_EN = "Maple Oak Church Mill Victoria Station Park Elm Cedar Highfield Queens Albert".split()
_ROAD_KINDS_EN = "Street Road Avenue Lane Drive Close St Rd Ave".split()
_MONTHS = """Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember""".split()
_MONTHS_EN = "January February March April May June July August September October November December".split()
_PLATES = "B D F L N H AB AD AE AG BE BK DK KT S T W Z".split()
_SITES = ("wa.me/62{p}", "t.me/{h}", "https://t.me/{h}", "https://wa.me/62{p}", "linktr.ee/{h}", "https://linktr.ee/{h}", "bit.ly/{c}",
    "https://bit.ly/{c}", "instagram.com/{h}", "https://www.instagram.com/{h}/", "https://onlyfans.com/{h}", "saweria.co/{h}",
    "https://lynk.id/{h}", "https://line.me/ti/p/~{h}", "https://chat.whatsapp.com/{c}{c}", "https://s.id/{c}", "tiktok.com/@{h}",
    "https://www.tiktok.com/@{h}/video/7012345678901234567", "https://twitter.com/{h}/status/1364512345678901234", "www.{w}.com",
    "https://{w}.blogspot.com/2021/03/{w}.html", "http://{w}.my.id/profil?id={n}", "https://discord.gg/{c}", "https://karyakarsa.com/{h}",
    "https://shp.ee/{c}", "https://www.facebook.com/profile.php?id=1000{n}{n}", "tinyurl.com/{c}", "https://drive.google.com/file/d/{c}{c}/view")  # fmt: skip
_MAIL = ("gmail.com", "yahoo.com", "yahoo.co.id", "hotmail.com", "outlook.com", "icloud.com", "proton.me", "ymail.com", "{w}.co.id", "{w}.com", "students.kampus.ac.id")  # fmt: skip


def digits(rng: Random, n: int) -> str:
    """*n* digits."""
    return "".join(rng.choice("0123456789") for _ in range(n))


def phone(rng: Random) -> str:
    """A mobile number under 0834 to 0836, which no operator has; 11 to 13 digits."""
    return rng.choice(("0834", "0835", "0836")) + digits(rng, rng.choice((7, 8, 8, 8, 9)))


def phone_us(rng: Random) -> str:
    """A number of the exchange that North America keeps for fiction."""
    return rng.choice(("555", "212", "415", "312")) + "55501" + digits(rng, 2)


def handle(rng: Random) -> str:
    """A handle as people choose them; ASCII, never one everyday word."""
    made = rng.choice(_HEADS) + rng.choice(_STEMS) + rng.choice(_TAILS)
    return made.strip(".") if len(made) >= 6 else made + digits(rng, 2)


def _word(rng: Random) -> str:
    return "".join(c for c in rng.choice(_STEMS) if c.isalpha())


def link(rng: Random) -> str:
    """An address on the web."""
    code = "".join(rng.choice("abcdefghkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(7))
    return rng.choice(_SITES).format(p=phone(rng)[1:], h=handle(rng), c=code, w=_word(rng), n=digits(rng, 5))


def email(rng: Random) -> str:
    """An e-mail address."""
    local = rng.choice(
        (
            handle(rng),
            f"{_word(rng)}.{_word(rng)}",
            f"{_word(rng)}{digits(rng, 2)}",
            f"{_word(rng)}_{_word(rng)}",
        )
    ).strip("_.")
    return f"{local}@{rng.choice(_MAIL).format(w=_word(rng))}"


def name(rng: Random) -> str:
    """A full name, two or three parts."""
    if rng.random() < 0.2:
        return f"{rng.choice(_ENGLISH)} {rng.choice(_SURNAMES)}"
    first = rng.choice(_WOMEN if rng.random() < 0.6 else _MEN)
    middle = [rng.choice(_WOMEN if first in _WOMEN else _MEN)] if rng.random() < 0.2 else []
    return " ".join([first, *(m for m in middle if m != first), rng.choice(_FAMILY)])


def given_name(rng: Random) -> str:
    """What somebody is called: one name."""
    return rng.choice(_ENGLISH if rng.random() < 0.15 else _WOMEN if rng.random() < 0.65 else _MEN)


def nik(rng: Random) -> str:
    """A national number of district 99."""
    day = rng.randint(1, 28) + rng.choice((0, 40))
    return f"{rng.choice(('32', '31', '35', '33', '12'))}{rng.randint(1, 79):02}99{day:02}{rng.randint(1, 12):02}{rng.randint(70, 99)}{rng.randint(1, 20):04}"


def npwp(rng: Random) -> str:
    """A tax number in its usual marks."""
    d = digits(rng, 15)
    return f"{d[:2]}.{d[2:5]}.{d[5:8]}.{d[8]}-{d[9:12]}.{d[12:]}"


def bank(rng: Random) -> str:
    """The number of a bank account, 10 to 15 digits."""
    return rng.choice("1234567890") + digits(rng, rng.choice((9, 9, 12, 14)))


def plate(rng: Random) -> str:
    """A number plate."""
    return f"{rng.choice(_PLATES)} {rng.randint(1000, 9999)} {''.join(rng.choice('ABCDEFGHJKLMNPRSTUVXYZ') for _ in range(rng.choice((2, 3))))}"


def address(rng: Random) -> str:
    """An address that leads to a door."""
    road, district, town, n = (
        rng.choice(_ROADS),
        rng.choice(_DISTRICTS),
        rng.choice(_TOWNS),
        rng.randint(1, 180),
    )
    rt, rw = rng.randint(1, 12), rng.randint(1, 15)
    return rng.choice((
        f"Jl. {road} No. {n}", f"Jl. {road} No.{n}, {district}, {town}", f"Jalan {road} Raya No {n} RT {rt:02}/RW {rw:02}", f"Jln {road} {n}",
        f"Gg. {road} No. {n}", f"Gang {road} {rng.choice(('II', 'III', 'IV'))} No. {n} RT {rt:02} RW {rw:02}", f"Perumahan {road} Indah Blok {rng.choice('ABCDEF')}{rng.randint(1, 20)} No. {n}",
        f"Komplek {road} Permai Blok {rng.choice('ABCDEF')} No {n}, {district}", f"Kp. {district} RT {rt:02}/RW {rw:02} No. {n}, Kec. {rng.choice(_DISTRICTS)}, {town}",
        f"Apartemen {road} Tower {rng.choice('ABC')} Lantai {rng.randint(2, 30)} Unit {rng.choice('ABCD')}{rng.randint(1, 20)}", f"Dusun {district} RT {rt:02} RW {rw:02}, Desa {rng.choice(_DISTRICTS)}",
        f"Hotel {road} kamar {rng.randint(101, 820)}", f"Jl {road} Gang {rng.randint(1, 9)} No {n}", f"Perum {district} Asri Blok {rng.choice('ABCDEF')}-{rng.randint(1, 20)}",
        f"{n} {rng.choice(_STREETS_EN)} {rng.choice(_ROAD_KINDS_EN)}", f"Flat {rng.randint(1, 20)}, {n} {rng.choice(_STREETS_EN)} {rng.choice(_ROAD_KINDS_EN)}",
    ))  # fmt: skip


def place(rng: Random) -> str:
    """A pair of coordinates."""
    lat, lon = rng.uniform(-8.9, -0.5), rng.uniform(105.5, 119.9)
    return rng.choice((f"{lat:.6f}, {lon:.6f}", f"{lat:.5f},{lon:.5f}", f"({lat:.6f}, {lon:.6f})", f"{lat:.4f} {lon:.4f}",
                       f"{-lat:.5f} S, {lon:.5f} E", f"6°{rng.randint(10, 59)}'{rng.randint(10, 59)}.{rng.randint(1, 9)}\"S 106°{rng.randint(10, 59)}'{rng.randint(10, 59)}.{rng.randint(1, 9)}\"E"))  # fmt: skip


def birth(rng: Random) -> str:
    """A date of birth."""
    d, m, y = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1975, 2002)
    return rng.choice((f"{d} {_MONTHS[m - 1]} {y}", f"{d:02}-{m:02}-{y}", f"{d}/{m}/{y % 100:02}", f"{d:02}/{m:02}/{y}", f"{d} {_MONTHS[m - 1][:3]} {y}",
                       f"{d:02}.{m:02}.{y}", f"{y}-{m:02}-{d:02}", f"{_MONTHS_EN[m - 1]} {d}, {y}", f"{d} {_MONTHS_EN[m - 1]} {y}"))  # fmt: skip


MAKERS: dict[str, Callable[[Random], str]] = {
    "PHONE": phone, "PHONE_US": phone_us, "URL": link, "EMAIL": email, "HANDLE": handle, "MSGID": handle, "NAME": name, "NICK": given_name,
    "NIK": nik, "KK": nik, "NPWP": npwp, "BANK": bank, "EWALLET": phone, "PLATE": plate, "ADDRESS": address, "GEO": place, "DOB": birth,
}  # fmt: skip
