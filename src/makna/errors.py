"""Everything that can go wrong, in one tree. A docstring is the sentence a reader gets.

::

    MaknaError
    ├── StudyError
    │   ├── NoSuchStudy
    │   ├── StudyExists
    │   ├── StudyLocked
    │   ├── StudySealed
    │   ├── NoSuchBatch
    │   ├── NothingToErase
    │   ├── DamagedStudy
    │   └── DamagedBackup
    ├── ReadError
    │   ├── UnknownFormat
    │   ├── UnreadableFile
    │   ├── NothingToRead
    │   └── BadMapping
    ├── DoorError
    │   ├── ConsentMissing
    │   ├── IdentifierQuery
    │   └── KeyMissing
    ├── SearchError
    │   └── BadQuery
    ├── MeasureError
    │   ├── NoSuchLens
    │   └── TooFewToCompute
    ├── EngineMissing
    ├── RecordFileError
    ├── RecordError
    │   ├── NotAllowed
    │   ├── NoSuchRow
    │   ├── Overtaken
    │   └── IdentifierTyped
    └── ReportError
        └── SearchableParaphrase
"""

from __future__ import annotations


class MaknaError(Exception):
    """Makna cannot do this."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__doc__ or "")


class StudyError(MaknaError):
    """The study cannot be used this way."""


class NoSuchStudy(StudyError, LookupError):
    """No study of this name stands in the library."""


class StudyExists(StudyError):
    """A study of this name already stands in the library."""


class StudyLocked(StudyError):
    """Someone else is writing to this study."""


class StudySealed(StudyError):
    """The study is sealed: nothing can be linked to its accounts again."""


class NoSuchBatch(StudyError, LookupError):
    """The study holds no batch of this number."""


class NothingToErase(StudyError, LookupError):
    """One of what was named is no pseudonym, participant code or document id of this study. A handle is never an argument: makna erase --handle asks for it unseen."""


class DamagedStudy(StudyError):
    """A file of the study is missing or was changed outside Makna."""


class DamagedBackup(StudyError):
    """This is no backup that Makna wrote, or it is not whole any more."""


class ReadError(MaknaError):
    """The file cannot be read."""


class UnknownFormat(ReadError):
    """No reader recognises this file."""


class UnreadableFile(ReadError):
    """The file cannot be opened or decoded."""


class NothingToRead(ReadError):
    """The file holds no record."""


class BadMapping(ReadError, ValueError):
    """The column mapping does not fit the file."""


class DoorError(MaknaError):
    """The door refuses this."""


class ConsentMissing(DoorError):
    """An interview without a recorded consent stays outside."""


class IdentifierQuery(DoorError):
    """Makna does not look people up: this query has the shape of an identifier."""


class KeyMissing(DoorError):
    """The study's key is not in this user's configuration folder."""


class SearchError(MaknaError):
    """The search cannot be run."""


class BadQuery(SearchError, ValueError):
    """The query cannot be understood."""


class MeasureError(MaknaError, ValueError):
    """The measure is not defined for this input."""


class TooFewToCompute(MeasureError):
    """Too few observations to compute this."""


class EngineMissing(MaknaError):
    """The engine asked for is not installed."""


class NoSuchLens(MeasureError, LookupError):
    """There is no lens of this name."""


class RecordFileError(MaknaError, ValueError):
    """A file of the study's design cannot be understood."""


class ReportError(MaknaError):
    """The report cannot be made."""


class SearchableParaphrase(ReportError):
    """A paraphrase stays so close to the post that a search engine would find its author."""


class RecordError(MaknaError):
    """The record cannot take this change."""


class NotAllowed(RecordError, PermissionError):
    """This person may not do that in this study."""


class NoSuchRow(RecordError, LookupError):
    """What the change is about is not there, or not any more."""


class Overtaken(RecordError):
    """Somebody else changed the same thing in the meantime; nothing was overwritten."""


class IdentifierTyped(RecordError):
    """What was typed seems to identify a person. Look at each place, and say what to keep."""

    def __init__(self, text: str, hits: list[tuple[int, int, str]]) -> None:
        super().__init__()
        self.text, self.hits = text, hits  # (start, end, class), code points into the text
