"""What the pages of articles gave that were read later: their full texts, and what they say of themselves.

```
texts/day=2026-07-29/*.parquet      full texts, by the newsroom's day that read them
pages/day=2026-07-29/*.parquet      what those pages say of themselves: author, time, publisher, source
```

Pages are read while a day is being written, which is after its cut-off. So what they gave goes by the
newsroom's day that read them: a run of day D sees the first text stored for an article by a run of D or of an
earlier day, and so does every later re-run of D.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from datetime import date as Date
from pathlib import Path

from digest_lib.articles.tables import Table
from digest_lib.documents.damage import damaged
from digest_lib.documents.facts import PageFacts

_TEXTS = {"id": "VARCHAR", "read": "TIMESTAMP", "text": "VARCHAR", "problem": "VARCHAR"}
_PAGES = {
    "id": "VARCHAR", "read": "TIMESTAMP", "author": "VARCHAR", "published": "TIMESTAMP",
    "publisher": "VARCHAR", "source": "VARCHAR",
}  # fmt: skip


class PagesRead:
    """What pages gave, in the archive's `folder`."""

    def __init__(self, folder: Path) -> None:
        self._texts = Table(folder / "texts", _TEXTS)
        self._pages = Table(folder / "pages", _PAGES)

    @property
    def tables(self) -> tuple[Table, Table]:
        return self._texts, self._pages

    def tried(self, ids: Collection[str]) -> set[str]:
        """Those of the ids whose page was asked for, whatever it gave."""
        rows = self._texts.query("SELECT id FROM rows JOIN given USING (id)", given=sorted(ids))
        return {id for (id,) in rows}

    def texts(self, ids: Collection[str], upto: Date) -> dict[str, str]:
        """The full text of each id that a run of the newsroom's day `upto`, or of an earlier one, read
        first."""
        rows = self._texts.query(
            f"SELECT id, first(text ORDER BY {damaged('text')}, read, text) FROM rows JOIN given USING (id)"  # noqa: S608
            " WHERE text != '' GROUP BY id ORDER BY id",
            days=(Date.min, upto),
            given=sorted(ids),
        )
        return dict(rows)

    def unreadable(self, ids: Collection[str], day: Date) -> dict[str, str]:
        """The ids whose page was asked for on the newsroom's day `day` and gave no text, with why."""
        rows = self._texts.query(
            "SELECT id, last(problem ORDER BY read, problem) FROM rows JOIN given USING (id)"
            " WHERE text = '' GROUP BY id ORDER BY id",
            days=(day, day),
            given=sorted(ids),
        )
        return dict(rows)

    def add_texts(self, day: Date, read: datetime, found: Mapping[str, tuple[str, str]]) -> None:
        """Stores what reading the pages gave on a newsroom's day: id -> (text, why there is none).
        Raises `StorageError`."""
        self._texts.append(day, [(id, read, *found[id]) for id in sorted(found)])

    def facts(self, ids: Collection[str], upto: Date) -> dict[str, PageFacts]:
        """What the page of each id said of itself (author, time, publisher, whose text it is) when a run of
        the newsroom's day `upto`, or of an earlier one, read it first."""
        rows = self._pages.query(
            "SELECT id, author, published, publisher, source FROM rows JOIN given USING (id)"
            " ORDER BY id, read DESC, author, published, publisher, source",
            days=(Date.min, upto),
            given=sorted(ids),
        )
        return {
            id: PageFacts(author, published.replace(tzinfo=UTC) if published else None, publisher, source)
            for id, author, published, publisher, source in rows
        }

    def add_facts(self, day: Date, read: datetime, found: Mapping[str, PageFacts]) -> None:
        """Stores what the pages read on a newsroom's day say of themselves. Raises `StorageError`."""
        rows = [(id, found[id]) for id in sorted(found) if found[id] != PageFacts()]
        self._pages.append(
            day, [(id, read, f.author, _utc(f.published), f.publisher, f.source) for id, f in rows]
        )


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None
