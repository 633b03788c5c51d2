"""三十所院校的组团: the real rules for 30 universities – several schools of one partner, a school of two partners.

The roster is made up of real names, so that they are as long as names are; the pairs are invented.
"""

from functools import cache

from .writing import put, real, toml

SUPPORTED_BY = {
    "北京师范大学 北京市": ("青海师范大学 青海省",),
    "安徽师范大学 安徽省": ("阜阳师范大学 安徽省", "丽江师范高等专科学校 云南省"),
    "西北师范大学 甘肃省": ("阿坝师范学院 四川省", "天水师范学院 甘肃省"),
    "四川师范大学 四川省": ("西昌民族幼儿师范高等专科学校 四川省", "阿坝师范学院 四川省"),
    "华东师范大学 上海市": ("新疆和田师范高等专科学校 新疆维吾尔自治区", "伊犁师范大学 新疆维吾尔自治区"),
    "东北师范大学 吉林省": ("白城师范学院 吉林省", "集宁师范学院 内蒙古自治区", "呼伦贝尔学院 内蒙古自治区"),
    "华中师范大学 湖北省": ("汉江师范学院 湖北省", "遵义师范学院 贵州省"),
    "陕西师范大学 陕西省": ("咸阳师范学院 陕西省", "渭南师范学院 陕西省"),
    "首都师范大学 北京市": ("拉萨师范高等专科学校 西藏自治区", "宁夏师范学院 宁夏回族自治区"),
    "华南师范大学 广东省": ("琼台师范学院 海南省", "黔南民族师范学院 贵州省"),
}
LEAD = "教育部直属高校协同提质研究与指导中心 北京市"  # no partner itself
SHORT = {"西昌民族幼儿师范高等专科学校": "西昌民族幼专", "拉萨师范高等专科学校": "拉萨师专"}
GROUPS = 2  # of each partner


@cache
def thirty_text() -> str:
    """The scheme of 30 universities: a lead, 10 partners, 19 supported schools in 20 pairs."""
    plan = real()
    units = [_unit("lead", LEAD, "lead"), *_universities(), *_departments()]
    units.append(next(unit for unit in plan["unit"] if unit["id"] == "moe"))
    put(plan, "cluster.id", "thirty")
    put(plan, "cluster.name", "三十所院校组团")
    put(plan, "cluster.title", "三十所院校组团工作方案")
    put(plan, "unit", units)
    put(plan, "pair", _pairs())
    put(plan, "conference.members", [unit["id"] for unit in units if unit["kind"] != "ministry"])
    put(plan, "body[project-group].at_least", GROUPS)
    return toml(_for_the_lead(plan))


def _unit(id: str, words: str, role: str) -> dict:
    name, province = words.split()
    short = {"short_name": SHORT[name]} if name in SHORT else {}
    return {"id": id, "name": name, "kind": "university", "province": province, "roles": [role], **short}


def _schools() -> dict[str, str]:
    """The id of every supported school, by its words."""
    words = dict.fromkeys(school for schools in SUPPORTED_BY.values() for school in schools)
    return {school: f"school-{nth}" for nth, school in enumerate(words, start=1)}


def _universities() -> list[dict]:
    partners = [_unit(f"partner-{nth}", words, "partner") for nth, words in enumerate(SUPPORTED_BY, start=1)]
    return [*partners, *(_unit(id, words, "supported") for words, id in _schools().items())]


def _departments() -> list[dict]:
    provinces = dict.fromkeys(school.split()[1] for school in _schools())
    return [
        {
            "id": f"edu-{nth}", "name": f"{province}教育厅", "kind": "department", "province": province,
            "roles": ["department"],
        }
        for nth, province in enumerate(provinces, start=1)
    ]  # fmt: skip


def _pairs() -> list[dict]:
    schools = _schools()
    return [
        {"partner": f"partner-{nth}", "supported": schools[school], "source": "二(一)"}
        for nth, supported in enumerate(SUPPORTED_BY.values(), start=1)
        for school in supported
    ]


def _for_the_lead(tables):
    """The same with the lead's id wherever the plan names 北京师范大学."""
    if isinstance(tables, dict):
        return {key: _for_the_lead(value) for key, value in tables.items()}
    if isinstance(tables, list):
        return [_for_the_lead(value) for value in tables]
    return "lead" if tables == "bnu" else tables
