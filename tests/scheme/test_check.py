"""方案核对: whatever is wrong with a scheme is told at once, once per cause, at the entry where it is."""

import re
from datetime import date, datetime

import pytest

from tests.scheme.writing import GONE, at, changed, put, real, toml
from tizhi.pipeline.scheme.check import check

SCHOOL = {"kind": "university", "roles": ["supported"]}
SEAT = {"post": "主任"}

# One slip of the pen in the real plan: where, what is written there (GONE: nothing), what is said about it,
# and at which entry if that is another one.
SLIPS = [
    # the form of the text
    ("format", 2, "应为1"),
    ("format", True, "应为1"),
    ("format", GONE, "缺少"),
    ("unti", [], "是否应为“unit”"),
    ("notes", {"by": "x"}, "不认识的表"),
    ("colour", "红", "不认识的项"),
    ("unit[bnu].nmae", "北师大", "是否应为“name”"),
    ("unit[qhnu].population", 3, "不认识的项"),
    ("body[leading-group].seat[2].pots", "x", "是否应为“post”"),
    ("obligation[bodies].evidence.activity", "meeting", "不认识的项"),
    ("plan[year].step[draft].evidence.texts", "x", "是否应为“text”"),
    ("programme", GONE, "缺少"),
    ("programme.name", GONE, "缺少"),
    ("cluster.starts", GONE, "缺少"),
    ("unit", GONE, "缺少"),
    ("unit", [], "不能为空"),
    ("unit", {"id": "bnu"}, "[[unit]]"),
    ("unit[bnu].name", GONE, "缺少"),
    ("unit[bnu].roles", GONE, "缺少"),
    ("unit[bnu].roles", [], "不能为空"),
    ("unit[bnu].roles", "lead", "方括号"),
    ("unit[bnu].roles", [["lead"]], "现为数组"),
    ("unit[bnu].name", 5, "现为整数"),
    ("unit[bnu].name", " ", "不能为空"),
    ("unit[bnu].name", "北京\n师范大学", "控制字符"),
    ("unit[bnu].name", "北京师范大学 ", "空格"),
    ("unit[bnu].name", "北" * 81, "超过80字"),
    ("unit[bnu].kind", "school", "不认识“school”"),
    ("unit[bnu].roles", ["lead", "partner", "leed"], "是否应为“lead”"),
    ("unit[bnu].roles", ["lead", "partner", "lead"], "写了两次"),
    ("conference", [], "现为数组"),
    ("conference.members", GONE, "缺少"),
    ("body[leading-group].seat", GONE, "缺少"),
    ("body[leading-group].seat", [], "不能为空"),
    ("body[leading-group].seat", SEAT, "[[body.seat]]"),
    ("body[expert-committee].nominated_by", "bnu", "应为一个表"),
    ("body[expert-committee].nominated_by.unit", GONE, "缺少"),
    # numbers, dates, codes
    ("briefs.due_workdays", -1, "0至366"),
    ("briefs.due_workdays", 5.0, "现为小数"),
    ("briefs.due_workdays", "5", "现为文字"),
    ("briefs.due_workdays", True, "现为真假值"),
    ("obligation[partner-leader-visit].count", 0, "1至1000"),
    ("obligation[partner-leader-visit].remind", [30, -1], "0至3660"),
    ("obligation[timely-brief].evidence.share", 0, "大于0"),
    ("obligation[timely-brief].evidence.share", 1.2, "不超过1"),
    ("obligation[timely-brief].evidence.share", float("nan"), "大于0"),
    ("obligation[timely-brief].evidence.share", True, "现为真假值"),
    ("post[president].rank", 10, "1至9"),
    ("post[president].rank", 10**4000, "1至9"),
    ("post[president].at_least", 2, "超过了人数"),
    ("area[x].individual", False, "只能写 true"),
    ("cluster.starts", "2022-04-01", "现为文字"),
    ("cluster.starts", datetime(2022, 4, 1, 8), "现为带时刻的日期"),
    ("cluster.starts", date(22, 4, 1), "年份22不合理"),
    ("cluster.ends", date(2021, 12, 31), "早于起始日期2022年4月1日"),
    ("unit[fynu].from", "2023", "现为文字"),
    ("pair[2].to", date(2020, 1, 1), "早于组团启动日期2022年4月1日"),
    ("unit[bnu].code", "10027", "10位学校标识码"),
    ("unit[bnu].code", 4111010027, "现为整数"),
    ("unit[bnu].code", "4111110027", "10位学校标识码"),
    ("unit[ahnu].code", "4111010027", "与 unit[bnu] 重复"),
    ("unit[qhnu].regions", ["630100", "63010"], "6位行政区划代码"),
    # ids and names
    ("unit[qhnu].id", "QHNU", "小写字母", "unit[5].id"),
    ("unit[qhnu].id", "青海师大", "小写字母", "unit[5].id"),
    ("unit[qhnu].id", GONE, "缺少", "unit[5].id"),
    ("unit[qhnu].id", 7, "现为整数", "unit[5].id"),
    ("unit[ahnu].id", "bnu", "与 unit[1] 重复", "unit[2].id"),
    ("unit[ahnu].name", "北京师范大学", "与 unit[bnu] 重复"),
    ("unit[ahnu].short_name", "西昌民族幼专", "与 unit[ahnu] 重复", "unit[xcmzyz].short_name"),
    ("unit[+]", {"id": "bnu", "code": "4111010027", "name": "北京师范大学", "kind": "university", "roles": ["lead"]},
     "与 unit[1] 重复", "unit[13].id"),
    ("unit[ahnu].former_names", [{"name": "北京师范大学", "until": date(2002, 1, 1)}], "也是 unit[bnu] 的名称",
     "unit[ahnu].former_names[1].name"),
    ("unit[ahnu].former_names", [{"name": "安徽师大"}], "缺少", "unit[ahnu].former_names[1].until"),
    ("unit[ahnu].former_names", [{"name": "甲", "until": date(1950, 1, 1)}, {"name": "甲", "until": date(1960, 1, 1)}],
     "重复", "unit[ahnu].former_names[2].name"),
    ("post[president].id", "liaison", "与 post[2] 重复", "post[6].id"),
    ("post[president].name", "党委书记", "与 post[party-secretary] 重名"),
    ("post[secretary].id", "none", "无须审签", "post[none].id"),
    ("area[x].id", "talent", "与 area[1] 重复", "area[5].id"),
    ("area[x].name", "人才队伍建设", "与 area[talent] 重复"),
    ("body[+]", {"id": "leading-group", "name": "又一个", "seat": [SEAT]}, "与 body[1] 重复", "body[6].id"),
    ("body[expert-committee].id", "partner", "重点联系院校", "body[partner].id"),
    ("organisation[+]", {"id": "cicabeq", "name": "另一中心"}, "与 organisation[1] 重复", "organisation[2].id"),
    ("platform[+]", {"id": "qiangshi-online", "name": "另一平台"}, "与 platform[1] 重复", "platform[2].id"),
    ("plan[year].id", "five-year", "与 plan[1] 重复", "plan[2].id"),
    ("plan[five-year].step[review].id", "final", "与 plan[five-year].step[5] 重复", "plan[five-year].step[6].id"),
    ("plan[year].section[aims].id", "dates", "重复", "plan[year].section[3].id"),
    ("obligation[bodies].id", "pair-office", "与 obligation[7] 重复", "obligation[8].id"),
    # units and pairs
    ("unit[bnu].roles", ["partner"], "没有牵头高校", "unit"),
    ("unit[ahnu].roles", ["lead", "partner"], "只能有一所"),
    ("pair[2].partner", "nowhere", "“nowhere”不是本方案中单位的编号"),
    ("pair[2].partner", "anhu", "是否应为“ahnu”"),
    ("pair[2].partner", "fynu", "自己结对", "pair[2].supported"),
    ("pair[2].partner", "abtu", "没有重点联系院校（partner）的角色"),
    ("pair[2].supported", "sicnu", "没有重点支持院校（supported）的角色"),
    ("pair[2]", {"partner": "fynu", "supported": "ahnu"}, "对调", "pair[2].partner"),
    ("pair[2].supported", "nowhere", "不是本方案中单位的编号"),
    ("pair[2].supported", GONE, "缺少"),
    ("pair[+]", {"partner": "bnu", "supported": "qhnu"}, "与 pair[1] 是同一结对", "pair[5].supported"),
    ("pair[4]", GONE, "没有结对", "unit[xcmzyz]"),
    # references
    ("programme.authority", "moee", "是否应为“moe”"),
    ("platform[qiangshi-online].owner", "nobody", "不是本方案中单位的编号"),
    ("platform[qiangshi-online].audience", "students", "不认识“students”"),
    ("organisation[cicabeq].area", "nowhere", "不是本方案中重点内容的编号"),
    ("body[expert-committee].nominated_by.unit", "nobody", "不是本方案中单位的编号"),
    ("body[pair-office].per", "pairs", "不是本方案中角色或机构的编号"),
    ("body[pair-office].parent", "nowhere", "不是本方案中机构的编号"),
    ("body[leading-group].parent", "project-group", "绕成一圈"),
    ("body[leading-group].parent", "leading-group", "leading-group → leading-group"),
    ("body[pair-office].per", "project-group", "绕成一圈"),
    ("body[leading-group].seat[1].units", ["bnu", "nobody"], "不是本方案中单位的编号"),
    ("body[leading-group].seat[1].each", ["lead"], "不能与 units 同时写"),
    ("body[leading-group].seat[3].each", ["dean"], "不认识“dean”"),
    ("body[leading-group].seat[4].each", GONE, "与 each 连用", "body[leading-group].seat[4].except"),
    ("body[leading-group].seat[4].except", ["nobody"], "不是本方案中单位的编号"),
    ("body[leading-group].seat[1].unit_post", ["dean"], "不是本方案中职务的编号"),
    ("body[leading-group].seat[1].powers", ["read-all"], "不认识“read-all”"),
    ("post[president].powers", ["approve"], "是否应为“approve-unit”"),
    ("post[president].each", ["schools"], "不认识“schools”"),
    ("conference.members", ["bnu", "nobody"], "不是本方案中单位的编号"),
    ("conference.secretariat", "nowhere", "不是本方案中机构的编号"),
    ("conference.ranks", ["dean"], "不是本方案中职务的编号"),
    ("contacts.posts", ["dean"], "不是本方案中职务的编号"),
    ("contacts.confirm_every", "month", "不认识“month”"),
    ("briefs.approved_by", "nobody", "不是本方案中职务的编号或 none"),
    ("reports.to", "mooe", "不是本方案中单位的编号"),
    ("reports.every", "quarterly", "是否应为“quarter”"),
    ("area[talent].individual", True, "不能与 items 同时写"),
    ("unit[bnu].chosen", ["code", "colour"], "没有写 “colour” 一项"),
    ("post[secretary].chosen", ["count"], "没有写 “count” 一项"),
    # plans
    ("plan[year].per", "school", "不认识“school”"),
    ("plan[year].author", "university", "不认识“university”"),
    ("plan[year].every", "term", "不认识“term”"),
    ("plan[year].revision_from", "final", "不是本方案中计划步骤的编号"),
    ("plan[year].step[draft].by", ["university"], "不是本方案中角色或机构的编号"),
    ("plan[year].step[agreed].evidence", {}, "须写明以下之一", "plan[year].step[agreed].evidence.needs"),
    ("plan[year].step[agreed].evidence.text", "submitted", "不能与", "plan[year].step[agreed].evidence.confirmed"),
    ("plan[year].step[agreed].evidence.team", "expert", "与 study 连用"),
    ("plan[year].step[draft].evidence.text", "written", "不认识“written”"),
    ("plan[five-year].section[talent].area", "nowhere", "不是本方案中重点内容的编号"),
    # obligations
    ("obligation[bodies].who", "everybody", "不是本方案中角色、单位类别或机构的编号"),
    ("obligation[contact-list].who", ["university", "deprtment"], "是否应为“department”"),
    ("obligation[year-plan].toward", "paired-schools", "是否应为“paired-school”"),
    ("obligation[year-plan].every", "month", "不认识“month”"),
    ("obligation[year-plan].every", GONE, "须写明以下之一：every、once"),
    ("obligation[year-plan].once", True, "不能与 every 同时写"),
    ("obligation[bodies].once", False, "只能写 true"),
    ("obligation[year-plan].evidence", GONE, "缺少"),
    ("obligation[year-plan].evidence", "plan", "应为一个表"),
    ("obligation[year-plan].evidence.kind", GONE, "缺少种类"),
    ("obligation[year-plan].evidence.kind", "visit", "不认识“visit”"),
    ("obligation[year-plan].evidence.kind", 5, "现为整数"),
    ("obligation[year-plan].evidence.plan", "decade", "不是本方案中计划的编号"),
    ("obligation[year-plan].evidence.step", "needs", "不是本方案中计划步骤的编号"),
    ("obligation[year-plan].evidence.step", GONE, "缺少"),
    ("obligation[bodies].evidence.bodies", ["leading-group", "nowhere"], "不是本方案中机构的编号"),
    ("obligation[individual-project].evidence.area", "y", "不是本方案中重点内容的编号"),
    ("obligation[ability-plan].evidence.item", "教师能力提升", "是否应为“教师能力提升计划”"),
    ("obligation[lead-leader-visit].evidence.activity", "visit", "不认识“visit”"),
    ("obligation[lead-leader-visit].evidence.mode", "by-car", "不认识“by-car”"),
    ("obligation[lead-leader-visit].evidence.post", "dean", "不是本方案中职务的编号"),
    ("obligation[implementation-study].evidence.stage", "third", "不认识“third”"),
    ("obligation[quarterly-report].evidence.report", "monthly", "不认识“monthly”"),
    ("obligation[quarterly-report].evidence.state", "read", "不认识“read”"),
    ("obligation[joint-conference].evidence.meeting", "party", "不认识“party”"),
    ("obligation[joint-conference].evidence.state", "planned", "不认识“planned”"),
    ("obligation[lead-leader-visit].also_counts_for", ["visit"], "不是本方案中履约事项的编号"),
    ("obligation[lead-leader-visit].also_counts_for", ["lead-leader-visit"], "自身"),
    ("obligation[year-plan].due.after", "birth", "不认识“birth”"),
    ("obligation[year-plan].due.after", "start", "应从本期起算"),
    ("obligation[bodies].due.after", "period-end", "没有期间"),
    ("obligation[year-plan].due.workdays", 5, "不能与", "obligation[year-plan].due.months"),
    ("obligation[year-plan].due.months", GONE, "须写明以下之一", "obligation[year-plan].due.workdays"),
    ("consultations", GONE, "没有写 [consultations]"),
    ("reports", GONE, "没有写 [reports]"),
    ("body", GONE, "没有写 [[body]]"),
    ("post", GONE, "没有写 [[post]]"),
    ("area", GONE, "没有写 [[area]]"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "value", "words", "entry"),
    [(*slip, slip[0]) if len(slip) == 3 else slip for slip in SLIPS],
    ids=[f"{slip[0]}: {slip[2]}" for slip in SLIPS],
)
def test_one_slip_is_one_fault_at_its_entry(path, value, words, entry):
    faults = check(changed((path, value))).faults
    assert [fault.entry for fault in faults] == [entry]
    assert words in faults[0].fault
    assert faults[0].fault.endswith("。")


def every_key(value, path=""):
    """Every key of the real plan, as a path; entries in lists by their ids or places."""
    if isinstance(value, dict):
        for key, each in value.items():
            here = f"{path}.{key}" if path else key
            yield here
            yield from every_key(each, here)
    elif isinstance(value, list):
        for place, each in enumerate(value, 1):
            if isinstance(each, dict):
                yield from every_key(each, f"{path}[{each.get('id', place)}]")


# Each key once, from the first entry that has it; every kind of evidence has keys of its own.
KEYS = list({re.sub(r"\[.*?\]", "", path): path for path in reversed(list(every_key(real())))}.values())


def test_any_key_of_the_wrong_sort_is_one_fault():
    wrong = {path: [f.entry for f in check(changed((path, datetime(2022, 4, 1, 8)))).faults] for path in KEYS}
    assert {path: entries for path, entries in wrong.items() if len(entries) != 1} == {}


def test_any_key_left_out_is_at_most_one_fault():
    wrong = {path: [f.entry for f in check(changed((path, GONE))).faults] for path in KEYS}
    several = {path: entries for path, entries in wrong.items() if len(entries) > 1}
    assert several == {"pair": ["unit[qhnu]", "unit[fynu]", "unit[abtu]", "unit[xcmzyz]"]}


def test_any_misspelt_key_is_one_fault():
    def misspelt(path):
        plan = real()
        put(plan, f"{path}x", at(plan, path))
        put(plan, path, GONE)
        return [fault.entry for fault in check(toml(plan)).faults]

    wrong = {path: misspelt(path) for path in KEYS}
    assert {path: entries for path, entries in wrong.items() if len(entries) != 1} == {}


def test_an_id_that_is_none_is_one_fault_however_often_it_is_named():
    for list_ in ("unit", "post", "area", "body", "obligation"):
        for entry in real()[list_]:
            for spoilt in (entry["id"].upper() + "_", GONE, 7):
                faults = check(changed((f"{list_}[{entry['id']}].id", spoilt))).faults
                assert len(faults) == 1, (entry["id"], spoilt, faults)


def test_all_faults_are_told_at_once():
    told = [
        ("format", 3, "format"),
        ("colour", "红", "colour"),
        ("programme.authority", "moee", "programme.authority"),
        ("cluster.starts", "2022年4月", "cluster.starts"),
        ("unit[bnu].code", "10027", "unit[bnu].code"),
        ("unit[ahnu].kind", "school", "unit[ahnu].kind"),
        ("unit[nwnu].nmae", "x", "unit[nwnu].nmae"),
        ("unit[fynu].name", GONE, "unit[fynu].name"),
        ("unit[+]", {"id": "New One", "name": "新校", **SCHOOL}, "unit[13].id"),
        ("pair[1].partner", "nowhere", "pair[1].partner"),
        ("pair[4].supported", "sicnu", "pair[4].supported"),
        ("post[president].powers", ["all"], "post[president].powers"),
        ("area[x].name", "学科专业建设", "area[x].name"),
        ("body[leading-group].parent", "project-group", "body[leading-group].parent"),
        ("body[expert-committee].seat[2].count", 0, "body[expert-committee].seat[2].count"),
        ("conference.ranks", ["dean"], "conference.ranks"),
        ("reports.every", "month", "reports.every"),
        ("plan[year].step[draft].by", ["nobody"], "plan[year].step[draft].by"),
        ("obligation[bodies].who", "nobody", "obligation[bodies].who"),
        ("obligation[year-plan].due.months", -3, "obligation[year-plan].due.months"),
        ("obligation[consultation].chosen", ["due"], "obligation[consultation].chosen"),
    ]
    report = check(changed(*[(path, value) for path, value, _ in told]))
    assert sorted(fault.entry for fault in report.faults) == sorted(entry for *_, entry in told)
    assert not report.is_sound


def test_a_pair_of_units_that_were_never_in_the_cluster_together_is_a_fault():
    report = check(changed(("unit[fynu].to", date(2023, 6, 30)), ("pair[2].from", date(2024, 1, 1))))
    assert [fault.entry for fault in report.faults] == ["pair[2]"]
    assert "没有共同的一天" in report.faults[0].fault


def test_two_faults_of_one_list_are_two():
    faults = check(changed(("unit[bnu].roles", ["lead", "partner", "leed", "partnr"]))).faults
    assert [fault.entry for fault in faults] == ["unit[bnu].roles"] * 2
    assert ["lead" in faults[0].fault, "partner" in faults[1].fault] == [True, True]


@pytest.mark.parametrize(
    ("path", "value", "entry", "words"),
    [
        ("unit[bnu].province", "北京", "unit[bnu].province", "是否应为“北京市”"),
        ("conference.invited", [], "unit[moe]", "没有结对、机构或联席会议提到"),
        ("unit[+]", {"id": "new", "name": "新校", "kind": "university", "roles": ["partner"]}, "unit[new]", "没有结对"),
    ],
)
def test_what_is_odd_is_a_warning_and_keeps_nobody_out(path, value, entry, words):
    report = check(changed((path, value)))
    assert report.is_sound
    assert [warning.entry for warning in report.warnings] == [entry]
    assert words in report.warnings[0].fault


@pytest.mark.parametrize(
    "changes",
    [
        [("pair[1].to", date(2023, 6, 30)), ("pair[+]", {**real()["pair"][0], "from": date(2024, 1, 1)})],
        [("unit[bnu].to", date(2025, 6, 30)), ("unit[bnu].from", date(2020, 1, 1))],
        [("pair[+]", {"partner": "ahnu", "supported": "qhnu"})],
        [("post[secretary].each", ["authority"])],
        [("unit[ahnu].former_names", [{"name": "安徽师范学院", "until": date(1972, 12, 31)}])],
        [("cluster.ends", date(2025, 12, 31))],
        [("obligation[bodies].due", GONE), ("obligation[bodies].chosen", GONE)],
        [("obligation[lead-leader-visit].also_counts_for", ["partner-leader-visit"])],
        [("briefs.approved_by", "none")],
        [("plan[year].step[draft].evidence.paper", "年度计划文本")],
    ],
)  # fmt: skip
def test_what_a_cluster_may_well_want_is_no_fault(changes):
    assert check(changed(*changes)).faults == ()
