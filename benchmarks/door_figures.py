"""The figures that Makna's screens show: by class as the door counts them, when and on what they were measured."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

CLASSES = {
    "PHONE": "phone", "EWALLET": "phone", "BANK": "bank", "EMAIL": "email", "URL": "link", "HANDLE": "account", "MSGID": "messenger",
    "NAME": "name", "NIK": "nik", "KK": "kk", "NPWP": "npwp", "PLATE": "plate", "ADDRESS": "address", "GEO": "address", "DOB": "birthdate",
}  # fmt: skip
"""Type of a probe -> the class the door counts its placeholders under."""


def shown(spans: Mapping[tuple[str, str], list[int]], harmless: int, touched: int) -> str:
    """The data file: per class and form [covered, all]; harmless posts touched; the day of the measurement."""
    classes: dict[str, dict[str, list[int]]] = {}
    for (kind, form), (hit, of) in sorted(spans.items()):
        if kind in CLASSES:
            counts = classes.setdefault(CLASSES[kind], {}).setdefault(form, [0, 0])
            counts[0] += hit
            counts[1] += of
    told = {
        "measured_on": datetime.now(UTC).date().isoformat(),
        "probe": "benchmarks/door_posts",
        "identifiers": sum(of for forms in classes.values() for _hit, of in forms.values()),
        "harmless": [touched, harmless],
        "classes": classes,
    }
    return json.dumps(told, indent=1) + "\n"
