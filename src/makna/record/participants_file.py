"""``participants.toml``: the informants of a study under their codes, with attributes and consent; never a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import regex

from makna.corpus.readers import dates, speakers
from makna.errors import RecordFileError
from makna.i18n import _
from makna.record.toml_table import values_of

SCOPES = ("analysis", "verbatim", "appendix", "link", "archive")
MODES = ("written", "recorded oral")
TYPES = ("key", "main", "supporting")
_KEYS = ("code", "files", "labels", "date", "type", "attributes", "consent", "withdrawn")
_CONSENT_KEYS = ("mode", "version", "date", "scopes", "withdrawal_until")
_CODE = regex.compile(r"\p{L}+(?:[ _-]\p{L}+){0,2}[ _-]?\d{1,4}")
_IDENTIFYING = speakers.words(
    "name nama fullname address alamat phone telepon hp wa email nik ktp handle username account akun"
)


@dataclass(frozen=True)
class Consent:
    """What a participant agreed to, how and when. *withdrawal_until* is the last day to take it back."""

    mode: str
    version: str
    date: dt.date
    scopes: frozenset[str]
    withdrawal_until: dt.date | None = None


@dataclass(frozen=True)
class Participant:
    """An informant under a code. *labels* are the speaker labels that mean this person in *files*.

    *date* is when the person was interviewed (ISO day or month), for files that do not state it themselves. Of one
    who withdrew on the day *withdrawn*, nothing else is kept.
    """

    code: str
    files: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    date: str | None = None
    type: str | None = None
    attributes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    consent: Consent | None = None
    withdrawn: dt.date | None = None


def read(path: Path) -> tuple[Participant, ...]:
    """The participants that *path* states; none where there is no such file. Raises :class:`RecordFileError`."""
    if not path.exists():
        return ()
    tables = values_of(path)
    unknown = sorted(set(tables) - {"participant"})
    if unknown:
        raise _error(path, None, unknown[0], _("no such key; write [[participant]] before each informant"))
    rows = tables.get("participant", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _error(
            path, None, "participant", _("write [[participant]], with two brackets, before each informant")
        )
    found = tuple(_participant(_Table(path, n, row)) for n, row in enumerate(rows, 1))
    _check_apart(path, found)
    return found


def for_file(
    participants: Sequence[Participant], file_name: str, labels: Iterable[str]
) -> dict[str, Participant]:
    """Speaker label → the participant it means in the file *file_name*; labels that mean no participant are left out.

    A label means the participant who lists it, or whose code it is; those who list the file come first. The one
    participant of a file who lists no labels is meant by every label of a participant's role, and by ``""``, which
    stands for speech without a label.
    """
    here = [p for p in participants if _lists(p, file_name)]
    anywhere = [p for p in participants if not (p.files or p.withdrawn)]
    wanted = list(dict.fromkeys(labels))
    found: dict[str, Participant] = {}
    for label in wanted:
        match = next((p for p in (*here, *anywhere) if speakers.fold(label) in _means(p)), None)
        if match is not None and label:
            found[label] = match
    if len(here) == 1 and not here[0].labels:
        roles = speakers.roles(
            [label for label in wanted if label], {label: p.code for label, p in found.items()}
        )
        rest = [label for label in wanted if label not in found]
        found |= {label: here[0] for label in rest if not label or roles[label] == speakers.PARTICIPANT}
    elif len(here) == 1 and "" in wanted and not found:
        found[""] = here[0]
    return found


def consent_allows(participant: Participant, scope: str, *, on: dt.date) -> bool:
    """Whether *participant* had agreed to *scope* by the day *on*. Raises :class:`RecordFileError` for an unknown scope."""
    if scope not in SCOPES:
        message = _("No consent scope is called {scope}; there are: {known}.")
        raise RecordFileError(message.format(scope=scope, known=", ".join(SCOPES)))
    consent = participant.consent
    return consent is not None and scope in consent.scopes and consent.date <= on


def is_code(text: str) -> bool:
    """Whether *text* is a code of a participant: a word and a number."""
    return _CODE.fullmatch(text) is not None


def identifies(key: str) -> bool:
    """Whether an attribute called *key* says who somebody is."""
    return key.strip().casefold() in _IDENTIFYING


def is_when(text: str) -> bool:
    """Whether *text* is an ISO day or month."""
    return dates.iso(text) == text


def _lists(participant: Participant, file_name: str) -> bool:
    return any(Path(f).name.casefold() == Path(file_name).name.casefold() for f in participant.files)


def _means(participant: Participant) -> set[str]:
    return {speakers.fold(label) for label in (participant.code, *participant.labels)}


def _error(path: Path, table: int | None, key: str, remedy: str) -> RecordFileError:
    if table is None:
        return RecordFileError(
            _("{name}, key {key}: {remedy}.").format(name=path.name, key=key, remedy=remedy)
        )
    message = _("{name}, participant {n}, key {key}: {remedy}.")
    return RecordFileError(message.format(name=path.name, n=table, key=key, remedy=remedy))


@dataclass(frozen=True)
class _Table:
    """One ``[[participant]]`` table, or its consent, with its place for messages."""

    path: Path
    n: int
    values: Mapping[str, Any]
    prefix: str = ""

    def error(self, key: str, remedy: str) -> RecordFileError:
        return _error(self.path, self.n, self.prefix + key, remedy)

    def only(self, known: Sequence[str]) -> None:
        unknown = sorted(set(self.values) - set(known))
        if unknown:
            raise self.error(unknown[0], _("no such key; there are: {known}").format(known=", ".join(known)))

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error(key, _("write a text in quotes"))
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise self.error(key, _('write a list of texts, such as ["I", "Informan 1"]'))
        return tuple(v.strip() for v in value)

    def day(self, key: str) -> dt.date:
        value = self.values.get(key)
        if type(value) is not dt.date:  # a datetime is a date to isinstance; consent has a day
            raise self.error(key, _("write a day without quotes, such as 2021-03-04"))
        return value

    def one_of(self, key: str, known: Sequence[str]) -> str:
        value = self.text(key)
        if value not in known:
            raise self.error(key, _("unknown; there are: {known}").format(known=", ".join(known)))
        return value


def _participant(table: _Table) -> Participant:
    table.only(_KEYS)
    code = table.text("code")
    if not _CODE.fullmatch(code):
        raise table.error(
            "code", _('write a word and a number, such as "Informan 1"; a name does not enter a study')
        )
    if "withdrawn" in table.values:
        table.only(("code", "withdrawn"))
        return Participant(code, withdrawn=table.day("withdrawn"))
    files, labels = table.texts("files"), table.texts("labels")
    if not files and not labels:
        raise table.error("files", _("say in which files, or under which labels, this participant speaks"))
    return Participant(
        code=code,
        files=files,
        labels=labels,
        date=_when(table) if "date" in table.values else None,
        type=table.one_of("type", TYPES) if "type" in table.values else None,
        attributes=_attributes(table),
        consent=_consent(table),
    )


def _when(table: _Table) -> str:
    """A day, or a month in words or figures."""
    value = table.values["date"]
    found = (
        value.isoformat() if type(value) is dt.date else dates.iso(value) if isinstance(value, str) else None
    )
    if found is None:
        raise table.error("date", _('write a day without quotes, such as 2021-03-04, or a month, "2021-03"'))
    return found


def _attributes(table: _Table) -> Mapping[str, str]:
    values = table.values.get("attributes", {})
    if not isinstance(values, dict):
        raise table.error("attributes", _('write a table, such as { role = "provider" }'))
    inner = _Table(table.path, table.n, values, "attributes.")
    found: dict[str, str] = {}
    for key, value in values.items():
        if identifies(key):
            raise inner.error(key, _("this identifies a person: take it out"))
        if not isinstance(value, str | int | float):
            raise inner.error(key, _("write one text or number"))
        found[key] = str(value).lower() if isinstance(value, bool) else str(value)
    return MappingProxyType(found)


def _consent(table: _Table) -> Consent | None:
    values = table.values.get("consent")
    if values is None:
        return None
    if not isinstance(values, dict):
        raise table.error("consent", _("write it as a table, [participant.consent]"))
    inner = _Table(table.path, table.n, values, "consent.")
    inner.only(_CONSENT_KEYS)
    scopes = inner.texts("scopes")
    unknown = [s for s in scopes if s not in SCOPES]
    if unknown:
        known = ", ".join(SCOPES)
        raise inner.error(
            "scopes", _("unknown scope {scope}; there are: {known}").format(scope=unknown[0], known=known)
        )
    given = inner.day("date")
    until = inner.day("withdrawal_until") if "withdrawal_until" in values else None
    if until is not None and until < given:
        raise inner.error("withdrawal_until", _("this lies before the consent was given"))
    return Consent(inner.one_of("mode", MODES), inner.text("version"), given, frozenset(scopes), until)


def _check_apart(path: Path, participants: Sequence[Participant]) -> None:
    """No code twice, and no label that means two participants in one file."""
    codes: dict[str, int] = {}
    places: dict[tuple[str, str], int] = {}
    for n, one in enumerate(participants, 1):
        first = codes.setdefault(speakers.fold(one.code), n)
        if first != n:
            raise _error(path, n, "code", _("participant {first} has this code already").format(first=first))
        for file in one.files or ("",):
            for label in _means(one):
                taken = places.setdefault((Path(file).name.casefold(), label), n)
                if taken != n:
                    remedy = _("participant {first} has this label in the same file").format(first=taken)
                    raise _error(path, n, "labels", remedy)
