"""What a post's page gets that the post cannot know itself: the posts and events around it, and the ways on.

Everything is added to the finished page as a tree, and taken out first where it is there already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import quote

from selectolax.lexbor import LexborHTMLParser

from digest_lib.publishing.front import COVER
from digest_lib.sections.making import DOWNLOAD
from digest_lib.sections.markup import SITE_LANGUAGE, esc, esc_url, lang_attr, unseen
from digest_lib.sections.story_html import story_anchor
from digest_lib.sections.words import day_text, short_day
from digest_lib.site.adopted import Report
from digest_lib.site.drawn.of_post import figure_html, figures
from digest_lib.site.events import Event, Told
from digest_lib.site.feeds import feed_path
from digest_lib.site.head_links import Shown
from digest_lib.site.lists import headline as post_headline
from digest_lib.site.made_with import made_with
from digest_lib.site.posts import Post
from digest_lib.site.report import report_link
from digest_lib.site.said import headline, story_link
from digest_lib.site.whole_names import whole_names

#: Classes of what is added here. No post may have them: the guard knows none of them.
_ADDED: Final = "nav.post-nav, nav.post-tags, p.turn-nav, p.report-line, dl.made-with"
_TOP: Final = "../../"


@dataclass(frozen=True)
class Turns:
    """Where a story is also told: the page of its event, the event's turns before and after, and the same
    day's other posts."""

    told: Told
    event: str
    before: Told | None
    after: Told | None
    beside: Sequence[Told]

    @property
    def made_of(self) -> str:
        """All of it, in a line."""
        others = (self.told, self.before, self.after, *self.beside)
        return f"{self.event}[{';'.join([one.made_of if one else '' for one in others])}]"

    @property
    def is_alone(self) -> bool:
        """Is the story told nowhere else? Then its event's page says no more than the post."""
        return not (self.before or self.after or self.beside)

    @classmethod
    def of(cls, told: Told, event: Event) -> Self:
        """What is around one telling of an event."""
        before = [other for other in event.told if other.day < told.day]
        after = [other for other in event.told if other.day > told.day]
        beside = [other for other in event.on(told.day) if other.family != told.family]
        return cls(told, event.path, before[-1] if before else None, after[0] if after else None, beside)


@dataclass(frozen=True)
class Around:
    """What is around a post: its family's earlier and later post, the day's others, its stories' turns."""

    before: Post | None
    after: Post | None
    same_day: Sequence[Post]
    turns: Sequence[Turns]

    @property
    def made_of(self) -> str:
        """All of it, in a line."""
        others = (self.before, self.after, *self.same_day, *self.turns)
        return ";".join([one.made_of if one else "" for one in others])


def around(posts: Sequence[Post], events: Iterable[Event]) -> Iterator[tuple[Post, Around]]:
    """Every post with what is around it; `posts` are newest first."""
    days: dict[str, list[Post]] = {}
    families: dict[str, list[Post]] = {}
    turns: dict[str, list[Turns]] = {}
    for post in posts:
        days.setdefault(str(post.brief.day), []).append(post)
        families.setdefault(post.brief.family, []).append(post)
    for event in events:
        for one in event.told:
            turns.setdefault(one.post.name, []).append(Turns.of(one, event))
    for own in families.values():
        for after, post, before in zip([None, *own], own, [*own[1:], None], strict=False):
            others = [other for other in days[str(post.brief.day)] if other is not post]
            yield post, Around(before, after, others, turns.get(post.name, []))


@dataclass(frozen=True)
class Below:
    """What stands below a story: `html`, and whether that leads to its own event alone."""

    story: str
    html: str
    alone: bool


@dataclass(frozen=True)
class Added:
    """What is added to a post's page, as HTML: at its foot, below its stories, and to what it says of how it
    was made."""

    foot: str
    turns: Sequence[Below]
    made_with: str


def added_to(post: Post, beside: Around, report: str, adopted: Sequence[Report] = ()) -> Added:
    """What a post's page says of what is around it; `report` is where readers report errors,
    `adopted` are the reports of experiments."""
    turns = [Below(one.told.id, _turns(one), one.is_alone) for one in beside.turns]
    return Added(_foot(post, beside, report), turns, made_with(post, beside.before, adopted))


def complete(tree: LexborHTMLParser, post: Post, added: Added) -> None:
    """Puts into the page of a post what is around it."""
    for node in tree.css(_ADDED):
        node.decompose()
    for below in added.turns:
        _story(tree, below)
    _tags(tree)
    _charts(tree, post)
    making = tree.css_first("main .part-making dl.made")
    if making is not None and making.parent is not None:
        making.parent.inner_html = f"{making.parent.inner_html or ''}{added.made_with}"
    for link in tree.css(f'main a[href="{DOWNLOAD}"]'):
        link.attrs["download"] = f"{post.name}.ipynb"
    main = tree.css_first("main")
    if main is not None:
        main.inner_html = f"{(main.inner_html or '').rstrip()}\n{added.foot}"


def offer_feed(tree: LexborHTMLParser, shown: Shown) -> None:
    """Puts the way to its feed at the end of an event's page."""
    for node in tree.css("p.subscribe"):
        node.decompose()
    main = tree.css_first("main")
    if main is not None and shown.event and shown.followed:
        stem = feed_path(shown.event).rpartition("/")[2]
        line = f'訂閱這個事件：<a href="{stem}.xml">RSS</a>・<a href="{stem}.json">JSON Feed</a>'
        main.inner_html = f'{(main.inner_html or "").rstrip()}\n<p class="subscribe counts">{line}</p>\n'


def _charts(tree: LexborHTMLParser, post: Post) -> None:
    """The charts are drawn from the post's facts, in the place of the notebook's pictures."""
    for name, figure in figures(post.facts).items():
        node = tree.css_first(f"main figure#chart-{name}")
        if node is not None:
            picture = post.cover if name == COVER else None
            node.inner_html = figure_html(name, figure, post.facts, picture)
            node.attrs["class"] = "chart drawn"


def _story(tree: LexborHTMLParser, below: Below) -> None:
    """Below a story: its event's page, and where it was told before and after. One that stands back in its
    post has no way to a page that only repeats it."""
    heading = tree.css_first(f"main h3#{story_anchor(below.story)}")
    article = heading.parent if heading is not None else None
    if article is None:
        return
    stands_back = "minor" in (article.attributes.get("class") or "").split()
    if not (below.alone and stands_back):
        article.inner_html = f"{article.inner_html or ''}{below.html}"


def _turns(turns: Turns) -> str:
    of = unseen(f"：{turns.told.brief.title}")
    links = [f'<a href="{_TOP}{turns.event}">這個事件的經過{of}</a>']
    if turns.before and not turns.told.brief.follows:  # then the post says so itself
        links.append(_turn("前一個轉折", turns.before))
    if turns.after:
        links.append(_turn("後一個轉折", turns.after))
    if turns.beside:
        names = "、".join(
            f'<a href="{story_link(t, _TOP)}">{esc(t.post.brief.name)}</a>' for t in turns.beside
        )
        links.append(f"同一事件也見 {names}")
    spoken = lang_attr(SITE_LANGUAGE, turns.told.post.facts.language)
    return f'<p class="turn-nav"{spoken} data-pagefind-ignore="">{"・".join(links)}</p>'


def _turn(label: str, told: Told) -> str:
    when = short_day(told.day)
    left, right = "《》" if "〈" in told.brief.title else "〈〉"  # within a title, one has the single signs
    return f'{label}：<a href="{story_link(told, _TOP)}">{when}{left}{headline(told)}{right}</a>'


def _tags(tree: LexborHTMLParser) -> None:
    """The tags that older posts show in their making lead to the search."""
    for item in tree.css("main ul.chips > li"):
        if item.css_first("a") is None:
            item.inner_html = _found(item.text())


def _foot(post: Post, beside: Around, report: str) -> str:
    parts = (_tag_links(post), _report_line(post, report), _neighbours(post, beside), _same_day(beside))
    return "".join(f"{part}\n" for part in parts if part)


def _tag_links(post: Post) -> str:
    """A post's tags, each leading to all that is found under it."""
    told = post.facts.digest
    texts = [text for one in told.stories for text in (one.headline, *(s.text for s in one.sentences))]
    items = "".join(f"<li>{_found(tag)}</li>" for tag in whole_names(told.tags, texts))
    listed = f'<p>標籤</p><ul class="chips">{items}</ul>'
    return f'<nav class="post-tags" aria-label="標籤">{listed}</nav>' if items else ""


def _found(words: str) -> str:
    return f'<a href="{_TOP}search.html?q={quote(words, safe="")}">{esc(words)}</a>'


def _report_line(post: Post, report: str) -> str:
    link = report_link(report, post.name)
    if not link:
        return ""
    line = f'<a class="report" href="{esc_url(link)}">回報這篇文章的錯誤</a>'
    return f'<p class="report-line" data-pagefind-ignore="">{line}</p>'


def _neighbours(post: Post, beside: Around) -> str:
    links = "".join(
        f'<a rel="{rel}" href="../{other.name}/index.html"><span>{label}</span>'
        f"{day_text(other.brief.day)}</a>"
        for other, rel, label in ((beside.before, "prev", "前一篇"), (beside.after, "next", "後一篇"))
        if other
    )
    label = esc(f"{post.brief.name} 的前後文章")
    return f'<nav class="post-nav" aria-label="{label}">{links}</nav>' if links else ""


def _same_day(beside: Around) -> str:
    items = "".join(
        f'<li><a href="../{other.name}/index.html"><span>{esc(other.brief.name)}</span>'
        f"{post_headline(other)}</a></li>"
        for other in beside.same_day
    )
    listed = f"<p>同日其他模型</p><ul>{items}</ul>"
    return f'<nav class="post-nav same-day" aria-label="同日其他模型">{listed}</nav>' if items else ""
