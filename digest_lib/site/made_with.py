"""What a post was made with: its prompts and parameters, beside those of the family's post before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final

from digest_lib.prompt_fields import PROMPTS
from digest_lib.sections.markup import SITE_LANGUAGE, esc, lang_attr
from digest_lib.sections.words import day_text
from digest_lib.site.adopted import Report
from digest_lib.site.lists import url_of
from digest_lib.site.posts import Post
from digest_lib.text.differences import alike, changes

_TOP: Final = "../../"
#: Another value each day, which says nothing of how a post is made.
_DAILY: Final = frozenset({"date", "since", "cut_off"})
#: Told by the post's title.
_KNOWN: Final = frozenset({"family", "name"})
PROMPT_NAMES: Final = {
    "story_prompt": "寫一則新聞",
    "day_prompt": "寫一天的綜述",
    "repair_prompt": "改正沒通過查核的句子",
    "doubt_prompt": "判斷可疑的句子",
}
#: Lines around a change that are shown with it.
_AROUND: Final = 1
#: From so much alike on, a line is another wording of one, and not another line.
_ALIKE: Final = 0.5


def made_with(post: Post, before: Post | None, reports: Sequence[Report] = ()) -> str:
    """The prompts and parameters of a post as HTML, what is other than in the post `before` marked, and which
    of `reports` a prompt was adopted by; empty where its notebook does not tell them."""
    own = post.parameters
    if not own:
        return ""
    earlier = before.parameters if before else {}
    prompts = {name: str(own[name]) for name in PROMPTS if isinstance(own.get(name), str)}
    rows = (
        [("提示詞", _prompts(prompts, earlier, before) + _adopted(post, prompts, reports))] if prompts else []
    )
    rows.append(("參數", _parameters(own, earlier, before)))
    listed = "".join(f"<dt>{title}</dt><dd>{html}</dd>" for title, html in rows)
    spoken = lang_attr(SITE_LANGUAGE, post.facts.language)
    return f'<dl class="made made-with"{spoken} data-pagefind-ignore="">{listed}</dl>'


def _prompts(prompts: Mapping[str, str], earlier: Mapping[str, object], before: Post | None) -> str:
    changed = {name for name, text in prompts.items() if earlier.get(name) not in (None, text)}
    parts = [f"<p>{_said('提示詞', len(changed), earlier, before)}</p>"]
    for name, text in prompts.items():
        label = esc(PROMPT_NAMES[name])
        if name in changed:
            lines = "".join(diff(str(earlier[name]), text))
            parts.append(_folded(f"{label}：和前一篇不同的地方", lines))
        parts.append(_folded(f"{label}：全文", esc(text.strip("\n"))))
    return "".join(parts)


def _adopted(post: Post, prompts: Mapping[str, str], reports: Sequence[Report]) -> str:
    """Where each prompt that an experiment brought was compared: the newest report of it."""
    parts = []
    for name, text in prompts.items():
        of = (r for r in reports if r.on <= post.brief.day and r.wrote(post.brief.family, name, text))
        if report := next(of, None):
            link = f'<a href="{_TOP}{esc(report.page)}">實驗 {esc(report.experiment)} 的結果與差異</a>'
            parts.append(f"<p>{esc(PROMPT_NAMES[name])}：{day_text(report.on)}採用，見{link}。</p>")
    return "".join(parts)


def _parameters(own: Mapping[str, object], earlier: Mapping[str, object], before: Post | None) -> str:
    shown = {name: value for name, value in own.items() if name not in PROMPTS and name not in _KNOWN}
    lasting = [name for name in shown if name not in _DAILY]
    changed = [name for name in lasting if earlier and earlier.get(name) != shown[name]]
    lines = "".join(
        part for name in changed for part in diff(_line(name, earlier.get(name)), _line(name, shown[name]))
    )
    every = esc("\n".join(_line(name, value) for name, value in shown.items()))
    told = f"<p>{_said('參數', len(changed), earlier, before)}</p>"
    return told + (_folded("和前一篇不同的參數", lines) if changed else "") + _folded("所有參數", every)


def _said(what: str, changed: int, earlier: Mapping[str, object], before: Post | None) -> str:
    if not before or not earlier:
        return f"沒有前一篇可以比較{what}。"
    link = f'<a href="{url_of(before, _TOP)}">{day_text(before.brief.day)}</a>'
    return f"{changed} 項{what}和前一篇 {link} 不同。" if changed else f"{what}和前一篇 {link} 相同。"


def _line(name: str, value: object) -> str:
    told = sorted(value, key=repr) if isinstance(value, set | frozenset) else value
    return f"{name} = {told!r}"


def _folded(label: str, lines: str) -> str:
    return f'<details><summary>{label}</summary><div class="prompt">{lines}</div></details>'


def diff(before: str, after: str) -> Iterator[str]:
    """The lines that changed, as HTML, with a line around each; dots stand for what is left out. Of a line
    that was reworded, only the words that changed are marked."""
    old, new = before.strip("\n").split("\n"), after.strip("\n").split("\n")
    groups = [*SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(_AROUND)]
    for number, group in enumerate(groups):
        if number or group[0][1] > 0:
            yield '<span class="gap">…</span>\n'
        for kind, first, last, begin, end in group:
            if kind == "equal":
                yield "".join(f"{esc(line)}\n" for line in old[first:last])
            else:
                yield from _changed(old[first:last], new[begin:end])


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """Lines in the place of others: the gone, then the new ones, up to each that was reworded."""
    was = now = 0
    for k, n in [*_pairs(old, new), (len(old), len(new))]:
        yield from (f"<del>{esc(line) or ' '}</del>" for line in old[was:k])
        yield from (f"<ins>{esc(line) or ' '}</ins>" for line in new[now:n])
        if k < len(old):
            yield f'<span class="reworded">{_reworded(old[k], new[n])}</span>'
        was, now = k + 1, n + 1


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which of the new lines are another wording of which old ones, in the order of both."""
    found: list[tuple[int, int]] = []
    for n, line in enumerate(new):
        first = found[-1][0] + 1 if found else 0
        like = (k for k in range(first, len(old)) if alike(old[k], line) >= _ALIKE)
        if (k := next(like, None)) is not None:
            found.append((k, n))
    return found


def _reworded(before: str, after: str) -> str:
    parts = []
    for old, new in changes(before, after):
        if old == new:
            parts.append(esc(old))
            continue
        parts += [f"<del>{esc(old)}</del>"] if old else []
        parts += [f"<ins>{esc(new)}</ins>"] if new else []
    return "".join(parts)
