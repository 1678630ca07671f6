"""The demo where it may stand already: opened again, or built anew when asked. Nothing of the user's is removed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from makna.demo.interpretation import interpret
from makna.demo.phrases import load
from makna.demo.study import Progress, build
from makna.demo.truth import Truth
from makna.errors import StudyExists
from makna.i18n import _

if TYPE_CHECKING:
    from makna.library import Library, Study

POSTS, SEED, LANGUAGE = 3000, 2021, "id"
_MARK = "demo.json"  # in the study's folder: what a finished demo was built of


def standing(
    library: Library,
    *,
    posts: int | None = None,
    seed: int | None = None,
    fresh: bool = False,
    language: str | None = None,
    progress: Progress | None = None,
) -> tuple[Study, bool]:
    """The demo in *library*, and whether it was built now. One that was not finished is built anew.

    *language* is that of codebook, memos and findings. Raises :class:`StudyExists` where a demo of other *posts* or *seed*
    stands, or one in another language, or a study of the user's has its name.
    """
    name = str(load("study")["name"])
    beginning = library.path / "studies" / f".{name}.building"
    if name in library.names():
        study = library.study(name)
        built_of = _read(study.folder / _MARK)
        if built_of is None and not beginning.exists():
            raise StudyExists(
                _(
                    "A study named {name} stands in the library, and the demo did not make it. Name another library:"
                    " makna demo --library FOLDER"
                ).format(name=name)
            )
        if built_of is not None and not fresh:
            _refuse_other({"language": LANGUAGE, **built_of}, posts, seed, language)
            return study, False
        library.delete(name)
    told = _Told(posts or POSTS, SEED if seed is None else seed, language or LANGUAGE)
    return _built(library, name, beginning, told, progress), True


@dataclass(frozen=True)
class _Told:
    """What a demo is built of."""

    posts: int
    seed: int
    language: str


def _built(library: Library, name: str, beginning: Path, told: _Told, progress: Progress | None) -> Study:
    posts, seed, truths = told.posts, told.seed, list[Truth]()
    beginning.parent.mkdir(parents=True, exist_ok=True)
    beginning.touch()
    try:
        study = build(library, posts=posts, seed=seed, progress=progress, keep_truth=truths.append)
        interpret(study, truths[0], seed=seed, language=told.language)
        (study.folder / _MARK).write_text(json.dumps(asdict(told)), encoding="utf-8")
    except BaseException:
        if name in library.names():
            library.delete(name)
        raise
    finally:
        beginning.unlink()
    return study


def _refuse_other(
    built_of: dict[str, Any], posts: int | None, seed: int | None, language: str | None
) -> None:
    wanted = {
        "posts": posts or built_of["posts"], "seed": built_of["seed"] if seed is None else seed,
        "language": language or built_of["language"],
    }  # fmt: skip
    if wanted != built_of:
        raise StudyExists(
            _(
                "The demo stands already, of {posts} posts with seed {seed} in language {language}. To build another in its"
                " place: makna demo --fresh, with the same options."
            ).format(**built_of)
        )


def language_of(study: Study) -> str:
    """The language of a demo's codebook, memos and findings."""
    return str((_read(study.folder / _MARK) or {}).get("language", LANGUAGE))


def _read(mark: Path) -> dict[str, Any] | None:
    return dict(json.loads(mark.read_text(encoding="utf-8"))) if mark.is_file() else None
