"""方案写法说明: docs/scheme.md names every table, key and word that the checker takes, and no other."""

import re

import pytest

from tests.scheme.writing import REAL
from tizhi.pipeline.scheme import evidence, keys, parts, terms
from tizhi.pipeline.scheme.provinces import PROVINCES

PAGE = (REAL.parents[2] / "docs/scheme.md").read_text(encoding="utf-8")
SECTIONS = {
    title.split("`")[1] if "`" in title else title: body
    for title, body in re.findall(r"^###? (.+)\n((?:(?!^##).*\n)*)", PAGE, re.MULTILINE)
}
SHARED = {key.name: key for key in (*parts.DATED, *parts.SOURCE)}

TABLES = {
    "[programme]": keys.PROGRAMME,
    "[cluster]": keys.CLUSTER,
    "[[unit]]": keys.UNIT,
    "former_names": keys.FORMER_NAME,
    "[[pair]]": keys.PAIR,
    "[[post]]": keys.POST,
    "[[area]]": keys.AREA,
    "[[organisation]]": keys.ORGANISATION,
    "[[platform]]": keys.PLATFORM,
    "[[body]]": keys.BODY,
    "nominated_by": keys.NOMINATION,
    "[[body.seat]]": keys.SEAT,
    "[conference]": keys.CONFERENCE,
    "[contacts]": keys.CONTACTS,
    "[briefs]": keys.BRIEFS,
    "[reports]": keys.REPORTS_TABLE,
    "[consultations]": keys.CONSULTATIONS,
    "[[plan]]": keys.PLAN,
    "[[plan.step]]": keys.STEP,
    "step.evidence": evidence.STEP_EVIDENCE,
    "[[plan.section]]": keys.SECTION,
    "[[obligation]]": keys.OBLIGATION,
    "due": keys.DUE,
}

WORDS = {
    "角色": terms.ROLES,
    "单位类别": terms.UNIT_KINDS,
    "期间": terms.PERIODS,
    "对象": terms.TOWARD,
    "起算点": terms.DUE_AFTER,
    "活动类别": terms.ACTIVITY_KINDS,
    "方式": terms.MODES,
    "调研轮次": terms.STUDY_ROUNDS,
    "调研队伍": terms.STUDY_TEAMS,
    "文本状态": terms.TEXT_STATES,
    "评审结论": terms.CONCLUSIONS,
    "报告": terms.REPORTS,
    "报告状态": terms.REPORT_STATES,
    "会议": terms.MEETINGS,
    "会议状态": terms.MEETING_STATES,
}


def row(key):
    """How the page must describe a key."""
    return f"| `{key.name}` | {'是' if key.required else ''} | {key.value.says} | {key.about} |"


def rows(section):
    return [line for line in SECTIONS[section].splitlines() if line.startswith("| `")]


@pytest.mark.parametrize("section", TABLES)
def test_a_table_is_described_key_by_key(section):
    assert rows(section) == [row(key) for key in TABLES[section].keys if key is not SHARED.get(key.name)]


@pytest.mark.parametrize("section", TABLES)
def test_a_table_says_which_shared_keys_it_takes(section):
    shared = [key.name for key in TABLES[section].keys if key is SHARED.get(key.name)]
    line = f"通用项：{'、'.join(f'`{name}`' for name in shared)}。" if shared else ""
    assert (line in SECTIONS[section]) if line else ("通用项" not in SECTIONS[section])


def test_shared_keys_and_the_form_of_the_text_are_described():
    assert rows("通用项") == [row(key) for key in SHARED.values()]
    assert rows("整个文件") == [row(key) for key in keys.SCHEME.keys]


def test_evidence_is_described_kind_by_kind():
    expected = []
    for kind, (word, parameters) in evidence.EVIDENCE.items():
        named = "<br>".join(
            f"`{key.name}`{'（必填）' if key.required else ''} {key.value.says}：{key.about}" for key in parameters
        )
        expected.append(f"| `{kind}` | {word} | {named} | {_needs(kind)} |")
    assert rows("evidence") == expected


def _needs(kind):
    needed = evidence.EVIDENCE_NEEDS.get(kind)
    return f"`[{needed}]`" if needed else ""


@pytest.mark.parametrize("name", WORDS)
def test_a_list_of_words_is_told_in_full(name):
    told = "、".join(f"`{word}` {chinese}" for word, chinese in WORDS[name].items())
    assert f"- {name}：{told}。" in SECTIONS["用语"]


def test_powers_are_told_with_how_far_they_reach():
    assert rows("权限") == [
        f"| `{power}` | {terms.POWERS[power]} | {terms.POWER_SCOPES[power]} |" for power in terms.POWERS
    ]


def test_provinces_are_told():
    assert all(name in SECTIONS["省份"] for name in PROVINCES.values())
