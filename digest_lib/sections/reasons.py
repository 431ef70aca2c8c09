"""Why something went wrong, in the words of readers. What a program said of it stays in the post's facts."""

from __future__ import annotations

import re
from typing import Final

#: What the writing room says, and the key of the words for it.
_WRITER: Final = (
    (r"OPENAI_API_KEY or OPENAI_BASE_URL is set", "why_no_llm"),
    (
        r"OPENAI_API_KEY holds|OPENAI_BASE_URL (?:holds|is no)|no llm API at this address"
        r"|proxy that is set|setting of the llm client",
        "why_set_up",
    ),
    (r"refused the key", "why_key"),
    (r"does not have this model", "why_model"),
    (r"rate limit|quota", "why_quota"),
    (r"run's limit of \$", "why_cost"),
    (r"run's limit of \d+ s", "why_time"),
    (r"declined|filtered", "why_refused"),
    (r"prompt is too long|prompt was cut off", "why_long"),
    (r"not asked:", "why_not_asked"),
    (r"does not take the request|forbids the request", "why_not_taken"),
    (r"server answered (?:\d|with an error)|server's error", "why_error"),
    (r"the answer ", "why_broken"),
    (r"nothing that the llm wrote stands", "why_nothing_stands"),
    (r"did not answer in time|no connection", "why_silent"),
)
#: Titles of stories and a server's own words, which say nothing of what kind a reason is.
_QUOTED: Final = re.compile("«[^»]*»?")
#: What the room of the articles says of a feed.
_FEED: Final = (
    (r"HTTP 40[13]|HTTP 429|HTTP 451|robots", "feed_refused"),
    (r"HTTP 404|HTTP 410", "feed_gone"),
    (r"HTTP 5\d\d", "feed_server"),
    (r"no full answer|time for the whole gather|timed? ?out", "feed_late"),
    (r"no such host|connect|TLS|SSL|certificate", "feed_unreachable"),
    (r"HTML page|no feed|the parser failed|empty answer", "feed_no_feed"),
    (r"larger than", "feed_large"),
)


def writer_keys(why: str) -> list[str]:
    """The keys of the words for a writer's reasons, each once; `why_other` where none is known."""
    ours = _QUOTED.sub("", why)
    return [key for pattern, key in _WRITER if re.search(pattern, ours)] or ["why_other"]


def feed_key(reason: str) -> str:
    """The key of the words for what happened to a feed."""
    return next((key for pattern, key in _FEED if re.search(pattern, reason, re.IGNORECASE)), "feed_other")
