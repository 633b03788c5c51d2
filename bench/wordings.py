"""比对测量: two plans of twenty thousand characters, reworded and with paragraphs moved, laid beside one another."""

import random
import time
from statistics import median

from .figure import Figure
from .inside import asked

SIGNS = 20_000
ROUNDS = 7
_WHO = ("教师教育学院", "发展规划处", "人事处", "教务处", "科研处", "帮扶院校", "小组团办公室", "附属学校")
_DOES = ("制定", "完善", "推进", "实施", "建立", "优化", "组织", "落实")
_WHAT = (
    *(
        "青年骨干教师培育方案",
        "学科专业动态调整机制",
        "基础教育质量监测项目",
        "教师发展中心建设任务",
        "优师计划协同培养",
    ),
    *("干部挂职交流安排", "重点学科建设规划", "教研共同体", "数字资源共享平台", "学历提升支持办法"),
)
_SO = (
    "逐年提高覆盖率",
    "按季度报送进展",
    "形成可推广的经验",
    "纳入年度考核",
    "明确责任分工和完成时限",
    "建立台账并动态更新",
)


def of_two_plans() -> list[Figure]:
    """Two plans of 20,000 characters, a third of the paragraphs reworded and a tenth moved."""
    told = asked("wordings")
    assert told["signs"] >= SIGNS
    return [
        Figure("compare two plans of 20,000 characters", told["milliseconds"], "ms", 500),
        Figure("moved paragraphs recognised", told["moved"], "%", 90, "higher"),
    ]


def plans(seed: int = 7) -> tuple[str, str]:
    """An old text and the new one made of it: the same on every run."""
    chance = random.Random(seed)
    old: list[str] = []
    while sum(map(len, old)) < SIGNS:
        old.append("".join(_sentence(chance) for _ in range(chance.randint(2, 6))))
    new = [_reworded(chance, each) if chance.random() < 0.33 else each for each in old]
    for _ in range(len(new) // 10):
        new.insert(chance.randrange(len(new)), new.pop(chance.randrange(len(new))))
    for _ in range(len(new) // 20):
        del new[chance.randrange(len(new))]
        new.insert(chance.randrange(len(new)), _sentence(chance))
    return _html(old), _html(new)


def _sentence(chance: random.Random) -> str:
    start = f"到{chance.randint(2023, 2027)}年，由{chance.choice(_WHO)}{chance.choice(_DOES)}{chance.choice(_WHAT)}"
    return f"{start}，{chance.choice(_WHO)}配合，{chance.choice(_SO)}，不少于{chance.randint(2, 99)}项。"


def _reworded(chance: random.Random, text: str) -> str:
    for _ in range(2):
        text = text.replace(chance.choice(_WHAT), chance.choice(_WHAT), 1).replace(chance.choice(_WHO), "有关部门", 1)
    return text.replace("不少于", "达到", 1)


def _html(paragraphs: list[str]) -> str:
    return "".join(
        f"<p>{each}</p>" if nth % 12 else f"<h3>任务</h3><p>{each}</p>" for nth, each in enumerate(paragraphs)
    )


# Inside: Django is set up, the home is a copy.


def wordings() -> dict[str, float]:
    """Milliseconds of a comparison; the share of plainly moved paragraphs that are told as moved."""
    from tizhi.base.documents.compare import compare

    old, new = plans()
    times = []
    for _ in range(ROUNDS + 1):
        started = time.perf_counter()
        compare(old, new)
        times.append((time.perf_counter() - started) * 1000)
    return {"milliseconds": round(median(times[1:]), 1), "signs": len(old), "moved": round(_recognised(old) * 100, 1)}


def _recognised(text: str) -> float:
    """Every tenth paragraph is taken out, slightly reworded and put far away."""
    from tizhi.base.documents.compare import compare

    paragraphs = text.split("</p>")[:-1]
    new, taken = [], []
    for nth, each in enumerate(paragraphs):
        (taken if nth % 10 == 5 else new).append(each)
    moved = [each.replace("不少于", "达到", 1) for each in reversed(taken)]
    for nth, each in enumerate(moved):
        new.insert((nth * 37 + 11) % len(new), each)
    told = compare(text, "</p>".join([*new, ""]))
    return min(told.counts["moved"] / len(moved), 1.0)
