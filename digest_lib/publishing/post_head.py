"""The head of a post: what it is, its headline, the way to its sections, its summary, what was corrected."""

from __future__ import annotations

from digest_lib.publishing import dom
from digest_lib.publishing.front import headline_of, lead_first, subtitle_of, title_of
from digest_lib.sections.facts import Facts
from digest_lib.sections.foreign import headline_html
from digest_lib.sections.markup import esc, lang_attr
from digest_lib.sections.sentences import Sentences
from digest_lib.sections.words import Words


def head_html(facts: Facts, body: str) -> str:
    """The head that a reader sees, with the contents of `body`."""
    words = Words(facts.language)
    headline = headline_of(facts)
    subtitle = "" if facts.retracted or not facts.stories else subtitle_of(facts)
    summary = Sentences(facts, words).paragraph(lead_first(facts))
    parts = [
        _kicker(facts),
        f"<h1>{headline_html(headline, facts)}</h1>",
        f'<p class="subtitle">{esc(subtitle)}</p>' if subtitle else "",
        _retraction(facts, words),
        _corrections(facts, words),
        _contents(body, words),
        f'<div class="summary">{summary}</div>' if summary else "",
    ]
    found = f"{facts.name} {facts.date}｜{headline}"  # what a search result shows
    return (
        f'<header class="post-head"{lang_attr(facts.language)} data-pagefind-body '
        f'data-pagefind-filter="模型:{esc(facts.name)}" '
        f'data-pagefind-sort="date:{facts.date}" data-pagefind-meta="title:{esc(found)}">'
        f"{''.join(parts)}</header>"
    )


def _kicker(facts: Facts) -> str:
    """The post's title, which leads to the family."""
    title = title_of(facts)
    return f'<p class="kicker"><a href="../../families/{facts.family}/index.html">{esc(title)}</a></p>'


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
        f'<li><time datetime="{c.date}">{c.date}</time>'
        f"{esc(words('colon') + words('next').join(c.changes))}</li>"
        for c in facts.corrections
    )
    return (
        f'<aside class="correction"><h2>{esc(words("correction"))}</h2>'
        f"<p>{esc(words('correction_intro'))}</p><ul>{items}</ul></aside>"
    )


def _contents(body: str, words: Words) -> str:
    links = "".join(
        f'<li><a href="#{esc(heading.id)}">{esc(heading.text())}</a></li>'
        for heading in dom.part(body).css("h2[id]")
    )
    if not links:
        return ""
    label = esc(words("contents"))
    return f'<nav class="contents" data-pagefind-ignore aria-label="{label}"><ul>{links}</ul></nav>'
