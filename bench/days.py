"""What is written above a day's stories (headlines, analysis, outlook, tags) through the real revision.

Each text of `tests/data/checking/days.jsonl` is put alone into its place of a digest whose stories stand, and
is caught when the revised digest does not hold it.
"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from digest_lib.articles.article import Article, Coverage
from digest_lib.checking.digest import Digest, DigestStory, Sentence
from digest_lib.day import Day
from digest_lib.stories.story import Stories, Story
from digest_lib.writing.draft import Draft
from digest_lib.writing.revise import revise
from digest_lib.writing.usage import Writer

DAYS = Path(__file__).resolve().parents[1] / "tests" / "data" / "checking" / "days.jsonl"
_DAY = Day.of("2026-07-29")


def judged(path: Path = DAYS) -> list[tuple[dict[str, Any], dict[str, Any], bool]]:
    """(day, written text, whether it is published) of every text of the file."""
    days = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [(day, w, _stands(w, day)) for day in days for w in day["written"]]


def _stands(written: dict[str, Any], day: dict[str, Any]) -> bool:
    digest = Digest(headline="", stories=[_told(s) for s in day["stories"]])
    _put(written, digest)
    stories = _stories(day)
    draft = Draft(digest, stories, day["name"], "zh-TW", Writer("bench"))
    found = revise(draft, repair_prompt="{sentence}{reasons}{articles}").digest
    texts = [found.headline, *found.tags, *(s.headline for s in found.stories)]
    texts += [s.text for _, group in found.sentences() for s in group]
    return written["text"] in texts


def _told(story: dict[str, Any]) -> DigestStory:
    sentences = [Sentence(**s) for s in story["sentences"]]
    return DigestStory(story=story["id"], headline=story["headline"], sentences=sentences)


def _put(written: dict[str, Any], digest: Digest) -> None:
    place, _, name = written["place"].partition(" ")
    text = written["text"]
    sentence = Sentence(text=text, sources=written["sources"], kind="analysis")
    told = next((s for s in digest.stories if s.story == name), None)
    if place == "headline":
        digest.headline = text
    elif place == "tag":
        digest.tags = [text]
    elif place == "story" and told:
        told.headline = text
    elif place == "why" and told:
        told.why_it_matters = [sentence]
    else:
        dict(digest.sentences())[place].append(sentence)


def _stories(day: dict[str, Any]) -> Stories:
    when = _DAY.cutoff - timedelta(hours=10)
    articles = {
        a["id"]: Article(a["id"], f"https://{a['id'].lower()}.example/1", a["title"], "", a["publisher"], "",
                         a["lang"], when, when, a["text"])
        for a in day["articles"]
    }  # fmt: skip
    items = []
    for told in day["stories"]:
        own = tuple(articles[i] for i in told["articles"])
        items.append(Story(told["id"], own, len(own), when, when, False, "", "", 1.0))
    return Stories(tuple(items), "bench", _DAY, 1, Coverage(3, 3, len(articles)), len(articles))
