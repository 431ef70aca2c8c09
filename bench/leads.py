"""What leads a family's day, in what order its first stories come, their kinds, and what continues what.

    python bench/leads.py [--articles ARTICLES.jsonl] [--fit] [LABELS.json ...]

ARTICLES are recorded articles (default: those of the folder that `DIGEST_RECORDED` names); LABELS are
readings of them (default: those of `bench/leads/`). The days before `HELD_OUT` were looked at while the
rules were written, the others are reported apart, and so are the written days of `tests/data/stories/`. The
first row of each part is the ranking that the newsroom had once: by independent publishers and freshness
alone. `--fit` prints the weights of `digest_lib/stories/threads.py`, fitted to the days looked at and the
written dev days.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import thread_fit
from story_data import families, recorded
from story_replay import replay

from digest_lib.articles.article import Article
from digest_lib.stories.continuity import CONTINUES
from digest_lib.stories.kinds import HARD, kind_of
from digest_lib.stories.story import Stories, Story
from digest_lib.text.encoder import encoder

HELD_OUT = "2026-07-28"
READINGS = Path(__file__).parent / "leads"
#: Follow-ups that no reading has: a list of its own beside the readings.
OVERLOOKED = "overlooked"
Part = Callable[[str], bool]


def main() -> None:
    options = _options()
    articles = recorded(options.articles)
    readings = {path.stem: json.loads(path.read_text("utf-8")) for path in options.labels}
    overlooked = readings.pop(OVERLOOKED, {"follows": []})["follows"]
    told = replay([*articles.values()], families()).days
    days = {(s.family, str(s.day.date)): s for s in told}
    parts: dict[str, Part] = {
        "looked at": lambda day: day < HELD_OUT,
        "held out": lambda day: day >= HELD_OUT,
    }
    for name, labels in readings.items():
        for part, chosen in parts.items():
            print(f"\n{name}, days {part}")
            leading([d for d in labels["days"] if chosen(d["day"])], days)
            following([f for f in labels["follows"] if chosen(f["day"])], overlooked, days, chosen)
        kinds(labels["kinds"], {a.id: a for a in articles.values()})
    for one, other in combinations(readings, 2):
        agreement(one, readings[one], other, readings[other])
    written_days()
    if options.fit:
        labels = [f for reading in readings.values() for f in reading["follows"]] + overlooked
        fit(list(articles.values()), labels)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    folder = Path(os.environ.get("DIGEST_RECORDED", "."))
    found = next(iter(sorted(folder.glob("articles-*.jsonl"))), None)
    parser.add_argument("--articles", type=Path, default=found)
    parser.add_argument("--fit", action="store_true", help="fit the weights of what goes on with what")
    parser.add_argument("labels", type=Path, nargs="*", default=sorted(READINGS.glob("*.json")))
    options = parser.parse_args()
    if options.articles is None:
        parser.error("no articles: name a file with --articles, or their folder in DIGEST_RECORDED")
    return options


def written_days() -> None:
    """Follow-ups on the written days, dev and held out, with the encoder and without."""
    print("\nwritten days: what goes on with what was told")
    for name, meaning in (("with the encoder", encoder()), ("without", None)):
        for part in ("dev", "held-out"):
            right, missed, false, _ = thread_fit.scored(thread_fit.written(part, meaning), CONTINUES)
            print(f"  {name:<17} {part:<9} right {right}, missed {missed}, false {false}")


def fit(articles: Sequence[Article], labels: Sequence[Mapping[str, Any]]) -> None:
    """The weights of `threads`, from what every day has to tell, continued or not."""
    days = replay(articles, families(), published=False).days
    for name, meaning in (("with the encoder", encoder()), ("without", None)):
        cases = thread_fit.recorded(days, labels, articles, meaning)
        looked_at = [case for day, case in cases if day < HELD_OUT]
        weights = thread_fit.fitted([*looked_at, *thread_fit.written("dev", meaning)])
        print(f"  weights, {name}: ({', '.join(f'{w:.3g}' for w in weights)})")


def leading(labels: Sequence[Mapping[str, Any]], days: Mapping[tuple[str, str], Stories]) -> None:
    """How often the day's first story is one that may lead, and Kendall's tau of the first three."""
    ways: dict[str, Callable[[Stories], list[Story]]] = {"voices alone": _by_voices, "as ranked": list}
    for way, order in ways.items():
        right, taus, missing = 0, [], 0
        for label in labels:
            stories = days[label["family"], label["day"]]
            ids = [{a.id for a in story.articles} for story in order(stories)]
            right += bool(ids and ids[0] & set(label["lead"]))
            places = [next((n for n, s in enumerate(ids) if a in s), None) for a in label["order"]]
            known = [p for p in places if p is not None]
            missing += len(places) - len(known)
            if len(set(known)) > 1:
                taus.append(tau(known))
        mean = sum(taus) / len(taus) if taus else float("nan")
        print(f"  {way:<14} lead right {right} of {len(labels)}; first three: Kendall tau {mean:.2f}"
              f" over {len(taus)} days ({missing} stories not told)")  # fmt: skip


def _by_voices(stories: Stories) -> list[Story]:
    """The order by independent publishers and the vendor's own page, then the newest."""
    return sorted(stories, key=lambda s: (-(s.publishers + s.official), -s.last.timestamp(), s.id))


def tau(places: Sequence[int]) -> float:
    """Kendall's tau of places that should rise: 1 where all pairs are in order, -1 where none is."""
    pairs = [(a, b) for a, b in combinations(places, 2) if a != b]
    return sum(1 if a < b else -1 for a, b in pairs) / len(pairs)


def following(
    labels: Sequence[Mapping[str, Any]],
    overlooked: Sequence[Mapping[str, Any]],
    days: Mapping[tuple[str, str], Stories],
    chosen: Part,
) -> None:
    """Follow-ups: told as such and right, missed, and told as such where nothing is continued; what the
    readings `overlooked` is none of these."""
    known = {(f["family"], f["day"], article) for f in overlooked for article in articles_of(f)}
    wanted = {(f["family"], f["day"], article) for f in labels for article in articles_of(f)}
    right = missed = 0
    for label in labels:
        stories, those = days[label["family"], label["day"]], articles_of(label)
        told = any(s.follows for s in stories if those & {a.id for a in s.articles})
        # A story left out since it adds nothing was seen as a continuation, too.
        why = [stories.left_out.get(article, "") for article in those]
        told = told or any(reason.startswith(("nothing new", "already in")) for reason in why)
        right, missed = right + told, missed + (not told)
    false = [
        (family, day, story, any((family, day, a.id) in known for a in story.articles))
        for (family, day), stories in days.items()
        if chosen(day)
        for story in stories
        if story.follows and not any((family, day, a.id) in wanted for a in story.articles)
    ]
    late = sum(is_known for *_, is_known in false)
    print(f"  follow-ups     right {right}, missed {missed}, false {len(false) - late}"
          f" ({late} more that the readings overlooked)")  # fmt: skip
    for family, day, story, is_known in false:
        if not is_known:
            print(f"      false: {day} {family}: {story.lead.title[:60]}")


def articles_of(label: Mapping[str, Any]) -> set[str]:
    """The articles of the story that a label is about; a reading may name its lead alone."""
    return set(label.get("articles", ())) | ({label["article"]} if "article" in label else set())


def kinds(labels: Mapping[str, str], articles: Mapping[str, Any]) -> None:
    """How often the kind of event is the reader's, and whether it is at least as hard."""
    for part, late in (("looked at", False), ("held out", True)):
        some = {k: v for k, v in labels.items() if (str(articles[k].published) >= HELD_OUT) is late}
        found = {k: kind_of([articles[k]]) for k in some}
        same = sum(found[k] == v for k, v in some.items())
        hard = sum((found[k] in HARD) == (v in HARD) for k, v in some.items())
        print(f"  kinds, {part:<9} the same {same} of {len(some)}; as hard {hard} of {len(some)}")


def agreement(one: str, first: Mapping[str, Any], other: str, second: Mapping[str, Any]) -> None:
    """How far two readings agree."""
    days = {(d["day"], d["family"]): d for d in second["days"]}
    both = [(d, days[d["day"], d["family"]]) for d in first["days"] if (d["day"], d["family"]) in days]
    leads = sum(a["lead"][0] in b["lead"] or b["lead"][0] in a["lead"] for a, b in both)
    shared = set(first["kinds"]) & set(second["kinds"])
    same = sum(first["kinds"][k] == second["kinds"][k] for k in shared)
    alike = sum(
        any(a["family"] == b["family"] and a["day"] == b["day"] and articles_of(a) & articles_of(b)
            for b in second["follows"])
        for a in first["follows"]
    )  # fmt: skip
    print(f"\n{one} and {other}: leads alike {leads} of {len(both)}; kinds {same} of {len(shared)};"
          f" follow-ups {alike} in both of {len(first['follows'])} and {len(second['follows'])}")  # fmt: skip


if __name__ == "__main__":
    main()
