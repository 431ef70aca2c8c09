"""How much of what is false the check catches, and how much of what is right it withholds.

    DIGEST_RECORDED=/path python bench/checking.py        # recorded news, broken one way each; paraphrases
    python bench/checking.py --uhgeval FILE               # items of UHGEval, one JSON object a line
    python bench/checking.py --claims FILE.jsonl          # {"source", "claim", "supported"} a line

The faithful sentences are the articles' own, so copying them is not counted against them here; paraphrases
are checked whole. Sentences are drawn with a fixed seed: two runs print the same shares.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import breaking
import labelled
import prose

from digest_lib.articles.article import Article
from digest_lib.checking import check as checking
from digest_lib.checking.digest import Sentence
from digest_lib.checking.reasons import table
from digest_lib.text.encoder import encoder
from digest_lib.text.names import latin_names
from digest_lib.text.scripts import HAN
from digest_lib.text.sentences import split_sentences
from digest_lib.text.traditional import in_words


def beginnings(*keys: str) -> tuple[str, ...]:
    """How these reasons begin, in any language."""
    return tuple(words.partition("{")[0] for key in keys for words in table()[key].values())


DATA = Path(__file__).resolve().parents[1] / "tests" / "data" / "checking"
PARAPHRASES = DATA / "paraphrases.jsonl"
#: The same, reworded as freely as news is.
FREE = DATA / "paraphrases-free.jsonl"
#: The same in English, of English and Chinese articles.
ENGLISH = DATA / "paraphrases-en.jsonl"
#: Broken sentences of one kind.
MOST = 1500
SEED = "2026"
#: So many items of UHGEval are dev, the rest held out.
DEV = 250
#: What a publisher may do and a digest may not.
HOUSE_RULES = beginnings("foreign_link", "mainland")
COPIED = beginnings("copied")


def recorded() -> list[Article]:
    """The recorded articles, each URL once."""
    folder = os.environ.get("DIGEST_RECORDED")
    if not folder:
        sys.exit("DIGEST_RECORDED must name the folder of recorded news")
    rows = [json.loads(line) for f in sorted(Path(folder).glob("articles-*.jsonl"))
            for line in f.read_text("utf-8").splitlines()]  # fmt: skip
    return list({row["url"]: _article(row) for row in reversed(rows)}.values())


def _article(row: dict[str, str]) -> Article:
    when = datetime.fromisoformat(row["published"])
    url, feed = row["url"], row["feed"]
    return Article(Article.id_of(url), url, row["title"], row["summary"], feed, feed, row["lang"], when, when)


def reasons(text: str, sources: list[Article], *, copies: bool = False) -> list[str]:
    """What the check says of the text; without what it says of copying, unless `copies`."""
    sentence = Sentence(text=text, sources=[a.id for a in sources])
    language = "zh-TW" if HAN.search(text) else "en"
    found = checking.check_sentence(sentence, {a.id: a for a in sources}, language=language)
    return [r for r in found if copies or not r.startswith(COPIED)]


def faithful(articles: list[Article]) -> Iterator[tuple[str, Article]]:
    """Every sentence of the articles with its article, in Traditional Chinese where it is Chinese."""
    for article in articles:
        for text in (article.title, *split_sentences(article.summary, article.lang)):
            if len(text) >= 8:
                yield (in_words(text, "zh-Hans") if article.lang == "zh-Hans" else text), article


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:5.1f}% of {whole:5}" if whole else "    none"


def row(what: str, caught: int, whole: int, aim: str = "") -> None:
    print(f"  {what:<44} {share(caught, whole):>18}   {aim}")


def measure_breaks(articles: list[Article], show: str) -> None:
    """Faithful sentences withheld, and each kind of break caught."""
    whole = list(faithful(articles))
    good = [(t, a) for t, a in whole if not reasons(t, [a])]
    print("sentences of recorded articles, each in its own article")
    row("faithful ones withheld (false alarms)", len(whole) - len(good), len(whole), "as few as can be")
    ruled = [t for t, a in whole if (why := reasons(t, [a])) and all(r.startswith(HOUSE_RULES) for r in why)]
    row("  of these: links, mainland words", len(ruled), len(whole), "withheld on purpose")
    print("broken one way: caught")
    random.Random(SEED).shuffle(good)
    for kind, (breaker, aim) in breaking.KINDS.items():
        broken = _broken(good, breaker, kind)
        caught = [bool(reasons(text, [article])) for text, article in broken]
        row(kind, sum(caught), len(caught), f"aim {aim:.0f}%" if aim else "reported")
        if show == kind:
            for (text, article), hit in zip(broken, caught, strict=True):
                if not hit:
                    print(
                        "   MISSED", text, "|", article.title, "|", article.summary[:200].replace("\n", " ")
                    )
    _citations(good, articles)


def _broken(
    good: list[tuple[str, Article]], breaker: breaking.Breaker, kind: str
) -> list[tuple[str, Article]]:
    found = []
    for n, (text, article) in enumerate(good):
        broken = breaker(text, article, random.Random(f"{SEED} {kind} {n}"))
        if broken and broken != text:
            found.append((broken, article))
        if len(found) == MOST:
            break
    return found


def _citations(good: list[tuple[str, Article]], articles: list[Article]) -> None:
    rng = random.Random(SEED)
    some = good[:MOST]
    invented = [checking.check_sentence(Sentence(text=t, sources=["A99"]), {a.id: a}) for t, a in some]
    row("invented citation", sum(map(bool, invented)), len(some), "aim 99%")
    rich = [(t, a) for t, a in some if checking.stated(t) or latin_names(t) or checking.well_known(t)]
    wrong = [bool(reasons(t, [rng.choice(articles)])) for t, a in rich]
    row("wrong source (states a number or a name)", sum(wrong), len(rich), "aim 99%")
    wrong = [bool(reasons(t, [rng.choice(articles)])) for t, a in some]
    row("wrong source (any sentence)", sum(wrong), len(some), "reported")


def measure_paraphrases(articles: list[Article], show: str) -> None:
    """Careful paraphrases withheld, and the same with a negation or a direction turned."""
    by_url = {a.url: a for a in articles}
    rows = [json.loads(line) for line in PARAPHRASES.read_text("utf-8").splitlines()]
    print("careful paraphrases withheld (false alarms)")
    _false_alarms(rows, by_url, ("zh-Hant", "zh-Hans", "en", ""), show)
    print("freely reworded ones withheld (false alarms)")
    free = [json.loads(line) for line in FREE.read_text("utf-8").splitlines()]
    _false_alarms(free, by_url, ("zh-Hant", "zh-Hans", "en", ""), show)
    print("careful paraphrases in English withheld (false alarms)")
    english = [json.loads(line) for line in ENGLISH.read_text("utf-8").splitlines()]
    _false_alarms(english, by_url, ("zh-Hant", "en", ""), show)
    print("careful paraphrases with one thing broken: caught")
    for kind in ("number", "name: of the glossary", "negation", "direction"):
        breaker = breaking.KINDS[kind][0]
        good = [(r["text"], by_url[r["url"]]) for r in rows]
        good = [(t, a) for t, a in good if not reasons(t, [a])]
        broken = _broken(good, breaker, kind)
        row(kind, sum(bool(reasons(t, [a])) for t, a in broken), len(broken), "reported")
        if show == "paraphrased " + kind:
            for t, a in broken:
                if not reasons(t, [a]):
                    print("   MISSED", t, "|", a.title, "|", a.summary[:250])


def _false_alarms(
    rows: list[dict[str, str]], by_url: dict[str, Article], languages: tuple[str, ...], show: str
) -> None:
    for part in ("dev", "held-out"):
        for lang in languages:
            some = [r for r in rows if r["part"] == part and lang in (r["from"], "")]
            found = [reasons(r["text"], [by_url[r["url"]]], copies=True) for r in some]
            row(f"{part}, {'from ' + lang if lang else 'all'}", sum(map(bool, found)), len(some),
                "" if lang else "aim at most 5%")  # fmt: skip
            if not lang and show == part == "dev":
                for r, why in zip(some, found, strict=True):
                    if why:
                        print("   ", r["text"], why, "|", by_url[r["url"]].title, by_url[r["url"]].summary)


def timing(articles: list[Article]) -> None:
    """60 sentences, each citing two of 40 full-text articles, cold: nothing kept from before. The articles'
    own sentences, and paraphrases, about which the encoder is asked."""
    texts = [a for a in articles if len(a.summary) > 200]
    full = [texts[i].reading("\n".join(b.summary for b in texts[i : i + 20])) for i in range(40)]
    rng = random.Random(SEED)
    post = [Sentence(text=rng.choice(split_sentences(a.summary, a.lang)), sources=[a.id, rng.choice(full).id])
            for a in (full * 2)[:60]]  # fmt: skip
    _timed("of their own", post, full, by_meaning=False)
    by_url = {a.url: a for a in articles}
    rows = [json.loads(line) for line in PARAPHRASES.read_text("utf-8").splitlines()]
    told = {url: by_url[url].reading(rng.choice(full).text) for url in dict.fromkeys(r["url"] for r in rows)}
    told = dict(list(told.items())[:40])
    some = [r for r in rows if r["url"] in told] * 2
    freely = [Sentence(text=r["text"], sources=[told[r["url"]].id, rng.choice(list(told.values())).id])
              for r in some[:60]]  # fmt: skip
    for by_meaning in (False, True):
        _timed("in other words", freely, list(told.values()), by_meaning=by_meaning)


def _timed(what: str, post: list[Sentence], full: list[Article], *, by_meaning: bool) -> None:
    known = {a.id: a for a in full}
    model = encoder() if by_meaning else None
    checking.check_sentence(post[0], known, by_meaning=by_meaning)
    spent = []
    for _ in range(3):
        forget()
        if model:
            model.forget()
        begin = time.process_time()
        for sentence in post:
            checking.check_sentence(sentence, known, by_meaning=by_meaning)
        spent.append(time.process_time() - begin)
    cited = {i for s in post for i in s.sources}
    size = statistics.mean(len(known[i].text) for i in cited)
    how = "with the encoder (reported)" if model else "without the encoder (aim < 1 s)"
    print(f"60 sentences {what} against {len(cited)} articles of {size:.0f} characters: "
          f"{statistics.median(spent):.2f} s of CPU {how}")  # fmt: skip


def forget() -> None:
    """Empties what the newsroom keeps of the texts that it has read, not its tables, which are read once."""
    modules = [m for name, m in list(sys.modules.items()) if name.startswith("digest_lib.")]
    for kept in {id(v): v for m in modules for v in vars(m).values()}.values():
        if callable(getattr(kept, "cache_parameters", None)) and kept.cache_parameters()["maxsize"]:
            kept.cache_clear()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--uhgeval", type=Path)
    parser.add_argument("--claims", type=Path)
    parser.add_argument(
        "--show", default="", help="print what was missed of this kind (or `dev`: false alarms)"
    )
    parser.add_argument("--only", default="", help="breaks, paraphrases, days, answers or timing")
    given = parser.parse_args()
    if given.uhgeval:
        for name, part in (("dev", slice(DEV)), ("held-out", slice(DEV, None))):
            print(name, end=" ")
            labelled.uhgeval(given.uhgeval, part, show=bool(given.show) and name == "dev")
    if given.claims:
        labelled.claims(given.claims, by_meaning=False)
        labelled.claims(given.claims, show=bool(given.show))
        labelled.shared(given.claims)
    if given.uhgeval or given.claims:
        return
    articles = recorded()
    if given.only in {"", "breaks"}:
        measure_breaks(articles, given.show)
    if given.only in {"", "paraphrases"}:
        measure_paraphrases(articles, given.show)
    if given.only in {"", "days"}:
        labelled.days(show=given.show == "days")
    if given.only in {"", "answers"}:
        prose.measure(articles, show=given.show if given.only == "answers" else "")
    if given.only in {"", "timing"}:
        timing(articles)


if __name__ == "__main__":
    main()
