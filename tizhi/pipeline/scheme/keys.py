"""方案的写法: the closed list of tables and keys, as data; what is not named here is a fault.

Read by `check` (what may stand where), by `declared` (what becomes which attribute) and by docs/scheme.md (a test
compares them). A new key is one line here and one attribute there. The lists of words are in `terms`, what the sorts of
value mean in `grammar`, what several tables share in `parts`, the kinds of evidence in `evidence`.
"""

from typing import Final

from . import terms
from .evidence import EVIDENCE_TABLES, STEP_EVIDENCE
from .grammar import ByKind, Choice, Day, Exactly, Many, Number, Ref, Sub, Subs, Table, Text, Yes, may, must
from .parts import (
    AREA_ID,
    BODY_ID,
    COUNT,
    DATED,
    DAYS,
    ID,
    MONTHS,
    OBLIGATION_ID,
    PERIOD,
    POST_ID,
    POWERS_OF,
    REGION,
    RESPONSIBLE,
    ROLE,
    ROLE_OR_BODY,
    ROLE_OR_KIND,
    SCHOOL_CODE,
    SOURCE,
    STEP_ID,
    UNIT_ID,
    WORKDAYS,
    identified,
)

PROGRAMME: Final = Table(
    "programme",
    "计划",
    (
        must("id", ID, "编号"),
        must("name", Text(80), "名称"),
        may("authority", UNIT_ID, "主管部门"),
        may("based_on", Many(Text(120)), "所依据的文件"),
        *SOURCE,
    ),
)

CLUSTER: Final = Table(
    "cluster",
    "组团",
    (
        must("id", ID, "编号，在本平台各组团之间不重复"),
        must("name", Text(80), "名称"),
        must("title", Text(160), "工作方案的全称"),
        must("starts", Day(), "启动日期；第一期为其后第一个完整的期间"),
        may("ends", Day(), "结束日期"),
        may("stage", Text(), "所属时期，如“十四五”"),
        *SOURCE,
    ),
)

FORMER_NAME: Final = Table(
    "former_names",
    "曾用名",
    (
        must("name", Text(80), "曾用的名称", unique=True),
        must("until", Day(), "用至何日（含当日）；文件按其日期印当时的名称"),
    ),
)

UNIT: Final = Table(
    "unit",
    "单位",
    (
        *identified("单位", limit=80),
        may("short_name", Text(40), "简称，不重复", unique=True),
        must("kind", Choice("单位类别", terms.UNIT_KINDS), "类别"),
        may("code", SCHOOL_CODE, "学校标识码，不重复；有此码时按此码认定是否为平台已有的单位", unique=True),
        may("province", Text(20), "所在省份"),
        may("regions", Many(REGION), "服务地区"),
        must("roles", Many(ROLE), "角色，至少一个；牵头高校同一时间只有一所"),
        may("former_names", Subs(FORMER_NAME), "曾用名"),
        *DATED,
        *SOURCE,
    ),
)

PAIR: Final = Table(
    "pair",
    "结对",
    (
        must("partner", UNIT_ID, "重点联系院校，须有 `partner` 角色"),
        must("supported", UNIT_ID, "重点支持院校，须有 `supported` 角色"),
        *DATED,
        *SOURCE,
    ),
)

POST: Final = Table(
    "post",
    "职务",
    (
        *identified("职务", limit=60, unique=False),
        must("each", Many(ROLE_OR_KIND), "哪些单位设此职务"),
        may("count", COUNT, "人数，默认1"),
        may("at_least", Number(0, 1000), "至少人数，默认1，不超过人数"),
        may("rank", Number(1, 9), "级别，1最高，默认9"),
        may("powers", POWERS_OF, "权限；没有权限的职务也可阅读本单位的工作"),
        *SOURCE,
    ),
    reserved={terms.NO_APPROVAL: "无须审签"},
)

AREA: Final = Table(
    "area",
    "重点内容",
    (
        *identified("重点内容", limit=60),
        may("items", Many(Text(60)), "其下的事项"),
        may("individual", Yes(), "特色项目：由各重点支持院校自定，不列事项"),
        *SOURCE,
    ),
    at_most_one=(("items", "individual"),),
)

_PROVIDED: Final = (
    may("area", AREA_ID, "所属重点内容"),
    may("owner", UNIT_ID, "所属单位"),
    may("audience", ROLE_OR_KIND, "面向哪些单位"),
    *SOURCE,
)
ORGANISATION: Final = Table("organisation", "协同机构", (*identified("协同机构", limit=80), *_PROVIDED))
PLATFORM: Final = Table("platform", "平台", (*identified("平台", limit=80), *_PROVIDED))

NOMINATION: Final = Table(
    "nominated_by",
    "提名",
    (
        must("unit", UNIT_ID, "提名单位"),
        may("department", Text(60), "提名部门"),
    ),
)

SEAT: Final = Table(
    "seat",
    "席位",
    (
        must("post", Text(60), "在机构中的职务名称"),
        may("units", Many(UNIT_ID), "由哪些单位出任"),
        may("each", Many(ROLE_OR_KIND), "由哪类单位各出任一席"),
        may("except", Many(UNIT_ID), "其中除外的单位", attribute="excluding"),
        may("unit_post", Many(POST_ID), "由本单位的何职务担任"),
        may("departments", Many(Text(60)), "出自哪些部门"),
        may("count", COUNT, "人数，默认1"),
        may("powers", POWERS_OF, "权限"),
        may("people", Text(200), "方案原文的说法"),
        *DATED,
        *SOURCE,
    ),
    at_most_one=(("units", "each"),),
    only_with=(("except", "each"),),
)

BODY: Final = Table(
    "body",
    "机构",
    (
        *identified("机构", limit=40),
        may("also", Text(60), "又称"),
        may("parent", BODY_ID, "上级机构"),
        may("per", ROLE_OR_BODY, "每个这样的单位或机构各设一个；不写即全组团一个"),
        may("at_least", Number(0, 1000), "至少几个，默认1"),
        may("duties", Text(500, lines=True), "职责"),
        may("nominated_by", Sub(NOMINATION), "由谁提名"),
        must("seat", Subs(SEAT), "席位，至少一个", attribute="seats"),
        *DATED,
        *SOURCE,
    ),
    reserved=terms.ROLES_AND_KINDS,
)

CONFERENCE: Final = Table(
    "conference",
    "联席会议",
    (
        may("name", Text(60), "名称，默认“联席会议”"),
        must("members", Many(UNIT_ID), "成员单位，单列，不从省份推出"),
        may("ranks", Many(POST_ID), "出席人员的职务"),
        may("accompanied_by", Text(200), "随同出席的人员"),
        must("secretariat", BODY_ID, "秘书处"),
        may("invited", Many(UNIT_ID), "可邀请的单位"),
        may("scope", Text(1000, lines=True), "议事范围"),
        may("countersign_workdays", WORKDAYS, "会签期限（工作日）；不写即不设期限"),
        *SOURCE,
    ),
)

CONTACTS: Final = Table(
    "contacts",
    "联系人",
    (
        may("each", Many(ROLE_OR_KIND), "哪些单位要有联系人；不写即设有所列职务的各单位"),
        must("posts", Many(POST_ID), "由何职务担任联系人"),
        may("group", Text(60), "工作群"),
        may("confirm_every", PERIOD, "多久确认一次；不写即不要求"),
        *SOURCE,
    ),
)


POST_OR_NONE: Final = Ref("职务的编号或 none", "post", {terms.NO_APPROVAL: "无须审签"})

BRIEFS: Final = Table(
    "briefs",
    "信息报送",
    (
        must("due_workdays", WORKDAYS, "活动结束后几个工作日内报送为及时"),
        may("approved_by", POST_OR_NONE, "由何职务审签，默认 `none` 无须审签"),
        may("confirm_workdays", WORKDAYS, "重点支持院校签认期限（工作日）；不写即不设期限"),
        *SOURCE,
    ),
)

REPORTS_TABLE: Final = Table(
    "reports",
    "汇总报送",
    (
        must("every", PERIOD, "多久一次"),
        must("to", UNIT_ID, "报送何单位"),
        may("input_due_workdays", WORKDAYS, "期末后几个工作日内各单位报送；不写即同 `due_workdays`"),
        must("due_workdays", WORKDAYS, "期末后几个工作日内汇总报送"),
        *SOURCE,
    ),
)

CONSULTATIONS: Final = Table(
    "consultations",
    "问诊",
    (
        must("answer_workdays", WORKDAYS, "几个工作日内答复为及时"),
        *SOURCE,
    ),
)

STEP: Final = Table(
    "step",
    "计划步骤",
    (
        *identified("同一计划的步骤", limit=60, unique=False),
        must("by", Many(ROLE_OR_BODY), "由谁办理"),
        must("evidence", Sub(STEP_EVIDENCE), "何为办成；前一步办成后，后一步方可开始"),
        *SOURCE,
    ),
)

SECTION: Final = Table(
    "section",
    "计划章节",
    (
        *identified("同一计划的章节", limit=60, unique=False),
        may("area", AREA_ID, "所对应的重点内容"),
        *SOURCE,
    ),
)

PLAN: Final = Table(
    "plan",
    "计划（一校一策）",
    (
        *identified("计划", limit=60),
        must("per", ROLE, "每个何种角色的单位一份"),
        must("author", ROLE, "由何种角色的单位拟订"),
        may("every", PERIOD, "每期一份；不写即整个时期一份"),
        may("revision_from", STEP_ID, "修订时从哪一步重新办起；不写即从头"),
        must("step", Subs(STEP), "步骤，按先后排列", attribute="steps"),
        must("section", Subs(SECTION), "章节，按先后排列", attribute="sections"),
        *SOURCE,
    ),
)


DUE: Final = Table(
    "due",
    "期限",
    (
        must("after", Choice("起算点", terms.DUE_AFTER), "从何时起算；`once` 的事项只能用 `start`，其余不能用"),
        may("workdays", WORKDAYS, "几个工作日内"),
        may("months", MONTHS, "几个月内"),
    ),
    at_most_one=(("workdays", "months"),),
    at_least_one=(("workdays", "months"),),
)

OBLIGATION: Final = Table(
    "obligation",
    "履约事项",
    (
        *identified("履约事项", limit=100, unique=False),
        must("who", Many(RESPONSIBLE, alone=True), "由谁承担"),
        may("toward", Choice("对象", terms.TOWARD), "面向谁"),
        may("every", PERIOD, "每期一次"),
        may("once", Yes(), "只须一次"),
        may("count", COUNT, "次数，默认1"),
        must("evidence", ByKind(EVIDENCE_TABLES), "何为办成"),
        may("due", Sub(DUE), "期限；不写即本期最后一日"),
        may("remind", Many(DAYS), "到期前几日提醒"),
        may("escalate", Many(DAYS), "逾期几日后上报"),
        may("also_counts_for", Many(OBLIGATION_ID), "办成后同时计入的其他事项"),
        *SOURCE,
    ),
    at_most_one=(("every", "once"),),
    at_least_one=(("every", "once"),),
)

SCHEME: Final = Table(
    "",
    "方案",
    (
        must("format", Exactly(1), "写法的版次"),
        must("programme", Sub(PROGRAMME), "计划"),
        must("cluster", Sub(CLUSTER), "组团"),
        must("unit", Subs(UNIT), "单位", attribute="units"),
        may("pair", Subs(PAIR), "结对", attribute="pairs"),
        may("post", Subs(POST), "职务", attribute="posts"),
        may("area", Subs(AREA), "重点内容", attribute="areas"),
        may("organisation", Subs(ORGANISATION), "协同机构", attribute="organisations"),
        may("platform", Subs(PLATFORM), "平台", attribute="platforms"),
        may("body", Subs(BODY), "机构", attribute="bodies"),
        may("conference", Sub(CONFERENCE), "联席会议"),
        may("contacts", Sub(CONTACTS), "联系人"),
        may("briefs", Sub(BRIEFS), "信息报送"),
        may("reports", Sub(REPORTS_TABLE), "汇总报送"),
        may("consultations", Sub(CONSULTATIONS), "问诊"),
        may("plan", Subs(PLAN), "计划（一校一策）", attribute="plans"),
        may("obligation", Subs(OBLIGATION), "履约事项", attribute="obligations"),
    ),
)
