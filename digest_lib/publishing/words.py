"""The words of a post and of the site, by language. Traditional Chinese is what every other falls back to."""

from __future__ import annotations

from datetime import date
from typing import Final

FALLBACK: Final = "zh-TW"
_WEEKDAYS: Final = "一二三四五六日"

_WORDS: Final[dict[str, dict[str, str]]] = {
    FALLBACK: {
        "post_title": "{name} 每日動態 - {date}",
        "post_subtitle": "彙整 {stories} 則 {name} 相關新聞、{count} 篇報導",
        "post_subtitle_none": "{window}沒有 {name} 相關新聞",
        "today": "今日",
        "this_week": "本週",
        "last_days": "近 {days} 日",
        "trend": "{window}模型趨勢",
        "stories": "📰 {window}新聞焦點",
        "analysis": "🔍 深度分析",
        "key_points": "📌 重點摘要",
        "outlook": "💡 延伸思考",
        "sources": "🔗 資料來源",
        "making": "製作說明",
        "no_news": "{window}沒有找到關於 {name} 的新聞：截至 {cutoff}，已查看 {articles} 篇報導。",
        "nothing_stands": "{window}有 {stories} 則關於 {name} 的新聞，但沒有一則的內容通過查核，故不刊出。",
        "industry": "這個發展對 AI 產業的意義",
        "rivals": "與競爭對手的比較或技術優勢",
        "market": "潛在的市場影響",
        "developers": "對開發者的具體影響",
        "users": "對一般使用者的實際意義",
        "articles": "{n} 篇報導",
        "publishers": "{n} 家獨立媒體",
        "official": "官方來源",
        "follow_up": "後續",
        "follow_up_of": "後續報導，前篇：{headline}",
        "why_it_matters": "為什麼重要",
        "analysis_mark": "分析",
        "claim_mark": "官方說法",
        "claim_title": "這句話只有官方來源，是廠商自己的說法",
        "cite": "來源 {n}：{publisher}",
        "cite_run": "來源 {first} 至 {last}",
        "simplified": "原文為簡體",
        "back": "回到引用這篇來源的新聞",
        "other_sources": "其他引用來源",
        "by_offline": "本文由程式摘錄原文編成，未使用生成式 AI",
        "by_llm": "本文由 AI（{llm}）自動生成，逐句查核",
        "gathered": "彙整自 {n} 篇新聞來源",
        "why_writer": "原訂由 AI 撰寫，改由程式摘錄的原因：{why}",
        "why_partly": "部分內容改由程式摘錄的原因：{why}",
        "why_no_llm": "沒有設定 AI 服務",
        "why_key": "AI 服務不接受金鑰",
        "why_model": "AI 服務沒有指定的模型",
        "why_quota": "超過 AI 服務的用量限制",
        "why_cost": "達到費用上限",
        "why_time": "達到時間上限",
        "why_refused": "AI 拒絕作答",
        "why_broken": "AI 的回答不合格式",
        "why_silent": "AI 服務沒有回應",
        "why_other": "AI 沒有可用的回答",
        "offline_leaves_out": "離線摘錄不寫分析與延伸思考",
        "checks": "查核",
        "checked": "引文與陳述 {facts} 句，與來源核對；統計 {counts} 句，與資料表核對；撤下 {withheld} 句。",
        "checked_repaired": "其中 {repaired} 句修正後才相符。",
        "withheld_list": "不刊出的句子與原因（{n}）",
        "repaired_list": "修正過的句子與原因（{n}）",
        "before": "原句",
        "coverage": "收錄範圍",
        "covered_asked": "{answered}／{feeds} 個新聞來源有回應。",
        "covered_imported": "報導來自匯入的資料（{n} 個來源）。",
        "covered_too": "另有 {n} 個來源的報導來自匯入的資料。",
        "covered": "共看過 {articles} 篇，其中 {matched} 篇與 {name} 有關。",
        "failed": "沒有回應的來源（{n}）",
        "feed_refused": "網站拒絕讀取",
        "feed_gone": "網址已經失效",
        "feed_server": "網站發生錯誤",
        "feed_late": "逾時沒有回應",
        "feed_unreachable": "無法連線",
        "feed_no_feed": "回應的不是新聞來源格式",
        "feed_large": "回應過大",
        "feed_other": "沒有可用的回應",
        "cutoff": "截稿",
        "cutoff_at": "{when}（台北時間），涵蓋{window}。",
        "usage": "用量",
        "used": "輸入 {input} 個、輸出 {output} 個 token，費用{cost}。",
        "cost": "約 {usd} 美元",
        "cost_unknown": "不明",
        "notebook": "筆記本",
        "download": "下載本文的 Jupyter 筆記本",
        "one_day": "截稿前 24 小時",
        "days": "截稿前 {n} 日",
        "correction": "更正",
        "correction_intro": "這篇文章發布後曾更正：",
        "story_added": "新增新聞：{headline}",
        "story_removed": "移除新聞：{headline}",
        "sentences_changed": "改動 {n} 句內文",
        "headline_changed": "標題摘要改為「{headline}」",
        "other_change": "更新圖表或製作資料",
        "unreadable_before": "先前的版本毀損，已重新製作",
        "retracted": "已撤回",
        "retracted_headline": "這篇文章已撤回",
        "retracted_text": "這篇文章已於 {date} 撤回。原因：{reason}",
        "contents": "本文目錄",
        "tags": "標籤",
        "omitted": "（這一天沒有內容，網站上不會出現這一節）",
    }
}  # fmt: skip


class Words:
    """The strings of one language: `words("articles", n=3)`."""

    def __init__(self, language: str) -> None:
        self._own = _WORDS.get(language, {})

    def __call__(self, key: str, **values: object) -> str:
        return self._own.get(key, _WORDS[FALLBACK][key]).format(**values)

    def window(self, days: int) -> str:
        """How a heading names the window: today, this week, or the last days."""
        named = {1: "today", 7: "this_week"}.get(days)
        return self(named) if named else self("last_days", days=days)


def day_text(day: date) -> str:
    """A date as readers write it: 2026 年 7 月 29 日（三）."""
    weekday = _WEEKDAYS[day.weekday()]
    return f"{day.year} 年 {day.month} 月 {day.day} 日（{weekday}）"
