"""An invented market of second-hand cameras: sellers who promote, buyers who ask and praise, passers-by who chat.

Seeded. Nothing here is anybody's post; the shapes are those the lenses look for, and those they must leave alone.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import ibis
import pyarrow as pa
from ibis.backends import BaseBackend

from makna import wordlists
from makna.analysis.lenses.base import LensInput
from makna.corpus.model import AUTHORS, DOCUMENTS, UNITS
from makna.corpus.tokens import tokenise

SELLERS, BUYERS, OTHERS = range(1, 13), range(101, 131), range(201, 241)
OFFERS = ("ready kamera bekas", "open order lensa", "tersedia tripod", "jual bodi kamera")
TERMS = ("harga 500k", "mulai 750rb", "tarif 1,2jt", "nego tipis 300k")
PLACES = ("area bandung", "lokasi jakarta", "stay surabaya")
RULES = ("no php", "khusus serius", "dp dulu wajib")
CONTACTS = ("wa ⟦wa⟧", "dm aja", "cek dm", "langsung japri", "japri ya")
PLAIN_MOVES = ("lanjut dm ya kak", "langsung japri aja", "wa aja ⟦wa⟧", "cek dm ya")
HIDDEN_MOVE = "lanjut kolom obrolan dalam ya"  # names no channel
PRAISE = (
    "amanah banget, sellernya ramah",
    "barang sesuai, seller jujur",
    "fast respon dan terpercaya",
    "recommended, pengiriman cepat",
)
HIDDEN_PRAISE = "sellernya nggak bikin deg-degan banget"  # no listed word of praise
FOND = ("cantik banget kak", "semangat terus idola", "lucu banget gemes")
ASKS = ("masih ada kak?", "berapa kak?", "bisa kirim hari ini?", "lensanya nyala?")
ANSWERS = ("masih kak", "baru laku tadi", "kondisi mulus kak", "nyala normal")
CHAT = (
    "hujan terus dari pagi",
    "tadi macet sekali",
    "nonton bola semalam",
    "dm error terus dari tadi",
    "besok libur ya",
    "masih hujan kak",
    "kondisi jalan mulus kak",
    "tadi baru normal",
    "nyala lagi lampunya",
    "baru laku semua",
)
MINT = ("mint", "m1nt", "mint")  # the argot of this market


# Ibis hands tables to Spark by way of pandas, where a map of attributes has no equal; Parquet files keep it
_WITHOUT_MAP = AUTHORS.remove(AUTHORS.get_field_index("attributes"))


@dataclass
class Market:
    """Posts, their authors, and what is true of them."""

    documents: list[dict[str, Any]] = field(default_factory=list)
    units: list[dict[str, Any]] = field(default_factory=list)
    authors: list[dict[str, Any]] = field(default_factory=list)
    truth: dict[str, set[int]] = field(default_factory=dict)

    def post(
        self,
        author: int,
        text: str,
        *,
        to: int | None = None,
        image: bool = False,
        what: str = "chat",
        day: int = 0,
        kind: str = "reply",
    ) -> int:
        """Add a post, in a conversation of its own or under the post *to*; returns its id."""
        number = (1 << 32) + len(self.documents)
        parent = None if to is None else self.documents[to - (1 << 32)]
        text += " ⟦image⟧" if image else ""
        self.documents.append(
            {
                "document_id": number, "batch": 1, "kind": "observation", "language": "id", "author_id": author,
                "conversation_id": parent["conversation_id"] if parent else number, "parent_id": to,
                "parent_missing": False, "relation": kind if parent else "none",
                "sent_on": dt.date(2021, 1, 1) + dt.timedelta(days=day),
                "position": parent["position"] + 1 if parent else 0, "media": ["image"] if image else [],
                "context": False, "length": len(text),
            }
        )  # fmt: skip
        self.units.append(unit(number, number, 0, 0, author, None, text))
        self.truth.setdefault(what, set()).add(number)
        return number

    def data(self, backend: BaseBackend, **more: Any) -> LensInput:
        """This market as the input of a lens on *backend*; *more* are options and other fields."""
        fields: Mapping[str, Any] = {
            k: more.pop(k) for k in ("codings", "harvest_keywords", "reference_documents") if k in more
        }
        tables = {
            "documents": pa.Table.from_pylist(self.documents, DOCUMENTS),
            "units": pa.Table.from_pylist(self.units, UNITS),
            "authors": pa.Table.from_pylist(self.authors, _WITHOUT_MAP),
        }
        views = {
            name: backend.create_view(f"lens_{name}", ibis.memtable(t), overwrite=True)
            for name, t in tables.items()
        }
        return LensInput(**views, wordlist=wordlists.load, options=more, **fields)


def unit(
    number: int, document: int, ordinal: int, start: int, author: int | None, role: str | None, text: str
) -> dict[str, Any]:
    """A row of units."""
    return {
        "unit_id": number, "document_id": document, "ordinal": ordinal, "start": start, "end": start + len(text),
        "author_id": author, "role": role, "text": text,
        "tokens": [{"token": t, "start": a, "end": b} for t, a, b in tokenise(text)],
    }  # fmt: skip


def market(seed: int = 5, *, threads: int = 120) -> Market:
    """A market with *threads* promoting posts and the talk under them."""
    chance = random.Random(seed)
    made = Market()
    _people(made, chance)
    for n in range(threads):
        _thread(made, chance, n)
    for n in range(threads):
        made.post(chance.choice([*OTHERS, *BUYERS]), chance.choice(CHAT), day=n % 60)
        if n % 3 == 0:
            made.post(
                chance.choice(OTHERS),
                f"⟦@Mawar-{chance.choice(SELLERS):03d}⟧ {chance.choice(FOND)}",
                what="fond",
                day=n % 60,
            )
    return made


def _people(made: Market, chance: random.Random) -> None:
    for author in (*SELLERS, *BUYERS, *OTHERS):
        seller = author in SELLERS
        signs = ["store", "📷"] if seller else ["fans"] if chance.random() < 0.3 else []
        bio = (
            chance.choice(("jual kamera, area bandung, wa ⟦wa⟧", "ready lensa, no php"))
            if seller
            else "suka kopi"
        )
        made.authors.append(
            {
                "author_id": author, "pseudonym": f"Mawar-{author:03d}", "participant": False, "signs": signs,
                "bio": bio, "bio_tokens": [{"token": t, "start": a, "end": b} for t, a, b in tokenise(bio)],
                "emoji": ["📷"] if seller else [], "location": None, "attributes": [],
            }
        )  # fmt: skip


def _thread(made: Market, chance: random.Random, n: int) -> None:
    seller, buyer = chance.choice(SELLERS), chance.choice(BUYERS)
    listed = [chance.choice(OFFERS) + f" {chance.choice(MINT)}", chance.choice(TERMS), chance.choice(PLACES)]
    if n % 2:
        listed.append(chance.choice(RULES))
    listed.append(HIDDEN_MOVE if n % 10 == 0 else chance.choice(CONTACTS))
    post = made.post(seller, " | ".join(listed) + " #kamera #bekas", what="promotion", day=n % 60)
    ask = made.post(
        buyer,
        f"⟦@Mawar-{seller:03d}⟧ {chance.choice(ASKS)}" + (" mint?" if n % 4 == 0 else ""),
        to=post,
        what="ask",
        day=n % 60,
    )
    if n % 3:
        text = HIDDEN_MOVE if n % 5 == 0 else chance.choice(PLAIN_MOVES)
        made.post(
            seller,
            f"⟦@Mawar-{buyer:03d}⟧ {text}",
            to=ask,
            what="hidden invitation" if n % 5 == 0 else "invitation",
            day=n % 60,
        )
    else:
        made.post(seller, f"⟦@Mawar-{buyer:03d}⟧ {chance.choice(ANSWERS)}", to=ask, what="answer", day=n % 60)
    if n % 2 == 0:
        hidden = n % 8 == 0
        text = HIDDEN_PRAISE if hidden else chance.choice(PRAISE)
        praise = made.post(
            buyer,
            f"⟦@Mawar-{seller:03d}⟧ {text}",
            what="hidden testimonial" if hidden else "testimonial",
            day=n % 60,
        )
        if n % 6 == 0:
            made.post(seller, "makasih kak", to=praise, what="relay", day=n % 60, kind="quote")
    if n % 5 == 0:
        made.post(seller, f"testi hari ini, {chance.choice(PRAISE)}", image=True, what="shown", day=n % 60)
