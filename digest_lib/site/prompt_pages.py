"""The pages of what was adopted: which experiment showed what, and what of the prompts is other since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from digest_lib.charts.scale import in_digits
from digest_lib.prompt_fields import PROMPTS
from digest_lib.sections.markup import esc
from digest_lib.sections.words import day_text
from digest_lib.site.adopted import Change, Report, Score, Tried, alike
from digest_lib.site.drawn.figure import Table
from digest_lib.site.drawn.intervals import Dot, intervals
from digest_lib.site.made_with import PROMPT_NAMES, diff
from digest_lib.site.page import Page, Planned, planned

PATH: Final = "prompts.qmd"
#: Scores that are drawn, where the variants differ in them, and what they are for readers.
_DRAWN: Final = {
    "supported": "寫出來就站得住腳的句子所占的比例（查核之前）",
    "kept": "照寫的或改正之後刊出的比例",
    "withheld": "查核後撤下的比例",
    "citations": "每一句平均引用幾個來源",
    "stories_covered": "當天的新聞寫出了多少",
    "publishers": "引用了幾家出版者",
    "repeated": "重複前面說過的句子所占的比例",
    "judged": "由 llm 不看名字評比，較好的比例",
    "rated": "由人不看名字評比，較好的比例",
    "characters": "刊出的字數",
    "output_tokens": "llm 寫了多少 token",
}
_MORE: Final = {1: "越高越好", -1: "越低越好"}


def prompt_pages(reports: Sequence[Report], families: Mapping[str, str]) -> list[Planned]:
    """A page a report, and one that lists them; none where nothing was adopted."""
    if not reports:
        return []
    won = _won(reports)
    pages = [planned(PATH, _index, reports, families)]
    return pages + [planned(one.source, _page, one, families, one.experiment in won) for one in reports]


def _won(reports: Sequence[Report]) -> set[str]:
    """The experiments of which a variant was adopted."""
    return {one.experiment for one in reports if one.adopted}


def _index(reports: Sequence[Report], families: Mapping[str, str]) -> Page:
    won = _won(reports)
    items = "".join(_entry(one, families, one.experiment in won) for one in reports)
    lede = (
        '<p class="lede">寫這些文章的提示詞公開在每一篇的筆記本裡。每次改寫，都先在同樣的舊新聞上'
        "和原來的比過；結果和差異在這裡。</p>"
    )
    return Page(PATH, "提示詞的改寫", "提示詞的實驗：結果與差異", lede + items, "prompts")


def _entry(one: Report, families: Mapping[str, str], has_winner: bool) -> str:
    said = "：".join(filter(None, (_said(one, has_winner), _note(one) or one.note)))
    return (
        f'<article class="entry"><h2><a href="{esc(one.page)}">{esc(_called(one))}</a></h2>'
        f"<p>{day_text(one.on)}，{esc(said)}</p>"
        f'<p class="counts">{esc(_names(one.families, families))}・{len(one.days)} 天</p></article>'
    )


def _called(report: Report) -> str:
    """What was adopted; of an experiment of which nothing was, the experiment."""
    return report.adopted or f"實驗 {report.experiment}"


def _said(report: Report, has_winner: bool) -> str:
    """What came of it. An experiment that was only compared on that day may have a winner since."""
    return f"實驗 {report.experiment}" if report.adopted else ("比較" if has_winner else "沒有採用")


def _note(report: Report) -> str:
    return next((one.note for one in report.variants if one.name == report.adopted), "")


def _names(keys: Sequence[str], families: Mapping[str, str]) -> str:
    return "、".join(families.get(key, key) for key in keys)


def _page(report: Report, families: Mapping[str, str], has_winner: bool) -> Page:
    title = f"提示詞的改寫：{_called(report)}"
    parts = [
        _about(report, families, has_winner),
        _scores(report),
        _changes(report, families),
        _notebook(report),
    ]
    about = f"{day_text(report.on)}{'採用的' if report.adopted else '比較的'}提示詞：實驗結果與差異"
    return Page(report.source, title, about, "".join(parts), "prompts")


def _about(report: Report, families: Mapping[str, str], has_winner: bool) -> str:
    note = _note(report)
    first, last = report.days[0] if report.days else report.on, report.days[-1] if report.days else report.on
    tried = "".join(
        f"<li><strong>{esc(one.name)}</strong>{'（採用）' if one.name == report.adopted else ''}"
        f"{f'：{esc(one.note)}' if one.note else ''}</li>"
        for one in report.variants
    )
    span = day_text(first) if first == last else f"{day_text(first)}到 {day_text(last)}"
    became = "採用" if report.adopted else ("比較" if has_winner else "比較，沒有採用")
    return (
        f'<p class="lede">{day_text(report.on)}{became}{f"：{esc(note)}" if note else "。"}</p>'
        f"<p>實驗 {esc(report.experiment)}{f'：{esc(report.note)}' if report.note else ''}。"
        f"用 {span}的舊新聞（{len(report.days)} 天，{esc(_names(report.families, families))}）重跑，"
        f"比較這些寫法：</p><ul>{tried}</ul>"
        '<p class="counts"><a href="prompts.html">所有的改寫</a></p>'
    )


def _scores(report: Report) -> str:
    if not report.scores:
        return ""
    days = max(score.days for score in report.scores)
    first = report.variants[0].name if report.variants else ""
    few = (
        f"只有 {days} 天；少於 {report.enough_days} 天，不說哪一種比較好。"
        if days < report.enough_days
        else f"▲ 變好、▼ 變差、≠ 不同：和 {esc(first)} 同一天、同一模型相比的差，95% 區間不含 0。"
    )
    rows = {name: [score for score in report.scores if score.scorer == name] for name in _DRAWN}
    apart = [name for name, some in rows.items() if len({score.mean for score in some}) > 1]
    alike = [_DRAWN[name] for name, some in rows.items() if some and name not in apart]
    drawn = "".join(_figure(report, rows[name], number) for number, name in enumerate(apart))
    drawn += f"<p>每一種寫法都一樣的：{'；'.join(alike)}。</p>" if alike else ""
    said = f"<p>{esc(report.rated)}</p>" if report.rated else ""
    return (
        f"<section><h2>分數</h2><p>每個分數是 {days} 天的平均，線是 95% 區間（抽樣的單位是天）。{few}</p>"
        f"{said}{drawn}<details><summary>所有分數</summary>{_table(report).html()}</details>"
        f'<p class="counts"><a href="{esc(report.csv)}">CSV</a></p></section>'
    )


def _figure(report: Report, rows: Sequence[Score], number: int) -> str:
    dots = [
        Dot(one.variant, one.mean, one.low, one.high, is_own=one.variant == report.adopted) for one in rows
    ]
    scorer = rows[0].scorer
    way = _MORE.get(rows[0].better, "")
    told = "；".join(f"{one.variant} {in_digits(one.mean)}" for one in rows)
    title = f"{scorer}{f'（{way}）' if way else ''}"
    drawing = intervals(dots, f"score-{number}", title, told)
    caption = f"<strong>{esc(title)}</strong>：{_DRAWN[scorer]}"
    return f'<figure class="chart drawn"><figcaption>{caption}</figcaption>{drawing}</figure>'


def _table(report: Report) -> Table:
    names = [one.name for one in report.variants]
    by = {(score.scorer, score.variant): score for score in report.scores}
    rows = [
        [scorer, *(_cell(by.get((scorer, name)), report.enough_days) for name in names)]
        for scorer in dict.fromkeys(score.scorer for score in report.scores)
    ]
    return Table("各種寫法的分數：平均［95% 區間］，與第一種的差", ["分數", *names], rows)


def _cell(score: Score | None, enough: int) -> str:
    if score is None:
        return "—"
    text = in_digits(score.mean)
    if score.low is not None and score.high is not None:
        text += f"［{in_digits(score.low, 3)}–{in_digits(score.high, 3)}］"
    low, high = score.difference_low, score.difference_high
    if score.difference is None or low is None or high is None or score.days < enough or low <= 0 <= high:
        return text
    sign = {1: "▲", -1: "▼"}.get(score.better * (1 if low > 0 else -1), "≠")
    return f"{text} {sign} {in_digits(score.difference, 3, '+')}"


def csv_of(report: Report) -> bytes:
    """Every number, a row a score and variant."""
    heads = [name for name in Score.model_fields if name != "says"]
    rows = [[getattr(score, name) for name in heads] for score in report.scores]
    return Table("", heads, rows).csv()


def _changes(report: Report, families: Mapping[str, str]) -> str:
    if report.adopted:
        parts = "".join(_change(some, families) for some in alike(report.changes))
    else:
        parts = "".join(_tried(one, families) for one in report.variants if one.changes)
    return f'<section class="made-with"><h2>改了什麼</h2>{parts}</section>' if parts else ""


def _tried(one: Tried, families: Mapping[str, str]) -> str:
    changes = "".join(_change(some, families) for some in alike(one.changes))
    return f"<details><summary>{esc(one.name)}</summary>{changes}</details>"


def _notebook(report: Report) -> str:
    """What the report's notebook shows beside all that is drawn from its figures."""
    html = "".join(report.shown)
    return f'<section class="side-by-side">{html}</section>' if html else ""


def _change(some: Sequence[Change], families: Mapping[str, str]) -> str:
    one = some[0]
    name = f"{PROMPT_NAMES[one.parameter]}（{one.parameter}）" if one.parameter in PROMPTS else one.parameter
    lines = "".join(diff(one.before, one.after))
    whole = (
        f'<details><summary>全文</summary><div class="prompt">{esc(one.after)}</div></details>'
        if one.parameter in PROMPTS
        else ""
    )
    who = _names([change.family for change in some], families)
    return f'<h3>{esc(name)}</h3><p class="counts">{esc(who)}</p><div class="prompt">{lines}</div>{whole}'
