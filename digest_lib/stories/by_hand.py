"""What a person decides at the desk: these articles are one story, those are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date as Date

from digest_lib.articles.article import Article
from digest_lib.errors import UserError

#: Two articles, each by its URL or id.
Couple = tuple[str, str]
#: For whatever day is run, or by day: `{"2026-07-29": [(url, url)]}`, as a notebook keeps it.
Couples = Sequence[Couple] | Mapping[str, Sequence[Couple]]


def couples_of(chosen: Couples, day: str, articles: Sequence[Article], called: str) -> list[Couple]:
    """The couples for the day, as article ids. Raises `UserError` where a day is written as no day is, or
    one names no article of the day, so that a slip of the pen is not silence; `called` is the parameter to
    name."""
    if isinstance(chosen, Mapping):
        for key in chosen:
            _check_day(key, called)
        chosen = chosen.get(day, ())
    known = {a.id for a in articles}
    return [(_id_of(a, known, called, day), _id_of(b, known, called, day)) for a, b in chosen]


def check_agreement(together: Sequence[Couple], apart: Sequence[Couple], articles: Sequence[Article]) -> None:
    """Raises `UserError` where what is merged, by one couple or a chain of them, is split as well."""
    group = {a.id: a.id for a in articles}

    def root(article: str) -> str:
        while group[article] != article:
            article = group[article]
        return article

    for one, other in together:
        group[root(other)] = root(one)
    urls = {a.id: a.url for a in articles}
    for one, other in apart:
        if root(one) == root(other):
            raise UserError(
                f"together and apart contradict each other: «{urls[one]}» and «{urls[other]}» are merged in"
                " one and split in the other; take the couple out of one"
            )


def _check_day(key: str, called: str) -> None:
    try:
        if Date.fromisoformat(key).isoformat() == key:
            return
    except ValueError:
        pass
    raise UserError(f"{called}: «{key}» is no day as it is written here: 2026-07-29, with all its zeros")


def _id_of(named: str, known: set[str], called: str, day: str) -> str:
    found = named if named in known else Article.id_of(named) if "/" in named else ""
    if found not in known:
        raise UserError(
            f"{called}: «{named}» is no article about the family on {day}; copy a URL of the table"
        )
    return found
