"""Words as Taiwan uses them: which of a text's words are the mainland's, and what Taiwan says.

Only words that Taiwan's press does not use in that sense at all; a word with a use of its own in Taiwan
(程序, 質量, 數據, 支持) is not among them. Quotations, names and code keep their words.
"""

from __future__ import annotations

import re

from digest_lib.text.name_spans import is_of_words, known_borders
from digest_lib.text.scripts import to_simplified


def pairs(table: str) -> dict[str, str]:
    """A table of `a=b` between spaces."""
    return dict(pair.split("=", 1) for pair in table.split())


#: The mainland's word (Simplified) and Taiwan's.
WORDS = pairs("""
软件=軟體 硬件=硬體 固件=韌體 视频=影片 音频=音訊 网络=網路 服务器=伺服器 数据库=資料庫 内存=記憶體
硬盘=硬碟 芯片=晶片 激光=雷射 打印=列印 打印机=印表機 鼠标=滑鼠 屏幕=螢幕 显示屏=顯示器 人工智能=人工智慧
智能手机=智慧型手機 算法=演算法 操作系统=作業系統 默认=預設 文件夹=資料夾 博客=部落格 短信=簡訊 黑客=駭客
带宽=頻寬 分辨率=解析度 缓存=快取 线程=執行緒 源代码=原始碼 字符串=字串 数组=陣列 服务端=伺服器端
纳米=奈米 硅谷=矽谷 出租车=計程車 宇航员=太空人 信息安全=資訊安全 信息技术=資訊科技 信息化=資訊化
云计算=雲端運算 账号=帳號 移动端=行動端 充电宝=行動電源 U盘=隨身碟 特朗普=川普 扎克伯格=祖克柏
英伟达=輝達 沙特=沙烏地 悉尼=雪梨 新西兰=紐西蘭 朝鲜=北韓 意大利=義大利
谷歌=Google 智能体=AI代理 报道=報導 量子比特=量子位元 互联网=網際網路 移动互联网=行動網際網路
首席执行官=執行長 笔记本电脑=筆記型電腦 数据中心=資料中心 宕机=當機 宽带=寬頻 光标=游標
首席财务官=財務長 首席技术官=技術長 首席运营官=營運長
编程=程式設計 交互=互動 界面=介面 渠道=管道
二维码=QR碼 数字化=數位化 数字经济=數位經濟 数字货币=數位貨幣
""")
#: Where such a word is part of a name, or of a word of Taiwan's own.
_KEEPS = re.compile(
    r"(?<=[演运计乘除减加])算法|黑客松|网络(?:安全法|游戏协会)|视频号|内存在|界面新闻"
    r"|(?:人工智能|软件)(?:学会|协会|研究院|学院)"
)
#: What Taiwan's press writes, too: a Simplified text is told in the other word, a Traditional one may stand.
_TAIWANS_TOO = frozenset({"智能體", "二維碼"})
_FOUND = re.compile("|".join(sorted(WORDS, key=lambda w: (-len(w), w))))


def mainland_words(text: str) -> list[tuple[int, int, str]]:
    """(start, end, Taiwan's word) of each word of the text that Taiwan says otherwise."""
    folded = to_simplified(text)
    found = [
        m
        for m in _FOUND.finditer(folded)
        if text[m.start() : m.end()] not in {WORDS[m.group()], *_TAIWANS_TOO}
    ]
    edges = known_borders(folded) if found else frozenset()
    return [
        (m.start(), m.end(), WORDS[m.group()])
        for m in found
        if is_of_words(*m.span(), edges) and not is_kept(folded, m.start())
    ]


def is_kept(folded: str, place: int) -> bool:
    """Is a word at that place of a Simplified text part of a name, or of a word of Taiwan's own?"""
    return any(m.start() <= place < m.end() for m in _KEEPS.finditer(folded))
