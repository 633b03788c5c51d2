"""相近: how near the words of a heading come to the name of a section, in the vocabulary of any plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

# Words that mean the same in the headings of plans; the first names the notion.
_NOTIONS: Final = (
    "目标 定位 愿景 方向 指标 目的 预期 远景",
    "优势 长处 特色 高原 强项 亮点",
    "短板 劣势 不足 问题 弱项 洼地 薄弱 差距 困难 制约 瓶颈 挑战 现状 基础条件 诊断 形势 校情 办学基础 发展基础 "
    "现有基础 工作基础 建设基础 前期基础 基础 成绩 概况",
    "需求 诉求 需要 急需 期盼",
    "人才 师资 队伍 教师队伍 人才队伍 师资队伍 引才 引育 教师",
    "学科 专业 学科专业 课程 一流专业",
    "基础教育 中小学 教研 地方教育 中小学校 区域教育 义务教育 基教",
    "管理 治理 制度 内部管理 治校 管理干部 现代大学制度 体制机制",
    "特色项目 个性化 专项 特色帮扶 自选 x",
    "进度 分工 时间 步骤 责任 时间表 路线图 任务分解 安排 阶段 日程 进程 责任分工 年度安排 组织实施 步骤安排",
    "保障 支持条件 组织领导 经费 组织保障 条件保障 督导 支撑",
)
# Words that every heading may hold.
_COMMON_WORDS: Final = (
    "建设 发展 能力 提升 加强 推进 学校 学院 高校 大学 水平 体系 计划 方案 与 "
    "和 及 的 在 重点 主要 总体 基本 情况 具体 全面 进一步 存在 关于 实施 工作 "
    "任务 措施 举措 服务 质量 项目 强化 优化 完善 深化 提高 着力 办学 我校 本校 "
    "方面 内容 以及 改革 创新 高质量 大力 促进 做好 开展 各项 一流 化 性 新 强 "
    "促 等 为 把 以 十四五 期间 年 规划 成效 教育 分析"
)
_COMMON: Final = frozenset(_COMMON_WORDS.split())
# Words that hold another notion's sign and are not about it.
_NOT_MEANT: Final = ("专业化", "教师教育", "基础设施", "管理人员")
_COMMON_WEIGHT: Final = 0.12
_ANNEXES: Final = ("附件", "附录", "附表")
_STRANGE_WEIGHT: Final = 0.3
_KNOWN_NOTIONS: Final = frozenset(line.split()[0] for line in _NOTIONS)


class Likeness:
    """Compares headings with the names of sections; what many sections are called counts little."""

    def __init__(self, sections: Sequence[tuple[str, str]]) -> None:
        self._sections = [(key, _notions(name), _bare(name)) for key, name in sections]
        self._common = Counter(notion for _, notions, _ in self._sections for notion in notions)

    def best(self, heading: str) -> list[tuple[float, str]]:
        """The sections by likeness (0–1), the nearest first."""
        notions, bare = _notions(heading), _bare(heading)
        scored = [(self._score(notions, bare, own, name), key) for key, own, name in self._sections]
        return sorted(scored, key=lambda pair: -pair[0])

    def _score(self, notions: Counter[str], bare: str, own: Counter[str], name: str) -> float:
        if bare == name:
            return 1.0
        if bare.startswith(_ANNEXES):
            return 0.0
        total = sum(self._weight(notion) * times for notion, times in notions.items())
        shared = sum(self._weight(notion) * times for notion, times in notions.items() if notion in own)
        covered = sum(self._weight(notion) for notion in own if notion in notions)
        whole = sum(self._weight(notion) for notion in own)
        if not total or not whole:
            return 0.0
        letters = _dice(bare, name)
        return min(0.99, 0.7 * shared / total + 0.15 * covered / whole + 0.15 * letters)

    def _weight(self, notion: str) -> float:
        """Common words count little, what no section speaks of less than what tells sections apart."""
        if notion in _COMMON:
            return _COMMON_WEIGHT
        times = self._common[notion]
        return 1 / times**0.5 if times else _STRANGE_WEIGHT if notion not in _KNOWN_NOTIONS else 1.0


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    return {word: line.split()[0] for line in _NOTIONS for word in line.split()}


@lru_cache(maxsize=1)
def _cutter() -> Any:
    import rjieba  # its dictionary takes a moment to load

    return rjieba


def _notions(text: str) -> Counter[str]:
    """The notions of a heading and how often it speaks of each: known words first, the longest first, then the others.

    What is known and comes last is what a Chinese phrase is about: it counts more than what stands before it.
    """
    known, found, rest = _known(), Counter[str](), _bare(text)
    for word in _NOT_MEANT:
        rest = rest.replace(word, " " * len(word))
    last = (-1, "")
    for word in sorted(known, key=len, reverse=True):
        if len(word) > 1 and (at := rest.rfind(word)) >= 0:
            found[known[word]] += 1
            rest = rest.replace(word, " " * len(word))
            last = max(last, (at, known[word]))
    for piece in rest.split():
        for word in _cutter().cut(piece):
            found[known.get(word, word)] += 1
    if last[1]:
        found[last[1]] += 1
    return found


def _bare(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())


def _dice(one: str, other: str) -> float:
    left, right = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (one, other))
    return 2 * len(left & right) / max(len(left) + len(right), 1)
