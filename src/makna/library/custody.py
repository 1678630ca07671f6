"""Who holds what of a study: its key, and what lies encrypted under it in the user's configuration folder."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Self

from makna.corpus import keys
from makna.corpus.disguise.doubts import DoubtFiles
from makna.corpus.edits import Edit
from makna.corpus.erasure.batches import places_after
from makna.corpus.erasure.plan import Journal, Relocated, Workshop
from makna.corpus.files import write_atomic
from makna.corpus.kept_lists import CONSENTING, ERASED, EVERYWHERE, HARMLESS, NAMES, KeptList
from makna.corpus.links import Links
from makna.corpus.lock import writing
from makna.errors import (
    StudyError,
    StudySealed,
)
from makna.i18n import _
from makna.library.apart import apart
from makna.library.reading import Holding
from makna.record import forgetting


class Guarded(Holding):
    """A study with its key, the names to mask and the consents on record."""

    @contextmanager
    def _writing(self, purpose: str) -> Iterator[None]:
        """Hold the study for one write, after ending what was begun and broken off."""
        with writing(self.folder, purpose):
            if self.unfinished:
                from makna.library.finishing import finish  # noqa: PLC0415  (seldom needed, and slow to load)

                finish(self._workshop())
            yield

    @property
    def unfinished(self) -> str | None:
        """What was begun and broken off: ``erasure``, ``revision`` or None. The next writer brings it to its end."""
        return Journal(self.folder).what()

    def status(self) -> dict[str, Any]:
        """Where the study stands; under ``unfinished``, what was broken off."""
        return {**super().status(), "unfinished": self.unfinished}

    def _as_if_sealed(self) -> Self:
        """The study as whoever has not got its key may treat it: nothing is linked, and no kept list is asked."""
        other = type(self)(self.folder)
        other._about["sealed"] = True
        return other

    def _workshop(self) -> Workshop:
        key = None if self.sealed else keys.load(self.id)
        return Workshop(
            self.id, self.folder, self._store, self._index, self._links(), self._doubts(key) if key else None,
            self._kept(ERASED) if key else None,
        )  # fmt: skip

    def _coded_places(self, edited: Mapping[int, tuple[int, list[Edit]]]) -> tuple[Relocated, ...]:
        """Where coded passages stand once texts are *edited* (document -> its length then, the edits in it).

        None where the library has no record.
        """
        library = self.folder.parents[1]
        if not edited or not forgetting.exists(library):
            return ()
        coded = apart(forgetting.passages)(library, self.id, list(edited))
        return tuple((d, edited[d][0], places_after(spans, edited[d][1])) for d, spans in coded.items())

    def _refuse_sealed(self) -> None:
        if self.sealed:
            raise StudySealed(
                _("The study is sealed: its key is gone, so the door cannot link new files to it.")
            )

    def _kept(self, what: str) -> KeptList:
        return KeptList(keys.config_folder(), self.id, keys.load(self.id), what=what)

    def mask_names(self, names: Iterable[str]) -> int:
        """Add to the names that every later import masks; returns how many are new.

        They are kept encrypted under the study's key in the user's configuration folder, and nothing shows them.
        """
        return self._listed(NAMES, names)

    def masked_names_count(self) -> int:
        """How many names are masked in what is imported."""
        return len(self._kept(NAMES).read())

    def forget_names(self, names: Iterable[str] | None = None) -> int:
        """Take names off the list, or all of them; returns how many it held. Batches read before stay as they are."""
        return self._unlisted(NAMES, names)

    def record_consents(self, handles: Iterable[str]) -> int:
        """Add accounts (handles or display names) whose consent to closed or private observation is on record.

        Kept as the names to mask are. What other accounts wrote becomes ``⟦turn withheld⟧`` there. Returns how many
        are new.
        """
        return self._listed(CONSENTING, handles)

    def consents_count(self) -> int:
        """How many accounts gave their consent to closed or private observation."""
        return len(self._kept(CONSENTING).read())

    def forget_consents(self, handles: Iterable[str] | None = None) -> int:
        """Take accounts off that list, or all of them; returns how many it held."""
        return self._unlisted(CONSENTING, handles)

    def _listed(self, what: str, entries: Iterable[str]) -> int:
        self._refuse_sealed()
        entries = list(entries)
        return self._kept(what).add(entries) if entries else 0

    def _unlisted(self, what: str, entries: Iterable[str] | None) -> int:
        self._refuse_sealed()
        kept = self._kept(what)
        return kept.forget(kept.read() if entries is None else entries)

    def seal(self) -> None:
        """Destroy key, links, doubts and the names to mask: nothing can ever be linked to these accounts again."""
        with self._writing(_("seal")):
            if keys.exists(self._about["id"]):
                self._doubts(keys.load(self._about["id"])).destroy()
                for what in (NAMES, CONSENTING, HARMLESS, EVERYWHERE, ERASED):
                    self._kept(what).destroy()
            self._links().destroy()
            keys.destroy(self._about["id"])
            self._about["sealed"] = True
            write_atomic(self.folder / "study.json", json.dumps(self._about, ensure_ascii=False, indent=1))

    def export_key(self, passphrase: str) -> bytes:
        """The key under a passphrase, for a colleague. Doubts and names to mask do not travel with it."""
        return keys.wrap(keys.load(self._about["id"]), passphrase)

    def import_key(self, data: bytes, passphrase: str) -> None:
        """Keep a colleague's export of this study's key."""
        if keys.exists(self._about["id"]):
            raise StudyError(_("You hold the key of this study already."))
        keys.create(self._about["id"], keys.unwrap(data, passphrase))

    def _links(self) -> Links:
        return Links(self.folder / "links", self._store.numbers())

    def _doubts(self, key: bytes) -> DoubtFiles:
        return DoubtFiles(keys.config_folder(), self._about["id"], key)
