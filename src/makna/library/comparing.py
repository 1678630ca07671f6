"""What stands in a study's codings, for scripts and notebooks: agreement of coders, codes that stand together, terms."""

from __future__ import annotations

import ibis
import pyarrow as pa

from makna.analysis import coder_agreement
from makna.analysis.agreement import Agreement
from makna.library.apart import apart
from makna.library.cases import Casing
from makna.library.interpreting import code_id

AGREEMENT = pa.schema(
    [
        ("code", pa.string()), ("alpha", pa.float64()), ("low", pa.float64()), ("high", pa.float64()),
        ("units", pa.int64()), ("values", pa.int64()),
        ("unitizing", pa.float64()), ("unitizing_low", pa.float64()), ("unitizing_high", pa.float64()),
        ("kappa", pa.float64()), ("kappa_low", pa.float64()), ("kappa_high", pa.float64()),
    ]
)  # fmt: skip
TOGETHER = pa.schema(
    [("code", pa.string()), ("other", pa.string()), ("passages", pa.int64()), ("documents", pa.int64())]
)


class Comparing(Casing):
    """A study whose codings are compared."""

    @apart
    def agreement(self, code: str | None = None, *, draws: int = 1000, seed: int = 0) -> pa.Table:
        """Agreement between coders, code by code, with 95 % intervals (schema AGREEMENT).

        *alpha* (Krippendorff's) and *kappa* (Cohen's, of two coders) compare units (turns, paragraphs, posts) of documents
        that two coders coded: coded with the code or not. *unitizing* (Krippendorff's alpha for unitizing) compares where
        passages begin and end. Null where there is too little, or where the codings never vary. Codings of a blind round
        count when it is revealed.
        """
        with self._acting() as actor:
            from makna.record.queries.passages import seen  # noqa: PLC0415  (needs Django, which is ready now)

            wanted = None if code is None else code_id(actor, code)
            columns = ("code__name", "coder", "source__document", "start", "end", "code")
            rows = list(seen(actor).exclude(round__revealed=False).values_list(*columns))
        wanted_name = next((row[0] for row in rows if row[5] == wanted), None)
        found = coder_agreement.by_code(
            self.unit_places({row[2] for row in rows}), [row[:5] for row in rows], draws=draws, seed=seed
        )
        return pa.Table.from_pylist(
            [
                {
                    "code": name, "alpha": one.alpha.value, "low": one.alpha.low, "high": one.alpha.high,
                    "units": one.alpha.units, "values": one.alpha.values,
                    **_of("unitizing", one.unitizing), **(_of("kappa", one.kappa) if one.kappa else {}),
                }
                for name, one in found.items()
                if wanted is None or name == wanted_name
            ],
            AGREEMENT,
        )  # fmt: skip

    @apart
    def codes_together(self) -> pa.Table:
        """Pairs of codes whose passages overlap (schema TOGETHER), each once, the most frequent first.

        *passages* counts pairs of passages; what several coders coded alike counts once.
        """
        with self._acting() as actor:
            from makna.record.queries.together import together  # noqa: PLC0415

            found = together(actor)
            names = dict(actor.study.codes.values_list("pk", "name"))
        rows = [
            {
                **dict(zip(("code", "other"), sorted((names[one], names[other]), key=str.casefold), strict=True)),
                "passages": int(found.passages[a, b]),
                "documents": int(found.documents[a, b]),
            }
            for a, one in enumerate(found.codes)
            for b, other in enumerate(found.codes)
            if a < b and found.passages[a, b]
        ]  # fmt: skip
        rows.sort(key=lambda row: (-row["passages"], row["code"], row["other"]))
        return pa.Table.from_pylist(rows, TOGETHER)

    def unit_places(self, documents: set[int]) -> list[coder_agreement.Unit]:
        """Where the units of some documents stand: (document_id, start, end), in order."""
        if not documents:
            return []
        wanted = ibis.memtable(pa.table({"document_id": pa.array(sorted(documents), pa.int64())}))
        units = self.units.semi_join(wanted, "document_id").select("document_id", "start", "end")
        rows = self.run(units.order_by("document_id", "start", "end"))
        return list(zip(*(rows[name].to_pylist() for name in ("document_id", "start", "end")), strict=True))


def _of(name: str, one: Agreement) -> dict[str, float | None]:
    return {name: one.value, f"{name}_low": one.low, f"{name}_high": one.high}
