"""Plans whose headings Word itself knows: styles and lists that it counts."""

from .draft import draft


@draft(
    (1, "学校发展定位和总体目标", "goals"),
    (2, "办学定位", "goals"),
    (2, "发展目标", "goals"),
    (1, "学校基础与存在问题", "diagnosis"),
    (2, "主要优势", "diagnosis"),
    (2, "突出短板", "diagnosis"),
    (1, "师资队伍建设", "talent"),
    (2, "青年骨干教师培育", "talent"),
    (1, "学科与专业建设", "disciplines"),
    (1, "提升服务基础教育能力", "basic-education"),
    (1, "提升学校治理水平", "management"),
    (1, "组织保障", "support"),
)
def headings_of_chinese_word(d):
    """标题 1 and 标题 2 with typed ordinals, as Word in Chinese."""
    d.line("示例师范大学提质计划（2022—2027年）", "Title")
    first, second = d.style("标题 1", size=16, font="黑体"), d.style("标题 2", size=16, font="楷体")
    d.text()
    d.line("一、学校发展定位和总体目标", first)
    d.line("（一）办学定位", second)
    d.text(2)
    d.line("（二）发展目标", second)
    d.text()
    d.line("二、学校基础与存在问题", first)
    d.line("（一）主要优势", second)
    d.text()
    d.line("1.学科基础扎实，特色鲜明，拥有省级重点学科3个。")
    d.line("（二）突出短板", second)
    d.text()
    d.line("三、师资队伍建设", first)
    d.line("（一）青年骨干教师培育", second)
    d.text()
    rest = ("学科与专业建设", "提升服务基础教育能力", "提升学校治理水平", "组织保障")
    for ordinal, text in zip("四五六七", rest, strict=True):
        d.line(f"{ordinal}、{text}", first)
        d.text(2)


@draft(
    (1, "办学定位与目标", "goals"),
    (1, "优势与特色", "diagnosis"),
    (1, "短板与不足", "diagnosis"),
    (1, "帮扶需求", "needs"),
    (1, "主要举措", ""),
    (2, "教师队伍提升工程", "talent"),
    (2, "学科建设提升工程", "disciplines"),
    (2, "基础教育服务提升工程", "basic-education"),
    (2, "管理能力提升工程", "management"),
    (2, "特色项目", "x"),
    (1, "时间安排", "schedule"),
    (1, "组织领导和经费保障", "support"),
)
def counted_by_word(d):
    """Ordinals are Word's own lists on plain bold paragraphs."""
    d.line("提质计划任务书", size=22, centre=True, bold=True)
    chinese = d.lists(41, ("chineseCounting", "%1、"), ("chineseCounting", "（%2）"))
    items = d.lists(42, ("decimal", "%1."), ("decimal", "（%2）"))
    for text in ("办学定位与目标", "优势与特色", "短板与不足", "帮扶需求", "主要举措"):
        d.line(text, counted=(chinese, 0), bold=True)
        d.text()
    for text in ("教师队伍提升工程", "学科建设提升工程", "基础教育服务提升工程", "管理能力提升工程", "特色项目"):
        d.line(text, counted=(chinese, 1), bold=True)
        d.line("选派专家", counted=(items, 0))
        d.line("接收访问学者", counted=(items, 0))
        d.line("共建课程", counted=(items, 0))
        d.text()
    for text in ("时间安排", "组织领导和经费保障"):
        d.line(text, counted=(chinese, 0), bold=True)
        d.text()


@draft(
    (1, "定位与目标", "goals"),
    (1, "优势与短板", "diagnosis"),
    (2, "高原", "diagnosis"),
    (2, "洼地", "diagnosis"),
    (1, "重点需求", "needs"),
    (1, "人才队伍建设", "talent"),
    (2, "教师培养", "talent"),
    (2, "教师引进", "talent"),
    (1, "学科专业建设", "disciplines"),
    (1, "基础教育服务能力", "basic-education"),
    (1, "学校管理与发展", "management"),
    (1, "特色帮扶项目", "x"),
    (1, "责任分工", "schedule"),
    (1, "保障", "support"),
)
def made_with_wps(d):
    """Outline levels set by hand, full-width digits, a title styled as a heading."""
    d.line("示例师范大学提质计划", "Heading 1", centre=True)
    rest = ("定位与目标", "优势与短板", "重点需求", "人才队伍建设", "学科专业建设", "基础教育服务能力",
            "学校管理与发展", "特色帮扶项目", "责任分工", "保障")  # fmt: skip
    for nth, text in enumerate(rest, start=1):
        ordinal = "".join(chr(ord(sign) + 0xFEE0) for sign in str(nth))
        d.line(f"{ordinal}．{text}", outline=1, font="黑体", size=16)
        below = {"优势与短板": ("高原", "洼地"), "人才队伍建设": ("教师培养", "教师引进")}.get(text, ())
        for at, word in enumerate(below, start=1):
            d.line(f"（{chr(0xFF10 + at)}）{word}", outline=2, font="楷体", size=16)
            d.text(1, size=16)
        if not below:
            d.text(2, size=16)


@draft(
    (1, "发展基础", "diagnosis"),
    (2, "办学优势", "diagnosis"),
    (2, "存在的主要问题", "diagnosis"),
    (1, "总体思路与发展目标", "goals"),
    (2, "指导思想", "goals"),
    (2, "战略定位", "goals"),
    (2, "发展目标", "goals"),
    (1, "主要任务与举措", ""),
    (2, "打造高素质专业化师资队伍", "talent"),
    (2, "构建特色鲜明的学科专业体系", "disciplines"),
    (2, "增强服务地方基础教育的能力", "basic-education"),
    (2, "推进治理体系和治理能力现代化", "management"),
    (1, "组织实施", "schedule"),
    (2, "年度进度安排", "schedule"),
    (2, "任务分工", "schedule"),
    (1, "保障条件", "support"),
)
def parts_of_a_long_plan(d):
    """第一部分 in 黑体, centred; 一、 below it starting afresh; （一）-sentences as text."""
    d.line("示例民族师范学院", size=28, centre=True, font="方正小标宋简体")
    d.line("师范教育协同提质计划实施方案", size=28, centre=True, font="方正小标宋简体")
    d.line("（2022—2026年）", size=18, centre=True)
    d.line("编制单位：发展规划处", size=14, centre=True)
    body = {"size": 14, "font": "宋体"}
    parts = (
        ("发展基础", ("办学优势", "存在的主要问题")),
        ("总体思路与发展目标", ("指导思想", "战略定位", "发展目标")),
        ("主要任务与举措", ("打造高素质专业化师资队伍", "构建特色鲜明的学科专业体系", "增强服务地方基础教育的能力",
                     "推进治理体系和治理能力现代化")),
        ("组织实施", ("年度进度安排", "任务分工")),
        ("保障条件", ()),
    )  # fmt: skip
    for nth, (part, below) in enumerate(parts):
        d.line(f"第{'一二三四五'[nth]}部分 {part}", size=18, font="黑体", centre=True)
        d.text(1, **body)
        for at, text in enumerate(below):
            d.line(f"{'一二三四'[at]}、{text}", size=15, font="黑体")
            d.text(1, **body)
            d.line("（一）坚持需求导向。围绕区域教育发展实际需要，精准确定帮扶任务，避免形式主义。", **body)
            d.line("（二）坚持协同推进。帮扶院校与受援院校共同制定方案，共同组织实施，共享建设成果。", **body)
            d.text(1, **body)


@draft(
    (1, "学校办学定位", "goals"),
    (1, "建设目标", "goals"),
    (1, "优势特色学科与薄弱环节", "diagnosis"),
    (1, "学校重点需求清单", "needs"),
    (1, "师资建设计划", "talent"),
    (2, "“银龄教师”柔性引进", "talent"),
    (2, "骨干教师跟岗研修", "talent"),
    (1, "学科专业提升计划", "disciplines"),
    (2, "申硕学科培育", "disciplines"),
    (1, "基础教育服务计划", "basic-education"),
    (1, "管理服务提升计划", "management"),
    (1, "校本特色项目", "x"),
    (1, "计划进度表", "schedule"),
    (1, "政策与经费保障", "support"),
)
def styled_above_typed_below(d):
    """Word's Heading 1 without ordinals; below it （一） typed in bold; a table under most."""
    d.line("提质计划（送审稿）", "Title")
    d.contents("学校办学定位", "建设目标")
    below = {
        "师资建设计划": ("“银龄教师”柔性引进", "骨干教师跟岗研修"),
        "学科专业提升计划": ("申硕学科培育",),
    }
    for text in ("学校办学定位", "建设目标", "优势特色学科与薄弱环节", "学校重点需求清单", "师资建设计划",
                 "学科专业提升计划",
                 "基础教育服务计划", "管理服务提升计划", "校本特色项目", "计划进度表", "政策与经费保障"):  # fmt: skip
        d.line(text, "Heading 1")
        for at, word in enumerate(below.get(text, ())):
            d.line(f"（{'一二'[at]}）{word}", bold=True)
            d.text()
        d.text()
        d.line("表 2-1 建设指标", centre=True)
        d.table()


@draft(
    (1, "总体目标", "goals"),
    (1, "学校现状", "diagnosis"),
    (2, "特色优势", "diagnosis"),
    (2, "发展瓶颈", "diagnosis"),
    (1, "建设内容", ""),
    (2, "教师队伍", "talent"),
    (3, "数量与结构", "talent"),
    (3, "教学能力", "talent"),
    (2, "学科与专业", "disciplines"),
    (2, "服务基础教育", "basic-education"),
    (2, "内部管理", "management"),
    (2, "个性化帮扶", "x"),
    (1, "年度安排", "schedule"),
    (1, "保障体系", "support"),
)
def counted_decimals_in_styles(d):
    """Heading styles linked to a list that Word counts: 1, 1.1, 1.1.1; the body inside a content control."""
    listed = d.lists(51, ("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3"))
    for level in range(3):
        properties = d.file.styles[f"Heading {level + 1}"].element.get_or_add_pPr()
        numbered = properties.get_or_add_numPr()
        numbered.get_or_add_numId().val, numbered.get_or_add_ilvl().val = listed, level
    for level, text in (
        *((1, "总体目标"), (1, "学校现状"), (2, "特色优势"), (2, "发展瓶颈"), (1, "建设内容"), (2, "教师队伍")),
        *(
            (3, "数量与结构"),
            (3, "教学能力"),
            (2, "学科与专业"),
            (2, "服务基础教育"),
            (2, "内部管理"),
            (2, "个性化帮扶"),
        ),
        *((1, "年度安排"), (1, "保障体系")),
    ):
        d.line(text, f"Heading {level}")
        d.text()
        d.line("（1）完成年度建设任务并通过验收", None)
        d.line("（2）总结经验并形成案例", None)
