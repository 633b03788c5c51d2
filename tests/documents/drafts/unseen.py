"""Plans written after the reader was finished; it was not changed for them."""

from .draft import held_out


@held_out(
    (1, "学校概况", "diagnosis"),
    (1, "发展目标与定位", "goals"),
    (2, "总体目标", "goals"),
    (2, "分年度目标", "goals"),
    (1, "优势特色", "diagnosis"),
    (1, "主要短板和弱项", "diagnosis"),
    (1, "对帮扶高校的需求", "needs"),
    (1, "提质举措", ""),
    (2, "人才队伍建设提质", "talent"),
    (2, "学科专业建设提质", "disciplines"),
    (2, "服务基础教育提质", "basic-education"),
    (2, "学校管理提质", "management"),
    (2, "特色项目建设", "x"),
    (1, "进度安排", "schedule"),
    (1, "保障措施", "support"),
    (1, "附件1", ""),
)
def sent_by_a_province(d):
    """A red-headed official text: everything 仿宋 but the headings; an annex with a table at the end."""
    d.line("某省教育厅文件", size=36, centre=True, font="方正小标宋简体")
    d.line("某教师〔2022〕18号", size=16, centre=True, font="仿宋")
    d.line("关于印发《某师范学院提质计划》的通知", size=22, centre=True, font="方正小标宋简体")
    body = {"size": 16, "font": "仿宋"}
    d.line("有关高等学校：", **body)
    d.text(1, **body)
    first, second = {"size": 16, "font": "黑体"}, {"size": 16, "font": "楷体"}
    for ordinal, text in zip("一二三四五六七八", (
        "学校概况", "发展目标与定位", "优势特色", "主要短板和弱项", "对帮扶高校的需求", "提质举措", "进度安排",
        "保障措施",
    ), strict=True):  # fmt: skip
        d.line(f"{ordinal}、{text}", **first)
        below = {
            "发展目标与定位": ("总体目标", "分年度目标"),
            "提质举措": ("人才队伍建设提质", "学科专业建设提质", "服务基础教育提质", "学校管理提质", "特色项目建设"),
        }.get(text, ())
        for at, word in zip("一二三四五", below, strict=False):
            d.line(f"（{at}）{word}", **second)
            d.line("1．加强统筹。建立校领导联系制度，每季度召开一次推进会，协调解决困难和问题。", **body)
            d.line("2．注重实效。坚持问题导向，把帮扶成果转化为学校的内生发展动力。", **body)
        if not below:
            d.text(2, **body)
    d.line("附件：任务清单", **body)
    d.line("某省教育厅", **body)
    d.line("2022年9月1日", **body)
    d.line("附件1", **first)
    d.line("任务清单", size=22, centre=True, font="方正小标宋简体")
    d.table()


@held_out(
    (1, "规划背景", ""),
    (2, "政策依据", ""),
    (2, "校情分析", "diagnosis"),
    (1, "定位目标", "goals"),
    (1, "重点需求", "needs"),
    (1, "建设任务", ""),
    (2, "建设高水平教师队伍", "talent"),
    (3, "引才", "talent"),
    (3, "育才", "talent"),
    (2, "打造优势学科专业", "disciplines"),
    (2, "助力基础教育发展", "basic-education"),
    (2, "提升管理效能", "management"),
    (1, "实施安排", "schedule"),
    (1, "保障机制", "support"),
)
def headings_of_english_word(d):
    """Heading 1–3 with typed 第一章 and 1.1; bold lead-ins and captions in the text."""
    d.line("某师专“十四五”协同提质规划", "Title")
    d.line("2022年6月", "Subtitle")
    for level, text in (
        *(
            (1, "第一章 规划背景"),
            (2, "1.1 政策依据"),
            (2, "1.2 校情分析"),
            (1, "第二章 定位目标"),
            (1, "第三章 重点需求"),
        ),
        *((1, "第四章 建设任务"), (2, "4.1 建设高水平教师队伍"), (3, "4.1.1 引才"), (3, "4.1.2 育才")),
        *((2, "4.2 打造优势学科专业"), (2, "4.3 助力基础教育发展"), (2, "4.4 提升管理效能")),
        *((1, "第五章 实施安排"), (1, "第六章 保障机制")),
    ):
        d.line(text, f"Heading {level}")
        d.line("责任部门：", bold=True)
        d.text()
        d.line("图1 结构示意", bold=True, centre=True)
        d.text()


@held_out(
    (1, "我们的定位", "goals"),
    (1, "我们的优势", "diagnosis"),
    (1, "我们的不足", "diagnosis"),
    (1, "我们的需求", "needs"),
    (1, "师资提升", "talent"),
    (2, "博士引进", "talent"),
    (2, "名师培育", "talent"),
    (1, "专业提升", "disciplines"),
    (2, "专业认证", "disciplines"),
    (2, "课程建设", "disciplines"),
    (1, "基教服务", "basic-education"),
    (1, "治理提升", "management"),
    (1, "分工与进度", "schedule"),
    (1, "经费保障", "support"),
)
def two_looks_without_ordinals(d):
    """Larger bold lines and 楷体 bold lines, no styles; a one-off bold remark that is no heading."""
    d.line("提质计划简表", size=20, bold=True, centre=True)
    body = {"size": 12}
    below = {"师资提升": ("博士引进", "名师培育"), "专业提升": ("专业认证", "课程建设")}
    for text in ("我们的定位", "我们的优势", "我们的不足", "我们的需求", "师资提升", "专业提升", "基教服务", "治理提升",
                 "分工与进度", "经费保障"):  # fmt: skip
        d.line(text, size=15, bold=True)
        for word in below.get(text, ()):
            d.line(word, size=12, bold=True, font="楷体")
            d.text(1, **body)
        d.text(1, **body)
        if text == "治理提升":
            d.line("以上任务由校办牵头落实。", size=12, bold=True)


@held_out(
    (1, "目标与定位", "goals"),
    (1, "诊断", "diagnosis"),
    (2, "学校优势", "diagnosis"),
    (2, "学校短板", "diagnosis"),
    (1, "需求清单", "needs"),
    (1, "队伍", "talent"),
    (2, "干部教师交流", "talent"),
    (2, "学历层次提升", "talent"),
    (1, "学科", "disciplines"),
    (1, "基础教育", "basic-education"),
    (1, "管理", "management"),
    (1, "特色", "x"),
    (1, "时间进度", "schedule"),
    (1, "保障", "support"),
)
def short_words_in_a_list(d):
    """Very short headings, counted by Word as 第%1章 and %2、 on plain lines; bullets below."""
    listed = d.lists(61, ("chineseCountingThousand", "第%1章"), ("chineseCountingThousand", "%2、"))
    dots = d.lists(62, ("bullet", "●"))
    d.text()
    for level, text in (
        *((0, "目标与定位"), (0, "诊断"), (1, "学校优势"), (1, "学校短板"), (0, "需求清单"), (0, "队伍")),
        *((1, "干部教师交流"), (1, "学历层次提升"), (0, "学科"), (0, "基础教育"), (0, "管理"), (0, "特色")),
        *((0, "时间进度"), (0, "保障")),
    ):
        d.line(text, counted=(listed, level))
        d.text()
        d.line("每年两次研修", counted=(dots, 0))
        d.line("共享课程资源", counted=(dots, 0))


@held_out(
    (1, "办学基础和发展环境", "diagnosis"),
    (1, "建设思路和目标", "goals"),
    (1, "建设重点", ""),
    (2, "人才队伍", "talent"),
    (3, "引进高层次人才", "talent"),
    (3, "培养双师型教师", "talent"),
    (2, "学科和专业", "disciplines"),
    (3, "学前教育专业群", "disciplines"),
    (2, "幼儿园教师培训与社会服务", "basic-education"),
    (2, "学校管理", "management"),
    (1, "进度与责任", "schedule"),
    (1, "条件和保障", "support"),
)
def mixed_digits(d):
    """一. with a full stop, 1、 and (1) as headings; numbered sentences and a signature at the end."""
    d.line("某幼专提质计划", size=22, bold=True, centre=True)
    d.text()
    for first, seconds in (
        ("一.办学基础和发展环境", ()),
        ("二.建设思路和目标", ()),
        ("三.建设重点", (
            ("1、人才队伍", ("(1)引进高层次人才", "(2)培养双师型教师")), ("2、学科和专业", ("(1)学前教育专业群",)),
            ("3、幼儿园教师培训与社会服务", ()), ("4、学校管理", ()),
        )),
        ("四.进度与责任", ()),
        ("五.条件和保障", ()),
    ):  # fmt: skip
        d.line(first, bold=True, size=14)
        for second, thirds in seconds:
            d.line(second, bold=True)
            for third in thirds:
                d.line(third)
                d.text()
            if not thirds:
                d.text()
                d.line("①每年培训不少于200人次，覆盖全州所有县市幼儿园；②建立送教下乡长效机制。")
        if not seconds:
            d.text()
    d.line("某幼儿师范高等专科学校")
    d.line("二〇二二年八月")
