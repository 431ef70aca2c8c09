"""The front matter and the head of a post."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Mapping

import yaml

from digest_lib import __version__
from digest_lib.checking.digest import Sentence
from digest_lib.publishing.facts import Facts
from digest_lib.publishing.markup import esc, tame
from digest_lib.publishing.sentences import Sentences
from digest_lib.publishing.words import FALLBACK, Words, day_text

#: The chart that stands for a post in lists.
COVER = "infographic"

# Renderers read front matter as Markdown, so its markup becomes the look-alikes of full width.
_PLAIN = str.maketrans({"<": "＜", ">": "＞", "[": "［", "]": "］", "`": "'"})


def plain(text: str) -> str:
    """Text for the front matter: on one line, without markup."""
    return " ".join(tame(text).translate(_PLAIN).split())


def title_of(facts: Facts) -> str:
    """The post's title, in the seed's words."""
    return Words(facts.language)("post_title", name=facts.name, date=facts.date)


def subtitle_of(facts: Facts) -> str:
    """The line below the title: how many stories it tells, and from how many articles."""
    words = Words(facts.language)
    if not facts.sources:
        window = words.window(facts.window_days)
        return words("post_subtitle_none", name=facts.name, window=window)
    stories, count = len(facts.stories), len(facts.sources)
    return words("post_subtitle", name=facts.name, stories=stories, count=count)


def headline_of(facts: Facts) -> str:
    """What lists show: the day's headline; on a day without news, that there is none."""
    return (facts.digest.headline if facts.stories else "") or subtitle_of(facts)


def summary_of(facts: Facts) -> str:
    """The day in a few sentences; its headline where there is no summary."""
    return "".join(s.text for s in facts.digest.summary) or headline_of(facts)


def front_matter(facts: Facts, images: Collection[str], provenance: Mapping[str, object]) -> str:
    """The YAML block of a post; `images` are the names of its charts."""
    tags = dict.fromkeys(plain(t) for t in [*facts.digest.tags, facts.name, "AI", "Digest"])
    front: dict[str, object] = {
        "title": plain(title_of(facts)),
        "subtitle": plain(subtitle_of(facts)),
        "date": facts.date,
        "categories": [facts.family, "daily"],
        "tags": list(tags),
    }
    if COVER in images:
        front |= {"image": f"{COVER}.png", "image-alt": plain(headline_of(facts))}
    front |= {
        "description": plain(summary_of(facts)),
        "family": facts.family,
        "lang": FALLBACK if facts.language.startswith("zh") else facts.language,
        "page-class": "post",
        "execute": {"echo": False},
    }
    if facts.corrections:
        front["corrections"] = [
            {"date": c.date, "changes": list(map(plain, c.changes))} for c in facts.corrections
        ]
    if facts.retracted:
        gone = facts.retracted
        front["retracted"] = {"date": gone.date, "reason": plain(gone.reason)}
    front["provenance"] = _plain_all(_provenance(facts) | dict(provenance))
    text = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=2**30)
    return f"---\n{text}---\n"


def _provenance(facts: Facts) -> dict[str, object]:
    cover = facts.coverage
    return {
        "library": __version__,
        "llm": facts.writer.llm,
        "cutoff": facts.cutoff.isoformat(),
        "prompts": dict(facts.prompts),
        "coverage": {
            "feeds": cover.feeds,
            "answered": cover.answered,
            "articles": cover.articles,
            "matched": facts.matched,
        },
        "checks": dict(facts.checked),
    }


def _plain_all(value: object) -> object:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return {plain(str(key)): _plain_all(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain_all(inner) for inner in value]
    return value


def head_html(facts: Facts, body: str) -> str:
    """The head that a reader sees: title, headline, summary, corrections, contents of `body`."""
    words = Words(facts.language)
    day = facts.date.isoformat()
    kicker = (
        f'<p class="kicker"><a href="../../families/{facts.family}/index.html">{esc(facts.name)}</a>'
        f'・<time datetime="{day}">{day_text(facts.date)}</time></p>'
    )
    told = facts.stories and facts.digest.headline
    summary = Sentences(facts, words).paragraph(_beyond_headline(facts))
    parts = [
        kicker,
        f"<h1>{esc(title_of(facts))}</h1>",
        "" if facts.retracted else f'<p class="subtitle">{esc(subtitle_of(facts))}</p>',
        f'<p class="headline">{esc(facts.digest.headline)}</p>' if told else "",
        f'<div class="summary">{summary}</div>' if summary else "",
        _retraction(facts, words),
        _corrections(facts, words),
    ]
    found = f"{facts.name} {day}｜{headline_of(facts)}"  # what a search result shows
    return (
        f'<header class="post-head" data-pagefind-body data-pagefind-filter="模型:{esc(facts.name)}" '
        f'data-pagefind-sort="date:{day}" data-pagefind-meta="title:{esc(found)}">'
        f"{''.join(parts)}</header>{_contents(body, words)}"
    )


def _beyond_headline(facts: Facts) -> list[Sentence]:
    """The summary as the head shows it: not beginning with the headline that stands right above it."""
    summary, headline = facts.digest.summary, facts.digest.headline
    if not facts.stories:  # the line below the title has said it
        return []
    repeats = summary and summary[0].text.rstrip("。.") == headline.rstrip("。.")
    return summary[1:] if repeats else summary


def _retraction(facts: Facts, words: Words) -> str:
    if not facts.retracted:
        return ""
    gone = facts.retracted
    text = words("retracted_text", date=gone.date, reason=gone.reason)
    return f'<aside class="retracted"><h2>{esc(words("retracted"))}</h2><p>{esc(text)}</p></aside>'


def _corrections(facts: Facts, words: Words) -> str:
    if not facts.corrections:
        return ""
    items = "".join(
        f'<li><time datetime="{c.date}">{c.date}</time>：{esc("；".join(c.changes))}</li>'
        for c in facts.corrections
    )
    return (
        f'<aside class="correction"><h2>{esc(words("correction"))}</h2>'
        f"<p>{esc(words('correction_intro'))}</p><ul>{items}</ul></aside>"
    )


def _contents(body: str, words: Words) -> str:
    links = "".join(
        f'<li><a href="#{anchor}">{esc(html.unescape(label))}</a></li>'
        for anchor, label in re.findall(r'<h2 id="([A-Za-z0-9-]+)">([^<]*)</h2>', body)
    )
    if not links:
        return ""
    label = esc(words("contents"))
    return f'<nav class="contents" aria-label="{label}"><ul>{links}</ul></nav>'
