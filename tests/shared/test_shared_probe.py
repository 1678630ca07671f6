"""The door on the labelled probe: what must be covered, what must not be touched, and the figures by class."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
PROBE = ROOT.parent / "shared" / "data" / "probe" / "probe.jsonl"
FIRM = ("PHONE", "EMAIL", "URL", "HANDLE", "MSGID", "GEO")
pytestmark = pytest.mark.skipif(not PROBE.is_file(), reason="the shared data are not here")


def _benchmark() -> ModuleType:
    """The benchmark that scores a probe: one scoring for both."""
    spec = importlib.util.spec_from_file_location("door_probe", ROOT / "benchmarks" / "door_probe.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["door_probe"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    """The scoring."""
    return _benchmark()


@pytest.fixture(scope="module")
def scored(bench: ModuleType) -> object:
    """The door's score on the probe."""
    score = bench.score(bench.read(PROBE), bench.door())
    print("\n" + bench.table({"makna": score}))
    return score


def test_every_clear_contact_is_covered(scored: object) -> None:
    """All clear phones, e-mails, URLs, handles and messenger ids are wholly covered."""
    covered, of = scored.share("clear", FIRM)  # type: ignore[attr-defined]
    assert (covered, of) == (of, of)
    assert of > 0


def test_obfuscated_contacts_are_covered(scored: object) -> None:
    """At least 95 in 100 obfuscated identifiers, names apart, are wholly covered."""
    covered, of = scored.share("obfuscated")  # type: ignore[attr-defined]
    assert covered / of >= 0.95


def test_names_are_covered(scored: object) -> None:
    """At least 85 in 100 names are wholly covered."""
    pairs = [scored.share(form, ("NAME",)) for form in ("clear", "obfuscated")]  # type: ignore[attr-defined]
    assert sum(c for c, _n in pairs) / sum(n for _c, n in pairs) >= 0.85


def test_harmless_posts_stay(scored: object) -> None:
    """At most 1 of 20 harmless posts is touched, a mask in doubt counted."""
    assert len(scored.touched) * 20 <= scored.harmless  # type: ignore[attr-defined]


def test_the_scoring_can_fail(bench: ModuleType) -> None:
    """A disguise that does nothing covers nothing, and one that wipes all touches every harmless post."""
    posts = bench.read(PROBE)
    idle, wiping = bench.score(posts, list), bench.score(posts, lambda texts: ["⟦?⟧"] * len(texts))
    assert idle.share("clear")[0] == 0
    assert len(idle.touched) == 0
    assert wiping.share("clear")[0] == wiping.share("clear")[1]
    assert len(wiping.touched) == wiping.harmless
