"""The check on labelled sets of others: UHGEval, and claims with their sources."""

from __future__ import annotations

import json
import re
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_sentence
from digest_lib.checking.digest import Sentence
from digest_lib.text.scripts import fold, language_of
from digest_lib.text.sentences import split_sentences

_BEIJING = timezone(timedelta(hours=8))
_SAID = re.compile(r"「([^」]+)」")
_TAGS = {"nr": "names", "nrt": "names", "nrfg": "names", "ns": "names", "nt": "names", "nz": "names"}


def _source(text: str, when: datetime, title: str = "") -> Article:
    return Article("S", "https://source.example/1", title, "", "", "", language_of(text), when, when, text)


def _reasons(text: str, source: Article, language: str) -> list[str]:
    found = check_sentence(Sentence(text=text, sources=["S"]), {"S": source}, language=language)
    return [r for r in found if not r.startswith("照抄")]


def _lines(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        sys.exit(f"{path} cannot be read as JSON lines: {error}")


def uhgeval(path: Path, *, show: bool = False) -> None:
    """Keywords of a continuation, labelled plausible or contradicted, against opening and real article.

    A keyword is flagged when a reason of the check names it. Numbers are keywords with a digit or a Chinese
    numeral before a counter; names are what rjieba (a segmenter that the check does not use) tags as a name.
    """
    counts: dict[tuple[str, bool], list[bool]] = {}
    items = _lines(path)
    for item in items:
        when = datetime.fromisoformat(item["broadcastDate"]).replace(tzinfo=_BEIJING)
        text = f"{item['newsBeginning']}\n{item['newsRemainder']}"
        source = _source(text, when, item["headLine"])
        sentences = split_sentences(item["hallucinatedContinuation"], "zh-Hans")
        why = [r for s in sentences for r in _reasons(s, source, "zh-CN")]
        said = [fold(q) for r in why for q in _SAID.findall(r)]
        for annotation in item["annotations"]:
            keyword, _, verdict = annotation.partition("<sep>")
            kind = _kind(keyword)
            flagged = any(_touch(fold(keyword), q) for q in said)
            counts.setdefault((kind, verdict.startswith("不合理")), []).append(flagged)
            if show and kind == "names" and flagged != verdict.startswith("不合理"):
                print("   ", "MISSED" if not flagged else "FLAGGED", annotation)
    print(f"UHGEval: {len(items)} items")
    for kind in ("numbers", "names", "other words"):
        for wrong, what in ((True, "contradicted, caught"), (False, "plausible, flagged")):
            hits = counts.get((kind, wrong), [])
            share = f"{100 * sum(hits) / len(hits):5.1f}%" if hits else "  none"
            print(f"  {kind:<12} {what:<22} {share} of {len(hits)}")


def _kind(keyword: str) -> str:
    if re.search(r"\d|[一二三四五六七八九十百千万亿]+(?:[年月日个名人次家项倍成万亿吨届号%]|多)", keyword):
        return "numbers"
    import rjieba

    tags = [tag for _, tag in rjieba.tag(keyword)]
    return "names" if any(tag in _TAGS for tag in tags) else "other words"


def _touch(keyword: str, said: str) -> bool:
    return bool(said) and (said in keyword or keyword in said)


def claims(path: Path, *, show: bool = False) -> None:
    """Claims beside their sources: a claim with any reason counts as unsupported."""
    table = {(True, True): 0, (True, False): 0, (False, True): 0, (False, False): 0}
    for item in _lines(path):
        when = datetime(2026, 7, 29, tzinfo=_BEIJING)
        claim = str(item["claim"])
        language = "zh-TW" if language_of(claim) == "zh-Hant" else "zh-CN"
        why = _reasons(claim, _source(str(item["source"]), when), language)
        table[bool(item["supported"]), not why] += 1
        if show and bool(item["supported"]) == bool(why):
            print("   ", claim, why)
    right = table[True, True] + table[False, False]
    wrong_caught, wrong = table[False, False], table[False, False] + table[False, True]
    good_kept, good = table[True, True], table[True, True] + table[True, False]
    print(f"claims: {wrong + good}; judged rightly {right}")
    print(f"  unsupported, caught   {wrong_caught} of {wrong}")
    print(f"  supported, withheld   {good - good_kept} of {good}")
