"""The charts of a post's page, drawn from its facts: nothing that a notebook left is taken for a drawing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from digest_lib.charts.alike import marks, quiet_title, shortened
from digest_lib.charts.words import Words
from digest_lib.sections.facts import Facts, StoryFacts
from digest_lib.sections.foreign import headline_html
from digest_lib.sections.markup import esc
from digest_lib.sections.story_html import story_anchor
from digest_lib.site.drawn.bars import Bar, bars, strip
from digest_lib.site.drawn.counts import Ranked, languages, own, percent, publishers, span, trend
from digest_lib.site.drawn.figure import Figure, Folded, Table, inside
from digest_lib.site.drawn.lines import HEIGHT, Line, lines
from digest_lib.site.drawn.svg import drawing

#: A bar is not full for fewer publishers than this: one alone is not wide.
_WIDELY: Final = 4
#: Of so many articles there is nothing to compare.
_FEW: Final = 2
#: From so many independent publishers on, a story is reported more widely than by one.
_TOLD: Final = 2


def figures(facts: Facts) -> Mapping[str, Figure]:
    """The charts of a post, by the names that the notebook gives them. One that the facts do not tell enough
    for, as those of older posts, is left out: the page shows the notebook's picture."""
    words = Words.of(facts.language)
    return {name: _DRAWN[name](facts, words) for name in names(facts)}


def names(facts: Facts) -> list[str]:
    """Of which charts there are `figures`; nothing is drawn for it."""
    if facts.retracted:
        return []
    told = {
        "infographic": True,
        "trend": own(facts, span(facts.history, facts.date)).last is not None,
        "coverage": any(source.story for source in facts.sources),
    }
    return [name for name, enough in told.items() if enough]


def data_name(name: str) -> str:
    """The file of a chart's data, beside the post."""
    return f"{name}.csv"


def data(facts: Facts, name: str) -> bytes:
    """What is in it."""
    return _DRAWN[name](facts, Words.of(facts.language)).table.csv()


def figure_html(name: str, figure: Figure, facts: Facts, picture: str | None) -> str:
    """What stands inside the `<figure>` on the post's page; `picture` is the file of the same as a picture,
    for whoever wants to show it elsewhere."""
    words = Words.of(facts.language)
    more = f'<a class="picture-link" href="{esc(picture)}">{esc(words("picture"))}</a>' if picture else ""
    foot = Folded(
        words("data table"), words("download"), data_name(name), figure.measure or figure.finding, more
    )
    return inside(figure, foot)


# --- the day: its numbers, and how widely each story was reported


def _day(facts: Facts, words: Words) -> Figure:
    stories = facts.stories
    finding = _day_finding(facts, words) if stories else quiet_title(words, facts.window_days)
    drawn = _numbers(facts, words)
    if len(stories) > 1:
        most = max(_WIDELY, *(story.publishers for story in stories))
        # Of stories that are all reported alike there is nothing to compare.
        level = len({story.publishers for story in stories}) == 1 or all(
            s.publishers < _TOLD for s in stories
        )
        items = "".join(_width(s, facts, words, 0 if level else most) for s in stories)
        drawn += f'<ol class="widths{" level" if level else ""}">{items}</ol>'
    rows = [(s.headline, s.publishers, len(s.articles), words.listed(_marks(s, words))) for s in stories]
    heads = (words("item"), words("publishers of day"), words("article count"), words("kind"))
    listening = [(words("seen of day"), None, facts.coverage.articles, "")]
    table = Table(words("day table"), heads, [*rows, *listening])
    return Figure(finding, words("day measure") if len(stories) > 1 else "", drawn, table)


def _day_finding(facts: Facts, words: Words) -> str:
    counts = sorted((story.publishers for story in facts.stories), reverse=True)
    most = counts[0]
    if len(counts) == 1:
        alone = "day finding vendor" if facts.stories[0].official else "day finding companies"
        return words("day finding one", n=most) if most else words(alone)
    second = counts[1]
    key = "day finding" if second else "day finding alone"
    if most < 2:  # noqa: PLR2004
        key = "day finding even"
    elif second == most:
        key = "day finding level"
    return words(key, n=most, second=second)


def _numbers(facts: Facts, words: Words) -> str:
    """The large numbers: of the news, or of the listening where there is none."""
    heard = facts.coverage
    listened = (
        (heard.imported, "imported") if heard.imported and not heard.feeds else (heard.answered, "feeds")
    )
    told = [(facts.told, "articles"), (len(publishers(facts)), "publishers")]
    pairs = told if facts.stories else [listened, (heard.articles, "seen")]
    return (
        '<dl class="numbers">'
        + "".join(
            f"<div><dt>{esc(words(key, n=n))}</dt><dd>{n:,}</dd></div>"
            for n, key in [(len(facts.stories), "stories"), *pairs]
        )
        + "</dl>"
    )


def _width(story: StoryFacts, facts: Facts, words: Words, most: int) -> str:
    """A story, by how many it is reported, and its bar beside `most`; without a bar where that is 0."""
    n = story.publishers
    said = words("voices of", n=n) if n else words("official only" if story.official else "companies only")
    return (
        f'<li><a href="#{story_anchor(story.id)}">{headline_html(story.headline, facts, story.id)}</a> '
        f'<span class="voices">{esc(said)}</span>{strip(n / most) if most else ""}</li>'
    )


def _marks(story: StoryFacts, words: Words) -> list[str]:
    return marks(words, official=story.official, follows=story.follows is not None)


# --- the month


def _trend(facts: Facts, words: Words) -> Figure:
    days = span(facts.history, facts.date)
    drawn = trend(facts, days)
    first, last = words.date(days[0]), words.date(days[-1])
    finding = trend_finding(drawn[0], days, words)
    measure = words("trend subtitle", first=first, last=last)
    blank = sum(1 for day in days if not facts.history.get(str(day)))
    note = words("gap note", n=blank) if blank else ""
    if len(drawn[0].known) > 1:
        listed = words.listed([line.name for line in drawn])
        about = words("trend alt", first=first, last=last, names=listed)
        parts = lines(drawn, days, lambda day: words.date(day, "tick"))
        picture = drawing(parts, HEIGHT, "trend", finding, about, "plot lines")
    else:  # a point is no trend
        latest = [(line.name, int(line.last[1])) for line in drawn if line.last]
        about = words.listed([words("count", name=name, n=n) for name, n in latest])
        picture = bars([Bar(*pair) for pair in latest], "trend", finding, about)
        note = words("one day").strip()
    every = list(dict.fromkeys(name for day in days for name in facts.history.get(str(day), {})))
    rows = [(str(day), *(facts.history.get(str(day), {}).get(name) for name in every)) for day in days]
    table = Table(measure, (words("day"), *every), rows)
    return Figure(finding, measure, picture, table, note)


def trend_finding(line: Line, days: Sequence[date], words: Words) -> str:
    """The newest number of a family's line over these days beside those before."""
    known = [int(n) for _, n in line.known]
    place, latest = line.last or (0, 0)
    n, day = int(latest), days[place]
    others = known[:-1]
    said = {"name": line.name, "date": words.date(day)}
    if not others:
        return words("trend first", n=n, **said)
    if n > max(others):
        return words("trend most", n=n, days=len(known), **said)
    if n < min(others):
        return words("trend least", n=n, days=len(known), **said)
    mean = f"{round(sum(known) / len(known), 1):g}"
    return words("trend usual", n=n, days=len(known), mean=mean, **said)


# --- where the articles come from


def _coverage(facts: Facts, words: Words) -> Figure:
    by, spoken = publishers(facts), [(words.tongue(code), n) for code, n in languages(facts)]
    total = sum(n for _, n in by)
    finding = _coverage_finding(by, total, words)
    named = words.listed([words("count", name=name, n=n) for name, n in spoken[:4]])
    about = words("coverage alt", n=len(by), languages=named)
    if total > _FEW:
        left = bars(_publisher_bars(by, words), "coverage", finding, about)
        right = bars([Bar(*pair) for pair in spoken], "languages", words("languages"), named)
    else:
        left, right = _in_words(by, words), _in_words(spoken, words)
    halves = [
        (words("coverage by publisher", n=len(by)), left),
        (words("coverage by language", n=len(spoken)), right),
    ]
    parts = (f'<div><p class="half">{esc(head)}</p>{half}</div>' for head, half in halves)
    drawn = f'<div class="halves">{"".join(parts)}</div>'
    rows = [(name, words("publisher"), n) for name, n in by]
    rows += [(name, words("language"), n) for name, n in spoken]
    table = Table(words("coverage table"), (words("name"), words("kind"), words("article count")), rows)
    measure = words("coverage measure", stories=len(facts.stories), n=total)
    return Figure(finding, measure, drawn, table)


def _in_words(counts: Ranked, words: Words) -> str:
    told = words.listed([words("count", name=name, n=n) for name, n in counts])
    return f'<p class="level">{esc(told)}</p>'


def _coverage_finding(by: Ranked, total: int, words: Words) -> str:
    (name, most), *others = by
    if not others:
        return words("coverage finding one", name=name, n=most)
    if most == others[0][1]:
        return words("coverage finding level", n=total, publishers=len(by))
    return words("coverage finding", name=name, n=most, share=percent(most, total))


def _publisher_bars(by: Ranked, words: Words) -> list[Bar]:
    """The first publishers, then the others as one, which is pale."""
    shown = shortened(by, words)
    rest = len(shown) < len(by)
    return [Bar(*pair, pale=rest and place == len(shown)) for place, pair in enumerate(shown, start=1)]


#: The charts by their names.
_DRAWN: Final[Mapping[str, Callable[[Facts, Words], Figure]]] = {
    "infographic": _day,
    "trend": _trend,
    "coverage": _coverage,
}
