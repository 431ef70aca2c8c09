"""Chinese names by their form, for those that no glossary holds: 董事長林志豪, 馬里亞·穆斯塔法, 宏翔集團.

A person is told by a surname or by the characters that transliterate foreign names, beside an office or a
verb of saying; an organisation by what such are called (集團, 銀行, 大學). Where the form leaves it open,
nothing is found: a missed name costs less than a true sentence.
"""

from __future__ import annotations

import re

from digest_lib.text.scripts import to_simplified

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金"
    "石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖洪武莫孔汤温庞樊兰殷施翁游简颜柯詹卓纪连骆裴蓝阮高梅盛凌霍房郁崔吉曲尤牛毕甘古倪朴麦仇戚耿管柴骆鲍甄车裴池佘缪隋扈冼尚祝岳涂闫"
)
SURNAME = rf"(?:欧阳|司马|上官|诸葛|范姜|张简|[{_SURNAMES}])"
#: Characters that transliterate foreign names, as Xinhua's tables and Taiwan's press use them.
SOUNDS = (
    "阿埃艾爱安奥巴贝本比彼宾波博伯布查达戴丹德登蒂迪杜多厄恩尔法菲费弗夫福富戈格盖古瓜圭哈海汉赫亨胡惠霍基吉加贾简杰金卡凯坎康"
    "考科克肯库奎拉莱兰朗劳勒雷里利莉丽林琳隆卢鲁路罗洛马迈麦曼梅门蒙米密莫默姆穆纳奈内尼诺努帕潘佩皮普齐奇乔琼日瑞萨塞桑沙"
    "莎舍施史斯松苏索塔泰坦唐陶特腾提廷图托瓦万威维韦温沃乌伍西希谢辛休雅亚扬耶伊因英尤约泽扎詹珍兹佐舒什切茨娃娜妮丝赖顿逊翰鲍勃伦各堡哥弥赛耳葛汗朵曼"
)
_SURNAME = re.compile(SURNAME)
#: Traditional characters that are written as a surname is in Simplified, and are none.
_NO_SURNAMES = frozenset("週範餘於薑嶽穀鬱纔")
OFFICE = (
    r"(?:执行长|董事长|董事(?!会)|总经理|总裁|总监|创办人|创始人|理事长|会长|主席|主任|院长|校长|局长|处长|署长|部长|市长|县长|州长|总统|总理|首相|外长"
    r"|大使|参赞|秘书长|发言人|主任委员|主委|委员|教授|研究员|分析师|工程师|记者|议员|法官|律师|经理|财务长|技术长|营运长|科学家|专家|导演|店长|站长|队长|馆长|行长|书记|院士"
    r"|作家|画家|演员|歌手|选手|球员|学者|司机|车主|村民|居民|老师|医生|校友|股东|负责人"
    r"|受害人|当事人|嫌疑人|名叫|名为)"
)
SAYING = (
    r"(?:表示|指出|说|称|认为|强调|宣布|透露|坦言|补充|解释|直言|回应|提到|告诉|介绍|警告|呼吁|受访|出席|访)"
)
_AFTER = (
    rf"(?={SAYING}|[今昨]?\(|[今昨]日|[、,。:;与和]|进一步|今天|昨天|日前|近日|正式"
    r"|则|也|在|于|向|将|受|亲自|$)"
)
_PEOPLE = re.compile(
    rf"{OFFICE}(?P<a>{SURNAME}[\u4e00-\u9fff]{{1,2}}?){_AFTER}"
    rf"|{OFFICE}(?P<b>[{SOUNDS}]{{3,8}}){_AFTER}"
    rf"|{OFFICE}(?P<f>[{SOUNDS}]{{4,8}})(?![{SOUNDS}])"
    rf"|(?:^|(?<=[,。;、\"”」]))(?P<c>{SURNAME}[\u4e00-\u9fff]{{2}})(?={SAYING}|进一步)"
    rf"|{OFFICE}(?P<e>{SURNAME}[\u4e00-\u9fff])"
    rf"|(?P<d>[{SOUNDS}]{{2,8}}(?:[·•‧・][\u4e00-\u9fff]{{2,8}}?)+)(?={SAYING}|[^\u4e00-\u9fff]|[在于与和的是为将以])"
)
#: Words that begin with a surname's character and are no names.
_WORDS = re.compile(
    r"^(?:[\u4e00-\u9fff]?(?:公司|方面|时间|多次|表示|指出|认为|强调|宣布)|任何|许多|马上|何时|万一|江苏|方才|于是|连续|金额|金融|石油|白天"
    r"|高[级度层达喊举调管价]|古[代老典]|夏季|程度|程式|方案|方式|方法|方向|方便|余额|施行|施工|温度|万元|严重|严格|纪录|连同|游戏|简单|叶片|任务|任期|任内|武器|史上|时任|钱包)"
)
_KINDS = (
    r"(?:集团|银行|大学|基金会|医院|证券|投顾|保险|航空|学院|研究所|研究院|协会|联盟|法院|电视台|出版社|有限公司|博物馆|机场|委员会|中学|公园"
    r"|纪念馆|统计局|气象局|铁路局|交易所|检察院|报社|党委|商会|(?<![城超股上都门楼车房集夜花黑开收台休入直全各])[省市县镇](?![占场值面价府民长区政级委道议内外况]))"
)
_ORGANISATION = re.compile(rf"(?P<before>[\u4e00-\u9fff]{{2}})(?P<kind>{_KINDS})")
_TITLE = re.compile(r"[《〈]([^《》〈〉]{2,60})[》〉]")
#: What stands before 集團 or 大學 and is no name: 該集團, 一所大學, 多家銀行, 中央銀行.
_COMMON = re.compile(
    r"[的了着过该本此这那各某每多数几两家所间个名是为与和及或在由向从对被把让等并且但也都又就而其他她它我你有无不未已将会能可使"
    r"新旧大小全前后上下中内外子母当同另第一二三四五六七八九十]|国[家内际]|地[方区]|民[间营]|公[立营股]|私|顶尖|知名|主要|科技|投资|金融|商业|跨国|业者"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_RUNS = re.compile(r"[\u4e00-\u9fff]+")


def people(text: str) -> list[str]:
    """The people named in a Chinese text by their form, as the text writes them, each once."""
    folded = to_simplified(text)
    found = dict[str, None]()
    for match in _PEOPLE.finditer(folded):
        group = next(g for g in "abcedf" if match.group(g))
        if not _WORDS.search(match.group(group)):
            found[text[match.start(group) : match.end(group)]] = None
    return list(found)


def is_surname(character: str) -> bool:
    """Is it a surname, as it is written: 周, not 週?"""
    return bool(_SURNAME.fullmatch(to_simplified(character))) and character not in _NO_SURNAMES


def is_transliterated(name: str) -> bool:
    """Is it written with characters that transliterate foreign names throughout (史密斯, 阿莫迪)?"""
    return all(c in SOUNDS or not _HAN.match(c) for c in to_simplified(name))


def organisations(text: str) -> list[str]:
    """The two characters before what each organisation is called, as written: 宏翔 of 宏翔集團."""
    folded = to_simplified(text)
    found = (m for m in _ORGANISATION.finditer(folded) if not _COMMON.search(m.group("before")))
    return list(dict.fromkeys(text[m.start("before") : m.end("before")] for m in found))


def titles(text: str) -> list[str]:
    """The titles of works, laws and papers in a text: what stands in 《》, each once."""
    return list(dict.fromkeys(m.group(1).strip() for m in _TITLE.finditer(text)))


def is_chinese(text: str) -> bool:
    """Does the text write names in Chinese characters?"""
    return sum(map(len, _RUNS.findall(text))) > len(text) // 5
