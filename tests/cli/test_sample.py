"""The sample through the commands: loaded once, reported from, and found damaged when it is."""

import json
import sqlite3
from contextlib import closing

import docx


def test_the_sample_is_loaded_reported_from_and_watched_over(tizhi, tmp_path):
    code, said, complained = tizhi("demo", "--today", "2026-11-20", TIZHI_TRIAL="1")
    assert code == 0 and "ahnu-liaison" in said and "所有示例账号的密码都是" in said, complained
    code, _, complained = tizhi("demo", TIZHI_TRIAL="1")
    assert code == 1 and "空库" in complained
    code, said, _ = tizhi("demo", "--if-empty", TIZHI_TRIAL="1")
    assert code == 0 and "ahnu-liaison" in said

    paper = tmp_path / "季报.docx"
    code, said, complained = tizhi("report", "compile", "--cluster", "bnu", "--quarter", "2026Q3", "--out", paper)
    told = json.loads(said)
    assert code == 0 and (told["period"], told["state"]) == ("2026Q3", "issued"), complained
    assert {figure["label"]: figure["number"] for figure in told["figures"]}["活动总数"] > 0
    assert any("季度工作开展情况" in paragraph.text for paragraph in docx.Document(paper).paragraphs)
    compile_nowhere = ("report", "compile", "--cluster", "xx", "--quarter", "2026Q3", "--out", paper)
    assert "没有标识为xx的组团" in tizhi(*compile_nowhere)[2]

    assert tizhi("check")[0] == 0
    with closing(sqlite3.connect(tizhi.home / "tizhi.sqlite3")) as database, database:
        database.execute("update reports_report set frozen = frozen || ' ' where period = '2026Q2'")
    code, said, _ = tizhi("check")
    assert code == 1 and "2026年第二季度工作开展情况汇总印发后被改动" in said
