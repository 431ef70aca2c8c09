"""A person whom no source names, added to sentences that stand: how many does the check let pass?

    DIGEST_RECORDED=/path python bench/people.py [--show]

To each fact of the careful answers (`bench/answers`) that stands, a clause about somebody is added, in one of
a dozen ways in which news names people, with a name of each form: Chinese ones of two and three characters,
foreign ones in characters, with a dot and without, Japanese and Korean ones. None stands in the article, so
none may pass. Names are drawn by a fixed seed; the ways of `heldout` were written before the check knew
people by what stands around them, and `--show` prints what passes of `dev` alone. Caught is where the check
says something that it does not say of the same with 他 for the name.
"""

from __future__ import annotations

import argparse
import os
import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import answer_data
import prose
import story_data

from digest_lib.articles.article import Article

RECORDED = "articles-2026-07-20_2026-07-31.jsonl"
_SURNAMES = (
    "王李張劉陳楊黃趙吳周徐孫馬朱胡郭何林羅高鄭梁謝宋唐許鄧韓馮曹彭曾蕭田董袁潘蔡蔣余于杜葉程魏蘇呂丁任盧姚沈鍾姜崔譚陸范汪廖石金韋"
    "賈夏付方鄒熊白孟秦邱侯江尹薛閻段雷龍黎史陶賀毛郝顧龔邵萬錢嚴洪賴"
)
_GIVEN = (
    "志豪雅雯瑞明建民大同秀琴文斌淑芬美玲俊傑冠宇家豪怡君佳穎欣怡承恩宥廷品妍子涵思遠宏偉國華永強麗娟曉東海濤立群振宇彥廷柏翰詩涵哲瑋"
    "嘉玲慧敏婉婷玉珍春生小平世昌景行學文正平光輝啟明維新天佑若曦夢潔紹剛毅鵬飛凱浩然宗敬之守仁書"
)
_FOREIGN = [
    "霍華德",
    "桑德斯",
    "貝克漢",
    "韋斯特",
    "弗格森",
    "卡拉漢",
    "布蘭登",
    "克勞斯",
    "羅德里",
    "費南多",
    "漢彌爾頓",
    "史密森",
    "奧利維",
    "德拉蒙德",
    "薩維爾",
    "萊因哈特",
    "馬庫斯",
    "潔西卡",
    "伊蓮娜",
    "古斯塔夫",
]
_JAPANESE = [
    "佐藤健一",
    "鈴木一郎",
    "高橋美咲",
    "田中裕子",
    "渡邊直樹",
    "伊藤翔太",
    "山本由美",
    "中村大輔",
    "小林真央",
    "加藤浩二",
]
_KOREAN = ["朴志勳", "崔秀妍", "尹尚賢", "裴允雅", "盧敏宇", "申惠珍", "河正祐", "權志勇", "柳智英", "嚴泰成"]
_FORMS: Mapping[str, Callable[[random.Random], str]] = {
    "three characters": lambda r: r.choice(_SURNAMES) + r.choice(_GIVEN) + r.choice(_GIVEN),
    "two characters": lambda r: r.choice(_SURNAMES) + r.choice(_GIVEN),
    "foreign": lambda r: r.choice(_FOREIGN),
    "foreign, with a dot": lambda r: f"{r.choice(_FOREIGN)}·{r.choice(_FOREIGN)}",
    "Japanese": lambda r: r.choice(_JAPANESE),
    "Korean": lambda r: r.choice(_KOREAN),
}
#: Where the sentence {s} and the name {n} stand.
_WAYS: Mapping[str, Sequence[str]] = {
    "dev": (
        "{s}，這項計畫由{n}主導。",
        "{s}，{n}和團隊花了幾個月完成。",
        "{s}，分析師{n}認為影響不大。",
        "據{n}透露，{s}。",
        "{s}，前工程師{n}對此表示懷疑。",
        "{s}，{n}今天在社群平台上轉貼。",
        "在{n}看來，{s}。",
        "{s}，{n}的說法也一樣。",
        "執行長{n}說，{s}。",
        "{s}，{n}是這次的負責人。",
        "{s}，曾與{n}共事的人說不意外。",
        "{s}，{n}隨後離職。",
    ),
    "heldout": (
        "{s}，{n}也在名單上。",
        "{s}，背後推手是{n}。",
        "{s}，{n}與同事共同撰寫了報告。",
        "以{n}為首的小組指出，{s}。",
        "{s}，這是{n}第一次公開回應。",
        "{s}，發言人{n}沒有回覆。",
        "{s}，此事由{n}先披露。",
        "{n}在文中寫道，{s}。",
        "{s}，創辦人{n}將接手。",
        "{s}，{n}則持不同看法。",
        "{s}，他的搭檔{n}負責另一半。",
        "{s}，連{n}都感到驚訝。",
    ),
}
_SEED = 1


def measured(part: answer_data.Split, by_id: Mapping[str, Article], *, show: bool = False) -> None:
    """Prints how many were caught, by the form of the name and by the language of the sources."""
    draw = random.Random(_SEED)
    caught: dict[tuple[str, bool], list[bool]] = defaultdict(list)
    for answer in answer_data.good(part):
        if answer.kind != "fact" or prose.reasons(answer, answer.text, by_id):
            continue
        cited = [by_id[i] for i in answer.sources]
        chinese = all(a.lang.startswith("zh") for a in cited)
        for form, make in _FORMS.items():
            way, name = draw.choice(_WAYS[part]), make(draw)
            text, plain = (way.format(s=answer.text.rstrip("。"), n=n) for n in (name, "他"))
            if any(name in f"{a.title}{a.summary}" for a in cited):
                continue
            without = set(prose.reasons(answer, plain, by_id))
            caught[form, chinese].append(bool(set(prose.reasons(answer, text, by_id)) - without))
            if show and not caught[form, chinese][-1]:
                print("   PASSED", text)
    for chinese in (True, False):
        print(f"{part}, sources {'in Chinese' if chinese else 'in another language'}")
        rows = {form: hits for (form, of), hits in caught.items() if of is chinese}
        rows["all"] = [hit for row in rows.values() for hit in row]
        for form, hits in rows.items():
            share = 100 * sum(hits) / max(1, len(hits))
            print(f"  {form:<22} caught {sum(hits):4} of {len(hits):4}  {share:5.1f}%")
    every = [hit for row in caught.values() for hit in row]
    print(f"{part}, in all       caught {sum(every):4} of {len(every):4}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    recorded = Path(os.environ["DIGEST_RECORDED"]) / RECORDED
    by_id = prose.named(list(story_data.recorded(recorded).values()))
    measured("dev", by_id, show=given.show)
    measured("heldout", by_id)


if __name__ == "__main__":
    main()
