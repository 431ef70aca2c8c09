"""What an article of a feed says, without what the feed puts around it: three cleanings in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digest_lib.documents.boilerplate import without_boilerplate
from digest_lib.documents.feeds import TITLE_FROM_TEXT, Entry
from digest_lib.documents.headlines import without_neighbours, without_title
from digest_lib.documents.plain import shortened
from digest_lib.documents.recurring import without_recurring


def of_one_feed(entries: Sequence[Entry]) -> list[Entry]:
    """The entries of one feed with their titles and summaries alone: without what was run together with a
    title, the title at the beginning of its summary, and what the feed says around every entry."""
    parted = without_neighbours([entry.title for entry in entries], [entry.url for entry in entries])
    titles = [title for title, _ in parted]
    summaries = [_untitled(entry, *told) for entry, told in zip(entries, parted, strict=True)]
    summaries = without_recurring(summaries, titles)
    return [
        replace(entry, title=title, summary=without_boilerplate(summary))
        for entry, title, summary in zip(entries, titles, summaries, strict=True)
    ]


def alone(title: str, url: str, summary: str) -> tuple[str, str]:
    """The title and the summary of an article that came without its feed, cleaned by what they show."""
    [entry] = of_one_feed([Entry(title, url, without_boilerplate(summary))])
    return entry.title, entry.summary


def _untitled(entry: Entry, title: str, text: str) -> str:
    """The summary without the title; where there is no other, the `text` that ran together with the title."""
    told = entry.summary
    if entry.title != told and entry.title == shortened(told, TITLE_FROM_TEXT):
        return told  # the title was made from it
    return without_title(without_title(told, entry.title), title) or text
