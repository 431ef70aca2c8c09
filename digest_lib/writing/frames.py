"""The Chinese (or English, Japanese) frame that the offline writer puts around what it quotes.

The offline writer's own words are all here, so that a reader of this file knows everything it can say.
"""

from __future__ import annotations

from dataclasses import dataclass

from digest_lib.errors import UserError
from digest_lib.language_names import language_name


@dataclass(frozen=True, slots=True)
class Frames:
    """Sentence patterns of one language; where a number decides between two, «one|many»."""

    report: str  #: {publisher} {year} {month} {day} {language} {quote}
    official: str
    again: str  #: one more quotation of the article just quoted: {publisher} {quote}
    bare: str  #: a report of which only the title is known
    voices: str  #: {publishers} {articles}
    foreign: dict[str, str]
    trend: str
    mentioned: str
    trend_stories: str
    trend_some: str  #: where not all of the articles make stories: {name} {told} {stories}
    top: str
    official_count: str
    follow_count: str
    quiet: str
    window: str
    windows: str
    titled: str  #: a foreign title as a headline: {publisher} {language} {title}
    titled_official: str
    untitled: str  #: the heading of a story none of whose titles can head it: {name} {month} {day}


#: How a language says that something is in a language that is named.
_IN_LANGUAGE = {"zh": "以{name}", "en": " in {name}", "ja": "{name}で"}

FRAMES = {
    "zh-TW": Frames(
        report="{publisher} {month} 月 {day} 日{language}報導：「{quote}」",
        official="{publisher} 官方{language}於 {month} 月 {day} 日發布：「{quote}」",
        again="同一篇報導另寫道：「{quote}」",
        bare="{publisher} {month} 月 {day} 日{language}刊出報導，標題為「{quote}」。",
        voices="這則新聞共有 {articles} 篇報導，來自 {publishers} 家獨立媒體。",
        foreign={"en": "以英文", "ja": "以日文", "ko": "以韓文", "und": "以外文"},
        trend="{window}收錄的 {seen} 篇文章中，有 {about} 篇以 {name} 為主題。",
        mentioned="另有 {mentions} 篇提及 {name}。",
        trend_stories="這些文章整理為 {stories} 則新聞。",
        trend_some="以 {name} 為主題的文章中，{told} 篇整理為 {stories} 則新聞。",
        top="報導最多的一則有 {publishers} 家獨立媒體。",
        official_count="其中 {official} 則有官方來源。",
        follow_count="其中 {follows} 則是先前新聞的後續。",
        quiet="{window}收錄的 {seen} 篇文章中，沒有以 {name} 為主題的新消息。",
        window="過去 24 小時",
        windows="過去 {days} 天",
        titled="{publisher} {language}報導：「{title}」",
        titled_official="{publisher} 官方{language}發文：「{title}」",
        untitled="{month} 月 {day} 日與 {name} 有關的報導",
    ),
    "en": Frames(
        report="{publisher} reported on {year}-{month:02}-{day:02}{language}: “{quote}”",
        official="{publisher} announced on {year}-{month:02}-{day:02}{language}: “{quote}”",
        again="The same article adds: “{quote}”",
        bare="{publisher} ran a report{language} titled “{quote}” on {year}-{month:02}-{day:02}.",
        voices="{articles} articles from {publishers} independent publisher report it."
        "|{articles} articles from {publishers} independent publishers report it.",
        foreign={"zh-Hant": " in Chinese", "zh-Hans": " in Chinese", "ja": " in Japanese",
                 "ko": " in Korean", "und": ""},
        trend="Of {seen} articles gathered in {window}, {about} is about {name}."
        "|Of {seen} articles gathered in {window}, {about} are about {name}.",
        mentioned="{mentions} more mentions {name}.|{mentions} more mention {name}.",
        trend_stories="They make {stories} story.|They make {stories} stories.",
        trend_some="{told} of the articles about {name} make {stories} story."
        "|{told} of the articles about {name} make {stories} stories.",
        top="The most reported one has {publishers} independent publishers.",
        official_count="{official} of them has a primary source.|{official} of them have a primary source.",
        follow_count="{follows} of them follows up earlier news.|{follows} of them follow up earlier news.",
        quiet="None of the {seen} articles gathered in {window} brings news about {name}.",
        window="the last 24 hours",
        windows="the last {days} days",
        titled="{publisher}: “{title}”",
        titled_official="{publisher}: “{title}”",
        untitled="A report about {name} ({month:02}-{day:02})",
    ),
    "ja": Frames(
        report="{publisher}は{month}月{day}日、{language}次のように報じた：「{quote}」",
        official="{publisher}は{month}月{day}日、{language}次のように発表した：「{quote}」",
        again="同じ記事は次のようにも伝えている：「{quote}」",
        bare="{publisher}は{month}月{day}日、{language}「{quote}」と題する記事を掲載した。",
        voices="この件は独立した{publishers}媒体の{articles}本の記事が報じている。",
        foreign={"zh-Hant": "中国語で", "zh-Hans": "中国語で", "en": "英語で", "ko": "韓国語で",
                 "und": ""},
        trend="{window}に収集した{seen}本の記事のうち、{about}本が{name}を主題としている。",
        mentioned="ほかに{mentions}本が{name}に言及している。",
        trend_stories="これらは{stories}件のニュースにまとまる。",
        trend_some="{name}を主題とする記事のうち{told}本は{stories}件のニュースにまとまる。",
        top="最も多い件は{publishers}媒体が報じた。",
        official_count="うち{official}件に公式の情報源がある。",
        follow_count="うち{follows}件は以前のニュースの続報である。",
        quiet="{window}に収集した{seen}本の記事に、{name}を主題とする新しいニュースはない。",
        window="過去24時間",
        windows="過去{days}日間",
        titled="{publisher}：「{title}」",
        titled_official="{publisher}：「{title}」",
        untitled="{month}月{day}日の{name}に関する報道",
    ),
}  # fmt: skip


def in_language(lang: str, language: str) -> str:
    """The words that say of a report in which other language it is: 以西班牙文; empty for the post's own."""
    told = frames(language).foreign
    own = language.partition("-")[0]
    if lang in told or lang.partition("-")[0] == own:
        return told.get(lang, "")
    name = language_name(lang, language)
    return _IN_LANGUAGE[own].format(name=name) if name else told["und"]


def frames(language: str) -> Frames:
    """The frames of a language (`zh-TW`, `en`, `ja`). Raises `UserError` for another one."""
    if language not in FRAMES:
        there = ", ".join(FRAMES)
        raise UserError(f"language «{language}» is not known; there are: {there}")
    return FRAMES[language]
