"""How a text speaks beside a name: what measures by it, sets it aside, or tells of an office or a past.

Patterns on folded text (Simplified, half-width, lower case); those for what stands before a name end there,
those for what stands after begin there.
"""

from __future__ import annotations

import re

#: What stands before a name that something else is measured by, or works with.
COMPARED = re.compile(
    r"(?:比|胜过?|赢过?|超越|超过|超车|优于|击败|打败|媲美|不输给?|逼近|直逼|叫板|对标|挑战|领先|落后于?|不如|不像"
    r"|对决|对战|对上|对垒|迎战|抗衡|力抗|比拼|较劲|单挑|追赶|追上|效法|仿效|[>＞]"
    r"|[快慢好强高低多少准贵大]过|换掉|弃用|舍弃|(?:仅)?次于|有别于|接近|直追|紧追|取代|替代|类似|相容于?|兼容|支援|支持|串接|整合"
    r"|搭配|蒸馏|基于|内建|内置|搭载|预载"
    r"|跟上|追随"
    r"|unlike|than|vs\.?|versus|beat(?:s|ing)?|outperform(?:s|ing)?|rival(?:s|ing)?|surpass(?:es|ing)?"
    r"|overtak(?:es|ing)|compatible with|alternatives? to|instead of|similar to|compared (?:with|to)"
    r"|takes? on|taking on|catch(?:es|ing)? up (?:with|to)|chas(?:es|ing)|in the style of"
    r"|modell?ed (?:on|after)"
    r"|with the (?:help|aid) of|thanks to|based on|follow(?:s|ing)? in the (?:foot)?steps of"
    r"|works with|edg(?:es|ed|ing) past|tops?|match(?:es|ed|ing)|on par with|leaving|since|post-"
    r"|ditch(?:es|ed|ing)?|swap(?:s|ped|ping)?(?: out)?|replac(?:es|ing)"
    r"|second only to|distill(?:ed|ing|s)?(?: from)?|(?:faster|cheaper|better|worse|safer|smaller) than"
    r"|(?:\d%|percent|half|third|quarter|fraction|tenth) of"
    r"|built (?:on|with)|(?:written|made|coded)(?: \w+)? (?:via|with|by)|powered by)\s?(?:the |了)?$"
)
#: What stands after one.
AS_MEASURE = re.compile(
    r"\s?的\s?(?:\d+(?:\.\d+)?\s?(?:%|倍|成)|[一二三四五六七八九十百千万]+分之|几分之)(?!\s?的?股)|"
    r"\s?(?:的?(?:替代|竞争对手|对手|杀手|时刻)|[「『“\"]?(?:取经|看齐|借镜|借鉴)|的?(?:脚步|后尘)|(?:入股|投资|支持|加持|驱动)的|相容|兼容|以外|之外|换掉|也(?:未|难|没|不)"
    r"|都(?:在|想|抢着?|爱)?[^,，。;；:：!?！？、都的]{1,6}的(?=[^,，。;；:：!?！？]{2})"
    r"|(?:问世|登场|推出|出现|爆红|上市)(?:之?后|以来|至今)"
    r"|(?:の[^、。,のを]{1,6})?を(?:超え|上回|抜[いく]|凌)|に(?:対抗|匹敵|迫)|並み|の(?:代わり|代替|対抗)"
    r"|[- ](?:compatible|killer|alternatives?|rivals?|competitors?|style|like|moments?"
    r"|backed|funded|powered|driven|inspired|generated|written|based)\b)"
)
#: Someone's office: «OpenAI 執行長 …» says who speaks.
OFFICE_AFTER = re.compile(r"\s?(?:的)?(?:执行长|首席执行官|执行官|高层主管|ceo\b)")
#: Someone's past: the text is on what they do now.
PAST_AFTER = re.compile(
    r"\s?(?:前|(?:的)?(?:共同|联合)?(?:创办人|创始人)|(?:前|离职)员工|co-?founder|founder|alum|veteran)"
)
PAST_BEFORE = re.compile(
    r"(?:前|(?<![\d千万亿兆美日欧])元|曾任职于?|离开|former|ex-?|previously at|left)\s?$"
)
#: What sets a name aside for the one that follows: «不只 X，Y 也…», «繼 X 之後», "Not just X: Y".
ASIDE = re.compile(
    r"(?:不只|不止|不仅|不光|不单|除了|除去|继"
    r"|not (?:just|only)|beyond|besides|aside from|apart from|in addition to)"
    r"\s?(?:是|有)?\s?$"
)
#: The same in what follows the name, in Japanese.
ASIDE_AFTER = re.compile(r"\s?だけ(?:じゃ|では?|で)な[いく]")
#: A version between a name and what is said of it: the GPT-3 moment.
VERSION = re.compile(r"(?:[-\s]?\d[\w.]*)?")
#: What ends a clause that only says when: «Fable 5 被禁當晚，…».
WHEN_AFTER = re.compile(
    r"[^,，。;；:：!！?？]{0,16}?(?:当[晚天日]|之际|前夕|之?后|同[时天日]|次日|隔[天日]|不久|之时)[,，]"
)
#: What follows the name of a precedent, and what the clause behind says of the next: «X 才出事，Y 也…».
PRECEDENT_AFTER = re.compile(
    r"\s?(?P<again>(?:之?后)?又一[例起次宗桩])?(?(again)|(?:才刚?|刚刚?|甫)[^,，。;；:：!?！？]{1,12})[,，]"
)
ALSO = re.compile(r"[^,，。;；:：!?！？]{0,14}?(?:也|又|跟进|同样)")
#: What begins one: «As OpenAI stumbles, …».
WHEN_BEFORE = re.compile(r"^\W*(?:(?:\w+ )?(?:after|before)|as|while|amid|when|with)\s[^,，。;；:：!?]*$")
REST_OF_CLAUSE = re.compile(r"[^,，。;；:：!?]*[,，]")
#: The same of a name that opens the text, with a comma after: «After X, Y …».
OPENS_ASIDE, ENDS_ASIDE = re.compile(r"^\W*(?:after|following|like)\s$"), re.compile(r"[,，]")
#: What is listed that somebody's product works with: «adds support for A, B».
WORKS_WITH = re.compile(r"\b(?:adds?|added|adding|with) support for [^.;:!?]*,\s(?:and\s)?$")
#: What several vendors' names follow that are the tools of somebody's work.
TOOLS = re.compile(r"(?:用|利用|以|靠|借助|藉由?|通过|透过|\bwith|\busing|\bvia|\bthrough)\s?$")
