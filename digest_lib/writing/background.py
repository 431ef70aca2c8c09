"""What had long been when an article was published: it is told to explain the news, and is none."""

from __future__ import annotations

import re
from datetime import date, timedelta

from digest_lib.articles.article import Article
from digest_lib.day import TAIPEI
from digest_lib.text.numbers import stated
from digest_lib.text.quantity import DATE, Quantity
from digest_lib.writing.pieces import clauses

#: What happened more days than these before the report is its background; what is older explains little.
RECENT, LONG_AGO = timedelta(days=7), timedelta(days=2 * 365)
_EARLIER = re.compile(
    r"在?此前|在?此之前|先前|早前|早在|回[顧顾](?![展])"
    # But not where it says since when something is of which the sentence tells something new.
    r"|(?:一直以[來来]|(?:多|數|数)年[來来]|[長长][期久]以[來来])(?![^，,；;。]*的)"
    r"|[過过]去(?:這|这)?[\d一二三四五六七八九十幾几數数]*(?:年|個月|个月|[來来])"
)
_BRACKETS = re.compile(r"[（(][^）)]*[）)]")


def is_background(text: str, article: Article, before: timedelta = RECENT) -> bool:
    """Does a sentence of the article begin with a time that was so long `before` it was published?"""
    published = article.published.astimezone(TAIPEI).date()
    first = next((clause.text for clause in clauses(_BRACKETS.sub("", text))), "")
    days = [q for q in stated(first) if q.unit == DATE]
    if days:
        return all(_is_before(day, published - before, published.year) for day in days)
    return before == RECENT and bool(_EARLIER.match(text))


def _is_before(quantity: Quantity, day: date, year: int) -> bool:
    """Is a date, as far as it is said, of a time before the day? One without a year is of this `year`."""
    said = [int(n) if n != "?" else 0 for n in quantity.exact.split("-")]
    depth = next((n for n in (1, 2) if not said[n]), len(said))
    return (said[0] or year, *said[1:depth]) < (day.year, day.month, day.day)[:depth]
