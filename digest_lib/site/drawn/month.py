"""A family's month in small, for a card: how many articles a day, in columns."""

from __future__ import annotations

from typing import Final

from digest_lib.charts.words import Words
from digest_lib.sections.facts import Facts
from digest_lib.sections.markup import esc, lang_attr
from digest_lib.site.drawn.bars import columns, ends
from digest_lib.site.drawn.counts import own, span
from digest_lib.site.drawn.of_post import trend_finding
from digest_lib.site.drawn.svg import drawing

_HEIGHT: Final = 96.0


def month_html(facts: Facts) -> str:
    """The month up to the post's day with what it finds; empty where the facts do not tell enough."""
    days = span(facts.history, facts.date)
    line = own(facts, days)
    if facts.retracted or len(line.known) < 2:  # noqa: PLR2004 - a point is no trend
        return ""
    words = Words.of(facts.language)
    first, last = (words.date(day) for day in (days[0], days[-1]))
    about = words("month measure", name=facts.name, first=first, last=last)
    finding = trend_finding(line, days, words)
    parts = [
        *columns(line.values, _HEIGHT),
        *ends(days, words.date(days[0], "tick"), words.date(days[-1], "tick"), _HEIGHT + 18),
    ]
    drawn = drawing(parts, _HEIGHT + 24, f"month-{facts.family}", about, finding, "plot columns")
    return (
        f'<div class="cover"{lang_attr(facts.language)}><p class="finding">{esc(finding)}</p>'
        f'{drawn}<p class="measure">{esc(about)}</p></div>'
    )
