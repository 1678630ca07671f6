"""Each recogniser with its examples and counter-examples: what of a text is covered, and by which label."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from makna.corpus.disguise.normalise import view
from makna.corpus.disguise.recognise import (
    account,
    address,
    birth,
    email,
    link,
    mention,
    messenger,
    name,
    number,
    plate,
)
from makna.corpus.disguise.recognise.base import Hit, Reading
from makna.corpus.disguise.replace import merge

Find = Callable[[Reading], Iterator[Hit]]
EXAMPLES: dict[Find, list[tuple[str, str, str]]] = {
    number.find: [
        ("chat ke 083400001234 ya", "083400001234", "phone"),
        ("+62 834 0000 1234 kak", "+62 834 0000 1234", "phone"),
        ("wa 0834-0000-1234", "0834-0000-1234", "wa"),
        ("0834.0000.1234 wa ya", "0834.0000.1234", "wa"),
        ("(0834) 0000 1234 hub", "(0834) 0000 1234", "phone"),
        ("nomor O834-OOOO-l234 ya", "O834-OOOO-l234", "phone"),
        ("nol lapan tiga empat kosong kosong kosong kosong satu dua tiga empat", "nol lapan tiga empat kosong kosong kosong kosong satu dua tiga empat", "phone"),
        ("nol delapan tiga empat, nol empat kali, satu dua tiga empat ya", "nol delapan tiga empat, nol empat kali, satu dua tiga empat", "phone"),
        ("oh eight three four double oh double oh one two three four", "oh eight three four double oh double oh one two three four", "phone"),
        ("08tiga4 0000 12tiga4", "08tiga4 0000 12tiga4", "phone"),
        ("satuduatigaempat limaenamtujuhdelapan", "satuduatigaempat limaenamtujuhdelapan", "phone"),
        ("0834 (jangan lupa) 0000 terus 1234 ya", "0834 (jangan lupa) 0000 terus 1234", "phone"),
        ("0️⃣8️⃣3️⃣4️⃣0️⃣0️⃣0️⃣0️⃣1️⃣2️⃣3️⃣4️⃣ 🔥", "0️⃣8️⃣3️⃣4️⃣0️⃣0️⃣0️⃣0️⃣1️⃣2️⃣3️⃣4️⃣", "phone"),
        ("0834-0000-12xx", "0834-0000-12xx", "phone"),
        ("call 555-010-1234", "555-010-1234", "phone"),
        ("+44 7700 900123", "+44 7700 900123", "phone"),
        ("nik 3276994508950001", "3276994508950001", "nik"),
        ("no kk 3276 9901 0101 0001", "3276 9901 0101 0001", "kk"),
        ("npwp 12.345.678.9-012.345", "12.345.678.9-012.345", "npwp"),
        ("rek BRI 1234-01-012345-53-9", "1234-01-012345-53-9", "bank"),
        ("ovo 083400001234", "083400001234", "bank"),
        ("paspor A1234567", "A1234567", "document"),
    ],
    link.find: [
        ("klik https://wa.me/6283400001234", "https://wa.me/6283400001234", "link:whatsapp"),
        ("di linktr.ee/mawar_melati.", "linktr.ee/mawar_melati", "link:linktree"),
        ("linktr dot ee slash mawar_melati", "linktr dot ee slash mawar_melati", "link:linktree"),
        ("t . me / mawarmel ya", "t . me / mawarmel", "link:telegram"),
        ("wa[.]me/6283400001234", "wa[.]me/6283400001234", "link:whatsapp"),
        ("wa me slash 6283400001234", "wa me slash 6283400001234", "link:whatsapp"),
        ("hxxps://mawarmelati[.]com", "hxxps://mawarmelati[.]com", "link"),
        ("www.mawarmelati.com", "www.mawarmelati.com", "link"),
        ("cek mawarmelati.carrd.co", "mawarmelati.carrd.co", "link:linktree"),
        ("onlyfans dot com slash janedoe_x", "onlyfans dot com slash janedoe_x", "link:onlyfans"),
        ("peta https://maps.app.goo.gl/AbCd", "https://maps.app.goo.gl/AbCd", "link:maps"),
        ("tg://resolve?domain=mawarmel", "tg://resolve?domain=mawarmel", "link"),
    ],
    email.find: [
        ("ke mawar.melati@gmail.com ya", "mawar.melati@gmail.com", "email"),
        ("mawar melati et gmail titik com", "mawar melati et gmail titik com", "email"),
        ("jane.doe{at}example.com", "jane.doe{at}example.com", "email"),
        ("jane dot doe at example dot com", "jane dot doe at example dot com", "email"),
        ("mawarmelati @ gmail . com", "mawarmelati @ gmail . com", "email"),
        ("mawarmelati gmail com", "mawarmelati gmail com", "email"),
        ("mawarmelati@gmail,com", "mawarmelati@gmail,com", "email"),
    ],
    mention.find: [
        ("RT @akunanon99: capek", "@akunanon99", "@akunanon99"),
        ("thanks to@mawarmelati🙏", "@mawarmelati", "@mawarmelati"),
        ("@ mawar_melati akun keduaku", "@ mawar_melati", "@mawar_melati"),
        ("cari mawar_melati2 ya", "mawar_melati2", "@mawar_melati2"),
        ("(at)mawarmelati", "(at)mawarmelati", "@mawarmelati"),
    ],
    account.find: [
        ("akun baru: mawarmelati99 ya", "mawarmelati99", "@mawarmelati99"),
        ("follow mawar.melati99 ya", "mawar.melati99", "@mawar.melati99"),
        ("username mawarmelati", "mawarmelati", "@mawarmelati"),
    ],
    messenger.find: [
        ("tele: @mawarmel ", "@mawarmel", "telegram"),
        ("Line mawar.mel ya kak", "mawar.mel", "line"),
        ("t3l3 m4w4rm3l yaa", "m4w4rm3l", "telegram"),
        ("l1n3 mawarmel99", "mawarmel99", "line"),
        ("telenya mawarmel_99", "mawarmel_99", "telegram"),
        ("tele tanpa spasi mawar mel 99", "mawar mel 99", "telegram"),
        ("kik me j a n e d o e x", "j a n e d o e x", "kik"),
        ("mi chat mawarmel77", "mawarmel77", "michat"),
        ("discord janedoe#1234", "janedoe#1234", "discord"),
        ("bigo id : 123456789", "123456789", "bigo"),
        ("mawarmel99 (tele)", "mawarmel99", "telegram"),
        ("add line ku mawarmel99", "mawarmel99", "line"),
        ("ig/tele: mawarmel99", "mawarmel99", "telegram"),
        ("fb: Mawar Melati Sari", "Mawar Melati Sari", "facebook"),
    ],
    name.find: [
        ("namaku Siti Aminah, salam", "Siti Aminah", "name"),
        ("kata bu Sri Wahyuni nggak", "Sri Wahyuni", "name"),
        ("I Made Sudana datang", "I Made Sudana", "name"),
        ("kak rina makasih", "rina", "name"),
        ("5iti 4minah nama rlku", "5iti 4minah", "name"),
        ("bca a.n. Siti Aminah", "Siti Aminah", "name"),
        ("dana a/n Rina", "Rina", "name"),
        ("my friend sarah got outed", "sarah", "name"),
        ("tapi dipanggil Yuni.", "Yuni", "name"),
        ("Ahmad Fauzi bin Abdullah", "Ahmad Fauzi bin Abdullah", "name"),
    ],
    address.find: [
        ("kos di Jl. Melati No. 12 RT 03/RW 05, Kel. Sukamaju, Kec. Cilodong, Depok 16415", "Jl. Melati No. 12 RT 03/RW 05, Kel. Sukamaju, Kec. Cilodong, Depok 16415", "address"),
        ("ngekos di gang mawar tiga nomer tujuh", "gang mawar tiga nomer tujuh", "address"),
        ("perum griya asri blok f 12 dekat", "perum griya asri blok f 12", "address"),
        ("kamar 207 hotel melati", "kamar 207 hotel melati", "address"),
        ("at 12 Rose Street, Flat 4B, Leeds LS1 4AB", "12 Rose Street, Flat 4B, Leeds LS1 4AB", "address"),
        ("tinggal di Cilodong", "Cilodong", "address"),
    ],
    address.coordinates: [("di -6.208763, 106.845599", "-6.208763, 106.845599", "address")],
    birth.find: [
        ("lahir 12 Mei 1998 ya", "12 Mei 1998", "birthdate"),
        ("born March 4, 1996", "March 4, 1996", "birthdate"),
        ("dob 03/04/1996", "03/04/1996", "birthdate"),
        ("lahir: 1998-05-12", "1998-05-12", "birthdate"),
        ("lahir tanggal dua belas mei sembilan puluh delapan", "dua belas mei sembilan puluh delapan", "birthdate"),
        ("12 mei 1998 tanggal lahirku", "12 mei 1998", "birthdate"),
    ],
    plate.find: [
        ("mobilnya B 1234 XYZ putih", "B 1234 XYZ", "plate"),
        ("DK 1234 AB", "DK 1234 AB", "plate"),
        ("nopol b 1234 xyz", "b 1234 xyz", "plate"),
        ("license plate ABC 1234", "abc 1234", "plate"),
    ],
}  # fmt: skip
COUNTER_EXAMPLES: dict[Find, list[str]] = {
    number.find: [
        "st 300 lt 800 itu harga tahun 2015 kali", "jam 08.15 - 12.30 aja", "cicilan 1.250.000 x 12 bulan", "skor 2-1 gol menit 89",
        "nol besar semua janji", "tahun 2019-2021", "satu dua tiga empat lima enam tujuh delapan", "12/05/2021", "10 20 30 40 50 60",
        "gaji 12500000 sebulan", "tiga puluh lima ribu", "1 2 3 4 5 6 7 8 9 10", "300/500/800/1000", "harga 350rb nego 500rb full 900rb",
    ],
    link.find: ["oke. gas", "capek.besok lagi", "24/7", "dll.dst", "dot com bubble", "harga 1.500.000", "makan.tidur.kerja"],
    email.find: ["at the end of the day", "ketemu at home.", "look at me dot dot dot", "email aku dong"],
    mention.find: ["@ 50rb per orang", "ketemu @ rumah", "o_o", "^_^"],
    account.find: ["akun kedua ku kena suspend", "follow for follow", "follow back ya"],
    messenger.find: [
        "tele novela jaman dulu", "line antri panjang banget", "the bank line was so long, 45 minutes", "signal jelek di sini",
        "ig story kamu lucu", "wa grup rame", "snap out of it", "tiktok shop murah", "kik off jam 7", "wa dong kak",
    ],
    name.find: [
        "dewi fortuna belum berpihak", "kak tolong dong", "bu guru marah", "mas kawin lima juta", "nama baik keluarga",
        "my rose garden has 12 roses", "panggil aku sayang", "dunia maya kejam", "bunga melati harum", "I made 1,200,000 last month",
    ],
    address.find: [
        "jalan jalan ke bandung", "jalan kaki 10 menit", "hotel bintang 5", "kamar 2 jam", "kos murah 500rb", "gang sempit banjir",
        "rt dulu ya", "tinggal di Bandung", "tinggal 5 menit lagi", "3 hours drive",
    ],
    address.coordinates: ["skor 2.5, 3.75", "naik 1.250, 2.500"],
    birth.find: ["12 mei 2021 demo besar", "lahir di keluarga miskin", "i was born in 1998", "ultah aku besok"],
    plate.find: ["b 2 aja", "di 12 mei", "A 500 KM", "st 300 lt 800"],
}  # fmt: skip


def covered(find: Find, text: str) -> list[tuple[str, str]]:
    """(source characters, label) of every merged hit."""
    reading = Reading(view(text), text)
    hits = merge(find(reading))
    return [(text[slice(*reading.view.source(h.start, h.end))], h.label) for h in hits]


def _examples() -> list[tuple[Find, str, str, str]]:
    return [(find, *example) for find, examples in EXAMPLES.items() for example in examples]


@pytest.mark.parametrize(("find", "text", "span", "label"), _examples())
def test_an_example_is_wholly_covered(find: Find, text: str, span: str, label: str) -> None:
    """The whole identifier and nothing of its neighbours is found, under its label."""
    found = [(s.lower(), lab) for s, lab in covered(find, text)]
    assert (span.lower(), label) in found


def _counters() -> list[tuple[Find, str]]:
    return [(find, text) for find, texts in COUNTER_EXAMPLES.items() for text in texts]


@pytest.mark.parametrize(("find", "text"), _counters())
def test_a_counter_example_is_left_alone(find: Find, text: str) -> None:
    """Prices, times, counts, scores and speech lead to nobody."""
    assert covered(find, text) == []


def test_every_recogniser_has_its_table() -> None:
    """No recogniser goes without examples and counter-examples."""
    assert set(EXAMPLES) == set(COUNTER_EXAMPLES)


@pytest.mark.parametrize(
    ("target", "label"),
    [
        ("https://t.me/x", "link:telegram"),
        ("https://wa.me/62", "link:whatsapp"),
        ("http://www.instagram.com/x", "link:instagram"),
        ("https://mobile.twitter.com/a/status/1", "link:twitter"),
        ("https://example.org/wa.me", "link"),
        ("x", "link"),
    ],
)
def test_a_link_is_classed_by_its_domain(target: str, label: str) -> None:
    """The site decides, not what stands elsewhere in the address."""
    assert link.label(target) == label
