"""The files of a study's record without what was erased: evidence, a participant's particulars, names of accounts.

A file is changed where it must be and stays as it was everywhere else, comments included. Each of these may run again.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from makna.corpus.files import write_atomic
from makna.errors import RecordFileError
from makna.i18n import _
from makna.record.evidence import ResolvedFinding
from makna.record.toml_table import values_of

_FINDINGS, _PARTICIPANTS = "findings.toml", "participants.toml"
_GONE = "⟦account⟧"
_KEPT = ("code", "withdrawn")  # of a participant who withdrew


def digest_of(entry: Mapping[str, Any]) -> str:
    """What an evidence entry is known by, whatever number it has."""
    return sha256(json.dumps(entry, sort_keys=True, default=str).encode()).hexdigest()


def standing_on(
    folder: Path,
    findings: Iterable[ResolvedFinding],
    *,
    documents: Collection[int],
    authors: Collection[int],
    codes: Collection[str] = (),
    titles: Collection[str] = (),
) -> frozenset[tuple[str, str]]:
    """(finding, digest) of the evidence of which a passage stands in one of *documents* or is by one of *authors*.

    Also of evidence that names one of *codes* as its document, or one of *titles* and is not found.
    """
    entries = entries_of(folder)
    found = set()
    for one in findings:
        for piece in one.evidence:
            there = any(
                p.place.document_id in documents or p.place.author_id in authors for p in piece.passages
            )
            named = piece.item.document in codes or (not piece.passages and piece.item.document in titles)
            if there or named:
                entry = entries[one.finding.id][piece.item.number - 1]
                found.add((one.finding.id, digest_of(entry)))
    return frozenset(found)


def entries_of(folder: Path) -> dict[str, list[Mapping[str, Any]]]:
    """Finding -> its evidence entries as the file has them."""
    if not (folder / _FINDINGS).is_file():
        return {}
    return {f["id"]: f.get("evidence", []) for f in values_of(folder / _FINDINGS).get("finding", [])}


def without_evidence(folder: Path, evidence: Collection[tuple[str, str]]) -> int:
    """Take these entries out of ``findings.toml`` and mark their findings; returns how many stood there."""
    taken = 0

    def change(document: Any) -> None:
        nonlocal taken
        for finding in document.get("finding", []):
            entries = finding.get("evidence", [])
            gone = [n for n, e in enumerate(entries) if (finding["id"], digest_of(_plain(e))) in evidence]
            for n in reversed(gone):
                del entries[n]
            if gone:
                taken += len(gone)
                finding["withdrawn"] = int(finding.get("withdrawn", 0)) + len(gone)
                _no_longer_final(finding)
            if gone and not len(entries):
                del finding["evidence"]

    _changed(folder / _FINDINGS, change, when=bool(evidence))
    return taken


def anchored(folder: Path, anchors: Sequence[tuple[str, str, str, str]]) -> None:
    """Let evidence point to where its words stand now: (finding, digest, document, words)."""
    now = {(finding, digest): (document, words) for finding, digest, document, words in anchors}

    def change(document: Any) -> None:
        for finding in document.get("finding", []):
            for entry in finding.get("evidence", []):
                place = now.get((finding["id"], digest_of(_plain(entry))))
                if place:
                    entry["document"], entry["passage"] = place

    _changed(folder / _FINDINGS, change, when=bool(anchors))


def without_particulars(folder: Path, codes: Collection[str], *, on: dt.date) -> int:
    """Leave nothing of these participants in ``participants.toml`` but the code and the day; returns how many."""
    left = 0

    def change(document: Any) -> None:
        nonlocal left
        for person in document.get("participant", []):
            if person.get("code") in codes and "withdrawn" not in person:
                for key in [key for key in person if key not in _KEPT]:
                    del person[key]
                person["withdrawn"] = on
                left += 1

    _changed(folder / _PARTICIPANTS, change, when=bool(codes))
    return left


def without_names(folder: Path, pseudonyms: Collection[str]) -> list[str]:
    """Replace *pseudonyms* in the texts that the researcher wrote into the study; returns the names of those files."""
    if not pseudonyms:
        return []
    names = "|".join(map(re.escape, sorted(pseudonyms)))
    mention = re.compile(rf"⟦@(?:{names})⟧|@?(?<![\w-])(?:{names})(?![\w-])")
    changed = []
    for file in sorted([*folder.glob("*.toml"), *folder.glob("wordlists/*.txt")]):
        before = file.read_text(encoding="utf-8-sig")
        after = mention.sub(_GONE, before)
        if after != before:
            write_atomic(file, after)
            changed.append(file.name)
    return changed


def named_in(folder: Path, pseudonyms: Collection[str]) -> bool:
    """Whether a text that the researcher wrote into the study names one of *pseudonyms*."""
    files = [*folder.glob("*.toml"), *folder.glob("wordlists/*.txt")]
    return any(name in file.read_text(encoding="utf-8-sig") for file in files for name in pseudonyms)


def tidy(folder: Path) -> None:
    """Remove what a writer of these files that died left beside them."""
    for left in [*folder.glob(".*.toml.*"), *folder.glob(".*.json.*"), *folder.glob("wordlists/.*.txt.*")]:
        left.unlink()


def _no_longer_final(finding: Any) -> None:
    """A finding is final only while something speaks against it, or a search for that is on record."""
    against = [e for e in finding.get("evidence", []) if e.get("stance") == "contradicts"]
    if finding.get("final") and not (against or finding.get("negative_case")):
        del finding["final"]


def _plain(entry: Any) -> Any:
    return entry.unwrap() if hasattr(entry, "unwrap") else entry


def _changed(file: Path, change: Callable[[Any], None], *, when: bool) -> None:
    """Change a TOML file in place, whole or not at all; raises :class:`RecordFileError` where it would not read the same."""
    if not (when and file.is_file()):
        return
    import tomlkit  # noqa: PLC0415  (seldom needed: not for every start of the program)

    wanted = values_of(file)
    before = json.dumps(wanted, sort_keys=True, default=str)
    document = tomlkit.parse(file.read_text(encoding="utf-8-sig"))
    change(document)
    written = tomlkit.dumps(document)
    after = json.dumps(_plain(document), sort_keys=True, default=str)
    if after == before:
        return
    if json.dumps(tomllib.loads(written), sort_keys=True, default=str) != after:
        raise RecordFileError(
            _(
                "{name} is written in a form that Makna cannot change safely: write each entry under its own [[…]]."
            ).format(name=file.name)
        )
    write_atomic(file, written)
