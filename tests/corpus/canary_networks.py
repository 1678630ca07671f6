"""Sources of 4CAT, account archives, Mastodon and Bluesky with a canary in every field."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

from canary_graphql import x_graphql
from canary_plant import Json, Planted, identifiers, place, plant, saved
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


def networks(c: Canaries, folder: Path) -> list[Planted]:
    """All of them, and what the browser is sent."""
    return [one for kind in (x_graphql, four_cat, x_archive) for one in kind(c, folder)]
