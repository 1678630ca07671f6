"""X API v2 as twarc2 writes it: pages with ``includes``, flattened posts, lists of users.

Decisions: a post that answers and quotes is a reply to what it answers. A repost has no text, links, media or
counts of its own (X repeats those of the original). An edited post goes by the id of its latest version, whichever
version is named. Embedded and included originals are context posts. The leading @names of a reply stay in its text:
this format does not tell which of them the author typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from makna.corpus.readers import jsonl
from makna.corpus.readers.base import Block, Head, Options
from makna.corpus.readers.json_posts import JsonPosts, records_of
from makna.corpus.readers.x_common import Tally
from makna.corpus.readers.x_v2_flat import FlatPosts
from makna.corpus.readers.x_v2_parser import Parser
from makna.corpus.records import RawRecord

_KEPT = (  # fields that are read
    "id text note_tweet author author_id created_at conversation_id referenced_tweets edit_history_tweet_ids lang "
    "public_metrics entities attachments in_reply_to_user_id in_reply_to_user type display_text_range data includes "
    "meta entities.mentions entities.urls entities.hashtags entities.cashtags author.id author.username author.name "
    "author.description author.location author.created_at author.public_metrics"
)
_NAMED = (  # fields that are known and never enter
    "context_annotations geo source reply_settings possibly_sensitive edit_controls withheld matching_rules "
    "community_id card_uri article errors entities.annotations author.profile_image_url author.profile_banner_url "
    "author.url author.verified author.verified_type author.protected author.pinned_tweet_id author.entities "
    "author.withheld author.most_recent_tweet_id __twarc includes.places includes.polls includes.topics"
)
_MARKS = (
    "author_id",
    "edit_history_tweet_ids",
    "public_metrics",
    "conversation_id",
    "__twarc",
    "referenced_tweets",
)
_OTHERS = ("rest_id", "legacy", "id_str", "__typename")
_KEYS = re.compile(r'"(\w+)"\s*:')


class XApiV2(JsonPosts):
    """X API v2 JSON: one post, page or list of users a line, or one value over many lines."""

    name = "x-api-v2"
    title = "X API v2 JSON, as twarc2 writes it"
    provides = frozenset(
        {"account", "handle", "name", "bio", "location", "time", "replies", "counts", "media", "text"}
    )
    kept, named = _KEPT, _NAMED

    def sniff(self, head: Head) -> float:
        """Sure where the field names of v2 stand in the head."""
        if head.text.lstrip()[:1] not in ("{", "["):
            return 0.0
        keys = frozenset(_KEYS.findall(head.text))
        if keys.intersection(_OTHERS):
            return 0.0
        marks = len(keys.intersection(_MARKS))
        if "text" in keys or {"username", "name"} <= keys:
            return min(0.98, 0.5 + 0.2 * marks + 0.1 * ("id" in keys)) if marks or "data" in keys else 0.0
        return 0.6 if "meta" in keys and "result_count" in keys else 0.0

    def parser(self, tally: Tally) -> Parser:
        """The parser of one block."""
        return Parser(tally)

    def parse(self, block: Block, options: Options) -> Iterator[RawRecord]:
        """The records of one block; a line that is a flat post is read fast."""
        tally = Tally(self.kept, self.named)
        yield from records_of(_objects(block, tally), tally, self.parser(tally))


def _objects(block: Block, tally: Tally) -> Iterator[tuple[int, Any]]:
    flat = FlatPosts()
    yield from jsonl.objects(block, flat.loads)
    flat.tell(tally)
