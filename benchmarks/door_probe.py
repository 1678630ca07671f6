"""How much of a labelled probe the door covers, by class, in clear and obfuscated form, beside its peers where installed.

    python -m benchmarks.door_probe [PROBE] [--size N --seed N] [--styles] [--json OUT] [--figures OUT]

PROBE is a file or a folder of such files; without it posts are generated (:mod:`benchmarks.door_posts`).

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
    styles: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
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
            for counts in (result.spans[span["type"], form], result.styles[span["cls"]]):
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
    """The posts of a probe file, or of all probe files in a folder."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines if line.strip()]


def summary(name: str, s: Score) -> str:
    """What the targets are about, in one line: all clear, all obfuscated, names, harmless posts touched."""
    names = [s.share(form, ("NAME",)) for form in ("clear", "obfuscated")]
    shares = {
        "clear": s.share("clear"),
        "obfuscated": s.share("obfuscated"),
        "names": (sum(n[0] for n in names), sum(n[1] for n in names)),
    }
    told = [f"{what} {hit}/{of} ({hit / max(of, 1):.1%})" for what, (hit, of) in shares.items()]
    return f"{name}: {', '.join(told)}, touched {len(s.touched)}/{s.harmless} ({len(s.touched) / max(s.harmless, 1):.1%})"


def _posts(options: argparse.Namespace) -> list[dict[str, Any]]:
    if options.probe is not None:
        return read(options.probe)
    from benchmarks.door_posts.make import posts  # noqa: PLC0415

    return list(posts(options.size, options.seed))


def _peers(options: argparse.Namespace, posts: Sequence[dict[str, Any]]) -> dict[str, Score]:
    from benchmarks import door_peers  # noqa: PLC0415

    scores = {}
    for name, make in door_peers.PEERS.items():
        disguise = make()
        if disguise is None:
            print(f"{name} is not installed; make bench-door installs it", file=sys.stderr)
        else:
            scores[name] = score(posts[: options.peer_posts], disguise)
    return scores


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("probe", type=Path, nargs="?")
    parser.add_argument("--size", type=int, default=20_000, help="posts with identifiers to generate")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peer-posts", type=int, default=2_000, help="posts of the probe that peers read")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--figures", type=Path, help="where to write what Makna's screens show")
    parser.add_argument("--styles", action="store_true", help="the door's figures by style of disguise too")
    parser.add_argument(
        "--leaks", action="store_true", help="list what leaked and which harmless posts were touched"
    )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Score the door and its peers on a probe, or on generated posts."""
    options = _parser().parse_args(arguments)
    posts = _posts(options)
    own = score(posts, door())
    scores = {"makna": own, **_peers(options, posts)}
    print(table(scores))
    for name, s in scores.items():
        print(summary(name, s))
    if options.styles:
        print(*(f"{style:<28}{hit:>6}/{of}" for style, (hit, of) in sorted(own.styles.items())), sep="\n")
    if options.leaks:
        for leak in [*own.leaks, *own.touched]:
            print(*map(repr, leak), sep=" | ")
    if options.json:
        options.json.write_text(json.dumps(as_json(scores), indent=1), encoding="utf-8")
    if options.figures:
        from benchmarks import door_figures  # noqa: PLC0415

        told = door_figures.shown(own.spans, own.harmless, len(own.touched))
        options.figures.write_text(told, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
