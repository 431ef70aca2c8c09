"""Articles whose feed says when they were published, in a way that cannot be read.

They are no news of the day that fetched them: they wait in a table of their own, beside the archive's
articles, until their page or another feed dates them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from digest_lib.articles.article import Article
from digest_lib.articles.tables import Table

_COLUMNS = {
    "id": "VARCHAR", "url": "VARCHAR", "title": "VARCHAR", "summary": "VARCHAR", "publisher": "VARCHAR",
    "feed": "VARCHAR", "lang": "VARCHAR", "said": "VARCHAR", "fetched": "TIMESTAMP",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unread:
    """An article, its `published` without meaning, and the date as it was said."""

    article: Article
    said: str


class UnreadTable:
    """Those of an archive, by the day (UTC) that fetched them."""

    def __init__(self, folder: Path) -> None:
        self.table = Table(folder, _COLUMNS)

    def add(self, found: Iterable[Unread]) -> frozenset[str]:
        """Adds those whose id is not there yet, and returns their ids. Raises `StorageError`."""
        offered = {one.article.id: one for one in found}
        if not offered:
            return frozenset()
        known = {
            id for (id,) in self.table.query("SELECT id FROM rows JOIN given USING (id)", given=[*offered])
        }
        fresh = [one for id, one in sorted(offered.items()) if id not in known]
        for day in sorted({one.article.fetched.astimezone(UTC).date() for one in fresh}):
            of_day = [one for one in fresh if one.article.fetched.astimezone(UTC).date() == day]
            self.table.append(day, [_row(one) for one in of_day])
        return frozenset(one.article.id for one in fresh)

    def since(self, begin: datetime, until: datetime) -> list[Unread]:
        """Those fetched after `begin` and up to `until`, newest first."""
        rows = self.table.query(
            f"SELECT DISTINCT {', '.join(_COLUMNS)} FROM rows WHERE fetched > ? AND fetched <= ?"  # noqa: S608
            " ORDER BY fetched DESC, id",
            [begin, until],
            days=(begin.astimezone(UTC).date(), until.astimezone(UTC).date()),
        )
        return [_unread(*row) for row in rows]


def _row(one: Unread) -> tuple[object, ...]:
    said = {"said": one.said, "fetched": one.article.fetched.astimezone(UTC)}
    return tuple(said[name] if name in said else getattr(one.article, name) for name in _COLUMNS)


def _unread(*row: object) -> Unread:
    said = dict(zip(_COLUMNS, row, strict=True))
    fetched = said["fetched"]
    if not isinstance(fetched, datetime):
        raise TypeError("fetched is no time")
    moment = fetched.replace(tzinfo=UTC)
    words = {name: str(value) for name, value in said.items() if name not in {"said", "fetched"}}
    return Unread(Article(**words, published=moment, fetched=moment), str(said["said"]))
