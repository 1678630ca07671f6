"""Sources of 4CAT, account archives, Mastodon and Bluesky with a canary in every field."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

from canary_graphql import x_graphql
from canary_plant import Json, Planted, identifiers, lines, place, plant, saved
from canary_posts import STATUS, V11_ENTITIES
from canary_search import CLOCK, Canaries

FOUR_CAT = (  # the columns of X, and those of other sources
    "collected_from_url id thread_id timestamp unix_timestamp link body author author_fullname author_id author_avatar_url "
    "author_banner_url verified source language_guess possibly_sensitive retweet_count reply_count like_count quote_count "
    "impression_count is_retweet retweeted_user is_quote_tweet quote_tweet_id quote_author quote_body quote_images "
    "quote_videos is_quote_withheld is_reply replied_author is_withheld hashtags urls images videos mentions long_lat place_name",
    "id thread_id chat author author_username author_name author_is_bot body reply_to views reactions timestamp unix_timestamp "
    "author_forwarded_from_name author_forwarded_from_username link_title link_attached attachment_type attachment_data",
    "id thread_id body author author_full author_followers author_bio timestamp likes shares comments plays music_name location_name",
)  # fmt: skip
IDS = ("id", "thread_id", "author_id", "quote_tweet_id", "reply_to")
TEXTS = ("body", "quote_body", "author_bio")
COUNTS = ("views", "likes", "shares", "comments", "plays", "author_followers")
LINKS = ("collected_from_url", "link", "urls", "images", "videos", "author_avatar_url", "link_attached")


def cell(c: Canaries, column: str, where: str, said: str) -> str:
    """A canary in the form of its column; *said* stands where a column says yes or no."""
    if column.endswith("_count") or column in COUNTS:
        return c.number(where)
    if column in IDS:
        return c.number(where, 19)
    if column in TEXTS:
        return identifiers(c, where)
    if column.startswith("is_"):
        return said
    if column == "unix_timestamp":
        return "1614866261"
    if column == "timestamp":
        return f"2021-03-04 13{CLOCK}"
    return f"https://{c.word(where)}.test/{c.word(where)}" if column in LINKS else c.word(where)


def four_cat(c: Canaries, folder: Path) -> list[Planted]:
    """4CAT's table of X, of Telegram and of TikTok, with a column that somebody added."""
    made = []
    for n, columns in enumerate(FOUR_CAT):
        where, out = f"4CAT {n}", io.StringIO()
        names = [*columns.split(), c.word(f"{where}, an unknown column")]
        rows = [[cell(c, name, f"{where}.{name}", said) for name in names] for said in ("yes", "no", "")]
        csv.writer(out, lineterminator="\n").writerows([names, *rows])
        made.append(saved(c, folder, where, ".csv", out.getvalue(), "4cat"))
    return made


def ytd(name: str, values: list[Json]) -> str:
    """A file of an account archive."""
    return f"window.YTD.{name}.part0 = {json.dumps(values, indent=2)}"


def archived(c: Canaries, where: str, text: str = "", **more: Json) -> Json:
    """A post of an account archive with every key that it is known to hold."""
    edit = {
        "initial": {
            "editTweetIds": ["N"],
            "editableUntil": "T",
            "editsRemaining": "5",
            "isEditEligible": False,
        }
    }
    template = {
        **STATUS,
        "edit_info": edit,
        "extended_entities": {"media": V11_ENTITIES["media"]},
        "favorite_count": "N",
    }
    made = plant(c, {**template, **more}, where)
    return {"tweet": {**made, "full_text": f"{text} {identifiers(c, f'{where}, the text')}"}}


def x_archive(c: Canaries, folder: Path) -> list[Planted]:
    """A folder and a ZIP with everything that X puts into an archive: messages, contacts, ads, deleted posts."""
    made = []
    for packed in (False, True):
        where = f"an X archive{', packed' * packed}"
        account = {
            "email": "W",
            "username": "W",
            "accountId": "N",
            "accountDisplayName": "W",
            "createdAt": "T",
            "createdVia": "W",
        }
        about = {"bio": identifiers(c, f"{where}, the bio"), "website": "L", "location": "W"}
        note = {"noteTweetId": "N", "createdAt": f"2021-03-04T13{CLOCK}.000Z", "lifecycle": {"name": "W"}}
        core = plant(
            c, {"urls": [{"shortUrl": "L", "expandedUrl": "L"}], "mentions": [{"screenName": "W"}]}, where
        )
        core["text"] = identifiers(c, f"{where}, a long text")
        post = plant(c, {"like": {"fullText": "W", "tweetId": "N"}}, where)
        message = plant(
            c, {"dmConversation": {"messages": [{"messageCreate": {"text": "W", "senderId": "N"}}]}}, where
        )
        files = {
            "account": [{"account": plant(c, account, where)}],
            "profile": [{"profile": plant(c, {"description": about, "avatarMediaUrl": "L"}, where)}],
            "tweets": [archived(c, where), archived(c, where, "RT @" + c.word(where) + ":"), {"tweet": c.word(where)}],
            "note_tweet": [{"noteTweet": {**plant(c, note, where), "core": core}}],
            "deleted_tweets": [archived(c, where)], "direct_messages": [message], "like": [post],
            "contact": [plant(c, {"contact": {"emails": ["W"], "phoneNumbers": ["N"]}}, where)],
        }  # fmt: skip
        path = place(c, folder, where, ".zip" if packed else "")
        if packed:
            with zipfile.ZipFile(path, "w") as out:
                for name, values in files.items():
                    out.writestr(f"data/{name.replace('_', '-')}.js", ytd(name, values))
        else:
            (path / "data").mkdir(parents=True)
            for name, values in files.items():
                (path / "data" / f"{name.replace('_', '-')}.js").write_text(
                    ytd(name, values), encoding="utf-8"
                )
        made.append(Planted(path, "x-archive", rejected=1))
    return made


ACCOUNT = {
    "id": "N", "username": "W", "acct": "W", "display_name": "W", "locked": False, "bot": False, "url": "L", "uri": "L",
    "created_at": "T", "avatar": "L", "avatar_static": "L", "avatar_description": "W", "header": "L", "header_static": "L",
    "followers_count": 0, "following_count": 0, "statuses_count": 0, "last_status_at": "2021-03-04", "moved": {"acct": "W"},
    "emojis": [{"shortcode": "W", "url": "L"}], "roles": [{"id": "N", "name": "W"}], "fields": [{"name": "W", "value": "W"}],
}  # fmt: skip
STATUS_OF_API = {
    "id": "N", "created_at": "T", "in_reply_to_id": "N", "in_reply_to_account_id": "N", "sensitive": False, "visibility": "public",
    "language": "W", "uri": "L", "url": "L", "replies_count": 0, "reblogs_count": 0, "favourites_count": 0, "quotes_count": 0,
    "edited_at": "T", "application": {"name": "W", "website": "L"}, "reblog": None, "quote": None, "filtered": [{"filter": "W"}],
    "media_attachments": [{"id": "N", "type": "image", "url": "L", "preview_url": "L", "description": "W", "meta": {"focus": {"x": 0}}}],
    "tags": [{"name": "W", "url": "L"}], "emojis": [{"shortcode": "W", "url": "L"}], "card": {"url": "L", "title": "W", "author_name": "W"},
    "poll": {"id": "N", "options": [{"title": "W", "votes_count": 0}]}, "pleroma": {"conversation_id": "N", "context": "L"},
}  # fmt: skip


def toot(c: Canaries, where: str, **inside: Json) -> Json:
    """A status of Mastodon with every key that the API documents, its text as HTML."""
    account = {
        **plant(c, ACCOUNT, f"{where}.account"),
        "note": f"<p>{identifiers(c, f'{where}, the bio')}</p>",
    }
    account["acct"] = f"{account['username']}@{c.word(where)}.id"
    known = {"id": c.number(where), "username": c.word(where), "url": f"https://{c.word(where)}.id/@a"}
    known["acct"] = f"{known['username']}@{c.word(where)}.id"
    page, shown = f"https://{c.word(where)}.test/{c.word(where)}", f"{c.word(where)}.test/a…"
    html = (
        f'<p><a href="{known["url"]}" class="u-url mention">@<span>{known["username"]}</span></a> @{account["username"]} '
        f'@{account["acct"]} {account["display_name"]} <a href="{page}">{shown}</a> <a href="{page}">klik</a></p>'
        f"<p>{identifiers(c, f'{where}, the text')}</p><!-- {c.word(where)} --><script>{c.word(where)}</script>"
    )
    made = plant(c, STATUS_OF_API, where)
    words = {
        "content": html,
        "spoiler_text": identifiers(c, f"{where}, the warning"),
        "account": account,
        "mentions": [known],
    }
    return {**made, **words, **inside}


def mastodon(c: Canaries, folder: Path) -> list[Planted]:
    """Posts, boosts, quotes, a context, a search; a conversation; an outbox."""
    where = "Mastodon"
    public = [
        toot(c, f"{where} reply"),
        toot(c, f"{where} boost", reblog=toot(c, f"{where} boosted")),
        toot(c, f"{where} quote", quote={"state": "accepted", "quoted_status": toot(c, f"{where} quoted")}),
        {"ancestors": [toot(c, f"{where} above")], "descendants": [toot(c, f"{where} below")]},
        {
            "statuses": [toot(c, f"{where} found")],
            "accounts": [toot(c, f"{where} person")["account"]],
            "hashtags": [],
        },
        toot(c, f"{where} message", visibility="direct"),
    ]
    public[-1]["account"]["filler"] = "x" * (1 << 16)  # so that it does not stand in the head
    public.insert(0, {**toot(c, f"{where} first"), "filler": "x" * (1 << 16)})
    message = toot(c, f"{where} talk", visibility="direct")
    other = plant(c, ACCOUNT, f"{where}, another member")
    talk = {"id": c.number(where), "unread": False, "accounts": [other], "last_status": message}
    me = f"https://{c.word(where)}.id/users/{c.word(where)}"
    note = plant(
        c,
        {"type": "Note", "published": "T", "url": "L", "atomUri": "L", "conversation": "W", "inReplyTo": "L"},
        where,
    )
    note |= {
        "id": f"{me}/statuses/{c.number(where, 19)}", "attributedTo": me, "to": "https://www.w3.org/ns/activitystreams#Public",
        "content": f"<p>{identifiers(c, 'an outbox')}</p>", "summary": identifiers(c, "the warning of an outbox"),
        "tag": [{"type": "Mention", "name": f"@{c.word(where)}@{c.word(where)}.id", "href": f"https://{c.word(where)}.id/a"}],
    }  # fmt: skip
    items = [
        {
            "type": "Create",
            "actor": me,
            "object": note,
            **plant(c, {"id": "L", "signature": {"creator": "L"}}, where),
        },
        {
            "type": "Announce",
            "actor": me,
            "to": note["to"],
            "object": f"https://{c.word(where)}.id/{c.number(where)}",
        },
        {
            "type": "Create",
            "actor": me,
            "object": {**note, "id": f"{me}/statuses/{c.number(where, 19)}", "to": me},
        },
    ]
    outbox = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "type": "OrderedCollection",
        "orderedItems": items,
    }
    allowed = {"access": "private", "permission": "in writing"}
    return [
        saved(c, folder, "Mastodon posts", ".jsonl", lines(public), "mastodon", rejected=1),
        replace(
            saved(
                c,
                folder,
                "a Mastodon conversation",
                ".json",
                json.dumps([talk], indent=1),
                "mastodon",
                **allowed,
            ),
            consents=(message["account"]["acct"],),
        ),
        saved(c, folder, "a Mastodon outbox", ".json", json.dumps(outbox), "mastodon", rejected=1),
    ]


ACTOR = {
    "did": "W", "handle": "W", "displayName": "W", "avatar": "L", "banner": "L", "createdAt": "T", "indexedAt": "T", "website": "L",
    "pronouns": "W", "associated": {"lists": 0, "chat": {"allowIncoming": "W"}}, "labels": [{"val": "W", "src": "W"}],
    "viewer": {"muted": False, "following": "W"}, "followersCount": 0, "followsCount": 0, "postsCount": 0, "pinnedPost": {"uri": "W"},
    "verification": {"verifiedStatus": "W"}, "joinedViaStarterPack": {"uri": "W", "record": {"name": "W"}},
}  # fmt: skip
VIEW = {
    "cid": "W", "replyCount": 0, "repostCount": 0, "likeCount": 0, "quoteCount": 0, "bookmarkCount": 0, "indexedAt": "T",
    "viewer": {"like": "W"}, "labels": [{"val": "W", "uri": "W"}], "threadgate": {"uri": "W", "record": {"post": "W"}},
    "embed": {"images": [{"thumb": "L", "fullsize": "L", "alt": "W"}], "cid": "W"},
}  # fmt: skip
RECORD = {
    "$type": "app.bsky.feed.post", "createdAt": "T", "langs": ["W"], "tags": ["W"], "via": "W", "labels": {"values": [{"val": "W"}]},
    "entities": [{"type": "W", "value": "L"}],
}  # fmt: skip


def skeet(c: Canaries, where: str, *, named: bool = True, **inside: Json) -> Json:
    """A post of Bluesky with every key that its lexicon knows; facets over a mention, words and a shortened link."""
    author = {**plant(c, ACTOR, f"{where}.author"), "description": identifiers(c, f"{where}, the bio")}
    author |= {"did": f"did:plc:{c.word(where)}", "handle": f"{c.word(where)}.bsky.social"}
    known, page = f"{c.word(where)}.bsky.social", f"https://{c.word(where)}.test/{c.word(where)}"
    short = f"{c.word(where)}.test/a…"
    text = f"😀 @{known} klik {short} {author['handle']} {author['displayName'] * named} {identifiers(c, f'{where}, the text')}"
    features = (
        (f"@{known}", {"did": f"did:plc:{c.word(where)}"}),
        ("klik", {"uri": page}),
        (short, {"uri": page}),
    )
    facets = []
    for part, feature in features:
        start = len(text[: text.index(part)].encode())
        facets.append(
            {"index": {"byteStart": start, "byteEnd": start + len(part.encode())}, "features": [feature]}
        )
    record = {**plant(c, RECORD, f"{where}.record"), "text": text, "facets": facets, **inside}
    uri = f"at://{author['did']}/app.bsky.feed.post/{c.word(where)}"
    return {**plant(c, VIEW, where), "uri": uri, "author": author, "record": record}


def bluesky(c: Canaries, folder: Path) -> list[Planted]:
    """Feeds, threads, quotes, reposts, people, a repository, events."""
    where = "Bluesky"
    above, quoted = skeet(c, f"{where} above"), skeet(c, f"{where} quoted")
    answer = skeet(
        c, f"{where} answer", reply={"parent": {"uri": above["uri"]}, "root": {"uri": above["uri"]}}
    )
    quote = skeet(
        c, f"{where} quote", embed={"$type": "app.bsky.embed.record", "record": {"uri": quoted["uri"]}}
    )
    held = {
        "uri": quoted["uri"],
        "author": quoted["author"],
        "value": quoted["record"],
        "embeds": [quoted["embed"]],
    }
    quote["embed"] = {"record": {**held, **plant(c, {"cid": "W", "labels": ["W"]}, where)}}
    card = skeet(
        c,
        f"{where} card",
        embed={"external": plant(c, {"uri": "L", "title": "W", "description": "W"}, where)},
    )
    gone = plant(c, {"$type": "app.bsky.feed.defs#notFoundPost", "uri": "W", "notFound": True}, where)
    by = plant(
        c, {"$type": "app.bsky.feed.defs#reasonRepost", "uri": "W", "cid": "W", "indexedAt": "T"}, where
    )
    reposter = {**plant(c, ACTOR, f"{where}, who reposts"), "did": f"did:plc:{c.word(where)}"}
    own = {name: skeet(c, f"{where} {name}", named=False) for name in ("commit", "record")}
    like = {"$type": "app.bsky.feed.like", "subject": {"uri": f"at://{c.word(where)}"}}
    values = [
        {"feed": [{"post": answer, "reply": {"root": above, "parent": above, "grandparentAuthor": plant(c, ACTOR, where)}}],
         "cursor": c.word(where)},
        {"feed": [{"post": skeet(c, f"{where} reposted"), "reason": {**by, "by": reposter}, "feedContext": c.word(where)}]},
        {"thread": {"post": quote, "parent": gone, "replies": [{"post": card, "replies": []}]}},
        {"actors": [skeet(c, f"{where} person")["author"]]},
        {"records": [{"uri": own["record"]["uri"], "cid": "b", "value": own["record"]["record"]}, {"uri": f"at://{c.word(where)}", "value": like}]},
        {"did": own["commit"]["author"]["did"], "time_us": 1614866261000000, "kind": "commit",
         "commit": {"rev": c.word(where), "operation": "create", "collection": "app.bsky.feed.post", "rkey": c.word(where),
                    "record": own["commit"]["record"]}},
        {"$type": "app.bsky.actor.profile", "displayName": c.word(where), "description": identifiers(c, f"{where}, a profile")},
    ]  # fmt: skip
    return [saved(c, folder, where, ".jsonl", lines(values), "bluesky")]


def networks(c: Canaries, folder: Path) -> list[Planted]:
    """All of them, and what the browser is sent."""
    return [one for kind in (x_graphql, four_cat, x_archive, mastodon, bluesky) for one in kind(c, folder)]
