"""The scores as a tidy table, and what is written beside it: files for pandas, DuckDB or a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digest_lib.day import Day
from digest_lib.files import fill_atomic, write_atomic
from digest_lib.lab.case import Case
from digest_lib.lab.checks import check_of, holds
from digest_lib.lab.experiment import JUDGED, Experiment
from digest_lib.lab.keep import Result
from digest_lib.lab.rate import ratings
from digest_lib.lab.rated import RATED, rated
from digest_lib.lab.scorers import WITHHELD, scores_of
from digest_lib.lab.servers import served

if TYPE_CHECKING:
    import pandas as pd

    from digest_lib.lab.judge import Judging

COLUMNS = ("experiment", "variant", "family", "day", "seed", "scorer", "score")


def cases(results: Iterable[Result]) -> dict[str, Case]:
    """The results for scorers, by name: the digest of the day before is the variant's own where it was run,
    else the one that was published."""
    by_key = {(r.variant, r.family, r.date, r.seed): r for r in results}
    found = {}
    for (variant, family, date, seed), result in by_key.items():
        own = by_key.get((variant, family, str(Day.of(date).shifted(-1)), seed))
        found[result.name] = result.case(own.case().published if own else None)
    return found


def in_order(experiment: Experiment, results: Iterable[Result]) -> list[Result]:
    """The results by variant, as the experiment has them, then by day, family and seed."""
    order = {variant.name: n for n, variant in enumerate(experiment.variants)}
    return sorted(results, key=lambda r: (order[r.variant], r.date, r.family, r.seed or 0))


def scored(experiment: Experiment, results: Sequence[Result]) -> pd.DataFrame:
    """A row a score, in the order of variants, days, families, seeds and scorers. A judge is asked where the
    experiment has one, and its answer is not kept yet."""
    if not experiment.judges:
        return _scored(experiment, results, None)
    from digest_lib.lab.judge import Judging

    with served(experiment) as at:
        return _scored(experiment, results, Judging(experiment, at))


def _scored(experiment: Experiment, results: Sequence[Result], judging: Judging | None) -> pd.DataFrame:
    import pandas as pd

    results = in_order(experiment, results)
    looked = cases(results)
    checks = [
        (a, judging.check(a) if judging and a.type == "llm-rubric" else check_of(a, experiment.path.parent))
        for a in experiment.assertions
    ]
    judged = judging.preferred(experiment.judge, results) if judging and experiment.judge else {}
    people = rated(results, ratings(experiment.folder))
    rows: list[tuple[Any, ...]] = []
    for result in results:
        case = looked[result.name]
        own: dict[str, float | None] = dict(scores_of(case, experiment.scorers))
        own |= {a.scorer: holds(a, case.facts.digest, check) for a, check in checks}
        own[JUDGED] = judged.get(result.name)
        own[RATED] = people.get(result.name)
        who = (experiment.name, result.variant, result.family, result.date, result.seed or 0)
        rows += [(*who, name, score) for name, score in own.items() if score is not None]
    scores = pd.DataFrame(rows, columns=list(COLUMNS))
    return _with_zeros(scores[~_unknown_cost(scores, results)].reset_index(drop=True))


def _unknown_cost(scores: pd.DataFrame, results: Sequence[Result]) -> pd.Series[bool]:
    """The costs of a variant of which one is unknown: what the others cost would pass for its own."""
    unknown = {r.variant for r in results if r.facts.usage.cost_usd is None}
    return (scores["scorer"] == "cost_usd") & scores["variant"].isin(unknown)


def _with_zeros(scores: pd.DataFrame) -> pd.DataFrame:
    """The scores with a 0 for each reason for which a run withheld nothing and another did."""
    import pandas as pd

    run = ["experiment", "variant", "family", "day", "seed"]
    reasons = sorted({str(s) for s in scores["scorer"] if str(s).startswith(f"{WITHHELD}:")})
    all_of_them = scores[scores["scorer"] == WITHHELD][run].merge(pd.DataFrame({"scorer": reasons}), "cross")
    known = set(scores[["variant", "family", "day", "seed", "scorer"]].itertuples(index=False, name=None))
    missing = [key not in known for key in all_of_them[list(COLUMNS[1:6])].itertuples(index=False, name=None)]
    zeros = all_of_them[missing].assign(score=0.0)
    return pd.concat([scores, zeros], ignore_index=True) if len(zeros) else scores


def sentences(results: Iterable[Result], looked: Mapping[str, Case]) -> pd.DataFrame:
    """A row a text that was written, those withheld first, then those repaired."""
    import pandas as pd

    worst = {"withheld": 0, "repaired": 1, "supported": 2}
    rows = [
        (r.variant, r.family, r.date, r.seed or 0, x.place, x.kind, str(x.status), x.written, x.text,
         "; ".join(x.said))
        for r in results for x in looked[r.name].lines
    ]  # fmt: skip
    columns = ["variant", "family", "day", "seed", "place", "kind", "status", "written", "text", "reasons"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values("status", key=lambda s: s.map(worst), kind="stable", ignore_index=True)


def timings(results: Iterable[Result]) -> pd.DataFrame:
    """How long the answers took when they were made; made anew, they take another time."""
    import pandas as pd

    rows = [
        (r.variant, r.family, r.date, r.seed or 0, len(r.requests), sum(q.seconds for q in r.requests))
        for r in results
    ]
    return pd.DataFrame(rows, columns=["variant", "family", "day", "seed", "requests", "seconds"])


def write(
    folder: Path, scores: pd.DataFrame, board: pd.DataFrame, told: pd.DataFrame, timed: pd.DataFrame
) -> None:
    """Writes `scores.csv`, `scores.parquet`, `scoreboard.csv`, `sentences.csv` and `timings.csv`."""
    _csv(folder / "scores.csv", scores)
    _csv(folder / "scoreboard.csv", board)
    _csv(folder / "sentences.csv", told)
    _csv(folder / "timings.csv", timed)
    fill_atomic(folder / "scores.parquet", lambda aside: _parquet(aside, scores))


def _csv(path: Path, frame: pd.DataFrame) -> None:
    write_atomic(path, frame.to_csv(index=False, lineterminator="\n"))


def _parquet(path: Path, scores: pd.DataFrame) -> None:
    """By DuckDB, which is here; one thread, so that the same scores are the same bytes."""
    import duckdb

    with duckdb.connect(config={"threads": 1}) as connection:
        connection.register("scores", scores)
        connection.sql("SELECT * FROM scores").write_parquet(str(path), compression="zstd")
