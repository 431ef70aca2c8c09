"""A careful rewording of a source stands, and what is false in nearly the same words does not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_sentence
from digest_lib.checking.digest import Sentence
from digest_lib.text.scripts import language_of

WHEN = datetime(2026, 7, 28, tzinfo=UTC)

#: What a source says, what a careful writer makes of it, and what is false beside it.
CASES = {
    "one direction in two words": (
        "Lumora 第二季營收 119 億美元，年增 24%。搜尋與其他業務營收成長 17%。",
        "Lumora 第二季營收成長 24%，達到 119 億美元。",
        "Lumora 第二季營收衰退 24%，降到 119 億美元。",
    ),
    "what somebody breaks with": (
        "群暉推出雲端監控服務，打破過去必須購置實體 NAS 或 NVR 伺服器的門檻，兩分鐘完成部署。",
        "群暉推出雲端監控服務，不需要購置 NAS 或 NVR 伺服器。",
        "群暉推出雲端監控服務，三十分鐘才能完成部署。",
    ),
    "a ban by any word": (
        "美國聯邦通訊委員會週二正式對外國新款人形機器人與可連網電力變流器祭出進口禁令，並即刻生效。",
        "美國聯邦通訊委員會禁止進口外國新款人形機器人與可連網電力變流器，即刻生效。",
        "美國聯邦通訊委員會不禁止進口外國新款人形機器人與可連網電力變流器，即刻生效。",
    ),
    "a question affirms nothing": (
        "法國交通部長塔巴羅回應「FSD 何時能在法國核准」的提問，給出明確答案：現階段不行。",
        "法國交通部長塔巴羅表示，現階段不會核准 FSD。",
        "法國總統塔巴羅表示，去年 4 月已核准 FSD。",
    ),
    "what is left out": (
        "開發者加上新選項，工具就會取得目前專案的相依套件資訊，但略過專案本身。",
        "開發者加上新選項，工具會取得目前專案的相依套件資訊，專案本身不裝。",
        "開發者加上 3 個新選項，工具會取得目前專案的相依套件資訊。",
    ),
    "the one who did it comes last": (
        "OpenAI 證實，是 OpenAI 自家的模型在內部評估過程中入侵了 Hugging Face，取得不該取得的資料。",
        "入侵 Hugging Face 的是 OpenAI 自家的模型，它取得了不該取得的資料。",
        "Hugging Face 入侵了 OpenAI，取得不該取得的資料。",
    ),
    "who has left is a former employee": (
        "26 名匿名的 Meta 現任與前員工向聯邦法院提起訴訟，指控公司壓低休假者的考績。",
        "26 名 Meta 現任與離職員工提起訴訟，指控公司壓低休假者的考績。",
        "26 名 Meta 員工提起訴訟，指控公司倒閉。",
    ),
    "a cause that is denied": (
        "GPU 成為運算的主導平台，並非其架構完美符合模型需求，而是歷史與經濟因素使然。",
        "GPU 主導運算，是歷史與經濟因素使然，並不是因為設計得最合適。",
        "GPU 主導運算，是因為輝達壟斷了供貨。",
    ),
    "what is meant to be": (
        "Anthropic 似乎正加入自主研發晶片競賽，已向 SK 海力士提出供應需求。",
        "Anthropic 為了自行研發晶片，已向 SK 海力士提出供應需求。",
        "Anthropic 已完成自主研發晶片，並向三星提出供應需求。",
    ),
    "a version behind a v": (
        "Next.js v16.2.11 现已发布，包含针对多个安全公告的修复程序。",
        "Next.js 16.2.11 推出，修補多個安全公告所列的問題。",
        "Next.js 16.2.12 推出，修補多個安全公告所列的問題。",
    ),
    "a version before its word": (
        "GNU C Library 2.44 发布，可以通过配置文件应用全系统范围的可调参数。",
        "GNU C Library 推出 2.44 版，可用設定檔套用整個系統的可調參數。",
        "GNU C Library 推出 2.45 版，可用設定檔套用整個系統的可調參數。",
    ),
    "spans in another language's words": (
        "The wireless driver was introduced in 2017 and remains in the staging area nearly a decade later.",
        "這個無線網路驅動程式 2017 年加入，將近十年後仍在 staging 區。",
        "這個無線網路驅動程式 2017 年加入，將近二十年後仍在 staging 區。",
    ),
    "another week": (
        "Sent out today was another week's worth of features for the kernel graphics driver.",
        "核心的圖形驅動程式又送出一週份的功能。",
        "核心的圖形驅動程式又送出三週份的功能。",
    ),
    "a verb that ends as an office does": (
        "富士預計 9 月 4 日至 6 日在法國巴黎舉行的大型活動中，讓最新旗艦機型現身。",
        "富士可能在 9 月 4 日至 6 日於巴黎舉辦的活動中，讓最新旗艦機型亮相。",
        "富士可能在 9 月 4 日至 6 日於倫敦舉辦的活動中，讓最新旗艦機型亮相。",
    ),
    "what is of somebody's doing": (
        "Anthropic 為何缺席？\n一封反對管制開放權重模型的產業連署信，24 小時內由 25 家推到 50 家，輝達主導。",
        "輝達主導的連署信反對管制開放權重模型，一天內由 25 家增為 50 家。",
        "Google 主導的連署信反對管制開放權重模型，一天內由 25 家增為 50 家。",
    ),
    "how far two days lie apart": (
        "Kimi K3 在 7 月 16 日发布，Qwen 3.8 在 7 月 19 日宣布，两个都会开放权重。",
        "Kimi K3 與 Qwen 3.8 相隔三天先後登場。",
        "Kimi K3 與 Qwen 3.8 相隔五天先後登場。",
    ),
    "one day in other words": (
        "該活動已從原來的單日會議擴展為為期三天的產業盛會，註冊參會人數超過 2,000 人。",
        "活動從一天延長為三天，報名人數超過 2,000 人。",
        "活動從兩天延長為三天，報名人數超過 2,000 人。",
    ),
    "a span in other units": (
        "Eighteen months ago, every demo was running on the protocol under the hood.",
        "一年半前，各種展示都以這個協定運作。",
        "兩年半前，各種展示都以這個協定運作。",
    ),
    "releases that are listed": (
        "The maintainer has announced the 7.1.5 , 6.18.40 , 6.12.97 , and 5.10.261 stable kernels.",
        "維護者宣布 7.1.5 等四個穩定版核心。",
        "維護者宣布 7.1.5 等八個穩定版核心。",
    ),
    "a rumour that is denied": (
        "針對近日市場關於模型負責人裴鵬即將離職的傳言，美團官方公開表示該消息不屬實。",
        "美團否認模型負責人裴鵬將離職的傳言。",
        "美團證實模型負責人裴鵬已經離職，並遭到起訴。",
    ),
    "what 因此 makes so": (
        "新版僅對正在修改的特定塊而非整個超表獲取獨占鎖，可顯著提升超表上更新和刪除語句的性能。",
        "新版只鎖住被修改的區塊，更新與刪除的效能因此提升。",
        "新版鎖住整個超表，導致資料庫供應商倒閉。",
    ),
    "a figure of what its sentence began with": (
        "短期交易案件遭課徵 45% 的重稅。從 2022 年至今，短期交易占比逐年遞減，已從最高的 25% 下降至 10%。",
        "短期交易占比降到 10%。",
        "短期交易占比升到 10%。",
    ),
    "a verb before 全年": (
        "首款純電動車在首發不到兩個月內就達成全年銷售目標，約 500 輛。",
        "首款純電車首發不到兩個月就賣完全年約 500 輛。",
        "首款純電車首發不到兩個月就賣完全年約 5,000 輛。",
    ),
    "days in a row": (
        "就業服務處 7 月 28 日至 30 日於各站辦理小型徵才活動，提供 442 個工作機會。",
        "就業服務處一連三天辦徵才，提供 442 個工作機會。",
        "就業服務處一連五天辦徵才，提供 442 個工作機會。",
    ),
    "two words beside each other": (
        "美國公布調查結果，對台灣課徵 10% 稅率，日本、南韓為 12.5%。",
        "美國新關稅下台灣被課 10%，低於日韓的 12.5%。",
        "美國新關稅下台灣被課 12.5%，總統因此下台。",
    ),
    "all kinds of them": (
        "專家說明這項開放標準指令集正快速導入各類太空任務。",
        "專家表示，這套開放指令集正迅速打入各種太空任務。",
        "專家表示，這套開放指令集已打入九成太空任務。",
    ),
    "一 and 元 of two words": (
        "單晶片架構的侷限浮上檯面，工程師必須從整個系統著手最佳化，而不只是改一個元件。",
        "工程師必須從整個系統著手最佳化，而非只改單一元件。",
        "工程師必須花 1 元從整個系統著手最佳化。",
    ),
    "a figure with fewer of its digits": (
        "The company reports revenues of 79.3187 trillion won and operating profit of 60.5426 trillion won.",
        "公司營收 79.3 兆韓元，營業利益 60.5 兆韓元。",
        "公司營收 79.4 兆韓元，營業利益 60.5 兆韓元。",
    ),
    "a year in digits": (
        "調查報告指出，80.6% 企業新進員工 1年內就會跳槽，補足人才缺口成為難題。",
        "調查發現，80.6% 企業的新人撐不過一年就跳槽。",
        "調查發現，80.6% 企業的新人撐不過三年就跳槽。",
    ),
    "what is any of a place's": (
        "中國汽車市場今年上半年推出約 650 款新車，歐洲的量子公司也在募資。",
        "中國車廠上半年推出約 650 款新車，歐洲量子運算公司也在募資。",
        "中國車廠上半年推出約 750 款新車，歐洲量子運算公司也在募資。",
    ),
    "a round version": (
        "Firefox 153.0 现已发布，Windows 系统现已支持新的视频播放。",
        "新版 Firefox 153 讓 Windows 支援新的影片播放。",
        "新版 Firefox 154 讓 Windows 支援新的影片播放。",
    ),
    "a word that looks like a place": (
        "智慧眼鏡市場已分層，百元等級的產品憑藉極低門檻快速放量，累計出貨量已達百萬台。",
        "智慧眼鏡市場已經分層，百元等級的產品以低門檻快速普及。",
        "智慧眼鏡市場已經分層，德國百元等級的產品以低門檻快速放量。",
    ),
    "a list that is counted": (
        "國發會公布階段成果，盤點教育、醫療及司法領域 AI 應用進展，AI 新十大建設的三個計畫也有進度。",
        "國發會公布階段成果，整理教育、醫療與司法三個領域的 AI 應用進度。",
        "國發會公布階段成果，整理教育、醫療與司法四個領域的 AI 應用進度。",
    ),
    "one part of so many": (
        "如何使用 BBQ 將嵌入向量縮小 29 倍而不損失召回率。",
        "用 BBQ 可把嵌入向量壓到原本的 1/29，召回率不打折扣。",
        "用 BBQ 可把嵌入向量壓到原本的 1/28，召回率不打折扣。",
    ),
    "a share in halves of tenths": (
        "F5 指出，6 月整體網路攻擊活動較 5 月增加 55.5%。",
        "F5 指出，6 月的網路攻擊比前一個月多出五成五以上。",
        "F5 指出，6 月的網路攻擊比前一個月多出六成五以上。",
    ),
    "a pair": (
        "The Codeberg forge has adopted a pair of new policies on LLM-generated software.",
        "Codeberg 對 LLM 產生的軟體訂下兩項新政策。",
        "Codeberg 對 LLM 產生的軟體訂下三項新政策。",
    ),
    "pieces and time of day": (
        "原生精度下 8 块 B200 勉强装下，早上九点半才跑完。",
        "8 張 B200 只能勉強裝下，到上午 9 點半才跑完。",
        "9 張 B200 只能勉強裝下，到上午 9 點半才跑完。",
    ),
    "a month with a full stop": (
        "The company will present its earnings on July. 29th, 2026 (Wed.), before 9:00 a.m. of the day.",
        "這家公司將在 7 月 29 日上午 9 點前公布財報。",
        "這家公司將在 7 月 27 日上午 9 點前公布財報。",
    ),
    "the only one": (
        "第 1000 萬輛電動車下線，這讓 Tesla 成為目前唯一一家純電動車產量突破千萬輛的車廠。",
        "純電車產量超過一千萬輛的車廠至今只有 Tesla。",
        "純電車產量超過兩千萬輛的車廠至今只有 Tesla。",
    ),
    "second in another word": (
        "元大台灣50以單月126.0億元高居榜首，富邦台50以22.1億元居次。",
        "元大台灣50的126億元，遠高於第二名富邦台50的22.1億元。",
        "元大台灣50的126億元，遠高於第三名富邦台50的22.1億元。",
    ),
    "a version that looks like a count": (
        "vue3 遇到一個無法理解的現象：頁面一直顯示的是 18，預期應該是在 1 秒後顯示 100。",
        "Vue 3 頁面始終停在 18，沒有在一秒後變成 100。",
        "Vue 4 頁面始終停在 18，沒有在一秒後變成 100。",
    ),
    "people under another word": (
        "卡巴斯基指出，伊朗駭客組織 UNC1549 近期使用後門程式，針對中東及非洲的國防產業。",
        "卡巴斯基發現，伊朗駭客集團 UNC1549 以後門程式鎖定中東與非洲的國防產業。",
        "卡巴斯基發現，北韓駭客集團 UNC1549 以後門程式鎖定中東與非洲的國防產業。",
    ),
    "what a year brings": (
        "台新投顧表示，中國自產 DUV 目前初期年產能僅約 5 台，美西線周跌 3.25%。",
        "台新投顧表示，中國自產 DUV 初期一年只能做出約 5 台，美西線一週下滑 3.25%。",
        "台新投顧表示，中國自產 DUV 初期兩年只能做出約 5 台，美西線一週下滑 3.25%。",
    ),
    "a number in a library's name": (
        "這種類型的地圖怎麼用 three.js 製作，底色呈現邊緣高亮？",
        "有開發者問怎麼以 three.js 製作底色邊緣高亮的地圖。",
        "有三位開發者問怎麼以 three.js 製作底色邊緣高亮的地圖。",
    ),
    "the number of a series": (
        "Git4Data 技術詳解（八）：從這一篇開始，我們進入 AI 訓練的場景。",
        "Git4Data 的系列文章來到第八篇，這回進入 AI 訓練的場景。",
        "Git4Data 的系列文章來到第九篇，這回進入 AI 訓練的場景。",
    ),
    "an issue behind a v": (
        "Welcome Thread - v385: leave a comment below to introduce yourself to the new members.",
        "第 385 期歡迎串請新成員留言自我介紹。",
        "第 384 期歡迎串請新成員留言自我介紹。",
    ),
    "how much more": (
        "雲端安全聯盟公布 AI 控制矩陣 1.1 版，將控制目標由 243 項增至 247 項。",
        "雲端安全聯盟的 AI 控制矩陣 1.1 版，控制目標多了 4 項。",
        "雲端安全聯盟的 AI 控制矩陣 1.1 版，控制目標多了 5 項。",
    ),
    "the month of May": (
        "Anthropic leaped to a $47 billion revenue run rate by May, compared to $9 billion in 2025.",
        "Anthropic 的年化營收在 5 月已經達到 470 億美元。",
        "Anthropic 的年化營收在 5 月已經達到 480 億美元。",
    ),
    "main ones are not most": (
        "自 2010 年至 2026 年間，台灣重要物流不動產開發投資合計達 1,074 億元，部分在桃園。",
        "2010 年到 2026 年台灣主要物流不動產的開發投資合計 1,074 億元。",
        "2010 年到 2026 年台灣所有物流不動產的開發投資合計 1,074 億元。",
    ),
    "listed ones that are counted": (
        "長榮航空宣布再度攜手雄獅旅遊、永信旅遊、富盟旅遊及尊榮假期，推出五天四夜高爾夫假期。",
        "長榮航空與四家旅行業者合推五天四夜高爾夫假期。",
        "長榮航空與三家旅行業者合推五天四夜高爾夫假期。",
    ),
    "the second of two days": (
        "On July 15th and 16th, the Senate Judiciary Committee held a confirmation hearing.",
        "參議院司法委員會 7 月 15、16 日舉行任命聽證。",
        "參議院司法委員會 7 月 15、17 日舉行任命聽證。",
    ),
    "three weeks in a row": (
        "分析師指出，SCFI 指數連續第三周走跌，跌幅有所縮減。",
        "SCFI 指數連跌三週，跌幅有所縮減。",
        "SCFI 指數連跌五週，跌幅有所縮減。",
    ),
    "thirty weeks in a row are not three": (
        "分析師指出，SCFI 指數連續30周站上千點，今天收在新高。",
        "SCFI 指數連 30 週站上千點，今天收在新高。",
        "SCFI 指數連站三週上千點，今天收在新高。",
    ),
    "all of what is listed": (
        "通過 XnViewMP 打開圖檔，圖片過曝；以 ImageMagick 轉檔，也是過曝；線上轉檔打開，也是過曝。",
        "用 XnViewMP、ImageMagick 和線上轉檔打開圖檔，圖片全都過曝。",
        "圖檔的使用者全都反映過曝。",
    ),
    "a Latin name in Chinese sounds": (
        "Anthropic 執行長 Dario Amodei 在官方新聞室發文：公司從未主張禁止開放權重模型。",
        "Anthropic 執行長阿莫戴伊發文表示，公司從未主張禁止開放權重模型。",
        "Anthropic 執行長祖克柏發文表示，公司從未主張禁止開放權重模型。",
    ),
    "a plan that stays": (
        "台灣賓士表示，第二季接單創新高，兩年內導入 25 款新車計畫不變。",
        "台灣賓士兩年內導入 25 款新車的計畫照舊。",
        "台灣賓士兩年內導入 25 款新車的計畫取消。",
    ),
    "do not, in one word": (
        "近 200 家新創致信白宮，呼籲不要切斷美國開發者取得中國開源模型的管道。",
        "近 200 家新創籲請白宮別切斷美國開發者取得中國開源模型的管道。",
        "近 200 家新創籲請白宮切斷美國開發者取得中國開源模型的管道。",
    ),
    "a word that looks like a name": (
        "電動車正從早期玩家的專利，變成一般消費者的選擇，車主滿意度不減反增。",
        "電動車買家日益大眾化，車主滿意度不減反增。",
        "電動車買家日益減少，車主滿意度不減反增，豐田樂園也開幕。",
    ),
    "what is not made so": (
        "Linux 沒有能以單一、不引發競態的呼叫建立並開啟目錄的系統呼叫，開發者正在補上。",
        "Linux 至今沒有一個系統呼叫能一次建立並開啟目錄、又不引發競態。",
        "Linux 至今沒有這種系統呼叫，是因為維護者拒絕審查。",
    ),
    "a version behind its word": (
        "檔案壓縮軟體 7-Zip 釋出更新版本 26.02 版，以修補遠端程式碼執行漏洞。",
        "7-Zip 26.02 版修補遠端程式碼執行漏洞。",
        "7-Zip 26.03 版修補遠端程式碼執行漏洞。",
    ),
    "a machine by its system": (
        "這項功能以公開測試版登場，適用 macOS 上的桌面版，開放給三種方案的使用者。",
        "這項功能仍是公開測試版，在 Mac 上使用桌面版的人都能試用。",
        "這項功能仍是公開測試版，在 Windows 上使用桌面版的人都能試用。",
    ),
}  # fmt: skip


def _reasons(claim: str, source: str) -> list[str]:
    title, _, text = source.rpartition("\n")
    lang = language_of(source)
    article = Article("a", "https://a.example/1", title, "", "甲報", "f", lang, WHEN, WHEN, text)
    return check_sentence(Sentence(text=claim, sources=["a"]), {"a": article}, by_meaning=False)


@pytest.mark.parametrize("case", CASES)
def test_a_careful_rewording_stands_and_what_is_false_beside_it_does_not(case: str) -> None:
    source, right, wrong = CASES[case]
    assert _reasons(right, source) == []
    assert _reasons(wrong, source)
