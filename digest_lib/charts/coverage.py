"""Where the day's stories come from: who published, and in which languages."""

from __future__ import annotations

import pandas as pd

from digest_lib.charts.alike import shortened
from digest_lib.charts.chart import Chart
from digest_lib.charts.facts import Facts, facts
from digest_lib.charts.lines import fit, shorten, width_of
from digest_lib.charts.style import GREY, PAPER, SMALLEST, Sheet, accent, blend, sheet
from digest_lib.writing.draft import Revised

WIDTH = 1200

_MARGIN, _SPLIT = 40, 760
_FIRST, _ROW, _BAR = 222, 46, 26
_TYPE = SMALLEST
# Languages that the alternative text names; the table has them all.
_NAMED = 4

Bar = tuple[str, int]


def coverage_chart(digest: Revised) -> Chart | None:
    """Bars of the told stories' articles: a publisher each, and a language each. None on a day without
    news, when there is nothing to count."""
    day = facts(digest)
    if not day.articles:
        return None
    publishers, languages = shortened(day.publishers, day.words), _languages(day)
    height = _FIRST + _ROW * max(len(publishers), len(languages)) + 20
    color = accent(day.name)
    with sheet(WIDTH, height) as page:
        _heading(page, day, color)
        _bars(
            page, day.words("coverage by publisher", n=len(day.publishers)), publishers,
            (_MARGIN, _SPLIT - 60), color, rest=len(publishers) < len(day.publishers),
        )  # fmt: skip
        by = day.words("coverage by language", n=len(day.languages))
        _bars(page, by, languages, (_SPLIT, WIDTH - _MARGIN), color)
        png = page.png()
    return Chart(
        "coverage", png, _alt(day, languages), _caption(day), _table(day), WIDTH, height,
        title=day.words("coverage table"), language=day.words.language,
    )  # fmt: skip


def _languages(day: Facts) -> list[Bar]:
    return [(day.words.tongue(code), n) for code, n in day.languages]


# --- drawing


def _heading(page: Sheet, day: Facts, color: str) -> None:
    room = WIDTH - 2 * _MARGIN
    title = day.words("coverage title", stories=len(day.stories), n=day.articles)
    page.box(_MARGIN, 34, 84, 8, color)
    title, size = fit(title, room, 40, serif=True)
    page.text(_MARGIN, 92, title, size, bold=True, serif=True)
    when, size = fit(f"{day.name}　{day.words.date(day.date, 'full date')}", room, _TYPE)
    page.text(_MARGIN, 134, when, size, color=GREY)


def _bars(
    page: Sheet, title: str, bars: list[Bar], span: tuple[float, float], color: str,
    rest: bool = False,
) -> None:  # fmt: skip
    """A column of bars: names on the left, counts at the bars' ends, all from one zero.

    With `rest`, the last is a sum of many: it is paler, since it is no rank.
    """
    left, right = span
    page.text(left, _FIRST - 24, shorten(title, _TYPE, right - left), _TYPE, bold=True)
    names = [shorten(name, _TYPE, 0.58 * (right - left)) for name, _ in bars]
    zero = left + max(width_of(name, _TYPE) for name in names) + 18
    most = max(n for _, n in bars)
    room = right - zero - width_of(f"{most:,}", _TYPE) - 12
    for i, (name, (_, n)) in enumerate(zip(names, bars, strict=True)):
        middle = _FIRST + _ROW * i + _ROW / 2 - 8
        wide = max(3.0, room * n / most)
        page.text(left, middle + 9, name, _TYPE)
        pale = rest and i == len(bars) - 1
        page.box(zero, middle - _BAR / 2, wide, _BAR, blend(color, PAPER, 0.4) if pale else color)
        page.text(zero + wide + 10, middle + 9, f"{n:,}", _TYPE)


# --- the same in words and numbers


def _caption(day: Facts) -> str:
    said = day.words("coverage caption", stories=len(day.stories), n=day.articles)
    (name, most), *others = day.publishers
    if others and most > others[0][1]:
        said += day.words("coverage most", name=name, n=most)
    return said


def _alt(day: Facts, languages: list[Bar]) -> str:
    """What the picture shows beside what its caption says."""
    words = day.words
    named = words.listed([words("count", name=name, n=n) for name, n in languages[:_NAMED]])
    return words("coverage alt", n=len(day.publishers), languages=named)


def _table(day: Facts) -> pd.DataFrame:
    """One row a publisher, all of them, then one a language."""
    words = day.words
    rows = [(words("publisher"), name, n) for name, n in day.publishers]
    rows += [(words("language"), name, n) for name, n in _languages(day)]
    index = pd.Index([name for _, name, _ in rows], name=words("name"))
    columns = {words("kind"): [k for k, _, _ in rows], words("article count"): [n for *_, n in rows]}
    return pd.DataFrame(columns, index=index)
