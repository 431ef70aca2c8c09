"""The check on labelled sets of others: UHGEval, and claims with their sources."""

from __future__ import annotations

import hashlib
import json
import re
import sys
import time
from collections import Counter
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import days as days_module

from digest_lib.articles.article import Article
from digest_lib.checking.check import reasons_of
from digest_lib.checking.clauses import features
from digest_lib.checking.digest import Sentence
from digest_lib.checking.reasons import said
from digest_lib.text.encoder import encoder
from digest_lib.text.scripts import fold, language_of
from digest_lib.text.sentences import split_sentences

#: What a digest may not do and a claim may: how it is written says nothing of whether it is supported.
HOUSE_RULES = re.compile("copied|simplified|mainland|not_chinese|empty|leak_.*")

_BEIJING = timezone(timedelta(hours=8))
_SAID = re.compile(r"「([^」]+)」")
_TAGS = {"nr": "names", "nrt": "names", "nrfg": "names", "ns": "names", "nt": "names", "nz": "names"}


def _source(text: str, when: datetime, title: str = "") -> Article:
    return Article("S", "https://source.example/1", title, "", "", "", language_of(text), when, when, text)


def _reasons(text: str, source: Article, language: str, *, by_meaning: bool = True) -> list[str]:
    sentence = Sentence(text=text, sources=["S"])
    found = reasons_of(sentence, {"S": source}, language=language, by_meaning=by_meaning)
    return said([r for r in found if not HOUSE_RULES.fullmatch(r.key)], "zh-TW")


def _lines(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        sys.exit(f"{path} cannot be read as JSON lines: {error}")


def uhgeval(path: Path, part: slice, *, show: bool = False) -> None:
    """Keywords of a continuation, labelled plausible or contradicted, against opening and real article.

    `part`: of the items, those that are measured. A keyword is flagged when a reason of the check names it.
    Numbers are keywords with a digit or a Chinese numeral before a counter; names are what rjieba tags as a
    name. The check asks the same segmenter, among other things: a name that it does not tell counts among the
    other words.
    """
    counts: dict[tuple[str, bool], list[tuple[bool, bool]]] = {}
    items = _lines(path)[part]
    for item in items:
        when = datetime.fromisoformat(item["broadcastDate"]).replace(tzinfo=_BEIJING)
        text = f"{item['newsBeginning']}\n{item['newsRemainder']}"
        source = _source(text, when, item["headLine"])
        sentences = split_sentences(item["hallucinatedContinuation"], "zh-Hans")
        why = [r for s in sentences for r in _reasons(s, source, "zh-CN")]
        named = [fold(q) for r in why for q in _SAID.findall(r)]
        for annotation in item["annotations"]:
            keyword, _, verdict = annotation.partition("<sep>")
            kind = _kind(keyword)
            flagged = any(_touch(fold(keyword), q) for q in named)
            absent = fold(keyword) not in fold(f"{item['headLine']}\n{text}")
            counts.setdefault((kind, verdict.startswith("不合理")), []).append((flagged, absent))
            if show and kind == "names" and flagged != verdict.startswith("不合理"):
                print("   ", "MISSED" if not flagged else "FLAGGED", annotation)
    print(f"UHGEval: {len(items)} items; the check beside «the keyword is absent from the source»")
    for kind in ("numbers", "names", "other words"):
        wrong, plausible = counts.get((kind, True), []), counts.get((kind, False), [])
        for i, who in enumerate(("the check", "absent from the source")):
            caught, flagged = _share(wrong, i), _share(plausible, i)
            print(f"  {kind:<12} {who:<24} caught {caught:6.1%} of {len(wrong):4}   flagged {flagged:6.1%} of"
                  f" {len(plausible):4}   balanced accuracy {(caught + 1 - flagged) / 2:.3f}")  # fmt: skip


def _share(hits: list[tuple[bool, bool]], which: int) -> float:
    return sum(hit[which] for hit in hits) / len(hits) if hits else 0.0


def _kind(keyword: str) -> str:
    if re.search(r"\d|[一二三四五六七八九十百千万亿]+(?:[年月日个名人次家项倍成万亿吨届号%]|多)", keyword):
        return "numbers"
    import rjieba

    tags = [tag for _, tag in rjieba.tag(keyword)]
    return "names" if any(tag in _TAGS for tag in tags) else "other words"


def _touch(keyword: str, said: str) -> bool:
    return bool(said) and (said in keyword or keyword in said)


def claims(path: Path, *, show: bool = False, by_meaning: bool = True) -> None:
    """Claims beside their sources: a claim with any reason counts as unsupported.

    Where the lines say what kind they are, and of which part, each is also reported by itself.
    """
    begin = time.perf_counter()
    judged = [(item, _claim_reasons(item, by_meaning)) for item in _lines(path)]
    each = 1000 * (time.perf_counter() - begin) / max(1, len(judged))
    print(f"{'with' if by_meaning and encoder() else 'without'} the encoder, {each:.0f} ms a claim")
    for item, why in judged:
        if show and bool(item["supported"]) == bool(why) and item.get("part") != "held-out":
            print("   ", item["claim"], why, "|", item["source"][:160])
    for part in dict.fromkeys(["", *(str(item.get("part", "")) for item, _ in judged)]):
        some = [(item, why) for item, why in judged if part in {"", item.get("part")}]
        _claims_row(part, [(bool(item["supported"]), bool(why)) for item, why in some])
    kinds = Counter(str(item.get("kind", "")) for item, _ in judged)
    for kind, whole in kinds.items() if len(kinds) > 1 else ():
        flagged = sum(bool(why) for item, why in judged if str(item.get("kind", "")) == kind)
        print(f"  {kind:<12} flagged {flagged:3} of {whole:3}")


def shared(path: Path) -> None:
    """The simplest other way, beside the check: a claim with less than a share of its words in its source is
    unsupported. The share is the best one of half the sources, drawn by their hash; told is the other half,
    in balanced accuracy, of both ways."""
    items = _lines(path)
    half = [hashlib.sha256(str(item["source"]).encode()).digest()[0] % 2 for item in items]
    shares = [_share_of_words(str(item["claim"]), str(item["source"])) for item in items]
    supported = [bool(item["supported"]) for item in items]
    flagged = {t: [share < t for share in shares] for t in {*shares}}
    least = max(flagged, key=lambda t: _balanced(flagged[t], supported, half, 0))
    checked = [bool(_claim_reasons(item, False)) for item in items]
    for who, flags in ((f"less than {least:.2f} of its words", flagged[least]), ("the check", checked)):
        print(f"  {who:<28} balanced accuracy {_balanced(flags, supported, half, 1):.3f}"
              f" of the {sum(half)} that no share was chosen on")  # fmt: skip


def _share_of_words(claim: str, source: str) -> float:
    own, there = (features(fold(text)) for text in (claim, source))
    return len(own & there) / len(own) if own else 1.0


def _balanced(flags: list[bool], supported: list[bool], half: list[int], which: int) -> float:
    """The mean of what is caught of the unsupported ones and what is kept of the others, of one half."""
    some = [(f, good) for f, good, part in zip(flags, supported, half, strict=True) if part == which]
    wrong, right = ([f for f, good in some if good is kind] for kind in (False, True))
    return (sum(wrong) / max(1, len(wrong)) + 1 - sum(right) / max(1, len(right))) / 2


def _claim_reasons(item: dict[str, Any], by_meaning: bool) -> list[str]:
    when = datetime(2026, 7, 29, tzinfo=_BEIJING)
    claim = str(item["claim"])
    languages = {"zh-Hant": "zh-TW", "en": "en"}
    language = languages.get(language_of(claim), "zh-CN")
    return _reasons(claim, _source(str(item["source"]), when), language, by_meaning=by_meaning)


def _claims_row(part: str, judged: list[tuple[bool, bool]]) -> None:
    caught = sum(flagged and not good for good, flagged in judged)
    wrong = sum(not good for good, _ in judged)
    withheld = sum(flagged and good for good, flagged in judged)
    kept = len(judged) - wrong - withheld
    precision = caught / (caught + withheld) if caught else 0.0
    recall = caught / wrong if wrong else 0.0
    print(f"claims{' ' + part if part else ''}: {len(judged)}; judged rightly {caught + kept}")
    print(f"  unsupported, caught   {caught} of {wrong}   precision {precision:.3f}, recall {recall:.3f}")
    print(f"  supported, withheld   {withheld} of {len(judged) - wrong}")


def days(*, show: bool = False) -> None:
    """What is written above a day's stories: what is false and caught, what is good and withheld."""
    judged = days_module.judged()
    print("above the stories of a day (headlines, analysis, outlook, tags), through the revision")
    for part in ("dev", "held-out"):
        some = [(w, stands) for day, w, stands in judged if day["part"] == part]
        false = [not stands for w, stands in some if not w["good"]]
        good = [not stands for w, stands in some if w["good"]]
        print(f"  {part:<10} false, caught {sum(false):3} of {len(false)}"
              f"   good, withheld {sum(good):3} of {len(good)}")  # fmt: skip
        for w, stands in some:
            if show and part == "dev" and stands != w["good"]:
                print("   ", "WITHHELD" if w["good"] else "MISSED", w["place"], w["text"], w["sources"])
