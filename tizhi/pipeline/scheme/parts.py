"""通用项: the sorts of value and the keys that several tables of a scheme share."""

from typing import Final

from . import terms
from .grammar import Choice, Day, Form, Key, Many, Number, Ref, Text, may, must

# What may stand in every entry, and in every entry with a life of its own.
SOURCE: Final = (
    may("source", Text(), "所据条款，如“四(二)”"),
    may("chosen", Many(Text()), "本条中由组团自行约定的项（写项名）；面向用户的说明标注“本组团约定”"),
)
DATED: Final = (
    may("from", Day(), "起始日期；不写即自组团启动", attribute="begins"),
    may("to", Day(), "终止日期（含当日）；不写即尚未终止", attribute="ends"),
)

ID: Final = Form(r"[a-z0-9][a-z0-9-]{0,49}", "小写字母、数字和连字符，以字母或数字开头，不超过50个字符")
SCHOOL_CODE: Final = Form(r"41[0-9]{2}0[0-9]{5}", "10位学校标识码：41、2位省份代码、0、5位院校代码")
REGION: Final = Form(r"[1-9][0-9]{5}", "6位行政区划代码")

COUNT: Final = Number(1, 1000)
WORKDAYS: Final = Number(0, 366)
MONTHS: Final = Number(0, 240)
DAYS: Final = Number(0, 3660)

UNIT_ID: Final = Ref("单位的编号", "unit")
POST_ID: Final = Ref("职务的编号", "post")
AREA_ID: Final = Ref("重点内容的编号", "area")
BODY_ID: Final = Ref("机构的编号", "body")
PLAN_ID: Final = Ref("计划的编号", "plan")
STEP_ID: Final = Ref("计划步骤的编号", "step")
OBLIGATION_ID: Final = Ref("履约事项的编号", "obligation")
ITEM: Final = Ref("重点内容中的事项", "item")

ROLE: Final = Choice("角色", terms.ROLES)
ROLE_OR_KIND: Final = Choice("角色或单位类别", terms.ROLES_AND_KINDS)
ROLE_OR_BODY: Final = Ref("角色或机构的编号", "body", terms.ROLES)
RESPONSIBLE: Final = Ref("角色、单位类别或机构的编号", "body", terms.ROLES_AND_KINDS)
PERIOD: Final = Choice("期间", terms.PERIODS)
POWERS_OF: Final = Many(Choice("权限", terms.POWERS))


def identified(what: str, *, limit: int, unique: bool = True) -> tuple[Key, Key]:
    """The id and the name of an entry."""
    return (
        must("id", ID, f"编号，{what}之间不重复，供本方案他处引用", unique=True),
        must("name", Text(limit), "名称" + ("，不重复" if unique else ""), unique=unique),
    )
