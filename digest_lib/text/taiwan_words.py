"""What the mainland calls otherwise than Taiwan, put into Taiwan's words: for our own words, never in a quotation.

OpenCC's table of such terms was made for manuals: in news 回调 is no 回撥 and 支持 seldom 支援. What Taiwan's press writes
itself is left (`_TAIWAN_HAS`), some only where the clause speaks of machines (`_OF_MACHINES`); `usage` has what the table
lacks. A term counts where it begins and ends with words, and in no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from digest_lib.text.name_spans import is_of_words, known_borders, name_spans, words_of
from digest_lib.text.script_tables import terms
from digest_lib.text.scripts import to_simplified
from digest_lib.text.usage import WORDS, is_kept

#: In use in Taiwan as they are, or other words there than in a manual.
_TAIWAN_HAS = frozenset(
    "发布 导入 设备 数据 消息 用户 文件 权限 声明 循环 智能 优化 组件 扩展 项目 参数 运行 全局 绑定 类型 自行车 审核 对象 调度 连接 打开"
    " 发送 点击 刷新 禁用 像素 社区 进程 高端 高级 便携式 字节 密钥 性价比 表达式 联系 低级 保存 信号 分区 抛出 采样 映射 脚本 超声波"
    " 重装 存盘 局部 文档 地址 数字 实例 回调 镜像 万象 进制 重载 挂断 死机 呼出 欧拉 拉洛 拉莫 福雷 凯奇 赖希 诺兰 预设 通道 多态"
    " 萨蒂 注销 调制 范式 访问 指针 字体 串行 外置 词组 局域网 控件 存储 信道 标识 链接 函数 批量 集成 编程 相册 查看 实时监控 公元"
    " 胰腺 脑梗 心梗 室颤 房扑 房颤 花屏 蓝屏 总线 网关 网卡 算子 散列 显存 注册表 操作数 端口 定址 缩进 堆栈 捲积 卷积 交互 内核 添加"
    " 句柄 外键 异步 线程 高清 知识产权 全角 半角 免提 的士 触摸 复印".split()
)
#: Terms of machines in a clause that speaks of machines, words of everyone elsewhere.
_OF_MACHINES = {
    "支持": "支援",
    "程序": "程式",
    "设置": "設定",
    "性能": "效能",
    "用户": "使用者",
    "界面": "介面",
}
_LONGEST = 8


@cache
def _terms() -> dict[str, str]:
    """The mainland's term, in Simplified, and Taiwan's word."""
    table = {to_simplified(a): b for a, b in terms().items()}
    told = {a: b for a, b in table.items() if a not in _TAIWAN_HAS and a not in _OF_MACHINES}
    return told | WORDS


def in_taiwans_words(text: str, converted: str) -> str:
    """The converted text of a Simplified one (of its length) in Taiwan's words."""
    found = _found(text)
    for start, end, said in reversed(found):
        if converted[start:end] != said:
            converted = converted[:start] + said + converted[end:]
    return converted


def _found(text: str) -> list[tuple[int, int, str]]:
    """(start, end, Taiwan's word) of each term in a Simplified text, in order."""
    starts = [m.start() for m in _beginnings().finditer(text)]
    if not starts:
        return []
    edges, names = known_borders(text), name_spans(text, words_of(text))
    spans = [(a, b) for a, b in _spans(text, starts) if is_of_words(a, b, edges)]
    table = _terms()
    if any(text[a:b] in table for a, b in spans):
        table = table | _OF_MACHINES
    found: list[tuple[int, int, str]] = []
    for start, end in spans:
        free = not any(a < start < b for a, b in names.items()) and (not found or start >= found[-1][1])
        if free and text[start:end] in table and not is_kept(text, start):
            found.append((start, end, table[text[start:end]]))
    return found


@cache
def _beginnings() -> re.Pattern[str]:
    """Where a term may begin."""
    return re.compile(f"(?={'|'.join(map(re.escape, sorted(_terms() | _OF_MACHINES)))})")


def _spans(text: str, starts: Iterable[int]) -> list[tuple[int, int]]:
    """What may be a term, by its beginning, the longest first."""
    return [
        (start, end) for start in starts for end in range(min(len(text), start + _LONGEST), start + 1, -1)
    ]
