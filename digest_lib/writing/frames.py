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

    report: str  #: {publisher} {year} {month} {day} {language} {comma} {told}
    official: str
    same_day: str  #: another publisher's report of a day that was said
    more: str  #: one more sentence of an article that was named
    bare: str  #: a report of which only the title is known: {publisher} … {what} {about}
    again: str  #: the same under a headline that says who published what: {original} is its language
    open: str
    close: str
    colon: str
    #: what a report of a kind of event is called; "" of no known kind
    kinds: dict[str, str]
    about: str  #: {names}
    besides: str  #: behind a quotation, what else the report names and counts: {names}
    stop: str  #: behind a quotation that ends a sentence
    foreign: dict[str, str]
    trend: str
    mentioned: str
    trend_stories: str
    trend_some: str  #: where not all of the articles make stories: {name} {told} {stories}
    quiet: str
    window: str
    windows: str
    #: of how many days something is the most, or the first, and the same of an archive that is no older
    span: str  #: {past_days}
    span_recorded: str
    first: str
    first_recorded: str
    most_articles: str  #: what is remarkable in the numbers: {name} {about} {span}
    first_again: str  #: {first}
    first_without: str
    share: str  #: {name} {share_now} {share_then} {week}
    largest: str  #: {reports} {span}
    first_of_kind: str  #: {kind} {first}
    of_kind: dict[str, str]  #: what such news is of
    last_news: str  #: on a day without news, when there was some: {name} {past_days}
    goes_on: str  #: a story that has been told on many days: {past_days} {days_told}
    #: the heads of its tables
    day: str
    family: str
    this_week: str
    week_before: str
    story: str
    reports: str
    titled: str  #: a foreign title as a headline: {publisher} {language} {what} {title}
    titled_official: str
    headed: str  #: what heads a day whose first title is foreign: {publisher} {language} {what} {about}
    headed_official: str
    headed_about: str  #: {names}
    mentions_only: str  #: on a day without news, an article that mentions the family: {publisher} {title}
    untitled: str  #: the heading of a story none of whose titles can head it: {name} {month} {day}


#: How a language says that something is in a language that is named.
_IN_LANGUAGE = {"zh": "以{name}", "en": " in {name}", "ja": "{name}で"}

FRAMES = {
    "zh-TW": Frames(
        report="{publisher} {month} 月 {day} 日{language}報導{comma}{told}",
        official="{publisher} {month} 月 {day} 日{language}表示{comma}{told}",
        same_day="{publisher} {language}報導{comma}{told}",
        more="{told}",
        bare="{publisher} {month} 月 {day} 日{language}刊出{what}{about}。",
        again="原文為{original}，{month} 月 {day} 日刊出{about}。",
        open="「", close="」", colon="：",
        kinds={"launch": "產品文章", "price": "價格消息", "incident": "事故消息",
               "security": "資安文章", "people": "人事消息", "policy": "政策文章", "deal": "商業文章",
               "research": "研究文章", "partnership": "合作或案例文章", "event": "教學或活動文章",
               "opinion": "文章", "": "文章", "own": "報導"},
        about="，提到 {names}",
        besides="，並提到 {names}",
        stop="。",
        foreign={"en": "以英文", "ja": "以日文", "ko": "以韓文", "und": "以外文"},
        trend="{window}收錄的 {seen} 篇文章中，有 {about} 篇以 {name} 為主題。",
        mentioned="另有 {mentions} 篇提及 {name}。",
        trend_stories="這些文章整理為 {stories} 則新聞。",
        trend_some="以 {name} 為主題的文章中，{told} 篇整理為 {stories} 則新聞。",
        quiet="{window}收錄的 {seen} 篇文章中，沒有以 {name} 為主題的新消息。",
        window="過去 24 小時",
        windows="過去 {days} 天",
        span=" {past_days} 天來", span_recorded="有紀錄的 {past_days} 天裡",
        first="{past_days} 天來第一次", first_recorded="有紀錄的 {past_days} 天裡第一次",
        most_articles="以 {name} 為主題的文章有 {about} 篇，是{span}最多的一天。",
        first_again="{first}有以 {name} 為主題的文章。",
        first_without="{first}沒有以 {name} 為主題的文章。",
        share="近 {week} 天關於各家族的文章中，{name} 占 {share_now}%，再前 {week} 天是 {share_then}%。",
        largest="報導最多的一則有 {reports} 篇，是{span}篇數最多的一則。",
        first_of_kind="{first}有{kind}的消息。",
        of_kind={"launch": "產品發布", "price": "價格", "incident": "事故", "security": "資安"},
        last_news="{name} 上一次有新聞是在 {past_days} 天前。",
        goes_on="延續最久的一則，{past_days} 天裡第 {days_told} 天有新消息。",
        day="日期", family="家族", this_week="近 7 天（篇）", week_before="再前 7 天（篇）", story="新聞",
        reports="報導（篇）",
        titled="{publisher} {language}刊出{what}：〈{title}〉",
        titled_official="{publisher} 官方發表{what}：〈{title}〉",
        headed="{publisher} {language}刊出{what}{about}",
        headed_official="{publisher} 官方發表{what}{about}",
        headed_about="，談 {names}",
        mentions_only="提及 {name} 的文章：{listed}。",
        untitled="{month} 月 {day} 日與 {name} 有關的報導",
    ),
    "en": Frames(
        report="{publisher} reported on {year}-{month:02}-{day:02}{language}{comma}{told}",
        official="{publisher} announced on {year}-{month:02}-{day:02}{language}{comma}{told}",
        same_day="{publisher} reported{language}{comma}{told}",
        more="{told}",
        bare="{publisher} ran {what}{language} on {year}-{month:02}-{day:02}{about}.",
        again="{publisher} ran {what}{language} on {year}-{month:02}-{day:02}{about}.",
        open="“", close="”", colon=": ",
        kinds={"": "a report", "own": "a report"},
        about=", which names {names}",
        besides=", and names {names}",
        stop=".",
        foreign={"zh-Hant": " in Chinese", "zh-Hans": " in Chinese", "ja": " in Japanese",
                 "ko": " in Korean", "und": ""},
        trend="Of {seen} articles gathered in {window}, {about} is about {name}."
        "|Of {seen} articles gathered in {window}, {about} are about {name}.",
        mentioned="{mentions} more mentions {name}.|{mentions} more mention {name}.",
        trend_stories="They make {stories} story.|They make {stories} stories.",
        trend_some="{told} of the articles about {name} make {stories} story."
        "|{told} of the articles about {name} make {stories} stories.",
        quiet="None of the {seen} articles gathered in {window} brings news about {name}.",
        window="the last 24 hours",
        windows="the last {days} days",
        span="in {past_days} days", span_recorded="in the {past_days} days on record",
        first="For the first time in {past_days} days",
        first_recorded="For the first time in the {past_days} days on record",
        most_articles="{about} articles are about {name}, the most {span}.",
        first_again="{first} there are articles about {name}.",
        first_without="{first} there is no article about {name}.",
        share="Of the articles of {week} days about the families, {share_now}% are about {name}; of those of"
        " the {week} days before, {share_then}%.",
        largest="The most reported story has {reports} articles, the most {span}.",
        first_of_kind="{first} there is news of {kind}.",
        of_kind={"launch": "a launch", "price": "prices", "incident": "an incident", "security": "security"},
        last_news="The last news of {name} was {past_days} days ago.",
        goes_on="The story that has gone on longest brings news on day {days_told} of {past_days}.",
        day="Date", family="Family", this_week="Last 7 days", week_before="7 days before", story="Story",
        reports="Articles",
        titled="{publisher}: “{title}”",
        titled_official="{publisher}: “{title}”",
        headed="{publisher} ran {what}{language}{about}",
        headed_official="{publisher} published {what}{language}{about}",
        headed_about=" about {names}",
        mentions_only="Articles that mention {name}: {listed}.",
        untitled="A report about {name} ({month:02}-{day:02})",
    ),
    "ja": Frames(
        report="{publisher}は{month}月{day}日、{language}次のように報じた{comma}{told}",
        official="{publisher}は{month}月{day}日、{language}次のように発表した{comma}{told}",
        same_day="{publisher}も{language}報じた{comma}{told}",
        more="{told}",
        bare="{publisher}は{month}月{day}日、{language}{what}を掲載した{about}。",
        again="{publisher}は{month}月{day}日、{language}{what}を掲載した{about}。",
        open="「", close="」", colon="：",
        kinds={"": "記事", "own": "記事"},
        about="（{names}に言及）",
        besides="（{names}にも言及）",
        stop="。",
        foreign={"zh-Hant": "中国語で", "zh-Hans": "中国語で", "en": "英語で", "ko": "韓国語で",
                 "und": ""},
        trend="{window}に収集した{seen}本の記事のうち、{about}本が{name}を主題としている。",
        mentioned="ほかに{mentions}本が{name}に言及している。",
        trend_stories="これらは{stories}件のニュースにまとまる。",
        trend_some="{name}を主題とする記事のうち{told}本は{stories}件のニュースにまとまる。",
        quiet="{window}に収集した{seen}本の記事に、{name}を主題とする新しいニュースはない。",
        window="過去24時間",
        windows="過去{days}日間",
        span="{past_days}日間で", span_recorded="記録のある{past_days}日間で",
        first="{past_days}日ぶり", first_recorded="記録のある{past_days}日間で初めて",
        most_articles="{name}を主題とする記事は{about}本で、{span}最も多い。",
        first_again="{name}を主題とする記事は{first}。",
        first_without="{name}を主題とする記事がない日は{first}。",
        share="直近{week}日間の各ファミリーの記事のうち{name}は{share_now}%、その前の{week}日間は{share_then}%。",
        largest="最も多く報じられた件は{reports}本で、{span}最多。",
        first_of_kind="{kind}のニュースは{first}。",
        of_kind={"launch": "製品発表", "price": "価格", "incident": "障害", "security": "セキュリティ"},
        last_news="{name}の前回のニュースは{past_days}日前。",
        goes_on="最も長く続く件は、{past_days}日間で{days_told}日目のニュース。",
        day="日付", family="ファミリー", this_week="直近7日（本）", week_before="その前の7日（本）",
        story="ニュース", reports="記事（本）",
        titled="{publisher}：「{title}」",
        titled_official="{publisher}：「{title}」",
        headed="{publisher}が{language}{what}を掲載{about}",
        headed_official="{publisher}が{language}{what}を公開{about}",
        headed_about="（{names}）",
        mentions_only="{name}に言及した記事：{listed}。",
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
