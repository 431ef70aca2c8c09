"""The check on whole answers: how many good texts it withholds, section by section, and how many false ones it
catches, kind by kind.

The rows are those of `bench/answers/` (`README.md` there); what is right beside a false text must stand, too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_sentence, check_tag, check_text
from digest_lib.checking.digest import Sentence

FOLDER = Path(__file__).resolve().parent / "answers"
#: The sections, as a reader sees them.
SECTIONS = ("headline", "summary", "trend", "stories.headline", "stories.sentences", "stories.why_it_matters",
            "analysis", "key_points", "outlook", "tags")  # fmt: skip

Row = Mapping[str, Any]


def rows(name: str, folder: Path = FOLDER) -> list[Row]:
    """The rows of `good-dev` and the like; none where the file is not there."""
    path = folder / f"{name}.jsonl"
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]


def reasons(row: Row, text: str, by_id: Mapping[str, Article]) -> list[str]:
    """What the check says of a text in the place of this row; with all of the day's articles at hand."""
    day = {k: a for k, a in by_id.items()}
    cited = [day[i] for i in row["sources"] if i in day]
    own = (_OWN[row["family"]],)
    if row["kind"] == "headline":
        return check_text(text, cited, own=own)
    if row["kind"] == "tag":
        return check_tag(text, cited, own=own)
    sentence = Sentence(text=text, sources=list(row["sources"]), kind=row["kind"])
    return check_sentence(sentence, day, own=own)


_OWN = {
    "claude": "Claude",
    "gemini": "Gemini",
    "gpt": "GPT",
    "grok": "Grok",
    "mistral": "Mistral",
    "qwen": "Qwen",
}


def section(row: Row) -> str:
    """The section of a row, the parts of analysis and outlook in one."""
    return next(s for s in sorted(SECTIONS, key=len, reverse=True) if str(row["section"]).startswith(s))


def measure(articles: Sequence[Article], *, show: str = "", folder: Path = FOLDER) -> None:
    """Prints the shares of `dev` and of `heldout`; `show` prints those of dev that are judged wrongly."""
    by_id = {a.id: a for a in articles}
    for part in ("dev", "heldout"):
        good, false = rows(f"good-{part}", folder), rows(f"false-{part}", folder)
        judged = [(r, r["text"], reasons(r, r["text"], by_id)) for r in good]
        twins = [(r, r["true"], reasons(r, r["true"], by_id)) for r in false if r.get("true")]
        caught = [(r, r["text"], reasons(r, r["text"], by_id)) for r in false]
        if not judged:
            continue
        print(f"answers of four days, {part}: good ones withheld, by section")
        for name in SECTIONS:
            _row(name, [bool(why) for r, _, why in judged if section(r) == name])
        _row("all", [bool(why) for _, _, why in judged])
        _row("what is right beside a false one", [bool(why) for _, _, why in twins])
        print(f"answers of four days, {part}: false ones caught, by kind")
        for kind in dict.fromkeys(str(r["false_kind"]) for r in false):
            _row(kind, [bool(why) for r, _, why in caught if r["false_kind"] == kind])
        _row("all", [bool(why) for _, _, why in caught])
        if part == "dev" and show:
            _show(judged + twins, caught, by_id)


def _row(what: str, hits: Sequence[bool]) -> None:
    if hits:
        print(f"  {what:<36} {sum(hits):4} of {len(hits):4}  {100 * sum(hits) / len(hits):5.1f}%")


def _show(good: Sequence[tuple[Row, str, list[str]]], false: Sequence[tuple[Row, str, list[str]]],
          by_id: Mapping[str, Article]) -> None:  # fmt: skip
    for row, text, why in good:
        if why:
            print("   WITHHELD", row["section"], text, why)
    for row, text, why in false:
        if not why:
            told = [f"{by_id[i].title} / {by_id[i].summary}" for i in row["sources"] if i in by_id]
            print("   MISSED", row["false_kind"], text, told)
