"""The sample newsroom, played into a home of its own: fictional publishers, and every step real."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from digest_lib.articles.report import GatherReport
from digest_lib.day import Day
from digest_lib.errors import UserError
from digest_lib.files import storage, write_atomic
from digest_lib.gathering.gather import gather_day
from digest_lib.running.families import load_all
from digest_lib.running.forking import Preloaded
from digest_lib.running.job import Job
from digest_lib.running.newsroom import Newsroom
from digest_lib.running.pool import Workers
from digest_lib.running.records import Record
from digest_lib.running.run import run_all
from digest_lib.settings import Home, environment_of

#: The sample's days of gathering; its posts are of the last `POSTED` of them.
FIRST, LAST, POSTED = Day.of("2026-07-15"), Day.of("2026-07-24"), 3

#: What every page of the sample's site says.
NOTICE = "示範網站：出版者為虛構，報導文字為示範而寫，不是真實新聞來源。"

#: What makes a folder a home, beside what it gathers and publishes.
PARTS = ("_quarto.yml", "about.qmd", "assets", "notebooks")


def repository() -> Path:
    """The repository that this library runs from. Raises `UserError` when it was installed without one."""
    root = Path(__file__).resolve().parents[2]
    if not (root / "tests" / "data" / "newsroom").is_dir():
        raise UserError("the sample newsroom is part of the repository; clone it and run `make site` there")
    return root


def create_home(folder: Path, feeds: Path, template: Path) -> Home:
    """Makes `folder` a home with the pages, settings and notebooks of `template`, listening to `feeds`.

    What it has gathered and published stays, and so does a notebook that somebody changed since. Raises
    `StorageError`.
    """
    with storage(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for part in PARTS:
            for source in _files(template / part):
                _copy(source, folder / source.relative_to(template))
        _copy(feeds, folder / "feeds.opml")
        (folder / "posts").mkdir(exist_ok=True)
    return Home(folder.resolve())


def _files(part: Path) -> list[Path]:
    found = sorted(part.rglob("*")) if part.is_dir() else [part]
    return [
        p for p in found if p.is_file() and not any(n.startswith(".") for n in p.parts[len(part.parts) :])
    ]


def _copy(source: Path, target: Path) -> None:
    """Copies the file, unless it is a notebook that somebody changed: newer than the original."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and target.samefile(source):  # `make lab` links to the repository's own notebooks
        return
    if target.exists() and target.suffix == ".ipynb" and target.stat().st_mtime > source.stat().st_mtime:
        return
    shutil.copy2(source, target)


def play(
    folder: Path,
    workers: Workers,
    *,
    gathered: Callable[[Day, GatherReport], None],
    posted: int = POSTED,
) -> Iterator[Record]:
    """Plays the sample's ten days into `folder`, and yields the records of the runs of its last days.

    No key is used, whatever keys are set: the offline writer writes.
    """
    root = repository()
    data = root / "tests" / "data" / "newsroom"
    if (folder / "_quarto.yml").exists() and NOTICE not in (folder / "_quarto.yml").read_text("utf-8"):
        raise UserError(f"{folder} is a newsroom of its own; the sample needs a folder of its own")
    home = create_home(folder, data / "feeds.opml", root)
    _mark_as_sample(home)
    families, bad = load_all(home)
    if bad:
        raise bad[0]
    with Newsroom(data, FIRST.cutoff) as newsroom, Preloaded.lasting():
        day = FIRST
        while day.date <= LAST.date:
            newsroom.now = day.cutoff
            environment = _environment(day, newsroom.proxy_url)
            with environment_of(environment):
                gathered(day, gather_day(home, day.cutoff, replay=True))
                if day.date > LAST.date - timedelta(days=posted):
                    jobs = [
                        Job(home.root, name, str(day), environment=tuple(environment.items()))
                        for name in families
                    ]
                    yield from run_all(jobs, workers)
            day = day.shifted(1)


def _mark_as_sample(home: Home) -> None:
    """Has every page of the site say that its publishers are fictional."""
    settings = home.root / "_quarto.yml"
    write_atomic(settings, settings.read_text("utf-8").rstrip() + f"\n\nnotice: {NOTICE}\n")


def _environment(day: Day, proxy: str) -> dict[str, str]:
    return {
        "DIGEST_NOW": day.cutoff.isoformat(),
        "DIGEST_PROXY": proxy,
        "DIGEST_LLM": "offline",
        "DIGEST_FETCH": "pages",
        "OPENAI_API_KEY": "",
        "OPENAI_BASE_URL": "",
    }
