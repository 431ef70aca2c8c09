"""A home as years of running leave it: the gathered sample, with as many generated days before it."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from digest_lib.files import digest_of
from digest_lib.running import records
from digest_lib.running.families import load_all
from digest_lib.running.records import Outcome, Record
from digest_lib.running.sample import FIRST
from digest_lib.settings import Home

FEEDS, READ = 40, 10
_WORDS = (
    "市場",
    "雲端",
    "晶片",
    "研究",
    "報告",
    "發表",
    "企業",
    "cloud",
    "chip",
    "study",
    "market",
    "launch",
    "team",
)
_HEAD = "FORMAT parquet, COMPRESSION zstd, KV_METADATA {schema_version: '1'}"


def age(home: Home, days: int, articles: int) -> None:
    """Puts `days` days before the home's first one, each with so many articles, its texts, its gather, and a
    record (and a small post) of every notebook."""
    names = [*load_all(home)[0]]
    post = next(iter(sorted(home.posts.glob("*/index.ipynb"))), None)
    with duckdb.connect(":memory:") as connection:
        for number in range(1, days + 1):
            day = FIRST.date - timedelta(days=number)
            _day(connection, home.archive, day, articles)
            _gather(home.archive, day, articles)
            for name in names:
                _record(home, name, day, post)


def _day(connection: duckdb.DuckDBPyConnection, archive: Path, day: date, articles: int) -> None:
    words = "[" + ", ".join(f"'{word}'" for word in _WORDS) + "]"
    told = " || ' ' || ".join(f"{words}[1 + CAST(hash(i, {n}) % {len(_WORDS)} AS INT)]" for n in range(12))
    moment = f"TIMESTAMP '{day} 21:00:00' - to_minutes(CAST(hash(i) % 1400 AS INT))"
    article = (
        f"SELECT lower(hex(hash(i, '{day}'))) AS id,"
        f" 'https://p' || (i % {FEEDS}) || '.example/{day}/' || i AS url, {told} AS title,"
        f" {told} || ' ' || repeat({told} || '。', 3) AS summary, 'P' || (i % {FEEDS}) AS publisher,"
        f" 'P' || (i % {FEEDS}) AS feed, 'zh-Hant' AS lang, {moment} AS published,"
        f" TIMESTAMP '{day} 21:00:05' AS fetched, '' AS text FROM range({articles}) t(i)"
    )
    text = (
        f"SELECT lower(hex(hash(i, '{day}'))) AS id, TIMESTAMP '{day} 21:10:00' AS read,"
        f" repeat({told} || '。', 40) AS text, '' AS problem FROM range({READ}) t(i)"
    )
    page = (
        f"SELECT lower(hex(hash(i, '{day}'))) AS id, TIMESTAMP '{day} 21:10:00' AS read, '' AS author,"
        f" {moment} AS published, '' AS publisher, '' AS source FROM range({READ}) t(i)"
    )
    for table, asked in (("articles", article), ("texts", text), ("pages", page)):
        folder = archive / table / f"day={day}"
        folder.mkdir(parents=True, exist_ok=True)
        connection.execute(f"COPY ({asked}) TO '{folder / digest_of(str(day), table)}.parquet' ({_HEAD})")


def _gather(archive: Path, day: date, articles: int) -> None:
    feeds = [
        {"title": f"P{n}", "url": f"https://p{n}.example/feed", "status": 200, "items": 20,
         "new": articles // FEEDS, "error": "", "dropped": [], "moved": "", "seconds": 0.2}
        for n in range(FEEDS)
    ]  # fmt: skip
    told = {"when": f"{day}T21:00:05+00:00", "kind": "gather", "feeds": feeds, "queries": []}
    _write(archive / "gathers" / f"day={day}" / f"210005-{digest_of(str(day))}.json", told)


def _record(home: Home, family: str, day: date, post: Path | None) -> None:
    record = Record(
        family, str(day), Outcome.PUBLISHED, f"{day}T21:05:00+00:00", 5.0, f"{day}T21:00:05+00:00", "new",
        "offline", articles=500, stories=5, supported=20, run=digest_of(family, str(day)),
    )  # fmt: skip
    _write(records.path_of(home, family, str(day)), asdict(record))
    if post:  # an old post is looked at by its name alone: one file serves for all
        folder = home.posts / record.name
        folder.mkdir(parents=True)
        os.link(post, folder / "index.ipynb")


def _write(path: Path, value: Any) -> None:
    """As JSON, without waiting for the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
