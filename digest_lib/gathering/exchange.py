"""Articles in and out as files: JSON Lines, and CSV for spreadsheets."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from digest_lib import settings
from digest_lib.articles.archive import Archive
from digest_lib.articles.article import Article
from digest_lib.articles.poisoned import poisoned
from digest_lib.articles.report import FeedReport, GatherReport
from digest_lib.day import TAIPEI
from digest_lib.documents.date_words import Order
from digest_lib.documents.dates import order_of, parse_date
from digest_lib.documents.decoding import Undecodable, decoded_whole
from digest_lib.documents.plain import one_line, storable
from digest_lib.documents.spreadsheets import columns_of, read_table, write_table
from digest_lib.errors import BadInput
from digest_lib.files import write_atomic
from digest_lib.gathering.publishers import Publishers
from digest_lib.secrets import Scanner
from digest_lib.text.languages import tongue_of
from digest_lib.web.urls import tidy

#: What a line must have, and what it may have besides.
REQUIRED = ("url", "title", "published")
OPTIONAL = ("summary", "text", "publisher", "feed", "lang", "fetched")
FIELDS = REQUIRED + OPTIONAL

#: A spreadsheet's number of a day from 1982 to 2078, with its hour.
_SERIAL = re.compile(r"[3-6]\d{4}(?:\.\d+)?")
_JSON_LINES = (".jsonl", ".ndjson")
#: How a workbook (.xlsx) begins, also one that was named .csv.
_WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers")
_WORKBOOK = "a spreadsheet's workbook, not a table of text; save it as «CSV UTF-8» and import that"
_ZIP = b"PK\x03\x04"
#: Excel saves «Unicode Text» as .txt.
_TABLES = (".csv", ".tsv", ".txt")
_TAKEN = "only .jsonl (one JSON object a line), .csv and Excel's Unicode text (.txt) can be imported"

#: A record with the number of its line, or what is wrong with that line.
_Line = tuple[int, dict[str, Any] | str]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How many lines were read, how many articles are new, `file:line: reason` of each skipped line, and how
    many articles that the archive had only damaged are whole now."""

    path: Path
    read: int
    new: int
    skipped: tuple[str, ...] = ()
    mended: int = 0


class _BadLine(ValueError):
    """A line that is no article; the text says why."""


def import_file(archive: Archive, path: Path, publishers: Publishers | None = None) -> ImportReport:
    """Adds the articles of a `.jsonl` or `.csv` file; a line that is none is named and skipped.

    `fetched` is `published` where a line has none, `publisher` the one that `publishers` knows for the URL,
    else its host, `feed` the publisher, `lang` that of the text. A file imported again adds nothing. Raises
    `BadInput` for a file that cannot be read or lacks a column, `StorageError` when the disk is full.
    """
    known, scanner = publishers or Publishers(()), Scanner()
    lines, skipped = list(_lines(path)), []
    order = order_of((_said_date(record) for _, record in lines), "")
    articles: list[Article] = []
    for number, record in lines:
        try:
            if isinstance(record, str):
                raise _BadLine(record)
            article = _article(record, known, order)
            if why := poisoned([article], scanner).get(article.id):
                raise _BadLine(why)
            articles.append(article)
        except _BadLine as reason:
            skipped.append(f"{path}:{number}: {reason}")
    ids = {article.id for article in articles}
    damaged = archive.damaged(ids)
    new = archive.add(articles)
    if new:
        archive.log.keep(_report(path, articles, new, skipped))
    mended = len(damaged - archive.damaged(damaged)) if damaged else 0
    return ImportReport(path, len(lines), len(new), tuple(skipped), mended)


def export_file(
    archive: Archive, path: Path, since: datetime | None = None, until: datetime | None = None
) -> int:
    """Writes the articles seen after `since` and up to `until` (default: all) and returns how many.

    Newest first, with the full texts that the archive has; what is imported from it is the same. Raises
    `BadInput` for another ending than `.jsonl` or `.csv`, `StorageError`.
    """
    write = {".jsonl": _jsonl, ".csv": _csv}.get(path.suffix.lower())
    if write is None:
        raise BadInput(path, "can be written as .jsonl or .csv; choose one of these endings")
    found = archive.everything(since or datetime.min.replace(tzinfo=UTC), until)
    write_atomic(path, write(map(_record, found)))
    return len(found)


def _lines(path: Path) -> Iterator[_Line]:
    ending = path.suffix.lower()
    if ending not in {*_JSON_LINES, *_TABLES}:
        raise BadInput(path, _WORKBOOK if ending in _WORKBOOKS else _TAKEN)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadInput(path, f"cannot be read ({error.strerror})") from error
    # Only line feeds end a line: JSON may hold U+2028 and its like.
    if ending in _JSON_LINES and _has_lines_of_utf8(raw):
        return _read_jsonl(raw.removeprefix(b"\xef\xbb\xbf").split(b"\n"))
    if raw.startswith(_ZIP):
        raise BadInput(path, _WORKBOOK)
    try:
        text = decoded_whole(raw)
    except Undecodable as error:
        raise BadInput(f"{path}:{error.line}", _cannot_be_decoded(error)) from error
    return _read_jsonl(text.split("\n")) if ending in _JSON_LINES else _read_table(path, text)


def _has_lines_of_utf8(raw: bytes) -> bool:
    """Whether JSON Lines are UTF-8, broken lines apart: each line is an article, and the others are whole."""
    foreign = [line for line in raw.split(b"\n") if not line.isascii()]
    valid = sum(_is_utf8(line) for line in foreign)
    return b"\0" not in raw and 2 * valid >= len(foreign)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _cannot_be_decoded(error: Undecodable) -> str:
    found = error.found.hex(" ").upper()
    return (
        f"the bytes {found} are no text in {error.encoding}, which the rest looks like; nothing was imported;"
        " save the file again as UTF-8 (Excel: CSV UTF-8)"
    )


def _read_jsonl(lines: Iterable[str | bytes]) -> Iterator[_Line]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line.decode() if isinstance(line, bytes) else line)
        except UnicodeDecodeError:
            yield number, "not UTF-8"
        except (ValueError, RecursionError) as error:
            yield number, f"not JSON ({error})"
        else:
            yield number, value if isinstance(value, dict) else "not a JSON object"


def _read_table(path: Path, text: str) -> Iterator[_Line]:
    columns = columns_of(text, REQUIRED)
    if missing := [name for name in REQUIRED if name not in columns]:
        if path.suffix.lower() == ".txt" and len(missing) == len(REQUIRED):
            raise BadInput(path, _TAKEN)
        raise BadInput(f"{path}:1", f"no column {', '.join(missing)}; the first line must name the columns")
    return iter(read_table(text, REQUIRED))


def _said_date(record: dict[str, Any] | str) -> str:
    said = "" if isinstance(record, str) else record.get("published")
    return said if isinstance(said, str) else ""


def _article(record: dict[str, Any], publishers: Publishers, order: Order) -> Article:
    """The article of a record. Raises `_BadLine`."""
    said = {name: _text(record, name) for name in FIELDS}
    title, url = one_line(said["title"]), tidy(said["url"])
    if not title:
        raise _BadLine("no title")
    if not url:
        raise _BadLine(f"url «{said['url'][:80]}» is no http(s) URL" if said["url"] else "no url")
    summary = one_line(said["summary"])
    lang = said["lang"].strip() or tongue_of(f"{title}\n{summary}")
    published = _date(said["published"], lang, "published", order)
    if published > settings.now():
        raise _BadLine(f"published «{said['published'][:40]}» is in the future")
    publisher = one_line(said["publisher"]) or publishers.of(url)
    return Article(
        id=Article.id_of(url),
        url=url,
        title=title,
        summary=summary,
        publisher=publisher,
        feed=one_line(said["feed"]) or publisher,
        lang=lang,
        published=published,
        fetched=_date(said["fetched"], lang, "fetched", order) if said["fetched"].strip() else published,
        text=storable(said["text"]),
    )


def _text(record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _BadLine(f"{name} is not text")
    return value


def _date(text: str, lang: str, name: str, order: Order) -> datetime:
    if not text.strip():
        raise _BadLine(f"no {name} date")
    moment = _of_a_cell(text) or parse_date(text, lang, order)
    if moment is None:
        raise _BadLine(f"{name} «{text[:40]}» is not a date; write it as 2026-07-29T05:00:00Z")
    return moment


def _of_a_cell(text: str) -> datetime | None:
    """The moment of a date in a cell that lost its format: days since the end of 1899."""
    if not _SERIAL.fullmatch(text.strip()):
        return None
    told = datetime(1899, 12, 30, tzinfo=TAIPEI) + timedelta(days=float(text))
    # To the second: cells hold fractions of days.
    return (told + timedelta(milliseconds=500)).replace(microsecond=0).astimezone(UTC)


def _report(path: Path, articles: list[Article], new: frozenset[str], skipped: list[str]) -> GatherReport:
    items = Counter(article.feed for article in articles)
    fresh = Counter({article.id: article.feed for article in articles if article.id in new}.values())
    feeds = [FeedReport(feed, path.name, items=items[feed], new=fresh[feed]) for feed in sorted(items)]
    if skipped:
        feeds.append(FeedReport(path.name, path.name, dropped=tuple(skipped)))
    return GatherReport(settings.now(), "import", tuple(feeds))


def _record(article: Article) -> dict[str, str]:
    times = {"published": article.published.isoformat(), "fetched": article.fetched.isoformat()}
    return {name: times.get(name) or getattr(article, name) for name in FIELDS}


def _jsonl(records: Iterable[dict[str, str]]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _csv(records: Iterable[dict[str, str]]) -> str:
    return write_table(FIELDS, records)
