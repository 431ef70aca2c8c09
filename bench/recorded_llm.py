"""The recorded llm: careful answers to a day's news, played to requests that are worded otherwise.

A changed prompt no longer has the recorded prompt's key. A request is known by its schema and by the titles
of its articles (a story) or the sentences that it tells again (a day); the short names of its articles are
put in the place of the recorded ones.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any

from digest_lib.writing.fake_llm.answers import answer as faithful

FILE = "llm-answers-2026-07-29.jsonl"
_ARTICLE = re.compile(r"^\[(A\d+)\] [^\n]*, [\d-]{10} [\d:]{5}\n(.*)$", re.MULTILINE)
_TOLD = re.compile(r"^- (.+?)((?: ?\[A\d+\])+)$", re.MULTILINE)


class RecordedLlm:
    """A plan for `serving`. `repair` answers what is to be repaired; by default nothing can be."""

    def __init__(self, folder: Path, repair: Callable[[str, str], dict[str, Any]] | None = None) -> None:
        rows = [json.loads(line) for line in (folder / FILE).read_text("utf-8").splitlines()]
        self.stories = [row for row in rows if row["schema"] == "StoryText"]
        self.days = [row for row in rows if row["schema"] == "DayText"]
        self.repair = repair
        #: what was asked that no recorded answer fits
        self.unknown: list[str] = []
        #: title -> the sentences that were recorded of it, so that a day's short names can be told
        self.titles: dict[str, list[str]] = {}
        for row in self.stories:
            listed = articles(row["prompt"])
            for said in row["answer"]["sentences"]:
                self.titles[said["text"]] = [listed[ref] for ref in said["sources"] if ref in listed]

    def __call__(self, body: dict[str, Any]) -> str:
        prompt = "\n".join(str(m["content"]) for m in body["messages"])
        schema = body["response_format"]["json_schema"]["name"]
        return json.dumps(self.answer(schema, prompt), ensure_ascii=False)

    def answer(self, schema: str, prompt: str) -> dict[str, Any]:
        """The answer to one request."""
        if schema == "StoryText" and (row := _nearest(self.stories, articles(prompt).values(), articles)):
            names = {title: ref for ref, title in articles(prompt).items()}
            return renamed(row["answer"], {r: names.get(t, "") for r, t in articles(row["prompt"]).items()})
        if schema == "DayText" and (row := _nearest(self.days, told(prompt), told)):
            return renamed(row["answer"], self._names(row["prompt"], prompt))
        if schema in {"StoryText", "DayText"}:
            self.unknown.append(f"{schema}: {'; '.join(articles(prompt).values()) or prompt[:120]}")
        if schema in {"Sentence", "Mending"} and self.repair is not None:
            return self.repair(schema, prompt)
        if schema == "Sentence":
            return {"text": "", "sources": [], "kind": "fact"}
        if schema == "Mending":
            return {"sentences": []}
        return faithful(schema, prompt, (), Random(0), lambda *_: None)

    def _names(self, recorded: str, asked: str) -> dict[str, str]:
        """The recorded day's short names -> those of the day that is asked about."""
        of_title = self._of_titles(asked)
        return {ref: of_title.get(title, "") for title, ref in self._of_titles(recorded).items()}

    def _of_titles(self, prompt: str) -> dict[str, str]:
        found = {}
        for text, refs in told(prompt).items():
            titles = self.titles.get(text, [])
            if len(titles) == len(refs):
                found.update(zip(titles, refs, strict=True))
        return found


def articles(prompt: str) -> dict[str, str]:
    """Short name -> title of each article that a prompt lists."""
    return dict(_ARTICLE.findall(prompt))


def told(prompt: str) -> dict[str, list[str]]:
    """Each sentence that a prompt tells -> the short names behind it."""
    return {m[0].strip(): re.findall(r"A\d+", m[1]) for m in _TOLD.findall(prompt)}


def _nearest(rows: list[dict[str, Any]], known: Any, of: Callable[[str], Mapping[str, Any]]) -> Any:
    """The row whose prompt shares most with what is `known`; None where none shares anything."""
    wanted = set(known)

    def shared(row: dict[str, Any]) -> float:
        its = of(row["prompt"])
        its = set(its.values()) if of is articles else set(its)
        return len(its & wanted) / max(1, len(its | wanted))

    best = max(rows, key=shared)
    return best if shared(best) else None


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """An answer with other short names; one that is not known is left out."""
    if isinstance(value, dict):
        return {
            k: [names[s] for s in v if names.get(s)] if k == "sources" else renamed(v, names)
            for k, v in value.items()
        }
    return [renamed(v, names) for v in value] if isinstance(value, list) else value
