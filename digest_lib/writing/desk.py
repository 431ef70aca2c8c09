"""How a notebook shows a draft and its verdicts: by places that a person knows, with publishers' names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from digest_lib import desk_table
from digest_lib.articles.article import Article
from digest_lib.checking.digest import Digest, Status, Verdict
from digest_lib.writing.overview import NUMBER

_STATUS = {Status.SUPPORTED: "保留", Status.REPAIRED: "修正", Status.WITHHELD: "撤下"}
#: What needs a look comes first.
_ORDER = (Status.WITHHELD, Status.REPAIRED, Status.SUPPORTED)
_KINDS = {"fact": "事實", "analysis": "分析", "count": "統計"}
_PLACES = {
    "headline": "標題", "summary": "摘要", "trend": "趨勢", "analysis.industry": "產業",
    "analysis.rivals": "對手", "analysis.market": "市場", "key_points": "重點", "numbers": "數字",
    "outlook.developers": "開發者", "outlook.users": "使用者", "tags": "標籤",
}  # fmt: skip
_PARTS = {"headline": " 標題", "sentences": "", "why_it_matters": " 為什麼重要"}
_STORY = re.compile(r"stories\[(.*)\]\.(\w+)")


def draft_table(digest: Digest, articles: Mapping[str, Article], language: str) -> str:
    """A row a sentence: place, kind, text and the publishers that it rests on."""
    rows = [
        (place_name(place, digest), _KINDS[s.kind], s.text, _publishers(s.sources, articles, language))
        for place, sentences in digest.sentences()
        for s in sentences
    ]
    return desk_table.table(("位置", "類型", "內容", "來源"), rows, unit="句")


def verdict_table(verdicts: Iterable[Verdict], digest: Digest) -> str:
    """A row a checked text, those withheld first. `digest` is the one that was checked: its stories' order
    gives their numbers."""
    checked = sorted(verdicts, key=lambda v: _ORDER.index(v.status))
    rows = [(_STATUS[v.status], place_name(v.place, digest), v.text, _why(v)) for v in checked]
    return desk_table.table(("狀態", "位置", "內容", "理由"), rows, unit="句")


def verdict_counts(counts: Mapping[Status, int]) -> str:
    """How many sentences stand, were repaired and were withheld."""
    return "、".join(f"{_STATUS[status]} {n:,} 句" for status, n in counts.items())


def place_name(place: str, *digests: Digest) -> str:
    """A place as a person calls it: `stories[ID].sentences` is «新聞 1» where that is the first story of the
    first of the digests that has it.

    A place that is not known keeps its own name.
    """
    found = _STORY.fullmatch(place)
    if not found:
        return _PLACES.get(place, place)
    told = ([story.story for story in digest.stories] for digest in digests)
    number = next((f" {ids.index(found[1]) + 1}" for ids in told if found[1] in ids), "")
    return f"新聞{number}{_PARTS.get(found[2], f' {found[2]}')}"


def _publishers(sources: Iterable[str], articles: Mapping[str, Article], language: str) -> str:
    """Each publisher once, in the order of the sources; an id without an article says so."""
    return "、".join(dict.fromkeys(_publisher(s, articles, language) for s in sources))


def _publisher(source: str, articles: Mapping[str, Article], language: str) -> str:
    if source in articles:
        return articles[source].publisher_in(language)
    return "統計" if source.startswith(NUMBER) else f"沒有這篇：{source}"


def _why(verdict: Verdict) -> str:
    before = [f"原句：{verdict.before}"] if verdict.before else []
    return "；".join([*verdict.reasons, *before])
