"""What a person decides at the desk: these articles are one story, those are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from digest_lib.articles.article import Article
from digest_lib.errors import UserError

#: Two articles, each by its URL or id.
Couple = tuple[str, str]
#: For whatever day is run, or by day: `{"2026-07-29": [(url, url)]}`, as a notebook keeps it.
Couples = Sequence[Couple] | Mapping[str, Sequence[Couple]]


def couples_of(chosen: Couples, day: str, articles: Sequence[Article], called: str) -> list[Couple]:
    """The couples for the day, as article ids. Raises `UserError` where one names no article of the day, so
    that a slip of the pen is not silence; `called` is the parameter to name."""
    wanted = chosen.get(day, ()) if isinstance(chosen, Mapping) else chosen
    known = {a.id for a in articles}
    return [(_id_of(a, known, called, day), _id_of(b, known, called, day)) for a, b in wanted]


def _id_of(named: str, known: set[str], called: str, day: str) -> str:
    found = named if named in known else Article.id_of(named) if "/" in named else ""
    if found not in known:
        raise UserError(
            f"{called}: «{named}» is no article about the family on {day}; copy a URL of the table"
        )
    return found
