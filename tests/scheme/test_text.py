"""方案文本: whatever a file holds, the checker answers with a line and a sentence, never with an error of its own."""

import time

import pytest

from tests.scheme.writing import REAL
from tizhi.pipeline.scheme.check import check
from tizhi.pipeline.scheme.declared import read

TEXT = REAL.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "空的"),
        (" \n\t\r\n", 1, "空的"),
        ("format = 1\n[cluster\n", 2, "右方括号"),
        ('format = 1\n\n[cluster]\nname = "北京', 4, "引号"),
        ('[cluster]\nname = "北京\ntitle = "方案"', 2, "引号"),
        ("[cluster]\nname = 北京", 2, "值的写法不对"),
        ("[cluster]\n名称 = 1", 2, "等号"),
        ("format", 1, "等号"),
        ("[cluster]\nstarts = 2022-02-30", 2, "没有这一天"),
        ("format = 1\nformat = 1", 2, "前面已经写过"),
        ("[unit]\n[unit]", 2, "[[unit]]"),
        ("a = [1,\n2", 2, "数组没有写完"),
        ("a = {b = 1", 1, "花括号没有写完"),
        ("a = 1 b = 2", 1, "一行只能写一项"),
        ('a = "C:\\q"', 1, "反斜杠"),
        ('a = "\\u00"', 1, "反斜杠"),
        ("a = 1\n\nb = \x00", 3, "值的写法不对"),
        ("a = 1\nb = " + "9" * 5000, 2, "数字过长"),
        ("a = 1\nb = " + "[" * 5000, 2, "层层相套"),
        ("a = 1\n" + "b." * 5000 + "c = 1", 2, "层次过多"),
        ("# \n" * 100_000, 1, "超过20万字"),
        ("format = 1\n# \ud800", 2, "UTF-8"),
        ("北".encode("gbk"), 1, "UTF-8"),
        (b"format = 1\n# \xff", 2, "UTF-8"),
        (TEXT.encode("utf-16"), 1, "UTF-8"),
        (bytes(range(256)), 2, "UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0", 1, "UTF-8"),
    ],
)  # fmt: skip
def test_what_is_no_toml_is_one_fault_at_its_line(text, line, words):
    (fault,) = check(text).found
    assert fault.entry == f"line {line}"
    assert words in fault.fault
    assert fault.fault.endswith("。")


@pytest.mark.parametrize(
    "text",
    [
        TEXT.encode(),
        "\ufeff" + TEXT,
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n", "\r\n").encode("utf-8-sig"),
    ],
)
def test_marks_and_line_ends_of_windows_do_not_matter(text):
    assert check(text).found == ()
    assert read(text).unit("bnu").name == "北京师范大学"


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"k{n} = 1" for n in range(15_000)),
        "[[unit]]\n" * 20_000,
        "".join(f'[[unit]]\nid = "u{n}"\n' for n in range(8_000)),
        "".join(f'[[pair]]\npartner = "p{n}"\n' for n in range(6_000)),
        '[[post]]\nname = "职务"\neach = ["lead"]\n' * 5_000,
        '[[unit]]\nroles = ["lead"]\n' * 6_000,
        "conference.members = [" + ",".join(f'"u{n}"' for n in range(20_000)) + "]",
        "unit = [" + "{}," * 60_000 + "]",
        "a = {" + "b." * 5_000 + "c = 1}",
        "a = " + "[" * 300 + "]" * 300,
        "a = 0x" + "f" * 100_000,
        "format = 0x" + "f" * 100_000,
    ],
    ids=lambda text: text[:20],
)
def test_a_monster_is_answered_in_seconds(text):
    began = time.perf_counter()
    report = check(text)
    assert report.faults
    assert time.perf_counter() - began < 10
