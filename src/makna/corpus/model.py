"""Schemas and invariants of what was observed: documents, units, authors, references.

Three kinds of source become the same three tables, so one code, one search and one lens reach all of them.
Every text here has passed the door. Offsets are Unicode code points, half-open.
"""

from __future__ import annotations

from enum import StrEnum

import pyarrow as pa

SCHEMA_VERSION = 1
BATCH_SHIFT = 32  # document_id = batch number × 2**32 + ordinal: sorts by batch, then by input order


class SourceKind(StrEnum):
    """What a source is to the method, whatever its file format."""

    OBSERVATION = "observation"
    INTERVIEW = "interview"
    FIELD_NOTE = "field_note"
    LITERATURE = "literature"


class AccessBasis(StrEnum):
    """How a batch was come by."""

    PUBLIC = "public"
    CLOSED = "closed"
    PRIVATE = "private"


class Relation(StrEnum):
    """How a document answers its parent."""

    REPLY = "reply"
    QUOTE = "quote"
    REPOST = "repost"
    NONE = "none"


TOKEN = pa.struct([("token", pa.string()), ("start", pa.int32()), ("end", pa.int32())])

DOCUMENTS = pa.schema(
    [
        ("document_id", pa.int64()),
        ("batch", pa.int32()),
        ("kind", pa.string()),
        ("title", pa.string()),  # disguised; null for posts
        ("language", pa.string()),  # id, en, mixed, und: a guess
        ("author_id", pa.int64()),  # null where the source names nobody
        ("conversation_id", pa.int64()),  # study-wide; null outside observation
        ("parent_id", pa.int64()),  # document_id; null where there is none or it is not in the study
        ("parent_missing", pa.bool_()),  # the source names a parent that the study does not hold
        ("relation", pa.string()),
        ("sent_on", pa.date32()),  # coarsened
        ("position", pa.int32()),  # order by exact time within the conversation, from 0
        ("replies", pa.string()),  # engagement buckets: "0", "1-9", "10-99", ...; null where unknown
        ("reposts", pa.string()),
        ("likes", pa.string()),
        ("quotes", pa.string()),
        ("media", pa.list_(pa.string())),  # image, video, voice, animation, sticker, document, media
        ("context", pa.bool_()),  # only came along, was not itself harvested
        ("length", pa.int32()),  # code points of the document's text
    ]
)

UNITS = pa.schema(
    [
        ("unit_id", pa.int64()),  # document_id for the one unit of a post; see unit_id()
        ("document_id", pa.int64()),
        ("ordinal", pa.int32()),
        ("start", pa.int32()),  # into the document's text
        ("end", pa.int32()),
        ("author_id", pa.int64()),
        ("role", pa.string()),  # researcher, participant, other; null for posts
        ("text", pa.string()),
        ("tokens", pa.list_(TOKEN)),  # offsets into the unit's text
    ]
)

AUTHORS = pa.schema(
    [
        ("author_id", pa.int64()),
        ("pseudonym", pa.string()),  # Melati-042 for an account, "Informan 2" for a participant
        ("participant", pa.bool_()),
        ("signs", pa.list_(pa.string())),  # parts of handle and display name shared by at least five accounts
        ("name_shape", pa.string()),  # length band, digits, separators of the handle
        ("bio", pa.string()),  # after the door
        ("bio_tokens", pa.list_(TOKEN)),
        ("location", pa.string()),  # after the door, to regency
        ("emoji", pa.list_(pa.string())),  # of display name and bio, kept where five accounts share them
        ("account_age", pa.string()),  # bucket: "<1y", "1-3y", "3-10y", ">10y"
        ("followers", pa.string()),  # bucket
        ("attributes", pa.map_(pa.string(), pa.string())),  # a participant's, from participants.toml
    ]
)

REFERENCES = pa.schema(
    [
        ("document_id", pa.int64()),
        ("key", pa.string()),
        ("csl", pa.string()),  # CSL-JSON of the reference: published works are cited, not disguised
    ]
)

UNIT_JOIN = {
    SourceKind.OBSERVATION: "",
    SourceKind.INTERVIEW: "\n\n",
    SourceKind.FIELD_NOTE: "\n\n",
    SourceKind.LITERATURE: "\n\n",
}


def document_id(batch: int, ordinal: int) -> int:
    """The id of the *ordinal*-th kept document (from 0) of *batch* (from 1)."""
    return (batch << BATCH_SHIFT) + ordinal


def batch_of(document: int) -> int:
    """The batch number that a document id carries."""
    return document >> BATCH_SHIFT


def document_text(unit_texts: list[str], kind: SourceKind | str) -> str:
    """The text of a document: its units, in order, joined as its kind says."""
    return UNIT_JOIN[SourceKind(kind)].join(unit_texts)
