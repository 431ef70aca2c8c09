"""The right news, and each event once: how well, beside baselines, on labelled news.

    python bench/stories.py --articles FILE.jsonl --labels FILE.json [--fit] [--own] [--errors]
        [--scale 10000 100000]

Without the options, the files of the folder that `DIGEST_RECORDED` names. The baselines get the threshold
that is best on these very labels; ours keeps the ones it ships with. Ours was fitted to the development
labels and to those of `bench/labels` (the other nine days of the same articles): `--fit` fits it anew on
all sets of days but one and measures that one, which is the figure to believe there. Intervals: the middle
95% of 1,000 resamplings of the stories.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from story_cases import written
from story_data import Labelled, families, labelled, matcher, multiplied, own_labels, recorded
from story_fit import Pairs, fitted, held_out
from story_replay import appearances, replay
from story_scores import Unit, bcubed, counted, cross_recall, interval, pair_f1, units

from digest_lib.articles.article import Article
from digest_lib.stories import grouping
from digest_lib.stories.cluster import group
from digest_lib.stories.match import technical_feeds
from digest_lib.stories.matrices import matrices
from digest_lib.stories.traits import Ids, Traits, ids_in, traits
from digest_lib.text.encoder import Encoder, encoder
from digest_lib.text.names import Aliases
from digest_lib.text.vectors import tfidf

FIGURES: dict[str, Callable[[Sequence[Unit]], float]] = {
    "B-cubed F1": bcubed, "pairs F1": pair_f1, "cross-language recall": cross_recall,
}  # fmt: skip
AIMS = {"B-cubed F1": 0.90, "pairs F1": 0.75, "cross-language recall": 0.60}


def main() -> None:
    options = _options()
    articles = recorded(options.articles)
    labels = labelled(articles, options.labels) if options.labels else None
    if labels is not None:
        stories = set(labels.stories.values())
        print(f"{len(labels.articles)} labelled articles, {len(stories)} stories of two or more")
        if stories:  # those of bench/labels/about only say which families an article is about
            clustering(labels, errors=options.errors)
        if options.fit and stories:
            fit([labels, *own_labels(articles)])
        matching(labels, errors=options.errors)
        for own in own_labels(articles) if options.own else ():
            print(f"\n{own.articles[0].published:%m-%d} to {own.articles[-1].published:%m-%d}:", end="")
            matching(own, errors=options.errors)
    written(errors=options.errors)
    replaying(list(articles.values()), labels, errors=options.errors)
    scaling(list(articles.values()), options.scale)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    folder = Path(os.environ.get("DIGEST_RECORDED", "."))
    parser.add_argument(
        "--articles", type=Path, default=next(iter(sorted(folder.glob("articles-*.jsonl"))), None)
    )
    parser.add_argument("--labels", type=Path, default=next(iter(sorted(folder.glob("labels-*.json"))), None))
    parser.add_argument("--fit", action="store_true", help="fit the weights anew, and measure held-out days")
    parser.add_argument("--own", action="store_true", help="about a family on the days of bench/labels too")
    parser.add_argument("--errors", action="store_true", help="list what went wrong")
    parser.add_argument("--scale", type=int, nargs="*", default=[10_000, 100_000])
    options = parser.parse_args()
    if options.articles is None:
        parser.error("no articles: name a file with --articles, or their folder in DIGEST_RECORDED")
    return options


def clustering(labels: Labelled, *, errors: bool) -> None:
    """Baselines and ours on all the labelled articles together, and ours within each family."""
    texts = [f"{a.title}\n{a.title}\n{a.summary[:160]}" for a in labels.articles]
    vectors = tfidf([*texts, *labels.background])[: len(texts)]
    words = np.asarray((vectors @ vectors.T).todense())
    print(f"\n{'each event once':<34}" + "".join(f"{name:>32}" for name in FIGURES))
    best("TF-IDF, best threshold", words, labels)
    meaning = encoder()
    if meaning is not None:
        dense = meaning.vectors([a.title for a in labels.articles])
        best("encoder + TF-IDF, best threshold", 0.7 * (dense @ dense.T) + 0.3 * words, labels)
    compared = [traits(a) for a in labels.articles]
    background = [ids_in(t) for t in labels.background]
    plain = _labels(compared, background, None)
    show("ours, without the encoder", units(plain, labels.stories, labels.langs))
    ours = _labels(compared, background, meaning)
    show("ours", units(ours, labels.stories, labels.langs))
    print(f"{'aim':<34}" + "".join(f"{aim:>10.2f}{'':22}" for aim in AIMS.values()))
    names = {family: parameters["aliases"] for family, parameters in families().items()}
    for family, about in sorted(labels.about.items()):
        _within(family, sorted(about), labels, names.get(family, ()))
    if errors:
        _errors(ours, labels)


def _labels(compared: Sequence[Traits], background: Sequence[Ids], meaning: Encoder | None) -> list[int]:
    i, j, likely = grouping.likely_pairs(compared, background, meaning)
    pairs = zip(i.tolist(), j.tolist(), likely.tolist(), strict=True)
    return numbered(grouping.merged(len(compared), pairs), len(compared))


def numbered(groups: Sequence[Sequence[int]], size: int) -> list[int]:
    labels = [0] * size
    for number, members in enumerate(groups):
        for k in members:
            labels[k] = number
    return labels


def best(name: str, cosines: np.ndarray, labels: Labelled) -> None:
    """Average linkage at the threshold that is best for B-cubed on these labels."""
    i, j = np.triu_indices(len(cosines), 1)
    keep = cosines[i, j] > 0.05
    i, j = i[keep], j[keep]
    pairs = list(zip(i.tolist(), j.tolist(), cosines[i, j].round(4).tolist(), strict=True))
    tried = []
    for threshold in np.arange(0.10, 0.60, 0.02):
        found = numbered(grouping.merged(len(cosines), pairs, threshold, threshold), len(cosines))
        rows = units(found, labels.stories, labels.langs)
        tried.append((bcubed(rows), threshold, rows))
    _, threshold, rows = max(tried, key=lambda t: t[0])
    show(f"{name} ({threshold:.2f})", rows)


def show(name: str, rows: Sequence[Unit]) -> None:
    cells = []
    for figure in FIGURES.values():
        low, high = interval(rows, figure)
        cells.append(f"{figure(rows):>10.3f}  [{low:.2f}, {high:.2f}]{'':8}")
    print(f"{name:<34}" + "".join(cells))


def _within(family: str, about: Sequence[int], labels: Labelled, names: Sequence[str]) -> None:
    """As a family's notebook does it: only the articles about it, the rest of the window as background."""
    articles = [labels.articles[k] for k in about]
    place = {a.id: n for n, a in enumerate(articles)}
    others = [f"{a.title}\n{a.summary}" for k, a in enumerate(labels.articles) if k not in set(about)]
    together = group(articles, [*others, *labels.background], using=encoder(), names=names)
    groups = [[place[a.id] for a in g] for g in together]
    truth = {n: labels.stories[k] for n, k in enumerate(about) if k in labels.stories}
    counts = [list(truth.values()).count(s) for s in truth.values()]
    if max(counts, default=0) > 1:
        show(
            f"  {family} ({len(about)} articles)",
            units(numbered(groups, len(about)), truth, [a.lang for a in articles]),
        )


def _errors(found: Sequence[int], labels: Labelled) -> None:
    for label in sorted(set(found)):
        members = [k for k, one in enumerate(found) if one == label]
        if len({labels.stories.get(k, str(k)) for k in members}) > 1:
            print("  glued together:")
            for k in members:
                article = labels.articles[k]
                print(f"    {labels.stories.get(k, '-'):6} {article.publisher:16} {article.title[:90]}")
    for story in sorted(set(labels.stories.values())):
        parts = [found[k] for k, s in labels.stories.items() if s == story]
        if len(set(parts)) > 1:
            titles = [labels.articles[k].title[:40] for k, s in labels.stories.items() if s == story]
            print(f"  torn apart: {story} into {sorted(parts.count(p) for p in set(parts))}: {titles}")


def fit(sets: Sequence[Labelled]) -> None:
    """Weights fitted on all sets of days but one, measured on that one."""
    for name, meaning in (("with the encoder", encoder()), ("without", None)):
        pairs = [Pairs(labels, meaning) for labels in sets]
        rows = held_out(pairs) if len(pairs) > 1 else []
        for labels, row in zip(sets, rows, strict=False):
            show(f"  {name}, held out: {labels.articles[-1].published:%m-%d}", row)
        show(f"ours, {name}, held out", [unit for row in rows for unit in row])
        print(f"  weights on everything: ({', '.join(f'{w:.3g}' for w in fitted(pairs))})")


def matching(labels: Labelled, *, errors: bool) -> None:
    """Which articles are about each family of the notebooks."""
    head = f"{'in title or summary':>22}{'in the title':>16}{'ours':>10}{'hits, wrong, missed':>24}"
    print(f"\n{'about a family: F1':<18}{head}")
    technical = technical_feeds(labels.articles)
    sums: dict[str, list[tuple[int, int, int]]] = {"text": [], "title": [], "ours": []}
    for family, parameters in families().items():
        true = labels.about.get(family, set())
        names, judge = Aliases(parameters["aliases"], parameters["exclude"]), matcher(parameters)
        judged = [judge.judge(a, technical=a.feed in technical) for a in labels.articles]
        found = {
            "text": {k for k, a in enumerate(labels.articles) if names.count(f"{a.title}\n{a.summary}")},
            "title": {k for k, a in enumerate(labels.articles) if names.count(a.title)},
            "ours": {k for k in range(len(judged)) if judged[k][0] == "about"},
        }
        rows = {way: (len(f & true), len(f - true), len(true - f)) for way, f in found.items()}
        for way, row in rows.items():
            sums[way].append(row)
        print(
            f"  {family:<22}"
            + "".join(f"{counted([r]):>16.3f}" for r in rows.values())
            + f"{rows['ours']!s:>24}"
        )
        for kind, wrong in (("wrong", found["ours"] - true), ("missed", true - found["ours"])):
            for k in sorted(wrong) if errors else ():
                print(f"    {kind}: {labels.articles[k].title[:90]} — {judged[k][1]}")
    total = "".join(f"{counted(rows):>16.3f}" for rows in sums.values())
    print(f"  {'all, micro (aim 0.90)':<22}{total}")


def replaying(articles: Sequence[Article], labels: Labelled | None, *, errors: bool) -> None:
    begin = time.perf_counter()
    result = replay(articles, families())
    seconds = time.perf_counter() - begin
    print(f"\nreplay: {result.posts} posts ({result.quiet} quiet) in {seconds:.0f} s, encoding included")
    share = result.urls_again / max(1, result.urls)
    print(f"  URLs told before      {result.urls_again} of {result.urls} ({share:.1%}; aim 2%)")
    again, follow_ups = f"{result.again} of {result.stories}", result.follow_ups
    print(f"  stories told before   {again} outside 後續; {follow_ups} under 後續")
    if labels is not None:
        counts, wrong = appearances(result, labels)
        told = f"{counts['once']} of {sum(counts.values())}"
        print(f"  labelled stories about a family, two publishers or more: {told} told, once (aim 95%)")
        for line in wrong if errors else ():
            print(f"    {line}")


def scaling(articles: Sequence[Article], sizes: Sequence[int]) -> None:
    """Clustering in rolling windows, a thousand articles a day; words and vectors ready, as from a cache."""
    base = [traits(a) for a in sorted(articles, key=lambda a: (a.published, a.id))]
    meaning = encoder()
    dense = None
    if meaning is not None and sizes:
        dense = (meaning.vectors([t.headline for t in base]), meaning.vectors([t.lead for t in base]))
    for size in sizes:
        news, vectors = multiplied(base, dense, size, a_day=1000)
        begin = time.perf_counter()
        compared = matrices(news, (), vectors)
        i, j, likely = grouping.scored(compared)
        groups = grouping.merged(size, zip(i.tolist(), j.tolist(), likely.tolist(), strict=True))
        seconds = time.perf_counter() - begin
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(
            f"{size:>8} articles: {seconds:6.1f} s, {len(i)} pairs, {len(groups)} stories, peak {peak:.2f} GB"
        )


if __name__ == "__main__":
    main()
