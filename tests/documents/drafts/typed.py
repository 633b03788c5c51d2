"""Plans whose headings are typed and only look like headings."""

from docx.enum.text import WD_ALIGN_PARAGRAPH

from .draft import BODY, draft


@draft(
    (1, "指导思想", ""),
    (1, "发展目标", "goals"),
    (2, "总体目标", "goals"),
    (2, "具体指标", "goals"),
    (1, "现状分析", "diagnosis"),
    (1, "重点任务", ""),
    (2, "加强人才队伍建设", "talent"),
    (3, "引进高层次人才", "talent"),
    (3, "培养青年教师", "talent"),
    (2, "优化学科专业布局", "disciplines"),
    (2, "服务区域基础教育", "basic-education"),
    (2, "完善内部治理", "management"),
    (1, "实施步骤与责任分工", "schedule"),
    (1, "保障措施", "support"),
)
def typed_as_official_text(d):
    """A cover, a table of contents, and everything typed: 黑体 一、, 楷体 （一）, 1.."""
    d.line("示例师范学院", size=26, centre=True, bold=True)
    d.line("“一校一策”提质计划", size=26, centre=True, bold=True)
    d.line("二〇二六年十一月", size=16, centre=True)
    d.line("目　录", size=22, centre=True, bold=True)
    d.contents("一、指导思想", "二、发展目标")
    body = {"size": 16, "font": "仿宋_GB2312"}
    first, second = {"size": 16, "font": "黑体"}, {"size": 16, "font": "楷体_GB2312"}
    d.text(1, **body)
    d.line("一、指导思想", **first)
    d.text(2, **body)
    d.line("二、发展目标", **first)
    d.line("（一）总体目标", **second)
    d.text(1, **body)
    d.line("（二）具体指标", **second)
    d.line("1.建立健全教师发展机制，教师博士比例达到45%以上。", **body)
    d.line("2.建成省级以上一流专业8个，新增硕士点2个。", **body)
    d.table()
    d.line("三、现状分析", **first)
    d.text(2, **body)
    d.line("四、重点任务", **first)
    d.line("（一）加强人才队伍建设", **second)
    d.line("1.引进高层次人才", **body)
    d.text(1, **body)
    d.line("2.培养青年教师", **body)
    d.text(2, **body)
    for ordinal, text in zip("二三四", ("优化学科专业布局", "服务区域基础教育", "完善内部治理"), strict=True):
        d.line(f"（{ordinal}）{text}", **second)
        d.text(2, **body)
    d.line("五、实施步骤与责任分工", **first)
    d.text(1, **body)
    d.line("六、保障措施", **first)
    d.text(1, **body)
    d.line("示例师范学院", **body)
    d.line("2026年11月23日", **body)


@draft(
    (1, "学校概况与现状", "diagnosis"),
    (2, "办学优势", "diagnosis"),
    (2, "面临的挑战", "diagnosis"),
    (1, "发展定位与建设目标", "goals"),
    (1, "建设任务", ""),
    (2, "人才引育", "talent"),
    (2, "学科专业", "disciplines"),
    (2, "中小学教师培训与教研支持", "basic-education"),
    (2, "现代大学制度", "management"),
    (1, "进度安排", "schedule"),
    (1, "条件保障", "support"),
)
def chapters_and_sections(d):
    """第一章, 第一节 in styles of the university's own."""
    d.style("章标题", size=18, bold=True, font="黑体")
    d.style("节标题", size=15, bold=True)
    d.line("示例大学师范教育协同提质五年规划", size=26, centre=True, bold=True)
    parts = (
        ("学校概况与现状", ("办学优势", "面临的挑战")),
        ("发展定位与建设目标", ()),
        ("建设任务", ("人才引育", "学科专业", "中小学教师培训与教研支持", "现代大学制度")),
        ("进度安排", ()),
        ("条件保障", ()),
    )
    for nth, (chapter, sections) in enumerate(parts):
        d.line(f"第{'一二三四五'[nth]}章　{chapter}", "章标题").alignment = WD_ALIGN_PARAGRAPH.CENTER
        d.text()
        for at, section in enumerate(sections):
            d.line(f"第{'一二三四'[at]}节　{section}", "节标题")
            d.text(2)
            d.line("（1）每年组织不少于2次专题研修；")
            d.line("（2）建设校级名师工作室5个；")
            d.table()


@draft(
    (1, "目标定位", "goals"),
    (2, "总体定位", "goals"),
    (2, "阶段目标", "goals"),
    (1, "问题诊断", "diagnosis"),
    (1, "需求分析", "needs"),
    (1, "人才队伍", "talent"),
    (2, "青年教师培养", "talent"),
    (3, "访学进修", "talent"),
    (3, "学历提升", "talent"),
    (1, "学科专业", "disciplines"),
    (1, "基础教育服务", "basic-education"),
    (1, "管理提升", "management"),
    (1, "个性化项目", "x"),
    (1, "任务分解与时间表", "schedule"),
    (1, "支持保障", "support"),
)
def decimal_outline(d):
    """1, 1.1, 1.1.1 in 一级标题, 二级标题, 三级标题."""
    for level, name in enumerate(("一级标题", "二级标题", "三级标题")):
        d.style(name, size=16 - level, bold=True)
    d.line("提质计划", "Title")
    d.line("1 目标定位", "一级标题")
    d.line("1.1 总体定位", "二级标题")
    d.text()
    d.line("1.2 阶段目标", "二级标题")
    d.text()
    d.line("2 问题诊断", "一级标题")
    d.text(2)
    d.line("3 需求分析", "一级标题")
    d.text()
    d.line("4 人才队伍", "一级标题")
    d.line("4.1 青年教师培养", "二级标题")
    d.line("4.1.1 访学进修", "三级标题")
    d.text()
    d.line("4.1.2 学历提升", "三级标题")
    d.text()
    rest = ("学科专业", "基础教育服务", "管理提升", "个性化项目", "任务分解与时间表", "支持保障")
    for nth, text in enumerate(rest, start=5):
        d.line(f"{nth} {text}", "一级标题")
        d.text()
        d.line("3.5亿元经费纳入学校年度预算安排，并由财务处牵头管理。")


@draft(
    (1, "学校定位与发展目标", "goals"),
    (1, "学校优势特色", "diagnosis"),
    (1, "学校薄弱环节", "diagnosis"),
    (1, "人才队伍建设任务", "talent"),
    (2, "高层次人才引进", "talent"),
    (2, "教师学历提升", "talent"),
    (1, "学科专业建设任务", "disciplines"),
    (2, "重点学科培育", "disciplines"),
    (2, "师范专业认证", "disciplines"),
    (1, "学校管理改革任务", "management"),
    (1, "保障机制", "support"),
)
def only_by_looks(d):
    """No ordinal and no style: centred bold lines, and bold lines at the left."""
    d.line("示例师范高等专科学校", size=22, centre=True, bold=True)
    d.line("协同提质实施方案", size=22, centre=True, bold=True)
    first, second = {"size": 16, "bold": True, "centre": True}, {"size": 14, "bold": True}
    d.line("学校定位与发展目标", **first)
    d.text(2, size=14)
    d.line("学校优势特色", **first)
    d.text(1, size=14)
    d.line("学校薄弱环节", **first)
    d.text(2, size=14)
    d.line("人才队伍建设任务", **first)
    d.line("高层次人才引进", **second)
    d.text(1, size=14)
    d.line("教师学历提升", **second)
    d.text(1, size=14)
    d.line("学科专业建设任务", **first)
    d.line("重点学科培育", **second)
    d.text(1, size=14)
    d.line("表1  重点学科一览表", size=12, bold=True, centre=True)
    d.table()
    d.line("师范专业认证", **second)
    d.text(1, size=14)
    d.line("主要指标：", size=14, bold=True)
    d.text(1, size=14)
    d.line("学校管理改革任务", **first)
    d.text(1, size=14)
    d.line("保障机制", **first)
    d.text(1, size=14)


@draft(
    (1, "工作目标", "goals"),
    (1, "基础与差距", "diagnosis"),
    (1, "工作任务", ""),
    (2, "实施教师素质提升行动", "talent"),
    (2, "实施学科专业提质行动", "disciplines"),
    (2, "实施基础教育服务行动", "basic-education"),
    (2, "实施管理能力提升行动", "management"),
    (1, "工作安排", "schedule"),
    (1, "工作保障", "support"),
    (1, "附件1", ""),
)
def lists_that_are_no_headings(d):
    """Bold 一、; typed contents; numbered sentences and items; an annex."""
    d.line("关于实施协同提质计划的工作方案", size=22, centre=True, font="方正小标宋简体")
    d.line("目录", centre=True, bold=True)
    for line in ("一、工作目标………………1", "二、基础与差距\t2", "三、工作任务........3"):
        d.line(line)
    d.text()
    d.line("一、工作目标", bold=True)
    d.text()
    d.line("二、基础与差距", bold=True)
    d.line("1.建立了教师发展中心，形成了校院两级联动的教师发展机制，取得较好成效。")
    d.line("2.建设了一批省级一流专业，但学科交叉融合不够，服务地方能力有待加强。")
    d.line("三、工作任务", bold=True)
    actions = ("教师素质提升", "学科专业提质", "基础教育服务", "管理能力提升")
    for nth, action in enumerate(actions):
        d.line(f"（{'一二三四'[nth]}）实施{action}行动", bold=True)
        d.text()
        d.line("1.选派骨干教师")
        d.line("2.接收访问学者")
        d.line("3.共建教学资源")
    d.line("（五）其他工作按照学校年度工作要点执行，由各部门分别落实。")
    d.line("四、工作安排", bold=True)
    d.text()
    d.line("五、工作保障", bold=True)
    d.text()
    d.line("附件：1.任务分工表")
    d.line("附件1")
    d.line("任务分工表", centre=True)
    d.table()


@draft(
    (1, "发展愿景", "goals"),
    (1, "高原与洼地分析", "diagnosis"),
    (1, "迫切需求", "needs"),
    (1, "队伍建设", "talent"),
    (1, "学科发展", "disciplines"),
    (1, "专业建设", "disciplines"),
    (1, "基础教育质量监测与服务", "basic-education"),
    (1, "管理干部交流与能力提升", "management"),
    (1, "“X”项目", "x"),
    (1, "责任与进度", "schedule"),
    (1, "组织与制度保障", "support"),
)
def larger_lines_only(d):
    """One level: lines in larger 黑体, not bold, without ordinals; items with dots."""
    d.line("帮扶协作备忘录", size=24, centre=True)
    for text in ("发展愿景", "高原与洼地分析", "迫切需求", "队伍建设", "学科发展", "专业建设", "基础教育质量监测与服务",
                 "管理干部交流与能力提升", "“X”项目", "责任与进度", "组织与制度保障"):  # fmt: skip
        d.line(text, size=16, font="黑体")
        d.text(1, size=12)
        d.line("· 开展结对研修", size=12)
        d.line("· 共建在线课程", size=12)
        d.text(1, size=12)


@draft(
    (1, "工作基础", "diagnosis"),
    (1, "目标任务", "goals"),
    (1, "重点举措", ""),
    (2, "人才强校", "talent"),
    (3, "引进博士教师", "talent"),
    (3, "实施学历提升计划", "talent"),
    (2, "学科专业", "disciplines"),
    (3, "建强师范专业", "disciplines"),
    (3, "培育特色学科", "disciplines"),
    (2, "基础教育", "basic-education"),
    (2, "学校治理", "management"),
    (1, "推进步骤", "schedule"),
    (1, "保障机制", "support"),
    (1, "附件1：任务清单", ""),
    (1, "附件2：经费预算", ""),
)
def bold_and_run_in(d):
    """一、（一） typed without looks, 1. with run-in bold; annexes at the end."""
    d.line("某校2022—2025年提质工作方案", size=20, bold=True, centre=True)
    d.text()
    d.line("一、工作基础")
    d.text(2)
    d.line("二、目标任务")
    d.text()
    d.line("三、重点举措")
    for nth, (text, below) in enumerate(
        (("人才强校", ("引进博士教师", "实施学历提升计划")), ("学科专业", ("建强师范专业", "培育特色学科")),
         ("基础教育", ()), ("学校治理", ()))
    ):  # fmt: skip
        d.line(f"（{'一二三四'[nth]}）{text}")
        for at, word in enumerate(below, start=1):
            d.line(f"{at}.{word}")
            d.text()
        if not below:
            paragraph = d.line("1.建立协同机制。", bold=True)
            paragraph.add_run(BODY[0])
            paragraph = d.line("2.完善评价制度。", bold=True)
            paragraph.add_run(BODY[1])
    d.line("四、推进步骤")
    d.line("第一阶段（2022年）：启动实施，完成调研和方案制定。")
    d.line("第二阶段（2023—2024年）：全面推进，开展中期评估。")
    d.line("五、保障机制")
    d.text()
    d.line("附件1：任务清单")
    d.table()
    d.line("附件2：经费预算")
    d.table()
