"""`llms.txt` (llmstxt.org): what a language model that visits the site should know, and where things are."""

from __future__ import annotations

from typing import Final

from digest_lib.publishing.front import plain
from digest_lib.sections.words import day_text
from digest_lib.site.addresses import address
from digest_lib.site.importance import ranked
from digest_lib.site.newsroom import Newsroom

_POSTS: Final = 20
_EVENTS: Final = 20


def llms_txt(room: Newsroom) -> str:
    """The file's text."""
    config = room.config
    parts = [
        f"# {plain(config.title)}",
        f"> {plain(config.description)}",
        "每個陳述句後面的數字是來源編號，文末列出發布者、標題、時間與網址；標示「分析」的句子是推論，標示"
        "「官方說法」的只有廠商自己的說法。引用時請一併註明原始來源。",
        "## 模型",
        *(_link(room, f"families/{key}/index.html", name, "每日動態") for key, name in room.families.items()),
        "## 最近的文章",
        *(
            _link(room, f"posts/{post.name}/index.html", post.title, post.headline)
            for post in room.posts[:_POSTS]
        ),
        "## 最近的新聞事件",
        *_events(room),
        "## 訂閱與目錄",
        _link(room, "feed.json", "JSON Feed", "所有文章"),
        _link(room, "daily.json", "JSON Feed", "每天的頭版"),
        _link(room, "stories/index.html", "新聞事件", "一個事件一頁"),
        _link(room, "months/index.html", "月份", "所有文章"),
        _link(room, "about.html", "關於", "製作方式與更正原則"),
    ]
    text = "\n".join(parts)
    return text.replace("\n#", "\n\n#").replace("\n>", "\n\n>") + "\n"


def _events(room: Newsroom) -> list[str]:
    lines: list[str] = []
    for day in room.days:
        for event in ranked(room.by_day.get(day, []), day):
            if len(lines) == _EVENTS:
                return lines
            lines.append(_link(room, event.path, event.on(day)[0].brief.title, day_text(day)))
    return lines


def _link(room: Newsroom, page: str, title: str, about: str) -> str:
    return f"- [{plain(title)}]({address(room.config, page)}): {plain(about)}"
