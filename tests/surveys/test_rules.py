"""问卷规则: one table of cases for the server and for the page."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tizhi.pipeline.surveys import rules
from tizhi.pipeline.surveys.checks import checked
from tizhi.pipeline.surveys.form import form_of
from tizhi.pipeline.surveys.reading import read

from .building import FORM, WHOLE, moment, survey

CASES = json.loads(Path(__file__).with_name("cases.json").read_text(encoding="utf-8"))
FRONTEND = Path(settings.BASE_DIR).parent / "frontend"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_server_decides_what_is_asked_and_what_is_wrong(case):
    form = form_of(case["form"])
    assert [one.id for one in form if one.id in rules.visible(form, case["answers"])] == case["visible"]
    assert rules.faults(form, case["answers"]) == case["faults"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_case_is_a_form_that_may_be_asked(case):
    checked(case["form"], is_whole=True)


def test_the_page_decides_the_same(tmp_path):
    # Of the system, or the one that PyPI brought beside this Python.
    node = shutil.which("node") or shutil.which("node", path=str(Path(sys.executable).parent))
    if node is None or not (FRONTEND / "node_modules" / "vite").exists():
        pytest.skip("no Node")
    source = json.dumps(str(FRONTEND / "src/survey/rules.ts"))
    table = json.dumps(str(Path(__file__).with_name("cases.json")))
    script = f"""
        import {{ readFileSync, writeFileSync }} from "node:fs";
        import {{ transformWithOxc }} from "vite";
        const made = await transformWithOxc(readFileSync({source}, "utf8"), "rules.ts");
        writeFileSync({json.dumps(str(tmp_path / "rules.mjs"))}, made.code);
        const {{ visible, faults }} = await import({json.dumps((tmp_path / "rules.mjs").as_uri())});
        const told = JSON.parse(readFileSync({table}, "utf8"))
          .map((one) => [[...visible(one.form, one.answers)], faults(one.form, one.answers)]);
        console.log(JSON.stringify(told));
    """
    done = subprocess.run(
        [node, "--input-type=module", "-e", script], cwd=FRONTEND, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for case, (seen, faults) in zip(CASES, json.loads(done.stdout), strict=True):
        assert (seen, faults) == (case["visible"], case["faults"]), case["name"]


def test_what_a_form_sends_is_read_by_kind_and_the_rest_is_left_out():
    sent = {**WHOLE, "q99": ["x"], "csrfmiddlewaretoken": ["t"], "q7": ["12"], "__proto__": ["x"]}
    answers, faults = read(form_of(FORM), sent)
    assert faults == {}
    assert answers == {
        "q1": "a1", "q2": 12, "q3": ["a1", "other"], "q3.other": "外语培训", "q4": 4, "q5": {"a1": "a2", "a2": "a1"},
        "q6": "希望多办研修班",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("q1", ["a9"], "请重新选择"), ("q3", ["a1", "evil"], "请重新选择"), ("q4", ["7"], "请重新打分"),
        ("q4", ["９"], "请重新打分"), ("q2", ["十二"], "请填数字"), ("q2", ["nan"], "请填数字"),
        ("q2", ["1e999"], "请填数字"), ("q5.a1", ["<script>"], "请重新选择"),
    ],
)  # fmt: skip
def test_an_answer_of_a_wrong_type_is_named(key, value, sentence):
    answers, faults = read(form_of(FORM), {**WHOLE, key: value})
    assert faults == {key.partition(".")[0]: sentence}
    assert key.partition(".")[0] not in answers


def test_figures_are_read_as_people_type_them():
    for text in ("12", " 12 ", "12课时", "12.0"):
        assert read(form_of(FORM), {"q2": [text]})[0] == {"q2": 12}


def test_the_server_knows_when_it_is_over(db):
    one = survey(closes_at=moment(23, 12))
    assert rules.accepts(one, moment(23, 11))
    assert not rules.accepts(one, moment(23, 12))
    assert rules.standing(one, moment(23, 11)) == ("now", "填写中")
    assert rules.standing(one, moment(24)) == ("done", "已结束")
