"""A recorded day written by the recorded llm beside the same day offline, section by section.

    DIGEST_RECORDED=/path python bench/beside.py [--date 2026-07-29] [--home FOLDER]

The days before are told offline, so that both know the same past. The runs are real: the command, the
notebooks, the posts, both sites rendered. Of every post and section: the texts that stand, their characters,
and how many different sources they cite; of every post, how many texts were withheld, and which. With
`--home`, the two homes are kept in that folder to be looked at (`…/llm/_site`, `…/offline/_site`); a request
that no recorded answer fits is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "writing")]

from fake_server import serving  # noqa: E402
from recorded_llm import RecordedLlm  # noqa: E402

from digest_lib.running.sample import create_home, repository  # noqa: E402
from digest_lib.settings import Home  # noqa: E402
from homes import command  # noqa: E402

FIRST = date(2026, 7, 20)
#: The seed post's sections, by where the digest keeps them.
SECTIONS = {
    "標題": "headline",
    "摘要": "summary",
    "趨勢": "trend",
    "新聞焦點": "stories",
    "深度分析": "analysis",
    "重點摘要": "key_points",
    "延伸思考": "outlook",
    "標籤": "tags",
    "以數字看": "numbers",
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--date", type=date.fromisoformat, default=date(2026, 7, 29))
    parser.add_argument("--home", type=Path, help="a folder for both homes, made anew; they are kept")
    given = parser.parse_args()
    recorded = os.environ.get("DIGEST_RECORDED") or sys.exit("DIGEST_RECORDED must name the recorded news")
    with tempfile.TemporaryDirectory() as folder:
        into = given.home or Path(folder)
        offline, llm = (Home(into / name) for name in ("offline", "llm"))
        before(offline, Path(recorded), given.date)
        shutil.copytree(offline.root, llm.root)
        run(offline, given.date, DIGEST_LLM="offline")
        asked = by_recorded_llm(llm, Path(recorded), given.date)
        for home in (offline, llm):
            checked(command(home, "render"))
        report(offline, llm, given.date)
        print(f"\n{asked} requests")


def before(home: Home, recorded: Path, day: date) -> None:
    """A home with the recorded articles, and posts of the days before."""
    if home.root.exists():
        raise SystemExit(f"{home.root} is there already: name another folder with --home.")
    create_home(home.root, repository() / "feeds.opml", repository())
    for file in sorted(recorded.glob("articles-*.jsonl")):
        checked(command(home, "import", str(file)))
    if day > FIRST:
        days = ("--from", str(FIRST), "--to", str(date.fromordinal(day.toordinal() - 1)))
        checked(command(home, "backfill", *days, DIGEST_LLM="offline", DIGEST_FETCH="no"))


def run(home: Home, day: date, **environment: str) -> None:
    words = ("backfill", "--from", str(day), "--to", str(day))
    checked(command(home, *words, DIGEST_FETCH="no", **environment))


def checked(done: Any) -> None:
    if done.returncode:
        raise SystemExit((done.stdout + done.stderr)[-2000:])


def by_recorded_llm(home: Home, recorded: Path, day: date) -> int:
    """The day's posts, asked of the recorded llm; the number of requests."""
    llm = RecordedLlm(recorded)
    with serving(llm) as server:
        key = {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "sk-fake-0123456789"}
        run(home, day, DIGEST_LLM="gpt-5.4-mini", **key)
        for told in llm.unknown:
            print("no recorded answer:", told)
        return len(server.requests)


def report(offline: Home, llm: Home, day: date) -> None:
    """Both digests of every family, section by section."""
    print(f"{'':<10}{'section':<12}{'offline':<40}llm")
    for post in sorted(llm.posts.glob(f"{day}-*/index.ipynb")):
        family = post.parent.name[11:]
        pair = [facts_of(home.posts, post.parent.name) for home in (offline, llm)]
        for name, key in SECTIONS.items():
            told = [counted(one["digest"].get(key)) for one in pair]
            if any(told):
                print(f"{family:<10}{name:{12 - len(name)}}{told[0]:<40}{told[1]}")
        checked = [f"{one['checked']['withheld']} of {sum(one['checked'].values())}" for one in pair]
        print(f"{family:<10}{'withheld':<12}{checked[0]:<40}{checked[1]}")
        for verdict in (v for one in pair for v in one["verdicts"] if v["status"] == "withheld"):
            print(f"{'':<10}{verdict['place']}: {verdict['text']} ({'; '.join(verdict['reasons'])})")


def facts_of(posts: Path, name: str) -> dict[str, Any]:
    """What a post's notebook keeps of how it was made."""
    return dict(json.loads((posts / name / "index.ipynb").read_text("utf-8"))["metadata"]["digest"])


def counted(section: Any) -> str:
    """`3 texts, 120 characters, 2 sources`, or "" where there is none."""
    told = list(texts(section))
    sources = {ref for _, refs in told for ref in refs}
    cited = f", {len(sources)} sources" if sources else ""
    return f"{len(told)} texts, {sum(len(text) for text, _ in told)} characters{cited}" if told else ""


def texts(value: Any) -> Iterator[tuple[str, list[int]]]:
    """Every text within a part of a digest, with what it cites."""
    if isinstance(value, str):
        yield value, []
    elif isinstance(value, dict) and "text" in value:
        yield value["text"], value.get("sources", [])
    elif isinstance(value, list | dict):
        for part in value if isinstance(value, list) else value.items():
            if isinstance(part, tuple) and part[0] in {"story", "kind"}:
                continue
            yield from texts(part[1] if isinstance(part, tuple) else part)


if __name__ == "__main__":
    main()
